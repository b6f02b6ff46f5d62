"""Tables of knowledge as files: a row is one fact, with an example of it and a near miss.

What somebody may want to read, correct or add to without reading code stands in a file beside the
code that uses it: ``*.tsv`` with a line of column names, and ``*.txt`` with a word a line. Tabs
part cells, so that a pattern stands there as :mod:`re` reads it, without a second layer of quoting.
docs/adr/0017-knowledge-as-data.md says what belongs into a file and what into code.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

SPACE = "␣"
"""Stands in a word list for a space at either end, which editors take away."""
EXAMPLES = ("example", "near miss")
"""The last two columns of a table: a text that a row is for, and one like it that it is not for."""


def read_table(room: str, name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/name.tsv`` of a room, without their examples.

    Raises:
        ValueError: the file has other columns, or a row has more or fewer cells than columns. Both
            are mistakes in a shipped file, which tests find.

    """
    return tuple(row[:-2] for row in read_rows(room, name, *columns, *EXAMPLES))


def read_rows(room: str, name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/name.tsv`` of a room as they are; raises as :func:`read_table`."""
    head, *lines = _text(room, f"{name}.tsv").splitlines()
    if tuple(head.split("\t")) != columns:
        raise ValueError(f"{room}/data/{name}.tsv has the columns {head!r}")
    rows = tuple(tuple(line.split("\t")) for line in lines)
    if any(len(row) != len(columns) for row in rows):
        raise ValueError(f"{room}/data/{name}.tsv has a row of other than {len(columns)} cells")
    return rows


def alternatives(room: str, name: str) -> str:
    """The patterns of a table as alternatives of one pattern, in their order."""
    return "|".join(pattern for (pattern,) in read_table(room, name, "pattern"))


def alternatives_by(room: str, name: str, column: str) -> dict[str, str]:
    """The same of a table of several groups, by what its first column names."""
    groups: dict[str, list[str]] = {}
    for group, pattern in read_table(room, name, column, "pattern"):
        groups.setdefault(group, []).append(pattern)
    return {group: "|".join(patterns) for group, patterns in groups.items()}


def read_words(room: str, name: str) -> tuple[str, ...]:
    """The lines of ``data/name.txt`` of a room, in their order."""
    return tuple(_text(room, f"{name}.txt").replace(SPACE, " ").splitlines())


def _text(room: str, name: str) -> str:
    return _home().joinpath(room, "data", name).read_text(encoding="utf-8")


@cache
def _home() -> Traversable:
    return files("provenance")
