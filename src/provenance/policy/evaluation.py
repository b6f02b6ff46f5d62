"""Facts against a policy: findings and a verdict. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from provenance import __version__
from provenance.errors import InternalError, ProvenanceError
from provenance.frozen import frozen
from provenance.policy.accepting import Accepting, last_day, subjects_of, unused_hit, void_hits
from provenance.policy.model import OwnRule, Policy, PolicyException
from provenance.policy.own_rules import own_hits
from provenance.policy.rules import Hit, Rule, RuleSection, all_rules
from provenance.policy.rules.api_models import API
from provenance.policy.rules.items import listed
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Finding, Severity, Verdict, Waiver, fingerprint
from provenance.report.license import NOASSERTION, Cause, LicenseConclusion, LicenseState
from provenance.report.lineage import Lineage
from provenance.report.report import (
    SCHEMA_VERSION,
    PolicyInfo,
    Report,
    Source,
    Stats,
    SubjectInfo,
    Tool,
)
from provenance.vocabulary.statuses import Status

_RANKS = {severity: severity.rank for severity in Severity}
UNUSED, VOID = "POL001", "POL004"
"""Rules about exceptions that only a whole evaluation, or a whole run, can speak of."""
_ALONE = 1
_SHOWN_NOTICES = 3
_NAMED = 5
"""How many of several things a message names."""


@frozen
class Evaluation:
    """What a policy says about facts."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    """Most severe first, then by code and subject; waived ones are kept, with their waiver."""
    used: frozenset[int] = frozenset()
    """Indexes of the policy's exceptions that matched something."""


def judge(
    subjects: Sequence[Facts],
    policy: Policy,
    *,
    fail_on: Severity = Severity.ERROR,
    exceptions: bool = True,
    waived_on: datetime.date | None = None,
) -> list[Evaluation]:
    """Hold the facts of all subjects of a run against a policy; one evaluation each, in order.

    What :func:`evaluate` says, and of exceptions and clarifications that match nothing in the whole
    run one finding (POL001), the same for every subject.
    """
    evaluations = [
        evaluate(facts, policy, fail_on=fail_on, exceptions=exceptions, waived_on=waived_on)
        for facts in subjects
    ]
    level = policy.levels[UNUSED]
    if level is None or not (policy.exceptions or policy.clarifications):
        return evaluations
    used = frozenset(index for evaluation in evaluations for index in evaluation.used)
    keys = frozenset(key for facts in subjects for key in subjects_of(facts))
    judged = []
    for facts, evaluation in zip(subjects, evaluations, strict=True):
        hit = unused_hit(facts, policy, used, keys, _waived_on(facts, waived_on))
        if hit is None:
            judged.append(evaluation)
            continue
        unused = _finding(all_rules()[UNUSED], level, [hit], facts, None)
        findings = _ordered([*evaluation.findings, unused])
        judged.append(Evaluation(verdict_of(findings, fail_on), findings, evaluation.used))
    return judged


def evaluate(
    facts: Facts,
    policy: Policy,
    *,
    fail_on: Severity = Severity.ERROR,
    exceptions: bool = True,
    waived_on: datetime.date | None = None,
) -> Evaluation:
    """Hold facts against a policy, or against its profile for the subject.

    Any finding that is not waived and at least as grave as ``fail_on`` fails; else any of severity
    ``incomplete`` withholds the pass. Hits of one rule that say the same of several things become
    one finding, except those that are waived, which stay one by one.

    Args:
        facts: what an audit established.
        policy: what to judge by.
        fail_on: ``error``, or ``warning`` to let warnings fail too.
        exceptions: whether the policy's exceptions waive anything.
        waived_on: the day that acceptances must still hold on where it is later than that of the
            facts: a gate gives today, so that a date in the past revives nothing.

    """
    on = _waived_on(facts, waived_on)
    policy = policy.for_subject(facts.subject.kind, facts.subject.id)
    accepting = Accepting(policy, facts, on)
    dated = facts if on == facts.as_of else replace(facts, as_of=on)
    findings: list[Finding] = []
    for rule in all_rules().values():
        level = policy.levels[rule.code]
        if level is None or rule.section is RuleSection.SETTINGS:
            continue
        hits = _hits(rule, facts, policy)
        findings += _findings_of(rule, level, hits, facts, policy, accepting, exceptions=exceptions)
    for own_rule in policy.own_rules:
        level = policy.levels[own_rule.code]
        if level is not None:
            findings += _findings_of_own(
                own_rule, level, facts, policy, accepting, exceptions=exceptions
            )
    for rule in all_rules().values():
        level = policy.levels[rule.code]
        if level is None or rule.section is not RuleSection.SETTINGS:
            continue
        hits = _hits(rule, dated, policy)
        if rule.code == VOID:
            hits = chain(hits, void_hits(policy, facts, accepting))
        findings += _findings_of(rule, level, hits, facts, policy, accepting, exceptions=exceptions)
    ordered = _ordered(findings)
    return Evaluation(verdict_of(ordered, fail_on), ordered, frozenset(accepting.used))


def judge_api_model(
    name: str, policy: Policy, as_of: datetime.date, waived_on: datetime.date | None = None
) -> tuple[Finding, ...]:
    """What a policy says of a model behind an API, of which nothing but the name is known.

    Args:
        name: as the service knows it; exceptions name it ``apis/NAME``.
        policy: what to judge by.
        as_of: the day that the findings speak for.
        waived_on: as in :func:`evaluate`.

    """
    facts = _nothing_but(name, as_of)
    rule = all_rules()["LIN007"]
    level = policy.levels[rule.code]
    if level is None:
        return ()
    accepting = Accepting(policy, facts, _waived_on(facts, waived_on))
    hits = _hits(rule, facts, policy)
    return tuple(_findings_of(rule, level, hits, facts, policy, accepting, exceptions=True))


def _nothing_but(name: str, as_of: datetime.date) -> Facts:
    license_ = LicenseConclusion(
        LicenseState.UNRESOLVED, (), NOASSERTION, "a model behind an API has no card", (), (),
        cause=Cause.NOT_LOCATABLE,
    )  # fmt: skip
    subject = SubjectInfo(API, name, None, Status.NOT_AUDITED)
    return Facts(as_of, subject, True, license_, (), (), (), Lineage(f"apis/{name}", (), ()), ())


def _hits(rule: Rule, facts: Facts, policy: Policy) -> Iterator[Hit]:
    """What a rule finds.

    Raises:
        InternalError: the rule failed; the message names it and what it was asked about.

    """
    try:
        yield from rule.check(facts, policy)
    except ProvenanceError:
        raise
    except Exception as error:
        about = f"{facts.subject.kind} {facts.subject.id}"
        raise InternalError(
            f"rule {rule.code} failed on {about}: {type(error).__name__}: {error}"
        ) from error


def _findings_of(
    rule: Rule | OwnRule,
    level: Severity,
    hits: Iterable[Hit],
    facts: Facts,
    policy: Policy,
    accepting: Accepting,
    *,
    exceptions: bool,
) -> Iterator[Finding]:
    """The findings of one rule: waived ones one by one, the others together where they can be."""
    open_hits: list[Hit] = []
    for hit in _unique(hits):
        waiver = accepting.waiver(rule.code, hit)
        if waiver is None or not exceptions:
            open_hits.append(hit)
        else:
            yield _finding(rule, level, [hit], facts, _waiver(waiver))
    if not open_hits:
        return
    until = _grace(policy, rule.code, level, accepting.on)
    for group in _groups(open_hits):
        finding = _finding(rule, level, group, facts, None)
        yield finding if until is None else _in_grace(finding, until)


def _findings_of_own(
    rule: OwnRule,
    level: Severity,
    facts: Facts,
    policy: Policy,
    accepting: Accepting,
    *,
    exceptions: bool,
) -> Iterator[Finding]:
    """The findings of a rule of one's own; what it leaves open withholds the pass."""
    hits = list(own_hits(rule, facts))
    open_level = Severity.INCOMPLETE if level is Severity.ERROR else level
    for decided, severity in ((True, level), (False, open_level)):
        decided_hits = [hit for hit, known in hits if known is decided]
        yield from _findings_of(
            rule, severity, decided_hits, facts, policy, accepting, exceptions=exceptions
        )


def _waived_on(facts: Facts, waived_on: datetime.date | None) -> datetime.date:
    return max(facts.as_of, waived_on or facts.as_of)


def _grace(policy: Policy, code: str, level: Severity, on: datetime.date) -> datetime.date | None:
    """The day until which a rule only warns; ``None``: it has no grace, or warns anyway."""
    until = policy.grace.get(code)
    if until is None or level.rank >= Severity.WARNING.rank:
        return None
    return until if on <= until <= last_day(policy, on) else None


def _in_grace(finding: Finding, until: datetime.date) -> Finding:
    message = f"{finding.message} (a warning until {until}, then {finding.severity})"
    return replace(finding, severity=Severity.WARNING, message=message)


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(findings, key=lambda f: (_RANKS[f.severity], f.code, f.subject, f.fingerprint))
    )


def verdict_of(findings: Iterable[Finding], fail_on: Severity = Severity.ERROR) -> Verdict:
    """The verdict of findings: fail before incomplete before pass; waived ones do not count."""
    grave = {finding.severity for finding in findings if finding.waiver is None}
    failing = {Severity.ERROR}
    if fail_on is Severity.WARNING:
        failing.add(Severity.WARNING)
    if grave & failing:
        return Verdict.FAIL
    return Verdict.INCOMPLETE if Severity.INCOMPLETE in grave else Verdict.PASS


def policy_info(policy: Policy, facts: Facts) -> PolicyInfo:
    """Which policy was applied: the profile that holds for the subject, the headline's limit."""
    subject = facts.subject
    profile = policy.profile_of(subject.kind, subject.id)
    named = policy.name if profile is None else f"{policy.name} (profile {profile.name})"
    headline = next((c for c in facts.coverage if c.headline), None)
    held = policy.for_subject(subject.kind, subject.id)
    limit = None if headline is None else held.most_lacking(headline.measure.value)
    return PolicyInfo(named, policy.sha256, limit)


def report_of(
    facts: Facts, evaluation: Evaluation, policy: Policy, source: Source, stats: Stats
) -> Report:
    """Facts and what a policy says of them, as a report: of an audit and of a scan alike."""
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("provenance", __version__),
        as_of=facts.as_of,
        source=source,
        subject=facts.subject,
        policy=policy_info(policy, facts),
        verdict=evaluation.verdict,
        undeclared=facts.undeclared,
        license=facts.license,
        coverage=facts.coverage,
        training_sets=facts.training_sets,
        evaluation_sets=facts.evaluation_sets,
        possible_sets=facts.possible_sets,
        lineage=facts.lineage,
        findings=evaluation.findings,
        notes=facts.notes,
        stats=stats,
        records=facts.records,
        citations=facts.citations,
    )


def _unique(hits: Iterable[Hit]) -> Iterator[Hit]:
    seen = set()
    for hit in hits:
        identity = (hit.subject, hit.key, hit.message)
        if identity not in seen:
            seen.add(identity)
            yield hit


def _groups(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits that say the same together; one that cannot be said of several stays alone."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        words = hit.subject + hit.message if hit.together is None else hit.together
        groups.setdefault((hit.key, words), []).append(hit)
    return list(groups.values())


def _finding(
    rule: Rule | OwnRule, level: Severity, hits: list[Hit], facts: Facts, waiver: Waiver | None
) -> Finding:
    ordered = sorted(hits, key=lambda hit: -hit.weight)
    subjects = tuple(dict.fromkeys(hit.subject for hit in ordered))
    if len(subjects) == _ALONE:
        subject, message = subjects[0], "; ".join(dict.fromkeys(hit.message for hit in ordered))
    else:
        subject = facts.lineage.root
        names = list(dict.fromkeys(hit.name for hit in ordered))
        message = f"{len(subjects)} {hits[0].together}: {listed(names, _NAMED)}"
    notices = [hit.notice for hit in ordered if hit.notice]
    remedies = dict.fromkeys(hit.remedy or rule.remedy for hit in ordered)
    help_text = " ".join(remedies) + _carried(notices)
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


def _waiver(exception: PolicyException) -> Waiver:
    return Waiver(exception.reason.value, exception.comment, exception.owner, exception.expires)
