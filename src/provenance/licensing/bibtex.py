"""A set's license in the note of its own BibTeX entry."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards.card import Card

MAX_ENTRIES = 200
"""Most entries looked at in one card."""
_ENTRY = re.compile(
    r"@(?:misc|data\w{0,8}|techreport|online|electronic|software|unpublished)\s{0,4}\{\s{0,4}([^,\s{}]{1,100}),([^@]{0,3000})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\btitle\s{0,8}=\s{0,8}([^\n]{0,300})", re.IGNORECASE)
_FIELD = re.compile(
    r"^[ \t]{0,12}(?:note|license|licence|rights)[ \t]{0,8}=[ \t]{0,8}"
    r"[{\"]([^\n]{1,300}?)[}\"]?,?[ \t]{0,8}$",
    re.IGNORECASE | re.MULTILINE,
)
_SHORTEST = 4
"""Fewest letters of a name that is known again in an entry."""


def notes_of(card: Card, cut: set[str]) -> Iterator[tuple[int, str]]:
    """Line and text of each note on terms in the set's own entry.

    An entry is the set's own where its key or title holds the set's name: the others are of papers
    and of sets it was made from. ``copyright`` is what arXiv gives for the paper, and not
    read. ``cut`` is told of what a bound left unread.
    """
    if "@" not in card.body or "=" not in card.body:
        return
    name = _folded(card.repo.rpartition("/")[2])
    if len(name) < _SHORTEST:
        return
    for count, entry in enumerate(_ENTRY.finditer(card.body)):
        if count >= MAX_ENTRIES:
            cut.add("entries")
            return
        title = _TITLE.search(entry[2])
        if name not in _folded(entry[1] + " " + (title[1] if title is not None else "")):
            continue
        for field in _FIELD.finditer(entry[2]):
            at = entry.start(2) + field.start(1)
            yield card.body_start + card.body.count("\n", 0, at), field[1]


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
