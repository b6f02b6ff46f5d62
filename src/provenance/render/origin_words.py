"""What renderers say of where things were read: sources, places, and what was not looked at.

Texts hold outside strings as they are, see :mod:`provenance.render.sentences`.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.report.evidence import Evidence, FactSource
from provenance.report.report import Report

FOOTER = (
    "Only what is declared was read: cards, metadata, files beside them, a catalogue of sourced "
    "facts. The data itself was not. This is no legal advice."
)
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


def line_of(evidence: tuple[Evidence, ...]) -> str:
    """The first line that evidence is on: ``line 12``, or the path where there is none."""
    first = evidence[0]
    return f"line {first.line}" if first.line is not None else first.path or "no line"


def place(evidence: Evidence, revision_length: int = 12) -> str:
    """``models/owner/name@revision:README.md:12``: where one can look it up.

    Of a fact in a digest: what it is about, and where and when it was read.
    """
    if evidence.source is not None:
        return f"{evidence.repo}, {fact_source(evidence.source)}"
    revision = f"@{evidence.revision[:revision_length]}" if evidence.revision else ""
    pointer = f" {evidence.pointer}" if evidence.pointer else ""
    return f"{evidence.repo}{revision}:{evidence.place}{pointer}"


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
