"""Rules about the policy file itself (POL…): exceptions and clarifications that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.accepting import last_day, policy_hit
from provenance.policy.clarifications import evidence_sha256, personal_data_sha256
from provenance.policy.model import Clarification, Policy, PolicyException
from provenance.policy.rules.rule import Hit, RuleSection, declare
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import Origin
from provenance.report.training import TrainingSet


def _exceptions(policy: Policy) -> Iterator[tuple[str, PolicyException]]:
    """Each exception with its pointer."""
    for index, exception in enumerate(policy.exceptions):
        yield f"/exceptions/{index}", exception


@declare(
    "POL001",
    "unused",
    RuleSection.SETTINGS,
    Severity.WARNING,
    title="Exception or clarification matches nothing",
    description="An exception in the policy waives nothing in the whole run, over all of its "
    "subjects, or a clarification is about something that none of them has. It may be out of date, "
    "or its subject misspelt. One finding names them all.",
    basis="Acceptances are kept as few as can be.",
    looks_at="Each exception against what its rules found, over the whole run.",
    remedy="Remove the exception, or correct its rule or subject.",
)
def _unused(facts: Facts, policy: Policy) -> Iterator[Hit]:
    """Nothing for one subject alone: ``provenance.policy.evaluation.judge`` says it of a run."""
    return iter(())


@declare(
    "POL002",
    "expired",
    RuleSection.SETTINGS,
    Severity.WARNING,
    title="Exception expired",
    description="An exception's date has passed, so it waives nothing any more.",
    basis="Acceptances are for a time.",
    looks_at="`expires` of each exception and clarification against the date of the audit.",
    remedy="Remove it, or decide again and set a new date.",
)
def _expired(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for pointer, exception in _exceptions(policy):
        if exception.expires < facts.as_of:
            says = f"{exception.named} expired on {exception.expires} and waives nothing"
            yield policy_hit(facts, policy, pointer, says, exception.named)
    for index, clarification in enumerate(policy.clarifications):
        if clarification.expires is not None and clarification.expires < facts.as_of:
            name = f"clarification of {clarification.subject}"
            says = f"{name} expired on {clarification.expires} and changes nothing"
            yield policy_hit(facts, policy, f"/clarifications/{index}", says, name)


@declare(
    "POL003",
    "expiring",
    RuleSection.SETTINGS,
    Severity.NOTE,
    title="Exception about to expire",
    description="An exception expires within `settings.warn_before_expiry_days`.",
    basis="Acceptances are for a time.",
    looks_at="`expires` of each exception against the date of the audit.",
    remedy="Decide again before the date.",
)
def _expiring(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for pointer, exception in _exceptions(policy):
        left = (exception.expires - facts.as_of).days
        if 0 <= left <= policy.settings.warn_before_expiry_days:
            says = f"{exception.named} expires on {exception.expires}, in {left} days"
            yield policy_hit(facts, policy, pointer, says, exception.named)


@declare(
    "POL004",
    "void_clarification",
    RuleSection.SETTINGS,
    Severity.WARNING,
    title="Clarification or exception does not hold",
    description="A clarification names a set that is here, but the evidence it replaces is no "
    "longer what it was pinned to, or its revision is another: it changes nothing. Or an exception "
    "accepts a license, a revision or evidence that is another now: it waives nothing.",
    basis="A corrected fact is worth as much as the evidence it was corrected against.",
    looks_at="`evidence_sha256` and `revision` of each clarification, and `accepts` of each "
    "exception, against what is there now.",
    remedy="Read what the card says now; if the decision still holds, pin it to what the message "
    "names.",
)
def _void(facts: Facts, policy: Policy) -> Iterator[Hit]:
    sets = {item.key: item for item in facts.training_sets}
    for index, clarification in enumerate(policy.clarifications):
        item = sets.get(clarification.subject)
        if item is None or (clarification.expires or facts.as_of) < facts.as_of:
            continue
        why = _why_void(clarification, item)
        if why is not None:
            name = f"clarification of {clarification.subject}"
            says = f"{name} changes nothing: {why}"
            yield policy_hit(facts, policy, f"/clarifications/{index}", says, name)


def _why_void(clarification: Clarification, item: TrainingSet) -> str | None:
    if clarification.revision is not None and clarification.revision != item.revision:
        return f"it is for revision {clarification.revision}, this is {item.revision or 'unknown'}"
    if clarification.license is not None:
        applied = any(s.origin is Origin.CLARIFICATION for s in item.license.statements)
        now = evidence_sha256(item.license)
        if not applied and now != clarification.evidence_sha256:
            return f"the evidence is now {now}"
    elif personal_data_sha256(item.personal_data) != clarification.evidence_sha256:
        return f"the evidence is now {personal_data_sha256(item.personal_data)}"
    return None


@declare(
    "POL005",
    "too_long",
    RuleSection.SETTINGS,
    Severity.WARNING,
    title="Exception runs too long",
    description="An exception or a grace runs for more days than `settings.max_exception_days` "
    "(365 unless the policy says otherwise), so it has no effect.",
    basis="Acceptances are for a time.",
    looks_at="`expires` of each exception and each date of `grace` against the date of the audit.",
    remedy="Set an earlier date.",
)
def _long(facts: Facts, policy: Policy) -> Iterator[Hit]:
    most = policy.settings.max_exception_days
    latest = last_day(policy, facts.as_of)
    dated = [
        *((pointer, e.named, e.expires) for pointer, e in _exceptions(policy)),
        *((f"/grace/{code}", f"grace of {code}", until) for code, until in policy.grace.items()),
    ]
    for pointer, name, until in dated:
        if until > latest:
            says = f"{name} runs to {until}, over the {most} days that the policy allows: no effect"
            yield policy_hit(facts, policy, pointer, says, name)
