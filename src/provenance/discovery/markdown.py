"""A card's body cut into passages, tables and fenced code, line by line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bounds import most, upto
from provenance.discovery.document import CodeBlock, Document, Form, Passage, Table
from provenance.discovery.html_parts import (
    HtmlRow,
    as_markdown,
    ends_table,
    starts_table,
    table_rows,
)

_LONGEST_PASSAGE = 18_000
"""Characters of one paragraph or cell that are read; the rest of a longer one is not."""
MAX_PASSAGES = 4_000
"""Headings, list items and paragraphs that are read; of 4,700 real cards one has more lines."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s{0,20}(.*)")
_FENCE = re.compile(r"\s{0,8}(```+|~~~+)")
_ITEM = re.compile(r"\s{0,12}(?:[-*+•]|\d{1,2}[.)-])\s+")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_RULE = re.compile(r"[\s|:-]+")
_DEEPEST = 3
"""Enclosing list items that are kept."""
_BIBTEX = re.compile(r"\s{0,8}(?:@\w{3,20}\s?\{|\w{3,20}\s{0,20}=\s{0,4}[{\"]|\}\s*$)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-+)\s*")
_BOLD_LINE = re.compile(r"\s{0,3}(?:\*{1,3}|_{1,2})[^*_]{2,80}(?:\*{1,3}|_{1,2})\s*:?\s*")


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
        whole = "\n".join(self.pending)
        raw = upto(whole, _LONGEST_PASSAGE, "a paragraph or list item")
        self.pending = []
        passage = Passage(self.form, raw, self.pending_line, self.path, self.first, self.leads)
        self.passages.append(passage)
        self.first = False
        if self.form is Form.TEXT:
            self.intro = raw

    def heading(self, level: int, raw: str, line: int) -> None:
        self.flush()
        raw = upto(raw, _LONGEST_PASSAGE, "a heading")
        self.items, self.intro, self.leads = [], "", ()
        passage = Passage(Form.HEADING, raw.rstrip("# \t"), line, self.path, False)
        if level == _BOLD_LEVEL and self.first and self.headings[-1:][0][0] == level:
            level += 1  # two bold lines in a row: the second stands below the first
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

    def table(self, lines: Sequence[HtmlRow]) -> None:
        """Keep a table: ``lines`` are its header and its rows, without the rule between."""
        self.flush()
        header, *rows = (
            tuple(_cell(c, number, self.path) for c in cells) for number, cells in lines
        )
        self.tables.append(Table(self.path, self.intro, lines[0][0], header, tuple(rows)))
        self.first = False


def read_body(card: Card) -> Document:
    """Passages, tables and fenced code of a card's body."""
    reader = _Reader()
    lines = list(_lines(card))
    ends = [index + 1 for index, (_, line, _) in enumerate(lines) if ends_table(line)]
    at = 0
    while at < len(lines):
        number, line, code = lines[at]
        at += 1
        if code is not None:
            reader.flush()
            reader.blocks.append(CodeBlock(number, code, reader.path))
        elif "|" in line and at < len(lines) and _is_rule(lines[at][1]):
            rows = [(number, _cells(line))]
            at += 1
            while at < len(lines) and "|" in lines[at][1]:
                rows.append((lines[at][0], _cells(lines[at][1])))
                at += 1
            reader.table(rows)
        elif starts_table(line) and bisect_left(ends, at) < len(ends):
            end = ends[bisect_left(ends, at)]
            html = table_rows([(n, text) for n, text, _ in lines[at - 1 : end]])
            if html:
                reader.table(html)
            at = end
        else:
            for part in as_markdown(line):
                _read_line(reader, number, part)
    reader.flush()
    passages = tuple(most(reader.passages, MAX_PASSAGES, "the text"))
    return Document(passages, tuple(reader.tables), tuple(reader.blocks))


def _cell(raw: str, line: int, path: tuple[str, ...]) -> Passage:
    return Passage(Form.CELL, upto(raw, _LONGEST_PASSAGE, "a cell"), line, path, False)


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
    comment = False
    for number in range(card.body_start, len(card.lines) + 1):
        line = card.lines[number - 1]
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
