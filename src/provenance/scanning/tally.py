"""Counts by source and by distinct value, for the report. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from provenance.report.records import (
    MOST_VALUES,
    RecordAmount,
    RecordCounts,
    SourceRecords,
    ValueRecords,
)
from provenance.scanning.layout import FileCount, Group
from provenance.scanning.values import Outline

Meanings = Mapping[str | None, Outline]
"""What each distinct value was concluded to be."""

_Scaled = tuple[Group, float]
"""A group and what each of its records stands for."""


def record_counts(counts: Sequence[FileCount], meanings: Meanings, estimated: bool) -> RecordCounts:
    """Every source, and the values with most rows.

    Args:
        counts: one for each file.
        meanings: for every value in ``counts``.
        estimated: tokens are bytes / 4.

    """
    sources: dict[str, list[FileCount]] = {}
    values: dict[str | None, list[_Scaled]] = {}
    for count in counts:
        sources.setdefault(count.file.source, []).append(count)
        for group, factor in _scaled(count):
            values.setdefault(group.value, []).append((group, factor))
    listed = []
    for value, groups in values.items():
        meaning = meanings[value]
        amount = _amount(groups, estimated)
        listed.append(
            ValueRecords(value, meaning.kind.value, meaning.state, meaning.concluded, amount)
        )
    listed.sort(key=lambda v: (-v.amount.rows, v.value is not None, v.value or ""))
    rest = listed[MOST_VALUES:]
    return RecordCounts(
        sources=tuple(_source(s, sources[s], meanings, estimated) for s in sorted(sources)),
        values=tuple(listed[:MOST_VALUES]),
        more_values=len(rest),
        more_rows=sum(v.amount.rows for v in rest),
    )


def _factor(count: FileCount) -> float:
    seen = count.unreadable_rows + sum(group.rows for group in count.groups)
    return count.population / seen if seen else 1.0


def _scaled(count: FileCount) -> Iterable[_Scaled]:
    factor = _factor(count)
    return ((group, factor) for group in count.groups)


def _source(
    name: str, counts: Sequence[FileCount], meanings: Meanings, estimated: bool
) -> SourceRecords:
    every = [pair for count in counts for pair in _scaled(count)]
    lacking = [pair for pair in every if meanings[pair[0].value].lacks]
    lines = sum(count.unreadable_rows * _factor(count) for count in counts)
    return SourceRecords(
        source=name,
        total=_amount(every, estimated, lines),
        lacking=_amount(lacking, estimated),
        unread_files=sum(count.error is not None for count in counts),
        unread_rows=lines,
    )


def _amount(groups: Sequence[_Scaled], estimated: bool, lines: float = 0.0) -> RecordAmount:
    known = not lines
    size = _sum((group.bytes, factor) for group, factor in groups) if known else None
    counted = _sum((group.tokens, factor) for group, factor in groups) if known else None
    return RecordAmount(
        rows=lines + sum(group.rows * factor for group, factor in groups),
        bytes=size,
        tokens=(None if size is None else size / 4) if estimated else counted,
    )


def _sum(parts: Iterable[tuple[int | None, float]]) -> float | None:
    whole = 0.0
    for value, factor in parts:
        if value is None:
            return None
        whole += value * factor
    return whole
