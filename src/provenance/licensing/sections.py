"""Sections of a card's body: which headings announce licensing, and what is code or comment."""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing import clauses
from provenance.licensing.questions import asks_for_license, asks_of_others

MAX_HEADING = 60
"""Longest heading, in characters, that opens a licensing section; a longer one has to begin so."""
MAX_TITLE_WORDS = 4
MAX_SECTIONS = 5_000
"""Most sections told apart; what follows belongs to the last."""

_HEADING = re.compile(r" {0,3}(#{1,6})(.*)")
FENCE = re.compile(r" {0,3}(```+|~~~+)(.*)")
_CLOSES = re.compile(r"#{2,6} +\S")
_LICENSING = re.compile(
    r"\blicen[sc](?:es?|ing|ed)\b(?!\s*plate)|copyright|terms (?:of|and) |usage (?:rights|terms)"
    r"|usage restrictions|^legal(?: \w+)?$|data use agreement|^(?:\w+ ){0,2}rights$"
    r"|conditions of use|" + clauses.LICENSE_HEADING,
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"instances?\b|example|data fields?|\bfields\b|schema|data splits?|features", re.I
)
_CITATION = re.compile(r"citation|bibtex|cite|references?$|acknowledg", re.IGNORECASE)
_AND_USE = re.compile(
    r"\b(?:and|&|/)\s(?:re-?)?(?:use|usage|terms|conditions|access)\b|\b(?:use|usage|terms|conditions|access)\s(?:and|&|/)",
    re.I,
)
"""What makes a heading that speaks of citing one on use as well: "Citation and use"."""
_USE = re.compile(
    r"^\W*(?:\w+\s){0,3}(?:terms|conditions|rules|polic(?:y|ies)|guidelines|restrictions?|agreements?|confidentiality)\b|^\W*(?:(?:the|intended|allowed|permitted|acceptable|responsible|appropriate|proper|fair|data|dataset|redistribution|citation|citing|and|&)\s)*(?:terms|usage|using|uses?|(?:re-?)?distribution(?:\sand\s\w+)?$|disclaimer|notices?|access|restrictions?"
    r"|conditions|legal|permissions?|availability|rights|polic(?:y|ies)|rules|important|warning|notes?"
    r"|faq|frequently|q\s?&\s?a|ethic\w*|(?:can|may|am|is|are|who)\s(?:i|we|you|it|this|can|may)\b.{0,60}|sharing\b|obtaining\b|requesting\b|how\s(?:can|do|to)\s(?:i\s|we\s|you\s)?(?:get|obtain|access|request)\b|getting\s(?:access|the\sdata)|(?:data\s)?(?:requests?|applications?)$|rechtlich\w*|mentions\slégales|avisos?\slega\w+|note\slegali|juridisch\w*|prawne|правов\w+|(?:nutzungs)?bedingungen|termos|términos|termini|voorwaarden|warunki|koşullar|şartlar|nutzung|verwendung|utilisation|uso|condiciones|condições|condizioni|gebruik\w*|användning|använd\w*|vilkår|villkor|использовани\w|услови\w|使用\w{0,6}|利用\w{0,6}|사용\w{0,4}|이용\w{0,4}|声明|prohibited|status|you\scan(?:['’]t|not)?|do['’]?s and don['’]?ts|don['’]?ts)\b",
    re.IGNORECASE,
)
_NOT_TAKEN = re.compile(
    r"\b(?:never|not|but\snot)\s(?:\w+ly\s)?(?:used|included|ingested|taken|part\sof)(?:\s(?:in|by|here|this|the|our)\b[\w\s]{0,30})?\W*$"
    r"|^\W*(?:rejected|refused|excluded|omitted|discarded)\s(?:data|sources?|sets?|datasets?|corpora|materials?)\W*$"
    r"|\b(?:sources?|datasets?|corpora)\s(?:we\s)?(?:\w+\s)?(?:rejected|refused|excluded|left\sout|not\s(?:used|included|taken))\W*$",
    re.IGNORECASE,
)
"""Headings over what a set does not hold: "Cited, never ingested", "Excluded sources"."""
_SOURCE = re.compile(
    r"source data|data source|initial data|source language|language data|provenance"
    r"|data collection|source text|original|dataset creation|sources?$|curation",
    re.IGNORECASE,
)


@frozen
class Section:
    """Lines below one heading, and what the heading announces."""

    heading: str
    start: int
    """0-based first line below the heading."""
    end: int
    licensing: bool
    source: bool
    use: bool
    """Whether it is about use: short paragraphs there may be terms whatever their words."""
    skip: bool
    """Whether it holds citations or samples: no license is given there."""
    sample: bool
    """Whether it shows what the data looks like, or what it does not hold: words there are no
    terms either."""
    unsure: bool
    """Whether its heading speaks of rights and is too long to be known for what it is."""


def fenced_lines(lines: tuple[str, ...]) -> frozenset[int]:
    """0-based lines inside fenced code, the fences included.

    Authors forget to close a fence: one that opens again with a language, or is still open at a
    heading below which no fence follows or behind its one entry of BibTeX, ends there.
    """
    inside: set[int] = set()
    fence, first, last = "", 0, 0
    for number, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        mark = FENCE.match(line)
        if mark is None or "`" in mark[2]:
            continue
        info = mark[2].strip()
        last = number
        if fence and mark[1].startswith(fence) and not info:
            inside.update(range(first, number + 1))
            fence = ""
        elif not fence or (mark[1].startswith(fence) and info):
            fence, first = mark[1][:3], number
    if fence:
        below = range(last + 1, len(lines))
        ends = (n for n in below if _CLOSES.match(lines[n]) or _ends_entry(lines, first, n))
        closing = next(ends, len(lines))
        inside.update(range(first, closing))
    return frozenset(inside)


def _ends_entry(lines: tuple[str, ...], fence: int, number: int) -> bool:
    """Whether a line is blank behind the brace that closes an entry of BibTeX."""
    return (
        not lines[number].strip()
        and lines[number - 1].strip() == "}"
        and "bib" in lines[fence].lower()
    )


def sections_of(lines: tuple[str, ...], fenced: frozenset[int]) -> list[Section]:
    """Sections by ATX heading outside code; one below a licensing section is licensing too."""
    sections: list[Section] = []
    heads: list[tuple[int, int, str]] = [(0, -1, "")]
    for number, line in enumerate(lines):
        if "#" not in line[:4] or number in fenced:
            continue
        match = _HEADING.match(line)
        if match is not None:
            heads.append((len(match[1]), number, " ".join(match[2].strip("#*_: \t").split())))
            if len(heads) > MAX_SECTIONS:
                break
    licensing_level = 0
    for index, (level, at, heading) in enumerate(heads):
        end = heads[index + 1][1] if index + 1 < len(heads) else len(lines)
        kind = _kind(heading, level) if index else _PLAIN
        if licensing_level and index > 0 and level <= licensing_level:
            licensing_level = 0
        if kind.licensing and not licensing_level:
            licensing_level = level
        licensing = bool(licensing_level) and not kind.skip
        long = level > 1 and len(heading) > MAX_HEADING and not licensing
        unsure = long and not asks_of_others(heading) and _LICENSING.search(heading) is not None
        sections.append(
            Section(
                heading,
                at + 1,
                end,
                licensing,
                kind.source,
                kind.use,
                kind.skip,
                kind.sample,
                unsure,
            )
        )
    return sections


@frozen
class _Kind:
    licensing: bool
    source: bool
    use: bool
    skip: bool
    sample: bool


_PLAIN = _Kind(licensing=False, source=False, use=False, skip=False, sample=False)


@lru_cache(maxsize=4096)
def _kind(heading: str, level: int) -> _Kind:
    """What a heading announces; remembered, for most cards share a template's headings."""
    licensing = _is_licensing(heading, level)
    other = _SAMPLE.search(heading) is not None or _NOT_TAKEN.search(heading) is not None
    sample = not licensing and other
    cites = _CITATION.search(heading) is not None and _AND_USE.search(heading) is None
    skip = sample or (not licensing and cites)
    use = not skip and _USE.search(heading) is not None
    source = _SOURCE.search(heading) is not None or asks_of_others(heading)
    return _Kind(licensing, source, use, skip, sample)


def commented(body: str) -> frozenset[int]:
    """0-based lines that are wholly inside an HTML comment."""
    inside: set[int] = set()
    line, at, start = 0, 0, body.find("<!--")
    while start >= 0:
        end = body.find("-->", start)
        end = len(body) if end < 0 else end + 3
        first = line + body.count("\n", at, start)
        last = first + body.count("\n", start, end)
        alone = not body[body.rfind("\n", 0, start) + 1 : start].strip()
        closes = not body[end : body.find("\n", end) if "\n" in body[end:] else None].strip()
        inside.update(range(first + (not alone), last + closes))
        line, at, start = last, end, body.find("<!--", end)
    return frozenset(inside)


def _is_licensing(heading: str, level: int) -> bool:
    """Whether a heading opens a licensing section; one of the first level is mostly a title."""
    if asks_for_license(heading):
        return True
    match = _LICENSING.search(heading)
    if match is None or (len(heading) > MAX_HEADING and match.start() > 0):
        return False
    return level > 1 or (match.start() == 0 and len(heading.split()) < MAX_TITLE_WORDS)
