"""Text in columns: widths as a terminal shows them, clipping, wrapping and colour."""

from __future__ import annotations

from dataclasses import dataclass

from provenance import lazy_re as re

_NARROW = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u2010-\u2027\u2030-\u205e\u2190-\u21ff"
    r"\u2500-\u25fc\ue000]*"
)
"""Characters that take one column each: for a text of these no table of widths is loaded."""

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Adds ANSI colour (ECMA-48 SGR) when it is on; gives texts back as they are when not."""

    on: bool

    def __call__(self, text: str, *styles: str) -> str:
        """``text`` in ``styles`` (names such as ``bold`` and ``red``)."""
        if not self.on or not text or not styles:
            return text
        codes = ";".join(_CODES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"


def width(text: str) -> int:
    """Columns that ``text`` (escaped for the terminal) takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def _char_width(char: str) -> int:
    if _NARROW.fullmatch(char):
        return 1
    from wcwidth import wcwidth

    return max(wcwidth(char), 0)


def clip(text: str, columns: int) -> str:
    """``text`` in at most ``columns``, its end replaced by ``…`` when it is longer."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > columns - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def clip_middle(text: str, columns: int) -> str:
    """Like :func:`clip` for ids: the end, which tells them apart, is kept."""
    if width(text) <= columns:
        return text
    if not text.isascii() or columns < 8:
        return clip(text, columns)
    head = (columns - 1) // 3
    return text[:head] + "…" + text[-(columns - 1 - head) :]


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to ``columns``; ``right`` aligns it to the right."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns``, broken at spaces; a longer word is cut."""
    columns = max(columns, 1)
    lines: list[str] = []
    current = ""
    for given in text.split():
        word = given
        candidate = f"{current} {word}" if current else word
        if width(candidate) <= columns:
            current = candidate
            continue
        if current:
            lines.append(current)
        while width(word) > columns:
            head = _head(word, columns)
            lines.append(head)
            word = word[len(head) :]
        current = word
    return [*lines, current] if current else lines


def hang(text: str, columns: int) -> list[str]:
    """Like :func:`wrap`, with every line after the first indented by two spaces."""
    first, *rest = wrap(text, columns - 2) or [""]
    return [first, *(f"  {line}" for line in rest)]


def _head(word: str, columns: int) -> str:
    used = 0
    for index, char in enumerate(word):
        used += _char_width(char)
        if used > columns and index:
            return word[:index]
    return word
