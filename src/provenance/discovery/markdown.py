"""The little Markdown that discovery needs: headings, links, table cells, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(
    r"!?\[([^\]\[]{0,300})\]\(\s*<?([^\s()<>]{1,600}(?:\([^\s()]{0,80}\))?)>?[^)]{0,200}\)"
)
_BARE_URL = re.compile(r"https?://[^\s<>()\[\]\"'`|]{3,600}")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)")
_TAG = re.compile(r"<[^<>]{1,300}>")
_EMPHASIS = re.compile(r"(\*\*|__|`|(?<!\w)[*_]|[*_](?!\w))")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")


@dataclass(frozen=True, slots=True)
class Link:
    """A link's words and target."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table: header cells and rows of cells, with 1-based file lines."""

    heading: str
    """Text of the nearest heading above it; empty if none."""
    intro: str
    """The last line of text before it."""
    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def links(text: str) -> tuple[Link, ...]:
    """Links in ``text``: ``[words](url)`` and bare URLs outside them, in order."""
    found = [(m.start(), Link(plain(m[1]), m[2])) for m in _LINK.finditer(text)]
    rest = _LINK.sub(lambda m: " " * len(m[0]), text)
    found += [(m.start(), Link("", m[0].rstrip(".,;:!?"))) for m in _BARE_URL.finditer(rest)]
    return tuple(link for _, link in sorted(found, key=lambda pair: pair[0]))


def plain(text: str) -> str:
    """``text`` without links' targets, emphasis, code marks and tags; white space folded."""
    text = _LINK.sub(lambda m: m[1], text)
    text = _EMPHASIS.sub("", _TAG.sub(" ", text))
    return " ".join(text.replace("\\", "").split())


def heading_of(line: str) -> tuple[int, str] | None:
    """Level and words of an ATX heading."""
    match = _HEADING.match(line)
    return (len(match[1]), plain(match[2])) if match else None


def body_lines(lines: tuple[str, ...], start: int) -> Iterator[tuple[int, str, str]]:
    """``(line number, line, nearest heading)`` of the body outside fenced code.

    ``start`` is the 1-based first line of the body.
    """
    heading = ""
    fence = ""
    for number in range(start, len(lines) + 1):
        line = lines[number - 1]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        found = heading_of(line)
        if found is not None:
            heading = found[1]
        yield number, line, heading


def tables(lines: tuple[str, ...], start: int) -> Iterator[Table]:
    """Pipe tables of the body outside fenced code."""
    heading, intro = "", ""
    header: tuple[int, str] | None = None
    current: tuple[int, tuple[str, ...], str, str] | None = None
    rows: list[tuple[int, tuple[str, ...]]] = []
    last = 0
    for number, line, nearest in body_lines(lines, start):
        if current is not None:
            if "|" in line and line.strip() and number == last + 1:
                rows.append((number, _cells(line)))
                last = number
                continue
            yield Table(current[2], current[3], current[1], current[0], tuple(rows))
            current = None
        if header is not None and number == header[0] + 1 and _is_rule(line):
            current = (header[0], _cells(header[1]), heading, intro)
            rows, last, header = [], number, None
            continue
        if header is not None:
            intro = plain(header[1])
        heading = nearest
        header = (number, line) if "|" in line else None
        if header is None and line.strip() and heading_of(line) is None:
            intro = plain(line)
    if current is not None:
        yield Table(current[2], current[3], current[1], current[0], tuple(rows))


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and all(_RULE_CELL.fullmatch(c) for c in _cells(line))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().replace("\\|", "\x00")
    inner = inner.removeprefix("|").removesuffix("|")
    return tuple(cell.replace("\x00", "|").strip() for cell in inner.split("|"))
