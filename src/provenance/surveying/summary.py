"""A census for a person at a terminal, laid out by rich. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from provenance.console import drawn, indented
from provenance.escape import terminal
from provenance.surveying.aggregate import Aggregates, GroupShare
from provenance.surveying.words import (
    METADATA_ONLY,
    further,
    headline,
    interval,
    of_all,
    percent,
    unread,
)
from provenance.vocabulary.state_colors import TERMINAL_COLORS

_BAR = 20
_LEAST_BAR = 8
"""Shorter bars tell nothing."""
_NAME, _LONGEST_NAME = 24, 44
_GAP = 2
_SHOWN = 10
_OF_DOWNLOADS = "of downloads"
"""The group's part of all downloads."""
_BY_DOWNLOADS = "by downloads"
"""What of the group's downloads is of subjects that lack."""


def summary(sums: Aggregates, source: str, width: int, *, color: bool = False) -> str:
    """The totals and the largest groups, at most ``width`` columns wide."""
    total = sums.total
    many = f"{sums.kind}s"
    first = Text(f"Census of {terminal(source)}: {total.subjects:,} {many}")
    if not total.subjects:
        return drawn([first], width, color=color)
    bounds = interval(sums)
    sentences = (headline(sums), *([bounds] if bounds else []), *further(sums))
    first.stylize("bold")
    parts: list[RenderableType] = [first, Text(), *(Text(terminal(text)) for text in sentences)]
    if sums.metadata_only:
        parts += [Text(), Text(METADATA_ONLY)]
    whole = (total.subjects, total.downloads)
    parts += _parts("License state", sums.states, many, width, whole)
    parts += _parts("License", sums.licenses, many, width, whole, "explicit", own_scale=True)
    parts += _parts("Restriction", sums.restrictions, many, width, whole, own_scale=True)
    parts += _groups("Author", sums.authors, many, width, total.downloads)
    parts += _groups("Category", sums.categories, many, width, total.downloads)
    parts += _groups("Year of last change", sums.years, many, width, total.downloads)
    if [s.name for s in sums.personal_data] != ["unknown"]:
        title = "Personal data documented"
        parts += _parts(title, sums.personal_data, many, width, whole)
    parts += _parts("Not examined", unread(sums), many, width, whole, "unresolved")
    parts += _first(sums)
    return drawn([*parts, Text(), Text(of_all(sums), "dim")], width, color=color)


def _first(sums: Aggregates) -> list[RenderableType]:
    """The first few that were not examined, each with why."""
    if not sums.unread_first:
        return []
    lines = [
        indented(f"{terminal(unread.id)}: {terminal(unread.reason)}", 2)
        for unread in sums.unread_first
    ]
    more = sums.total.unread - len(sums.unread_first)
    return [Text(), *lines, *([Text(f"  and {more:,} more")] if more else [])]


def _parts(
    title: str,
    parts: Sequence[GroupShare],
    many: str,
    width: int,
    whole: tuple[int, int | None],
    state: str = "",
    *,
    own_scale: bool = False,
) -> list[RenderableType]:
    """Parts of the whole, with their part of the downloads where these are known.

    Bars have the colour of ``state``, else of the state that a part is called.
    On their own scale the largest fills its bar: of many licenses each is a small part of all.
    """
    subjects, downloads = whole
    heads = [f"{many:>10}", f"{'share':>7}"] + ([_OF_DOWNLOADS] if downloads else [])
    rows = []
    largest = max((p.subjects for p in parts), default=1) if own_scale else subjects
    for part in parts:
        cells = [f"{part.subjects:>10,}", f"{percent(part.subjects, subjects):>7}"]
        if downloads:
            cells.append(f"{percent(part.downloads or 0, downloads):>12}")
        rows.append(_Row(part.name, cells, part.subjects / largest, state or part.name))
    return _table(title, heads, rows, width)


def _groups(
    title: str, groups: Sequence[GroupShare], many: str, width: int, downloads: int | None
) -> list[RenderableType]:
    """Groups: how many subjects, and how many of these lack, also weighted by downloads."""
    heads = [f"{many:>10}", "lacking"] + ([_BY_DOWNLOADS, _OF_DOWNLOADS] if downloads else [])
    rows = []
    for group in groups:
        cells = [f"{group.subjects:>10,}", f"{percent(group.lacking, group.read):>7}"]
        if downloads:
            lost = percent(group.downloads_lacking or 0, group.downloads_read)
            cells += [f"{lost:>12}", f"{percent(group.downloads or 0, downloads):>12}"]
        lacking = group.lacking / group.read if group.read else 0.0
        rows.append(_Row(group.name, cells, lacking, "none"))
    return _table(title, heads, rows, width)


class _Row(NamedTuple):
    """One line of a table."""

    name: str
    cells: list[str]
    share: float
    """How much of its bar is full, 0–1."""
    state: str
    """Whose colour the bar has; the plain one where it is no state."""


def _table(
    title: str, heads: Sequence[str], rows: Sequence[_Row], width: int
) -> list[RenderableType]:
    """At most ten rows of a name, cells and a bar where there is room for one."""
    if not rows:
        return []
    cells = sum(len(head) + _GAP for head in heads)
    bar = min(_BAR, width - cells - _NAME - _GAP)
    bar = bar if bar >= _LEAST_BAR else 0
    name = max(_NAME, min(_LONGEST_NAME, width - cells - (bar + _GAP if bar else 0)))
    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(Text(title), width=name, no_wrap=True, overflow="ellipsis")
    for head in heads:
        table.add_column(Text(head.strip()), width=len(head), no_wrap=True, justify="right")
    if bar:
        table.add_column(width=bar, no_wrap=True)
    for row in rows[:_SHOWN]:
        full = Text("█" * round(bar * row.share), TERMINAL_COLORS.get(row.state, ""))
        table.add_row(Text(terminal(row.name)), *row.cells, *([full] if bar else []))
    return [Text(), table, *([Text("…")] if len(rows) > _SHOWN else [])]
