"""Of several names for one license the most exact."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.licensing.saying import agrees
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, is_family, version_of


def sharpened(expression: str, others: Sequence[str]) -> str:
    """``expression`` or, where it is one family or GNU "only", the more exact symbol for it."""
    symbols = symbols_in(expression)
    if len(symbols) != 1:
        return expression
    symbol = symbols[0]
    better = [x for x in others if x != symbol and not is_family(x) and agrees(symbol, x)]
    if is_family(symbol) and len(set(better)) == 1 and PUBLIC_DOMAIN not in better:
        return better[0]
    later = symbol.removesuffix("-only") + "-or-later"
    return later if symbol.endswith("-only") and later in better else expression


def least(expressions: Sequence[str]) -> list[str]:
    """Without a family whose exact version is there too: CC-BY-SA beside CC-BY-SA-4.0."""
    unique = list(dict.fromkeys(expressions))
    return [
        e
        for e in unique
        if not (
            is_family(e)
            and any(o != e and version_of(o) is not None and agrees(e, o) for o in unique)
        )
    ]
