"""Three-valued logic over SPDX expressions: undecided stays undecided, nothing is flattened.

Kleene's strong logic: ``AND`` is false when one side is false, ``OR`` true when one side is true;
what is left is undecided. A license with an exception (``WITH``) is one leaf. Expression syntax:
SPDX Specification 2.3, Annex D.
"""

from __future__ import annotations

from collections.abc import Callable

from provenance.frozen import frozen
from provenance.licensing import Compound, Expression, Leaf, parse_expression


@frozen
class Outcome:
    """What an expression comes to, and because of which leaves."""

    truth: bool | None
    because: tuple[str, ...]
    """Leaves that decide it: for true, the leaves of the chosen branches; for false, those denied
    in every branch; for undecided, those undecided. In the order written, each once."""
    chosen: tuple[str, ...] = ()
    """Text of the branch taken at each ``OR``, outermost first; empty unless true."""


def evaluate_expression(text: str, decide: Callable[[str], bool | None]) -> Outcome:
    """Evaluate an expression with ``decide`` as the truth of each leaf.

    What cannot be parsed is undecided, because of itself.
    """
    parsed = parse_expression(text)
    return Outcome(None, (text,)) if parsed is None else _evaluate(parsed, decide)


def render(expression: Expression) -> str:
    """The expression as text, with the parentheses it needs."""
    if isinstance(expression, Leaf):
        return expression.symbol
    texts = (
        f"({render(part)})" if isinstance(part, Compound) else render(part)
        for part in expression.parts
    )
    return f" {expression.operator} ".join(texts)


def _evaluate(expression: Expression, decide: Callable[[str], bool | None]) -> Outcome:
    if isinstance(expression, Leaf):
        return Outcome(decide(expression.symbol), (expression.symbol,))
    outcomes = [_evaluate(part, decide) for part in expression.parts]
    truths = [outcome.truth for outcome in outcomes]
    if expression.operator == "AND":
        truth = False if False in truths else None if None in truths else True
        chosen = tuple(c for o in outcomes for c in o.chosen) if truth else ()
        return Outcome(truth, _because(outcomes, truth), chosen)
    if True in truths:
        first = truths.index(True)
        taken = outcomes[first]
        return Outcome(True, taken.because, (render(expression.parts[first]), *taken.chosen))
    truth = None if None in truths else False
    return Outcome(truth, _because(outcomes, truth))


def _because(outcomes: list[Outcome], truth: bool | None) -> tuple[str, ...]:
    """Leaves of the sides whose truth decided the whole."""
    return tuple(dict.fromkeys(s for o in outcomes if o.truth is truth for s in o.because))
