"""Base models as a phrase of a passage names them, with the line as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.cards import Card
from provenance.discovery.document import Passage
from provenance.discovery.model_names import ARCHITECTURE, NamedModel, first_named, usable
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.report.training import BaseModelMention, DeclaredIn

MOST_VERBS = 12
"""Verbs of one sentence that are read."""
_NEAR = 200
"""Characters in which a phrase says that it names a model."""
OTHERS = re.compile(
    r"(?i)\b(?:can|could|may|might|you|directly|by contrast|unlike|instead of|compared (?:to|with)"
    r"|than|against|outperform\w*|beats?|teacher|tokenizer|vocabulary(?!-)|previous|other|baselines?|inspired)\b[^.,]{0,60}$"
)
DISTILS = re.compile(r"(?i)\bdistill?(?:ed|ation|s)?\b[^.;]{0,60}$|\bteacher\b")
OF_BASE = re.compile(r"(?i)\bbase (?:language )?model\b[^.]{0,30}$")
OF_ANOTHER_SUBJECT = re.compile(
    r"(?i)\b(?:(?:re)?written|generated|translated|labell?ed|annotated|scored|filtered|judged|graded|ranked|transcribed|captioned"
    r"|synthesi[sz]ed|mined)\s(?:[\w-]{1,14}\s){0,3}?(?:by|with|using|from)\b[^.;]{0,40}$"
    r"|\b(?:predecessors?|successors?|baselines?|competitors?|rivals?|compared?)\b[^.;]{0,100}(?:\b(?:which|that|is|was|were|has been)|,)\s*\S{0,80},?\s*$"
)
"""Words before "fine-tuned from" and the like with which it is told of another model."""
BILLIONS = re.compile(r"\d[bBmM]\b")
_AND_WEIGHTS = re.compile(
    r"(?i)architecture (?:and|&) (?:the )?weights|weights (?:and|&) architecture"
)
_ONE_WORD = re.compile(r"[A-Z][a-z]+")
_SIZED = re.compile(r"(?i)\d\s?[bm]\b|\d")


def says_model_and_size(name: str) -> bool:
    """Whether words name a model of a family and its size or version, or a size in parameters."""
    family = MODEL_WORD.search(name) is not None and re.search(r"\d", name) is not None
    return family or BILLIONS.search(name) is not None


def mentions(
    card: Card,
    passage: Passage,
    offset: int,
    phrase: str,
    *,
    several: bool,
    sure: bool = True,
    says: bool = True,
) -> Iterator[BaseModelMention]:
    """Models that a phrase names; only the first unless it lists ``several``.

    Not ``sure``: words alone count only if they carry a size or version and say model.
    """
    phrase = _AND_WEIGHTS.sub("weights", phrase)
    for part in re.split(r"\s(?:and|&|\+)\s|,\s", phrase) if several else (phrase,):
        named = first_named(passage, part)
        if named is None or not usable(card, named):
            return
        weights = "weights" in named.rest[:20]
        if ARCHITECTURE.search(named.rest[:30]):
            return
        model_word = re.search(
            r"(?i)\bmodels?\b|checkpoint|weights|encoder|variant", phrase[:_NEAR]
        )
        plain = MODEL_WORD.search(named.name) or _SIZED.search(named.name)
        model_word = None if _ONE_WORD.fullmatch(named.name) and not plain else model_word
        enough = (
            (plain or model_word)
            if sure
            else (weights or _SIZED.search(named.name)) and (model_word or says)
        )
        if named.id is None and not enough:
            return
        yield mention(card, passage, offset, named)


def mention(card: Card, passage: Passage, offset: int, named: NamedModel) -> BaseModelMention:
    """A base named at ``offset`` of a passage or after it; its line holds the name."""
    at = passage.line_at(min(offset, len(passage.text)))
    lines = range(at, passage.last_line + 1)
    lead = named.name.split("(")[0].strip()
    line = next((n for n in lines if named.name in card.lines[n - 1]), None)
    line = line or next((n for n in lines if lead in card.lines[n - 1]), at)
    return BaseModelMention(
        named.name, named.id, "finetune", DeclaredIn.PROSE, card.quote(line, lead)
    )
