"""Where statements contradict each other: every rule with its examples, one function each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from provenance.licensing.saying import (
    NAMING,
    agrees,
    is_beside,
    is_detail,
    is_of_records,
    is_software,
    listed,
    place,
    symbols_of,
    tagged,
)
from provenance.licensing.strictness import CLOSING, SAID, held, uncovered
from provenance.report.evidence import FactSource
from provenance.report.license import (
    NOASSERTION,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.identifiers import LICENSE_REF, groups_of
from provenance.vocabulary.restrictions import Restriction

_CLAIMING = NAMING | {Meaning.MODIFIED}
"""Meanings that put a license's name on something."""

Concluded = tuple[LicenseState, str, str]
"""State, concluded expression, and the reason in one sentence."""


def disagreement(
    considered: Sequence[LicenseStatement], statements: Sequence[LicenseStatement]
) -> Concluded | None:
    """Whether what the tag declares, or without one the card names, is contradicted."""
    reason = _keys(considered) or _against(considered, statements) or _sources(considered)
    return None if reason is None else (LicenseState.CONFLICTING, NOASSERTION, reason)


def _sources(considered: Sequence[LicenseStatement]) -> str | None:
    """Two sources of facts that name different licenses; cards and files are no such sources.

    One source saying CC-BY-4.0 and another CC-BY-NC-4.0: conflict, neither goes before the other.
    One saying MIT and CC-BY-4.0, another MIT: none. A part's license is no other's contradiction.
    """
    by_source: dict[FactSource, tuple[LicenseStatement, list[str]]] = {}
    for s in considered:
        source = s.evidence.source
        if source is not None and s.scope is Scope.DATA and s.meaning in NAMING:
            by_source.setdefault(source, (s, []))[1].extend(symbols_of(s))
    for (statement, first), (two, second) in combinations(by_source.values(), 2):
        if not any(agrees(x, y) for x in first for y in second):
            return (
                f"{place(statement)} says {listed(first)}, but {place(two)}, read elsewhere, "
                f"says {listed(second)}"
            )
    return None


def _against(
    considered: Sequence[LicenseStatement], statements: Sequence[LicenseStatement]
) -> str | None:
    tags = [s for s in considered if s.origin is Origin.TAG and s.meaning in NAMING]
    others = [
        s for s in considered if s.origin not in {Origin.TAG, Origin.CLARIFICATION} or is_beside(s)
    ]
    if tags:
        aside = [
            x for s in statements if s.scope in {Scope.CODE, Scope.UPSTREAM} for x in symbols_of(s)
        ]
        return (
            _unconfirmed(tags, others, aside)
            or _narrowed(tags, others)
            or _reserved(tags, others)
            or _left_out(tags, others)
            or _by_record(tags, others)
            or _only_code(tags, others, statements)
        )
    for origin in (Origin.BODY, Origin.LICENSE_FILE):
        named = [s for s in considered if s.origin is origin and s.meaning in NAMING]
        if named:
            earlier = {Origin.BODY, origin, Origin.RECORD}
            later = [s for s in others if s.origin not in earlier]
            return (
                _narrowed(named, later)
                or _reserved(named, later)
                or _left_out(named, [s for s in others if s.scope is Scope.PART])
                or _by_record(named, others)
            )
    return None


def _keys(considered: Sequence[LicenseStatement]) -> str | None:
    """Two keys of the front matter, or one written twice, that name different licenses.

    - ``license: mit`` and ``licenses: cc-by-nc-4.0``: conflict. ``license: mit`` twice: none.
    - ``license: cc-by-4.0`` with ``license_name: owl-license``: conflict, it names another.
    """
    groups: list[list[LicenseStatement]] = []
    seen: set[str] = set()
    last = ""
    for s in considered:
        if s.origin is not Origin.TAG or is_detail(s):
            continue
        pointer = s.evidence.pointer or ""
        root = pointer.strip("/").partition("/")[0]
        if not groups or root != last or (pointer and pointer in seen):
            groups.append([])
            seen.clear()
        last = root
        seen.add(pointer)
        groups[-1].append(s)
    first = groups[0] if groups else []
    details = [s for s in considered if is_detail(s) and s.expression]
    if any(s.meaning in NAMING for s in first) and all(s.meaning in NAMING for s in first):
        groups.extend([s] for s in details)
    for group in groups[1:]:
        mine = {x for s in first for x in symbols_of(s)}
        theirs = [x for s in group for x in symbols_of(s)]
        stray = next((x for x in theirs if not any(agrees(x, y) for y in mine)), None)
        if mine and stray is not None:
            return f"the front matter says {tagged(first)} and {listed([stray])} in another place"
    return None


def _unconfirmed(
    tags: Sequence[LicenseStatement], others: Sequence[LicenseStatement], aside: list[str]
) -> str | None:
    """A tag is contradicted when another kind of place names licenses, and not this one.

    - Tag MIT, body "CC BY-NC 4.0": conflict (family). Tag CC-BY-3.0, body "CC BY 4.0": conflict
      (version). Tag CC-BY-4.0, body "CC BY-SA 4.0": conflict (restriction). Tag MIT, body "a
      modified MIT license": conflict.
    - Tag CC-BY-SA-4.0, body "CC BY-SA": none, the body only leaves the version out.
    - Tag [MIT, CC-BY-4.0], body naming both: none. Tag MIT, body "MIT; the poems are in the
      public domain": none, the tag is confirmed.
    - Tag GPL-3.0, body "GPL 3.0 or later": none, a tag cannot say "or later".
    - Tag [MIT, CC-BY-4.0], body "the code is MIT, the data CC BY 4.0": none; a list may hold the
      code's or the source's license too (``aside``).
    - A body that names a license of one part only is compared like any other.
    """
    for origin in (Origin.BODY, Origin.LICENSE_FILE, Origin.CROISSANT, Origin.CATALOG):
        named = [s for s in others if s.origin is origin and s.meaning in _CLAIMING]
        symbols = [x for s in named for x in symbols_of(s)]
        if not symbols:
            continue
        confirming = symbols + (aside if len(tags) > 1 else [])
        for tag in tags:
            for symbol in symbols_of(tag):
                if not any(agrees(symbol, other) for other in confirming):
                    return f"the tag says {symbol}, but {place(named[0])} says {listed(symbols)}"
    return None


def _narrowed(named: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """What is named is contradicted by stricter terms in another place.

    - Tag MIT, body "for research purposes only", or a gate that asks to agree to that: conflict.
    - Tag MIT, body "MIT; the dictionary is CC BY-NC 4.0": conflict, a part is stricter.
    - Tag CC-BY-NC-4.0, body "research only": none, the tag already forbids commercial use.
    - Tag [CC-BY-4.0, CC-BY-NC-4.0]: none, one of the declared licenses has the term. Tag ``cc``
      with "CC BY-NC" in the body: none, the family covers it.
    - No tag, body "CC BY 4.0", license file CC-BY-NC-4.0: conflict.
    """
    families = [x for s in named for x in symbols_of(s)]
    same = [
        s
        for s in others
        if s.meaning in NAMING and all(_covered(x, families) for x in symbols_of(s))
    ]
    have = held([*named, *same])
    for s in others:
        if s.meaning in {Meaning.RESERVES, Meaning.PLACEHOLDER} or s in same:
            continue
        closing = SAID if s.meaning is Meaning.RESTRICTS else CLOSING
        terms = uncovered({t for t in held([s]) if t in closing}, have)
        if terms:
            return f"{_who(named)} {tagged(named)}, but {place(s)} says {terms[0].value}"
    return None


def _covered(symbol: str, declared: Sequence[str]) -> bool:
    """Whether a license is one of those declared, or of a family declared as a whole."""
    return any(agrees(d, symbol) for d in declared)


def _who(named: Sequence[LicenseStatement]) -> str:
    return "the tag says" if named[0].origin is Origin.TAG else f"{place(named[0])} says"


def _reserved(named: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """An open license is contradicted by words that reserve all rights.

    - Tag Apache-2.0, body "All rights reserved": conflict.
    - Tag CC-BY-4.0, body "© 2020 the authors": none, a license needs a copyright holder.
    - Tag BSD-2-Clause, body "BSD 2-Clause. Copyright X. All rights reserved.": none, the body
      names the license too, and that notice is part of its text.
    """
    if any(s.meaning in NAMING for s in others):
        return None
    for s in others:
        if s.scope is Scope.DATA and Restriction.ALL_RIGHTS_RESERVED in s.restrictions:
            return f"{_who(named)} {tagged(named)}, but {place(s)} reserves all rights"
    return None


def _left_out(named: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """A license given for the whole is said not to cover a part, whose terms nothing tells.

    - Tag CC-BY-4.0, body "The license does not apply to the audio": conflict.
    - Body "CC BY 4.0, with the exception of the maps": conflict.
    - "CC BY 4.0 except for the maps; the maps are CC0": none, the part has a license.
    - Tag CC-BY-NC-4.0 and "does not apply to the audio": none, it is no more open for that.
    """
    if held(named) & {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}:
        return None
    told = {(s.part or "").casefold() for s in others if s.meaning in _TELLING}
    for s in others:
        if s.scope is not Scope.PART or s.meaning is not Meaning.RESERVES:
            continue
        if not any(_same_part(s.part or "", part) for part in told):
            return f"{_who(named)} {tagged(named)}, but {place(s)} leaves out {s.part}"
    return None


def _by_record(named: Sequence[LicenseStatement], others: Sequence[LicenseStatement]) -> str | None:
    """One license for the whole, beside words that each record has its own.

    - Tag CC-BY-4.0, body "Each image has its own license": conflict, the records may be closed.
    - Tag [MIT, Apache-2.0, GPL-3.0] and the same words: none, the list is of what records say.
    - Tag CC-BY-NC-4.0: none, it is no more open for that.
    """
    if len({x for s in named for x in symbols_of(s)}) > 1:
        return None
    if held(named) & {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}:
        return None
    each = next((s for s in others if is_of_records(s)), None)
    if each is None:
        return None
    return f"{_who(named)} {tagged(named)}, but {place(each)} says that {each.part} has its own"


_TELLING = NAMING | {Meaning.RESTRICTS}


def _same_part(part: str, other: str) -> bool:
    mine, theirs = part.casefold().split(), other.casefold().split()
    return bool(mine and theirs) and mine[-1] in theirs


def _only_code(
    tags: Sequence[LicenseStatement],
    others: Sequence[LicenseStatement],
    statements: Sequence[LicenseStatement],
) -> str | None:
    """A tag repeats the license of the code, and the card says that others have rights in the data.

    - Tag MIT, body "Our crawler is MIT. The audio belongs to the broadcasters": conflict.
    - Tag MIT, body "The code is MIT": none, nothing is said of the data.
    """
    declared = {x for s in tags for x in symbols_of(s)}
    code = [s for s in statements if s.scope is Scope.CODE and s.origin is Origin.BODY]
    if not is_software(list(declared)) or any(s.meaning in NAMING for s in others):
        return None
    theirs = next((s for s in others if s.meaning is Meaning.RESERVES), None)
    if theirs is None or not declared <= {x for s in code for x in symbols_of(s)}:
        return None
    return f"{_who(tags)} {tagged(tags)}, which is the code's, but {place(theirs)} speaks of rights"


def unread_beside(
    unread: Sequence[LicenseStatement], considered: Sequence[LicenseStatement]
) -> Concluded | None:
    """A condition that no rule understands beside a license that is open.

    - Tag MIT, body "The ministry may call the songs back": conflict, whatever that narrows.
    - Tag CC-BY-NC-4.0 and the same words: the license stands, it is closed already.
    - Terms of their own with a name (``LicenseRef-``): cards recite them, and the words are theirs.
    - Nothing names a license: the condition decides nothing.
    """
    named = [s for s in considered if s.meaning in NAMING]
    closed = held(considered) & {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}
    if not unread or not named or closed:
        return None
    symbols = [x for s in named for x in symbols_of(s)]
    recited = any(x.startswith(LICENSE_REF) for x in symbols)
    if recited or not all(groups_of(x) & _OPEN for x in symbols):
        return None
    first = unread[0]
    says = f"{place(named[0])} says {listed(symbols_of(named[0]))}, and "
    beside = (
        f"{first.evidence.path} is a file whose text is not read"
        if first.evidence.line is None
        else f"{place(first)} sets a condition that no rule understands"
    )
    return (LicenseState.CONFLICTING, NOASSERTION, says + beside)


_OPEN = frozenset(
    {
        *("permissive", "attribution", "public-domain", "share-alike", "database-only"),
        *("data-copyleft", "weak-copyleft", "strong-copyleft"),
    }
)
"""Groups of licenses that anybody may rely on; others are closed or watched already."""
