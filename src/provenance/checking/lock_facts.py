"""What must follow from the facts of a lock's entry: recomputed, so that no edit stands. Pure.

Whoever edits a lock can write a new digest; what they cannot do is write a verdict, a finding's
severity, a waiver or a count that the facts beside it and the policy do not give.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.checking.gate import Judgement, KnownSet
from provenance.policy import Policy
from provenance.policy.evaluation import verdict_of
from provenance.policy.model import Bound, Decision
from provenance.policy.terms import decide_expression
from provenance.report.checked import ReferenceKind
from provenance.report.finding import Finding, Severity, Waiver
from provenance.report.license import LicenseState
from provenance.report.training import Role

_DECIDED = {Decision.DENY: "LIC001", Decision.REVIEW: "LIC002", Decision.UNRECOGNIZED: "LIC005"}
"""Rules by what the policy's lists say of a license."""
_BY_STATE = {
    LicenseState.NONE: ("LIC003",),
    LicenseState.AMBIGUOUS: ("LIC004", "LIC012"),
    LicenseState.CONFLICTING: ("LIC006",),
}
"""Rules of which one fires on a license in some state."""


def edits_of_entry(judgement: Judgement, policy: Policy | None) -> Iterator[str]:
    """What of an entry does not follow from the rest of it, in words.

    Args:
        judgement: the entry.
        policy: the one that it was written under; ``None``: another one is in force now, so that
            only what holds under any policy is looked at.

    """
    if judgement.verdict is not verdict_of(judgement.findings):
        yield f"{judgement.verdict} does not follow from its findings"
    yield from _facts(judgement)
    if policy is None:
        return
    policy = policy.for_subject(judgement.kind.value, judgement.id)
    codes = {finding.code for finding in judgement.findings}
    for wanted in sorted(set(_owed(judgement, policy))):
        if not codes & set(wanted):
            yield f"{' or '.join(wanted)} follows from its license"
    for finding in judgement.findings:
        yield from _of_the_policy(finding, policy)


def _facts(judgement: Judgement) -> Iterator[str]:
    """What contradicts itself, whatever the policy."""
    for known in judgement.sets:
        if known.lacking is not _lacks(known):
            word = "lacks" if known.lacking else "does not lack"
            yield f"{known.key} {word} a license, with the state {known.state or 'unknown'}"
    if judgement.kind is ReferenceKind.DATASET:
        states = [(known.state, known.concluded) for known in judgement.sets]
        if states != [(judgement.state, judgement.concluded)]:
            yield "the license of the set and of the data in it differ"
    elif judgement.found and judgement.card and not judgement.sets and not judgement.undeclared:
        yield "it declares training data and names none"


def _lacks(known: KnownSet) -> bool:
    if known.state == LicenseState.UNRESOLVED:
        return not known.not_examined
    return known.state in {LicenseState.NONE, LicenseState.AMBIGUOUS}


def _owed(judgement: Judgement, policy: Policy) -> Iterator[tuple[str, ...]]:
    """Rules that fire on the facts; of several together, one does."""
    for known in judgement.sets:
        for codes in _of_a_license(known, policy):
            left = tuple(code for code in codes if policy.levels.get(code) is not None)
            if left:
                yield left
    if not judgement.found:
        yield ("LIN004",)
    if judgement.kind is ReferenceKind.MODEL and judgement.undeclared:
        if judgement.found and judgement.card:
            yield ("COV003",)
    elif judgement.sets and all(known.lacking for known in judgement.sets) and _has_limit(policy):
        yield ("COV001",)


def _of_a_license(known: KnownSet, policy: Policy) -> Iterator[tuple[str, ...]]:
    if known.state == LicenseState.EXPLICIT:
        terms = policy.terms_for(Role(known.role) if known.role else None)
        decision = decide_expression(known.concluded, terms).decision
        if terms.listed and decision in _DECIDED:
            yield (_DECIDED[decision],)
        return
    yield from (codes for state, codes in _BY_STATE.items() if known.state == state)


def _has_limit(policy: Policy) -> bool:
    """Whether data that lacks throughout is more than the policy's limit on the headline."""
    return any(
        t.measure == "headline"
        and t.reading == "direct"
        and t.max_fraction_lacking is not None
        and (t.max_fraction_lacking < 1 or t.bound is Bound.UPPER)
        for t in policy.thresholds
    ) and bool(policy.levels.get("COV001"))


def _of_the_policy(finding: Finding, policy: Policy) -> Iterator[str]:
    """A severity or a waiver that the policy does not give."""
    level = policy.levels.get(finding.code)
    if level is not None and finding.severity.rank > level.rank:
        grace = finding.code in policy.grace and finding.severity is Severity.WARNING
        of_own_rule = any(rule.code == finding.code for rule in policy.own_rules)
        if not grace and not (of_own_rule and finding.severity is Severity.INCOMPLETE):
            yield f"{finding.code} is {level} under the policy, not {finding.severity}"
    if finding.waiver is not None and not _is_given(finding, finding.waiver, policy):
        yield f"{finding.code} is waived by no exception of the policy"


def _is_given(finding: Finding, waiver: Waiver, policy: Policy) -> bool:
    return any(
        finding.code in exception.rules
        and exception.covers(finding.subject)
        and exception.owner == waiver.owner
        and exception.expires == waiver.expires
        for exception in policy.exceptions
    )
