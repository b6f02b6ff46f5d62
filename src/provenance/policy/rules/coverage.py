"""Coverage rules (COV…): how much of the training data lacks an explicit license."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.model import Bound, Policy, Threshold
from provenance.policy.rules.items import Licensed, license_evidence, listed, set_items
from provenance.policy.rules.rule import Hit, Section, Wildcard, declare
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Severity

_EPSILON = 1e-9
"""Fractions are sums of floats: one that differs by less than this from a limit meets it."""


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


def _percent(fraction: float) -> str:
    """A share in percent that never rounds something to nothing or to all."""
    percent = fraction * 100
    if 0 < percent < 0.1:
        return "under 0.1 %"
    if 99.9 < percent < 100:
        return "over 99.9 %"
    return f"{percent:.1f} %".replace(".0 %", " %")


def _words(coverage: Coverage) -> str:
    """What is counted, as the reports name it."""
    if coverage.measure is not MeasureKind.PUBLISHED:
        names = {MeasureKind.DATASETS: "training sets"}
        words = f"the {names.get(coverage.measure, coverage.measure.value)}"
    elif coverage.unit == "percent":
        words = "the published mixture"
    else:
        words = f"the published {coverage.unit}"
    return words if coverage.reading is Reading.DIRECT else f"{words}, with what is inherited,"


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


def _lacking(facts: Facts) -> list[Licensed]:
    items = [i for i in set_items(facts) if i.license.state.lacks]
    return sorted(items, key=lambda i: -i.weight)


def _threshold_hit(facts: Facts, threshold: Threshold, coverage: Coverage, what: str) -> Hit:
    items = _lacking(facts)
    evidence = tuple(e for item in items for e in license_evidence(item))
    worst = f"; largest: {listed([i.name for i in items], 3)}" if items else ""
    return Hit(
        facts.lineage.root,
        facts.subject.id,
        f"{what} (policy: at most {_percent(threshold.max_fraction_lacking)}){worst}",
        "",
        evidence,
        f"{threshold.measure}:{threshold.reading}",
    )


@declare(
    "COV001",
    "threshold",
    Section.COVERAGE,
    Severity.ERROR,
    wildcard=Wildcard.NONE,
    title="Too much training data lacks an explicit license",
    description="The fraction of the training data whose license is none, ambiguous or unresolved "
    "is larger than the policy's `max_fraction_lacking`, for a measure and a reading.",
    basis="The organisation's own license policy; Longpre et al. 2023 on unspecified licenses.",
    looks_at="Coverage by measure (published, tokens, rows, bytes, datasets) and reading (direct, "
    "inherited); the point, or the upper end of the interval where the policy says so.",
    remedy="Replace or license the largest sets that lack, or clarify their licenses; "
    "the table of training sets lists them.",
)
def _threshold(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for threshold in policy.thresholds:
        coverage = _measured(facts, threshold)
        if coverage is None or facts.undeclared:
            continue
        limit = threshold.max_fraction_lacking + _EPSILON
        if coverage.fraction is not None and coverage.fraction > limit:
            share = _percent(coverage.fraction)
        elif coverage.low > limit:
            share = f"at least {_percent(coverage.low)}"
        elif threshold.bound is Bound.UPPER and coverage.high > limit:
            share = f"up to {_percent(coverage.high)}"
        else:
            continue
        says = f"{share} of {_words(coverage)} lack an explicit license"
        yield _threshold_hit(facts, threshold, coverage, says)


@declare(
    "COV002",
    "undecided",
    Section.COVERAGE,
    Severity.INCOMPLETE,
    title="Coverage threshold cannot be decided",
    description="Sets of unknown weight make an interval, and the policy's limit lies inside it; "
    "or the measure the policy asks for is not known for this subject at all.",
    basis="Unknown is never a pass.",
    looks_at="The upper end of the coverage interval, where the threshold is held to the point.",
    remedy="Publish the sizes of the sets that have none, or set the threshold on another measure.",
    floor=Severity.INCOMPLETE,
)
def _undecided(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for threshold in policy.thresholds:
        if facts.undeclared:
            continue
        coverage = _measured(facts, threshold)
        limit = threshold.max_fraction_lacking + _EPSILON
        if coverage is None:
            yield Hit(
                facts.lineage.root,
                facts.subject.id,
                f"{_asked(threshold)} is not known for {facts.subject.id}, so that the policy's "
                f"limit of {_percent(threshold.max_fraction_lacking)} cannot be decided",
                "",
                (),
                f"{threshold.measure}:{threshold.reading}",
            )
        elif (
            threshold.bound is Bound.POINT
            and coverage.low <= limit < coverage.high
            and (coverage.fraction is None or coverage.fraction <= limit)
        ):
            says = (
                f"between {_percent(coverage.low)} and {_percent(coverage.high)} of "
                f"{_words(coverage)} lack an explicit license: {coverage.unknown} of unknown size"
            )
            yield _threshold_hit(facts, threshold, coverage, says)


@declare(
    "COV003",
    "undeclared",
    Section.COVERAGE,
    Severity.INCOMPLETE,
    title="No training data named",
    description="The subject names no training set anywhere that is read, so coverage is unknown: "
    "anywhere from 0 to 100 %.",
    basis="Unknown is never a pass; Regulation (EU) 2024/1689 Art. 53(1)(d).",
    looks_at="Front matter, tables, links, prose and configuration files of the subject.",
    remedy="Ask the publisher to name the training data (front matter `datasets:`), or record "
    "an exception.",
    floor=Severity.INCOMPLETE,
)
def _undeclared(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if facts.undeclared and facts.subject.status == "found":
        root = facts.lineage.root
        yield Hit(root, facts.subject.id, f"{facts.subject.id} names no training data", "", ())


@declare(
    "COV004",
    "unattributed",
    Section.COVERAGE,
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
                facts.lineage.root,
                facts.subject.id,
                f"{coverage.unattributed:,.0f} of {coverage.total:,.0f} {coverage.unit} are "
                f"attributed to no set ({coverage.basis})",
                "",
                (),
                coverage.basis,
            )
