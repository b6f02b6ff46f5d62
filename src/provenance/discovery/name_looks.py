"""How a name is written, and whether that makes it a name: its letters, link, words and capital."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.described_words import ACTIVITIES, COLLECTIVE, EMPTY, MATERIAL
from provenance.discovery.document import Form, Passage
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import (
    DETERMINERS,
    GENERIC,
    KINDS,
    KNOWN_NAMES,
    LANGUAGES,
    LEADING,
    PAPER_HOST,
)
from provenance.discovery.prose_things import DOMAINS, SPLITS
from provenance.discovery.prose_words import STRAY
from provenance.knowledge import read_words

_ACRONYM = re.compile(r"[A-Z][A-Z\d]{1,9}(?:[-_.]?\d[\w.]*)?$")
_INNER = re.compile(
    r"[a-zà-ÿа-яё][A-ZÀ-ÞА-ЯЁ]|[^\W\d_][-_.]?\d|[a-z]_[a-z]|[A-ZА-ЯЁ]{2}|^[\w.-]+/[\w.-]+$"
)
_NUMBERED = re.compile(
    r"(?!(?:Stage|Phase|Step|Table|Figure|Part|Section|Chapter|Version|Level|Round|Epoch|Top|Top-\w+)\s)"
    r"[A-ZÀ-ÞА-ЯЁ]\S{2,30}(?: \S{2,30}){0,4} (?:[vV]\.?)?\d{1,3}(?:\.\d{1,3}){0,3}"
)
"""A name with its version behind it ("Common Voice 16.1")."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LATER_CAPITAL = re.compile(r"\s\S{0,3}[A-ZÀ-ÞА-ЯЁ]|\d|_|\S[A-ZÀ-ÞА-ЯЁ]")
_CLOSED = re.compile(r"(?:^|[.!?:：;]|\s[-–—|])[\s\W]*$")
"""Before the first word of a sentence, an item or a value."""
_COMMON = (
    MATERIAL
    | COLLECTIVE
    | EMPTY
    | ACTIVITIES
    | DOMAINS
    | SPLITS
    | GENERIC
    | KINDS
    | LANGUAGES
    | LEADING
    | DETERMINERS
) | frozenset(read_words("discovery", "common"))
"""Words that make no name, even where each has a capital: kinds of data and what is done to it."""


def link_of(named: NamedSet) -> Iterator[str]:
    """What kind of link, if any, the name carries."""
    if named.id:
        yield "name: dataset link" if named.url else "name: dataset id"
    elif named.url:
        yield "name: paper link" if PAPER_HOST.search(named.url) else "name: link"


def spelling(named: NamedSet) -> str:
    """How the name is written."""
    name = named.name
    if not named.proper:
        return "name: description"
    if named.coded or _ACRONYM.fullmatch(name) or _INNER.search(name) or _NUMBERED.fullmatch(name):
        return "name: odd letters"
    if len(name.split()) > 1:
        return "name: several words"
    return "name: one word" if name[:1].isupper() else "name: one small word"


@lru_cache(maxsize=4096)
def is_common(name: str) -> bool:
    """Whether each word of ``name`` describes data or what is done to it ("Diverse Web Text")."""
    words = [w.lower() for w in name.replace("/", " ").split() if _LETTERS.search(w)]
    plain = [w.strip("\"'“”.:;,*()") for w in words]
    return bool(plain) and not KNOWN_NAMES.search(name) and all(w in _COMMON for w in plain)


def is_title(name: str) -> bool:
    """Whether it is two to five words with a capital each, of which the first is no common one."""
    words = name.split()
    return (
        2 <= len(words) <= _TITLE
        and all(w[0].isupper() for w in words)
        and words[0].lower().strip(STRAY) not in _COMMON
    )


_TITLE = 5


def opens_sentence(passage: Passage, offset: int, name: str) -> bool:
    """Whether the only capital of ``name`` is the first letter of a sentence, item or value."""
    if (
        passage.form is Form.CELL
        or passage.text.strip(STRAY) == name
        or not name[:1].isupper()
        or _LATER_CAPITAL.search(name)
    ):
        return False
    at = passage.text.find(name.split(maxsplit=1)[0], offset)
    return at >= 0 and _CLOSED.search(passage.text[max(0, at - 12) : at]) is not None
