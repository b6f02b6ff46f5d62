"""What every renderer says of findings, as plain text; nothing is escaped here."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable

from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.report import Report
from provenance.vocabulary.keys import key_name

SEVERITY_TITLE = {
    Severity.ERROR: "Errors",
    Severity.INCOMPLETE: "Incomplete",
    Severity.WARNING: "Warnings",
    Severity.NOTE: "Notes",
}


def quoted_words(report: Report) -> dict[Evidence, str]:
    """For each evidence, the words to point at: those of a license statement, else a set's name."""
    named = {e: item.name for item in report.training_sets for e in item.evidence}
    licenses = [report.license, *(s.license for s in report.training_sets)]
    return named | {s.evidence: s.raw for license_ in licenses for s in license_.statements}


def located(text: str, words: str) -> tuple[int, int] | None:
    """Where ``words`` stand in an excerpt, or as many of them as it was not cut before.

    ``None`` where not even two of several words stand there.
    """
    lower, parts = text.lower(), words.lower().split(" ")

    def first(number: int) -> str:
        return " ".join(parts[:number]).strip()

    # where so many words stand, fewer stand too
    missing = bisect(range(len(parts) + 1), 0, key=lambda number: first(number) not in lower)
    part = first(missing - 1)
    if missing - 1 < min(2, len(parts)) or not part:
        return None
    at = lower.find(part)
    return at, min(at + len(part), len(text))


def subject_names(finding: Finding) -> list[str]:
    """The names under which a finding's things may stand in its evidence, longest first."""
    keys = [key for key in (*finding.subjects, finding.subject) if key]
    ids = [key_name(key) for key in keys]
    names = {*ids, *(name.rpartition("/")[2] for name in ids)}
    return sorted((name for name in names if name), key=lambda name: (-len(name), name))


_FEW = 64
_WORD = re.compile(r"\w+")


class NamedThings:
    """The names of :func:`subject_names`, to be looked for in many texts.

    A finding may be about thousands of sets, each at a place of its own, and whoever names them
    may give all of them the same words: so parts of a text are looked up, not names one by one.
    """

    def __init__(self, finding: Finding) -> None:
        self._all = subject_names(finding)
        self._numbers: dict[str, list[int]] = {}
        self._lengths: dict[str, set[int]] = {}
        for number, name in enumerate(self._all):
            lower = name.lower()
            self._numbers.setdefault(lower, []).append(number)
            self._lengths.setdefault(lower[0], set()).add(len(lower))

    def near(self, text: str) -> list[str]:
        """Those that may stand in ``text``, longest first."""
        if len(self._all) <= _FEW:
            return self._all
        lower = text.lower()
        words = {"", *_WORD.findall(lower)}
        found = {
            number
            for start, first in enumerate(lower)
            for length in self._lengths.get(first, ())
            for number in self._numbers.get(lower[start : start + length], ())
        }
        return [self._all[n] for n in sorted(found) if _longest_word(self._all[n]) in words]


def _longest_word(name: str) -> str:
    return max(_WORD.findall(name.lower()), key=len, default="")


def findings_by_severity(
    report: Report, *, waived: bool = False
) -> list[tuple[Severity, list[Finding]]]:
    """Active (or waived) findings, most severe first, in the report's order within a severity."""
    groups = []
    for severity in Severity:
        own = [
            f
            for f in report.findings
            if f.severity is severity and (f.waiver is not None) == waived
        ]
        if own:
            groups.append((severity, own))
    return groups


def by_code(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of the same rule together, rules in the order of their first finding."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return list(groups.values())
