"""A census for a person at a terminal. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from wcwidth import clip, ljust, wcswidth

from provenance.escape import terminal
from provenance.surveying.aggregate import Aggregates, Share
from provenance.surveying.words import METADATA_ONLY, further, headline, interval, of_all, percent

_BAR = 20
_LEAST_BAR = 8
"""Shorter bars tell nothing."""
_NAME = 24
_SHOWN = 10
_OF_DOWNLOADS = "of downloads"
"""The group's part of all downloads."""
_BY_DOWNLOADS = "by downloads"
"""What of the group's downloads is of subjects that lack."""


def summary(found: Aggregates, source: str, width: int) -> str:
    """The totals and the largest groups, at most ``width`` columns wide."""
    total = found.total
    many = f"{found.kind}s"
    lines = [f"Census of {terminal(source)}: {total.subjects:,} {many}", ""]
    if not total.subjects:
        return lines[0] + "\n"
    bounds = interval(found)
    for said in (headline(found), *([bounds] if bounds else []), *further(found)):
        lines += textwrap.wrap(said, width)
    if found.metadata_only:
        lines += ["", *textwrap.wrap(METADATA_ONLY, width)]
    whole = (total.subjects, total.downloads)
    lines += _parts("License state", found.states, many, width, whole)
    lines += _parts("License", found.licenses, many, width, whole, own_scale=True)
    lines += _parts("Restriction", found.restrictions, many, width, whole, own_scale=True)
    lines += _groups("Author", found.authors, many, width, total.downloads)
    lines += _groups("Category", found.categories, many, width, total.downloads)
    lines += _groups("Year of last change", found.years, many, width, total.downloads)
    if [s.name for s in found.personal_data] != ["unknown"]:
        title = "Personal data documented"
        lines += _parts(title, found.personal_data, many, width, whole)
    lines += _parts("Not examined", found.unread, many, width, whole)
    lines += _first(found, width)
    lines += ["", *textwrap.wrap(of_all(found), width)]
    return "\n".join(lines) + "\n"


def _first(found: Aggregates, width: int) -> list[str]:
    """The first few that were not examined, each with why."""
    if not found.unread_first:
        return []
    lines = [
        _cut(f"  {terminal(one.id)}: {terminal(one.reason)}", width) for one in found.unread_first
    ]
    more = found.total.unread - len(found.unread_first)
    return ["", *lines, *([f"  and {more:,} more"] if more else [])]


def _parts(
    title: str,
    parts: Sequence[Share],
    many: str,
    width: int,
    whole: tuple[int, int | None],
    *,
    own_scale: bool = False,
) -> list[str]:
    """Parts of the whole, with their part of the downloads where these are known.

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
        rows.append((part.name, cells, part.subjects / largest))
    return _table(title, heads, rows, width)


def _groups(
    title: str, groups: Sequence[Share], many: str, width: int, downloads: int | None
) -> list[str]:
    """Groups: how many subjects, and how many of these lack, also weighted by downloads."""
    heads = [f"{many:>10}", "lacking"] + ([_BY_DOWNLOADS, _OF_DOWNLOADS] if downloads else [])
    rows = []
    for group in groups:
        cells = [f"{group.subjects:>10,}", f"{percent(group.lacking, group.read):>7}"]
        if downloads:
            lost = percent(group.downloads_lacking or 0, group.downloads_read)
            cells += [f"{lost:>12}", f"{percent(group.downloads or 0, downloads):>12}"]
        rows.append((group.name, cells, group.lacking / group.read if group.read else 0.0))
    return _table(title, heads, rows, width)


def _table(
    title: str, heads: Sequence[str], rows: Sequence[tuple[str, list[str], float]], width: int
) -> list[str]:
    """At most ten rows of a name, cells and a bar where there is room for one."""
    if not rows:
        return []
    head = "  ".join(heads)
    bar = min(_BAR, width - len(head) - _NAME - 4)
    bar = bar if bar >= _LEAST_BAR else 0
    name = _name_width(width, len(head) + (bar + 2 if bar else 0))
    lines = ["", f"{ljust(_cut(title, name), name)}  {head}"]
    for label, cells, share in rows[:_SHOWN]:
        line = f"{ljust(_cut(terminal(label), name), name)}  {'  '.join(cells)}"
        lines.append(f"{line}  {'█' * round(bar * share)}".rstrip())
    if len(rows) > _SHOWN:
        lines.append("…")
    return lines


def _name_width(width: int, rest: int) -> int:
    return max(_NAME, min(44, width - rest - 2))


def _cut(text: str, width: int) -> str:
    """At most ``width`` columns as a terminal shows them: some letters take two."""
    return text if wcswidth(text) <= width else clip(text, 0, width - 1) + "…"
