"""Text in columns: widths as rich knows them, clipping and wrapping. rich is imported late."""

from __future__ import annotations

WIDEST = 160
"""Columns that a report takes at most."""


def width(text: str) -> int:
    """Columns that ``text`` (escaped for the terminal) takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def clip(text: str, columns: int) -> str:
    """``text`` in at most ``columns``, its end replaced by ``…`` when it is longer."""
    if width(text) <= columns:
        return text
    head = text[: columns - 1]
    if width(head) == columns - 1:
        return f"{head.rstrip()}…"
    from rich.cells import set_cell_size

    return f"{set_cell_size(text, columns - 1).rstrip()}…"


def clip_middle(text: str, columns: int) -> str:
    """Like :func:`clip` for ids: the end, which tells them apart, is kept."""
    if width(text) <= columns:
        return text
    if not text.isascii() or columns < 8:
        return clip(text, columns)
    head = (columns - 1) // 3
    return text[:head] + "…" + text[-(columns - 1 - head) :]


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``, broken at spaces; a longer word is cut."""
    from provenance.console import wrapped

    words = " ".join(text.split())
    return wrapped(words, max(columns, 1)) if words else []
