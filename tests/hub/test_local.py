from __future__ import annotations

from pathlib import Path

import pytest

from provenance.errors import SourceError
from provenance.hub.digest import Digest
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.local import WithFolders
from provenance.hub.snapshot import Snapshot, open_snapshot
from provenance.refs import RepoKind, RepoRef

MINE = RepoRef(RepoKind.MODEL, "mine")
OTHER = RepoRef(RepoKind.MODEL, "acme/tiny")


@pytest.fixture
def inner(tmp_path: Path) -> Snapshot | Digest:
    folder = tmp_path / "saved/models/acme/tiny"
    folder.mkdir(parents=True)
    (folder / "README.md").write_bytes(b"theirs")
    return open_snapshot(tmp_path / "saved")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/config").write_bytes(b"")
    (folder / "README.md").write_bytes(b"mine")
    (folder / "data_config.json").write_bytes(b"[]")
    return folder


def test_folders_come_first(inner: Snapshot, mine: Path) -> None:
    source = WithFolders(inner, {MINE: mine})
    found = source.fetch(MINE)
    assert found == Repository(MINE, "mine", None, b"mine", local=True)
    assert source.describe(found).files == ("README.md", "data_config.json")
    assert source.read_file(found, "data_config.json") == b"[]"
    assert source.read_file(found, "../saved/models/acme/tiny/README.md") is None


def test_all_else_comes_from_the_inner_source(inner: Snapshot, mine: Path) -> None:
    source = WithFolders(inner, {MINE: mine})
    found = source.fetch(OTHER)
    assert isinstance(found, Repository)
    assert source.describe(found).files == ("README.md",)
    assert source.read_file(found, "README.md") == b"theirs"
    assert (source.name, source.date) == ("saved", None)
    assert (source.requests, source.cached) == (inner.requests, inner.cached)


def test_a_folder_without_card(inner: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = WithFolders(inner, {MINE: tmp_path / "empty"}).fetch(MINE)
    assert isinstance(answer, Absent)
    assert answer.why is Absence.NOT_FOUND


def test_links_out_of_the_folder_are_refused(inner: Snapshot, mine: Path) -> None:
    (mine / "LICENSE").symlink_to("/etc/passwd")
    source = WithFolders(inner, {MINE: mine})
    found = source.fetch(MINE)
    assert isinstance(found, Repository)
    with pytest.raises(SourceError, match="leads out of"):
        source.read_file(found, "LICENSE")
