"""A census for a person at a terminal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.census.aggregate import Aggregates, Share
from provenance.render.escape import terminal

_BAR = 20
_SHOWN = 10


def summary(found: Aggregates, source: str, width: int) -> str:
    """The totals and the largest groups, at most ``width`` columns wide."""
    total = found.total
    many = f"{found.kind}s"
    lines = [f"Census of {terminal(source)}: {total.subjects:,} {many}", ""]
    if not total.subjects:
        return lines[0] + "\n"
    lines.append(
        f"{_percent(total.lacking, total.subjects)} lack an explicit license "
        f"({total.lacking:,} of {total.subjects:,} {many})"
    )
    if total.downloads:
        lines.append(
            f"{_percent(total.downloads_lacking or 0, total.downloads)} of "
            f"{total.downloads:,} downloads are of {many} that lack one"
        )
    if found.undeclared is not None:
        lines.append(
            f"{_percent(found.undeclared, total.subjects)} name no training data "
            f"({found.undeclared:,} models)"
        )
    if found.mean_lacking is not None:
        lines.append(
            f"{100 * found.mean_lacking:.1f} % of the named training data lacks a license "
            "(mean over models that name any)"
        )
    states = [(s.name, s.subjects, total.subjects, s.downloads) for s in found.states]
    lines += _table("License state", states, many, width, total.downloads)
    lines += _groups("License", found.licenses, many, width, of=total.subjects)
    lines += _groups("Restriction", found.restrictions, many, width, of=total.subjects)
    for title, shares in (
        ("Author", found.authors),
        ("Category", found.categories),
        ("Year of last change", found.years),
    ):
        lines += _groups(title, shares, many, width)
    documented = [(s.name, s.subjects, total.subjects, s.downloads) for s in found.personal_data]
    if [s.name for s in found.personal_data] != ["unknown"]:
        lines += _table("Personal data documented", documented, many, width, None)
    unread = [(s.name, s.subjects, total.subjects, s.downloads) for s in found.unread]
    lines += _table("Not read", unread, many, width, None)
    return "\n".join(lines) + "\n"


def _groups(
    title: str, shares: Sequence[Share], many: str, width: int, of: int | None = None
) -> list[str]:
    """A table of groups: how many subjects, and of these how many lack (or of all, ``of``)."""
    if not shares:
        return []
    if of is not None:
        return _table(
            title, [(s.name, s.subjects, of, s.downloads) for s in shares], many, width, None
        )
    rows = [(s.name, s.lacking, s.subjects, s.downloads) for s in shares[:_SHOWN]]
    head = f"{many:>10}  lacking"
    name = _name_width(width, len(head) + 2 + _BAR)
    lines = ["", f"{title:<{name}}  {head}"]
    for label, lacking, subjects, _ in rows:
        share = _percent(lacking, subjects)
        lines.append(
            f"{_fit(label, name)}  {subjects:>10,}  {share:>7}  {_bar(lacking, subjects)}".rstrip()
        )
    if len(shares) > _SHOWN:
        lines.append("…")
    return lines


def _table(
    title: str,
    rows: Sequence[tuple[str, int, int, int | None]],
    many: str,
    width: int,
    downloads: int | None,
) -> list[str]:
    """A table of parts of a whole, with their part of the downloads where these are known."""
    if not rows:
        return []
    head = f"{many:>10}    share" + ("  of downloads" if downloads else "")
    name = _name_width(width, len(head) + 2 + _BAR)
    lines = ["", f"{title:<{name}}  {head}"]
    for label, part, whole, loaded in rows[:_SHOWN]:
        line = f"{_fit(label, name)}  {part:>10,}  {_percent(part, whole):>7}"
        if downloads:
            line += f"  {_percent(loaded or 0, downloads):>12}"
        lines.append(f"{line}  {_bar(part, whole)}".rstrip())
    if len(rows) > _SHOWN:
        lines.append("…")
    return lines


def _name_width(width: int, rest: int) -> int:
    return max(24, min(44, width - rest - 2))


def _fit(text: str, width: int) -> str:
    clean = terminal(text)
    return f"{clean:<{width}}" if len(clean) <= width else clean[: width - 1] + "…"


def _percent(part: int, whole: int) -> str:
    """One decimal; what is not all or nothing is never shown as such."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "<0.1 %"
    if 99.9 < share < 100:
        return ">99.9 %"
    return f"{share:.1f} %"


def _bar(part: int, whole: int) -> str:
    return "█" * round(_BAR * part / whole) if whole else ""
