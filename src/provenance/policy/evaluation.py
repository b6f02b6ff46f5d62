"""Facts against a policy: findings and a verdict. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provenance.policy.model import Policy, PolicyException
from provenance.policy.rules import Hit, Rule, all_rules
from provenance.policy.rules.items import listed
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Finding, Severity, Verdict, Waiver, fingerprint

_RANKS = {severity: severity.rank for severity in Severity}
_ALONE = 1
_SHOWN_NOTICES = 3
_NAMED = 5
"""How many of several things a message names."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a policy says about facts."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    """Gravest first, then by code and subject; waived ones are kept, with their waiver."""


def evaluate(
    facts: Facts,
    policy: Policy,
    *,
    fail_on: Severity = Severity.ERROR,
    exceptions: bool = True,
) -> Evaluation:
    """Hold facts against a policy.

    Any finding that is not waived and at least as grave as ``fail_on`` fails; else any of severity
    ``incomplete`` withholds the pass. Hits of one rule that say the same of several things become
    one finding, except those that are waived, which stay one by one.

    Args:
        facts: what an audit established.
        policy: what to judge by.
        fail_on: ``error``, or ``warning`` to let warnings fail too.
        exceptions: whether the policy's exceptions waive anything.

    """
    findings: list[Finding] = []
    for rule in all_rules().values():
        level = policy.levels[rule.code]
        if level is None:
            continue
        hits = list(rule.check(facts, policy))
        if not hits:
            continue
        open_hits: list[Hit] = []
        for hit in _unique(hits):
            found = _exception_for(rule.code, hit.subject, policy, facts.as_of)
            if found is None or not exceptions:
                open_hits.append(hit)
            else:
                findings.append(_finding(rule, level, [hit], facts, _waiver(found)))
        findings += (_finding(rule, level, group, facts, None) for group in _groups(open_hits))
    findings.sort(key=lambda f: (_RANKS[f.severity], f.code, f.subject, f.fingerprint))
    return Evaluation(verdict_of(findings, fail_on), tuple(findings))


def verdict_of(findings: Iterable[Finding], fail_on: Severity = Severity.ERROR) -> Verdict:
    """The verdict of findings: fail before incomplete before pass; waived ones do not count."""
    grave = {finding.severity for finding in findings if finding.waiver is None}
    failing = {Severity.ERROR}
    if fail_on is Severity.WARNING:
        failing.add(Severity.WARNING)
    if grave & failing:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if Severity.INCOMPLETE in grave else Verdict.PASS


def _unique(hits: Iterable[Hit]) -> Iterator[Hit]:
    seen = set()
    for hit in hits:
        identity = (hit.subject, hit.key, hit.message)
        if identity not in seen:
            seen.add(identity)
            yield hit


def _groups(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits that say the same together; one that cannot be said of several stays alone."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        alone = hit.subject + hit.message if not hit.together else ""
        found.setdefault((hit.key, hit.together + alone), []).append(hit)
    return list(found.values())


def _finding(
    rule: Rule, level: Severity, hits: list[Hit], facts: Facts, waiver: Waiver | None
) -> Finding:
    ordered = sorted(hits, key=lambda hit: -hit.weight)
    subjects = tuple(dict.fromkeys(hit.subject for hit in ordered))
    if len(subjects) == _ALONE:
        subject, message = subjects[0], "; ".join(dict.fromkeys(hit.message for hit in ordered))
    else:
        subject = facts.lineage.root
        names = list(dict.fromkeys(hit.name for hit in ordered))
        message = f"{hits[0].together.format(n=len(subjects))}: {listed(names, _NAMED)}"
    notices = [hit.notice for hit in ordered if hit.notice]
    help_text = rule.remedy + _carried(notices)
    return Finding(
        code=rule.code,
        severity=level,
        subject=subject,
        message=message,
        evidence=_evidence(ordered),
        help=help_text,
        fingerprint=fingerprint(rule.code, subject, hits[0].key, *sorted(subjects)),
        waiver=waiver,
        subjects=subjects if len(subjects) > _ALONE else (),
    )


def _carried(notices: list[str]) -> str:
    """Notices to carry, in full while they are few; a list of dozens has a format of its own."""
    if len(notices) > _SHOWN_NOTICES:
        return f" `--format notice` writes all {len(notices)} notices."
    return f" Notices: {'; '.join(notices)}." if notices else ""


def _evidence(hits: Iterable[Hit]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for hit in hits for evidence in hit.evidence))


def _exception_for(code: str, subject: str, policy: Policy, as_of: str) -> PolicyException | None:
    """The first exception that waives a rule for a subject on a date (ISO dates sort)."""
    return next(
        (
            e
            for e in policy.exceptions
            if e.rule == code and e.expires >= as_of and e.covers(subject)
        ),
        None,
    )


def _waiver(exception: PolicyException) -> Waiver:
    return Waiver(exception.reason.value, exception.comment, exception.owner, exception.expires)
