"""Reports laid out for a terminal: pages and tables of records."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from provenance import console
from provenance.escape import terminal
from provenance.render.layout import clip, clip_middle, width
from provenance.render.page import Page
from provenance.render.record_tables import RecordTable

_LEAST_CELL, _LEAST_NAME = 8, 20
"""Columns of a cell and of the first column at least."""


def drawn(parts: Iterable[RenderableType], page: Page) -> str:
    """The parts one below the other, as wide and in the colour of the page."""
    return console.drawn(parts, page.width, color=page.color)


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
