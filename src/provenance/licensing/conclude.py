"""From statements to a conclusion: every rule a reader would apply, one small function each.

Terms are those of ``docs/reading-licenses.md``. Which statements count, what they disagree on and
what they support together are decided here and nowhere else; reading them is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance.report.license import (
    NOASSERTION,
    NONE,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.identifiers import (
    LICENSE_REF,
    PUBLIC_DOMAIN,
    STATED_TERMS,
    groups_of,
    is_family,
    is_specific,
    name_of,
    parse_expression,
    same_terms,
    symbols_in,
    version_of,
)
from provenance.vocabulary.restrictions import Restriction

_NAMING = frozenset({Meaning.NAMES, Meaning.FAMILY})
_CLOSED = frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY})
_STATED = (
    (Restriction.NON_COMMERCIAL, "LicenseRef-stated-non-commercial"),
    (Restriction.RESEARCH_ONLY, "LicenseRef-stated-research-only"),
    (Restriction.NO_DERIVATIVES, "LicenseRef-stated-no-derivatives"),
)
LINKED_TERMS = "LicenseRef-linked-terms"
"""Terms that a card links to and does not name."""

Verdict = tuple[LicenseState, str, str]
"""State, concluded expression, and the reason in one sentence."""


def conclude(statements: Sequence[LicenseStatement]) -> LicenseConclusion:
    """What the statements about one thing support together.

    The rules are tried in the order of this function; the first that applies decides.
    """
    considered = bearing(statements)
    verdict = (
        _disagreement(considered, statements)
        or _named(considered)
        or _referred(considered)
        or _restricted(considered)
        or _vague(considered, statements)
        or _silent(statements)
    )
    state, concluded, reason = verdict
    return LicenseConclusion(
        state=state,
        declared=declared(statements),
        concluded=concluded,
        reason=reason,
        restrictions=_union(considered),
        statements=tuple(statements),
    )


def unresolved(reason: str) -> LicenseConclusion:
    """The conclusion for a set that cannot be examined; ``reason`` says why, in one sentence."""
    return LicenseConclusion(LicenseState.UNRESOLVED, (), NOASSERTION, reason, (), ())


def declared(statements: Iterable[LicenseStatement]) -> tuple[str, ...]:
    """What the tag means, in its own order.

    ``license: [mit, other]`` declares ``MIT`` and ``other``; ``unknown`` declares nothing.
    """
    found: dict[str, None] = {}
    for s in statements:
        if s.origin is Origin.TAG and s.meaning in _NAMING | {Meaning.VAGUE, Meaning.REFERS}:
            found.setdefault(s.expression or "other")
    return tuple(found)


def bearing(statements: Sequence[LicenseStatement]) -> tuple[LicenseStatement, ...]:
    """Statements that bear on the data.

    - A clarification replaces everything else: it was pinned to the evidence by a person.
    - A license of code or of what the set was made from does not license the set: "The scripts
      are MIT" beside a tag CC-BY-4.0 is no second license.
    - A placeholder says nothing: ``unknown`` beside ``mit`` in a list is MIT.
    """
    clarified = [s for s in statements if s.origin is Origin.CLARIFICATION]
    return tuple(
        s
        for s in clarified or statements
        if s.scope in {Scope.DATA, Scope.PART} and s.meaning is not Meaning.PLACEHOLDER
    )


def _disagreement(
    considered: Sequence[LicenseStatement], statements: Sequence[LicenseStatement]
) -> Verdict | None:
    """Whether what the tag declares is contradicted; see the rules it tries."""
    tags = [s for s in considered if s.origin is Origin.TAG and s.meaning in _NAMING]
    others = [s for s in considered if s.origin not in {Origin.TAG, Origin.CLARIFICATION}]
    if not tags:
        return None
    aside = [x for s in statements if s.scope in {Scope.CODE, Scope.UPSTREAM} for x in _symbols(s)]
    reason = _unconfirmed(tags, others, aside) or _narrowed(tags, others) or _reserved(tags, others)
    return None if reason is None else (LicenseState.CONFLICTING, NOASSERTION, reason)


def _unconfirmed(
    tags: Sequence[LicenseStatement], others: Sequence[LicenseStatement], aside: list[str]
) -> str | None:
    """A tag is contradicted when another kind of place names licenses, and not this one.

    - Tag MIT, body "CC BY-NC 4.0": conflict (family). Tag CC-BY-3.0, body "CC BY 4.0": conflict
      (version). Tag CC-BY-4.0, body "CC BY-SA 4.0": conflict (restriction).
    - Tag CC-BY-SA-4.0, body "CC BY-SA": none, the body only leaves the version out.
    - Tag [MIT, CC-BY-4.0], body naming both: none. Tag MIT, body "MIT; the poems are in the
      public domain": none, the tag is confirmed.
    - Tag GPL-3.0, body "GPL 3.0 or later": none, a tag cannot say "or later".
    - Tag [MIT, CC-BY-4.0], body "the code is MIT, the data CC BY 4.0": none; a list may hold the
      code's or the source's license too (``aside``).
    - A body that names a license of one part only is compared like any other.
    """
    for origin in (Origin.BODY, Origin.LICENSE_FILE, Origin.CATALOG):
        named = [s for s in others if s.origin is origin and s.meaning in _NAMING]
        symbols = [x for s in named for x in _symbols(s)]
        if not symbols:
            continue
        confirming = symbols + (aside if len(tags) > 1 else [])
        for tag in tags:
            for symbol in _symbols(tag):
                if not any(_agrees(symbol, other) for other in confirming):
                    said = _listed(symbols)
                    return f"the tag says {symbol}, but {_place(named[0])} says {said}"
    return None


def _narrowed(tags: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """An open tag is contradicted by words that forbid commercial use or allow research only.

    - Tag MIT, body "for research purposes only": conflict (restriction).
    - Tag CC-BY-NC-4.0, body "research only": none, the tag already forbids commercial use.
    - Tag [CC-BY-4.0, CC-BY-NC-4.0]: none, one of the declared licenses has the term. Tag ``cc``
      with "CC BY-NC" in the body: none, the family covers it.
    """
    named = [s for s in others if s.meaning in _NAMING]
    if any(r in _CLOSED for s in (*tags, *named) for r in s.restrictions):
        return None
    for s in others:
        terms = [r.value for r in s.restrictions if r in _CLOSED]
        if terms and s.meaning is Meaning.RESTRICTS and s.scope is Scope.DATA:
            return f"the tag says {_tagged(tags)}, but {_place(s)} says {terms[0]}"
    return None


def _reserved(tags: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """An open tag is contradicted by a body that reserves all rights.

    - Tag Apache-2.0, body "All rights reserved": conflict.
    - Tag CC-BY-4.0, body "© 2020 the authors": none, a license needs a copyright holder.
    - Tag BSD-2-Clause, body "BSD 2-Clause. Copyright X. All rights reserved.": none, the body
      names the license too, and that notice is part of its text.
    """
    if any(s.meaning in _NAMING for s in others):
        return None
    for s in others:
        if s.scope is Scope.DATA and Restriction.ALL_RIGHTS_RESERVED in s.restrictions:
            return f"the tag says {_tagged(tags)}, but {_place(s)} reserves all rights"
    return None


def _named(considered: Sequence[LicenseStatement]) -> Verdict | None:
    """Licenses that are named.

    - A clarification, else the tag, else the body, the license file, the catalogue: the first that
      names a license decides, and the later ones can only make it more exact.
    - Tag ``cc`` with body "CC BY 4.0" is CC-BY-4.0; tag GPL-3.0 with "or later" in the body is
      GPL-3.0-or-later.
    - A list is AND: tag [mit, cc-by-4.0] is ``MIT AND CC-BY-4.0``. Parts are AND as well.
    - ``CC BY-NC`` without a version names its terms: ``LicenseRef-CC-BY-NC``. ``GPL`` or ``cc``
      alone does not: ambiguous.
    """
    for origin in (
        Origin.CLARIFICATION,
        Origin.TAG,
        Origin.BODY,
        Origin.LICENSE_FILE,
        Origin.CATALOG,
    ):
        named = [s for s in considered if s.origin is origin and s.meaning in _NAMING]
        if not named:
            continue
        named = [s for s in named if s.scope is Scope.DATA and origin is Origin.BODY] or named
        better = [x for s in considered if s.meaning in _NAMING for x in _symbols(s)]
        expressions = _least([_sharpened(s.expression or "", better) for s in named])
        symbols = [x for e in expressions for x in symbols_in(e)]
        if not any(is_specific(x) for x in symbols):
            said = _listed(symbols)
            if _names_later(considered, origin):
                continue
            return (LicenseState.AMBIGUOUS, NOASSERTION, f"{_place(named[0])} says only {said}")
        concluded = _joined(expressions)
        return (LicenseState.EXPLICIT, concluded, f"{_place(named[0])} says {_listed(symbols)}")
    return None


def _names_later(considered: Sequence[LicenseStatement], origin: Origin) -> bool:
    """Whether a place other than ``origin`` names specific terms."""
    return any(
        s.origin is not origin and s.meaning in _NAMING and any(map(is_specific, _symbols(s)))
        for s in considered
    )


def _referred(considered: Sequence[LicenseStatement]) -> Verdict | None:
    """Terms with a name of their own, or a link to them.

    - ``license: other`` with ``license_name: Foo Data License`` is ``LicenseRef-Foo-Data-License``.
    - ``other`` with only ``license_link`` is ``LicenseRef-linked-terms``: someone can read them.
    - "See the LICENSE file" in the body names nothing that was read: not explicit by itself.
    """
    names = [s for s in considered if s.meaning is Meaning.REFERS and s.expression is not None]
    if names:
        concluded = _joined([s.expression or "" for s in names])
        said = _listed([s.expression or "" for s in names])
        return (LicenseState.EXPLICIT, concluded, f"{_place(names[0])} refers to {said}")
    links = [s for s in considered if s.meaning is Meaning.REFERS and s.origin is Origin.TAG]
    if links:
        reason = f"{_place(links[0])} links to terms that were not read"
        return (LicenseState.EXPLICIT, LINKED_TERMS, reason)
    return None


def _restricted(considered: Sequence[LicenseStatement]) -> Verdict | None:
    """Terms said in words, without a license's name.

    "For non-commercial use only" is explicit: ``LicenseRef-stated-non-commercial``.
    """
    said = [s for s in considered if s.meaning is Meaning.RESTRICTS]
    if not said:
        return None
    terms = {r for s in said for r in s.restrictions}
    symbols = [symbol for restriction, symbol in _STATED if restriction in terms]
    concluded = _joined(symbols or [STATED_TERMS])
    words = ", ".join(sorted(r.value for r in terms)) or "terms of its own"
    return (LicenseState.EXPLICIT, concluded, f"{_place(said[0])} says {words}")


def _vague(
    considered: Sequence[LicenseStatement], statements: Sequence[LicenseStatement]
) -> Verdict | None:
    """Something is said that names no terms.

    - ``license: other`` alone, "see the LICENSE file": ambiguous.
    - "We do not own the copyright": none, it speaks of rights and grants none.
    - Tag ``unknown``, body "the status depends on the source": none, the publisher says so.
    """
    if not considered:
        return None
    first = considered[0]
    unknown = any(s.origin is Origin.TAG and s.meaning is Meaning.PLACEHOLDER for s in statements)
    if all(s.meaning is Meaning.RESERVES for s in considered):
        return (LicenseState.NONE, NONE, f"{_place(first)} speaks of rights and grants none")
    what = {
        Meaning.RESERVES: "speaks of rights and grants none",
        Meaning.REFERS: "points elsewhere for the terms",
    }.get(first.meaning, "says that there are terms and not which")
    if unknown and not any(s.origin is Origin.TAG for s in considered):
        return (LicenseState.NONE, NONE, f"the tag says unknown, and {_place(first)} {what}")
    return (LicenseState.AMBIGUOUS, NOASSERTION, f"{_place(first)} {what}")


def _silent(statements: Sequence[LicenseStatement]) -> Verdict:
    """Nothing that bears on the data.

    No key, ``unknown``, an empty list, "[More Information Needed]", or only a code license.
    """
    if not statements:
        return (LicenseState.NONE, NONE, "nothing says anything about a license")
    if any(s.meaning is not Meaning.PLACEHOLDER for s in statements):
        return (LicenseState.NONE, NONE, "only code or upstream licenses are named")
    return (LicenseState.NONE, NONE, f"{_place(statements[0])} is a placeholder")


def _agrees(declared_symbol: str, other: str) -> bool:
    """Whether a license named elsewhere can be the declared one.

    The family Creative Commons ("a Creative Commons license") covers all of its licenses, and a
    public-domain dedication is one whatever instrument makes it.
    """
    if same_terms(declared_symbol, other):
        return True
    for family, member in ((declared_symbol, other), (other, declared_symbol)):
        if family == "CC" and member.startswith("CC"):
            return True
    pair = {declared_symbol, other}
    return PUBLIC_DOMAIN in pair and all("public-domain" in groups_of(x) or x == "CC" for x in pair)


def _sharpened(expression: str, others: Sequence[str]) -> str:
    """``expression`` or, where it is one family or GNU "only", the more exact symbol for it."""
    symbols = symbols_in(expression)
    if len(symbols) != 1:
        return expression
    symbol = symbols[0]
    better = [x for x in others if x != symbol and not is_family(x) and _agrees(symbol, x)]
    if is_family(symbol) and len(set(better)) == 1 and PUBLIC_DOMAIN not in better:
        return better[0]
    later = symbol.removesuffix("-only") + "-or-later"
    return later if symbol.endswith("-only") and later in better else expression


def _least(expressions: Sequence[str]) -> list[str]:
    """Without a family whose exact version is there too: CC-BY-SA beside CC-BY-SA-4.0."""
    unique = list(dict.fromkeys(expressions))
    return [
        e
        for e in unique
        if not (
            is_family(e)
            and any(o != e and version_of(o) is not None and _agrees(e, o) for o in unique)
        )
    ]


def _joined(expressions: Sequence[str]) -> str:
    """One SPDX expression: AND of all, families written as ``LicenseRef-``."""
    unique = dict.fromkeys(_spdx(e) for e in expressions)
    if len(unique) == 1:
        return next(iter(unique))
    return " AND ".join(f"({e})" if " OR " in e else e for e in unique)


def _spdx(expression: str) -> str:
    if parse_expression(expression) is None:
        return NOASSERTION
    return LICENSE_REF + expression if is_family(expression) else expression


def _symbols(statement: LicenseStatement) -> tuple[str, ...]:
    return symbols_in(statement.expression) if statement.expression else ()


def _union(statements: Iterable[LicenseStatement]) -> tuple[Restriction, ...]:
    found = {r for s in statements for r in s.restrictions}
    return tuple(sorted(found, key=lambda r: r.value))


_PLACES = {
    Origin.TAG: "the tag",
    Origin.BODY: "the card",
    Origin.LICENSE_FILE: "the license file",
    Origin.CATALOG: "the catalogue",
    Origin.CLARIFICATION: "the clarification",
}


def _place(statement: LicenseStatement) -> str:
    """Where a statement stands, in words."""
    line = statement.evidence.line
    place = _PLACES[statement.origin]
    return f"{place} (line {line})" if line is not None else place


def _tagged(tags: Sequence[LicenseStatement]) -> str:
    return _listed([x for tag in tags for x in _symbols(tag)])


def _listed(symbols: Sequence[str]) -> str:
    """At most four symbols, in the order found; a reference by its name in words."""
    unique = list(dict.fromkeys(name_of(x) if x.startswith(LICENSE_REF) else x for x in symbols))
    more = f" and {len(unique) - 4} more" if len(unique) > 4 else ""
    return ", ".join(unique[:4]) + more
