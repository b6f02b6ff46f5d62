"""Bases that a compound names: "a fine-tuned Nest 7B model", "a Nest 7B fine-tuned model"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.base_clauses import clause_bars, speaking_of_itself
from provenance.discovery.base_mentions import mention, says_model_and_size
from provenance.discovery.bounds import most
from provenance.discovery.document import Passage
from provenance.discovery.model_names import NamedModel, first_named, last_named, usable
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.names import normalize_tail
from provenance.report.training import BaseModelMention

_MOST = 8
_SENTENCE = "a sentence of fine-tuned models"
_INTRODUCTION = 6
"""Passages in which a card says what its model is."""
_NAME_AFTER = re.compile(r"(?i)\bfine-?\s?tuned\s(?=[A-Z])")
_MODEL_AFTER = re.compile(r"(?i)\s(?:[a-z-]{2,16}\s){0,3}?(?:model|checkpoint|network)\b")
_NAME_BEFORE = re.compile(
    r"(?i)\s(?:model\s)?fine-?\s?tuned\s(?:model|version|checkpoint|variant)\b"
)
_POINTS = re.compile(r"(?i)(?:here|this|now|then|where|when)\s")
"""A word that opens a sentence on a part of the model: "Here the ctc fine-tuned model works as"."""
_IS_ONE = re.compile(r"(?i)\b(?:is|are|an?|the|our)\b[^.,;:]{0,60}$|^\W*$")
"""Before the compound: this model is one."""


def in_a_compound(card: Card, passages: list[Passage]) -> Iterator[BaseModelMention]:
    """The X of "fine-tuned X model" and "X fine-tuned model", where a card introduces itself."""
    for passage in islice(speaking_of_itself(passages), _INTRODUCTION):
        for start, sentence in passage.sentences:
            for match in most(_NAME_AFTER.finditer(sentence), _MOST, _SENTENCE):
                rest = sentence[match.end() : match.end() + 80]
                named = first_named(passage, rest)
                if named is None or not _MODEL_AFTER.match(rest[len(named.name) :]):
                    continue
                if _is_another(card, named) and _says_so(sentence[: match.start()]):
                    yield mention(card, passage, start + match.end(), named)
            for match in most(_NAME_BEFORE.finditer(sentence), _MOST, _SENTENCE):
                before = sentence[max(0, match.start() - 80) : match.start()]
                named = last_named(passage, before)
                if named is None or not _is_another(card, named) or _POINTS.match(named.name):
                    continue
                at = max(0, before.rfind(named.name))
                if _says_so(before[:at]):
                    yield mention(card, passage, start + match.start(), named)


def _says_so(before: str) -> bool:
    return _IS_ONE.search(before) is not None and not clause_bars(before)


def _is_another(card: Card, named: NamedModel) -> bool:
    """Whether it looks like a model, and not only like this model's family."""
    if not usable(card, named) or not MODEL_WORD.search(named.name):
        return False
    repeats_this_model = normalize_tail(named.name) in normalize_tail(card.repo)
    return not repeats_this_model or says_model_and_size(named.name)
