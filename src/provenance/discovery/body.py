"""What a card's body says of training data: candidates, how sure each is, what stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bases import base_models_in
from provenance.discovery.bounds import most
from provenance.discovery.candidates import Candidate, CardReading, tail_of
from provenance.discovery.disputes import denied
from provenance.discovery.identity import Identifier, settle
from provenance.discovery.markdown import read_body
from provenance.discovery.nameless import names_no_set
from provenance.discovery.readers import READERS, tables, templates
from provenance.discovery.reasons import decided
from provenance.discovery.repeats import add_beside, add_repeats, restates
from provenance.discovery.score import Weights, confidence, load_weights
from provenance.names import normalize
from provenance.report.training import BaseModelMention, Discovery, Mention, Role

MAX_CANDIDATES = 2_000
"""Most places of a body that are looked at as names of data; the most seen in 4,700 real cards
is 1,085."""


def candidates(
    card: Card, known: Callable[[str], str | None]
) -> tuple[CardReading, list[Candidate]]:
    """Places of the body that may name data."""
    document = read_body(card)
    bases = base_models_in(card, document)
    reading = CardReading(card, document, known, bases, names_of(bases))
    every = (c for read in READERS for c in read(reading))
    gathered = list(most(every, MAX_CANDIDATES, "the number of places that may name data"))
    return reading, add_repeats(_without_strays(gathered))


def _without_strays(gathered: list[Candidate]) -> list[Candidate]:
    """Without licenses, notations, sentences, and what else stands where a tool wrote."""
    written = {c.sentence for c in gathered if templates.TEMPLATE in c.features}
    return [
        c
        for c in gathered
        if not names_no_set(c.mention.name)
        and not (c.proper and c.mention.url is None and _FINITE.search(c.mention.name))
        and ("name: notation" not in c.features or c.mention.url is not None)
        and (c.sentence not in written or templates.TEMPLATE in c.features)
        and ("name: base model" not in c.features or not _SAYS_DATA.isdisjoint(c.features))
    ]


_SAYS_DATA = frozenset(
    ["name: says dataset", "name: dataset link", "name: known set", "name: in datasets key"]
)
"""What makes a base model's name a set's, too."""
_FINITE = re.compile(r"\s(?:is|are|was|were|has|have|had|can)\s")
"""A name with a verb is a sentence."""


def body_discovery(
    card: Card,
    known: Callable[[str], str | None],
    weights: Weights | None = None,
    listed: Sequence[Mention] = (),
) -> Discovery:
    """Mentions in the body with their confidence; those too unlikely are left out.

    ``known`` gives the Hub dataset id of a name or alias, or ``None``; an id is otherwise only
    taken from a link or from the card's own front matter. ``listed`` are the sets of the front
    matter, which the text may speak against.
    """
    weights = weights or load_weights()
    reading, gathered = candidates(card, known)
    sure = even_out([(c, _sure(c, weights)) for c in gathered])
    counted = {i for i, (c, p) in enumerate(sure) if p >= weights.counted and is_name(c)}
    gathered = add_beside(gathered, counted)
    sure = even_out([(c, _sure(c, weights)) for c in gathered])
    kept = settle([(c, p) for c, p in sure if p >= weights.possible], weights)
    identifier = Identifier(card, known, [c for c, _ in kept])
    mentions = tuple(
        replace(
            identifier.identify(c),
            confidence=round(p, 2),
            described=not c.proper,
            decided=_decided(c, p, weights),
        )
        for c, p in kept
        if not identifier.sums_up(c)
    )
    return Discovery(
        mentions,
        tuple(tables.totals(reading)),
        reading.base_mentions,
        disputed_data=tuple(denied(card, reading.document, listed)),
    )


def is_name(candidate: Candidate) -> bool:
    """Whether it names a set that may be a training set."""
    return candidate.proper and not _evaluates(candidate)


def _decided(candidate: Candidate, sure: float, weights: Weights) -> tuple[str, ...]:
    """What decided; a row that its column made surer says so first."""
    if _evaluates(candidate):
        return ()
    told, alone = decided(candidate, weights), _sure(candidate, weights)
    if alone < confidence(candidate, weights):
        told = (_HELD_BACK, *told)
    return (_LIFTED, *told) if sure > alone else told


_HELD_BACK = "against: it restates named sets, or stands with another model of this card"
_LIFTED = "for: the other rows of its column are as sure"


def _sure(candidate: Candidate, weights: Weights) -> float:
    """How sure a candidate is: what restates named sets is not sure enough to stand beside them."""
    if _evaluates(candidate):
        return 1.0
    sure = confidence(candidate, weights)
    if "doubt: of a sibling" in candidate.features:
        return min(sure, weights.possible - 0.01)
    if "description: plainly told" in candidate.features:
        return max(sure, PLAINLY_TOLD)
    if candidate.features >= _IS_TASK:
        return min(sure, weights.described - 0.01)
    if (
        candidate.proper
        and "form: heading" not in candidate.features
        and not PLAINLY_PLACED.isdisjoint(candidate.features)
    ):
        return max(sure, weights.counted)
    if not restates(candidate):
        return sure
    rest_of_list = weights.possible if "phrase: names others" in candidate.features else 0.0
    return min(max(sure, rest_of_list), weights.described - 0.01)


PLAINLY_TOLD = 0.75
"""How sure it is that "trained on" with a phrase for data tells of training data, where no doubt
stands beside it and the card names no set: 30 of 40 on the labelled cards."""


_IS_TASK = frozenset(["description: of a task", "description: not governed"])
"""What a model does something to, in a sentence that says nothing of training on it."""
PLAINLY_PLACED = frozenset(
    f"plainly placed, name: {look}"
    for look in ("odd letters", "known set", "dataset link", "says dataset")
)
"""What stands where training data is listed, is written as a set's name is, and has nothing against
it: it is counted, whatever single words weigh."""


def even_out(weighed: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """What stands in one column is at least as sure as the middle of it."""
    columns: dict[str | None, list[float]] = defaultdict(list)
    for candidate, sure in weighed:
        if candidate.group is not None and not _evaluates(candidate):
            columns[candidate.group].append(sure)
    from statistics import median  # a digest has no bodies

    middle = {name: median(values) for name, values in columns.items() if len(values) >= _COLUMN}
    return [(c, p if _evaluates(c) else max(p, middle.get(c.group, 0.0))) for c, p in weighed]


_COLUMN = 3
"""Fewest rows of a column whose middle says something of the others."""


def _evaluates(candidate: Candidate) -> bool:
    return candidate.mention.role is Role.EVALUATION


def names_of(bases: tuple[BaseModelMention, ...]) -> frozenset[str]:
    """Normalized names of models, with and without owners."""
    names = {normalize(b.name) for b in bases}
    return frozenset(names | {normalize(tail_of(b.id)) for b in bases if b.id})
