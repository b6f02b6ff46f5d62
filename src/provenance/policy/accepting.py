"""Exceptions held against what rules found: which one waives a hit, and which do nothing."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from provenance.licensing import parse_expression
from provenance.policy.model import AcceptanceReason, Accepts, Policy, PolicyException
from provenance.policy.rules.rule import Hit
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.training import TrainingSet

NOT_STATED = frozenset({"LIC003", "LIC004", "LIC012", "LIC013"})
"""Rules about a set whose publisher names no explicit license."""
_NAMED = 5
"""How many exceptions one finding about unused ones names."""


def hit_sha256(hit: Hit) -> str:
    """Digest of what a hit rests on: file and words of each piece of evidence, no lines."""
    texts = ("\x1f".join((e.read_in, " ".join(e.excerpt.split()))) for e in hit.evidence)
    return hashlib.sha256("\x1e".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def last_day(policy: Policy, on: datetime.date) -> datetime.date:
    """The latest day that an acceptance may run to, seen from ``on``."""
    try:
        return on + datetime.timedelta(days=policy.settings.max_exception_days)
    except OverflowError:
        return datetime.date.max


def in_force(policy: Policy, exception: PolicyException, on: datetime.date) -> bool:
    """Whether an exception is in date and runs no longer than the policy allows."""
    return on <= exception.expires <= last_day(policy, on)


def ended(policy: Policy, on: datetime.date, today: datetime.date) -> tuple[str, ...]:
    """What the policy accepts on one day and no longer today, by name, each once.

    Exceptions, clarifications and grace of the policy and of its profiles.

    Args:
        policy: what accepts.
        on: the day of an audit.
        today: nothing has ended when it is no later.

    """
    parts = (policy, *(profile.policy for profile in policy.profiles))
    dated = [
        (name, expires)
        for part in parts
        for name, expires in (
            *((e.named, e.expires) for e in part.exceptions),
            *((f"clarification of {c.subject}", c.expires) for c in part.clarifications),
            *((f"grace of {code}", until) for code, until in part.grace.items()),
        )
    ]
    return tuple(dict.fromkeys(n for n, day in dated if day is not None and on <= day < today))


class Accepting:
    """The exceptions of a policy while one subject's facts are judged."""

    def __init__(self, policy: Policy, facts: Facts, on: datetime.date) -> None:
        self.used: set[int] = set()
        """Indexes of exceptions that match something, void ones included."""
        self.void: dict[int, str] = {}
        """By index, why an exception that matches does not hold."""
        self.on = on
        """The day that acceptances are held against."""
        self._facts = facts
        self._exceptions = policy.exceptions
        self._by_code: dict[str, list[int]] = {}
        for index, exception in enumerate(policy.exceptions):
            if in_force(policy, exception, on):
                for code in exception.rules:
                    self._by_code.setdefault(code, []).append(index)

    def waiver(self, code: str, hit: Hit) -> PolicyException | None:
        """The first exception that waives a hit of a rule."""
        for index in self._by_code.get(code, ()):
            exception = self._exceptions[index]
            if not exception.covers(hit.subject):
                continue
            self.used.add(index)
            why = _why_void(exception, hit, self._facts)
            if why is None:
                return exception
            self.void.setdefault(index, why)
        return None


def _why_void(exception: PolicyException, hit: Hit, facts: Facts) -> str | None:
    accepts = exception.accepts
    if accepts == Accepts():
        return None
    concluded, revision = _now(hit.subject, facts)
    compared = exception.reason is not AcceptanceReason.LICENSED_SEPARATELY
    if compared and accepts.license is not None and not _same(accepts.license, concluded):
        return f"it accepts {accepts.license}, the license is now {concluded}"
    if accepts.revision is not None and accepts.revision != revision:
        return f"it is for revision {accepts.revision}, this is {revision or 'unknown'}"
    if accepts.evidence_sha256 is not None and accepts.evidence_sha256 != hit_sha256(hit):
        return f"the evidence is now {hit_sha256(hit)}"
    return None


def _same(accepted: str, concluded: str) -> bool:
    return accepted == concluded or parse_expression(accepted) == parse_expression(concluded)


def _now(subject: str, facts: Facts) -> tuple[str, str | None]:
    """License and revision that one thing has now."""
    for item in facts.training_sets:
        if item.key == subject:
            return item.license.concluded, item.revision
    if subject == facts.lineage.root:
        return facts.license.concluded, facts.subject.revision
    node = next((n for n in facts.lineage.nodes if n.key == subject), None)
    return ("NOASSERTION", None) if node is None else (node.concluded, node.revision)


def licensed_separately(
    policy: Policy, item: TrainingSet, on: datetime.date
) -> PolicyException | None:
    """The exception by which the organisation holds a license of its own for a set, if one does.

    It is about a license that is not stated, gives ``licensed-separately`` as its reason, is in
    force, and holds at the set's revision where it names one.
    """
    key = item.key
    for exception in policy.exceptions:
        if (
            exception.reason is AcceptanceReason.LICENSED_SEPARATELY
            and not NOT_STATED.isdisjoint(exception.rules)
            and exception.covers(key)
            and in_force(policy, exception, on)
            and exception.accepts.revision in {None, item.revision}
        ):
            return exception
    return None


def void_hits(policy: Policy, facts: Facts, accepting: Accepting) -> Iterator[Hit]:
    """One hit for each exception that matches something and does not hold."""
    for index, why in sorted(accepting.void.items()):
        name = policy.exceptions[index].named
        says = f"{name} waives nothing: {why}"
        yield policy_hit(facts, policy, f"/exceptions/{index}", says, name)


def unused_hit(
    facts: Facts, policy: Policy, used: frozenset[int], here: frozenset[str], on: datetime.date
) -> Hit | None:
    """One hit for all exceptions and clarifications that match nothing in a whole run."""
    idle = [
        (f"/exceptions/{index}", exception.named)
        for index, exception in enumerate(policy.exceptions)
        if index not in used
        and in_force(policy, exception, on)
        and not exception.subject.startswith("apis/")  # no audit meets one: `check` does
    ] + [
        (f"/clarifications/{index}", f"clarification of {clarification.subject}")
        for index, clarification in enumerate(policy.clarifications)
        if clarification.subject not in here
    ]
    if not idle:
        return None
    names = [name for _, name in idle]
    message = names[0] if len(idle) == 1 else f"{len(idle)} acceptances: {_listed(names)}"
    evidence = tuple(_place(policy, pointer, name) for pointer, name in idle[:_NAMED])
    says = f"{message}: matches nothing" if len(idle) == 1 else f"{message}: match nothing"
    return Hit(subject=facts.lineage.root, name=facts.subject.id, message=says, evidence=evidence)


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def policy_hit(facts: Facts, policy: Policy, pointer: str, message: str, key: str) -> Hit:
    """A hit on one place of the policy file."""
    evidence = (_place(policy, pointer, key),)
    return Hit(
        subject=facts.lineage.root,
        name=facts.subject.id,
        message=message,
        evidence=evidence,
        key=key,
    )


def _place(policy: Policy, pointer: str, words: str) -> Evidence:
    origin = policy.origins.get(pointer)
    path = policy.name if origin is None else origin.file
    return Evidence("policy", None, path, None if origin is None else origin.line, None, words)


def subjects_of(facts: Facts) -> Iterable[str]:
    """Node keys of everything that facts are about."""
    yield from (node.key for node in facts.lineage.nodes)
    yield from (item.key for item in facts.training_sets)
