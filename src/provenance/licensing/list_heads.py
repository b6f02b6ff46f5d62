"""Words over a list that its items are read with: "You may not:", "Permitted uses:"."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.sections import Section

MAX_HEAD = 200
"""Longest words over a list, in characters, that its items are read with."""
MAX_LIST = 3_000
"""Most characters of a list that are looked at together."""
MAX_ITEMS = 30
"""Most items of a list that are looked at together."""
_ITEM = re.compile(r"[\s>]*(?:[-*+•]|\d{1,2}[.)]|\(?[a-z\d]\))\s")
_HEAD = re.compile(
    r"\b(?:not|never|cannot|forbidden|prohibit\w*|disallowed|refrain|abstain|only|solely|don['’]?ts?|permitted"
    r"|allowed|authori[sz]ed|agree\w*|restrict\w*)\b|n['’]t\b|禁止|不得",
    re.IGNORECASE,
)
"""Words over a list that forbid, permit or limit what its items say."""


@frozen
class Head:
    """What stands over a list."""

    text: str
    line: int | None
    """0-based line it stands on; ``None`` for one that always counts."""
    items: str


def heads_of(
    section: Section, lines: tuple[str, ...], ranges: list[tuple[int, int]]
) -> Iterator[tuple[int, int, Head | None]]:
    """Paragraphs with what stands over the list that each is an item of, if any.

    That is the paragraph before the first item where it is short and forbids, permits or limits,
    else such a heading.
    """
    over, line, items, head = section.heading, section.start - 1, "", None
    for index, (start, end) in enumerate(ranges):
        if _ITEM.match(lines[start]) is None:
            over, line, head = " ".join(" ".join(lines[start:end]).split()), start, None
            yield start, end, None
            continue
        if head is None and len(over) <= MAX_HEAD and _HEAD.search(over):
            items = _items(lines, ranges[index:])
            head = Head(over.strip("*_#> \t").rstrip(":*_ "), line, items)
        yield start, end, head


def _items(lines: tuple[str, ...], ranges: list[tuple[int, int]]) -> str:
    """Text of the items that a list goes on with, up to a bound."""
    kept: list[str] = []
    for start, end in ranges[:MAX_ITEMS]:
        if _ITEM.match(lines[start]) is None:
            break
        kept += lines[start:end]
    return "\n".join(kept)[:MAX_LIST]
