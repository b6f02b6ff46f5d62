"""From statements to a conclusion: every rule a reader would apply, one small function each.

Terms are those of ``docs/reading-licenses.md``. Which statements count, what they disagree on and
what they support together are decided here and nowhere else; reading them is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from provenance.licensing.disagreement import Concluded, disagreement, unread_beside
from provenance.licensing.exactness import least, sharpened
from provenance.licensing.list_of_parts import open_part, parts_beside, sums_up
from provenance.licensing.saying import (
    NAMING,
    agrees,
    is_detail,
    is_of_records,
    listed,
    place,
    symbols_of,
)
from provenance.licensing.strictness import (
    STATED,
    binding,
    held,
    uncovered,
    without_notices,
)
from provenance.report.license import (
    NOASSERTION,
    NONE,
    Cause,
    LicenseConclusion,
    LicensePart,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.expressions import parse_expression, symbols_in
from provenance.vocabulary.identifiers import LICENSE_REF, STATED_TERMS, is_family, is_specific
from provenance.vocabulary.restrictions import Restriction

_DECLARING = NAMING | {Meaning.VAGUE, Meaning.REFERS, Meaning.MODIFIED}
_WITH_NAME = frozenset({Meaning.REFERS, Meaning.MODIFIED})
_SAYING_NOTHING = frozenset({Meaning.PLACEHOLDER})
_LISTED = frozenset({Origin.TAG, Origin.RECORD})
"""Places whose several values are one list."""
_ORDER = (
    Origin.CLARIFICATION,
    Origin.RECORD,
    Origin.TAG,
    Origin.BODY,
    Origin.LICENSE_FILE,
    Origin.CROISSANT,
    Origin.GATE,
    Origin.CATALOG,
)
"""Whose name decides, first to last."""
LINKED_TERMS = "LicenseRef-linked-terms"
"""Terms that a card links to and does not name."""


def conclude(statements: Sequence[LicenseStatement]) -> LicenseConclusion:
    """What the statements about one thing support together.

    The rules are tried in the order of this function; the first that applies decides.
    """
    unread = [s for s in statements if s.meaning is Meaning.UNREAD]
    understood = [s for s in statements if s.meaning is not Meaning.UNREAD]
    summed_up = sums_up(understood)
    understood = [s for s in understood if s not in summed_up]
    considered = bearing(understood)
    verdict = (
        disagreement(considered, understood)
        or _undecided(understood)
        or (open_part(considered) if summed_up else None)
        or unread_beside(bearing(unread), considered)
        or _named(considered)
        or _referred(considered)
        or _restricted(considered)
        or _vague(considered, understood)
        or _silent(understood)
    )
    state, concluded, reason = verdict
    return LicenseConclusion(
        state=state,
        declared=declared(statements),
        concluded=concluded,
        reason=reason,
        restrictions=tuple(sorted(held(without_notices(considered)), key=lambda r: r.value)),
        statements=tuple(statements),
        parts=parts_of(considered),
    )


def unresolved(reason: str, cause: Cause) -> LicenseConclusion:
    """The conclusion where nothing could be examined; ``reason`` says why, in one sentence."""
    return LicenseConclusion(LicenseState.UNRESOLVED, (), NOASSERTION, reason, (), (), cause=cause)


def declared(statements: Iterable[LicenseStatement]) -> tuple[str, ...]:
    """What the tag means, in its own order.

    ``license: [mit, other]`` declares ``MIT`` and ``other``; ``unknown`` declares nothing.
    """
    named: dict[str, None] = {}
    for s in statements:
        if s.origin in _LISTED and s.meaning in _DECLARING:
            named.setdefault(s.expression or "other")
    return tuple(named)


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


def _undecided(statements: Sequence[LicenseStatement]) -> Concluded | None:
    """A list of tags, or of records, one member of which names no terms.

    - A list is AND: ``[mit, other]``, ``[mit, unknown]`` and ``{train: mit, test: other}`` are
      undecided, whatever their other members say. What ``other`` is may stand beside it
      (``license_name``), or in a body that names a license besides the declared ones, or that
      gives every license of a list which also holds ``unknown``.
    - ``[mit, gpl]``: undecided, the version is not said.
    """
    tags = [s for s in statements if s.origin in _LISTED and not is_detail(s)]
    if len(tags) < 2 or all(s.meaning in _SAYING_NOTHING for s in tags):
        return None
    open_ends = [s for s in tags if not _decided(s)]
    if not open_ends:
        return None
    symbols = {x for s in tags for x in symbols_of(s)}
    body = {x for s in bearing(statements) if s.origin is Origin.BODY for x in symbols_of(s)}
    if (
        len(symbols) > 1
        and symbols <= body
        and all(s.meaning in _SAYING_NOTHING for s in open_ends)
    ):
        return None
    listed_ones = frozenset(tags)
    beside = [
        s
        for s in bearing(statements)
        if s not in listed_ones
        and (is_detail(s) or s.origin not in _LISTED)
        and (s.meaning is Meaning.REFERS or _decided(s))
        and not any(agrees(x, y) for x in symbols for y in symbols_of(s) if not is_family(x))
    ]
    if len(beside) >= len(open_ends):
        return None
    reason = f"{place(open_ends[0])} holds a member that names no terms ({open_ends[0].raw[:40]})"
    return (LicenseState.AMBIGUOUS, NOASSERTION, reason)


def _decided(s: LicenseStatement) -> bool:
    if s.meaning is Meaning.RESTRICTS:
        return True
    return s.meaning in NAMING and all(is_specific(x) for x in symbols_of(s))


def _named(considered: Sequence[LicenseStatement]) -> Concluded | None:
    """Licenses that are named.

    - A clarification, else the tag, else the body, the license file, the catalogue: the first that
      names a license decides, and the later ones can only make it more exact.
    - Tag ``cc`` with body "CC BY 4.0" is CC-BY-4.0; tag GPL-3.0 with "or later" in the body is
      GPL-3.0-or-later.
    - A list is AND: tag [mit, cc-by-4.0] is ``MIT AND CC-BY-4.0``. Parts are AND as well, wherever
      they are named: tag Apache-2.0 over "proofs: Apache-2.0, prose: CC BY 4.0" is both.
    - A term said in words beside the names is a term of its own: "CC BY 4.0, for research only" is
      ``CC-BY-4.0 AND LicenseRef-stated-research-only``.
    - ``CC BY-NC`` without a version names its terms: ``LicenseRef-CC-BY-NC``. ``GPL`` or ``cc``
      alone does not: ambiguous.
    """
    for origin in _ORDER:
        named = [s for s in considered if s.origin is origin and s.meaning in NAMING]
        if not named:
            continue
        better = list(
            dict.fromkeys(x for s in considered if s.meaning in NAMING for x in symbols_of(s))
        )
        parts = [s for s in considered if s.scope is Scope.PART and s.meaning in _WITH_NAME]
        referred = [s for s in considered if s.origin is origin and s.meaning is Meaning.REFERS]
        listed_parts = parts_beside(named, considered)
        parts += listed_parts
        every = dict.fromkeys(s.expression for s in (*named, *referred, *parts) if s.expression)
        expressions = least([sharpened(expression, better) for expression in every])
        symbols = [x for e in expressions for x in symbols_in(e)]
        if not all(is_specific(x) for x in symbols):
            families = listed(symbols)
            if not any(map(is_specific, symbols)) and _names_later(considered, origin):
                continue
            return (LicenseState.AMBIGUOUS, NOASSERTION, f"{place(named[0])} says only {families}")
        concluded = joined([*expressions, *_stated_beside(considered, expressions)])
        reason = f"{place(named[0])} says {listed(symbols)}"
        if listed_parts:
            reason = f"{place(named[0])} says {listed(symbols_of(named[0]))}"
            reason += f", and {place(listed_parts[0])} gives parts {listed(symbols)}"
        return (LicenseState.EXPLICIT, concluded, reason)
    return None


def _stated_beside(considered: Sequence[LicenseStatement], expressions: Sequence[str]) -> list[str]:
    """Symbols of terms that words add to the named licenses.

    Beside a license that is closed already (non-commercial) further terms are no less binding,
    but make it no less open: they stay among the restrictions.
    """
    stated = {t for s in considered if s.meaning not in NAMING for t in s.restrictions}
    have = {t for e in expressions for t in binding(spdx(e))}
    if have & {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}:
        return []
    stated &= STATED.keys() - {Restriction.USE_RESTRICTIONS}
    stated |= {t for s in considered if s.meaning is Meaning.RESTRICTS for t in s.restrictions}
    stated &= STATED.keys()
    if stated & {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}:
        stated.discard(Restriction.USE_RESTRICTIONS)
    return [STATED[t] for t in uncovered(stated, have)]


def _names_later(considered: Sequence[LicenseStatement], origin: Origin) -> bool:
    """Whether a place other than ``origin`` names specific terms."""
    return any(
        s.origin is not origin and s.meaning in NAMING and any(map(is_specific, symbols_of(s)))
        for s in considered
    )


def _referred(considered: Sequence[LicenseStatement]) -> Concluded | None:
    """Terms with a name of their own, or a link to them.

    - ``license: other`` with ``license_name: Foo Data License`` is ``LicenseRef-Foo-Data-License``.
    - ``other`` with only ``license_link`` is ``LicenseRef-linked-terms``: someone can read them.
    - ``license: modified MIT`` is explicit only with a link or a text: nobody knows what was
      modified. So is a name that nothing is known about (``license: foo``), unless it is
      written as a reference (``LicenseRef-foo``).
    - "See the LICENSE file" in the body names nothing that was read: not explicit by itself.
    """
    names = [s for s in considered if s.meaning in _WITH_NAME and s.expression is not None]
    links = [s for s in considered if s.meaning is Meaning.REFERS and s.origin in _LISTED]
    texts = [s for s in considered if s.origin is Origin.LICENSE_FILE]
    unlinked = [s for s in links if s.expression is None]
    backed = [s for s in names if unlinked or texts or _stands_alone(s)]
    if names and not backed:
        return (LicenseState.AMBIGUOUS, NOASSERTION, f"{place(names[0])} says only {names[0].raw}")
    if names:
        symbols = [s.expression or "" for s in names]
        concluded = joined([*symbols, *_stated_beside(considered, symbols)])
        return (LicenseState.EXPLICIT, concluded, f"{place(names[0])} refers to {listed(symbols)}")
    if unlinked:
        reason = f"{place(unlinked[0])} links to terms that were not read"
        concluded = joined([LINKED_TERMS, *_stated_beside(considered, [LINKED_TERMS])])
        return (LicenseState.EXPLICIT, concluded, reason)
    return None


def _stands_alone(s: LicenseStatement) -> bool:
    """Whether a name needs no link or text beside it to be terms of its own."""
    if s.meaning is Meaning.MODIFIED:
        return s.origin in {Origin.LICENSE_FILE, Origin.CATALOG, Origin.CLARIFICATION}
    if s.origin in {Origin.TAG, Origin.RECORD} and not is_detail(s):
        return s.raw.strip().startswith(LICENSE_REF)
    return True


def _restricted(considered: Sequence[LicenseStatement]) -> Concluded | None:
    """Terms said in words, without a license's name.

    - "For non-commercial use only" is explicit: ``LicenseRef-stated-non-commercial``.
    - "Please do not train on it" alone is ambiguous: it forbids one use, and grants none.
    """
    limits = [s for s in considered if s.meaning is Meaning.RESTRICTS]
    if not limits:
        return None
    terms = {r for s in considered for r in s.restrictions}
    if terms and terms <= _FORBIDDING:
        words = ", ".join(sorted(r.value for r in terms))
        reason = f"{place(limits[0])} says {words}, and nothing grants a use"
        return (LicenseState.AMBIGUOUS, NOASSERTION, reason)
    symbols = [symbol for restriction, symbol in STATED.items() if restriction in terms]
    concluded = joined(symbols or [STATED_TERMS])
    words = ", ".join(sorted(r.value for r in terms)) or "terms of its own"
    return (LicenseState.EXPLICIT, concluded, f"{place(limits[0])} says {words}")


_FORBIDDING = frozenset({Restriction.NO_TRAINING, Restriction.MODEL_OUTPUT_TERMS})
"""Terms of which each only takes something away: a set is given to nobody by them."""


def _vague(
    considered: Sequence[LicenseStatement], statements: Sequence[LicenseStatement]
) -> Concluded | None:
    """Something is said that names no terms.

    - ``license: other`` alone, "see the LICENSE file": ambiguous.
    - "Each image has its own license, see the column `license`": ambiguous, the records say it.
    - "We do not own the copyright": none, it speaks of rights and grants none.
    - Tag ``unknown``, body "the status depends on the source": none, the publisher says so.
    """
    if not considered:
        return None
    first = next((s for s in considered if is_of_records(s)), considered[0])
    unknown = any(
        s.origin is Origin.TAG and s.meaning is Meaning.PLACEHOLDER and s.raw for s in statements
    )
    if all(s.meaning is Meaning.RESERVES for s in considered):
        return (LicenseState.NONE, NONE, f"{place(first)} speaks of rights and grants none")
    what = {
        Meaning.RESERVES: "speaks of rights and grants none",
        Meaning.REFERS: "points elsewhere for the terms",
    }.get(first.meaning, "says that there are terms and not which")
    if is_of_records(first):
        what = f"says that {first.part} has a license of its own"
    if unknown and not any(s.origin is Origin.TAG for s in considered):
        return (LicenseState.NONE, NONE, f"the tag says unknown, and {place(first)} {what}")
    return (LicenseState.AMBIGUOUS, NOASSERTION, f"{place(first)} {what}")


def _silent(statements: Sequence[LicenseStatement]) -> Concluded:
    """Nothing that bears on the data.

    No key, ``unknown``, an empty list, "[More Information Needed]", or only a code license.
    """
    if not statements:
        return (LicenseState.NONE, NONE, "nothing says anything about a license")
    if any(s.meaning is not Meaning.PLACEHOLDER for s in statements):
        return (LicenseState.NONE, NONE, "only code or upstream licenses are named")
    first = statements[0]
    if first.origin is Origin.CATALOG:
        return (LicenseState.NONE, NONE, f"the catalogue records {first.raw!r}")
    if first.evidence.source is not None and not first.raw:
        return (LicenseState.NONE, NONE, f"{first.evidence.source.title} gives no license")
    return (LicenseState.NONE, NONE, f"{place(first)} is a placeholder")


def parts_of(considered: Sequence[LicenseStatement]) -> tuple[LicensePart, ...]:
    """Parts that have statements of their own, each with what those support."""
    groups: dict[str, list[LicenseStatement]] = {}
    for s in considered:
        if s.scope is Scope.PART and s.part:
            groups.setdefault(s.part.casefold(), []).append(s)
    parts = []
    for some in groups.values():
        whole = [replace(s, scope=Scope.DATA, part=None) for s in some]
        verdict = _named(whole) or _referred(whole) or _restricted(whole)
        concluded = NOASSERTION if verdict is None else verdict[1]
        parts.append(LicensePart(some[0].part or "", concluded, tuple(some)))
    return tuple(parts)


def joined(expressions: Sequence[str]) -> str:
    """One SPDX expression: AND of all, families written as ``LicenseRef-``."""
    unique = dict.fromkeys(spdx(e) for e in expressions)
    if len(unique) == 1:
        return next(iter(unique))
    return " AND ".join(f"({e})" if " OR " in e else e for e in unique)


def spdx(expression: str) -> str:
    """The expression as SPDX takes it: a family is a ``LicenseRef-``, no expression none."""
    if parse_expression(expression) is None:
        return NOASSERTION
    return LICENSE_REF + expression if is_family(expression) else expression
