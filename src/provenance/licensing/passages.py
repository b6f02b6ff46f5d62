"""Which lines of a card's body may speak of a license, joined to passages of running text.

Everything here is one pass over the body with plain substring searches: most cards have few such
lines, and a hostile one costs no more than its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.licensing import clauses
from provenance.licensing.as_read import as_read

TRIGGERS = (
    "licen",
    "copyright",
    "commons",
    "cc-",
    "cc by",
    "cc0",
    "public domain",
    "commercial",
    "research purpose",
    "research only",
    "research use",
    "academic",
    "reserved",
    "terms of use",
    "terms and conditions",
    "data use agreement",
    "use of data agreement",
    "©",
    "openrail",
    "apache",
    "lizenz",
    "лиценз",
    "Лиценз",
    "ライセンス",
    "许可",
    "許可",
    "라이선스",
    "版权",
    "著作権",
    "저작권",
    "do not own",
    "don't own",
    "openai",
    "compet",
    "train models",
    "model training",
    "ai training",
    "training corpora",
    "not train",
    "from training",
    "from pre-training",
    "from pretraining",
    "in training",
    "in a training",
    "in any training",
    "in the training",
    "to train",
    "for research",
    "for education",
    "non-profit",
    "research-only",
    "noncommercial",
    "not be used",
    *clauses.TRIGGERS,
)
"""Substrings, ASCII in lower case; a line outside a licensing section is only read with one."""
MAX_PASSAGES = 400
"""Most passages read in one card."""
MAX_HEADING = 60
"""Longest heading, in characters, that opens a licensing section; a longer one has to begin so."""
MAX_TITLE_WORDS = 4
MAX_TITLE = 200
"""Longest entry of a table of contents, in bytes."""
MAX_SECTIONS = 5_000
"""Most sections told apart; what follows belongs to the last."""
MAX_PASSAGE = 3_000
"""Longest passage, in characters; the rest of a longer paragraph is not read."""

_HEADING = re.compile(r" {0,3}(#{1,6})(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)(.*)")
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
_SOURCE = re.compile(
    r"source data|data source|initial data|source language|language data|provenance"
    r"|data collection|source text|original|dataset creation|sources?$|curation",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[\s>*_#-]{0,12}(?:<(?:tr|h[1-6]|b|strong|p|th|td)>){0,2}(?:the\s)?(?:data(?:set)?\s)?"
    r"(?:licen[sc](?:es?|ing)|copyright)(?:\s(?:information|info))?[\s*_]{0,6}:?[\s*_]{0,6}"
    r"(?:</(?:h[1-6]|b|strong|p|th|td)>){0,2}\s{0,6}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:[\s>*_#-]|<(?:b|strong|p|li|td|th|tr|table)>){0,8}(?:data(?:set)?\s|model\s|usage\s(?:and\s)?|use\s(?:and\s)?)?licen[sc](?:e|es|ing)"
    r"(?:\s(?:and|&|/)\s\w+|\sinformation|\snotices?|\sterms)?(?:[\s*_]{0,4}(?:</(?:b|strong)>)?:|[*_]{2}|</(?:b|strong|th|td)>)[\s*_<]",
    re.IGNORECASE,
)
"""A label before a sentence: "**License:** …", "**Usage and License Notices**: …"."""
_BREAK = re.compile(
    r"\s*(?:$|-{3,}\s*$|#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|\||<(?:p|br|li|div|h\d|tr|table)\b|[\w-]+:\s*$)",
    re.I,
)
_MARGIN = "> \t\\"
"""What may stand around the words of a line: quotation marks, indents, forced breaks."""
LICENSE_COLUMN = re.compile(r"licen[sc]e|lizenz|licencia|ライセンス|许可|라이선스", re.IGNORECASE)
"""Heading of a table's column that holds licenses."""
_BIBTEX = re.compile(r"\s*(?:@\w+\s*\{|\w+\s*=\s*[{\"]|\}\s*,?\s*$)")
_DATA_LINE = re.compile(r"\s*[\"'{\[][^\]]{0,200}?[\"']?\s*[:,{\[]")
_PICTURE = re.compile(r"\s*\[?!\[|\s*\[\[")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_TOC = re.compile(r"\s*[-*+]\s*\[[^\]]{0,80}\]\(#")


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text of one paragraph, list item or table row."""

    text: str
    """Lines joined with single line feeds."""
    line: int
    """1-based line of the file that ``text`` starts on."""
    heading: str
    licensing: bool
    """Whether the nearest heading (or label) is about licensing."""
    source: bool
    """Whether the nearest heading is about what the set was made from."""
    header: tuple[str, ...] = ()
    """Cells of the table's header, when the passage is a table row."""

    def line_at(self, offset: int) -> int:
        """Line of the file that a character of ``text`` stands on."""
        return self.line + self.text.count("\n", 0, offset)


def passages(card: Card, cut: set[str] | None = None) -> Iterator[Passage]:
    """Passages of the body that may speak of a license, in order.

    What a bound left unread is named in ``cut`` once the last passage was taken.
    """
    cut = set() if cut is None else cut
    lines = card.lines[card.body_start - 1 :]
    body = card.body
    if as_read(body) != body:
        lines = tuple(map(as_read, lines))
        body = "\n".join(lines)
    folded = body.encode("utf-8", "surrogatepass").lower()
    triggers = _ASCII_TRIGGERS if folded.isascii() else _TRIGGERS
    present = [word for word in triggers if word in folded]
    if not present:
        return
    marked = _marked_lines(folded, present)
    order = sorted(marked)
    fenced = _fenced(lines) if "```" in body or "~~~" in body else frozenset()
    comments = _commented(body) if "<!--" in body else frozenset()
    count = 0
    sections = _sections(lines, fenced)
    if len(sections) > MAX_SECTIONS:
        cut.add("sections")
    if any(section.unsure for section in sections):
        cut.add("a section below a long heading")
    for section in sections:
        if not section.licensing and not _any_between(order, section.start, section.end):
            continue
        for passage in _of_section(section, lines, marked, fenced, comments, card.body_start):
            count += 1
            if count > MAX_PASSAGES:
                cut.add("passages")
                return
            if len(passage.text) > MAX_PASSAGE:
                cut.add("a passage")
            yield replace(passage, text=passage.text[:MAX_PASSAGE])


_TRIGGERS = tuple(word.encode() for word in TRIGGERS)
"""As bytes: searching those costs the same whatever characters the card has."""
_ASCII_TRIGGERS = tuple(word for word in _TRIGGERS if word.isascii())


def _any_between(order: list[int], start: int, end: int) -> bool:
    """Whether a sorted list has a number from ``start`` up to below ``end``."""
    at = bisect_left(order, start)
    return at < len(order) and order[at] < end


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    start: int
    """0-based first line below the heading."""
    end: int
    licensing: bool
    source: bool
    skip: bool
    unsure: bool
    """Whether its heading speaks of rights and is too long to be known for what it is."""


def _marked_lines(folded: bytes, present: list[bytes]) -> frozenset[int]:
    """0-based lines that hold a trigger and are no entry of a table of contents."""
    ends = [m.start() for m in re.finditer(b"\n", folded)]
    ends.append(len(folded))
    found: set[int] = set()
    for word in present:
        at = folded.find(word)
        while at >= 0:
            line = bisect_right(ends, at - 1)
            start = ends[line - 1] if line else 0
            if folded.find(b"](#", start, min(ends[line], start + MAX_TITLE)) < 0:
                found.add(line)
            at = folded.find(word, ends[line])
    return frozenset(found)


def _fenced(lines: tuple[str, ...]) -> frozenset[int]:
    """0-based lines inside fenced code, the fences included.

    Authors forget to close a fence: one that opens again with a language, or is still open at a
    heading below which no fence follows, ends there.
    """
    inside: set[int] = set()
    fence, first, last = "", 0, 0
    for number, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        mark = _FENCE.match(line)
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
        closing = next((n for n in below if _CLOSES.match(lines[n])), len(lines))
        inside.update(range(first, closing))
    return frozenset(inside)


def _sections(lines: tuple[str, ...], fenced: frozenset[int]) -> list[_Section]:
    """Sections by ATX heading outside code; one below a licensing section is licensing too."""
    found: list[_Section] = []
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
        unsure = long and _LICENSING.search(heading) is not None
        found.append(_Section(heading, at + 1, end, licensing, kind.source, kind.skip, unsure))
    return found


@dataclass(frozen=True, slots=True)
class _Kind:
    licensing: bool
    source: bool
    skip: bool


_PLAIN = _Kind(licensing=False, source=False, skip=False)


@lru_cache(maxsize=4096)
def _kind(heading: str, level: int) -> _Kind:
    """What a heading announces; remembered, for most cards share a template's headings."""
    licensing = _is_licensing(heading, level)
    skip = not licensing and bool(_CITATION.search(heading) or _SAMPLE.search(heading))
    return _Kind(licensing, bool(_SOURCE.search(heading)), skip)


def _commented(body: str) -> frozenset[int]:
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
    match = _LICENSING.search(heading)
    if match is None or (len(heading) > MAX_HEADING and match.start() > 0):
        return False
    return level > 1 or (match.start() == 0 and len(heading.split()) < MAX_TITLE_WORDS)


def _of_section(
    section: _Section,
    lines: tuple[str, ...],
    marked: frozenset[int],
    fenced: frozenset[int],
    comments: frozenset[int],
    first_line: int,
) -> Iterator[Passage]:
    """Passages of one section: all of a licensing section, else only around marked lines.

    Code is read in a licensing section only: people put a license's name or text in a block. Of a
    section of citations or samples only what a label "License" announces is read.
    """
    label = False
    header: tuple[str, ...] = ()
    if section.licensing and ":" in section.heading:
        line = max(first_line + section.start - 1, 1)
        yield Passage(section.heading, line, section.heading, licensing=True, source=False)
    unread = comments if section.licensing else comments | fenced
    for start, end in _paragraphs(lines, section.start, section.end, unread):
        text = lines[start]
        if end > start + 1:
            text = "\n".join(
                (text.rstrip(), *(line.strip(_MARGIN) for line in lines[start + 1 : end]))
            )
        row = text.lstrip().startswith("|") or text.count("|") > 1
        header = (header or cells(text)) if row else ()
        licensed = any(LICENSE_COLUMN.search(cell) for cell in header)
        labelled = not section.source and not section.skip and _LABELLED.match(text) is not None
        licensing = section.licensing or label or labelled
        if _LABEL.fullmatch(text):
            label = True
            continue
        if label and _RULE.fullmatch(text):
            continue
        label = False
        told = licensed or any(n in marked for n in range(start, end))
        wanted = licensing or (told and not section.skip)
        if wanted and not _noise(text, licensing):
            yield Passage(
                text=text,
                line=first_line + start,
                heading=section.heading,
                licensing=licensing,
                source=section.source,
                header=header,
            )


def _paragraphs(
    lines: tuple[str, ...], start: int, end: int, skipped: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Half-open ranges of lines that are one paragraph, list item or table row."""
    at = start
    while at < end:
        if at in skipped or not lines[at].strip() or _FENCE.match(lines[at]):
            at += 1
            continue
        stop = at + 1
        alone = _LABEL.fullmatch(lines[at]) or _RULE.fullmatch(lines[at])
        if not lines[at].lstrip().startswith(("|", "#")) and not alone:
            while stop < end and stop not in skipped and not _BREAK.match(lines[stop]):
                if _LABEL.fullmatch(lines[stop]) or _FENCE.match(lines[stop]):
                    break
                stop += 1
        yield at, stop
        at = stop


def _noise(text: str, licensing: bool) -> bool:
    """Citations, records of data and tables of contents are not statements."""
    if (
        _RULE.fullmatch(text)
        or _BIBTEX.match(text)
        or _TOC.match(text)
        or text.lstrip().startswith("<!--")
    ):
        return True
    return not licensing and _DATA_LINE.match(text) is not None and not _PICTURE.match(text)


def cells(row: str) -> tuple[str, ...]:
    """Cells of a pipe-table row."""
    return tuple(cell.strip() for cell in row.strip().strip("|").split("|"))
