"""Published mixtures: what a subject's own tables and files say each set weighs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from provenance.discovery.align import DeclaredSet
from provenance.frozen import frozen
from provenance.report.training import Measure, MixtureTotal, PublishedWeight

_AGREE = 0.005
"""Two publications of one count agree when they differ by at most this share."""
_KINDS = (" table ", ".json", "catalog")
"""Words of a basis, from the most to the least authoritative place; prose comes after them."""
_ELSEWHERE = " and elsewhere"
_ROUNDING = 1.0
"""Shares in percent that sum to within this of 100 are complete."""


@frozen
class Row:
    """One weight and the sets it belongs to, as indices into the subject's declared sets."""

    value: float
    sets: tuple[int, ...]


@dataclass(frozen=True)
class Mixture:
    """One published measure over the subject's sets."""

    unit: str
    basis: str
    rows: tuple[Row, ...]
    stated_total: float | None

    @property
    def attributed(self) -> float:
        """Sum of the rows."""
        return sum(row.value for row in self.rows)

    @property
    def unattributed(self) -> float:
        """Weight the publisher states but gives to no set; 0 when no total is stated."""
        if self.stated_total is None:
            return 0.0
        return max(0.0, self.stated_total - self.attributed)

    @cached_property
    def rows_of(self) -> dict[int, tuple[Row, ...]]:
        """The rows of each set that has any."""
        by_set: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            for index in dict.fromkeys(row.sets):
                by_set[index].append(row)
        return {index: tuple(rows) for index, rows in by_set.items()}

    @property
    def sets(self) -> Set[int]:
        """Sets with a weight in this measure."""
        return self.rows_of.keys()

    def of(self, index: int) -> float:
        """Weight of one set; an equal part of each row it shares."""
        return sum(row.value / len(row.sets) for row in self.rows_of.get(index, ()))


def published_mixtures(
    sets: Sequence[DeclaredSet], totals: Sequence[MixtureTotal]
) -> tuple[Mixture, ...]:
    """The measures a subject publishes, in the order first seen.

    Two publications that agree on every set they share are one measure; the second fills in the
    sets that the first leaves out. So is what gives one row in the same unit: it repeats the first,
    or goes on with it.
    """
    order: dict[Measure, dict[str, tuple[float, list[int]]]] = defaultdict(dict)
    for index, declared in enumerate(sets):
        for amount in declared.amounts:
            row = amount.row or f"#{index}"
            _, members = order[amount.measure].setdefault(row, (amount.value, []))
            members.append(index)
    stated: dict[Measure, float] = {}
    for total in totals:
        stated[total.measure] = max(total.value, stated.get(total.measure, total.value))
    ranked = _rank(list(order), sets)
    mixtures = [
        Mixture(
            m.unit,
            m.basis,
            tuple(Row(value, tuple(members)) for value, members in order[m].values()),
            _total(m, stated.get(m), order[m]),
        )
        for m in ranked
    ]
    return _unify(mixtures, sets)


def weights(mixtures: Sequence[Mixture], index: int, names: Sequence[str]) -> list[PublishedWeight]:
    """Weights of the set ``index`` in every mixture that has it; ``names`` are all sets' names."""
    weights_of_set = []
    for mixture in mixtures:
        if index not in mixture.sets:
            continue
        shared = {i for row in mixture.rows_of[index] for i in row.sets} - {index}
        weights_of_set.append(
            PublishedWeight(
                mixture.unit,
                mixture.basis,
                _clean(mixture.of(index)),
                tuple(names[i] for i in sorted(shared)),
            )
        )
    return weights_of_set


def _clean(value: float) -> float:
    return round(value, 6)


def _rank(measures: Sequence[Measure], sets: Sequence[DeclaredSet]) -> list[Measure]:
    """Tables of the card first, then files, other publications and prose; narrow ones last.

    A measure is narrow when it weighs less than half as many sets as the widest one.
    """
    covers = {
        m: sum(any(a.measure == m for a in declared.amounts) for declared in sets) for m in measures
    }
    widest = max(covers.values(), default=0)

    def key(measure: Measure) -> tuple[bool, int, int]:
        narrow = 2 * covers[measure] < widest
        kind = next((i for i, w in enumerate(_KINDS) if w in measure.basis), len(_KINDS))
        return narrow, kind, measures.index(measure)

    return sorted(measures, key=key)


def _total(
    measure: Measure, stated: float | None, rows: dict[str, tuple[float, list[int]]]
) -> float | None:
    """The stated total; for shares in percent 100, unless they already sum to it."""
    if stated is not None or measure.unit != "percent":
        return stated
    attributed = sum(value for value, _ in rows.values())
    return 100.0 if len(rows) > 1 and attributed < 100.0 - _ROUNDING else None


def _unify(mixtures: Sequence[Mixture], sets: Sequence[DeclaredSet]) -> tuple[Mixture, ...]:
    kept: list[Mixture] = []
    for mixture in mixtures:
        for position, other in enumerate(kept):
            if _repeats(other, mixture):
                break
            if _agree(other, mixture):
                kept[position] = _fill(other, mixture, sets)
                break
            if _continues(other, mixture):
                basis = f"{other.basis.removesuffix(_ELSEWHERE)}{_ELSEWHERE}"
                rows = (*other.rows, *mixture.rows)
                kept[position] = replace(other, basis=basis, rows=rows)
                break
        else:
            kept.append(mixture)
    return tuple(kept)


def _agree(first: Mixture, second: Mixture) -> bool:
    """Whether two measures give the same weight to every set they share, at least half of each."""
    common = first.sets & second.sets
    if len(common) < 2 or 2 * len(common) < min(len(first.sets), len(second.sets)):
        return False
    return all(
        abs(first.of(i) - second.of(i)) <= _AGREE * max(first.of(i), second.of(i)) for i in common
    )


def _repeats(first: Mixture, second: Mixture) -> bool:
    """Whether a measure of one row says again what a set or the whole weighs in the first."""
    if len(second.rows) != 1 or first.unit != second.unit:
        return False
    (row,) = second.rows
    if not set(row.sets) <= first.sets:
        return False
    known = [first.attributed, first.stated_total, *(first.of(i) for i in row.sets)]
    return any(x is not None and abs(x - row.value) <= _AGREE * max(x, row.value) for x in known)


def _continues(first: Mixture, second: Mixture) -> bool:
    """Whether a count of one more set stands elsewhere: a card that sizes its sets one by one."""
    return len(second.rows) == 1 and first.unit == second.unit and not first.sets & second.sets


def _fill(first: Mixture, second: Mixture, sets: Sequence[DeclaredSet]) -> Mixture:
    missing = [row for row in second.rows if not first.sets & set(row.sets)]
    if not missing:
        return first
    names = ", ".join(sets[i].name for row in missing for i in row.sets)
    total = first.stated_total if first.stated_total is not None else second.stated_total
    basis = f"{first.basis}, completed by {second.basis} ({names})"
    return replace(first, basis=basis, rows=(*first.rows, *missing), stated_total=total)
