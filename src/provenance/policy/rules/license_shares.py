"""License rules (LIC…): how much of the training data may be under some licenses."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.amounts import percent
from provenance.frozen import frozen
from provenance.policy.model import Decision, Policy, ShareLimit, Terms
from provenance.policy.rules.items import license_evidence, listed, set_items
from provenance.policy.rules.rule import Hit, RuleSection, Wildcard, declare
from provenance.policy.terms import decide_expression
from provenance.report.coverage import Coverage, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseState
from provenance.report.shares import weight_of

_EPSILON = 1e-9


@frozen
class _Part:
    """The part of one measure that is under some licenses, as an interval of fractions."""

    low: float
    high: float
    names: tuple[str, ...]
    """Sets under them, largest first."""


def _measured(facts: Facts, share: ShareLimit) -> Coverage | None:
    """The direct coverage that a share speaks of."""
    direct = [c for c in facts.coverage if c.reading is Reading.DIRECT]
    if share.measure == "headline":
        return next((c for c in direct if c.headline), None)
    return next((c for c in direct if c.measure.value == share.measure), None)


def _part(facts: Facts, share: ShareLimit, coverage: Coverage) -> _Part:
    """How much is under the licenses; what is not known to be under others may be."""
    terms = Terms(deny=share.licenses)
    under: list[tuple[float, str]] = []
    elsewhere = total = 0.0
    unknown = False
    for item, licensed in zip(facts.training_sets, set_items(facts), strict=True):
        if item.via:
            continue
        weight = weight_of(item, coverage)
        unknown = unknown or weight is None
        total += weight or 0.0
        if item.license.state is not LicenseState.EXPLICIT:
            continue
        if decide_expression(item.license.concluded, terms).decision is Decision.DENY:
            under.append((weight or 0.0, licensed.name))
        else:
            elsewhere += weight or 0.0
    total = max(total, coverage.total)
    names = tuple(name for _, name in sorted(under, key=lambda pair: -pair[0]))
    if unknown or total <= 0:
        # a weight that is not known may outweigh all others
        return _Part(0.0, 1.0, names)
    return _Part(sum(weight for weight, _ in under) / total, 1.0 - elsewhere / total, names)


def _hit(facts: Facts, share: ShareLimit, says: str, part: _Part) -> Hit:
    evidence = tuple(
        e for item in set_items(facts) if item.name in part.names for e in license_evidence(item)
    )
    worst = f"; largest: {listed(list(part.names), 3)}" if part.names else ""
    return Hit(
        subject=facts.lineage.root,
        name=facts.subject.id,
        message=f"{says} (policy: at most {percent(share.max_fraction)}){worst}",
        evidence=evidence,
        key=f"{share.measure}:{share.name}",
    )


@declare(
    "LIC016",
    "share",
    RuleSection.LICENSES,
    Severity.ERROR,
    wildcard=Wildcard.NONE,
    title="Too much of the training data is under some licenses",
    description="The fraction of the training data under the licenses or groups of an entry of "
    "`coverage.shares` is larger than its `max_fraction`.",
    basis="The organisation's own license policy.",
    looks_at="Concluded licenses of the subject's own sets, and their weights by the measure that "
    "the entry names. An AND is under a license of any part, an OR only when every branch is.",
    remedy="Replace the largest sets under those licenses, or obtain others from their holders.",
)
def _share(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for share in policy.shares:
        coverage = _measured(facts, share)
        if coverage is None or facts.undeclared:
            continue
        part = _part(facts, share, coverage)
        if part.low > share.max_fraction + _EPSILON:
            says = f"{percent(part.low)} of the {coverage.measure} are under {share.name}"
            yield _hit(facts, share, says, part)


@declare(
    "LIC017",
    "share_undecided",
    RuleSection.LICENSES,
    Severity.INCOMPLETE,
    floor=Severity.INCOMPLETE,
    title="Share of some licenses cannot be decided",
    description="Sets of unknown weight or without an explicit license could be under the "
    "licenses of an entry of `coverage.shares`, and with them its limit would be exceeded; or the "
    "measure is not known for this subject.",
    basis="Unknown is never a pass.",
    looks_at="What LIC016 looks at.",
    remedy="Find out the licenses and sizes of the sets that have none.",
)
def _undecided(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for share in policy.shares:
        if facts.undeclared:
            continue
        coverage = _measured(facts, share)
        part = _Part(0.0, 1.0, ()) if coverage is None else _part(facts, share, coverage)
        limit = share.max_fraction + _EPSILON
        if part.low <= limit < part.high:
            measure = share.measure if coverage is None else coverage.measure.value
            says = (
                f"between {percent(part.low)} and {percent(part.high)} of the {measure} are under "
            )
            yield _hit(facts, share, says + share.name, part)
