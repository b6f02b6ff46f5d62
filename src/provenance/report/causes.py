"""Findings of a check by their cause: one faulty set is one thing, whatever rules see it."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.frozen import frozen
from provenance.report.checked import CheckFinding
from provenance.report.evidence import Evidence
from provenance.report.finding import Severity
from provenance.vocabulary.keys import DATASETS, MODELS

Location = tuple[str, int, int, str]
"""File, line, column, and what was recognised there."""


@frozen
class Fault:
    """One thing that is wrong, and everything that says so."""

    key: str
    """Key of the faulty set, model or file."""
    severity: Severity
    """The severity of the most severe of its findings'."""
    findings: tuple[CheckFinding, ...]
    """Those that say what is wrong before those that say what it comes to; most severe first."""
    places: tuple[Location, ...]
    through: tuple[str, ...]
    """What is referenced, where that is not the faulty thing: the way from the code to it."""
    together: str | None = None
    """What is said of several things that are at fault for one reason; ``None`` for one thing."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Rules that see it, each once."""
        return tuple(dict.fromkeys(f.finding.code for f in self.findings))

    @property
    def messages(self) -> tuple[str, ...]:
        """What they say, each once."""
        if self.together is not None:
            return (self.together,)
        return tuple(dict.fromkeys(f.finding.message for f in self.findings))

    @property
    def help(self) -> str:
        """What to do."""
        return self.findings[0].finding.help

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where it was read, each place once."""
        return tuple(dict.fromkeys(e for f in self.findings for e in f.finding.evidence))


def causes(findings: Iterable[CheckFinding]) -> tuple[Fault, ...]:
    """Findings grouped by what is at fault, most severe first; in one, the most telling is first.

    A share over its limit has the set that lacks for its cause; repositories that cannot be
    examined for one reason are one cause.
    """
    every = list(findings)
    at_fault = _faulty_sets(every)
    groups: dict[str, list[CheckFinding]] = {}
    for fired in every:
        key = _cause_of(fired)
        if fired.finding.code in _SHARES:
            key = at_fault.get(fired.target, key)
        groups.setdefault(key, []).append(fired)
    made = _together([_made(key, group) for key, group in groups.items()])
    return tuple(sorted(made, key=lambda c: (c.severity.rank, c.places[0][:3], c.key)))


_SHARES = frozenset({"COV001"})
"""Rules about all the data of a thing at once."""
_LACKS = frozenset({"LIC003", "LIC004", "LIC012"})
"""Rules that say of one set that it lacks a license."""
_UNSEEN = "LIN004"
"""The rule that says that a repository cannot be examined."""
_NAMED = 3


def _faulty_sets(findings: Iterable[CheckFinding]) -> dict[str, str]:
    """By what is referenced, the first set behind it that lacks a license."""
    causes_of_sets: dict[str, str] = {}
    for fired in findings:
        if fired.finding.code in _LACKS:
            cause = _cause_of(fired)
            if fired.finding.subjects:  # several sets: the thing that was trained on them all
                causes_of_sets[fired.target] = cause
            causes_of_sets.setdefault(fired.target, cause)
    return causes_of_sets


def _together(causes_: list[Fault]) -> list[Fault]:
    """The same with those that cannot be examined for one reason as one."""
    unseen: dict[tuple[str, str], list[Fault]] = {}
    kept: list[Fault] = []
    for cause in causes_:
        first = cause.findings[0].finding
        if first.code == _UNSEEN and not cause.through:
            why = first.message.rpartition(": ")[2]
            unseen.setdefault((cause.severity, why), []).append(cause)
        else:
            kept.append(cause)
    for (_, why), several in unseen.items():
        kept += several if len(several) == 1 else [_joined(several, why)]
    return kept


def _joined(several: list[Fault], why: str) -> Fault:
    keys = [cause.key for cause in several]
    more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
    return Fault(
        key=", ".join(keys[:_NAMED]) + more,
        severity=several[0].severity,
        findings=tuple(f for cause in several for f in cause.findings),
        places=tuple(sorted({place for cause in several for place in cause.places})),
        through=(),
        together=f"{len(keys):,} repositories cannot be examined: {why}",
    )


def _cause_of(fired: CheckFinding) -> str:
    """The thing at fault: the finding's subject where it is one thing, else what is referenced."""
    finding = fired.finding
    plain = _unpinned(fired)
    if finding.subjects or not fired.references:
        return plain
    if not finding.subject.startswith((DATASETS, MODELS)):
        return plain
    return finding.subject


def _same(subject: str, target: str) -> bool:
    """Whether the subject is what is referenced, under the id that it was moved to."""
    return "/".join((subject.partition("/")[0], subject.rpartition("/")[2])) == target


def _unpinned(fired: CheckFinding) -> str:
    """The key of what is referenced, without its revision."""
    revision = fired.references[0].revision if fired.references else None
    return fired.target.removesuffix(f"@{revision}") if revision else fired.target


def _tells_little(fired: CheckFinding) -> bool:
    """Whether it says what something comes to, and not what is wrong."""
    return fired.finding.code.startswith("COV")


def _made(key: str, group: list[CheckFinding]) -> Fault:
    ordered = sorted(group, key=lambda f: (_tells_little(f), f.finding.severity.rank))
    places: dict[Location, None] = {}
    for fired in ordered:
        for r in fired.references:
            places[r.file, r.line, r.column, r.how] = None
        if not fired.references:
            places[fired.file, fired.line, fired.column, ""] = None
    targets = dict.fromkeys(_unpinned(f) for f in ordered if f.references)
    return Fault(
        key=key,
        severity=min((f.finding.severity for f in ordered), key=lambda s: s.rank),
        findings=tuple(ordered),
        places=tuple(sorted(places)),
        through=tuple(t for t in targets if t != key and not _same(key, t)),
    )
