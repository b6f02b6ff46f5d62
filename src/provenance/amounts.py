"""Numbers, lists and places in words, as everything that writes sentences writes them."""

from __future__ import annotations

import math
from collections.abc import Iterable


def count(value: float) -> str:
    """A number with thousands separated; up to three decimals where it is not whole."""
    if not math.isfinite(value):
        return "unbounded"
    if value == round(value):
        return f"{int(value):,}"
    return f"{value:,.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 else f"{value:.2g}"


def plural(number: int, word: str, many: str | None = None) -> str:
    """``1 set``, ``2 sets``; ``many`` is the plural of a word that takes no ``s``."""
    return f"{number:,} {word if number == 1 else many or f'{word}s'}"


def verb(number: int, singular: str, many: str) -> str:
    """The form of a verb that goes with a number: ``1 lacks``, ``2 lack``."""
    return singular if number == 1 else many


def percent(fraction: float | None, decimals: int = 1) -> str:
    """A fraction (0–1) as per cent; never rounded to none or to all.

    A share that is not zero is never shown as ``0 %``, one that is not whole never as ``100 %``.
    ``None`` is not known.
    """
    if fraction is None:
        return "unknown"
    least, text = 10**-decimals, f"{fraction * 100:.{decimals}f}"
    if fraction > 0 and float(text) == 0:
        return f"<{least:.{decimals}f} %"
    if fraction < 1 and float(text) == 100:
        return f">{100 - least:.{decimals}f} %"
    return f"{text.removesuffix('.' + '0' * decimals)} %"


def aligned_percent(fraction: float) -> str:
    """As :func:`percent`, with its decimal always: for columns, whose points stand in line."""
    text = percent(fraction)
    return text if "." in text else text.replace(" %", ".0 %")


def place(path: str, *position: int | None) -> str:
    """``path:line`` or ``path:line:column``, as far as these are known."""
    return ":".join([path, *(str(number) for number in position if number is not None)])


def listing(items: Iterable[str]) -> str:
    """``a, b and c``."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
