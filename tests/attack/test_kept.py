"""A cache entry that is not as it was written is fetched again; a resumed census too."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.hub.server import MAIN_SHA, LocalHub, Repo, blob_etag

from provenance.errors import SourceError
from provenance.hub.interface import Repository
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind, RepoRef
from provenance.surveying.row import CensusRow
from provenance.surveying.state import RowFile

from .conftest import IMPATIENT
from .hostile import CARD
from .program import within

PIN = RepoRef(RepoKind.MODEL, "acme/tiny", MAIN_SHA)
OTHER = RepoRef(RepoKind.MODEL, "acme/open", MAIN_SHA)


def opened(hub: LocalHub, cache: Path, *, offline: bool) -> LiveHub:
    return LiveHub(hub.url, "", limits=IMPATIENT, cache=cache, offline=offline)


@pytest.fixture
def filled(hub: LocalHub, cache: Path) -> Path:
    """A cache that holds two repositories."""
    hub.repos[PIN.path] = Repo({"README.md": CARD, "LICENSE": b"all rights reserved"})
    hub.repos[OTHER.path] = Repo({"README.md": b"---\nlicense: mit\n---\n", "LICENSE": b"MIT"})
    source = opened(hub, cache, offline=False)
    for ref in (PIN, OTHER):
        repository = source.fetch(ref)
        assert isinstance(repository, Repository)
        source.read_file(source.describe(repository), "LICENSE")
    return cache


def entry_of(cache: Path, repo_id: str) -> Path:
    return next(cache.rglob(f"{repo_id.replace('/', '--')}.cache"))


def read_all(source: LiveHub, ref: RepoRef) -> tuple[bytes | None, tuple[str, ...], bytes | None]:
    repository = source.fetch(ref)
    assert isinstance(repository, Repository)
    described = source.describe(repository)
    return repository.readme, described.files or (), source.read_file(described, "LICENSE")


TRUTH = (CARD, ("LICENSE", "README.md"), b"all rights reserved")


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.95])
def test_a_flipped_bit(hub: LocalHub, filled: Path, at: float) -> None:
    entry = entry_of(filled, PIN.id)
    data = bytearray(entry.read_bytes())
    data[int(len(data) * at)] ^= 4
    entry.write_bytes(data)
    with pytest.raises(SourceError, match="offline"):
        opened(hub, filled, offline=True).fetch(PIN)
    source = opened(hub, filled, offline=False)
    assert read_all(source, PIN) == TRUTH
    assert source.cached == 0
    del source
    assert read_all(opened(hub, filled, offline=True), PIN) == TRUTH


@pytest.mark.parametrize("change", [b"", b"---\nlicense: mit\n---\n"])
def test_an_edited_card(hub: LocalHub, filled: Path, change: bytes) -> None:
    entry = entry_of(filled, PIN.id)
    written = entry.read_bytes()
    assert CARD in written
    entry.write_bytes(written.replace(CARD, change.ljust(len(CARD))))
    with pytest.raises(SourceError, match="offline"):
        opened(hub, filled, offline=True).fetch(PIN)
    assert read_all(opened(hub, filled, offline=False), PIN) == TRUTH


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop", "hole"])
def test_an_entry_that_is_no_file(hub: LocalHub, filled: Path, kind: str) -> None:
    entry = entry_of(filled, PIN.id)
    entry.unlink()
    if kind == "pipe":
        os.mkfifo(entry)
    elif kind == "folder":
        entry.mkdir()
    elif kind == "hole":
        with entry.open("wb") as file:
            file.truncate(10**12)
    else:
        entry.symlink_to("/dev/zero" if kind == "device" else entry)
    with within(20):
        with pytest.raises(SourceError, match="offline"):
            opened(hub, filled, offline=True).fetch(PIN)
        assert read_all(opened(hub, filled, offline=False), PIN) == TRUTH


def test_another_repositorys_answers(hub: LocalHub, filled: Path) -> None:
    shutil.copy(entry_of(filled, OTHER.id), entry_of(filled, PIN.id))
    with pytest.raises(SourceError, match="offline"):
        opened(hub, filled, offline=True).fetch(PIN)
    assert read_all(opened(hub, filled, offline=False), PIN) == TRUTH


def test_an_absence_of_another_file(hub: LocalHub, filled: Path) -> None:
    source = opened(hub, filled, offline=False)
    repository = source.fetch(PIN)
    assert isinstance(repository, Repository)
    assert source.read_file(repository, "NOTICE") is None
    del source
    entry = entry_of(filled, PIN.id)
    written = entry.read_bytes()
    assert b"/absent/NOTICE" in written
    moved = written.replace(b"/files/LICENSE", b"/files/LICENCE")
    entry.write_bytes(moved.replace(b"absent/NOTICE", b"absent/LICENSE"))
    source = opened(hub, filled, offline=False)
    assert source.read_file(repository, "LICENSE") == b"all rights reserved"


def test_an_edited_blob_of_the_library(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = tmp_path / "hub/models--acme--tiny"
    (repo / "snapshots" / MAIN_SHA).mkdir(parents=True)
    (repo / "blobs").mkdir()
    blob = repo / "blobs" / blob_etag(CARD).strip('"')
    blob.write_bytes(CARD)
    (repo / "snapshots" / MAIN_SHA / "README.md").symlink_to(blob)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
    source = opened(hub, tmp_path / "own", offline=True)
    known = source.fetch(PIN)
    assert isinstance(known, Repository)
    assert known.readme == CARD
    blob.write_bytes(b"---\nlicense: mit\n---\n")
    with pytest.raises(SourceError, match="offline"):
        source.fetch(PIN)


@pytest.mark.parametrize(
    "damage", [(b"NONE", b"MIT\x20"), (b'"a/c"', b'"a/x"'), (b"found", b"fo\x00nd")]
)
def test_an_edited_row_of_a_census(tmp_path: Path, damage: tuple[bytes, bytes]) -> None:
    row = CensusRow("a/b", "model", "a", "found", "none", "", "NONE", "", "r", "", "", "absent",
                    True, 0, None, None, None, None)  # fmt: skip
    path = tmp_path / "rows.jsonl"
    with RowFile(path, "q") as file:
        file.add([row, replace(row, id="a/c"), replace(row, id="a/d")])
    whole = path.read_bytes()
    head, second = whole[: whole.index(b'{"id":"a/c"')], whole[whole.index(b'{"id":"a/c"') :]
    path.write_bytes(head + second.replace(*damage, 1))
    with RowFile(path, "q") as file:
        assert file.done == {"a/b"}
        file.add([replace(row, id="a/c"), replace(row, id="a/d")])
    assert path.read_bytes() == whole
    path.write_bytes(whole.replace(b'"question":"q"', b'"question":"p"'))
    with RowFile(path, "p") as file:
        assert file.done == set()
