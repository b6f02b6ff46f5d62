"""Coverage rules (COV…): what lacks an explicit license, and what was not examined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.amounts import percent, verb
from provenance.policy.model import Bound, Policy, Threshold, Unexamined
from provenance.policy.rules.items import (
    bare_name,
    listed,
    set_marks,
    set_name,
    statement_evidence,
)
from provenance.policy.rules.remedies import remedies_for
from provenance.policy.rules.rule import Hit, RuleSection, Wildcard, declare
from provenance.report.coverage import Coverage, MeasureKind
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import Cause, Standing
from provenance.report.shares import sentence, share_of, span, unseen
from provenance.report.training import TrainingSet
from provenance.vocabulary.statuses import Status

_EPSILON = 1e-9
"""Fractions are sums of floats: one that differs by less than this from a limit meets it."""
_SHOWN = 4
"""How many sets a message names."""


def _measured(facts: Facts, threshold: Threshold) -> Coverage | None:
    """The coverage a threshold speaks of; ``headline`` is the headline's measure and basis."""
    if threshold.measure == "headline":
        head = next((c for c in facts.coverage if c.headline), None)
        if head is None or head.reading.value == threshold.reading:
            return head
        same = (c for c in facts.coverage if (c.measure, c.basis) == (head.measure, head.basis))
        return next((c for c in same if c.reading.value == threshold.reading), None)
    return next(
        (
            c
            for c in facts.coverage
            if c.measure.value == threshold.measure and c.reading.value == threshold.reading
        ),
        None,
    )


_COUNTED_BY = {
    "headline": "any measure",
    "published": "a published measure",
    "datasets": "the number of training sets",
}


def _asked(threshold: Threshold) -> str:
    """The part that the threshold limits, where nothing of the kind was measured."""
    by = _COUNTED_BY.get(threshold.measure, threshold.measure)
    reading = "" if threshold.reading == "direct" else " with what is inherited"
    return f"the part lacking an explicit license by {by}{reading}"


def _standing(facts: Facts, coverage: Coverage, standing: Standing) -> list[TrainingSet]:
    """The sets of a measure that count in one way, the largest first."""
    direct = coverage.reading.value == "direct"
    sets = [
        s
        for s in facts.training_sets
        if not (direct and s.via) and (s.license.standing if direct else s.inherited) is standing
    ]
    return sorted(sets, key=lambda s: -(share_of(s, coverage) or 0.0))


def _named(items: list[TrainingSet], coverage: Coverage) -> str:
    """The first few sets with their shares."""
    names = []
    for item in items:
        share = share_of(item, coverage)
        beside = [*set_marks(item), *([percent(share)] if share else [])]
        names.append(f"{bare_name(item)} ({', '.join(beside)})" if beside else bare_name(item))
    return listed(names, _SHOWN)


def _places(items: Iterable[TrainingSet]) -> tuple[Evidence, ...]:
    """Where each set's license is stated, else where the set is named."""
    return tuple(e for item in items for e in statement_evidence(item.license, item.evidence))


def _lacking_hit(facts: Facts, threshold: Threshold, coverage: Coverage, limit: float) -> Hit:
    """What fails: the sets known to lack and, where the policy counts it, what was not examined."""
    lacking = _standing(facts, coverage, Standing.LACKING)
    hidden = _standing(facts, coverage, Standing.NOT_EXAMINED)
    says = f"{sentence(coverage)}; the policy's limit is {percent(limit)}"
    if lacking:
        says += f". Known to lack: {_named(lacking, coverage)}"
    if coverage.unattributed > 0:
        says += f". {percent(coverage.unattributed / coverage.total)} is given to no set"
    items = lacking
    if coverage.low <= limit + _EPSILON:
        items = [*lacking, *hidden]
        says += f". Not examined, and the policy lets it fail: {_named(hidden, coverage)}"
    return Hit(
        subject=facts.lineage.root,
        name=facts.subject.id,
        message=says,
        evidence=_places(items),
        key=f"{threshold.measure}:{threshold.reading}",
        remedy=remedies_for(items),
    )


def _exceeds(policy: Policy, threshold: Threshold, coverage: Coverage, limit: float) -> bool:
    """Whether the policy's limit is broken by what is known, or by what the policy lets count."""
    most = limit + _EPSILON
    if coverage.low > most:
        return True
    if threshold.bound is Bound.UPPER:
        return coverage.high > most
    if policy.count_unexamined is Unexamined.LACKING and coverage.total > 0:
        return (coverage.lacking + coverage.not_examined) / coverage.total > most
    return False


@declare(
    "COV001",
    "threshold",
    RuleSection.COVERAGE,
    Severity.ERROR,
    wildcard=Wildcard.NONE,
    title="Too much training data lacks an explicit license",
    description="What is known to lack is more than the policy's `max_fraction_lacking`, for a "
    "measure and a reading: sets without a license, with one that names no specific terms, or "
    "named only in words by a card that was read. What was not examined is not counted, unless "
    "the policy says `count_unexamined: lacking` or holds the limit to the upper end.",
    basis="The organisation's own license policy; Longpre et al. 2023 on unspecified licenses.",
    looks_at="Coverage by measure (published, tokens, rows, bytes, datasets) and reading (direct, "
    "inherited); the low end of the interval, or the upper end where the policy says so.",
    remedy="Ask the publishers of the sets that lack for a license, or add clarifications.",
)
def _threshold(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for threshold in policy.thresholds:
        coverage, limit = _measured(facts, threshold), threshold.max_fraction_lacking
        if coverage is None or limit is None or facts.undeclared:
            continue
        if _exceeds(policy, threshold, coverage, limit):
            yield _lacking_hit(facts, threshold, coverage, limit)


@declare(
    "COV002",
    "undecided",
    RuleSection.COVERAGE,
    Severity.INCOMPLETE,
    title="Coverage threshold cannot be decided",
    description="What is known to lack is within the policy's limit, and what was not examined, or "
    "is of unknown size, could carry it over; or sets lack whose sizes nobody gives; or the "
    "measure the policy asks for is not known for this subject at all.",
    basis="Unknown is never a pass.",
    looks_at="The upper end of the coverage interval, where the threshold is held to the low end.",
    remedy="Publish the sizes of the sets that have none, or set the threshold on another measure.",
    floor=Severity.INCOMPLETE,
)
def _undecided(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for threshold in policy.thresholds:
        limit = threshold.max_fraction_lacking
        if facts.undeclared or limit is None or _nothing_known(facts):
            continue
        coverage = _measured(facts, threshold)
        key = f"{threshold.measure}:{threshold.reading}"
        root, name = facts.lineage.root, facts.subject.id
        if coverage is None and facts.records is not None and facts.records.empty:
            says = f"{name} holds no records: there is nothing to hold the policy's limit against"
            yield Hit(subject=root, name=name, message=says, key=key, remedy=_NO_RECORDS)
        elif coverage is None:
            says = (
                f"{_asked(threshold)} is not known for {name}, so that the policy's "
                f"limit of {percent(limit)} cannot be decided"
            )
            yield Hit(subject=root, name=name, message=says, key=key)
        elif coverage.high > limit + _EPSILON and not _exceeds(policy, threshold, coverage, limit):
            hidden = _standing(facts, coverage, Standing.NOT_EXAMINED)
            says = f"{sentence(coverage)}; the policy's limit of {percent(limit)} lies between"
            if hidden:
                says += f". Not examined: {_named(hidden, coverage)}"
            evidence = tuple(
                e for item in hidden for e in statement_evidence(item.license, item.evidence)
            )
            yield Hit(
                subject=root,
                name=name,
                message=says,
                evidence=evidence,
                key=key,
                remedy=remedies_for(hidden),
            )
        elif coverage.low <= limit + _EPSILON and _unweighed(threshold, coverage, limit):
            lacking = _standing(facts, coverage, Standing.LACKING)
            says = (
                f"{listed([set_name(s) for s in lacking], _SHOWN)} "
                f"{verb(len(lacking), 'lacks', 'lack')} an explicit license, and of what size "
                f"is not known, so that the policy's limit of {percent(limit)} cannot be decided"
            )
            yield Hit(subject=root, name=name, message=says, evidence=_places(lacking), key=key)


_NO_RECORDS = "Name files that hold records; what was read holds none."


def _unweighed(threshold: Threshold, coverage: Coverage, limit: float) -> bool:
    """Whether sets lack that are few, and nobody says how large: they may be most of the data.

    A threshold on ``datasets`` asks for no more than their number.
    """
    counted = coverage.measure is MeasureKind.DATASETS and threshold.measure == "headline"
    return counted and coverage.low > 0 and limit < 1


@declare(
    "COV005",
    "unexamined",
    RuleSection.COVERAGE,
    Severity.ERROR,
    title="Too much training data was not examined",
    description="What this run could not see is more than the policy's "
    "`max_fraction_not_examined`, for a measure and a reading.",
    basis="The organisation's own license policy. Unknown is never a pass.",
    looks_at="The part of a measure that was not examined, and sets of unknown size.",
    remedy="Give access, run against the Hub, or add clarifications.",
    floor=Severity.INCOMPLETE,
)
def _unexamined(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for threshold in policy.thresholds:
        coverage, limit = _measured(facts, threshold), threshold.max_fraction_not_examined
        if limit is None or facts.undeclared:
            continue
        hidden = [] if coverage is None else _standing(facts, coverage, Standing.NOT_EXAMINED)
        if coverage is None:
            says = f"what was not examined of {facts.subject.id} is not known"
        elif (coverage.fraction_not_examined or 0.0) > limit + _EPSILON or (
            coverage.unknown and limit < 1
        ):
            says = f"{' and '.join(unseen(coverage))} ({span(coverage)} may lack a license)"
        else:
            continue
        if hidden and coverage is not None:
            says += f": {_named(hidden, coverage)}"
        yield Hit(
            subject=facts.lineage.root,
            name=facts.subject.id,
            message=f"{says}; the policy's limit is {percent(limit)}",
            evidence=_places(hidden),
            key=f"{threshold.measure}:{threshold.reading}",
            remedy=remedies_for(hidden),
        )


@declare(
    "COV003",
    "undeclared",
    RuleSection.COVERAGE,
    Severity.ERROR,
    title="No training data documented",
    description="The subject's card was read and documents the license of none of its data: it "
    "names no training set anywhere that is read, or names all of them only in words that lead "
    "nowhere. Silence is never better than disclosure.",
    basis="Unknown is never a pass; Regulation (EU) 2024/1689 Art. 53(1)(d).",
    looks_at="Front matter, tables, links, prose and configuration files of the subject.",
    remedy="Ask the publisher to name the training data with ids or links (front matter "
    "`datasets:`), or record an exception.",
    floor=Severity.INCOMPLETE,
)
def _undeclared(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if (
        facts.subject.status is not Status.FOUND
        or facts.subject.kind != "model"
        or facts.card_unread
    ):
        return
    root, name = facts.lineage.root, facts.subject.id
    own_sets = [s for s in facts.training_sets if not s.via]
    if facts.undeclared:
        possible = facts.possible_sets
        perhaps = listed([f"“{mention.name}”" for mention in possible], _SHOWN)
        surely = f" for certain; perhaps {perhaps}" if possible else ""
        evidence = tuple(place for mention in possible for place in mention.evidence[:1])
        yield Hit(
            subject=root,
            name=name,
            message=f"{name} names no training data{surely}",
            evidence=evidence,
        )
    elif own_sets and all(s.license.cause is Cause.NOT_LOCATABLE for s in own_sets):
        says = f"{name} names its training data only in words that lead nowhere"
        says += f": {listed([s.name for s in own_sets])}"
        yield Hit(
            subject=root,
            name=name,
            message=says,
            evidence=own_sets[0].evidence[:1],
            remedy=remedies_for(own_sets),
        )


def _nothing_known(facts: Facts) -> bool:
    """Whether the subject's data is not known for want of its card."""
    named = any(not item.via for item in facts.training_sets)
    return facts.card_unread is not None and facts.subject.status is Status.FOUND and not named


@declare(
    "COV006",
    "card_unread",
    RuleSection.COVERAGE,
    Severity.INCOMPLETE,
    title="Training data not known: the card was not read",
    description="No training data is known of the subject, and its card cannot be asked: the "
    "source holds a digest of facts instead, the card's front matter cannot be parsed, or the card "
    "is longer than what is read of one.",
    basis="Unknown is never a pass, and never a fact.",
    looks_at="Subjects that a digest stands for, and cards with front matter that is no YAML.",
    remedy="Run the audit against the Hub, which has the card itself, or mend the front matter.",
    floor=Severity.INCOMPLETE,
)
def _card_unread(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if _nothing_known(facts):
        says = f"no training data of {facts.subject.id} is known: {facts.card_unread}"
        remedy = _READ_ELSEWHERE if facts.subject.digested else _MEND
        yield Hit(subject=facts.lineage.root, name=facts.subject.id, message=says, remedy=remedy)


_READ_ELSEWHERE = "Run the audit against the Hub, which has the card itself."
_MEND = "Mend the card's front matter, which is no valid YAML."


@declare(
    "COV004",
    "unattributed",
    RuleSection.COVERAGE,
    Severity.WARNING,
    wildcard=Wildcard.NONE,
    title="Weight attributed to no set",
    description="The publisher states a larger total than the sum of what it gives to its sets. "
    "The difference is training data that nobody names, and counts as lacking.",
    basis="Unknown is never a pass.",
    looks_at="Stated totals of published mixtures against the sums of their rows.",
    remedy="Ask the publisher which set the difference is.",
)
def _unattributed(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for coverage in facts.coverage:
        if coverage.unattributed > 0 and coverage.reading.value == "direct":
            yield Hit(
                subject=facts.lineage.root,
                name=facts.subject.id,
                message=f"{coverage.unattributed:,.0f} of {coverage.total:,.0f} {coverage.unit} "
                f"are attributed to no set ({coverage.basis})",
                key=coverage.basis,
            )


@declare(
    "COV007",
    "possible_sets",
    RuleSection.COVERAGE,
    None,
    title="Sets that may be training data",
    description="The card names something that may be training data, and reading it is not sure "
    "enough to count it: it is in no fraction. Off unless a policy asks for it.",
    basis="Unknown is never a pass.",
    looks_at="`possible_sets` of the report: names and phrases between the two thresholds of the "
    "reader.",
    remedy="Look at the lines, and ask the publisher to name training data in `datasets:`.",
    wildcard=Wildcard.NONE,
)
def _possible_sets(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for possible in facts.possible_sets:
        name = possible.id or possible.name
        yield Hit(
            subject=facts.lineage.root,
            name=name,
            message=f"{name} may be training data ({percent(possible.confidence)} sure); it is in "
            "no fraction",
            together="may be training data and are in no fraction",
            evidence=possible.evidence[:1],
            weight=possible.confidence,
        )
