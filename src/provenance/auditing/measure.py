"""Computing coverage: what lacks an explicit license, and what was not examined.

Two questions are asked of every measure: what is the least that can lack (all that was not
examined is licensed), and the most (all of it lacks). Sets of unknown weight widen either answer:
a share is rising in what lacks and falling in what does not, so its bounds are reached by giving
every unknown set its least or greatest possible weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.frozen import frozen
from provenance.report.coverage import Coverage, MeasureKind, Reading, StateShare
from provenance.report.license import LicenseState, Standing
from provenance.report.training import TrainingSet
from provenance.vocabulary.restrictions import Restriction

if TYPE_CHECKING:
    # a scan has no mixture, and need not wait for what reads one
    from provenance.auditing.mixture import Mixture


@frozen
class _Parcel:
    """An amount of training data: of known value, or of any value up to ``most``."""

    item: TrainingSet
    standing: Standing
    value: float | None
    surely: bool
    """It lacks, however its row is divided and whatever was not examined says."""
    possibly: bool
    """It may lack."""
    most: float = math.inf
    sets: int = 1

    @property
    def weight(self) -> float:
        """What is known of it."""
        return self.value or 0.0


_Weigher = Callable[[TrainingSet], float | None]

_WEIGHERS: dict[MeasureKind, _Weigher] = {
    MeasureKind.TOKENS: lambda item: item.weight.tokens,
    MeasureKind.ROWS: lambda item: item.weight.rows,
    MeasureKind.BYTES: lambda item: item.weight.bytes,
    MeasureKind.DATASETS: lambda _: 1.0,
}


def coverage_of(
    sets: Sequence[TrainingSet],
    mixtures: Sequence[Mixture],
    unknown_bases: int,
    *,
    truncated: bool = False,
) -> tuple[Coverage, ...]:
    """Coverage by every measure there is, in both readings.

    Args:
        sets: the subject's sets, own sets first, in the order that ``mixtures`` index.
        mixtures: the subject's published measures.
        unknown_bases: base models in the lineage whose training data is not known; they count
            as unknown weight in the inherited reading.
        truncated: whether the subject was not read to its end; what it may have declared beyond
            counts as unknown weight in either reading.

    """
    measured: list[Coverage] = []
    for reading in Reading:
        counted = [s for s in sets if reading is Reading.INHERITED or not s.via]
        hidden = (unknown_bases if reading is Reading.INHERITED else 0) + truncated
        for mixture in mixtures:
            measured.append(_published(counted, mixture, reading, hidden))
        for kind, weigh in _WEIGHERS.items():
            if any(weigh(s) is not None for s in counted):
                measured.append(_sized(counted, kind, weigh, reading, hidden))
    return _with_headline(measured)


def _published(
    sets: Sequence[TrainingSet], mixture: Mixture, reading: Reading, hidden: int
) -> Coverage:
    """By one published measure. A row that several sets share may be divided in any way."""
    most = mixture.unattributed if mixture.stated_total is not None else math.inf
    parcels = []
    for row in mixture.rows:
        standings = {i: _standing(sets[i], reading) for i in row.sets}
        surely = all(standing is Standing.LACKING for standing in standings.values())
        possibly = any(standing is not Standing.NOT_LACKING for standing in standings.values())
        share = row.value / len(row.sets)
        parcels += [
            _Parcel(sets[i], standings[i], share, surely, possibly, sets=0) for i in row.sets
        ]
    parcels += [_parcel(sets[i], 0.0, reading) for i in sorted(mixture.sets)]
    parcels += [
        replace(_parcel(item, None, reading), most=most)
        for i, item in enumerate(sets)
        if i not in mixture.sets
    ]
    extra = max(0.0, mixture.unattributed)
    return _sum(parcels, MeasureKind.PUBLISHED, mixture.unit, reading, mixture.basis, hidden, extra)


def _sized(
    sets: Sequence[TrainingSet],
    kind: MeasureKind,
    weigh: _Weigher,
    reading: Reading,
    hidden: int,
) -> Coverage:
    parcels = [_parcel(item, weigh(item), reading) for item in sets]
    unit = "sets" if kind is MeasureKind.DATASETS else kind.value
    basis = {
        MeasureKind.DATASETS: "each set counted once",
        MeasureKind.ROWS: "dataset cards (dataset_info, all configurations and splits)",
        MeasureKind.BYTES: "dataset cards (dataset_info) or the Hub's size of the repository",
    }.get(kind, "dataset cards")
    return _sum(parcels, kind, unit, reading, basis, hidden, 0.0)


def _parcel(item: TrainingSet, value: float | None, reading: Reading) -> _Parcel:
    standing = _standing(item, reading)
    surely, possibly = standing is Standing.LACKING, standing is not Standing.NOT_LACKING
    return _Parcel(item, standing, value, surely, possibly)


def _sum(
    parcels: Sequence[_Parcel],
    kind: MeasureKind,
    unit: str,
    reading: Reading,
    basis: str,
    hidden: int,
    unattributed: float,
) -> Coverage:
    """Add parcels up; ``hidden`` base models may weigh anything and lack anything."""
    total = sum(p.weight for p in parcels) + unattributed
    lacking = sum(p.weight for p in parcels if p.standing is Standing.LACKING) + unattributed
    low, high = (0.0, 1.0) if hidden else _bounds(parcels, total, unattributed)
    return Coverage(
        measure=kind,
        unit=unit,
        reading=reading,
        total=total,
        lacking=lacking,
        conflicting=sum(
            p.weight for p in parcels if p.item.license.state is LicenseState.CONFLICTING
        ),
        unattributed=unattributed,
        unknown=sum(p.value is None for p in parcels) + hidden,
        fraction=lacking / total if total > 0 else None,
        low=low,
        high=high,
        headline=False,
        basis=basis,
        by_state=_by_state(parcels),
        not_examined=sum(p.weight for p in parcels if p.standing is Standing.NOT_EXAMINED),
        database_only=sum(
            p.weight for p in parcels if Restriction.DATABASE_ONLY in p.item.license.restrictions
        ),
    )


def _bounds(parcels: Sequence[_Parcel], total: float, unattributed: float) -> tuple[float, float]:
    """Least and greatest share that can lack.

    Weight given to no set belongs, where it can, to sets without a row of their own.
    """
    unknown = [p for p in parcels if p.value is None]
    surely = sum(p.weight for p in parcels if p.surely)
    possibly = sum(p.weight for p in parcels if p.possibly)
    if unattributed > 0:
        elsewhere = any(not p.surely for p in unknown)
        least = surely if elsewhere else surely + unattributed
        return least / total, (possibly + unattributed) / total
    low = _ratio(surely, total - surely + sum(p.most for p in unknown if not p.surely))
    high = _ratio(possibly + sum(p.most for p in unknown if p.possibly), total - possibly)
    return 0.0 if low is None else low, 1.0 if high is None else high


def _ratio(lacking: float, licensed: float) -> float | None:
    """``lacking / (lacking + licensed)`` with either side possibly without bound."""
    if math.isinf(lacking):
        return 1.0
    if math.isinf(licensed):
        return 0.0
    whole = lacking + licensed
    return lacking / whole if whole > 0 else None


def _by_state(parcels: Sequence[_Parcel]) -> tuple[StateShare, ...]:
    shares = []
    for state in LicenseState:
        of_state = [p for p in parcels if p.item.license.state is state]
        if of_state:
            unseen = [p for p in of_state if p.item.license.standing is Standing.NOT_EXAMINED]
            shares.append(
                StateShare(
                    state,
                    sum(p.sets for p in of_state),
                    sum(p.weight for p in of_state),
                    sum(p.weight for p in unseen),
                )
            )
    return tuple(shares)


def _standing(item: TrainingSet, reading: Reading) -> Standing:
    return item.inherited if reading is Reading.INHERITED else item.license.standing


def _with_headline(measured: Sequence[Coverage]) -> tuple[Coverage, ...]:
    """Mark the first direct measure that weighs more than half of the sets and says something."""
    order = list(MeasureKind)
    ranked = sorted(
        (c for c in measured if c.reading is Reading.DIRECT and _usable(c)),
        key=lambda c: order.index(c.measure),
    )
    chosen = ranked[0] if ranked else None
    return tuple(replace(c, headline=c is chosen) for c in measured)


def _usable(coverage: Coverage) -> bool:
    """Whether a measure can head a report; counting each set once always can.

    One whose sets of unknown weight leave everything possible answers nothing.
    """
    if coverage.measure is MeasureKind.DATASETS:
        return True
    sets = sum(share.sets for share in coverage.by_state)
    open_end = coverage.unknown > 0 and (coverage.low, coverage.high) == (0.0, 1.0)
    return 2 * coverage.unknown < sets and not open_end
