from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import training_set

from provenance.auditing.measure import coverage_of
from provenance.auditing.mixture import Mixture, Row
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.license import Cause, LicenseState, Standing
from provenance.report.training import TrainingSet

MIT, NONE, VAGUE = LicenseState.EXPLICIT, LicenseState.NONE, LicenseState.AMBIGUOUS


def one(
    found: tuple[Coverage, ...], measure: MeasureKind, reading: Reading = Reading.DIRECT
) -> Coverage:
    (match,) = [c for c in found if c.measure is measure and c.reading is reading]
    return match


def test_counts_sets_rows_and_bytes() -> None:
    sets = [
        training_set("a", MIT, rows=30, size=1),
        training_set("b", NONE, rows=10, size=3),
        training_set("c", LicenseState.CONFLICTING, rows=40, size=4),
    ]
    found = coverage_of(sets, [], 0)
    assert one(found, MeasureKind.DATASETS).fraction == pytest.approx(1 / 3)
    rows = one(found, MeasureKind.ROWS)
    assert (rows.total, rows.lacking, rows.conflicting, rows.unknown) == (80, 10, 40, 0)
    assert rows.low == rows.high == rows.fraction == pytest.approx(1 / 8)
    assert one(found, MeasureKind.BYTES).fraction == pytest.approx(3 / 8)
    assert [(s.state, s.sets) for s in rows.by_state] == [
        (MIT, 1), (LicenseState.CONFLICTING, 1), (NONE, 1),
    ]  # fmt: skip


def test_an_unknown_weight_is_an_interval() -> None:
    licensed = coverage_of([training_set("a", MIT), training_set("b", NONE, rows=5)], [], 0)
    rows = one(licensed, MeasureKind.ROWS)
    assert (rows.fraction, rows.low, rows.high, rows.unknown) == (1.0, 0.0, 1.0, 1)
    lacking = coverage_of([training_set("a", NONE), training_set("b", MIT, rows=5)], [], 0)
    rows = one(lacking, MeasureKind.ROWS)
    assert (rows.fraction, rows.low, rows.high) == (0.0, 0.0, 1.0)


def test_undeclared_is_unknown_and_never_zero() -> None:
    for coverage in coverage_of([], [], 0):
        assert coverage.fraction is None
        assert (coverage.low, coverage.high) == (0.0, 1.0)


def test_unattributed_weight_lacks() -> None:
    mixture = Mixture("pairs", "table", (Row(60, (0,)), Row(30, (1,))), 100.0)
    found = coverage_of([training_set("a", MIT), training_set("b", NONE)], [mixture], 0)
    published = one(found, MeasureKind.PUBLISHED)
    assert published.headline
    assert published.unattributed == 10
    assert published.fraction == published.low == published.high == pytest.approx(0.4)


def test_unattributed_weight_may_belong_to_a_set_without_a_row() -> None:
    mixture = Mixture("pairs", "table", (Row(60, (0,)), Row(30, (1,))), 100.0)
    sets = [training_set("a", MIT), training_set("b", NONE), training_set("c", MIT)]
    published = one(coverage_of(sets, [mixture], 0), MeasureKind.PUBLISHED)
    assert published.fraction == pytest.approx(0.4)
    assert published.low == pytest.approx(0.3)
    assert published.high == pytest.approx(0.4)


def test_a_shared_row_of_which_one_lacks_is_an_interval() -> None:
    mixture = Mixture("pairs", "table", (Row(50, (0, 1)), Row(50, (2,))), None)
    sets = [training_set("a", MIT), training_set("b", NONE), training_set("c", MIT)]
    published = one(coverage_of(sets, [mixture], 0), MeasureKind.PUBLISHED)
    assert published.fraction == pytest.approx(0.25)
    assert published.low == 0
    assert published.high == pytest.approx(0.5)


def test_inherited_reading_adds_base_models_and_sources() -> None:
    sets = [
        training_set("a", MIT, inherited_lacking=True),
        training_set("b", MIT),
        training_set("c", VAGUE, via=("org/base",)),
    ]
    found = coverage_of(sets, [], 0)
    assert one(found, MeasureKind.DATASETS).fraction == 0
    inherited = one(found, MeasureKind.DATASETS, Reading.INHERITED)
    assert inherited.fraction == pytest.approx(2 / 3)
    hidden = one(coverage_of(sets, [], 1), MeasureKind.DATASETS, Reading.INHERITED)
    assert (hidden.low, hidden.high, hidden.unknown) == (0.0, 1.0, 1)


def test_a_measure_of_few_sets_is_no_headline() -> None:
    sets = [training_set("a", MIT, rows=1), training_set("b", NONE)]
    found = coverage_of(sets, [], 0)
    assert [c.measure for c in found if c.headline] == [MeasureKind.DATASETS]


def test_unattributed_weight_does_not_hide_an_unknown_base() -> None:
    mixture = Mixture("pairs", "table", (Row(60, (0,)), Row(30, (1,))), 100.0)
    sets = [training_set("a", MIT), training_set("b", NONE)]
    found = coverage_of(sets, [mixture], 1)
    published = one(found, MeasureKind.PUBLISHED, Reading.INHERITED)
    assert (published.low, published.high) == (0.0, 1.0)


_CAUSES = st.sampled_from([Cause.NOT_LOCATABLE, Cause.GATED])
_SETS = st.lists(
    st.tuples(st.sampled_from(list(LicenseState)), _CAUSES, st.none() | st.integers(0, 50)),
    max_size=6,
)


def _generated(described: list[tuple[LicenseState, Cause, int | None]]) -> list[TrainingSet]:
    return [
        training_set(
            str(i), state, rows=rows, cause=cause if state is LicenseState.UNRESOLVED else None
        )
        for i, (state, cause, rows) in enumerate(described)
    ]


@given(
    _SETS,
    st.lists(st.integers(0, 1000), min_size=6, max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_no_choice_of_what_is_unknown_leaves_the_interval(
    described: list[tuple[LicenseState, Cause, int | None]], guesses: list[int], bad: list[bool]
) -> None:
    """Unknown weights may be anything, and what was not examined may lack or not."""
    sets = _generated(described)
    weights = [
        g if s.weight.rows is None else s.weight.rows for g, s in zip(guesses, sets, strict=False)
    ]
    found = [c for c in coverage_of(sets, [], 0) if c.measure is MeasureKind.ROWS]
    if not found or not sum(weights):
        return
    lacks = [
        b if s.license.standing is Standing.NOT_EXAMINED else s.license.lacks
        for b, s in zip(bad, sets, strict=False)
    ]
    share = sum(w for w, lack in zip(weights, lacks, strict=True) if lack) / sum(weights)
    assert found[0].low - 1e-9 <= share <= found[0].high + 1e-9


@given(_SETS)
def test_the_interval_adds_up(
    described: list[tuple[LicenseState, Cause, int | None]],
) -> None:
    sets = _generated(described)
    for c in coverage_of(sets, [], 0):
        if c.fraction is not None:
            assert c.low - 1e-9 <= c.fraction <= c.high + 1e-9
            assert sum(s.weight for s in c.by_state) == pytest.approx(c.total)
            assert c.lacking + c.not_examined <= c.total + 1e-9
        known_to_lack = sum(s.license.lacks for s in sets)
        if c.measure is MeasureKind.DATASETS:
            assert c.low * c.total == pytest.approx(known_to_lack)
            assert c.high * c.total == pytest.approx(known_to_lack + c.not_examined)
            assert c.not_examined == sum(s.license.standing is Standing.NOT_EXAMINED for s in sets)
