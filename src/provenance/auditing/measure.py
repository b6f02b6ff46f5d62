"""Computing coverage: of the training data, the fraction that lacks an explicit license.

Every fraction is over known weights. Sets of unknown weight make an interval: the fraction is
rising in what lacks and falling in what does not, so its bounds are reached by giving every
unknown set its least or greatest possible weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.report.coverage import Coverage, MeasureKind, Reading, StateShare
from provenance.report.license import LicenseState
from provenance.report.training import TrainingSet

if TYPE_CHECKING:
    # a scan has no mixture, and need not wait for what reads one
    from provenance.auditing.mixture import Mixture


@dataclass(frozen=True, slots=True)
class _Parcel:
    """An amount of training data: of known value, or of a value in ``[least, most]``."""

    lacking: bool | None
    """``None`` for a row shared by sets of which some lack and some do not."""
    state: LicenseState
    value: float | None
    least: float = 0.0
    most: float = math.inf
    sets: int = 1


_Weigher = Callable[[TrainingSet], float | None]

_WEIGHERS: dict[MeasureKind, _Weigher] = {
    MeasureKind.TOKENS: lambda item: item.weight.tokens,
    MeasureKind.ROWS: lambda item: item.weight.rows,
    MeasureKind.BYTES: lambda item: item.weight.bytes,
    MeasureKind.DATASETS: lambda _: 1.0,
}


def coverage_of(
    sets: Sequence[TrainingSet], mixtures: Sequence[Mixture], unknown_bases: int
) -> tuple[Coverage, ...]:
    """Coverage by every measure there is, in both readings.

    Args:
        sets: the subject's sets, own sets first, in the order that ``mixtures`` index.
        mixtures: the subject's published measures.
        unknown_bases: base models in the lineage whose training data is not known; they count
            as unknown weight in the inherited reading.

    """
    found: list[Coverage] = []
    for reading in Reading:
        counted = [s for s in sets if reading is Reading.INHERITED or not s.via]
        hidden = unknown_bases if reading is Reading.INHERITED else 0
        for mixture in mixtures:
            found.append(_published(counted, mixture, reading, hidden))
        for kind, weigh in _WEIGHERS.items():
            if any(weigh(s) is not None for s in counted):
                found.append(_sized(counted, kind, weigh, reading, hidden))
    return _with_headline(found)


def _published(
    sets: Sequence[TrainingSet], mixture: Mixture, reading: Reading, hidden: int
) -> Coverage:
    parcels = []
    for row in mixture.rows:
        members = [sets[i] for i in row.sets]
        lacks = {_lacks(s, reading) for s in members}
        share = row.value / len(members)
        decided = lacks.pop() if len(lacks) == 1 else None
        parcels += [_Parcel(decided, s.license.state, share, sets=0) for s in members]
    most = mixture.unattributed if mixture.stated_total is not None else math.inf
    weighed = mixture.sets
    states = {i: sets[i].license.state for i in sorted(weighed)}
    parcels += [_Parcel(False, state, 0.0) for state in states.values()]
    parcels += [
        _Parcel(_lacks(s, reading), s.license.state, None, most=most)
        for i, s in enumerate(sets)
        if i not in weighed
    ]
    coverage = _sum(parcels, MeasureKind.PUBLISHED, mixture.unit, reading, mixture.basis, hidden)
    return _add_unattributed(coverage, mixture, parcels, hidden)


def _add_unattributed(
    coverage: Coverage, mixture: Mixture, parcels: Sequence[_Parcel], hidden: int
) -> Coverage:
    """Count unattributed weight as lacking; at best it belongs to sets that do not lack."""
    extra = mixture.unattributed
    total = coverage.total + extra
    if extra <= 0 or total <= 0:
        return coverage
    lacking = coverage.lacking + extra
    licensed_unknown = any(p.value is None and p.lacking is False for p in parcels)
    undecided = sum(p.value or 0.0 for p in parcels if p.lacking is None)
    certain = sum(p.value or 0.0 for p in parcels if p.lacking)
    at_best = certain if licensed_unknown else certain + extra
    high = 1.0 if hidden or (coverage.high == 1.0 and math.isinf(_most(parcels))) else None
    return replace(
        coverage,
        total=total,
        lacking=lacking,
        unattributed=extra,
        fraction=lacking / total,
        low=0.0 if hidden else at_best / total,
        high=high if high is not None else (certain + undecided + extra) / total,
    )


def _most(parcels: Sequence[_Parcel]) -> float:
    return max((p.most for p in parcels if p.value is None), default=0.0)


def _sized(
    sets: Sequence[TrainingSet],
    kind: MeasureKind,
    weigh: _Weigher,
    reading: Reading,
    hidden: int,
) -> Coverage:
    parcels = [_Parcel(_lacks(s, reading), s.license.state, weigh(s)) for s in sets]
    unit = "sets" if kind is MeasureKind.DATASETS else kind.value
    basis = {
        MeasureKind.DATASETS: "each set counted once",
        MeasureKind.ROWS: "dataset cards (dataset_info, all configurations and splits)",
        MeasureKind.BYTES: "dataset cards (dataset_info) or the Hub's size of the repository",
    }.get(kind, "dataset cards")
    return _sum(parcels, kind, unit, reading, basis, hidden)


def _sum(
    parcels: Sequence[_Parcel],
    kind: MeasureKind,
    unit: str,
    reading: Reading,
    basis: str,
    hidden: int,
) -> Coverage:
    """Add parcels up; ``hidden`` base models may weigh anything and lack anything."""
    known = [p for p in parcels if p.value is not None]
    unknown = [p for p in parcels if p.value is None]
    total = sum(p.value or 0.0 for p in known)
    certain = sum(p.value or 0.0 for p in known if p.lacking)
    undecided = [p for p in known if p.lacking is None]
    half = sum(p.value or 0.0 for p in undecided if p.state.lacks)
    lacking = certain + half
    open_value = sum(p.value or 0.0 for p in undecided)
    least = _ratio(
        certain + sum(p.least for p in unknown if p.lacking),
        total - certain + sum(p.most for p in unknown if not p.lacking),
    )
    greatest = _ratio(
        certain + open_value + sum(p.most for p in unknown if p.lacking),
        total - certain - open_value + sum(p.least for p in unknown if not p.lacking),
    )
    if hidden:
        least, greatest = 0.0, 1.0
    return Coverage(
        measure=kind,
        unit=unit,
        reading=reading,
        total=total,
        lacking=lacking,
        conflicting=sum(p.value or 0.0 for p in known if p.state is LicenseState.CONFLICTING),
        unattributed=0.0,
        unknown=len(unknown) + hidden,
        fraction=lacking / total if total > 0 else None,
        low=0.0 if least is None else least,
        high=1.0 if greatest is None else greatest,
        headline=False,
        basis=basis,
        by_state=_by_state(parcels),
    )


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
        own = [p for p in parcels if p.state is state]
        if own:
            weight = sum(p.value or 0.0 for p in own)
            shares.append(StateShare(state, sum(p.sets for p in own), weight))
    return tuple(shares)


def _lacks(item: TrainingSet, reading: Reading) -> bool:
    return item.inherited_lacking if reading is Reading.INHERITED else item.license.state.lacks


def _with_headline(found: Sequence[Coverage]) -> tuple[Coverage, ...]:
    """Mark the first direct measure that weighs more than half of the sets."""
    order = list(MeasureKind)
    ranked = sorted(
        (c for c in found if c.reading is Reading.DIRECT and _weighs_most(c)),
        key=lambda c: order.index(c.measure),
    )
    chosen = ranked[0] if ranked else None
    return tuple(replace(c, headline=c is chosen) for c in found)


def _weighs_most(coverage: Coverage) -> bool:
    sets = sum(share.sets for share in coverage.by_state)
    return coverage.measure is MeasureKind.DATASETS or 2 * coverage.unknown < sets
