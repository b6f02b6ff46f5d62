"""Which terms are stricter: the one order by which statements about a license are compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance.report.license import LicenseStatement, Meaning, Origin
from provenance.vocabulary.expressions import Expression, Leaf, parse_expression
from provenance.vocabulary.identifiers import restrictions_of
from provenance.vocabulary.restrictions import Restriction

CLOSING = (
    Restriction.NON_COMMERCIAL,
    Restriction.RESEARCH_ONLY,
    Restriction.NO_DERIVATIVES,
    Restriction.NO_TRAINING,
    Restriction.MODEL_OUTPUT_TERMS,
    Restriction.SHARE_ALIKE,
)
"""Terms that contradict an open tag when another place says them, strictest kinds first."""
SAID = (*CLOSING, Restriction.USE_RESTRICTIONS)
"""Terms that do so when words say them: a named license of which it is one bound is told apart."""

STATED: dict[Restriction, str] = {
    Restriction.NON_COMMERCIAL: "LicenseRef-stated-non-commercial",
    Restriction.RESEARCH_ONLY: "LicenseRef-stated-research-only",
    Restriction.NO_DERIVATIVES: "LicenseRef-stated-no-derivatives",
    Restriction.NO_TRAINING: "LicenseRef-stated-no-training",
    Restriction.MODEL_OUTPUT_TERMS: "LicenseRef-stated-model-output-terms",
    Restriction.USE_RESTRICTIONS: "LicenseRef-stated-use-restrictions",
}
"""The symbol for a term said in words, for each term that narrows what may be done."""

_COVERS: dict[Restriction, frozenset[Restriction]] = {
    Restriction.NON_COMMERCIAL: frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}),
    Restriction.RESEARCH_ONLY: frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}),
    Restriction.USE_RESTRICTIONS: frozenset(
        {Restriction.USE_RESTRICTIONS, Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}
    ),
}
"""Terms that already say as much: who may use it for research only may not sell it, and a license
against commercial use is as a rule repeated as "for research"."""


def uncovered(terms: Iterable[Restriction], held: Iterable[Restriction]) -> tuple[Restriction, ...]:
    """Those of ``terms`` that ``held`` does not say already, in the order of :data:`STATED`."""
    have = set(held)
    missing = {t for t in terms if not _COVERS.get(t, frozenset({t})) & have}
    return tuple(sorted(missing, key=lambda t: _ORDER.get(t, len(_ORDER))))


_ORDER = {term: at for at, term in enumerate((*STATED, Restriction.SHARE_ALIKE))}


def binding(expression: str) -> frozenset[Restriction]:
    """Terms that hold whichever branch of an ``OR`` is taken."""
    parsed = parse_expression(expression)
    return frozenset() if parsed is None else _binding(parsed)


def _binding(node: Expression) -> frozenset[Restriction]:
    if isinstance(node, Leaf):
        return frozenset(restrictions_of(node.symbol))
    sides = [_binding(part) for part in node.parts]
    if node.operator == "AND":
        return frozenset().union(*sides)
    return frozenset.intersection(*sides)


def held(statements: Iterable[LicenseStatement]) -> frozenset[Restriction]:
    """Terms of statements: those of their licenses that bind, and those said in words."""
    restrictions: set[Restriction] = set()
    for s in statements:
        restrictions |= binding(s.expression) if s.expression and " OR " in s.expression else set()
        restrictions |= set(s.restrictions) if " OR " not in (s.expression or "") else set()
    return frozenset(restrictions)


_NOTICE_LINES = 6
"""Lines of a card within which a copyright notice belongs to the license named there."""


def without_notices(statements: Sequence[LicenseStatement]) -> list[LicenseStatement]:
    """Statements without the "All rights reserved" of the notice that BSD licenses begin with.

    "BSD 2-Clause. Copyright (c) 2010, the zoo. All rights reserved." reserves nothing: the text of
    the license has that line, and grants the rights below it.
    """
    named = [
        s.evidence.line or 0
        for s in statements
        if s.origin is Origin.BODY
        and s.meaning is Meaning.NAMES
        and (s.expression or "").startswith("BSD-")
    ]
    return [
        s
        for s in statements
        if s.meaning is not Meaning.RESERVES
        or s.origin is not Origin.BODY
        or not s.raw.lower().startswith("all rights reserved")
        or not any(abs(line - (s.evidence.line or 0)) <= _NOTICE_LINES for line in named)
    ]
