"""What the license lists and the intended uses say about one license."""

from __future__ import annotations

from functools import lru_cache

from provenance.frozen import frozen
from provenance.licensing import (
    Expression,
    Leaf,
    groups_of,
    parse_expression,
    restrictions_of,
)
from provenance.policy.expression import evaluate_expression
from provenance.policy.model import Decision, IntendedUse, Terms
from provenance.report.license import NOASSERTION, NONE
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.spdx import exception_ids

BLOCKED_BY: dict[IntendedUse, tuple[Restriction, ...]] = {
    IntendedUse.COMMERCIAL: (Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY),
    IntendedUse.INTERNAL: (Restriction.RESEARCH_ONLY,),
    IntendedUse.RESEARCH: (),
    IntendedUse.REDISTRIBUTE_WEIGHTS: (Restriction.NO_DERIVATIVES,),
    IntendedUse.GENERATE_TRAINING_DATA: (Restriction.MODEL_OUTPUT_TERMS,),
}
"""Terms that block a use. CC BY-NC 4.0 section 1(i) and 2(a)(1) for non-commercial; CC BY-ND 4.0
section 2(a)(1)(B) for sharing adapted material; model-output terms as in the OpenAI terms of use
("use output to develop models that compete"). ``all-rights-reserved`` and
``no-training`` block every use: what is audited is training data."""


_ASPECTS = frozenset({"database-only"})
"""Groups that say what a license covers, not what it asks: they decide only where they are listed,
and an allowed license need not have them allowed."""


def blocked_by(use: IntendedUse) -> frozenset[Restriction]:
    """The terms that block a use."""
    return frozenset({*BLOCKED_BY[use], Restriction.ALL_RIGHTS_RESERVED, Restriction.NO_TRAINING})


@frozen
class Ruling:
    """What the lists say about a whole expression."""

    decision: Decision
    because: tuple[str, ...]
    """The licenses that decide it."""
    groups: tuple[str, ...]
    """The listed id or group by which each of them was decided, sorted, each once."""
    chosen: tuple[str, ...]
    """The branch taken at each ``OR``."""


@lru_cache(maxsize=8192)
def decide_license(symbol: str, terms: Terms) -> tuple[Decision, str]:
    """What the lists say about one license, and by which of their entries.

    An id named in a list weighs more than any group; between groups ``deny`` weighs more than
    ``review`` and that more than ``allow``. Groups allow a license only when all of its groups
    are allowed. One that nothing is known about is unrecognized, and so is one with an exception
    that SPDX does not list: it may take anything back.
    """
    base, _, exception = symbol.partition(" WITH ")
    known = not exception or exception.lower() in exception_ids()
    for name in dict.fromkeys((symbol, base)):
        for decision, entries in _lists(terms):
            if name in entries and (known or name == symbol or decision is Decision.DENY):
                return decision, name
    if symbol in {NONE, NOASSERTION}:
        return Decision.UNRECOGNIZED, ""
    groups = groups_of(symbol)
    if not groups:
        return Decision.UNRECOGNIZED, ""
    for decision, entries in _lists(terms)[:2]:
        hit = sorted(groups & entries)
        if hit:
            return decision, ", ".join(hit)
    unlisted = sorted(groups - terms.allow - _ASPECTS)
    if unlisted:
        return Decision.REVIEW, f"{', '.join(unlisted)} (in no list)"
    return Decision.ALLOW, ", ".join(sorted(groups))


@lru_cache(maxsize=8192)
def decide_expression(expression: str, terms: Terms) -> Ruling:
    """What the lists say about an SPDX expression, by three-valued logic.

    Allowed is true, denied is false, review and unrecognized are undecided.
    """
    truths = {Decision.ALLOW: True, Decision.DENY: False}
    outcome = evaluate_expression(expression, lambda s: truths.get(decide_license(s, terms)[0]))
    reasons = {s: decide_license(s, terms) for s in outcome.because}
    decisions = {decision for decision, _ in reasons.values()}
    if outcome.truth is True:
        decision = Decision.ALLOW
    elif outcome.truth is False:
        decision = Decision.DENY
    else:
        unknown = Decision.UNRECOGNIZED in decisions and Decision.REVIEW not in decisions
        decision = Decision.UNRECOGNIZED if unknown else Decision.REVIEW
    groups = tuple(sorted({why for _, why in reasons.values() if why}))
    return Ruling(decision, outcome.because, groups, outcome.chosen)


@lru_cache(maxsize=8192)
def blocking_terms(expression: str, use: IntendedUse) -> tuple[Restriction, ...]:
    """The terms of an expression that block a use; empty when some branch is free of them."""
    blocked = blocked_by(use)
    outcome = evaluate_expression(expression, lambda s: not blocked & set(restrictions_of(s)))
    if outcome.truth is not False:
        return ()
    return tuple(sorted({r for s in outcome.because for r in restrictions_of(s)} & blocked))


@lru_cache(maxsize=8192)
def binding_terms(expression: str) -> frozenset[Restriction]:
    """Terms that hold whichever branch is taken: of every ``AND`` side, of all ``OR`` sides."""

    def walk(node: Expression) -> frozenset[Restriction]:
        if isinstance(node, Leaf):
            return frozenset(restrictions_of(node.symbol))
        parts = [walk(part) for part in node.parts]
        if node.operator == "AND":
            return frozenset().union(*parts)
        return frozenset.intersection(*parts)

    parsed = parse_expression(expression)
    return frozenset() if parsed is None else walk(parsed)


def _lists(terms: Terms) -> tuple[tuple[Decision, frozenset[str]], ...]:
    return (
        (Decision.DENY, terms.deny),
        (Decision.REVIEW, terms.review),
        (Decision.ALLOW, terms.allow),
    )
