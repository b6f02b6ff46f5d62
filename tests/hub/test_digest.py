"""A digest gives facts and their sources, and never a card."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.hub.digest import Digest
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef

SOURCE = {"title": "a page", "url": "https://x.org/p", "date": "2026-01-02"}
FACTS = {
    "schema": "1",
    "repositories": {
        "datasets/org/forum": {
            "licenses": [{"value": "mit", "meaning": "names", "origin": "tag", "source": SOURCE}]
        },
        "models/org/m": {"declared": {}},
    },
}
MANIFEST = {
    "name": "mine",
    "date": "2026-01-02",
    "renamed": {"datasets/forum": "datasets/org/forum"},
    "absent": {"datasets/gone": {"why": "withdrawn", "detail": "taken away"}},
}


def write(folder: Path, facts: object = FACTS) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "facts.json").write_text(json.dumps(facts))
    (folder / "snapshot.json").write_text(json.dumps(MANIFEST))
    return folder


def fetch(folder: Path, dataset_id: str) -> Repository | Absent:
    name, _, revision = dataset_id.partition("@")
    return open_snapshot(folder).fetch(RepoRef(RepoKind.DATASET, name, revision or None))


def test_a_repository_has_facts_and_no_card(tmp_path: Path) -> None:
    source = open_snapshot(write(tmp_path))
    assert isinstance(source, Digest)
    assert source.digest is not None
    assert (source.name, source.date, source.requests) == ("mine", datetime.date(2026, 1, 2), 0)
    for asked in ("org/forum", "forum"):
        found = source.fetch(RepoRef(RepoKind.DATASET, asked))
        assert isinstance(found, Repository)
        assert (found.id, found.readme, found.revision) == ("org/forum", None, None)
        assert found.facts is not None
        assert found.facts.licenses[0].source.url == "https://x.org/p"
        assert source.read_file(found, "README.md") is None
        assert source.describe(found) is found
    assert list(source.ids(RepoKind.MODEL)) == ["org/m"]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("org/other", Absence.NOT_IN_DIGEST),
        ("org/forum@v1", Absence.NOT_IN_DIGEST),
        ("gone", Absence.WITHDRAWN),
        ("../x", Absence.NOT_FOUND),
    ],
)
def test_what_it_holds_no_fact_on_is_absent_for_that(
    tmp_path: Path, asked: str, why: Absence
) -> None:
    found = fetch(write(tmp_path), asked)
    assert isinstance(found, Absent)
    assert found.why is why


def test_the_manifest_may_be_missing(tmp_path: Path) -> None:
    (write(tmp_path / "plain") / "snapshot.json").unlink()
    source = open_snapshot(tmp_path / "plain")
    assert (source.name, source.date) == ("plain", None)
    assert isinstance(source.fetch(RepoRef(RepoKind.DATASET, "org/forum")), Repository)


def test_a_zip_is_read_alike(tmp_path: Path) -> None:
    folder = write(tmp_path / "d")
    packed = tmp_path / "d.zip"
    with zipfile.ZipFile(packed, "w") as out:
        for path in folder.iterdir():
            out.write(path, path.name)
    assert isinstance(fetch(packed, "org/forum"), Repository)


@pytest.mark.parametrize(
    "facts",
    [
        {"schema": "2", "repositories": {}},
        {"schema": "1"},
        {"schema": "1", "repositories": {"datasets/x": {"licenses": [{"value": "mit"}]}}},
    ],
)
def test_a_digest_that_cannot_be_used_is_refused(tmp_path: Path, facts: object) -> None:
    with pytest.raises(UsageError, match=r"facts\.json"):
        open_snapshot(write(tmp_path, facts))
