"""One set seen in several places is one set: mentions are merged by id, link, alias and name.

The rules run from certain to loose; each merges two groups only if they do not carry different
Hub ids. What only the last rules joined is still one card's own words for one thing: a tag and a
table row, a table row and a file of the same exact count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import GENERIC, KINDS, LANGUAGES
from provenance.frozen import frozen
from provenance.names import name_key, normalize, normalize_url
from provenance.report.evidence import Evidence
from provenance.report.training import Amount, DeclaredIn, Mention, Role

_CERTAIN_COUNT = 10_000
"""Two equal counts of at least this many items, one in the card and one in a file, are one set."""
_PLACES = list(DeclaredIn)
_OF_ONE_KEY = 64
"""Most sets of one key, as of a name that many owners use, that another is held against."""
_ABBREVIATED = re.compile(r"\w \(([A-Z][A-Z0-9]{1,11})\)$")
"""A name with its abbreviation: "Natural Questions (NQ)"."""


@frozen
class DeclaredSet:
    """All mentions of one set in one subject, merged."""

    name: str
    id: str | None
    """Hub dataset id as written by the subject; never invented."""
    record: str | None
    """Key of the catalogue's record for it, if the catalogue knows it."""
    role: Role
    declared_in: tuple[DeclaredIn, ...]
    evidence: tuple[Evidence, ...]
    amounts: tuple[Amount, ...]
    guess: bool
    aliases: tuple[str, ...]
    urls: tuple[str, ...]
    confidence: float = 1.0
    """How sure the surest of its mentions is, between 0 and 1."""
    described: bool = False
    """Whether words describe it and no name names it: beside named sets it is not counted."""
    decided: tuple[str, ...] = ()
    """What weighed most for and against the surest of its mentions."""


RecordFinder = Callable[[str | None, str | None, str], str | None]
"""``(id, url, name) -> key`` of the catalogue's record, or ``None``."""


class _Group:
    """Mentions known to be one set."""

    def __init__(self, mention: Mention, record: str | None) -> None:
        self.mentions = [mention]
        self.record = record
        self.ids = set() if mention.id is None else {mention.id.lower()}
        rows = mention.amounts if mention.declared_in is DeclaredIn.TABLE else ()
        self.rows = {(a.measure.basis, a.row) for a in rows}

    def absorb(self, other: _Group) -> None:
        """Take the mentions of ``other``."""
        self.mentions += other.mentions
        self.record = self.record or other.record
        self.ids |= other.ids
        self.rows |= other.rows

    def accepts(self, other: _Group) -> bool:
        """Whether nothing says that the two are different sets; an id may lack its owner."""
        if not self.ids or not other.ids or self.ids == other.ids:
            return True
        bare = {i for i in self.ids | other.ids if "/" not in i}
        owned = (self.ids | other.ids) - bare
        return len(bare) == len(owned) == 1 and bare == {i.rpartition("/")[2] for i in owned}


def _apart(group: _Group, other: _Group) -> bool:
    """Whether both stand in one table, in rows of their own."""
    bases = {basis for basis, _ in group.rows} & {basis for basis, _ in other.rows}
    return bool(bases) and group.rows.isdisjoint(other.rows)


def align(mentions: Sequence[Mention], find_record: RecordFinder) -> tuple[DeclaredSet, ...]:
    """Merge mentions into sets, in the order in which the sets were first named."""
    spread = _spread(mentions)
    groups = [_Group(m, find_record(m.id, m.url, m.name)) for m in spread]
    of_many = _pages_of_many(spread)
    for rule in (_ids, lambda g: _urls(g) - of_many, _records, _names, _cores, _counts):
        groups = _merge(groups, rule)
    return tuple(_declared(group) for group in _contained(groups))


def _spread(mentions: Sequence[Mention]) -> list[Mention]:
    """A file's entry of the exact count of a row that several sets share names those sets."""
    shared: dict[float, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for amount in mention.amounts:
            if amount.among > 1 and amount.value >= _CERTAIN_COUNT:
                shared[amount.value].append(mention)
    spread: list[Mention] = []
    for mention in mentions:
        sharing: list[Mention] = []
        if mention.declared_in is DeclaredIn.CONFIG:
            sharing = [m for a in mention.amounts for m in shared.get(a.value, ())]
        if not sharing:
            spread.append(mention)
            continue
        amounts = tuple(replace(a, among=len(sharing)) for a in mention.amounts)
        spread += [
            replace(mention, name=m.name, id=m.id, url=m.url, amounts=amounts) for m in sharing
        ]
    return spread


def _merge(groups: list[_Group], rule: Callable[[_Group], set[str]]) -> list[_Group]:
    """One pass: a group joins the first earlier group sharing a key of ``rule`` with it.

    What joined has the keys of all that it is made of.
    """
    kept: list[_Group] = []
    by_key: dict[str, dict[_Group, None]] = defaultdict(dict)
    loose = rule is _cores
    for group in groups:
        keys = sorted(rule(group))
        host = next(
            (
                g
                for k in keys
                for g in islice(by_key[k], _OF_ONE_KEY)
                if g.accepts(group) and not (loose and _apart(g, group))
            ),
            None,
        )
        if host is None:
            host = group
            kept.append(group)
        else:
            host.absorb(group)
        for key in keys:
            by_key[key][host] = None
    return kept


def _ids(group: _Group) -> set[str]:
    return group.ids


def _urls(group: _Group) -> set[str]:
    return {n for m in group.mentions if m.url and (n := normalize_url(m.url))}


def _pages_of_many(mentions: Sequence[Mention]) -> frozenset[str]:
    """Pages that lines of a card link under several names: where a collection is kept."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        page = normalize_url(mention.url) if mention.url and not mention.id else None
        if page:
            names[page].add(name_key(mention.name))
    return frozenset(page for page, linked in names.items() if len(linked) >= _OF_A_COLLECTION)


_OF_A_COLLECTION = 3
"""Fewest names under which a page is linked for it to be no set's own: two may be one set's."""


def _records(group: _Group) -> set[str]:
    return {group.record} if group.record else set()


def _names(group: _Group) -> set[str]:
    names = {n for name in _all_names(group) if (n := normalize(name))}
    pages = (_page_name(mention.url) for mention in group.mentions)
    names |= {page for page in pages if page is not None and len(page) >= _LONG_PAGE}
    return names | {m[1].lower() for name in _all_names(group) if (m := _ABBREVIATED.search(name))}


def _cores(group: _Group) -> set[str]:
    return {n for name in _all_names(group) if len(n := name_key(name)) >= 3}


def _page_name(url: str | None) -> str | None:
    """The last part of a set's own address, as a name."""
    page = normalize_url(url) if url else None
    tail = page.rpartition("/")[2] if page and "/" in page else ""
    return None if tail.startswith("#") or not _PAGE.fullmatch(tail) else normalize(tail)


_LONG_PAGE = 5
_PAGE = re.compile(
    r"(?i)(?!(?:index|datasets?|download\w*|home|corpora|corpus|about|data|resources|wiki|english|main)\b)[a-z][\w-]*[a-z\d]"
)
"""A part of an address that may be a name."""


def _all_names(group: _Group) -> Iterable[str]:
    for mention in group.mentions:
        yield mention.name.rpartition("/")[2] if mention.id == mention.name else mention.name
        if mention.id:
            yield mention.id.rpartition("/")[2]


def _counts(group: _Group) -> set[str]:
    """Exact counts, for groups named only in a table or only in a configuration file."""
    return {
        f"{amount.value:.0f}"
        for mention in group.mentions
        for amount in mention.amounts
        if amount.value >= _CERTAIN_COUNT
        and amount.among == 1
        and amount.value == int(amount.value)
        and mention.declared_in in {DeclaredIn.TABLE, DeclaredIn.CONFIG, DeclaredIn.CATALOG}
    }


def _contained(groups: list[_Group]) -> list[_Group]:
    """A name that one other holds, with no more than a language, a kind or a version, is that one.

    "BirdWiki" and "BirdWiki Dutch corpus" are one; with a "BirdWiki French" beside them, none is.
    """
    if len(groups) > _OF_ONE_KEY:
        return groups
    words = [[_telling(name) for name in _all_names(g)] for g in groups]
    for index, group in enumerate(groups):
        longer = [
            other
            for at, other in enumerate(groups)
            if other is not group
            and other.accepts(group)
            and not _apart(other, group)
            and not _linked_apart(other, group)
            and any(w and w < v and _is_weak(v - w) for w in words[index] for v in words[at])
        ]
        if len(longer) == 1:
            host = longer[0]
            host.absorb(group)
            return _contained([g for g in groups if g is not group])
    return groups


def _linked_apart(group: _Group, other: _Group) -> bool:
    """Whether each is linked, and no two links go to one page."""
    pages = _urls(group), _urls(other)
    return all(pages) and pages[0].isdisjoint(pages[1])


def _telling(name: str) -> frozenset[str]:
    return frozenset(_NAME_WORD.findall(_CAMEL.sub(" ", name).lower()))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_EXTRA = re.compile(r"v?\d{1,3}|\d{4}")
"""A version's number or a year."""


def _is_weak(words: frozenset[str]) -> bool:
    """Whether words tell no more than a language, a kind or a version."""
    return all(w in _WEAK or _EXTRA.fullmatch(w) for w in words)


_NAME_WORD = re.compile(r"[^\W_]+")
_WEAK = LANGUAGES | GENERIC | KINDS


def _declared(group: _Group) -> DeclaredSet:
    mentions = group.mentions
    training = [m for m in mentions if m.role is not Role.EVALUATION]
    named_by = training or mentions
    ids = [m.id for m in named_by if m.id]
    dataset_id = next((i for i in ids if "/" in i), ids[0] if ids else None)
    name = _best_name(named_by, dataset_id)
    places = {m.declared_in for m in named_by}
    others = {m.name for m in mentions} | {m.id for m in mentions if m.id}
    return DeclaredSet(
        name=name,
        id=dataset_id,
        record=group.record,
        role=_role(training),
        declared_in=tuple(sorted(places, key=_PLACES.index)),
        evidence=tuple(dict.fromkeys(m.evidence for m in named_by)),
        amounts=_amounts(training),
        guess=all(m.guess for m in named_by),
        aliases=tuple(sorted(others - {name, dataset_id})),
        urls=tuple(dict.fromkeys(m.url for m in named_by if m.url)),
        confidence=max(m.confidence for m in named_by),
        described=all(m.described for m in named_by),
        decided=max(named_by, key=lambda m: m.confidence).decided,
    )


def _best_name(mentions: list[Mention], dataset_id: str | None) -> str:
    """The words a person would look for: a table's or sentence's name before a bare id."""
    words = [m for m in mentions if m.name != dataset_id and m.declared_in is not DeclaredIn.CONFIG]
    return (words or mentions)[0].name


def _role(training: list[Mention]) -> Role:
    """The one specific role, or ``training`` when several or none are said."""
    specific = {m.role for m in training} - {Role.TRAINING}
    if not training:
        return Role.EVALUATION
    return specific.pop() if len(specific) == 1 else Role.TRAINING


def _amounts(mentions: list[Mention]) -> tuple[Amount, ...]:
    """Amounts by row, each row once however many mentions point at it."""
    rows: dict[tuple[str, str, str | None], Amount] = {}
    for mention in mentions:
        for amount in mention.amounts:
            key = (amount.measure.unit, amount.measure.basis, amount.row)
            known = rows.get(key)
            if known is None:
                rows[key] = amount
            elif amount.among > 1:
                # both names of a shared row turned out to be this one set
                rows[key] = replace(known, among=max(1, known.among - 1))
    return tuple(rows.values())


def join(sets: Sequence[DeclaredSet]) -> DeclaredSet:
    """Several declared sets that turned out to be one repository, after a rename."""
    first = sets[0]
    roles = {s.role for s in sets} - {Role.TRAINING}
    names = {n for s in sets for n in (s.name, s.id, *s.aliases) if n is not None}
    dataset_id = next((s.id for s in sets if s.id is not None), None)
    places = {place for s in sets for place in s.declared_in}
    return DeclaredSet(
        name=first.name,
        id=dataset_id,
        record=next((s.record for s in sets if s.record is not None), None),
        role=roles.pop() if len(roles) == 1 else Role.TRAINING,
        declared_in=tuple(sorted(places, key=_PLACES.index)),
        evidence=tuple(dict.fromkeys(e for s in sets for e in s.evidence)),
        amounts=tuple(dict.fromkeys(a for s in sets for a in s.amounts)),
        guess=all(s.guess for s in sets),
        aliases=tuple(sorted(names - {first.name, dataset_id})),
        urls=tuple(dict.fromkeys(u for s in sets for u in s.urls)),
        confidence=max(s.confidence for s in sets),
        described=all(s.described for s in sets),
        decided=max(sets, key=lambda s: s.confidence).decided,
    )
