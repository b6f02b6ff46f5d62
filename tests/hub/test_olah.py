"""The live Hub against ``olah``, a Hub server that is not ours, serving local git repositories."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from provenance.errors import SourceError
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.live import LiveHub
from provenance.hub.pace import RequestLimits
from provenance.hub.recorder import Recorder
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef

CARD = b"---\nlicense: mit\ndatasets:\n- acme/words\n---\n# Tiny\n"
MODEL = RepoRef(RepoKind.MODEL, "acme/tiny", "main")
DATASET = RepoRef(RepoKind.DATASET, "acme/words", "main")
FILES = {
    MODEL: {"README.md": CARD, "conf/a.json": b"{}"},
    DATASET: {"README.md": b"# Words\n", "LICENSE": b"Terms"},
}
_START_S = 40.0


@dataclass(frozen=True)
class Olah:
    url: str
    commits: dict[RepoRef, str]


def _git(folder: Path, *args: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *identity, *args], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _publish(root: Path) -> dict[RepoRef, str]:
    commits = {}
    for ref, files in FILES.items():
        folder = root / ref.path
        folder.mkdir(parents=True)
        _git(folder, "init", "-q", "-b", "main")
        for name, data in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        _git(folder, "add", ".")
        _git(folder, "commit", "-q", "-m", "Publish")
        commits[ref] = _git(folder, "rev-parse", "HEAD")
    return commits


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def olah(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Olah]:
    command = shutil.which("olah-cli", path=str(Path(sys.executable).parent))
    if command is None or shutil.which("git") is None:
        pytest.skip("olah or git is not installed: the suite against another Hub server needs both")
    root = tmp_path_factory.mktemp("olah")
    commits = _publish(root / "mirror")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (root / "olah.toml").write_text(
        f'[basic]\nhost = "127.0.0.1"\nport = {port}\nrepos-path = "{root}/repos"\n'
        f'mirrors-path = ["{root}/mirror"]\n[accessibility]\noffline = true\n'
    )
    with (root / "out").open("wb") as out:
        server = subprocess.Popen(
            [command, "-c", str(root / "olah.toml"), "--log-path", str(root / "logs")],
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=root,
        )
    try:
        give_up = time.monotonic() + _START_S
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"olah did not start: {(root / 'out').read_text()[-500:]}")
            time.sleep(0.1)
        yield Olah(f"http://127.0.0.1:{port}", commits)
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def source(olah: Olah, tmp_path: Path) -> LiveHub:
    limits = RequestLimits(attempts=2, backoff=0.01, read=10)
    return LiveHub(olah.url, "", limits=limits, cache=tmp_path / "hf", offline=False)


@pytest.mark.parametrize("ref", [MODEL, DATASET])
def test_a_card_its_commit_and_its_files(olah: Olah, source: LiveHub, ref: RepoRef) -> None:
    repository = source.fetch(ref)
    assert repository == Repository(ref, ref.id, olah.commits[ref], FILES[ref]["README.md"])
    described = source.describe(repository)
    assert described.files == tuple(sorted(FILES[ref]))
    for name, data in FILES[ref].items():
        assert source.read_file(described, name) == data


def test_a_commit(olah: Olah, source: LiveHub) -> None:
    ref = RepoRef(RepoKind.MODEL, MODEL.id, olah.commits[MODEL])
    assert source.fetch(ref) == Repository(ref, ref.id, olah.commits[MODEL], CARD)


def test_a_repository_it_does_not_have(source: LiveHub) -> None:
    answer = source.fetch(RepoRef(RepoKind.MODEL, "acme/none", "main"))
    assert isinstance(answer, Absent)
    assert answer.why is Absence.NOT_FOUND_OR_PRIVATE


def test_its_own_failure_is_no_absence(source: LiveHub) -> None:
    """Asked offline for a file that a repository lacks, it answers 500 or breaks off."""
    repository = source.fetch(MODEL)
    assert isinstance(repository, Repository)
    with pytest.raises(SourceError, match="2 times: try again later"):
        source.read_file(repository, "LICENSE")


def test_a_recording_of_it(source: LiveHub, tmp_path: Path) -> None:
    recorder = Recorder(source)
    asked = [recorder.fetch(ref) for ref in FILES]
    recorder.write(tmp_path / "out")
    replayed = open_snapshot(tmp_path / "out")
    assert [replayed.fetch(ref) for ref in FILES] == asked
