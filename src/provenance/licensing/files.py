"""License files: which license a text is, and what it says beyond it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.licensing.names import mentions
from provenance.licensing.values import Meant, named, terms
from provenance.licensing.wording import limits_in
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import LicenseStatement, Meaning, Origin, Scope
from provenance.vocabulary.identifiers import groups_of, reference, restrictions_of, spdx_ids
from provenance.vocabulary.restrictions import Restriction

MAX_FILE_CHARACTERS = 200_000
"""A license file is read up to here; the longest SPDX text has 60,000."""
MIN_COVERAGE = 20.0
"""Least part of the text, in percent, that recognised license text must cover."""
MIN_SCORE = 0.85
"""Least similarity at which the second reader's answer is used."""
MIN_WORDS = 40
"""Fewest words that can be the text of a license; the second reader is slow and not asked."""
MODIFIED_WORDS = 12
"""Most words outside the recognised text that are taken for a title or a notice."""


@dataclass(frozen=True, slots=True)
class Span:
    """Recognised license text: characters ``start`` to ``end`` are license ``symbol``."""

    symbol: str
    start: int
    end: int


def file_statements(
    data: bytes, repo: str, revision: str | None, path: str
) -> tuple[LicenseStatement, ...]:
    """What a license file says: one statement a license, and one for each added restriction.

    A text that holds a known license and further terms is a modified license, not the known one:
    MIT with a non-commercial clause is ``LicenseRef-modified-MIT``. A text that is not recognised
    gives a statement that only refers to it.
    """
    text = data[: MAX_FILE_CHARACTERS * 4].decode("utf-8", errors="replace")[:MAX_FILE_CHARACTERS]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    place = _Place(repo, revision, path, tuple(text.split("\n")))
    if not text.strip() or "\x00" in text:
        return (place.state(1, Meaning.REFERS, None, ()),)
    spans = _spans(text)
    if not spans:
        return _unrecognised(place, text)
    rest = _remainder(text, spans)
    symbols = tuple(dict.fromkeys(span.symbol for span in spans))
    added = _added(place, rest) if len(rest.split()) > MODIFIED_WORDS else _foreign(place, symbols)
    modified = bool(added) or len(rest.split()) > MODIFIED_WORDS
    found = []
    for symbol in symbols:
        first = next(span for span in spans if span.symbol == symbol)
        line = _line_of(text, first.start)
        meant = Meant(Meaning.NAMES, reference(f"modified-{symbol}")) if modified else named(symbol)
        found.append(place.state(line, meant.meaning, meant.expression, restrictions_of(symbol)))
    return (*found, *added)


@dataclass(frozen=True, slots=True)
class _Place:
    repo: str
    revision: str | None
    path: str
    lines: tuple[str, ...]

    def state(
        self,
        line: int,
        meaning: Meaning,
        expression: str | None,
        restrictions: tuple[Restriction, ...],
    ) -> LicenseStatement:
        words = excerpt(self.lines[line - 1])
        evidence = Evidence(self.repo, self.revision, self.path, line, None, words)
        return LicenseStatement(
            raw=words,
            meaning=meaning,
            expression=expression,
            restrictions=restrictions,
            scope=Scope.DATA,
            origin=Origin.LICENSE_FILE,
            evidence=evidence,
        )


def _line_of(text: str, offset: int) -> int:
    """1-based line of the first character at or after ``offset`` that is not white space."""
    while offset < len(text) - 1 and text[offset].isspace():
        offset += 1
    return text.count("\n", 0, offset) + 1


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
    found = identify_license(text, MIN_COVERAGE)
    return tuple(
        Span(_symbol(hit.id), hit.start, hit.end) for hit in found if not hit.id.endswith("-Header")
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


def _by_title(text: str) -> tuple[Span, ...]:
    """A license by the name in its first words, for a file that is only that or a legal code."""
    start = len(text) - len(text.lstrip())
    head = text[start : start + 200].split("\n\n", maxsplit=1)[0]
    found = mentions(" ".join(head.split()))
    if len(found) != 1 or found[0].start > len("the full text of the "):
        return ()
    return (Span(found[0].symbol, start, len(text)),)


_NOTICE = re.compile(
    r"^\W*(?:copyright|\(c\)|©|all rights reserved|licen[sc]e\b|the .{0,40}licen[sc]e|version \d"
    r"|https?://|spdx-license-identifier).{0,300}$",
    re.IGNORECASE | re.MULTILINE,
)


def _remainder(text: str, spans: tuple[Span, ...]) -> str:
    """What stands outside the recognised text, without titles, notices and rules."""
    pieces, at = [], 0
    for span in sorted(spans, key=lambda s: s.start):
        pieces.append(text[at : max(span.start, at)])
        at = max(at, span.end)
    pieces.append(text[at:])
    return _NOTICE.sub("", "\n".join(pieces)).strip(" \n\t-=*#_")


def _added(place: _Place, rest: str) -> tuple[LicenseStatement, ...]:
    """Restrictions said in words outside the recognised text, at their lines."""
    found = []
    for number, line in enumerate(place.lines, start=1):
        if line.strip() and line.strip() in rest:
            said = limits_in(line)
            if said is not None:
                found.append(place.state(number, Meaning.RESTRICTS, None, said.restrictions))
    return tuple(found)


_OPEN = frozenset({"permissive", "attribution", "public-domain"})
_NARROW = frozenset({Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY})


def _foreign(place: _Place, symbols: tuple[str, ...]) -> tuple[LicenseStatement, ...]:
    """Restrictions that no open license has, in a text that reads like one.

    A reader that judges by title or similarity takes MIT with a non-commercial clause for MIT.
    """
    if not symbols or not all(groups_of(symbol) & _OPEN for symbol in symbols):
        return ()
    found = []
    for number, line in enumerate(place.lines, start=1):
        said = limits_in(line)
        if said is not None and _NARROW & set(said.restrictions):
            found.append(place.state(number, Meaning.RESTRICTS, None, said.restrictions))
    return tuple(found)


def _unrecognised(place: _Place, text: str) -> tuple[LicenseStatement, ...]:
    """A text without a known license in it: its title may still name one, and its words terms."""
    first = _line_of(text, 0)
    title = mentions(" ".join(text[:300].split()))
    said = []
    for number, line in enumerate(place.lines, start=1):
        found = limits_in(line)
        if found is not None:
            said.append(place.state(number, Meaning.RESTRICTS, None, found.restrictions))
    if len({m.symbol for m in title}) == 1 and not said and len(text) < len(title[0].symbol) + 300:
        meant = named(title[0].symbol)
        return (place.state(first, meant.meaning, meant.expression, terms(meant.expression)),)
    name = excerpt(" ".join(place.lines[first - 1].strip(" #*=-_").split()), 80)
    looks_like_title = bool(re.search(r"licen[sc]e|agreement|terms", name, re.IGNORECASE))
    expression = reference(name) if looks_like_title else None
    return (place.state(first, Meaning.REFERS, expression, ()), *said)
