"""What every renderer says of the answer, as plain text: sentences and orders, nothing escaped.

Texts returned hold outside strings as they are: a renderer passes them through
:mod:`provenance.escape` where it places them.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance import amounts
from provenance.amounts import percent
from provenance.frozen import frozen
from provenance.render import origin_words, set_words
from provenance.report import shares
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.finding import Severity
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.shares import share_of
from provenance.report.training import TrainingSet
from provenance.vocabulary.statuses import Status

STATES = (
    LicenseState.NONE,
    LicenseState.UNRESOLVED,
    LicenseState.AMBIGUOUS,
    LicenseState.CONFLICTING,
    LicenseState.EXPLICIT,
)
"""Worst first: the order of bars and tables."""
LACKING_STATES = frozenset({LicenseState.NONE, LicenseState.AMBIGUOUS})
"""States that lack whatever their cause."""
NOT_LOCATABLE = "not locatable"
NOT_EXAMINED = "not examined"
UNATTRIBUTED = "unattributed"
NO_FINDINGS = "no findings"


def headline(report: Report) -> Coverage | None:
    """The measure a reader should look at first; ``None`` when nothing is declared."""
    return next((c for c in report.coverage if c.headline), None)


def unread(report: Report) -> str | None:
    """Why nothing of the subject was read; ``None`` when it was."""
    if report.subject.status is Status.FOUND:
        return None
    root = next((n for n in report.lineage.nodes if n.key == report.lineage.root), None)
    return (root.detail if root is not None else None) or report.subject.status.words


def headline_figure(report: Report) -> str | None:
    """The answer's number to print large; ``None`` where there is none."""
    coverage = headline(report)
    if (
        unread(report) is not None
        or report.undeclared
        or coverage is None
        or shares.is_open(coverage)
    ):
        return None
    return percent(coverage.fraction) if coverage.sampled else shares.span(coverage)


_PERHAPS = 2
"""How many possible sets a sentence names."""


def headline_sentence(report: Report) -> str:
    """The answer in one sentence, without a full stop."""
    why = unread(report)
    if why is not None:
        return f"The {report.subject.kind} was not read, so nothing is known of its data: {why}"
    if report.undeclared:
        perhaps = amounts.listing(
            [f"“{mention.name}”" for mention in report.possible_sets[:_PERHAPS]]
        )
        surely = f" for certain (perhaps {perhaps})" if perhaps else ""
        return (
            f"{origin_words.what_was_read(report)} names no training data{surely}: how much of it "
            "lacks an explicit license is not known"
        )
    coverage = headline(report)
    if coverage is None and report.records is not None and report.records.empty:
        return "There are no records (0 were read), so there is nothing to count"
    if coverage is None:
        return "How much of the training data lacks an explicit license is not known"
    return shares.sentence(coverage, sets_word(report))


def basis_sentence(report: Report) -> str | None:
    """What the answer is made of, and where the weights come from; ``None`` without a measure."""
    coverage = headline(report)
    if report.undeclared or coverage is None:
        return None
    if coverage.measure is MeasureKind.DATASETS:
        unit, whole = "", amounts.plural(int(coverage.total), "set")
        basis = f"each counted once{_why_counted(report)}"
    else:
        unit = " percentage points" if coverage.unit == "percent" else f" {coverage.unit}"
        whole = f"{_amount(coverage, coverage.total)}{unit}"
        basis = f"weights: {coverage.basis or 'not stated'}"
    verb = "lacks" if not unit and 1 in {coverage.lacking, coverage.total} else "lack"
    about = "about " if coverage.sampled else ""
    parts = f"{about}{_amount(coverage, coverage.lacking)} of {whole} {verb}"
    if coverage.not_examined:
        parts += f", {_amount(coverage, coverage.not_examined)} not examined"
    return f"{parts}; {basis}"


def _amount(coverage: Coverage, value: float) -> str:
    return f"{value:,.0f}" if coverage.sampled else amounts.count(value)


def _why_counted(report: Report) -> str:
    """Why sets are counted and not weighed."""
    sets = own_sets(report)
    sized = sum(bool(set_words.weight_words(item)) for item in sets)
    if not sized:
        return ": no sizes are known"
    return f": sizes are known of {sized:,} of {len(sets):,}" if sized < len(sets) else ""


def inherited_sentence(report: Report) -> str | None:
    """The headline's measure with base models; ``None`` where they change nothing."""
    row = next((r for r in measure_rows(report) if r.headline), None)
    if report.undeclared or row is None or row.direct is None or row.inherited is None:
        return None
    with_bases = interval(row.inherited)
    name = inherited_name(report)
    return f"{name.capitalize()}: {with_bases}." if with_bases != interval(row.direct) else None


def interval(coverage: Coverage) -> str:
    """What lacks, in a cell: one number, an interval, or that nothing is known."""
    if coverage.sampled and coverage.low != coverage.high:
        return f"{percent(coverage.fraction)} ({shares.span(coverage)})"
    return shares.span(coverage)


def verdict_sentence(report: Report) -> str:
    """Why the verdict is what it is, in counts of findings."""
    active = [f for f in report.findings if f.waiver is None]
    waived = len(report.findings) - len(active)
    parts = [
        amounts.plural(number, word) if word != "incomplete" else f"{number} undecided"
        for severity, word in zip(Severity, ("error", "incomplete", "warning", "note"), strict=True)
        if (number := sum(f.severity is severity for f in active))
    ]
    if waived:
        parts.append(f"{waived} waived")
    return ", ".join(parts) if parts else NO_FINDINGS


@frozen
class MeasureRow:
    """One measure with both readings, for a table."""

    name: str
    basis: str
    direct: Coverage | None
    inherited: Coverage | None
    headline: bool


def is_audit(report: Report) -> bool:
    """Whether the report is of cards; that of a scan has neither base models nor declarations."""
    return report.subject.kind != "corpus"


def what_it_is(report: Report) -> str:
    """What the report is of, over the subject's name."""
    if not is_audit(report):
        return "License scan of the corpus"
    model = report.subject.kind == "model"
    return "Training-data audit of the model" if model else f"Audit of the {report.subject.kind}"


def sets_title(report: Report) -> str:
    """What the table of the subject's own sets is called."""
    if not is_audit(report):
        return "Records by license"
    return "The dataset and its sources" if report.subject.kind == "dataset" else "Training sets"


def sets_word(report: Report) -> str:
    """What to call the subject's sets in a sentence: a dataset was trained on nothing."""
    return "datasets" if report.subject.kind == "dataset" else "training sets"


def inherited_name(report: Report) -> str:
    """What the reading with all that is inherited adds to the subject's own sets."""
    return "with its sources" if report.subject.kind == "dataset" else "with base models"


def measure_rows(report: Report) -> tuple[MeasureRow, ...]:
    """The measures in the report's order, each once, direct beside inherited."""
    rows: dict[tuple[str, str, str], dict[Reading, Coverage]] = {}
    for c in report.coverage:
        rows.setdefault((c.measure, c.unit, c.basis), {})[c.reading] = c
    return tuple(
        MeasureRow(
            shares.measure_name(any_reading, sets_word(report)),
            any_reading.basis,
            readings.get(Reading.DIRECT),
            readings.get(Reading.INHERITED),
            any(c.headline for c in readings.values()),
        )
        for readings in rows.values()
        for any_reading in [next(iter(readings.values()))]
    )


def own_sets(report: Report) -> list[TrainingSet]:
    """The subject's own sets, heaviest first, then by state and name."""
    return _ordered(report, [s for s in report.training_sets if not s.via])


def inherited_sets(report: Report) -> list[TrainingSet]:
    """The sets that come through base models, worst state first."""
    return _ordered(report, [s for s in report.training_sets if s.via])


def _ordered(report: Report, sets: Sequence[TrainingSet]) -> list[TrainingSet]:
    measure = headline(report)

    def key(item: TrainingSet) -> tuple[float, int, str]:
        share = share_of(item, measure)
        return (
            1.0 if share is None else -share,
            STATES.index(item.license.state),
            set_words.label(item),
        )

    return sorted(sets, key=key)
