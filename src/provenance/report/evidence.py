"""Where a claim was read: the noun every conclusion carries."""

from __future__ import annotations

from dataclasses import dataclass

HUB_CROISSANT = ".hub/croissant.json"
"""Path of the Croissant description that the Hub itself makes of a dataset (``GET
/api/datasets/<id>/croissant``): no file of the repository, but read, kept and quoted like one."""
EXCERPT_LIMIT = 240
"""Longest excerpt kept, in characters. Longer text is cut at a word and ends in ``…``."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One place in one revision of one repository, and the words or value seen there.

    ``excerpt`` is text of the line ``line`` of ``path`` (white space folded; a prefix ending in
    ``…`` when it was cut), so that whoever doubts a conclusion can look it up.
    """

    repo: str
    """``models/owner/name``, ``datasets/owner/name``, a local folder's name, or ``catalog``."""
    revision: str | None
    """Commit the text was read at; ``None`` when the source does not know it."""
    path: str
    """File within the repository, with ``/``."""
    line: int | None
    """1-based line in ``path``; ``None`` when the claim has no line (an API field, say)."""
    pointer: str | None
    """RFC 6901 JSON Pointer into the front matter or JSON file; ``None`` for body text."""
    excerpt: str
    """What stands there, at most :data:`EXCERPT_LIMIT` characters."""


def excerpt(text: str, limit: int = EXCERPT_LIMIT) -> str:
    """Fold white space in ``text`` and cut it to ``limit`` characters, with ``…`` if cut."""
    folded = " ".join(text.split())
    if len(folded) <= limit:
        return folded
    cut = folded[: limit - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > limit // 2 else cut) + "…"
