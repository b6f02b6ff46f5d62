"""Licenses by part: what each part of a thing is under, where that is said, for every format."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.frozen import frozen
from provenance.render import set_words
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import LicenseConclusion, LicensePart
from provenance.report.report import Report

_LONGEST = 120


@frozen
class PartRow:
    """One part with its first statement, as outside text that is not escaped."""

    of: str
    """What it is a part of: the subject, or one of its sets."""
    name: str
    concluded: str
    """SPDX expression or ``NOASSERTION``; the whole is the AND of all of these."""
    wording: str
    """The words of the first statement, at most 120 characters."""
    evidence: Evidence
    more: int
    """How many further statements there are on this part."""


def part_rows(report: Report) -> list[PartRow]:
    """Parts of the subject's own license, then of every set's, in the report's order."""
    sets = [(set_words.label(s), s.license) for s in report.training_sets]
    whole = [] if report.subject.id in dict(sets) else [(report.subject.id, report.license)]
    return [row for name, conclusion in (*whole, *sets) for row in _rows(name, conclusion)]


def _rows(of: str, conclusion: LicenseConclusion) -> Iterator[PartRow]:
    for part in conclusion.parts:
        first = part.statements[0]
        wording = excerpt(first.raw, _LONGEST)
        more = len(part.statements) - 1
        yield PartRow(of, part.name, part.concluded, wording, first.evidence, more)


def parts_cell(conclusion: LicenseConclusion) -> str | None:
    """All parts in one cell: ``Owls: MIT (README.md:12); Larks: CC-BY-4.0 (README.md:13)``."""
    return "; ".join(_in_cell(part) for part in conclusion.parts) or None


def _in_cell(part: LicensePart) -> str:
    return f"{part.name}: {part.concluded} ({part.statements[0].evidence.place})"
