"""Data that the front matter lists and the text says was not learned from.

Two places of one card that cannot both hold: ``datasets:`` names a set, and a sentence says that
it was kept for evaluation or not trained on; or the text links the sets of the training and none
of them, nor a word of it anywhere, is one that the front matter lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.bounds import most
from provenance.discovery.document import Document, Form, Passage
from provenance.discovery.readers.sentences import trains
from provenance.names import normalize, normalize_tail
from provenance.report.evidence import Evidence
from provenance.report.training import DeclaredIn, DisputedData, Mention, Role

_MOST = 12
"""Denials of one sentence that are looked at."""
_SHORTEST = 3
"""Letters of a name that a sentence is searched for."""
_FEW = r"(?:\w{1,20}\s){0,2}?"
_NOT_LEARNED = re.compile(
    rf"(?i)\b(?:only|solely|exclusively|purely|just)\s{_FEW}(?:for|in|during|as)\s{_FEW}"
    r"(?:eval|test|benchmark|validat)\w{0,10}"
    r"|\bfor (?:evaluation|testing|benchmarking|validation)(?: purposes)? only\b"
    r"|\bevaluation[- ]only\b"
    rf"|\b(?:was|were|is|are|been) (?:not|never) {_FEW}(?:used (?:for|in|during) {_FEW}"
    r"(?:pre-?|fine-?)?(?:train|tun)ing|trained on"
    rf"|(?:seen|included|part of|present) (?:in |during |of )?{_FEW}train)"
    rf"|\b(?:did|do|does) not (?:train|fine-?\s?tune) on\b|\bexcluded from {_FEW}train"
)
_JOINS = re.compile(r"[,;:]\s|\s(?:and|while|whereas|but|though)\s")
_OF_A_PART = re.compile(
    r"(?i)\b(?:except|other than|besides|apart from|unlike)\b"
    r"|\b(?:test|dev|validation|held-?out)[\s-](?:set|split|part|portion)"
)
"""Words with which a sentence speaks of a part of a set, or of all but the set."""


def denied(card: Card, document: Document, tags: Sequence[Mention]) -> Iterator[DisputedData]:
    """The sets of the front matter that a sentence or a label says were not trained on."""
    told = [p for p in document.passages if p.form is not Form.HEADING]
    passages = [p for p in told if _may_deny(p)]
    labelled = [p for p in told if p.label is not None and _OF_A_TEST.fullmatch(p.label[0])]
    for tag in tags if passages or labelled else ():
        denial = next((e for p in passages for e in _denial(card, p, tag)), None)
        if denial is None:
            denial = next((e for p in labelled for e in _for_tests(card, p, told, tag)), None)
        if denial is not None:
            yield DisputedData(tag.id or tag.name, tag.evidence, denial, denied=True)


_OF_A_TEST = re.compile(
    r"(?i)\W{0,3}(?:validation|test(?:ing)?|eval(?:uation)?) (?:data-?\s?)?sets?\W{0,3}"
)


def _for_tests(
    card: Card, passage: Passage, told: Sequence[Passage], tag: Mention
) -> Iterator[Evidence]:
    """The line of a label over data for tests that gives the set's id and no part of it.

    Nothing else that names the set may speak of training.
    """
    written = tag.id is not None and tag.id.lower() in passage.words(passage.text).lower()
    if not (written or _linked(passage, passage.text, tag)) or _OF_A_SPLIT.search(passage.text):
        return
    name = _tail(tag)
    others = (p for p in told if p is not passage and name in normalize(p.words(p.text)))
    if not any(trains(other.text) for other in others):
        yield card.quote(passage.line_at(0))


_OF_A_SPLIT = re.compile(r"(?i)\b(?:split|part|portion|subset|held-?out|dev|sampled|random)\b|%")


def _may_deny(passage: Passage) -> bool:
    return _NOT_LEARNED.search(passage.text) is not None


def _denial(card: Card, passage: Passage, tag: Mention) -> Iterator[Evidence]:
    """The lines of sentences that name the set and say that it was not learned from."""
    name = _tail(tag)
    for start, sentence in passage.sentences:
        if len(name) < _SHORTEST or _OF_A_PART.search(sentence):
            continue
        for match in most(_NOT_LEARNED.finditer(sentence), _MOST, "a denial"):
            clause = _clause(sentence, match.start(), match.end())
            if name in normalize(passage.words(clause)) or _linked(passage, clause, tag):
                yield card.quote(passage.line_at(start + match.start()))


def _clause(sentence: str, start: int, end: int) -> str:
    """The clause around a part of a sentence: another one speaks of other sets."""
    first = max((m.end() for m in _JOINS.finditer(sentence, 0, start)), default=0)
    last = _JOINS.search(sentence, end)
    return sentence[first : last.start() if last else len(sentence)]


def _linked(passage: Passage, sentence: str, tag: Mention) -> bool:
    """Whether a sentence links the set's page."""
    if tag.id is None:
        return False
    targets = (passage.mark(c).url or "" for c in sentence if "\ue000" <= c <= "\uf8ff")
    return any(f"/datasets/{tag.id}".lower() in target.lower() for target in targets)


def elsewhere(
    card: Card, tags: Sequence[Mention], in_text: Sequence[Mention], counted: float
) -> tuple[DisputedData, ...]:
    """What the front matter lists where the text links other sets and has no word of these.

    Silent unless every set on both sides has a Hub id: two names may be one set.
    """
    sure = [m for m in in_text if m.confidence >= counted and m.role is not Role.EVALUATION]
    if not tags or not sure or not all(m.id for m in (*tags, *sure)):
        return ()
    body = normalize("\n".join(card.lines[card.body_start - 1 :]))
    if any(_tail(tag) in body or len(_tail(tag)) < _SHORTEST for tag in tags):
        return ()
    if {_tail(m) for m in tags} & {_tail(m) for m in sure}:
        return ()
    return tuple(DisputedData(t.id or t.name, t.evidence, sure[0].evidence) for t in tags)


def _tail(mention: Mention) -> str:
    return normalize_tail(mention.id or mention.name)


def listed_in_front(mentions: Sequence[Mention]) -> list[Mention]:
    """Training sets that the front matter lists."""
    return [
        m
        for m in mentions
        if m.declared_in is DeclaredIn.FRONT_MATTER and m.role is not Role.EVALUATION
    ]
