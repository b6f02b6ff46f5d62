"""The first audit anybody runs, over the real cards of 2023."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from provenance import Report, audit
from provenance.report.coverage import MeasureKind, Reading
from provenance.report.license import Cause, LicenseState

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
AS_OF = datetime.date(2026, 11, 22)
TAGGED = 21


@pytest.fixture(scope="module")
def report(shared: Path) -> Report:
    return audit(MODEL, snapshot=shared / "corpus" / "hub-2023", policy="default", as_of=AS_OF)


def test_every_set_is_there_once(report: Report) -> None:
    sets = report.training_sets
    assert sum(any(p.value == "front_matter" for p in s.declared_in) for s in sets) == TAGGED
    keys = [s.id or s.name for s in sets]
    assert len(keys) == len(set(keys))
    names = " ".join(s.name for s in sets)
    assert all(n in names for n in ("Reddit comments", "COCO", "SQuAD2.0", "amazon-qa"))
    assert len(sets) == TAGGED + 4


def test_states(report: Report, shared: Path) -> None:
    state = {s.id or s.name: s.license.state for s in report.training_sets}
    causes = {s.name: s.license.cause for s in report.training_sets}
    assert state["snli"] is LicenseState.CONFLICTING
    assert causes["Reddit comments (2015-2018)"] is Cause.OUTSIDE_SOURCES
    for name in ("yahoo_answers_topics", "search_qa", "eli5", "trivia_qa"):
        assert state[name] is LicenseState.NONE
    multi = next(s for s in report.training_sets if s.id == "multi_nli")
    assert {"CC-BY-3.0", "CC-BY-SA-3.0", "MIT"} <= set(multi.license.declared)
    for item in report.training_sets:
        if item.id and not (shared / "corpus/hub-2023/datasets" / item.id).is_dir():
            assert item.license.state is LicenseState.UNRESOLVED


def test_two_published_measures(report: Report) -> None:
    published = [
        c
        for c in report.coverage
        if c.measure is MeasureKind.PUBLISHED and c.reading is Reading.DIRECT
    ]
    assert [(c.unit, c.total, c.unattributed) for c in published] == [
        ("training tuples", 1_170_060_424, 0),
        ("sampling weight", 4737, 0),
    ]
    reddit = next(s for s in report.training_sets if s.name.startswith("Reddit"))
    shares = [m.value / c.total for m, c in zip(reddit.weight.measures, published, strict=True)]
    assert shares == [pytest.approx(0.621, abs=0.001), pytest.approx(0.069, abs=0.001)]


def test_without_the_file_the_remainder_is_unattributed(shared: Path, tmp_path: Path) -> None:
    source = shared / "corpus" / "hub-2023" / "models" / MODEL / "README.md"
    target = tmp_path / "models" / MODEL
    target.mkdir(parents=True)
    shutil.copy(source, target)
    (headline,) = [c for c in audit(MODEL, snapshot=tmp_path, as_of=AS_OF).coverage if c.headline]
    assert headline.unattributed == 2_448_839
    assert headline.total == 1_170_060_424
