"""Which lines of a card's body may speak of a license, joined to passages of running text.

Everything here is one pass over the body with plain substring searches: most cards have few such
lines, and a hostile one costs no more than its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.frozen import frozen
from provenance.licensing.as_read import as_read
from provenance.licensing.labels import is_label, is_labelled
from provenance.licensing.list_heads import heads_of
from provenance.licensing.sections import (
    FENCE,
    MAX_SECTIONS,
    Section,
    commented,
    fenced_lines,
    sections_of,
)
from provenance.licensing.triggers import TRIGGERS

MAX_PASSAGES = 400
"""Most passages read in one card."""
MAX_TITLE = 200
"""Longest entry of a table of contents, in bytes."""
MAX_PASSAGE = 3_000
"""Longest passage, in characters; the rest of a longer paragraph is not read."""

_BREAK = re.compile(
    r"\s*(?:$|-{3,}\s*$|#{1,6}\s|[-*+•]\s|\d{1,3}[.)]\s|\||<(?:p|br|li|div|h\d|tr|table)\b|[\w-]+:\s*$)",
    re.I,
)
_MARGIN = "> \t\\"
"""What may stand around the words of a line: quotation marks, indents, forced breaks."""
LICENSE_COLUMN = re.compile(
    r"licen[sc]e|lizenz|licencia|ライセンス|许可|라이선스|^\W*(?:terms|conditions|rights)(?:\sof\suse)?\W*$",
    re.IGNORECASE,
)
"""Heading of a table's column that holds licenses."""
_USE_COLUMN = re.compile(
    r"\W*(?:rights?|granted|allowed|permitted|permissions?|(?:permitted|allowed)\suses?|use(?:\scases?)?|purposes?|activity|who)\W*",
    re.IGNORECASE,
)
"""Heading of a column that says what may be done."""
_BIBTEX = re.compile(r"\s*(?:@\w+\s*\{|\w+\s*=\s*[{\"]|\}\s*,?\s*$)")
_DATA_LINE = re.compile(r"\s*[\"'{\[][^\]]{0,200}?[\"']?\s*[:,{\[]")
_PICTURE = re.compile(r"\s*\[?!\[|\s*\[\[")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}")
_TOC = re.compile(r"\s*[-*+]\s*\[[^\]]{0,80}\]\(#")


@frozen
class TermsPassage:
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
    head: str = ""
    """What stands over the list that the passage is an item of: "You may not:"."""
    siblings: str = ""
    """All items of that list."""
    aside: bool = False
    """Whether it stands among citations or thanks, where only terms in words count."""

    def line_at(self, offset: int) -> int:
        """Line of the file that a character of ``text`` stands on."""
        return self.line + self.text.count("\n", 0, offset)


def passages(card: Card, cut: set[str] | None = None) -> Iterator[TermsPassage]:
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
    marked = _marked_lines(folded, present)
    order = sorted(marked)
    fenced = fenced_lines(lines) if "```" in body or "~~~" in body else frozenset()
    comments = commented(body) if "<!--" in body else frozenset()
    count = 0
    sections = sections_of(lines, fenced)
    if len(sections) > MAX_SECTIONS:
        cut.add("sections")
    if any(section.unsure for section in sections):
        cut.add("a section below a long heading")
    for section in sections:
        if not (section.licensing or section.use) and not _any_between(
            order, max(section.start - 1, 0), section.end
        ):
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


def _marked_lines(folded: bytes, present: list[bytes]) -> frozenset[int]:
    """0-based lines that are a note, or hold a trigger and are no entry of a table of contents."""
    ends = [m.start() for m in re.finditer(b"\n", folded)]
    ends.append(len(folded))
    marked: set[int] = set()
    for word in present:
        at = folded.find(word)
        while at >= 0:
            line = bisect_right(ends, at - 1)
            start = ends[line - 1] if line else 0
            if folded.find(b"](#", start, min(ends[line], start + MAX_TITLE)) < 0:
                marked.add(line)
            at = folded.find(word, ends[line])
    marked.update(bisect_right(ends, note.start() - 1) for note in _NOTES.finditer(folded))
    return frozenset(marked)


_NOTES = re.compile(
    rb"^ {0,3}(?:>|(?:\| ?)?[*_]{0,3}(?:terms|conditions|restrictions?|usage|use|access"
    rb"|permissions?)(?: of use)?[*_]{0,3} ?[|:])"
    rb"[^\n]{5,1600}$",
    re.MULTILINE,
)
"""Lines of notes, and of what a label or the head of a row calls terms: they are few, and read
whatever words they hold. 1,600 bytes are the longest note (``LONGEST_NOTE``) in any script."""


def _of_section(
    section: Section,
    lines: tuple[str, ...],
    marked: frozenset[int],
    fenced: frozenset[int],
    comments: frozenset[int],
    first_line: int,
) -> Iterator[TermsPassage]:
    """Passages of one section: all of a licensing section, else only around marked lines.

    Code is read in a licensing section only: people put a license's name or text in a block. Of a
    section of citations or samples only what a label "License" announces is read.
    """
    label = False
    header: tuple[str, ...] = ()
    sentence = section.start - 1 in marked and _is_sentence(section.heading)
    if sentence or (section.licensing and ":" in section.heading):
        line = max(first_line + section.start - 1, 1)
        words = section.heading.strip(" *_")
        yield TermsPassage(words, line, section.heading, licensing=True, source=False)
    unread = comments if section.licensing else comments | fenced
    heads = heads_of(section, lines, list(_paragraphs(lines, section.start, section.end, unread)))
    for start, end, head in heads:
        text = lines[start]
        if end > start + 1:
            text = "\n".join(
                (text.rstrip(), *(line.strip(_MARGIN) for line in lines[start + 1 : end]))
            )
        row = text.lstrip().startswith("|") or text.count("|") > 1
        header = (header or cells(text)) if row else ()
        licensed = any(LICENSE_COLUMN.search(cell) for cell in header)
        over_use = any(_USE_COLUMN.fullmatch(cell) for cell in header)
        labelled = not section.source and not section.skip and is_labelled(text)
        licensing = section.licensing or label or labelled
        if is_label(text):
            label = True
            continue
        if label and _RULE.fullmatch(text):
            continue
        label = False
        over = head is not None and head.line is not None and head.line in marked
        short = section.use and len(text) <= MAX_SHORT
        told = licensed or over_use or over or short or any(n in marked for n in range(start, end))
        wanted = licensing or (told and not section.sample)
        if wanted and not _noise(text, licensing):
            yield TermsPassage(
                text=text,
                line=first_line + start,
                heading=section.heading,
                licensing=licensing,
                source=section.source,
                header=header,
                head="" if head is None else head.text,
                siblings="" if head is None else head.items,
                aside=section.skip and not licensing,
            )


MAX_SHORT = 160
"""Longest paragraph, in characters, that is read in a section on use whatever its words."""


def _is_sentence(heading: str) -> bool:
    """Whether a heading is one: terms are written large."""
    words = heading.rstrip(" \t*_").split()
    if len(words) < _WORDS:
        return False
    stops = words[-1].endswith(".") or words[-_WORDS].endswith((".", "。"))
    return stops or any(stop in words[-_WORDS + 1][:-1] for stop in ".。")


_WORDS = 5
"""Fewest words of a heading that is a sentence, or ends with the four of one."""


def _paragraphs(
    lines: tuple[str, ...], start: int, end: int, skipped: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Half-open ranges of lines that are one paragraph, list item or table row."""
    at = start
    while at < end:
        if at in skipped or not lines[at].strip() or FENCE.match(lines[at]):
            at += 1
            continue
        stop = at + 1
        alone = is_label(lines[at]) or _RULE.fullmatch(lines[at])
        if not lines[at].lstrip().startswith(("|", "#")) and not alone:
            while stop < end and stop not in skipped and not _BREAK.match(lines[stop]):
                if is_label(lines[stop]) or FENCE.match(lines[stop]):
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
