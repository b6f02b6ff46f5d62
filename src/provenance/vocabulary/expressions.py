"""License expressions: parsed, taken apart and written as SPDX does (SPDX 3.0.1, Annex B)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Literal

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.vocabulary.identifiers import known_symbols, spdx_ids
from provenance.vocabulary.spdx import canonical

MAX_EXPRESSION = 2_000
"""Longest license expression parsed, in characters; simplifying is quadratic."""
MAX_NESTING = 32


@frozen
class Leaf:
    """One license of an expression; ``GPL-2.0-only WITH Classpath-exception-2.0`` is one."""

    symbol: str


@frozen
class Compound:
    """Licenses joined by one operator, in the order written."""

    operator: Literal["AND", "OR"]
    parts: tuple[Expression, ...]


Expression = Leaf | Compound


@cache
def _licensing() -> Any:  # license-expression has no types; nothing of it leaves this module
    from license_expression import (
        LicenseSymbol,
        Licensing,
    )

    unique = {key.lower(): key for key in known_symbols()}
    licensing = Licensing([LicenseSymbol(key) for key in unique.values()])
    # it would be made by the first parse, in sight of other threads before it is whole
    licensing.get_advanced_tokenizer()
    return licensing


@lru_cache(maxsize=1024)
def parse_expression(text: str) -> Expression | None:
    """Parse an SPDX license expression; ``None`` when it is none.

    Known ids get the case of the SPDX list and deprecated ones the id that replaced them
    (:func:`canonical`); unknown ids are kept as they are, for what they mean is the caller's
    question. Operators count in either case (SPDX 3.0.1, Annex B). Text longer than
    :data:`MAX_EXPRESSION` or nested deeper than :data:`MAX_NESTING` is not parsed. IndexError
    (``()``) and AssertionError (``(AND 41``) are how license-expression 30.4 fails on some
    malformed text.
    """
    if not text.strip() or len(text) > MAX_EXPRESSION or text.count("(") > MAX_NESTING:
        return None
    if _ONE_ID.fullmatch(text):
        return Leaf(canonical(text))
    plain = _plain(text)
    if plain is not None:
        return plain
    if _UNJOINED.search(text):
        return None
    from license_expression import ExpressionError

    try:
        tree = _tree(_licensing().parse(text))
    except (ExpressionError, IndexError, AssertionError):
        return None
    return tree if all(_LEAF.fullmatch(symbol) for symbol in leaves(tree)) else None


def _plain(text: str) -> Compound | None:
    """Ids of SPDX's list joined by one operator, as the parser reads them without its tables."""
    words = text.split(" ")
    symbols, between = words[::2], {word.upper() for word in words[1::2]}
    if len(words) % 2 == 0 or not all(symbol.lower() in spdx_ids() for symbol in symbols):
        return None
    parts = tuple(Leaf(canonical(symbol)) for symbol in symbols)
    if between == {"AND"}:
        return Compound("AND", parts)
    return Compound("OR", parts) if between == {"OR"} else None


_ID = r"(?!(?:and|or|with)(?![\w.:+-]))[A-Za-z0-9][A-Za-z0-9.:+_-]*"
_ONE_ID = re.compile(_ID, re.IGNORECASE)
_UNJOINED = re.compile(
    r"(?<![^\s(])(?!(?:and|or|with)\s)[a-z0-9.-]+\s+(?!(?:and|or|with)(?![a-z0-9.-]))[a-z0-9]",
    re.IGNORECASE,
)
"""Two words with nothing between them: a sentence, which the parser would take long to refuse."""
_LEAF = re.compile(rf"{_ID}(?: WITH {_ID})?", re.IGNORECASE)


def _tree(node: Any) -> Expression:
    if hasattr(node, "operator"):
        operator: Literal["AND", "OR"] = "AND" if node.operator.strip() == "AND" else "OR"
        return Compound(operator, tuple(_tree(part) for part in node.args))
    return Leaf(canonical(node.render()))


def render_expression(expression: Expression | None) -> str | None:
    """The expression as SPDX text, with the parentheses it needs."""
    if expression is None:
        return None
    if isinstance(expression, Leaf):
        return expression.symbol
    texts = (
        f"({render_expression(part)})" if isinstance(part, Compound) else part.symbol
        for part in expression.parts
    )
    return f" {expression.operator} ".join(texts)


def symbols_in(expression: str) -> tuple[str, ...]:
    """The leaves of an expression in the order written; the text itself when it is no expression.

    ``GPL-2.0-only WITH Classpath-exception-2.0`` is one leaf.
    """
    parsed = parse_expression(expression)
    return (expression,) if parsed is None else tuple(dict.fromkeys(leaves(parsed)))


def leaves(expression: Expression) -> Iterator[str]:
    """The symbols of an expression, in the order written."""
    match expression:
        case Leaf(symbol=symbol):
            yield symbol
        case Compound(parts=parts):
            for part in parts:
                yield from leaves(part)
