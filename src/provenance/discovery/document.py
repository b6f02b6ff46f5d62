"""A card's body as passages of plain words whose links and code spans are single characters.

Links, code spans and bare addresses become one private-use character each (a *mark*), so that
a sentence can be cut at its prepositions and commas without cutting a name in two.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from provenance.cards import Card

MARKS = "\ue000-\uf8ff"
"""Character range of marks, for use inside a regular expression's brackets."""
_FIRST = 0xE000
_MOST_MARKS = 6_000
_LONGEST_PASSAGE = 20_000
"""Characters of one paragraph that are read; the rest of a longer one is not."""
MOST_LINES = 20_000
MOST_CHARACTERS = 1_000_000
"""How much of a body is read as prose; the longest of 4,400 real cards has 1,400 lines."""
_INLINE = re.compile(
    r"(?P<image>!\[[^\]\[]{0,300}\]\([^()\s]{0,1000}\))"
    r"|\[{1,2}(?P<words>[^\]\[]{1,300})\]{1,2}\(\s{0,3}<?(?P<target>[^\s()<>]{1,600}+"
    r"(?:\([^\s()]{0,80}\)[^\s()<>]{0,80}+)?)>?[^()]{0,100}+\)"
    r"|(?P<ticks>`{1,3})(?P<code>[^`\n]{1,200})`{1,3}"
    r"|(?P<url>https?://[^\s<>()\[\]\"'`|,]{3,600})"
    r"|(?P<tag><[A-Za-z/!][^<>]{0,300}>)"
    r"|(?P<note>\\?\[\d{1,3}\\?\])"
    r"|(?P<escape>\\(?=[^\w\s]))"
    r"|(?P<emphasis>\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w))"
    r"|(?P<break>\n)"
)
_MARKUP = re.compile(r"[\[`*_<\\\n]|http")
_PRIVATE = re.compile(f"[{MARKS}]")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s{0,20}(.*)")
_FENCE = re.compile(r"\s{0,8}(```+|~~~+)")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,2}[.)-])\s+")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]+")
_PLAIN = {0x2010: "-", 0x2011: "-", 0xA0: " ", 0x200B: " ", 0x200C: " ", 0xFEFF: " "}
"""Hyphens and spaces that look like the plain ones; one character each, so offsets hold."""
_RULE = re.compile(r"[\s|:-]+")
_DEEPEST = 3
"""Enclosing list items that are kept."""
_MARKS_OF_STYLE = re.compile(r"[*_`]{1,3}(?=\W|$)|(?<!\w)[*_`]{1,3}")
_BIBTEX = re.compile(r"\s{0,8}(?:@\w{3,20}\s?\{|\w{3,20}\s{0,20}=\s{0,4}[{\"]|\}\s*$)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_BOLD_LINE = re.compile(r"\s{0,3}(?:\*{1,3}|_{1,2})[^*_]{2,80}(?:\*{1,3}|_{1,2})\s*:?\s*")


_LABEL = re.compile(rf"\W{{0,4}}(?P<label>[^:：.!?{MARKS}]{{2,60}}?)\s?[:：]\s*")
_BOLD = re.compile(r"\s{0,3}(?:\*\*|__)(?P<label>[^*_]{2,80}?)\s?[:：]?\s?(?:\*\*|__)\s?[:：]?\s")


class Form(StrEnum):
    """What kind of passage it is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Mark:
    """A link, a code span or a bare address."""

    text: str
    url: str | None
    code: bool


@dataclass(frozen=True)
class Passage:
    """A heading, a list item or a paragraph. Read as plain words only when asked for."""

    form: Form
    raw: str
    """Its Markdown, lines joined by line feeds."""
    line: int
    """1-based line of the file it starts on."""
    headings: tuple[str, ...]
    """The headings it stands under, outermost first."""
    first: bool
    """Whether it is the first passage below its heading."""
    leads: tuple[str, ...] = ()
    """Markdown of what introduces a list item: the text before its list, then the items it is
    nested under, outermost first. Of a table: the text before it."""

    @cached_property
    def _content(self) -> tuple[str, tuple[Mark, ...], tuple[int, ...]]:
        return _inline(self.raw)

    @cached_property
    def lower(self) -> str:
        """``raw`` in lower case, for filters."""
        return self.raw.lower()

    @property
    def text(self) -> str:
        """Plain words on one line; each mark is one private-use character."""
        return self._content[0]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of ``text``, in order."""
        return self._content[1]

    @property
    def breaks(self) -> tuple[int, ...]:
        """Offsets in ``text`` at which a further line of the file starts."""
        return self._content[2]

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """``(offset, sentence)`` of ``text``."""
        return tuple(_sentences(self.text))

    @cached_property
    def label(self) -> tuple[str, int] | None:
        """The label it starts with ("**Base model:** x") and where in ``text`` the value starts."""
        if self.form is Form.HEADING:
            return None
        match = _LABEL.match(self.text[:120])
        if match is not None:
            return match["label"].strip(), match.end()
        bold = _BOLD.match(self.raw[:120])
        if bold is None:
            return None
        label = bold["label"].strip()
        at = self.text.find(label)
        return (label, at + len(label)) if at >= 0 else None

    def line_at(self, offset: int) -> int:
        """Line of the file that the character at ``offset`` stands on."""
        return self.line + bisect_right(self.breaks, offset)

    @property
    def last_line(self) -> int:
        """Line of the file it ends on."""
        return self.line + len(self.breaks)

    def mark(self, char: str) -> Mark:
        """The mark a private-use character stands for."""
        return self.marks[ord(char) - _FIRST]

    def words(self, text: str) -> str:
        """``text``, a part of this passage, with its marks written out."""
        return " ".join(_PRIVATE.sub(lambda m: f" {self.mark(m[0]).text} ", text).split())


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced block: its first line's number and its lines."""

    line: int
    lines: tuple[str, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table. Each cell is a passage of its own, standing on its row's line."""

    headings: tuple[str, ...]
    intro: str
    """Markdown of the text before it, if any stands between it and its heading."""
    line: int
    """1-based line of the header."""
    header: tuple[Passage, ...]
    rows: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A card's body in its parts, each in the order written."""

    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    blocks: tuple[CodeBlock, ...]


@dataclass(slots=True)
class _Reader:
    """Collects lines into passages."""

    passages: list[Passage] = field(default_factory=list)
    blocks: list[CodeBlock] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    """Indentation and text of the list items that what follows is nested in."""
    intro: str = ""
    """The last text below the present heading."""
    leads: tuple[str, ...] = ()
    headings: list[tuple[int, str]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    pending_line: int = 0
    form: Form = Form.TEXT
    first: bool = False
    path: tuple[str, ...] = ()

    def flush(self) -> None:
        if not self.pending:
            return
        raw = "\n".join(self.pending)[:_LONGEST_PASSAGE]
        self.pending = []
        passage = Passage(self.form, raw, self.pending_line, self.path, self.first, self.leads)
        self.passages.append(passage)
        self.first = False
        if self.form is Form.TEXT:
            self.intro = raw

    def heading(self, level: int, raw: str, line: int) -> None:
        self.flush()
        self.items, self.intro, self.leads = [], "", ()
        passage = Passage(Form.HEADING, raw.rstrip("# \t"), line, self.path, False)
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, passage.words(passage.text)))
        self.path = tuple(words for _, words in self.headings)
        self.passages.append(passage)
        self.first = True

    def item(self, raw: str, line: int, indent: int) -> None:
        self.flush()
        while self.items and self.items[-1][0] >= indent:
            self.items.pop()
        self.leads = (self.intro, *(text for _, text in self.items[-_DEEPEST:]))
        self.items.append((indent, raw))
        self.add(Form.ITEM, raw, line)

    def add(self, form: Form, raw: str, line: int) -> None:
        if not self.pending:
            self.form, self.pending_line = form, line
            if form is Form.TEXT:
                indented = raw[:2].isspace()
                self.leads = tuple(text for _, text in self.items[-1:]) if indented else ()
                self.items = self.items if indented else []
        self.pending.append(raw)

    def table(self, lines: list[tuple[int, str]]) -> None:
        """Keep a table: ``lines`` are its header and its rows, without the rule between."""
        self.flush()
        header, *rows = (
            tuple(Passage(Form.CELL, c, number, self.path, False) for c in _cells(line))
            for number, line in lines
        )
        self.tables.append(Table(self.path, self.intro, lines[0][0], header, tuple(rows)))
        self.first = False


def read_body(card: Card) -> Document:
    """Passages, tables and fenced code of a card's body."""
    reader = _Reader()
    lines = list(_lines(card))
    at = 0
    while at < len(lines):
        number, line, code = lines[at]
        at += 1
        if code is not None:
            reader.flush()
            reader.blocks.append(CodeBlock(number, code, reader.path))
        elif "|" in line and at < len(lines) and _is_rule(lines[at][1]):
            rows = [(number, line)]
            at += 1
            while at < len(lines) and "|" in lines[at][1]:
                rows.append(lines[at][:2])
                at += 1
            reader.table(rows)
        else:
            _read_line(reader, number, line)
    reader.flush()
    return Document(tuple(reader.passages), tuple(reader.tables), tuple(reader.blocks))


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and _RULE.fullmatch(line) is not None


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().replace("\\|", "\x00").removeprefix("|").removesuffix("|")
    return tuple(cell.replace("\x00", "|").strip() for cell in inner.split("|"))


def _lines(card: Card) -> Iterator[tuple[int, str, tuple[str, ...] | None]]:
    """Lines of the body with their numbers; a fenced block as one, with its lines.

    HTML comments are left out.
    """
    fence, start, inside = "", 0, list[str]()
    comment, size = False, 0
    last = min(len(card.lines), card.body_start + MOST_LINES - 1)
    for number in range(card.body_start, last + 1):
        line = card.lines[number - 1]
        size += len(line)
        if size > MOST_CHARACTERS:
            break
        mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                yield start, "", tuple(inside)
                fence = ""
            else:
                inside.append(line)
        elif mark and "`" not in line[mark.end() :]:
            fence, start, inside = mark[1], number + 1, []
        elif comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
        else:
            yield number, line, None
    if fence:
        yield start, "", tuple(inside)


def _read_line(reader: _Reader, number: int, raw: str) -> None:
    line = _QUOTE.sub("", raw, count=1) if ">" in raw[:5] else raw
    bare = line.strip()
    lead = bare[:1]
    if not bare or lead == "|" or _is_bibtex(bare):
        reader.flush()
    elif lead == "#" and (heading := _HEADING.match(line)):
        reader.heading(len(heading[1]), heading[2], number)
    elif lead in "=-" and _UNDERLINE.fullmatch(line):
        if len(reader.pending) == 1 and reader.form is Form.TEXT:
            title, at = reader.pending[0], reader.pending_line
            reader.pending = []
            reader.heading(1 if lead == "=" else 2, title, at)
        else:
            reader.flush()
    elif lead in "*_" and not reader.pending and _BOLD_LINE.fullmatch(line):
        reader.heading(_BOLD_LEVEL, bare.rstrip(":").strip("*_"), number)
    elif (lead in "-*+•" or lead.isdigit()) and (item := _ITEM.match(line)):
        reader.item(line[item.end() :], number, len(line) - len(line.lstrip()))
    else:
        if reader.pending and ":" in line and _KEYED.match(line):
            reader.flush()
        reader.add(Form.TEXT, line, number)


def _is_bibtex(bare: str) -> bool:
    return ("{" in bare or '= "' in bare or bare == "}") and _BIBTEX.match(bare) is not None


_BOLD_LEVEL = 7
"""Level of a heading that is only a bold line: below every real one."""
_KEYED = re.compile(r"\s{0,3}(?:\*\*|__)?[A-Z][\w -]{2,30}(?::(?:\*\*|__)|(?:\*\*|__)\s?:|:\s)")
"""A line of the form ``**Training data:** …``: its own passage even without a blank line."""


def _inline(raw: str) -> tuple[str, tuple[Mark, ...], tuple[int, ...]]:
    """Plain text, marks and line-break offsets of raw Markdown."""
    if not raw.isascii():
        raw = _EMOJI.sub(" ", _PRIVATE.sub(" ", raw)).translate(_PLAIN)
    if not _MARKUP.search(raw):
        return raw, (), ()
    parts: list[str] = []
    marks: list[Mark] = []
    breaks: list[int] = []
    size = at = 0
    for match in _INLINE.finditer(raw):
        before = raw[at : match.start()]
        parts.append(before)
        size += len(before)
        at = match.end()
        put = " "
        if match["break"] is not None:
            breaks.append(size + 1)
        elif match["tag"] is not None and match["tag"][1:3].lower() == "br":
            put = "; "
        elif match["emphasis"] is not None or match["escape"] is not None:
            put = ""
        elif len(marks) < _MOST_MARKS:
            mark = _mark(match)
            if mark is not None:
                put = chr(_FIRST + len(marks))
                marks.append(mark)
        parts.append(put)
        size += len(put)
    parts.append(raw[at:])
    return "".join(parts), tuple(marks), tuple(breaks)


def _mark(match: re.Match[str]) -> Mark | None:
    if match["target"] is not None:
        words = _MARKS_OF_STYLE.sub("", match["words"])
        return Mark(" ".join(words.split()), match["target"], False)
    if match["code"] is not None:
        return Mark(" ".join(match["code"].split()), None, True)
    if match["url"] is not None:
        url = match["url"].rstrip(".;:!?")
        return Mark(url, url, False)
    return None


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """``(offset, sentence)`` of a passage's text."""
    start = 0
    for match in _STOP.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(
            text[max(0, match.start() - 12) : match.start()]
        ):
            continue
        yield start, text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield start, text[start:]


_STOP = re.compile(r"[.!?][\"')”]{0,2}\s+(?=[^a-z\s])|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|et\.? al|cf|vs|etc|resp|approx|ca|Dr|Prof|[A-Z])$"
)
