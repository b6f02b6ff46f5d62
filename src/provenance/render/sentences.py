"""What every renderer says, as plain text: numbers, sentences and orders. Nothing is escaped here.

Texts returned hold outside strings as they are: a renderer passes them through
:mod:`provenance.escape` where it places them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provenance.report import shares
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.evidence import Evidence, FactSource, excerpt
from provenance.report.finding import Severity
from provenance.report.license import NOASSERTION, LicenseConclusion, LicenseState, Meaning, Scope
from provenance.report.report import Report
from provenance.report.shares import percent, share_of
from provenance.report.training import PossibleSet, TrainingSet
from provenance.vocabulary.statuses import Status

STATES = (
    LicenseState.NONE,
    LicenseState.UNRESOLVED,
    LicenseState.AMBIGUOUS,
    LicenseState.CONFLICTING,
    LicenseState.EXPLICIT,
)
"""Worst first: the order of bars and tables."""

NO_SIZE = re.compile(r"weight|percent|%|ratio|share|probab|epoch|proportion|fraction", re.I)
"""Published units that say how often a set was drawn, not how large it is."""
LACKING_STATES = frozenset({LicenseState.NONE, LicenseState.AMBIGUOUS})
"""States that lack whatever their cause."""
NOT_LOCATABLE = "not locatable"
NOT_EXAMINED = "not examined"
UNATTRIBUTED = "unattributed"
FOOTER = (
    "Only what is declared was read: cards, metadata, files beside them, a catalogue of sourced "
    "facts. The data itself was not. This is no legal advice."
)


NO_FINDINGS = "no findings"
DIGEST_FOOTER = (
    "Each fact says where it was read; what no fact is on was not examined. "
    "This is no legal advice."
)
CORPUS_FOOTER = (
    "The license of each record was read as the data itself gives it; whether it is right was not "
    "examined. This is no legal advice."
)


def footer(report: Report) -> str:
    """What was read and what was not: cards for a model or dataset, records for a corpus."""
    line = digest_line(report)
    if line is not None:
        return f"{line} {DIGEST_FOOTER}"
    return CORPUS_FOOTER if report.subject.kind == "corpus" else FOOTER


def read_from(report: Report) -> str:
    """What the report rests on, and where that came from."""
    what = "Records" if report.subject.kind == "corpus" else "Cards"
    if report.source.digest:
        what = "Facts"
    return f"{what} from {source_words(report)}"


def count(value: float) -> str:
    """A number with thousands separated; up to three decimals where it is not whole."""
    if not math.isfinite(value):
        return "unbounded"
    if value == round(value):
        return f"{int(value):,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:.2g}"


def plural(number: int, word: str) -> str:
    """``1 set``, ``2 sets``."""
    return f"{number:,} {word if number == 1 else f'{word}s'}"


def listing(items: Iterable[str]) -> str:
    """``a, b and c``."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def line_of(evidence: tuple[Evidence, ...]) -> str:
    """The first line that evidence is on: ``line 12``, or the path where there is none."""
    first = evidence[0]
    return f"line {first.line}" if first.line is not None else first.path or "no line"


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
    found = headline(report)
    if unread(report) is not None or report.undeclared or found is None or shares.is_open(found):
        return None
    return percent(found.fraction) if found.sampled else shares.span(found)


_PERHAPS = 2
"""How many possible sets a sentence names."""


def headline_sentence(report: Report) -> str:
    """The answer in one sentence, without a full stop."""
    why = unread(report)
    if why is not None:
        return f"The {report.subject.kind} was not read, so nothing is known of its data: {why}"
    if report.undeclared:
        perhaps = listing([f"“{one.name}”" for one in report.possible_sets[:_PERHAPS]])
        surely = f" for certain (perhaps {perhaps})" if perhaps else ""
        return (
            f"{what_was_read(report)} names no training data{surely}: how much of it lacks an "
            "explicit license is not known"
        )
    found = headline(report)
    if found is None:
        return "How much of the training data lacks an explicit license is not known"
    return shares.sentence(found, sets_word(report))


def basis_sentence(report: Report) -> str | None:
    """What the answer is made of, and where the weights come from; ``None`` without a measure."""
    found = headline(report)
    if report.undeclared or found is None:
        return None
    if found.measure is MeasureKind.DATASETS:
        unit, whole = "", plural(int(found.total), "set")
        basis = f"each counted once{_why_counted(report)}"
    else:
        unit = " percentage points" if found.unit == "percent" else f" {found.unit}"
        whole = f"{_amount(found, found.total)}{unit}"
        basis = f"weights: {found.basis or 'not stated'}"
    verb = "lacks" if not unit and 1 in {found.lacking, found.total} else "lack"
    parts = f"{_amount(found, found.lacking)} of {whole} {verb}"
    if found.not_examined:
        parts += f", {_amount(found, found.not_examined)} not examined"
    return f"{parts}; {basis}"


def _amount(coverage: Coverage, value: float) -> str:
    return f"{value:,.0f}" if coverage.sampled else count(value)


def _why_counted(report: Report) -> str:
    """Why sets are counted and not weighed."""
    own = own_sets(report)
    sized = sum(bool(weight_words(item)) for item in own)
    if not sized:
        return ": no sizes are known"
    return f": sizes are known of {sized:,} of {len(own):,}" if sized < len(own) else ""


def inherited_sentence(report: Report) -> str | None:
    """The headline's measure with base models; ``None`` where they change nothing."""
    row = next((r for r in measure_rows(report) if r.headline), None)
    if report.undeclared or row is None or row.direct is None or row.inherited is None:
        return None
    with_bases = interval(row.inherited)
    said = inherited_name(report)
    return f"{said.capitalize()}: {with_bases}." if with_bases != interval(row.direct) else None


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
        plural(number, word) if word != "incomplete" else f"{number} undecided"
        for severity, word in zip(Severity, ("error", "incomplete", "warning", "note"), strict=True)
        if (number := sum(f.severity is severity for f in active))
    ]
    if waived:
        parts.append(f"{waived} waived")
    return ", ".join(parts) if parts else NO_FINDINGS


@dataclass(frozen=True, slots=True)
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


def weight_words(item: TrainingSet) -> list[str]:
    """Every known weight of the set, with its unit."""
    said = []
    for m in item.weight.measures:
        shared = f" (an equal part of a row shared with {', '.join(m.shared_with)})"
        said.append(f"{count(m.value)} {m.unit}{shared if m.shared_with else ''}")
    sizes = (
        ("tokens", item.weight.tokens),
        ("rows", item.weight.rows),
        ("bytes", item.weight.bytes),
    )
    return said + [f"{count(value)} {unit}" for unit, value in sizes if value is not None]


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
        return (1.0 if share is None else -share, STATES.index(item.license.state), label(item))

    return sorted(sets, key=key)


def label(item: TrainingSet) -> str:
    """The set's id, or its name where it has none."""
    return item.id or item.name


GUESS = "id is a guess"
"""Said beside every id that the subject does not give itself."""


def named(item: TrainingSet) -> str:
    """The set's label, and that its id is a guess where it is."""
    mark = identity_mark(item)
    return f"{label(item)} ({mark})" if mark else label(item)


def identity_mark(item: TrainingSet) -> str | None:
    """What to say beside an id that the subject does not write itself; ``None`` where it does."""
    if item.id is None:
        return None
    if item.guess:
        return GUESS
    return f"matched: {item.matched}" if item.matched else None


def what_decided(item: TrainingSet | PossibleSet) -> str | None:
    """How sure the reading is and what weighed most; ``None`` where nothing was weighed."""
    if not item.decided:
        return None
    return f"{percent(item.confidence)} sure; {'; '.join(item.decided)}"


def short_mark(item: TrainingSet) -> str | None:
    """As :func:`identity_mark`, where there is no room to say why."""
    if identity_mark(item) is None:
        return None
    return "a guess" if item.guess else "matched"


def says(conclusion: LicenseConclusion) -> str:
    """The license in a few words: concluded where that is certain, else what is declared."""
    if conclusion.concluded not in {NOASSERTION, "NONE"}:
        return conclusion.concluded
    if conclusion.state is LicenseState.NONE:
        return " / ".join(conclusion.declared)
    return " / ".join(_spoken(conclusion))


def _spoken(conclusion: LicenseConclusion) -> list[str]:
    """What the statements name, each once; for a conflict that is what disagrees."""
    named = [
        s.expression or excerpt(s.raw, 60)
        for s in conclusion.statements
        if s.scope is Scope.DATA and s.meaning is not Meaning.PLACEHOLDER
    ]
    return list(dict.fromkeys(named or conclusion.declared))


def declared_in(item: TrainingSet) -> list[str]:
    """Where the subject names the set, in words."""
    return [place.value.replace("_", " ") for place in item.declared_in]


def place(evidence: Evidence, revision_length: int = 12) -> str:
    """``models/owner/name@revision:README.md:12``: where one can look it up.

    Of a fact in a digest: what it is about, and where and when it was read.
    """
    if evidence.source is not None:
        return f"{evidence.repo}, {fact_source(evidence.source)}"
    revision = f"@{evidence.revision[:revision_length]}" if evidence.revision else ""
    line = f":{evidence.line}" if evidence.line is not None else ""
    pointer = f" {evidence.pointer}" if evidence.pointer else ""
    return f"{evidence.repo}{revision}:{evidence.path}{line}{pointer}"


def fact_source(source: FactSource) -> str:
    """Title, date and address of where a fact was read; what the address says is said once."""
    date = f", {source.date}" if source.date else ""
    bare = source.title.partition(", ")[0]
    if source.url is None:
        return f"fact read in {source.title}{date}"
    if source.url.endswith(bare):
        rest = source.title[len(bare) :]
        return f"fact read in {source.url}{rest}{date}"
    return f"fact read in {source.title}{date}, {source.url}"


def what_was_read(report: Report) -> str:
    """The card, or what the facts of a digest were read in; it starts a sentence."""
    return "The source that was read" if report.subject.digested else "The card"


def filled_from(report: Report) -> str:
    """What a document is filled in from: cards, or facts of a digest."""
    digest = "a digest of facts, not from the publishers' cards"
    return digest if report.source.digest else "what cards declare"


def nothing_named(report: Report) -> str:
    """Why there are no sets, without a full stop; it starts a sentence."""
    if report.undeclared:
        return f"{what_was_read(report)} names no training data"
    return "Nothing is known of the training data"


def digest_line(report: Report) -> str | None:
    """That facts stand for cards, and of which day; ``None`` when cards were read."""
    if not report.source.digest:
        return None
    return f"Facts digested on {report.source.date or 'an unknown day'}, not the publishers' cards."


def source_line(report: Report) -> str:
    """Where everything was read, in one line: for tables, which have no page around them."""
    return digest_line(report) or source_words(report)


def by_reason(rows: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """What was not examined, gathered by reason in the order of first appearance."""
    reasons: dict[str, list[str]] = {}
    for what, why in rows:
        reasons.setdefault(why, []).append(what)
    return list(reasons.items())


def source_words(report: Report) -> str:
    """Where cards, or the facts of a digest, came from and the date they speak for."""
    date = f" of {report.source.date}" if report.source.date else ""
    return f"{report.source.name}{date}"
