"""What one license value means: a tag, a name beside it, a table's cell, a record's field.

The one reader for all of them. An expression goes through
:func:`~provenance.vocabulary.expressions.parse_expression`; everything else is read as names joined
by words. A name counts only when nothing is left over beside it: "MIT" is MIT, "modified MIT" is
terms of its own that happen to have MIT in their name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.limits import limits_in
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.meanings import (
    PLACEHOLDER,
    VAGUE,
    ReadValue,
    all_of,
    any_of,
    kind_of,
    named,
    terms,
    union,
)
from provenance.licensing.names import NameMention, may_name, mentions
from provenance.licensing.sieve import Sieve
from provenance.licensing.value_words import (
    AND,
    CODE_MEMBER,
    DATA_MEMBER,
    DENIED,
    EMPTY,
    FILLER,
    LIMIT_WORDS,
    NOTHING,
    OPERATOR,
    OR,
    UNSAID,
    VAGUE_WORDS,
)
from provenance.report.license import Meaning
from provenance.vocabulary.expressions import (
    MAX_NESTING,
    parse_expression,
    render_expression,
    symbols_in,
)
from provenance.vocabulary.identifiers import (
    LICENSE_REF,
    PUBLIC_DOMAIN,
    Kind,
    family_by_name,
    hub_licenses,
    is_family,
    is_specific,
    reference,
    restrictions_of,
    spdx_ids,
)
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.spdx import canonical, folded_name, is_known, is_name_word, spdx_names

MAX_VALUE = 2_000
"""Longest value read, in characters; a longer one names nothing for certain."""


def is_cut(value: str) -> bool:
    """Whether a value is longer, or nested deeper, than what is read: it then means nothing."""
    return len(value) > MAX_VALUE or value.count("(") > MAX_NESTING


@lru_cache(maxsize=4096)
def read_value(value: str) -> ReadValue:
    """What one value means.

    Hub ids come first, then SPDX expressions, then a link, then names as people spell them.
    ``other-<free text>`` is how tags were written before ``license_name``. A value that joins
    names means all of them (AND) or one of them (OR); one member that cannot be read leaves the
    whole undecided.
    """
    if is_cut(value):
        return VAGUE
    text = bare(value)
    slug = _slug(text)
    if says_nothing(text):
        return PLACEHOLDER
    if text.count("(") != text.count(")"):
        return VAGUE
    known = _known(slug) or _full_name(text)
    if known is not None:
        return known
    if _can(text, _UNSAID) and UNSAID.search(text) and not _names(text).mentions:
        return PLACEHOLDER
    if slug.startswith("other-"):
        return read_value(text[len("other-") :])
    if is_vague(text):
        limits = limits_in(text, licensing=True)
        return VAGUE if limits is None else ReadValue(Meaning.RESTRICTS, None, limits.restrictions)
    return _expression(text) or _linked(text) or _joined(text) or _single_value(text)


_UNSAID, _DENIED, _OF_CODE, _OF_DATA, _OPERATING = range(5)
_ASKED = (UNSAID, DENIED, CODE_MEMBER, DATA_MEMBER, OPERATOR)
_SIEVE = Sieve(pattern.pattern for pattern in _ASKED)


def _can(text: str, number: int) -> bool:
    """Whether that pattern of ``_ASKED`` can stand in the text."""
    return number in _SIEVE.may(text)


_LINK = re.compile(r"\[([^\[\]]*)\]\((?:[^()\s]{0,600})\)")
_MARKUP = re.compile(r"<[^<>]{0,300}>|[*`\"“”'’]|(?<!\w)_+|_+(?!\w)")
_MARKED = re.compile(r"[<*`\"“”'’_]|\]\(")
"""What a link or markup cannot be without."""
_EDGES = " \t\n[](){}<>.,;:!-–—|#~"


def bare(value: str) -> str:
    """A value without links' targets, markup and quotation marks, white space folded."""
    if _MARKED.search(value) is None:
        return " ".join(value.split())
    text = _LINK.sub(r"\1", value)
    return " ".join(_MARKUP.sub(" ", text).split()) or " ".join(value.split())


def _slug(text: str) -> str:
    return text.lower().strip(_EDGES).replace(" ", "-").replace("_", "-")


def says_nothing(text: str) -> bool:
    """Whether a value, links and markup aside, is empty or a placeholder."""
    plain = bare(text)
    if not plain[:1].isalnum() and EMPTY.fullmatch(plain):
        return True
    plain = plain.strip(_EDGES)
    return NOTHING.fullmatch(plain.replace("_", "-")) is not None


def is_vague(text: str) -> bool:
    """Whether a value says that there are terms and not which: ``custom``, "see the paper"."""
    vague = [_is_vague_word(word) for word in text.lower().split()]
    return False not in vague and True in vague


@lru_cache(maxsize=4096)
def _is_vague_word(written: str) -> bool | None:
    """Of a lower-case word as it stands between spaces; ``None`` when it has no letters."""
    words = [w for w in re.split(r"[^\w-]+", written.replace("_", " ")) if w.strip("-")]
    pieces = [p for w in words for p in ([w] if w in VAGUE_WORDS else w.split("-")) if p]
    return all(p in VAGUE_WORDS for p in pieces) if pieces else None


def _known(slug: str) -> ReadValue | None:
    """A Hub id, an SPDX id or a family, written alone."""
    shorter = (slug.removesuffix("-license"), slug.removesuffix("-licence"))
    for key in (slug, *(key for key in shorter if key != slug)):
        hub = hub_licenses().get(key)
        if hub is not None:
            return _hub(hub.kind, hub.symbol)
        spdx = spdx_ids().get(key)
        if spdx is not None:
            return named(canonical(spdx))
        family = family_by_name(key)
        if family is not None:
            return ReadValue(Meaning.FAMILY, family)
    return None


def _full_name(text: str) -> ReadValue | None:
    """A license by the whole of its name on SPDX's list."""
    if not all(is_name_word(word) for word in text.lower().split()):
        return None
    symbol = spdx_names().get(folded_name(text))
    return None if symbol is None else named(canonical(symbol))


def _hub(kind: Kind, symbol: str) -> ReadValue:
    if kind is Kind.FAMILY:
        return ReadValue(Meaning.FAMILY, symbol)
    if kind is Kind.PLACEHOLDER:
        return PLACEHOLDER
    return VAGUE if kind is Kind.OTHER else ReadValue(Meaning.NAMES, symbol)


_SHAPE = re.compile(r"[A-Za-z0-9.+()\s:-]+")
_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")


def _expression(text: str) -> ReadValue | None:
    """An SPDX expression; ``None`` when the value is not meant as one.

    Malformed ones ("MIT OR", "(MIT") and unknown exceptions are undecided, never their first part.
    """
    bracketed = text.startswith("(") or text.endswith(")")
    if LICENSE_REF not in text and not bracketed and not _can(text, _OPERATING):
        return None
    if _REFERENCE.fullmatch(text):
        name = text.removeprefix(LICENSE_REF)
        return named(name) if is_family(name) else _reference(text)
    if not _SHAPE.fullmatch(text):
        return None
    operators = OPERATOR.findall(text)
    if not operators and not bracketed:
        return None
    parsed = parse_expression(text)
    if parsed is None:
        broken = re.match(r"\s*\(?\s*(?:and|or|with)\b|.*\b(?:and|or|with)\s*\)?\s*$", text, re.I)
        alone = not operators and text.count("(") != text.count(")")
        return VAGUE if broken or alone else None
    rendered = render_expression(parsed) or text
    symbols = symbols_in(rendered)
    if all(is_known(s) for s in symbols):
        return ReadValue(kind_of(rendered), rendered)
    written = [o for o in operators if o.isupper()]
    return ReadValue(Meaning.VAGUE, None, terms(rendered)) if written else None


def _reference(text: str) -> ReadValue:
    return ReadValue(Meaning.REFERS, text)


def _linked(text: str) -> ReadValue | None:
    """A value with an address: what the address means, or that it leads to terms."""
    addresses = urls(text) if "://" in text or "](" in text else ()
    if not addresses:
        return None
    symbols = list(dict.fromkeys(s for _, url in addresses if (s := read_license_link(url))))
    words = text
    for _, url in addresses:
        words = words.replace(url, " ")
    words = words.strip(_EDGES)
    if len(symbols) == 1 and is_specific(symbols[0]):
        in_text = read_value(words) if words else None
        if in_text is not None and in_text.meaning is Meaning.MODIFIED:
            return in_text
        return named(symbols[0])
    if symbols:
        return all_of([named(s) for s in symbols])
    if words and not is_vague(words):
        return read_value(words)
    return (
        ReadValue(Meaning.REFERS, None)
        if any(_TERMS_LINK.search(u) for _, u in addresses)
        else VAGUE
    )


_TERMS_LINK = re.compile(
    r"licen[sc]|copying|terms|legal|copyright|eula|tos\b|agreement|polic|rights", re.I
)
"""An address that leads to terms, by its words; a paper or a home page does not."""


def _joined(text: str) -> ReadValue | None:
    """Several values in one; ``None`` when the value is one thing."""
    if not (_JOINT.search(text) or not _JOINING.isdisjoint(text.lower().split())) or _whole(text):
        return None
    words = text.lower().replace(",", " ").split()
    branches = [p for p in OR.split(text) if p.strip()] if not _EITHER.isdisjoint(words) else ()
    if len(branches) > 1:
        return any_of([read_value(branch) for branch in branches])
    members = [part for part in AND.split(text) if part and part.strip()]
    if len(members) < 2:
        return None
    if _can(text, _OF_CODE):
        members = [m for m in members if not CODE_MEMBER.search(m)] or members
    return all_of([read_value(member) for member in members])


_JOINT = re.compile(r"[,;|&/+]")
_JOINING = frozenset(
    ["and", "und", "et", "y", "e", "と", "および", "及び", "和", "or", "oder", "ou"]
)
_EITHER = frozenset({"or", "oder", "ou"})
"""One of these, or a word of those, is in every text that :data:`AND` or :data:`OR` splits."""


def _whole(text: str) -> bool:
    """Whether all of the value is one name."""
    names = _names(text)
    return len(names.mentions) == 1 and not names.leftover


@frozen
class _Names:
    mentions: tuple[NameMention, ...]
    leftover: str
    """Words beside the names that change what is named."""


_MIT = re.compile(r"(?<![A-Za-z])MIT(?![A-Za-z])", re.IGNORECASE)
_POINT = re.compile(r"(?<=\d)p(?=\d)")


@lru_cache(maxsize=1024)
def _names(text: str) -> _Names:
    """The licenses a value names, and the words beside them that are no filler."""
    spaced = _POINT.sub(".", text.replace("_", " "))
    every = f"{text} {spaced} {spaced.replace('-', ' ')} data license"
    if not may_name(every) and "mit" not in every.lower():
        return _Names((), "")
    best: _Names | None = None
    for candidate in dict.fromkeys(
        (text, spaced, f"{spaced} license", spaced.replace("-", " "), f"{spaced} data license")
    ):
        mentioned = list(mentions(candidate))
        mentioned += [
            NameMention(mit.start(), mit.end(), "MIT")
            for mit in _MIT.finditer(candidate)
            if not any(m.start <= mit.start() < m.end for m in mentioned)
        ]
        if not mentioned:
            continue
        read = _Names(
            tuple(sorted(mentioned, key=lambda m: m.start)),
            _leftover(_blanked(candidate, mentioned)),
        )
        if not read.leftover:
            return read
        best = best or read
    return best or _Names((), "")


def _blanked(text: str, names: Iterable[NameMention]) -> str:
    for mention in names:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _leftover(text: str) -> str:
    words = re.split(r"[^\w.+!-]+", text)
    kept = [
        w.strip("-.")
        for w in words
        if w.strip("-._") and not all(FILLER.fullmatch(p) for p in w.strip("-._").split("-") if p)
    ]
    return " ".join(w for w in kept if w)


def _single_value(text: str) -> ReadValue:
    """One value that is no id, no expression and no link."""
    names = _names(DATA_MEMBER.sub("", text) if _can(text, _OF_DATA) else text)
    symbols = list(dict.fromkeys(m.symbol for m in names.mentions))
    stated = limits_in(text, licensing=True)
    limits = stated.restrictions if stated is not None else ()
    if not symbols:
        return _unnamed(text, limits)
    denied = _can(text, _DENIED) and DENIED.search(text)
    if denied and (not limits or names.leftover):
        return ReadValue(Meaning.VAGUE, None, union([limits]))
    if not names.leftover:
        return all_of([named(s) for s in symbols])
    if len(symbols) > 1 and PUBLIC_DOMAIN not in symbols:
        return ReadValue(
            Meaning.VAGUE, None, union([limits, *(restrictions_of(s) for s in symbols)])
        )
    restrictions = union([limits, restrictions_of(symbols[0])])
    return ReadValue(Meaning.MODIFIED, reference(text), restrictions)


_WORDS = re.compile(r"[\W_]+")


def _unnamed(text: str, limits: tuple[Restriction, ...]) -> ReadValue:
    """A value that names no license known here: terms in words, or a name of its own."""
    words = [w for w in _WORDS.split(text) if w] if limits or "nc" in text.lower() else []
    if (limits or {"noncommercial", "nc"} & {w.lower() for w in words}) and all(
        LIMIT_WORDS.fullmatch(w) for w in words
    ):
        limits = limits or (Restriction.NON_COMMERCIAL,)
        return ReadValue(Meaning.RESTRICTS, None, limits)
    if not limits and _can(text, _DENIED) and DENIED.search(text):
        return VAGUE
    return ReadValue(Meaning.REFERS, reference(text), limits)
