"""Coverage of a corpus by rows, bytes and tokens, with the interval of a sample. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.corpus.layout import FileCount, Group
from provenance.corpus.sampling import Stratum, Sums, bytes_interval, rows_interval
from provenance.coverage import Coverage, MeasureKind, Reading
from provenance.coverage_of import coverage_of
from provenance.training import TrainingSet


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers rest on."""

    files: int
    """Files that were read."""
    estimated: bool
    """Tokens are bytes divided by four, no column being there in every file."""
    sampled: bool


def corpus_coverage(
    sets: Sequence[TrainingSet],
    counts: Sequence[FileCount],
    lacking: Mapping[str | None, bool],
    basis: Basis,
) -> tuple[Coverage, ...]:
    """Coverage by rows, bytes and tokens; groups of values are no data sets to be counted."""
    strata = _strata(counts, lacking) if basis.sampled else ()
    found = []
    for coverage in coverage_of(sets, (), 0):
        if coverage.measure is MeasureKind.DATASETS:
            continue
        low, high = coverage.low, coverage.high
        if strata and not coverage.unknown:
            by_rows = coverage.measure is MeasureKind.ROWS
            low, high = rows_interval(strata) if by_rows else bytes_interval(strata)
        found.append(replace(coverage, low=low, high=high, basis=_words(coverage.measure, basis)))
    return _with_headline(found, basis)


def _words(measure: MeasureKind, basis: Basis) -> str:
    records = f"records of {basis.files:,} file{'' if basis.files == 1 else 's'}"
    if basis.sampled:
        records = f"stratified sample of the {records}, 95 % interval"
    if measure is MeasureKind.BYTES:
        return f"text column in UTF-8, {records}"
    if measure is MeasureKind.TOKENS:
        how = "estimated as bytes / 4" if basis.estimated else "token column"
        return f"{how}, {records}"
    return records


def _with_headline(found: Sequence[Coverage], basis: Basis) -> tuple[Coverage, ...]:
    """Tokens that were counted, else rows: an estimate heads no report."""
    direct = [c for c in found if c.reading is Reading.DIRECT]
    first = {c.measure: c for c in direct}
    counted = first.get(MeasureKind.TOKENS) if not basis.estimated else None
    usable = counted if counted is not None and not counted.unknown else None
    headline = usable or first.get(MeasureKind.ROWS)
    return tuple(replace(c, headline=c is headline) for c in found)


def _strata(counts: Sequence[FileCount], lacking: Mapping[str | None, bool]) -> tuple[Stratum, ...]:
    strata = []
    for count in counts:
        lack = _sums(g for g in count.groups if lacking[g.value])
        other = _sums(g for g in count.groups if not lacking[g.value])
        lines = count.unreadable_rows
        unread = Sums(lack.rows + lines, lack.bytes, lack.squares)
        strata.append(Stratum(count.population, unread, other))
    return tuple(strata)


def _sums(groups: Iterable[Group]) -> Sums:
    rows, size, squares = 0, 0.0, 0.0
    for group in groups:
        rows += group.rows
        size += group.bytes or 0
        squares += group.squares
    return Sums(rows, size, squares)
