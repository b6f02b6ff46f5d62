"""What rich lays out for a terminal: the same bytes for the same width and colour, anywhere.

Texts given here passed the terminal's boundary; nothing is read as markup or as an emoji.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from provenance import lazy_re as re
from provenance.frozen import frozen


def drawn(parts: Iterable[RenderableType], width: int, *, color: bool = False) -> str:
    """The parts one below the other, ``width`` columns wide; no line ends in spaces."""
    stream = StringIO()
    console = _console(stream, width, color=color)
    for part in parts:
        console.print(part)
    text = _LINK_NUMBER.sub("\x1b]8;;", stream.getvalue())
    return "\n".join(line.rstrip() for line in text.split("\n"))


_LINK_NUMBER = re.compile(r"\x1b\]8;id=[0-9-]{1,40};")
"""How rich numbers links, differently in every run. No text from outside holds an escape."""


def _console(stream: StringIO, width: int, *, color: bool) -> Console:
    return Console(
        file=stream,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


Styled = tuple[str, str]
"""A text and the style it has (as rich names it; empty for none)."""


@frozen
class Lines:
    """Lines that are known to fit: thousands of them cost little, since nothing is laid out."""

    lines: Sequence[Sequence[Styled]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        end = Segment("\n")
        for line in self.lines:
            for text, style in line:
                yield Segment(text, console.get_style(style))
            yield end


@cache
def _ruler() -> Console:
    return _console(StringIO(), 80, color=False)


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, broken at spaces; a longer word is cut."""
    if text.isprintable() and cell_len(text) <= width:
        return [text.strip()]
    return [line.plain.strip() for line in Text(text).wrap(_ruler(), width)]


def indented(text: Text | str, by: int) -> Padding:
    """A text whose every line starts ``by`` columns from the left."""
    return Padding(text if isinstance(text, Text) else Text(text), (0, 0, 0, by), expand=False)
