"""Coverage of a corpus by rows, bytes and tokens, with the interval of a sample. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from provenance.amounts import plural
from provenance.auditing.measure import coverage_of
from provenance.frozen import frozen
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.training import TrainingSet
from provenance.scanning.layout import FileCount, Group
from provenance.scanning.sampling import Stratum, Sums, amount_interval, rows_interval


@frozen
class Basis:
    """What the numbers rest on."""

    files: int
    """Files that were read."""
    estimated: bool
    """Tokens are bytes divided by four, not every record having a count of them."""
    sampled: bool


def corpus_coverage(
    sets: Sequence[TrainingSet],
    counts: Sequence[FileCount],
    lacking: Mapping[str | None, bool],
    basis: Basis,
) -> tuple[Coverage, ...]:
    """Coverage by rows, bytes and tokens; groups of values are no data sets to be counted."""
    measured = []
    for coverage in coverage_of(sets, (), 0):
        if coverage.measure is MeasureKind.DATASETS:
            continue
        low, high = coverage.low, coverage.high
        if basis.sampled:
            low, _ = _sample_interval(coverage, _strata(counts, lacking, basis, unread=False))
            _, high = _sample_interval(coverage, _strata(counts, lacking, basis, unread=True))
        basis_words = _words(coverage.measure, basis)
        measured.append(
            replace(coverage, low=low, high=high, basis=basis_words, sampled=basis.sampled)
        )
    return _with_headline(measured, basis)


def _sample_interval(
    coverage: Coverage, strata: Mapping[MeasureKind, Sequence[Stratum]]
) -> tuple[float, float]:
    """The error of the sample; where weights are unknown, that and all they may be."""
    by_rows = coverage.measure is MeasureKind.ROWS
    strata_of_measure = strata[coverage.measure]
    low, high = rows_interval(strata_of_measure) if by_rows else amount_interval(strata_of_measure)
    if coverage.unknown:
        low, high = min(low, coverage.low), max(high, coverage.high)
    if coverage.fraction is None:
        return low, high
    return min(low, coverage.fraction), max(high, coverage.fraction)


def _words(measure: MeasureKind, basis: Basis) -> str:
    records = f"records of {plural(basis.files, 'file')}"
    if basis.sampled:
        records = f"stratified sample of the {records}, 95 % interval"
    if measure is MeasureKind.BYTES:
        return f"text column in UTF-8, {records}"
    if measure is MeasureKind.TOKENS:
        how = "estimated as bytes / 4" if basis.estimated else "token column"
        return f"{how}, {records}"
    return records


def _with_headline(measured: Sequence[Coverage], basis: Basis) -> tuple[Coverage, ...]:
    """Tokens that were counted, else rows: an estimate heads no report."""
    direct = [c for c in measured if c.reading is Reading.DIRECT]
    first = {c.measure: c for c in direct}
    counted = first.get(MeasureKind.TOKENS) if not basis.estimated else None
    usable = counted if counted is not None and not counted.unknown else None
    headline = usable or first.get(MeasureKind.ROWS)
    return tuple(replace(c, headline=c is headline) for c in measured)


def _strata(
    counts: Sequence[FileCount], lacking: Mapping[str | None, bool], basis: Basis, *, unread: bool
) -> dict[MeasureKind, list[Stratum]]:
    """A stratum for each file, by each measure; ``unread``: lines that are none count as lacking.

    They were not examined: the least that can lack is without them, the most with them.
    """
    by_tokens = MeasureKind.BYTES if basis.estimated else MeasureKind.TOKENS
    strata: dict[MeasureKind, list[Stratum]] = {m: [] for m in MeasureKind}
    for count in counts:
        lack = [g for g in count.groups if lacking[g.value]]
        other = [g for g in count.groups if not lacking[g.value]]
        for measure in (MeasureKind.ROWS, MeasureKind.BYTES, MeasureKind.TOKENS):
            of = by_tokens if measure is MeasureKind.TOKENS else measure
            lack_sums, other_sums = _sums(lack, of), _sums(other, of)
            if unread:
                lack_sums = replace(lack_sums, rows=lack_sums.rows + count.unreadable_rows)
            else:
                other_sums = replace(other_sums, rows=other_sums.rows + count.unreadable_rows)
            strata[measure].append(Stratum(count.population, lack_sums, other_sums))
    return strata


def _sums(groups: Sequence[Group], measure: MeasureKind) -> Sums:
    rows = sum(group.rows for group in groups)
    if measure is MeasureKind.TOKENS:
        tokens = sum(group.tokens or 0 for group in groups)
        return Sums(rows, float(tokens), sum(group.token_squares for group in groups))
    size = sum(group.bytes or 0 for group in groups)
    return Sums(rows, float(size), sum(group.squares for group in groups))
