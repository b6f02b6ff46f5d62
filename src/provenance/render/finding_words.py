"""What every renderer says of findings, as plain text; nothing is escaped here."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable

from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.license import LicenseStatement
from provenance.report.report import Report
from provenance.vocabulary.keys import key_name

SEVERITY_TITLE = {
    Severity.ERROR: "Errors",
    Severity.INCOMPLETE: "Incomplete",
    Severity.WARNING: "Warnings",
    Severity.NOTE: "Notes",
}


class QuotedWords:
    """The words of an evidence to point at: those of a license statement, else a set's name.

    One line may state several licenses, or name several sets: a finding points at what it is about.
    """

    def __init__(self, report: Report) -> None:
        self._sets: dict[Evidence, list[str]] = {}
        for item in report.training_sets:
            for evidence in item.evidence:
                self._sets.setdefault(evidence, []).append(item.name)
        self._statements: dict[Evidence, list[LicenseStatement]] = {}
        for license_ in (report.license, *(s.license for s in report.training_sets)):
            for statement in license_.statements:
                self._statements.setdefault(statement.evidence, []).append(statement)

    def at(self, evidence: Evidence, finding: Finding | None = None) -> list[str]:
        """At most one text, which need not stand in a shortened excerpt."""
        statements = self._statements.get(evidence, [])
        if statements:
            named = [s for s in statements if len(statements) > 1 and _names(finding, s)]
            return [(named or statements)[-1].raw]
        names = self._sets.get(evidence, [])
        if len(names) > 1 and finding is not None:
            subjects = set(subject_names(finding))
            names = [name for name in names if name in subjects] or names
        return names[-1:]


def _names(finding: Finding | None, statement: LicenseStatement) -> bool:
    """Whether the finding speaks of the statement's license, and not of a longer one."""
    if finding is None or not statement.expression:
        return False
    whole = rf"(?<![\w.+-]){re.escape(statement.expression)}(?![\w+-]|\.\w)"
    return re.search(whole, f"{finding.message}\n{finding.help}") is not None


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
        numbers = {
            number
            for start, first in enumerate(lower)
            for length in self._lengths.get(first, ())
            for number in self._numbers.get(lower[start : start + length], ())
        }
        return [self._all[n] for n in sorted(numbers) if _longest_word(self._all[n]) in words]


def _longest_word(name: str) -> str:
    return max(_WORD.findall(name.lower()), key=len, default="")


def findings_by_severity(
    report: Report, *, waived: bool = False
) -> list[tuple[Severity, list[Finding]]]:
    """Active (or waived) findings, most severe first, in the report's order within a severity."""
    groups = []
    for severity in Severity:
        of_severity = [
            f
            for f in report.findings
            if f.severity is severity and (f.waiver is not None) == waived
        ]
        if of_severity:
            groups.append((severity, of_severity))
    return groups


def by_code(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of the same rule together, rules in the order of their first finding."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return list(groups.values())
