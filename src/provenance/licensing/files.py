"""License files: which license a text is, and what it says beyond it."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from pathlib import PurePosixPath

from provenance import lazy_re as re
from provenance.cards.card import read_card
from provenance.frozen import frozen
from provenance.licensing.as_read import as_read
from provenance.licensing.body import read_body
from provenance.licensing.file_terms import FilePlace, limits_at, line_of, stated_limits
from provenance.licensing.limits import limits_in
from provenance.licensing.meanings import ReadValue, named, terms
from provenance.licensing.names import MAX_TEXT, mentions
from provenance.licensing.sentence import names_in, sentences
from provenance.licensing.unread import asks_anything
from provenance.licensing.values import is_vague
from provenance.licensing.wording import (
    GRANTS,
    LEGAL_CODE,
    NO_GRANT,
    PROPOSED,
    is_negated,
    reservation_in,
    speaks_of_code,
)
from provenance.report.evidence import excerpt
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.identifiers import (
    groups_of,
    reference,
    restrictions_of,
    same_terms,
    spdx_ids,
)
from provenance.vocabulary.restrictions import Restriction

MAX_FILE_CHARACTERS = 200_000
"""A license file is read up to here; the longest SPDX text has 60,000."""
MAX_LICENSE_BYTES = MAX_FILE_CHARACTERS
"""A file of more bytes may hold more characters than are read: its conclusion is truncated."""
MIN_COVERAGE = 20.0
"""Least part of the text, in percent, that recognised license text must cover."""
MIN_SCORE = 0.85
"""Least similarity at which the second reader's answer is used."""
MIN_WORDS = 40
"""Fewest words that can be the text of a license; the second reader is slow and not asked."""
MODIFIED_WORDS = 12
"""Most words outside the recognised text that are taken for a title or a notice."""


UNREADABLE = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf"})
"""Endings of files whose text is not read; that there is one is said."""


@frozen
class Span:
    """Recognised license text: characters ``start`` to ``end`` are license ``symbol``."""

    symbol: str
    start: int
    end: int


@frozen
class LicenseFile:
    """What one license file says."""

    statements: tuple[LicenseStatement, ...]
    truncated: bool
    """Whether a bound stopped the reading."""


def read_license_file(data: bytes, repo: str, revision: str | None, path: str) -> LicenseFile:
    """Read a license file: one statement a license, and one for each added restriction.

    A text that holds a known license and further terms is a modified license, not the known one:
    MIT with a non-commercial clause is ``LicenseRef-modified-MIT``. A text that is not recognised
    gives a statement that only refers to it.
    """
    coding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8"
    text = data[: MAX_FILE_CHARACTERS * 4].decode(coding, errors="replace")[:MAX_FILE_CHARACTERS]
    text = as_read(text.replace("\r\n", "\n").replace("\r", "\n"))
    place = FilePlace(repo, revision, path, tuple(text.split("\n")))
    cut = len(data) > MAX_LICENSE_BYTES
    if PurePosixPath(path).suffix.lower() in UNREADABLE:
        return LicenseFile((place.unreadable(),), cut)
    if not text.strip() or "\x00" in text:
        return LicenseFile((place.state(1, Meaning.REFERS, None, ()),), cut)
    name = path.rpartition("/")[2].lower()
    if name.startswith("readme"):
        return _of_readme(place, data, text)
    if name.startswith("notice"):
        return LicenseFile(tuple(stated_limits(place, text, notice=True)), cut)
    spans = _spans(text)
    if not spans:
        return _unrecognised(place, text, cut)
    rest = _remainder(text, spans)
    symbols = tuple(dict.fromkeys(span.symbol for span in spans))
    added = _added(place, rest) if len(rest.split()) > MODIFIED_WORDS else _foreign(place, symbols)
    modified = bool(added) or len(rest.split()) > MODIFIED_WORDS
    statements = []
    for symbol in symbols:
        first = next(span for span in spans if span.symbol == symbol)
        line = _titled(place, symbol, line_of(text, first.start))
        meant = (
            ReadValue(Meaning.NAMES, reference(f"modified-{symbol}")) if modified else named(symbol)
        )
        statements.append(
            place.state(line, meant.meaning, meant.expression, restrictions_of(symbol))
        )
    unread = () if LEGAL_CODE.search(text) or len(text) > LONGEST_NOTICE else _unread(place, text)
    return LicenseFile((*statements, *added, *unread), cut)


def _unread(place: FilePlace, text: str) -> tuple[LicenseStatement, ...]:
    """Conditions that no rule understands, in a file that only names a license."""
    return tuple(s for s in stated_limits(place, text) if s.meaning is Meaning.UNREAD)


_TITLE_LINES = 60
"""How far above a recognised text its title may stand, in lines."""


def _titled(place: FilePlace, symbol: str, line: int) -> int:
    """The line that names the license, where there is one at or above a recognised text."""
    above = range(line, max(line - _TITLE_LINES, 0), -1)
    named_there = [
        n for n in above if any(same_terms(m.symbol, symbol) for m in mentions(place.lines[n - 1]))
    ]
    return named_there[-1] if named_there else line


def _spans(text: str) -> tuple[Span, ...]:
    """Recognised license texts, by the first reader that knows them.

    The readers are the optional extra ``license-text``; without them, or when they know nothing,
    the title decides, and only where the title is all that a person would look at.
    """
    return _by_phrases(text) or _by_similarity(text) or _by_title(text)


def _by_phrases(text: str) -> tuple[Span, ...]:
    try:
        from licenseclassifier import identify_license
    except ImportError:
        return ()
    match = identify_license(text, MIN_COVERAGE)
    return tuple(
        Span(_symbol(hit.id), hit.start, hit.end) for hit in match if not hit.id.endswith("-Header")
    )


def _by_similarity(text: str) -> tuple[Span, ...]:
    try:
        from askalono import identify
    except ImportError:
        return ()
    if len(text.split()) < MIN_WORDS:
        return ()
    guess = identify(text)
    if guess is None or guess.score < MIN_SCORE:
        return ()
    return (Span(_symbol(guess.name), 0, len(text)),)


def _symbol(name: str) -> str:
    known = spdx_ids()
    return known.get(f"{name}-only".lower()) or known.get(name.lower()) or reference(name)


_ANY_AGREEMENT = "LicenseRef-DUA"
"""A kind of text: what a data use agreement says is different in each."""


def _by_title(text: str) -> tuple[Span, ...]:
    """A license by the name in its first words, for a file that is only that or a legal code."""
    start = len(text) - len(text.lstrip())
    head = text[start : start + 200].split("\n\n", maxsplit=1)[0]
    names = mentions(" ".join(head.split()))
    if (
        len(names) != 1
        or names[0].symbol == _ANY_AGREEMENT
        or names[0].start > len("the full text of the ")
    ):
        return ()
    return (Span(names[0].symbol, start, len(text)),)


_NOTICE = re.compile(
    r"^[^\w\n]*(?:copyright|\(c\)|©|all rights reserved|licen[sc]e\b|the .{0,40}licen[sc]e"
    r"|version \d|https?://|spdx-license-identifier).{0,300}$",
    re.IGNORECASE | re.MULTILINE,
)


def _remainder(text: str, spans: tuple[Span, ...]) -> str:
    """What stands outside the recognised text, without titles, notices, authors and rules.

    Creative Commons' own words before and after its legal codes change no license.
    """
    pieces, at = [], 0
    for span in sorted(spans, key=lambda s: s.start):
        pieces.append(_PREAMBLE.sub("", text[at : max(span.start, at)]))
        at = max(at, span.end)
    pieces.append(_POSTAMBLE.sub("", text[at:]))
    rest = _NOTICE.sub("", "\n".join(pieces))
    kept = [line for line in rest.split("\n") if not _is_names(line)]
    return "\n".join(kept).strip(" \n\t-=*#_")


_PREAMBLE = re.compile(r"creative\s+commons\s+corporation\b.*\Z", re.IGNORECASE | re.DOTALL)
_POSTAMBLE = re.compile(
    r"creative\s+commons\s+(?:is\s+not\s+a\s+party|notice)\b.{0,4000}?"
    r"(?:may\s+be\s+contacted\s+at\s+\S*creativecommons\.org\S*|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_NAME = re.compile(
    r"[\W\d_]*+(?:[A-ZÀ-Þ][\w.'’-]*+|and|de|del|van|von|der|la|of|the|et|al)?[\W\d_]*+"
)
_LONGEST_NAMES = 200


def _is_names(line: str) -> bool:
    """Whether a line is of authors' names, and holds no term."""
    words = _BETWEEN_NAMES.split(_ADDRESS.sub(" ", line)) if len(line) <= _LONGEST_NAMES else [""]
    return (
        any(words)
        and all("@" in word or _NAME.fullmatch(word) for word in words)
        and limits_in(line, licensing=True) is None
    )


_ADDRESS = re.compile(r"<[^<>]*>")
_BETWEEN_NAMES = re.compile(r"[\s,;/&()]+")


def _added(place: FilePlace, rest: str) -> tuple[LicenseStatement, ...]:
    """Restrictions said in words outside the recognised text, at their lines."""
    statements = []
    for number, line in enumerate(place.lines, start=1):
        if line.strip() and line.strip() in rest:
            limits = limits_at(place.lines, number)
            if limits is not None:
                statements.append(place.state(number, Meaning.RESTRICTS, None, limits.restrictions))
    return tuple(statements)


_OPEN = frozenset({"permissive", "attribution", "public-domain"})
_NARROW = frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY})


def _foreign(place: FilePlace, symbols: tuple[str, ...]) -> tuple[LicenseStatement, ...]:
    """Restrictions that no open license has, in a text that reads like one.

    A reader that judges by title or similarity takes MIT with a non-commercial clause for MIT.
    """
    if not symbols or not all(groups_of(symbol) & _OPEN for symbol in symbols):
        return ()
    statements = []
    for number in range(1, len(place.lines) + 1):
        limits = limits_at(place.lines, number)
        if limits is not None and _NARROW & set(limits.restrictions):
            statements.append(place.state(number, Meaning.RESTRICTS, None, limits.restrictions))
    return tuple(statements)


def _unrecognised(place: FilePlace, text: str, cut: bool) -> LicenseFile:
    """A text without a known license in it: its title may still name one, and its words terms."""
    cut |= any(len(line) > MAX_TEXT for line in place.lines)
    first = line_of(text, 0)
    name = excerpt(" ".join(place.lines[first - 1].strip(" #*=-_").split()), 80)
    own_title = bool(re.search(r"licen[sc]e|agreement|terms", name, re.IGNORECASE))
    stated = tuple(stated_limits(place, text))
    refused = _refused(place)
    if refused is not None:
        return LicenseFile((refused, *stated), cut)
    granted = _granted(place, text)
    if granted and not (own_title and len(text) > LONGEST_NOTICE):
        return LicenseFile((*granted, *stated), cut or len(text) > LONGEST_NOTICE)
    undecided = _undecided(place, text)
    if undecided is not None:
        return LicenseFile((undecided, *stated), cut)
    reserved = _reserved(place)
    if reserved is not None and all(s.meaning is Meaning.UNREAD for s in stated):
        return LicenseFile((reserved,), cut)
    symbol = f"license-text-{_digest(text)}" if is_vague(name) else name
    expression = reference(symbol) if own_title else None
    if not stated and asks_anything(text):
        stated = (place.state(first, Meaning.UNREAD, None, ()),)
    return LicenseFile((place.state(first, Meaning.REFERS, expression, ()), *stated), cut)


def _digest(text: str) -> str:
    """What tells apart two texts that are both called "License"."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def _of_readme(place: FilePlace, data: bytes, text: str) -> LicenseFile:
    """What the README of a folder of data says, read like a card."""
    body = read_body(read_card(data, place.repo, place.revision, place.path))
    told = {Meaning.NAMES, Meaning.FAMILY, Meaning.MODIFIED, Meaning.RESTRICTS, Meaning.RESERVES}
    kept = tuple(
        replace(s, origin=Origin.LICENSE_FILE)
        for s in body.statements
        if s.meaning in told and s.scope is not Scope.UPSTREAM
    )
    if not any(s.meaning is Meaning.RESTRICTS for s in kept):
        kept = (*kept, *stated_limits(place, text, notice=True))
    return LicenseFile(kept, body.truncated)


_PERMITS = re.compile(
    r"\b(?:you|users?|researchers?|anyone)\s(?:may|can|are\s(?:allowed|permitted|free|licensed))\b(?!\snot)"
    r"|hereby\sgrant|\bgrants?\s(?:you|the\suser|to)|(?:is|are)\slicen[sc]ed\s",
    re.IGNORECASE,
)


def _refused(place: FilePlace) -> LicenseStatement | None:
    """A file that says that nothing is licensed yet grants nothing, whatever it proposes."""
    if any(_PERMITS.search(line) for line in place.lines):
        return None
    for number, line in enumerate(place.lines, start=1):
        if NO_GRANT.search(line):
            whole = (Restriction.ALL_RIGHTS_RESERVED,)
            return place.state(number, Meaning.RESERVES, None, whole)
    return None


def _undecided(place: FilePlace, text: str) -> LicenseStatement | None:
    """A file that says of its own license that it is still to be decided names no terms."""
    for at, sentence in sentences(text[:LONGEST_NOTICE]):
        if _OF_TERMS.search(sentence) and PROPOSED.search(sentence):
            return place.state(line_of(text, at), Meaning.VAGUE, None, ())
    return None


_OF_TERMS = re.compile(r"licen[sc]e|agreement|terms", re.IGNORECASE)


def _reserved(place: FilePlace) -> LicenseStatement | None:
    """A file that reserves all rights and permits nothing is no license."""
    if any(_PERMITS.search(line) or _GRANTED.search(line) for line in place.lines):
        return None
    for number, line in enumerate(place.lines, start=1):
        told = reservation_in(line)
        if told is not None and told.everything:
            whole = (Restriction.ALL_RIGHTS_RESERVED,)
            return place.state(number, Meaning.RESERVES, None, whole)
    return None


_GRANTED = re.compile(r"\b(?:permission|licen[sc]e)\s(?:\w+\s){0,3}granted\b|\bis\sfree\b", re.I)
LONGEST_NOTICE = 6_000
"""A file that names a license and is no longer than this, in characters, is a notice of it; of a
longer one without a title of its own this much is read for names."""


def _granted(place: FilePlace, text: str) -> tuple[LicenseStatement, ...]:
    """Licenses that a notice gives in its title or in sentences: "The data is under CC BY 4.0"."""
    statements: dict[tuple[str, Scope], LicenseStatement] = {}
    of_code = False
    for at, sentence in sentences(text[:LONGEST_NOTICE]):
        goes_on = of_code and _GOES_ON.match(sentence) is not None
        of_code = goes_on or speaks_of_code(sentence, model_card=False)
        names = names_in(sentence, licensing=True)
        told = at == 0 or GRANTS.search(sentence) is not None or len(sentence) < _SHORT
        if not names or is_negated(sentence) or PROPOSED.search(sentence) or not told:
            continue
        for named_there in names:
            code = goes_on or speaks_of_code(sentence[: named_there.at], model_card=False)
            code = code or _COVERS_CODE.match(sentence[named_there.at :]) is not None
            meant = named(named_there.symbol)
            line = line_of(text, at + named_there.at)
            state = place.state(line, meant.meaning, meant.expression, terms(meant.expression))
            scope = Scope.CODE if code else Scope.DATA
            statements.setdefault((named_there.symbol, scope), replace(state, scope=scope))
    return tuple(statements.values())


_GOES_ON = re.compile(r"\W*(?:it|they|these|those|this)\s(?:is|are|comes?)\b", re.IGNORECASE)
"""A sentence about what the one before speaks of."""
_COVERS_CODE = re.compile(
    r"[^.;]{0,60}?(?:covers?|appl(?:y|ies)\sto|cubre|cobre|copre|couvre|deckt|gilt\sfür)\W{1,4}(?:only|sólo|solo|apenas|solamente|uniquement|nur)\W{1,4}(?:[\w'’]{1,12}\s){0,3}?(?:scripts?|code|código|codice|skripte|quellcode)",
    re.IGNORECASE,
)
_SHORT = 80
