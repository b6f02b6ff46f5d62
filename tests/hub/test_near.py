from __future__ import annotations

from pathlib import Path

import pytest

from provenance.hub.digest import Digest
from provenance.hub.near import near_paths
from provenance.hub.snapshot import Snapshot, open_snapshot
from provenance.refs import RepoKind, RepoRef


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot | Digest:
    for path in ("datasets/owls/calls", "models/owls/owl-2", "models/lab/calls"):
        (tmp_path / path).mkdir(parents=True)
        (tmp_path / path / "README.md").write_text("# a card")
    return open_snapshot(tmp_path)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("calls", ("models/lab/calls", "datasets/owls/calls")),
        ("lab/calls", ("datasets/owls/calls",)),
        ("owls/owl2", ("models/owls/owl-2",)),
        ("owls/Owl-2", ("models/owls/owl-2",)),
        ("nobody/nothing", ()),
    ],
)
def test_near_paths(snapshot: Snapshot, asked: str, near: tuple[str, ...]) -> None:
    assert near_paths(snapshot, RepoRef(RepoKind.MODEL, asked)) == near
