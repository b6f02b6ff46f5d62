"""Reports laid out for a terminal: pages, titles, paragraphs, and tables of records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from provenance import console
from provenance.console import Lines, Styled
from provenance.escape import terminal
from provenance.frozen import frozen
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


@frozen
class TableColumn:
    """One column of a table that is as wide as what is in it."""

    head: str
    wraps: bool = False
    """Whether it gives way where there is no room."""
    most: int | None = None
    """Columns of the page that it has at most."""
    right: bool = False


StyledCell = tuple[Styled, ...]
"""What stands in a cell, in parts that passed the terminal's boundary."""
_BETWEEN = 2
"""Blank columns between two columns."""


def columns_of(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[StyledCell]], page: Page
) -> RenderableType:
    """A table. Where all fits, each row is a line and nothing is laid out: that is quick."""
    heads = [clip(terminal(column.head), page.width) for column in columns]
    wide = [
        max([width(head), *(_cell_width(row[number]) for row in rows)])
        for number, head in enumerate(heads)
    ]
    fits = sum(wide) + _BETWEEN * (len(wide) - 1) <= page.width and all(
        column.most is None or taken <= column.most
        for column, taken in zip(columns, wide, strict=True)
    )
    if fits:
        titles = [((head, "dim"),) for head in heads]
        return Lines([_line(cells, columns, wide) for cells in (titles, *rows)])
    table = Table(box=None, padding=(0, _BETWEEN, 0, 0), pad_edge=False, header_style="dim")
    for column, head in zip(columns, heads, strict=True):
        table.add_column(
            Text(head),
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            overflow="fold" if column.wraps else "ellipsis",
            max_width=column.most,
        )
    for row in rows:
        table.add_row(*(Text.assemble(*cell) for cell in row))
    return table


def _cell_width(cell: StyledCell) -> int:
    return sum(width(text) for text, _ in cell)


def _line(
    cells: Sequence[StyledCell], columns: Sequence[TableColumn], wide: Sequence[int]
) -> list[Styled]:
    """The cells of one line, each filled up to its column and parted from the next."""
    line: list[Styled] = []
    for cell, column, room in zip(cells, columns, wide, strict=True):
        blank = (" " * (room - _cell_width(cell)), "")
        line += [blank, *cell] if column.right else [*cell, blank]
        line.append((" " * _BETWEEN, ""))
    return line[:-1]


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
