"""Which mentions stay, under which name, and with which Hub id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from provenance.cards import Card
from provenance.cards.yaml_tree import scalars
from provenance.discovery.prose_lexicon import KINDS
from provenance.names import core, normalize
from provenance.refs import is_repo_id
from provenance.report.training import Mention

_MOST_COMPARED = 300
"""Names compared with each other; a card naming more keeps each as written."""
_MOST_TAGS = 500
_FILLERS = frozenset(
    ["the", "of", "and", "dataset", "data", "corpus", "corpora", "set", "for", "in", "on", "from"]
)
_LITERAL = re.compile(r"(?:datasets/)?((?!data/)[\w.-]+/[\w.-]*[_-][\w.-]*)", re.ASCII)
_PARENTHESES = re.compile(r"\([^()]*\)")
_NAME_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_VERSION = re.compile(r"(?<=[a-z])v(?=\d)")
_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """A mention with what decides whether it is kept."""

    mention: Mention
    proper: bool
    """Whether a name names it; else the card only describes it."""
    from_heading: bool
    alias: str
    """An abbreviation given beside the name; empty if none."""
    phrase: tuple[int, int]
    """Where the phrase it was read from starts: line of the passage and offset."""


def settle(found: list[Found], tagged: bool) -> list[Found]:
    """Drop what only repeats: titles when the text names sets, descriptions, shorter names.

    ``tagged``: the front matter names sets, so a mere description adds none.
    """
    body = [f for f in found if not f.from_heading]
    kept = body if any(f.proper for f in body) else found
    if tagged or any(f.proper for f in kept):
        listed = {f.phrase for f in kept if f.proper}
        kept = [f for f in kept if f.proper or f.phrase in listed]
    else:
        kept = sorted(kept, key=lambda f: -len(f.mention.name))[:1]
    return list(_longest_names(kept))


def _longest_names(found: list[Found]) -> Iterator[Found]:
    """A name whose words all stand in one longer name is that name (MIMIC, MIMIC III).

    Two names with links to two places stay two.
    """
    proper = {f.mention.name: f.mention.url for f in found if f.proper}
    if len(proper) > _MOST_COMPARED:
        yield from found
        return
    words = {name: _name_words(name) for name in proper}
    for one in found:
        name, url = one.mention.name, one.mention.url
        mine = words.get(name, frozenset())
        longer = [
            other
            for other, page in proper.items()
            if mine < words[other]
            and core(other) != core(name)
            and not (url and page and page != url)
        ]
        if not one.proper or not longer:
            yield one
        elif len({core(other) for other in longer}) == 1:
            yield replace(one, mention=replace(one.mention, name=min(longer)))
        elif one.mention.id is not None:
            yield one


def _name_words(name: str) -> frozenset[str]:
    return frozenset(_NAME_WORD.findall(_PARENTHESES.sub(" ", name.lower())))


class Identifier:
    """Gives mentions the ids that links, the card's own tags or the catalogue give them."""

    def __init__(self, card: Card, known: Callable[[str], str | None], found: list[Found]) -> None:
        self._known = known
        tags = front_matter_tags(card)[:_MOST_TAGS]
        self._exact = {normalize(tail_of(tag)): tag for tag in reversed(tags)}
        self._by_id = {dataset_id: t for t in reversed(tags) if (dataset_id := known(t))}
        self._worded = [(words, tag) for tag in tags if (words := _words(tail_of(tag)))]
        self._names = Counter(normalize(f.mention.name) for f in found)

    def identify(self, found: Found) -> Mention:
        """The mention with its id, or its name as in the tags; a loose match is a guess."""
        mention = found.mention
        if mention.id is not None or not found.proper:
            return mention
        literal = _LITERAL.fullmatch(mention.name)
        if literal is not None and is_repo_id(literal[1]):
            return replace(mention, id=literal[1])
        names = [name for name in (mention.name, found.alias) if name]
        tag = next(
            (self._exact[n] for name in names if (n := normalize(name)) in self._exact), None
        )
        ids = [dataset_id for name in names if (dataset_id := self._known(name))]
        tag = tag or next((self._by_id[i] for i in ids if i in self._by_id), None)
        if tag is not None:
            return _tagged(mention, tag, guess=False)
        tag = self._holding(mention.name)
        if tag is not None:
            return _tagged(mention, tag, guess=True)
        return replace(mention, id=ids[0]) if ids else mention

    def _holding(self, name: str) -> str | None:
        """The only tag whose words all stand in ``name``, or all of whose words ``name`` has.

        A tag that another mention names exactly is not claimed.
        """
        mine = _words(name)
        held = [tag for theirs, tag in self._worded if mine and (theirs <= mine or mine <= theirs)]
        if len(held) != 1 or self._names[normalize(tail_of(held[0]))]:
            return None
        return held[0]


def _tagged(mention: Mention, tag: str, guess: bool) -> Mention:
    if is_repo_id(tag):
        return replace(mention, id=tag, guess=guess)
    return replace(mention, name=tag)


def front_matter_tags(card: Card) -> list[str]:
    """Entries of the card's own ``datasets:``."""
    return [v.text.strip() for v in scalars(card.get("datasets", "dataset")) if v.text.strip()]


def tail_of(entry: str) -> str:
    """The name without its owner."""
    return entry.rpartition("/")[2] if is_repo_id(entry) else entry


def _words(name: str) -> frozenset[str]:
    """Words that tell one set from another; ``SQuADv2`` has two."""
    words = _WORD.findall(_VERSION.sub(" ", name.lower()))
    return frozenset(w for w in words if len(w) > 1 and w not in KINDS and w not in _FILLERS)
