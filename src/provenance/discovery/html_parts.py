"""HTML in a card's body, as the Markdown that says the same: tables, lists, headings, links.

Only what carries names is turned; every part keeps the number of the line it stands on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from provenance import lazy_re as re
from provenance.discovery.bounds import stop

MOST_ROWS = 2_000
_MOST_SPANNED = 50
"""Rows or columns that one cell is repeated over."""
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,300}?href\s{0,2}=\s{0,2}[\"']?(?P<url>[^\s\"'<>]{1,600})[\"']?[^<>]{0,200}>(?P<words>[^<>]{1,300})</a>",
    re.IGNORECASE,
)
_CODE = re.compile(r"<(code|tt|kbd)>([^<>`]{1,200})</(?:code|tt|kbd)>", re.IGNORECASE)
_BOLD = re.compile(r"<(b|strong)>([^<>*]{1,200})</(?:b|strong)>", re.IGNORECASE)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|thead|tbody|tr|td|th|caption)\b(?P<rest>[^<>]{0,400})>",
    re.IGNORECASE,
)
_SPAN = re.compile(r"(?i)\b(?P<way>row|col)span\s{0,2}=\s{0,2}[\"']?(?P<count>\d{1,4})")
_HEADING = re.compile(
    r"\s{0,8}<h(?P<level>[1-6])\b[^<>]{0,200}>(?P<words>.{1,300}?)</h[1-6]>\s{0,8}$", re.IGNORECASE
)
_ITEM = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_LIST = re.compile(r"</?(?:ul|ol|dl|li)\b[^<>]{0,200}>", re.IGNORECASE)
_STARTS = re.compile(r"<table\b", re.IGNORECASE)
_ENDS = re.compile(r"</table>", re.IGNORECASE)

HtmlRow = tuple[int, tuple[str, ...]]
"""The line a row starts on, and its cells as Markdown."""


def starts_table(line: str) -> bool:
    """Whether an HTML table starts on a line."""
    return "<" in line and _STARTS.search(line) is not None


def ends_table(line: str) -> bool:
    """Whether an HTML table ends on a line."""
    return "</" in line and _ENDS.search(line) is not None


def as_markdown(line: str) -> tuple[str, ...]:
    """A line with its links, code, bold words, headings and list items in Markdown, an item a line."""
    if "<" not in line:
        return (line,)
    line = inline(line)
    heading = _HEADING.match(line)
    if heading is not None:
        return (f"{'#' * int(heading['level'])} {heading['words'].strip()}",)
    if "<li" in line.lower():
        indent = " " * min(12, len(line) - len(line.lstrip()))
        before, *items = _ITEM.split(line)
        lead = _LIST.sub("", before)
        return tuple(
            x
            for x in (lead, *(f"{indent}- {_LIST.sub('', i).strip()}" for i in items))
            if x.strip()
        )
    return ("",) if _LIST.fullmatch(line.strip()) else (line,)


def inline(text: str) -> str:
    """Links, code and bold words of a text in Markdown."""
    text = _ANCHOR.sub(lambda m: f"[{m['words'].strip()}]({m['url']})", text)
    return _BOLD.sub(r"**\2**", _CODE.sub(r"`\2`", text))


@dataclass(slots=True)
class _Rows:
    """Collects the cells of a table, those that span rows or columns in each of them."""

    rows: list[HtmlRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    spanned: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Column to the rows below that a cell still fills, and its text."""
    line: int = 0
    cell: str | None = None
    rest: str = ""
    """The attributes of the present cell."""
    depth: int = 0

    def start(self, line: int) -> None:
        self.finish()
        self.line = line

    def _fill(self) -> None:
        while (held := self.spanned.get(len(self.cells))) is not None:
            left, text = held
            if left == 1:
                del self.spanned[len(self.cells)]
            else:
                self.spanned[len(self.cells)] = (left - 1, text)
            self.cells.append(text)

    def add(self, text: str, rest: str) -> None:
        spans = {m["way"].lower(): int(m["count"]) for m in _SPAN.finditer(rest)}
        if any(count > _MOST_SPANNED for count in spans.values()):
            stop("a cell over many rows or columns")
            spans = {way: min(count, _MOST_SPANNED) for way, count in spans.items()}
        self._fill()
        for _ in range(max(1, spans.get("col", 1))):
            if spans.get("row", 1) > 1:
                self.spanned[len(self.cells)] = (spans["row"] - 1, text)
            self.cells.append(text)

    def finish(self) -> None:
        """End the present row."""
        if self.cells:
            self._fill()
            self.rows.append((self.line, tuple(self.cells)))
        self.cells = []

    def text(self, text: str) -> None:
        """Words between two tags."""
        if self.cell is not None:
            self.cell += text

    def tag(self, name: str, ends: bool, rest: str, line: int) -> None:
        """A tag of a table: it ends the present cell, and may start a row or another cell."""
        if name == "table":
            self.depth += -1 if ends else 1
        if self.depth > 1 or name not in {"td", "th", "tr", "table"}:
            return
        if self.cell is not None:
            self.add(inline(" ".join(self.cell.split())), self.rest)
            self.cell = None
        if name == "tr" and not ends:
            self.start(line)
        elif name in {"td", "th"} and not ends:
            self.cell, self.rest, self.line = "", rest, self.line or line


def table_rows(lines: Sequence[tuple[int, str]]) -> tuple[HtmlRow, ...]:
    """Rows of an HTML table that stands on numbered ``lines``; a table in a cell is not read."""
    rows = _Rows()
    for number, line in lines:
        at = 0
        for match in _TAG.finditer(line):
            rows.text(line[at : match.start()])
            rows.tag(match["name"].lower(), bool(match["end"]), match["rest"], number)
            at = match.end()
        rows.text(f"{line[at:]} ")
        if len(rows.rows) > MOST_ROWS:
            stop("a table")
            break
    rows.finish()
    return tuple(rows.rows)
