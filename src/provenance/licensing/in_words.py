"""What a sentence of a card says of its license without naming one: terms, rights, references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.alone import alone
from provenance.licensing.custom import TERMS, custom_terms, is_proper_name
from provenance.licensing.leaving_out import left_out
from provenance.licensing.limits import Limits, limits_in
from provenance.licensing.links import urls
from provenance.licensing.narrowing import USE_HEADING, narrows_this
from provenance.licensing.outright import outright_in
from provenance.licensing.passages import TermsPassage
from provenance.licensing.sentence import names_in, without_names
from provenance.licensing.unread import (
    Surroundings,
    condition_in,
    gives_terms,
    is_for_makers,
    of_code,
    place_of,
    unknown_in,
)
from provenance.licensing.wording import (
    GRANTED_ON_TERMS,
    OF_EACH_OWNER,
    UNSAID,
    reservation_in,
    speaks_of_code,
)
from provenance.report.license import Meaning, Scope
from provenance.vocabulary.identifiers import reference
from provenance.vocabulary.restrictions import Restriction

QUOTED = 170
"""Longest run of words, in characters, that an excerpt is made to hold."""


@frozen
class Sentence:
    """One sentence of a passage and what is known of it."""

    passage: TermsPassage
    at: int
    """Its offset in the passage."""
    text: str
    scope: Scope
    part: str | None
    symbols: tuple[str, ...]
    """Licenses that it names."""
    model: bool
    """Whether it stands on a model's card."""
    row: bool = False
    """Whether it is a table's row, of which only the terms in words are asked for."""


@frozen
class ToldTerms:
    """One thing that a sentence says."""

    at: int
    """Offset in the passage."""
    raw: str
    meaning: Meaning
    expression: str | None
    restrictions: tuple[Restriction, ...]
    scope: Scope
    part: str | None
    long: int | None = None
    """How many characters of ``raw`` decide, where more than its first words do."""


def said_in_words(s: Sentence) -> Iterator[ToldTerms]:
    """Everything that a sentence says besides the names in it, in order."""
    limits = _limits(s)
    restricted = tuple(_restricted(s, limits))
    yield from restricted
    parts = tuple(_left_out(s))
    yield from parts
    reserved = reservation_in(s.text)
    told = reserved is not None and (s.passage.licensing or reserved.everything)
    if all(set(term.restrictions) == {Restriction.REGISTRATION} for term in restricted) and not (
        parts or (reserved is not None and told and reserved.everything)
    ):
        yield from _unread(_without(s, restricted), limits is not None, told)
    if reserved is not None and told:
        whole = (Restriction.ALL_RIGHTS_RESERVED,) if reserved.everything else ()
        said_of_use = reserved.everything and USE_HEADING.search(s.passage.heading) is not None
        whose = Scope.DATA if said_of_use and s.scope is Scope.UPSTREAM else s.scope
        clause = _CLAUSES.split(s.text[: reserved.at])[-1]
        if whose is Scope.CODE and not speaks_of_code(clause, s.model):
            whose = Scope.DATA
        words = s.text[reserved.at :]
        yield ToldTerms(s.at + reserved.at, words, Meaning.RESERVES, None, whole, whose, s.part)
    if s.symbols or s.row or not s.passage.licensing or s.scope is Scope.CODE:
        return
    if UNSAID.search(s.text):
        yield ToldTerms(s.at, s.text, Meaning.PLACEHOLDER, None, (), Scope.DATA, None)
        return
    if limits is None and GRANTED_ON_TERMS.search(s.text):
        elsewhere = OF_EACH_OWNER.search(s.text) is not None
        meaning = Meaning.REFERS if elsewhere else Meaning.RESTRICTS
        yield ToldTerms(s.at, s.text, meaning, None, (), s.scope, s.part)
    yield from _reference(s)


def _without(s: Sentence, terms: tuple[ToldTerms, ...]) -> Sentence:
    """``s`` with what ``terms`` quote blanked: a form to fill in closes nothing by itself."""
    text = s.text
    for term in terms:
        start = term.at - s.at
        end = start + (term.long or 0)
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return replace(s, text=text) if terms else s


def _limits(s: Sentence) -> Limits | None:
    """Terms of the sentence, or of an item with the words over its list: "You may not: sell it"."""
    passage, text = s.passage, s.text
    limits = limits_in(without_names(text), passage.licensing, bool(s.symbols) or s.row)
    if limits is not None or not passage.head:
        return limits if limits is not None else _alone(s)
    mark = _BULLET.match(text)
    start = mark.end() if mark is not None else 0
    lead = len(passage.head) + 1
    both = limits_in(f"{passage.head} {without_names(text[start:])}", passage.licensing)
    spans = () if both is None else tuple(
        (max(at - lead, 0) + start, end - lead + start, term)
        for at, end, term in both.spans
        if end > lead
    )  # fmt: skip
    if not spans and _PERMITS.search(passage.head) and not _WIDER.search(passage.siblings):
        research = _RESEARCH.search(text)
        spans = () if research is None else ((*research.span(), Restriction.RESEARCH_ONLY),)
    if not spans:
        return None
    terms = tuple(sorted({term for *_, term in spans}, key=lambda r: r.value))
    return Limits(terms, spans[0][0], max(end for _, end, _ in spans), spans)


def _alone(s: Sentence) -> Limits | None:
    """Terms of a sentence that is nothing but "Academic use." or "Restricted"."""
    item = _BULLET.match(s.text) is not None
    told = s.passage.licensing or (not item and USE_HEADING.search(s.passage.heading) is not None)
    terms = alone(s.text) if told or "only" in s.text.lower() else ()
    if not terms:
        return None
    return Limits(terms, 0, len(s.text), tuple((0, len(s.text), term) for term in terms))


_CLAUSES = re.compile(r"[;,]\s|\b(?:but|while|whereas)\b")
_BULLET = re.compile(r"[\s>]*(?:[-*+•]|\d{1,2}[.)]|\(?[a-z\d]\))\s+(?:[*_]{1,2})?")
_PERMITS = re.compile(
    r"(?<!not\s)\b(?:permitted|allowed|authori[sz]ed)\s(?:uses?|purposes?|for)\W*$"
    r"|^\W*(?:permitted|allowed|authori[sz]ed)\W*$|\bonly\s(?:\w+\s){0,6}for\W*$",
    re.IGNORECASE,
)
"""Words over a list of everything that is allowed."""
_WIDER = re.compile(
    r"\bcommercial|\bany\s(?:use|purpose)|\bproducts?\b|\bindustr|\bbusiness|\beverything", re.I
)
_RESEARCH = re.compile(
    r"\b(?:academic|research|educational?|scientific|scholarly|teaching|non-?profit)\b", re.I
)


def _restricted(s: Sentence, limits: Limits | None) -> Iterator[ToldTerms]:
    if limits is None:
        return
    passage = s.passage
    text = s.text if not passage.head else f"{passage.head} {s.text}"
    narrow = passage.licensing or narrows_this(passage, text, limits, s.model) or alone(s.text)
    if not narrow:
        return
    scope = s.scope
    upstream = not passage.licensing and scope is Scope.UPSTREAM
    after = scope is Scope.CODE and not s.symbols  # "not for commercial software" is of no code
    if upstream or (after and not speaks_of_code(s.text[: limits.at], s.model)):
        scope = Scope.DATA
    for start, end, terms in limits.pieces(QUOTED):
        words = s.text[start:]
        yield ToldTerms(
            s.at + start, words, Meaning.RESTRICTS, None, terms, scope, s.part, end - start
        )  # fmt: skip


def _left_out(s: Sentence) -> Iterator[ToldTerms]:
    """A part of a set that its license is said not to cover."""
    if s.model or s.row or len(set(s.symbols)) > 1 or s.scope is Scope.CODE:
        return
    if not s.passage.licensing and "licen" not in s.text.lower():
        return
    reserved = left_out(without_names(s.text), bool(s.symbols))
    if reserved is not None:
        yield ToldTerms(
            s.at + reserved.at, s.text[reserved.at :], Meaning.RESERVES, None, (), Scope.PART,
            reserved.part, reserved.end - reserved.at,
        )  # fmt: skip


def _unread(s: Sentence, of_others: bool, reserved: bool) -> Iterator[ToldTerms]:
    """A condition that no rule understands, or (``of_others``) one that is not said of the set.

    Below a heading of terms such a one is the set's. Of a sentence that tells whose the rights are
    (``reserved``) only what it sets outright is one.
    """
    place = place_of(s.passage, s.text, s.model)
    code = s.scope is Scope.CODE and (s.symbols or of_code(s.text))
    aside = of_others and place is not Surroundings.TERMS
    lead = f"{s.passage.head} " if s.passage.head else ""
    if s.row or s.model or code or s.passage.aside:
        return
    condition = None
    if place is not None and not (aside or reserved):
        condition = condition_in(lead + without_names(s.text), place)
        expected = s.passage.licensing and s.scope is not Scope.UPSTREAM
        if condition is None and (expected or gives_terms(s.passage.heading)) and not lead:
            condition = unknown_in(s.text, [name.at for name in names_in(s.text, licensing=True)])
    if condition is None:
        condition = outright_in(lead + without_names(s.text), is_for_makers(s.passage.heading))
    if condition is None or condition[1] <= len(lead):
        return
    start, end = max(condition[0] - len(lead), 0), condition[1] - len(lead)
    outside = not s.passage.licensing and s.scope is Scope.UPSTREAM
    scope = Scope.DATA if outside or s.scope is Scope.CODE else s.scope
    words = s.text[start:]
    yield ToldTerms(s.at + start, words, Meaning.UNREAD, None, (), scope, s.part, end - start)


def _reference(s: Sentence) -> Iterator[ToldTerms]:
    """Terms that have a proper name, or that only a link leads to."""
    text = s.text
    named = list(TERMS.finditer(text))
    term = next((m for m in named if is_proper_name(m[1])), named[0] if named else None)
    linked = urls(text)
    pointer = term is not None and _SEE.match(term[1]) is not None
    if pointer and not linked:
        yield ToldTerms(s.at, text, Meaning.REFERS, None, (), s.scope, s.part)
    elif term is not None and is_proper_name(term[1]) and (linked or " " in term[1].strip()):
        lead = _VERB.match(term[1])
        start = lead.end() if lead is not None else 0
        symbol, limits = custom_terms(" ".join(term[1][start:].split()))
        where = s.at + term.start(1) + start
        yield ToldTerms(where, term[1][start:], Meaning.REFERS, symbol, limits, s.scope, s.part)
    elif linked and (custom := _CUSTOM.search(text)) is not None:
        yield ToldTerms(s.at, text, Meaning.REFERS, reference(custom[1]), (), s.scope, s.part)
    elif (_POINTS.search(text) and (s.part is not None or _ABOUT_TERMS.search(text))) or (
        linked and _ABOUT_TERMS.search(text)
    ):
        yield ToldTerms(s.at, text, Meaning.REFERS, None, (), s.scope, s.part)


_VERB = re.compile(
    r"(?:(?:Requires?|Needs?|Accept(?:s|ed|ing)?|Sign(?:s|ed|ing)?|Agree\sto|Under|Follows?|Has|Subject\sto)\s)+"
)
"""What stands before the name of terms: "Requires Acme Data Agreement"."""
_SEE = re.compile(r"(?:please\s)?(?:see|refer|check|consult|follow)\b", re.IGNORECASE)
_ABOUT_TERMS = re.compile(
    r"licen[sc]|terms|agreement|copyright|conditions|policy|rights|legal", re.IGNORECASE
)
_CUSTOM = re.compile(
    r"\b((?:custom|bespoke|proprietary|own|special)\s(?:\w+\s){0,2}licen[sc]e)", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(?:see|refer|check|consult|read|visit|find|inherit(?:s|ed)?)\b"
    r"|^(?!.{0,400}\byou\b).{0,400}\bsame\s(?:licen[sc]\w{0,4}|terms|conditions)\b.{0,40}\bas\b",
    re.IGNORECASE,
)
