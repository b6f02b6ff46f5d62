from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub.conftest import PATIENT
from tests.hub.server import Repo, running_hub

from provenance.errors import UsageError
from provenance.hub.listing import ListingFilter
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind
from provenance.surveying.subjects import in_file, in_snapshot, on_hub


@pytest.fixture
def snapshot(tmp_path: Path) -> str:
    for name in ("ann/cats", "ann/dogs", "bob/cats", "alone"):
        (tmp_path / "datasets" / name).mkdir(parents=True)
        (tmp_path / "datasets" / name / "README.md").write_text("# x\n")
    return str(tmp_path)


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ListingFilter(), ["alone", "ann/cats", "ann/dogs", "bob/cats"]),
        (ListingFilter(author="Ann"), ["ann/cats", "ann/dogs"]),
        (ListingFilter(search="CATS"), ["ann/cats", "bob/cats"]),
        (ListingFilter(author="ann", search="cats"), ["ann/cats"]),
        (ListingFilter(author="alone"), []),
    ],
)
def test_a_snapshot_is_narrowed(snapshot: str, wanted: ListingFilter, ids: list[str]) -> None:
    found = in_snapshot(snapshot, RepoKind.DATASET, wanted)
    assert sorted(ref.id for ref in found.refs) == ids


def test_a_snapshot_has_no_tags(snapshot: str) -> None:
    with pytest.raises(UsageError, match="--filter"):
        in_snapshot(snapshot, RepoKind.DATASET, ListingFilter(tags=("x",)))


def test_a_listing_is_the_same_subject_whatever_it_holds(tmp_path: Path) -> None:
    with running_hub() as hub:
        live = LiveHub(hub.url, limits=PATIENT, cache=tmp_path, offline=False)
        hub.repos = {f"datasets/ann/{n}": Repo({}) for n in "cab"}
        found = on_hub(live, RepoKind.DATASET, ListingFilter("ann", "a", ("t",)))
        assert [ref.id for ref in found.refs] == ["ann/a", "ann/b", "ann/c"]
        assert found.listed["ann/a"].downloads == 11
        del hub.repos["datasets/ann/a"]
        assert (
            on_hub(live, RepoKind.DATASET, ListingFilter("ann", "a", ("t",))).asked == found.asked
        )
    assert found.title == f"{hub.url}, author ann, search 'a', tag t"


def test_a_file_of_ids_is_known_by_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_bytes(b"\xef\xbb\xbfann/a # one\n\nann/a\nann/b\n")
    found = in_file(path, RepoKind.MODEL)
    assert [str(ref.id) for ref in found.refs] == ["ann/a", "ann/b"]
    path.write_text("ann/a\n")
    assert in_file(path, RepoKind.MODEL).asked != found.asked


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("ann/a\na b c\nmodels/ann/m\n")
    with pytest.raises(UsageError, match=r"ids.txt:2: .*ids.txt:3: 'models/ann/m' is a model"):
        in_file(path, RepoKind.DATASET)
    path.write_text("a b c\n" * 12)
    with pytest.raises(UsageError, match="and 2 more lines"):
        in_file(path, RepoKind.DATASET)
