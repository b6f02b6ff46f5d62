from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.auditing.examine import Examiner
from provenance.catalog import load_catalog
from provenance.errors import SourceError, UsageError
from provenance.hub.interface import Absence, Absent, CardSource, Repository
from provenance.hub.live import LiveHub
from provenance.hub.local import WithFolders
from provenance.hub.recorder import Recorder, _swap
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef
from provenance.report.license import LicenseState

from .conftest import CARD
from .server import MAIN_SHA, LocalHub, Repo, status

MODEL = RepoRef(RepoKind.MODEL, "acme/tiny")
OLD = RepoRef(RepoKind.DATASET, "words")
GATED = RepoRef(RepoKind.DATASET, "acme/closed")
GONE = RepoRef(RepoKind.DATASET, "acme/gone")
BARE = RepoRef(RepoKind.MODEL, "acme/cardless")
TAG = RepoRef(RepoKind.MODEL, "acme/tiny", "v1")
PIN = RepoRef(RepoKind.MODEL, "acme/tiny", MAIN_SHA)
OTHER = RepoRef(RepoKind.MODEL, "acme/other", "c" * 40)
NAMES = ("README.md", "LICENSE", "conf/a.json")
REFS = (MODEL, OLD, GATED, GONE, BARE, TAG, PIN, OTHER)


def read_all(source: CardSource) -> list[object]:
    """Everything an audit could ask of these references."""
    answers: list[object] = [source.name]
    for ref in REFS:
        answer = source.fetch(ref)
        answers.append(answer)
        if isinstance(answer, Repository):
            if ref in {MODEL, OLD}:
                answer = source.describe(answer)
            answers.append(answer)
            answers += [source.read_file(answer, name) for name in NAMES]
    return answers


@pytest.fixture
def filled(hub: LocalHub, live: LiveHub) -> LiveHub:
    hub.repos = {
        MODEL.path: Repo({"README.md": CARD, "conf/a.json": b"{}"}, revisions=("main", "v1")),
        "datasets/acme/words": Repo({"README.md": b"w", "LICENSE": b"terms"}, main_size=5),
        GATED.path: Repo({}, state="gated"),
        BARE.path: Repo({"w.bin": b""}),
        OTHER.path: Repo({"README.md": b"o"}, sha="c" * 40),
    }
    hub.renamed = {OLD.path: "datasets/acme/words"}
    return live


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _as_fetched(answer: object) -> object:
    """What a card's answer alone gives: a snapshot knows sooner whether it is gated."""
    if isinstance(answer, Repository) and answer.files is None:
        return replace(answer, gated=None)
    return answer


def test_a_recording_answers_as_the_hub_did(filled: LiveHub, tmp_path: Path) -> None:
    recorder = Recorder(filled)
    asked = read_all(recorder)
    assert recorder.write(tmp_path / "out", date=datetime.date(2026, 1, 2)) == 5
    replayed = open_snapshot(tmp_path / "out")
    assert [_as_fetched(a) for a in read_all(replayed)] == [_as_fetched(a) for a in asked]
    assert replayed.date == datetime.date(2026, 1, 2)
    assert (recorder.name, recorder.date) == (filled.name, None)
    assert (recorder.requests, recorder.cached) == (filled.requests, filled.cached)
    assert any(isinstance(a, Absent) and a.why is Absence.GATED for a in asked)


def test_recording_a_recording_gives_the_same_bytes(filled: LiveHub, tmp_path: Path) -> None:
    first = Recorder(filled)
    read_all(first)
    first.write(tmp_path / "one")
    second = Recorder(open_snapshot(tmp_path / "one"))
    read_all(second)
    second.write(tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_order_of_asking_does_not_matter(filled: LiveHub, tmp_path: Path) -> None:
    for name, refs in (("one", REFS), ("two", tuple(reversed(REFS)))):
        recorder = Recorder(filled)
        for ref in refs:
            recorder.fetch(ref)
        recorder.write(tmp_path / name)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_failures_are_not_recorded(hub: LocalHub, live: LiveHub, tmp_path: Path) -> None:
    recorder = Recorder(live)
    hub.script = [status(418)]
    with pytest.raises(SourceError):
        recorder.fetch(MODEL)
    assert recorder.write(tmp_path / "out") == 0
    answer = open_snapshot(tmp_path / "out").fetch(MODEL)
    assert isinstance(answer, Absent)
    assert answer.why is Absence.NOT_IN_SNAPSHOT


class TestWhereItWrites:
    def test_replaces_a_snapshot_whole(self, filled: LiveHub, tmp_path: Path) -> None:
        out = tmp_path / "deep" / "out"
        for ref in (MODEL, BARE):
            recorder = Recorder(filled)
            recorder.fetch(ref)
            recorder.write(out)
        assert list(open_snapshot(out).ids(RepoKind.MODEL)) == [BARE.id]
        assert [p.name for p in out.parent.iterdir()] == ["out"]

    def test_an_empty_folder(self, filled: LiveHub, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        Recorder(filled).write(tmp_path / "out")
        assert (tmp_path / "out/snapshot.json").is_file()

    def test_not_over_other_files(self, filled: LiveHub, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("dear")
        with pytest.raises(UsageError, match="holds files and is no snapshot"):
            Recorder(filled).write(tmp_path)
        with pytest.raises(UsageError, match="not a folder"):
            Recorder(filled).write(tmp_path / "mine.txt")
        with pytest.raises(UsageError, match="cannot be written"):
            Recorder(filled).write(tmp_path / "mine.txt" / "below")
        assert (tmp_path / "mine.txt").read_text() == "dear"

    def test_a_failure_keeps_what_was_there(self, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out/snapshot.json").write_text("{}")
        with pytest.raises(FileNotFoundError):
            _swap(tmp_path / "gone", tmp_path / "out")
        assert tree(tmp_path) == {"out/snapshot.json": b"{}"}

    def test_a_local_folder_needs_a_usable_name(self, filled: LiveHub, tmp_path: Path) -> None:
        (tmp_path / "my model").mkdir()
        (tmp_path / "my model/README.md").write_bytes(CARD)
        ref = RepoRef(RepoKind.MODEL, "my model")
        recorder = Recorder(WithFolders(filled, {ref: tmp_path / "my model"}))
        recorder.fetch(ref)
        with pytest.raises(UsageError, match="'my model' needs a name"):
            recorder.write(tmp_path / "out")
        assert not (tmp_path / "out").exists()


class TestWhatAnAuditReadsOfASnapshot:
    """A source before another one is as free to ask as that one: an audit reads the same of it."""

    REF = RepoRef(RepoKind.DATASET, "acme/words")

    @pytest.fixture
    def original(self, tmp_path: Path) -> Path:
        folder = tmp_path / "original" / self.REF.path
        folder.mkdir(parents=True)
        (folder / "README.md").write_text("---\nlicense: mit\n---\n# Words\n")
        (folder / "LICENSE").write_text("For non-commercial research purposes only.\n")
        return tmp_path / "original"

    def test_a_copy_has_the_license_beside_an_explicit_tag(
        self, original: Path, tmp_path: Path
    ) -> None:
        recorder = Recorder(open_snapshot(original))
        first = Examiner(recorder, load_catalog()).examine(self.REF).license
        recorder.write(tmp_path / "copy")
        again = Examiner(open_snapshot(tmp_path / "copy"), load_catalog()).examine(self.REF)
        assert (tmp_path / "copy" / self.REF.path / "LICENSE").is_file()
        assert again.license == first
        assert first.state is LicenseState.CONFLICTING

    def test_a_local_folder_before_it_changes_nothing(self, original: Path, tmp_path: Path) -> None:
        source = open_snapshot(original)
        with_folder = WithFolders(source, {MODEL: tmp_path})
        found = [Examiner(s, load_catalog()).examine(self.REF) for s in (source, with_folder)]
        assert found[0].license == found[1].license
