"""Findings of a check by their cause: one faulty set is one thing, whatever rules see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.report.checked import CheckFinding
from provenance.report.evidence import Evidence
from provenance.report.finding import Severity

Place = tuple[str, int, int, str]
"""File, line, column, and what was recognised there."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is wrong, and everything that says so."""

    key: str
    """Key of the faulty set, model or file."""
    severity: Severity
    """The gravest of its findings'."""
    findings: tuple[CheckFinding, ...]
    """Gravest first."""
    places: tuple[Place, ...]
    through: tuple[str, ...]
    """What is referenced, where that is not the faulty thing: the way from the code to it."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Rules that see it, the gravest's first."""
        return tuple(dict.fromkeys(f.finding.code for f in self.findings))

    @property
    def messages(self) -> tuple[str, ...]:
        """What they say, each once."""
        return tuple(dict.fromkeys(f.finding.message for f in self.findings))

    @property
    def help(self) -> str:
        """What to do about the gravest."""
        return self.findings[0].finding.help

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was read, each place once."""
        return tuple(dict.fromkeys(e for f in self.findings for e in f.finding.evidence))


def causes(findings: Iterable[CheckFinding]) -> tuple[Cause, ...]:
    """Findings grouped by what is at fault, gravest first; their order is kept within one."""
    groups: dict[str, list[CheckFinding]] = {}
    for found in findings:
        groups.setdefault(_cause_of(found), []).append(found)
    made = [_made(key, group) for key, group in groups.items()]
    return tuple(sorted(made, key=lambda c: (c.severity.rank, c.places[0][:3], c.key)))


def _cause_of(found: CheckFinding) -> str:
    """The thing at fault: the finding's subject where it is one thing, else what is referenced."""
    finding = found.finding
    plain = _unpinned(found)
    if finding.subjects or not found.references:
        return plain
    if not finding.subject.startswith(("datasets/", "models/")) or _same(finding.subject, plain):
        return plain
    return finding.subject


def _same(subject: str, target: str) -> bool:
    """Whether the subject is what is referenced, under the id that it was moved to."""
    return "/".join((subject.partition("/")[0], subject.rpartition("/")[2])) == target


def _unpinned(found: CheckFinding) -> str:
    """The key of what is referenced, without its revision."""
    revision = found.references[0].revision if found.references else None
    return found.target.removesuffix(f"@{revision}") if revision else found.target


def _made(key: str, group: list[CheckFinding]) -> Cause:
    ordered = sorted(group, key=lambda f: f.finding.severity.rank)
    places: dict[Place, None] = {}
    for found in ordered:
        for r in found.references:
            places[r.file, r.line, r.column, r.how] = None
        if not found.references:
            places[found.file, found.line, found.column, ""] = None
    targets = dict.fromkeys(_unpinned(f) for f in ordered if f.references)
    return Cause(
        key=key,
        severity=ordered[0].finding.severity,
        findings=tuple(ordered),
        places=tuple(sorted(places)),
        through=tuple(t for t in targets if t != key),
    )
