"""Reports laid out for a terminal: pages, titles, paragraphs, and tables of records."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from provenance import console
from provenance.escape import terminal
from provenance.render.layout import clip, clip_middle, width, wrap
from provenance.render.page import Page
from provenance.render.record_tables import RecordTable

_WIDEST_PROSE = 120
"""Columns of a paragraph at most: longer lines are hard to read."""
_LEAST_CELL, _LEAST_NAME = 8, 20
"""Columns of a cell and of the first column at least."""
_KEPT = "\ue000"
"""Stands for a space that no line is broken at; private use, so no text of ours holds it."""


def drawn(parts: Iterable[RenderableType], page: Page) -> str:
    """The parts one below the other, as wide and in the colour of the page."""
    return console.drawn(parts, page.width, color=page.color)


def title(text: str, page: Page, style: str = "bold") -> RenderableType:
    """A heading, with a line to the end of the page."""
    return Rule(Text(clip(text, page.width), style), style="dim", align="left")


def prose_width(page: Page) -> int:
    """Columns that a paragraph is written in."""
    return min(page.width, _WIDEST_PROSE)


def cut(text: str, columns: int, most: int | None = None) -> list[str]:
    """Lines of a text for the terminal, the last of ``most`` ending in ``…`` where more is.

    No number is parted from its per cent sign.
    """
    lines = wrap(terminal(text).replace(" %", f"{_KEPT}%"), columns)
    if most is not None and len(lines) > most:
        last = clip(f"{lines[most - 1]} {lines[most]}", columns)
        lines = [*lines[: most - 1], f"{last.removesuffix('…').rstrip(' .,;')}…"]
    return [line.replace(_KEPT, " ") for line in lines]


def paragraph(text: str, page: Page, most: int | None = None, style: str = "", by: int = 0) -> Text:
    """A text of outside words, wrapped, ``by`` columns from the left; cut after ``most`` lines."""
    lines = cut(text, prose_width(page) - by, most)
    return Text("\n".join(" " * by + line for line in lines), style)


def hanging(text: str, page: Page, by: int = 0) -> Text:
    """A paragraph ``by`` columns from the left, its lines after the first two more."""
    indent = " " * by
    return Text(indent + f"\n{indent}  ".join(cut(text, prose_width(page) - by - 2)))


def columns_of(
    heads: Sequence[str], page: Page, *, wraps: Mapping[int, int], right: Container[str] = ()
) -> Table:
    """A table whose columns are as wide as what is in them.

    Those that ``wraps`` names by number give way where there is no room, and have at most as many
    columns as it says (0: no such limit); ``right`` aligns by head.
    """
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for number, head in enumerate(heads):
        table.add_column(
            Text(clip(terminal(head), page.width)),
            justify="right" if head in right else "left",
            no_wrap=number not in wraps,
            overflow="fold" if number in wraps else "ellipsis",
            max_width=wraps.get(number) or None,
        )
    return table


def drawn_table(table: RecordTable, page: Page) -> RenderableType:
    """A table in columns as wide as the page: the first takes what the others leave."""
    cells = (table.head, *table.rows)
    others = [[terminal(row[i]) for row in cells] for i in range(1, len(table.head))]
    most = max(_LEAST_CELL, (page.width - _LEAST_NAME) // len(others))
    wide = [min(max(map(width, column)), most) for column in others]
    first = page.width - sum(wide) - len(wide)
    shown = Table(
        box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", width=page.width
    )
    shown.add_column(Text(clip(terminal(table.head[0]), first)), width=first, no_wrap=True)
    for head, columns in zip(table.head[1:], wide, strict=True):
        title = Text(clip(terminal(head), columns))
        shown.add_column(title, width=columns, justify="right", no_wrap=True, overflow="ellipsis")
    for row in table.rows:
        name = Text(clip_middle(terminal(row[0]), first))
        shown.add_row(name, *(Text(terminal(cell)) for cell in row[1:]))
    return Group(shown, Text(table.rest)) if table.rest else shown
