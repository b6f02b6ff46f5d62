"""What license values mean, and what several of them mean together."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.frozen import frozen
from provenance.report.license import Meaning
from provenance.vocabulary.expressions import symbols_in
from provenance.vocabulary.identifiers import LICENSE_REF, is_family, is_specific, restrictions_of
from provenance.vocabulary.restrictions import Restriction


@frozen
class ReadValue:
    """What a value stands for."""

    meaning: Meaning
    expression: str | None
    restrictions: tuple[Restriction, ...] = ()
    """Terms that the value's own words add to those of the named licenses, sorted by value."""


PLACEHOLDER = ReadValue(Meaning.PLACEHOLDER, None)
VAGUE = ReadValue(Meaning.VAGUE, None)


def named(symbol: str) -> ReadValue:
    """``NAMES`` or ``FAMILY``, as the symbol is."""
    return ReadValue(Meaning.FAMILY if is_family(symbol) else Meaning.NAMES, symbol)


def terms(expression: str | None) -> tuple[Restriction, ...]:
    """Restrictions of every license in an expression, sorted by value."""
    if expression is None:
        return ()
    if expression.startswith(LICENSE_REF) and " " not in expression:
        return union((restrictions_of(expression),))
    return union(restrictions_of(symbol) for symbol in symbols_in(expression))


def union(many: Iterable[Iterable[Restriction]]) -> tuple[Restriction, ...]:
    """All restrictions, each once, sorted by value."""
    return tuple(sorted({r for some in many for r in some}, key=lambda r: r.value))


_READ = frozenset({Meaning.NAMES, Meaning.FAMILY})


def all_of(members: list[ReadValue]) -> ReadValue:
    """AND: read when every member is."""
    stated = union(m.restrictions for m in members)
    if all(m.meaning in _READ for m in members):
        return _compound(members, "AND", stated)
    if all(m.meaning is Meaning.PLACEHOLDER for m in members):
        return PLACEHOLDER
    return ReadValue(Meaning.VAGUE, None, union([stated, *(terms(m.expression) for m in members)]))


def any_of(members: list[ReadValue]) -> ReadValue:
    """OR: read when every member is; which one holds is the reader's choice."""
    if all(m.meaning in _READ for m in members):
        return _compound(members, "OR", union(m.restrictions for m in members))
    return ReadValue(Meaning.VAGUE, None, union(terms(m.expression) for m in members))


def _compound(
    members: list[ReadValue], operator: str, restrictions: tuple[Restriction, ...]
) -> ReadValue:
    """One expression; a family in it that could be several things leaves it undecided."""
    unique = list(dict.fromkeys(m.expression or "" for m in members))
    if len(unique) == 1:
        only = named(unique[0])
        return ReadValue(only.meaning, only.expression, restrictions)
    written = [LICENSE_REF + s if is_family(s) else s for s in unique]
    other = " OR " if operator == "AND" else " AND "
    joined = f" {operator} ".join(f"({e})" if other in e else e for e in written)
    return ReadValue(kind_of(joined), joined, restrictions)


def kind_of(expression: str) -> Meaning:
    """``NAMES`` when every symbol is a license, ``FAMILY`` when one could be several."""
    decided = all(is_specific(s) for s in symbols_in(expression))
    return Meaning.NAMES if decided else Meaning.FAMILY
