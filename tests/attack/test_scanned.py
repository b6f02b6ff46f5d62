"""What ``scan`` reads of a Hub is the part that was asked for, of the file that is listed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import HfFileSystem
from tests.hub import server
from tests.hub.server import MAIN_SHA, Behaviour, Handler, LocalHub, Repo

from provenance.errors import SourceError, UsageError
from provenance.hub.guarded import AnotherFileError, expect, guarded
from provenance.hub.live import LiveHub
from provenance.scanning.layout import DataFile, FileFormat, SourceListing
from provenance.scanning.sources import list_files

from .hostile import OTHER_SHA, raw
from .program import environment, run, said_here

NAME = "datasets/acme/words"
MIT = b'{"license": "mit", "text": "x"}\n'
NONE = b'{"text": "y"}\n'
DATA = MIT * 100 + NONE * 100
FIRST = MIT * 100
PATH = f"{NAME}@{MAIN_SHA}/a.jsonl"


def part(body: bytes, first: int, total: int, **headers: str) -> Behaviour:
    place = f"bytes {first}-{first + len(body) - 1}/{total}"
    return raw(body, {"Content-Range": place} | headers, status=206)


WHOLE = len(DATA)
LIES: dict[str, Behaviour] = {
    "half, said to be all": part(FIRST, 0, len(FIRST)),
    "half, said to be a part": part(FIRST, 0, WHOLE),
    "half, sent at once": raw(FIRST),
    "half, with no length": raw(FIRST, length=False),
    "half in a longer part": part(
        FIRST, 0, WHOLE, **{"Content-Range": f"bytes 0-{WHOLE - 1}/{WHOLE}"}
    ),
    "another part": part(DATA[5:], 5, WHOLE),
    "a part without a place": raw(DATA, status=206),
    "a part of no size": part(DATA, 0, 0, **{"Content-Range": f"bytes 0-{WHOLE - 1}/*"}),
    "a page": raw(b"<html>Log in</html>", {"Content-Type": "text/html"}),
    "another commit": part(DATA, 0, WHOLE, **{"X-Repo-Commit": OTHER_SHA}),
    "in a coding": part(DATA, 0, WHOLE, **{"Content-Encoding": "gzip"}),
    "in another coding": raw(DATA, {"Content-Encoding": "br"}),
}  # fmt: skip
HONEST: dict[str, Behaviour] = {
    "the part": part(DATA, 0, WHOLE),
    "all at once": raw(DATA),
}


@pytest.fixture
def system(hub: LocalHub) -> HfFileSystem:
    hub.repos[NAME] = Repo({"README.md": b"# x\n", "a.jsonl": DATA})
    return HfFileSystem(endpoint=hub.url, skip_instance_cache=True)


def read(system: HfFileSystem, hub: LocalHub, behaviour: Behaviour) -> bytes:
    size = system.info(PATH)["size"]
    hub.script = [behaviour]
    with guarded(hub.url):
        expect({PATH: size})
        with system.open(PATH, "rb", cache_type="none") as stream:
            data: bytes = stream.read(size)
    return data


@pytest.mark.parametrize("lie", LIES)
def test_another_answer_is_refused(hub: LocalHub, system: HfFileSystem, lie: str) -> None:
    with pytest.raises(AnotherFileError):
        read(system, hub, LIES[lie])


@pytest.mark.parametrize("way", HONEST)
def test_the_answer_is_read(hub: LocalHub, system: HfFileSystem, way: str) -> None:
    assert read(system, hub, HONEST[way]) == DATA


def test_half_of_a_stream(hub: LocalHub, system: HfFileSystem) -> None:
    """As ``datasets`` reads a file: from its start, in one answer."""
    system.info(PATH)
    for body, whole in ((DATA, True), (FIRST, False)):
        hub.script = [raw(body)]
        with guarded(hub.url):
            expect({PATH: WHOLE})
            with system.open(PATH, "rb", block_size=0) as stream:
                if whole:
                    assert stream.read() == DATA
                    continue
                with pytest.raises(AnotherFileError):
                    stream.read()


def listing(size: object) -> Callable[[Repo, str], list[dict[str, object]]]:
    """The listing of a Hub that gives another size of the data."""
    honest = server._entries

    def entries(repo: Repo, below: str) -> list[dict[str, object]]:
        found = honest(repo, below)
        return [e | {"size": size} if e["path"] == "a.jsonl" else e for e in found]

    return entries


@pytest.mark.parametrize("size", [None, -5, 0])
def test_a_listing_without_a_true_size(
    hub: LocalHub, system: HfFileSystem, size: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.scanning.sources.filesystem", lambda _: system)
    monkeypatch.setattr(server, "_entries", listing(size))
    with pytest.raises(SourceError, match="lists"):
        list_files([f"hf://{NAME}@{MAIN_SHA}"])


@pytest.mark.parametrize("size", [len(FIRST), 2 * WHOLE])
def test_a_scan_of_a_file_with_another_size(
    hub: LocalHub, system: HfFileSystem, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first half has a license in every record, the second in none."""
    monkeypatch.setattr(server, "_entries", listing(size))
    env = environment(tmp_path / "hf", hub.url)
    done = run("scan", "acme/words", "--format", "json", cwd=tmp_path, env=env, timeout=120)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1
    assert b"not the file that is listed" in done.stderr
    assert json.loads(done.stdout)["verdict"] == "incomplete"


def test_a_file_that_ends_early(
    hub: LocalHub, system: HfFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Handler._content

    def short(self: Handler, data: bytes, headers: dict[str, str]) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-\d*", self.headers.get("range", ""))
        content(self, data[: len(FIRST)] if asked else data, headers)

    monkeypatch.setattr(Handler, "_content", short)
    env = environment(tmp_path / "hf", hub.url)
    done = run("scan", "acme/words", "--format", "json", cwd=tmp_path, env=env, timeout=120)
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1)


DAMAGED = {
    "a.jsonl.gz": gzip.compress(DATA)[:12] + b"\xff" * 40,
    "b.csv": b'license,text\n"' + b"x" * 200_000,
    "c.parquet": b"PAR1" + bytes(40) + b"PAR1",
    "d.jsonl.zst": b"\x28\xb5\x2f\xfd" + b"\xff" * 40,
    "e.arrow": b"ARROW1" + b"\xff" * 40,
    "f.json.gz": gzip.compress(DATA)[:-9],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_named(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    code, said = said_here(["scan", name, "--format", "csv", "-o", "out.csv"], tmp_path, capfd)
    assert code == 3
    assert "not counted" in said
    assert said.count("\n") == 1


def test_long_columns_are_shown_in_part(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("x" * 5_000 + ",y\n1,2\n")
    code, said = said_here(["scan", "a.csv"], tmp_path, capfd)
    assert (code, said.count("\n")) == (2, 1)
    assert len(said) < 400


AWAY = {
    "a local file": "/etc/hostname.json",
    "a home": "~/x.json",
    "a folder above": "../other/x.json",
    "this network": "http://127.0.0.2:9/x.json",
    "a chain": "zip://x.json::http://127.0.0.2:9/x.zip",
    "another store": "s3://bucket/x.json",
    "a drive": "C:\\x.json",
}
CONFIGURED: dict[str, Callable[[str], dict[str, bytes]]] = {
    "the card": lambda place: {
        "README.md": f"---\nconfigs: [{{data_files: {json.dumps(place)}}}]\n---\n".encode()
    },
    "a split of the card": lambda place: {
        "README.md": (
            "---\nconfigs:\n- config_name: a\n  data_files:\n  - split: train\n"
            f"    path: [x.json, {json.dumps(place)}]\n---\n"
        ).encode()
    },
    "a merged key": lambda place: {
        "README.md": f"---\n<<: {{configs: [{{data_files: {json.dumps(place)}}}]}}\n---\n".encode()
    },
    "a file beside it": lambda place: {
        "README.md": b"# x\n",
        ".huggingface.yaml": f"configs: [{{data_dir: {json.dumps(place)}}}]\n".encode(),
    },
    "a file that is no YAML": lambda _: {
        "README.md": b"# x\n",
        ".huggingface.yaml": b"configs: [",
    },
}


@pytest.mark.parametrize("where", CONFIGURED)
@pytest.mark.parametrize("place", AWAY)
def test_configurations_name_data_of_the_repository_only(
    hub: LocalHub, live: LiveHub, where: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`datasets` would open what they name, wherever that is."""
    monkeypatch.setattr("provenance.scanning.hub.list_splits", lambda *_: pytest.fail("asked"))
    monkeypatch.setattr("provenance.scanning.sources._listed", lambda _: SourceListing(()))
    hub.repos[NAME] = Repo({"train.json": b"[]", **CONFIGURED[where](AWAY[place])})
    with pytest.raises(UsageError, match=r"name data elsewhere|cannot be read"):
        list_files(["acme/words"], lambda: live)


def test_configurations_of_the_repository_are_read(
    hub: LocalHub, live: LiveHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = DataFile("datasets://a/b@c/d/train", FileFormat.STREAM, "s", 0, "v")
    monkeypatch.setattr("provenance.scanning.hub.list_splits", lambda *_: [file])
    monkeypatch.setattr("provenance.scanning.sources._listed", lambda _: SourceListing(()))
    card = b"---\nlicense_link: https://x.org\nconfigs: [{data_files: 'a/**.json'}]\n---\n"
    hub.repos[NAME] = Repo({"train.json": b"[]", "README.md": card})
    assert list_files(["acme/words"], lambda: live) == (file,)


def test_no_script_of_a_dataset_is_run(hub: LocalHub, tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    owned = tmp_path / "owned"
    script = f"open({str(owned)!r}, 'w').close()\n".encode()
    names = ("words.py", "script.py", "setup.py", "modeling_x.py")
    files = {"README.md": b"# x\n", "train.json": b"[]"}
    hub.repos[NAME] = Repo(files | dict.fromkeys(names, script))
    env = environment(tmp_path / "hf", hub.url, HF_DATASETS_TRUST_REMOTE_CODE="1")
    done = run("scan", "acme/words", cwd=tmp_path, env=env, timeout=120)
    assert done.returncode in {2, 3, 4}, done.stderr
    assert b"Traceback" not in done.stderr
    assert not owned.exists()
