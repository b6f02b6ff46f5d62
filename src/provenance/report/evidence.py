"""Where a claim was read: the noun every conclusion carries."""

from __future__ import annotations

from provenance.amounts import place
from provenance.frozen import frozen

HUB_CROISSANT = ".hub/croissant.json"
"""Path of the Croissant description that the Hub itself makes of a dataset (``GET
/api/datasets/<id>/croissant``): no file of the repository, but read, kept and quoted like one."""
EXCERPT_LIMIT = 240
"""Longest excerpt kept, in characters. Longer text is cut at a word and ends in ``…``."""


@frozen(order=True)
class FactSource:
    """Where a fact of a digest or of the catalogue was read."""

    title: str
    """What was read, in words."""
    url: str | None = None
    date: str | None = None
    """ISO date of the reading or of what was read; text, since of some only the month or the year
    is known."""


@frozen(order=True)
class Evidence:
    """One place in one revision of one repository, and the words or value seen there.

    A fact of a digest has a ``source`` instead of a file and a line. Otherwise ``excerpt`` is
    text of the line ``line`` of ``path`` (white space folded; a part with ``…`` where it was cut),
    so that whoever doubts a conclusion can look it up. Where the words that decide go on for some
    lines, so does the excerpt.
    """

    repo: str
    """``models/owner/name``, ``datasets/owner/name``, a local folder's name, or ``catalog``."""
    revision: str | None
    """Commit the text was read at; ``None`` when the source does not know it."""
    path: str | None
    """File within the repository, with ``/``; ``None`` exactly where ``source`` is given."""
    line: int | None
    """1-based line in ``path``; ``None`` when the claim has no line (an API field, say)."""
    pointer: str | None
    """RFC 6901 JSON Pointer into the front matter or JSON file; ``None`` for body text."""
    excerpt: str
    """What stands there, at most :data:`EXCERPT_LIMIT` characters."""
    source: FactSource | None = None
    """Where a digested fact was read: such a fact is nobody's line, and is quoted as none."""

    @property
    def read_in(self) -> str:
        """The file, or where a fact was read: what stays the same when lines move."""
        if self.source is not None:
            return self.source.url or self.source.title
        return self.path or ""

    @property
    def place(self) -> str:
        """``path:line``; what it was read in, where that has no line."""
        return place(self.read_in, self.line)


_SEEN = 20
"""Times the limit that is folded of a long line, which is quoted once for each thing in it."""


def excerpt(text: str, limit: int = EXCERPT_LIMIT) -> str:
    """Fold white space in ``text`` and cut it to ``limit`` characters, with ``…`` if cut."""
    start = text[: _SEEN * limit]
    folded = " ".join(start.split())
    if len(start) < len(text) and len(folded) <= limit:  # it begins with much white space
        folded = " ".join(text.split())
    if len(folded) <= limit:
        return folded
    cut = folded[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut) + "…"
