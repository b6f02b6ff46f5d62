"""Which mentions stay, under which name, and with which Hub id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bounds import most
from provenance.discovery.candidates import Candidate, front_matter_tags, tail_of
from provenance.discovery.prose_lexicon import KINDS, LANGUAGES
from provenance.discovery.score import Weights
from provenance.knowledge import read_words
from provenance.names import name_key, normalize
from provenance.refs import is_repo_id
from provenance.report.training import DeclaredIn, Mention, Role

_MOST_COMPARED = 300
"""Names compared with each other; a card naming more keeps each as written."""
_GOVERNED = ("verb: ", "label: ", "list ", "row: ", "column: ")
"""Observations of something that says what a name is for."""
_INITIALS = 3
"""Fewest capitals of a name whose initials are looked for as its abbreviation."""
_MOST_TAGS = 500
_TAGS = "sets in the front matter that the text may name"
_FILLERS = frozenset(
    ["the", "of", "and", "dataset", "data", "corpus", "corpora", "set", "for", "in", "on", "from"]
)
_PLAIN = _FILLERS | frozenset(["a", "datasets", "by", "with", "million", "billion", "trillion"])
_LITERAL = re.compile(r"(?:datasets/)?((?!data/)[\w.-]+/[\w.-]*[_-][\w.-]*)", re.ASCII)
_SIZED = re.compile(r"(?<![^\W_])\d+(?:\.\d+)?(?:k|m|b|gb|mb|h)(?![^\W_])")
_CODES = frozenset(read_words("discovery", "language_codes"))
"""Codes of languages, which one name of a set may have where another has the word."""
_PART_OF = re.compile(
    r"(?i)\b(?:part|portion|section|subset|sub-?corpus|split|version|dump|half)s?\s(?:of|from)\b"
)
_PARENTHESES = re.compile(r"\([^()]*\)")
_NAME_WORD = re.compile(r"[^\W_]+(?:\.\d+)?")
_VERSION = re.compile(r"(?<=[a-z])v(?=\d)")
_WORD = re.compile(r"[^\W\d_]+|\d+")


Sure = tuple[Candidate, float]
"""A candidate and how sure it is."""


def settle(weighed: list[Sure], weights: Weights) -> list[Sure]:
    """Drop what only repeats: evaluation of what was trained on, shorter forms of a name.

    A description beside a name in the same phrase, of the same words, is that name.
    """
    evaluated = {_place(c) for c, _ in weighed if "verb: evaluated" in c.features}
    weighed = [
        (c, p)
        for c, p in weighed
        if c.mention.role is Role.EVALUATION or _governed(c) or _place(c) not in evaluated
    ]
    sure = [c for c, p in weighed if c.mention.role is not Role.EVALUATION and p >= weights.counted]
    counted = {name_key(c.mention.name) for c in sure}
    if any(c.proper and "form: title" not in c.features for c in sure):
        weighed = [(c, p) for c, p in weighed if "form: title" not in c.features]
    kept = [
        (c, p)
        for c, p in weighed
        if c.mention.role is not Role.EVALUATION
        or (c.proper and name_key(c.mention.name) not in counted)
    ]
    places = {
        c.sentence
        for c, p in kept
        if c.proper and p >= weights.counted and "://" not in c.mention.name
    }
    kept = [(c, p) for c, p in kept if "://" not in c.mention.name or c.sentence not in places]
    once = [*_whole(_spelled_out(_once(kept)))]
    names = {c.mention.name for c, p in once if c.proper and p >= weights.counted}
    return _unlike(list(_longest_names(once)), names)


def _unlike(weighed: list[Sure], counted: set[str]) -> list[Sure]:
    """Without descriptions that hold a counted name, or most words of a surer description."""
    names = [_name_words(name) - _PLAIN for name in sorted(counted)]
    told: list[frozenset[str]] = []
    kept: set[int] = set()
    order = sorted(range(len(weighed)), key=lambda i: (-weighed[i][1], i))
    for i in order:
        candidate = weighed[i][0]
        if candidate.proper or candidate.mention.role is Role.EVALUATION:
            kept.add(i)
            continue
        mine = _name_words(candidate.mention.name) - _PLAIN
        if any(name <= mine for name in names[:_MOST_COMPARED] if name):
            continue
        if any(2 * len(mine & other) > min(len(mine), len(other)) for other in told):
            continue
        kept.add(i)
        if len(told) < _MOST_COMPARED:
            told.append(mine)
    return [pair for i, pair in enumerate(weighed) if i in kept]


def _place(candidate: Candidate) -> tuple[str, int | None]:
    return name_key(candidate.mention.name), candidate.mention.evidence.line


def _governed(candidate: Candidate) -> bool:
    """Whether something says what a name is for; else only its link or look speaks for it."""
    return any(f.startswith(_GOVERNED) for f in candidate.features)


def _once(weighed: list[Sure]) -> list[Sure]:
    """Of what is read more than once in one line, the surest; what has an id goes first."""
    best: dict[tuple[str, int | None, bool], Sure] = {}
    for pair in weighed:
        mention = pair[0].mention
        evaluates = mention.role is Role.EVALUATION
        key = (name_key(mention.name) or mention.name, mention.evidence.line, evaluates)
        other = best.get(key)
        if other is None:
            best[key] = pair
            continue
        goes_first = (mention.url is not None, pair[1]) > (
            other[0].mention.url is not None,
            other[1],
        )
        first, second = (pair, other) if goes_first else (other, pair)
        best[key] = (_with_role(first[0], second[0]), max(pair[1], other[1]))
    return list(best.values())


def _with_role(candidate: Candidate, other: Candidate) -> Candidate:
    """It with the role that only ``other`` says ("Pretraining corpora" over its item)."""
    if candidate.mention.role is not Role.TRAINING or other.mention.role is Role.TRAINING:
        return candidate
    return replace(candidate, mention=replace(candidate.mention, role=other.mention.role))


def _whole(weighed: Iterable[Sure]) -> Iterator[Sure]:
    """``set/part`` as that set, where several parts of it or the set itself are named."""
    listed = list(weighed)
    heads = Counter(normalize(m[1]) for c, _ in listed if (m := _slice(c.mention)))
    named = {normalize(c.mention.name) for c, _ in listed if c.proper}
    for candidate, sure in listed:
        part = _slice(candidate.mention)
        head = normalize(part[1]) if part else ""
        if part and (heads[head] >= _PARTS or head in named):
            mention = replace(candidate.mention, name=part[1], id=None)
            yield replace(candidate, mention=mention), sure
        else:
            yield candidate, sure


def _slice(mention: Mention) -> re.Match[str] | None:
    """A name with a slash that may be a set and its part; a configuration writes ids."""
    if mention.url or mention.declared_in is DeclaredIn.CONFIG:
        return None
    return _SLICE.fullmatch(mention.name)


_SLICE = re.compile(r"([A-Za-z][\w.-]{2,60})/[\w.-]{1,60}", re.ASCII)
_PARTS = 3
"""Fewest names that begin with one name before a slash for it to be the set's and no owner's."""


def _spelled_out(weighed: list[Sure]) -> Iterator[Sure]:
    """A table's abbreviation of a linked name of three words or more is that name."""
    initials = {}
    for candidate, _ in weighed:
        capitals = [w[0] for w in candidate.mention.name.split() if w[0].isupper()]
        if len(capitals) >= _INITIALS and candidate.mention.url:
            initials["".join(capitals)] = candidate.mention
    for candidate, sure in weighed:
        full = initials.get(candidate.mention.name)
        if full is None:
            yield candidate, sure
        else:
            mention = replace(candidate.mention, url=full.url, id=full.id)
            yield replace(candidate, mention=mention), sure


def _longest_names(weighed: list[Sure]) -> Iterator[Sure]:
    """A name whose words all stand in one longer name is that name (MIMIC, MIMIC III).

    Two names with links to two places stay two, and so do two entries of one list.
    """
    proper = {c.mention.name: c.mention.url for c, _ in weighed if c.proper}
    best: dict[str, float] = {}
    for candidate, sure in weighed:
        best[candidate.mention.name] = max(sure, best.get(candidate.mention.name, 0.0))
    if len(proper) > _MOST_COMPARED:
        yield from weighed
        return
    words = {name: _name_words(name) for name in proper}
    series: dict[str, set[str]] = {}
    for candidate, _ in weighed:
        series.setdefault(candidate.mention.name, set()).update(
            [candidate.series] if candidate.series is not None else []
        )
    for candidate, sure in weighed:
        name, url = candidate.mention.name, candidate.mention.url
        mine = words.get(name) or _name_words(name)
        longer = [
            other
            for other, page in proper.items()
            if mine < words[other]
            and not (url and page and page != url)
            and series[name].isdisjoint(series[other])
        ]
        if (
            not candidate.proper
            or not longer
            or any(name_key(o) == name_key(name) for o in longer)
            or _LITERAL.fullmatch(name)
        ):
            yield candidate, sure
        elif len({name_key(other) for other in longer}) == 1:
            yield replace(candidate, mention=replace(candidate.mention, name=min(longer))), sure
        elif candidate.mention.id is not None or sure > max(best[other] for other in longer):
            yield candidate, sure


def _name_words(name: str) -> frozenset[str]:
    return frozenset(_NAME_WORD.findall(_PARENTHESES.sub(" ", name.lower())))


class Identifier:
    """Gives mentions the ids that links, the card's own tags or the catalogue give them."""

    def __init__(
        self, card: Card, known: Callable[[str], str | None], candidates: list[Candidate]
    ) -> None:
        self._known = known
        tags = list(most(front_matter_tags(card), _MOST_TAGS, _TAGS)) if candidates else []
        self._exact = {normalize(tail_of(tag)): tag for tag in reversed(tags)}
        self._by_id = {dataset_id: t for t in reversed(tags) if (dataset_id := known(t))}
        self._worded = [(words, tag) for tag in tags if (words := _words(tail_of(tag)))]
        self._names = Counter(normalize(f.mention.name) for f in candidates)

    def identify(self, candidate: Candidate) -> Mention:
        """The mention with its id, or its name as in the tags; a loose match is a guess."""
        mention = candidate.mention
        if mention.id is not None or not candidate.proper:
            return mention
        literal = _LITERAL.fullmatch(mention.name)
        if literal is not None and is_repo_id(literal[1]):
            return replace(mention, id=literal[1])
        names = [name for name in (mention.name, candidate.alias) if name]
        mention = _with_alias(mention, candidate.alias)
        tag = next(
            (self._exact[n] for name in names if (n := normalize(tail_of(name))) in self._exact),
            None,
        )
        ids = [dataset_id for name in names if (dataset_id := self._known(name))]
        tag = tag or next((self._by_id[i] for i in ids if i in self._by_id), None)
        if tag is not None:
            return _tagged(mention, tag, guess=False)
        tag = self._holding(mention.name)
        if tag is not None:
            return _tagged(mention, tag, guess=True)
        return replace(mention, id=ids[0]) if ids else mention

    def sums_up(self, candidate: Candidate) -> bool:
        """Whether a name without an id is of what two or more tags are releases or parts of."""
        mine = _words(candidate.mention.name)
        if not mine or candidate.mention.id or not candidate.proper or candidate.mention.url:
            return False
        return sum(mine < theirs for theirs, _ in self._worded) > 1

    def _holding(self, name: str) -> str | None:
        """The only tag whose words all stand in ``name``, or all of whose words ``name`` has.

        A tag that another mention names exactly is claimed by a part of it only.
        """
        mine = _words(name)
        held = [tag for theirs, tag in self._worded if mine and (theirs <= mine or mine <= theirs)]
        if len(held) != 1:
            return None
        named = self._names[normalize(tail_of(held[0]))]
        return None if named and not _PART_OF.search(name) else held[0]


def _with_alias(mention: Mention, alias: str | None) -> Mention:
    """``mention`` with the abbreviation given beside its name, if it shortens it."""
    name = mention.name
    if alias is None:
        return mention
    shortens = (
        len(alias) > 1
        and " " in name
        and "(" not in name
        and alias[1:] != alias[1:].lower()
        and alias[0].lower() == name[0].lower()
    )
    return replace(mention, name=f"{name} ({alias})") if shortens else mention


def _tagged(mention: Mention, tag: str, guess: bool) -> Mention:
    if is_repo_id(tag):
        return replace(mention, id=tag, guess=guess)
    return replace(mention, name=tag)


def _words(name: str) -> frozenset[str]:
    """Words that tell one set from another; ``SQuADv2`` has two."""
    words = _WORD.findall(_SIZED.sub(" ", _VERSION.sub(" ", name.lower())))
    told = frozenset(w for w in words if len(w) > 1 and w not in KINDS and w not in _FILLERS)
    return (told - LANGUAGES - _CODES) or told
