"""Three-valued logic against a brute-force evaluator over random expressions."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from provenance.licensing import Compound, Expression, Leaf
from provenance.policy.expression import Outcome, evaluate_expression, render

_SYMBOLS = (
    "MIT",
    "Apache-2.0",
    "CC-BY-NC-4.0",
    "LicenseRef-house",
    "GPL-2.0-only WITH Classpath-exception-2.0",
)
_LEAVES = st.sampled_from(_SYMBOLS).map(Leaf)
_TREES: st.SearchStrategy[Expression] = st.recursive(
    _LEAVES,
    lambda children: st.builds(
        Compound,
        st.sampled_from(("AND", "OR")),
        st.lists(children, min_size=2, max_size=4).map(tuple),
    ),
    max_leaves=9,
)
_TRUTHS = st.fixed_dictionaries(dict.fromkeys(_SYMBOLS, st.sampled_from((True, False, None))))


def _plain(tree: Expression, values: dict[str, bool]) -> bool:
    if isinstance(tree, Leaf):
        return values[tree.symbol]
    parts = [_plain(part, values) for part in tree.parts]
    return all(parts) if tree.operator == "AND" else any(parts)


def _brute(tree: Expression, truths: dict[str, bool | None]) -> bool | None:
    """Try every value of every undecided leaf: without negation this is Kleene's value."""
    open_symbols = [symbol for symbol, truth in truths.items() if truth is None]
    seen = set()
    for guess in itertools.product((True, False), repeat=len(open_symbols)):
        values = {s: bool(t) for s, t in truths.items()} | dict(
            zip(open_symbols, guess, strict=True)
        )
        seen.add(_plain(tree, values))
    return seen.pop() if len(seen) == 1 else None


@given(_TREES, _TRUTHS)
def test_agrees_with_brute_force(tree: Expression, truths: dict[str, bool | None]) -> None:
    outcome = evaluate_expression(render(tree), truths.get)
    assert outcome.truth is _brute(tree, truths)


@given(_TREES, _TRUTHS)
def test_what_decides_has_the_truth_it_decides(
    tree: Expression, truths: dict[str, bool | None]
) -> None:
    outcome = evaluate_expression(render(tree), truths.get)
    assert outcome.because
    assert all(truths[symbol] is outcome.truth for symbol in outcome.because)


@given(_TREES, _TRUTHS)
def test_every_chosen_branch_is_allowed_by_itself(
    tree: Expression, truths: dict[str, bool | None]
) -> None:
    outcome = evaluate_expression(render(tree), truths.get)
    for branch in outcome.chosen:
        assert evaluate_expression(branch, truths.get).truth is True
    assert outcome.truth or not outcome.chosen


def test_takes_the_first_allowed_branch() -> None:
    truths = {"GPL-3.0-only": None, "MIT": True, "Apache-2.0": True}
    outcome = evaluate_expression("GPL-3.0-only OR MIT OR Apache-2.0", truths.get)
    assert outcome == Outcome(True, ("MIT",), ("MIT",))


def test_what_is_no_expression_is_undecided_because_of_itself() -> None:
    assert evaluate_expression("MIT AND (", lambda _: True) == Outcome(None, ("MIT AND (",))
