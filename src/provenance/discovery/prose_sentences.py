"""Which part of a sentence names training sets, and in what role.

Each rule takes one sentence (see :mod:`provenance.discovery.prose_text`) and gives phrases; what
a phrase names is decided in :mod:`provenance.discovery.prose_names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.discovery.prose_text import MARKS
from provenance.training import Role

TRIGGER = re.compile(
    r"(?i)\b(?:(?P<pre>(?:further |continued |jointly |additionally )?(?:pre-?\s?train(?:ed|ing)?|pre-?entrenad[oa]"
    r"|pré-?entraîné|vortrainiert|pré-?treinad[oa]))"
    r"|(?P<fine>fined?-?\s?-?tun(?:ed|ing|es|e)\b|fine\stun(?:ed|e)\b|finedtuned)"
    r"|(?P<train>(?:re-?|co-?)?trained|training|train|entrenad[oa]|entraîné|trainiert|addestrat[oa]"
    r"|treinad[oa]|adapted|learn(?:ed|t)|distillation|distilled))(?=\W|$)"
)
_PREPOSITION = re.compile(
    r"(?i)[\s)]*\b(?P<prep>on|over|upon|using|with|from|by|for|as|to|in|via|at|against|through|under"
    r"|auf|mit|sur|sobre|con|su|usando)\b(?:\s+top of)?\s+"
)
_END = re.compile(
    r"(?i)\s(?:which|that|where|whereas|while|when|because|so|but|after|before|until|without|within"
    r"|during|since|if|then|has|have|had|is|are|was|were|can|could|will|would|should|achiev\w+"
    r"|reach\w+|follow\w+ (?:by|the)|resulting|making|leading|aiming|to (?:be|do|make|create|predict|produce"
    r"|generate|detect|answer|identify|improve|get|perform|recogni\w+|extract|classify|help|provide|evaluate"
    r"|learn|obtain)|in order|who|whose|due|thanks|consisting|consists?|contain(?:s|ing)?|cover(?:s|ing)"
    r"|provided|introduced|released|created|proposed|described|presented|converted|respectively|whereby"
    r"|(?:and|then) (?:then |further |also |subsequently |finally )?(?:is |was |were |are )?(?:evaluated|tested"
    r"|fine|pre-?trained|trained|used|released|converted|initiali|optimi|the |it |we |has |our model)"
    r"|as (?:a |an |the |part|described|well as on the task|follows|in|released|is)|hoping|see|until|we|i)\b"
    r"|\s[-–—]{1,3}\s|[:!?]\s|;\s|\.\s*$"
)
_BEFORE_NOT_DONE = re.compile(
    r"(?i)\b(?:can(?:not)?|could|may|might|should|would|must|will|want(?:ed)?|like|wish|plan|need|needs"
    r"|if you|you|how|when|often|usually|typically|intended|aimed|before|easy|ability|able|possible|please"
    r"|useful|further|let|to encourage|not)\b[\w\s,'’*/-]{0,45}$"
)
_OTHER_SUBJECT = re.compile(
    r"(?i)\b(?:by contrast|in contrast|unlike|compared (?:to|with)|in comparison|other|another|whereas|original\w*"
    r"|baselines?|teacher|parent|competitor|previous|existing|tokeni[sz]ers?|vocabular(?:y|ies)|embeddings?"
    r"|classifiers?|reward model|annotator|discriminators? (?:is|are)|underlying|base(?:line)? (?:language )?model"
    r"|models are|systems)\b"
)
_OBJECT_STOPS = {"for", "as", "to", "at", "against", "through", "under", "via"}
_DATA_PREPOSITIONS = {"on", "over", "upon", "auf", "sur", "sobre", "su"}
_DATA_VERB = re.compile(
    rf"(?i)(?:\b(?:pre-?|fine-?\s?tuning |language )?(?:train(?:ing|ed)?|pre-?training|pretraining|source|tuning|fine-?tuning)"
    r"\s+(?:and \w+ )?(?:text |language |input )?(?:data(?:-?\s?set)?s?|corpus|corpora|set|texts?)"
    r"|\b(?:the |this |our |input )?(?:corpus|corpora|data-?\s?sets?|data|texts?)(?: (?:we|that we|i))? used(?: (?:for|to|in)[\w\s-]{0,40}?)?"
    r"|\b(?:the|this|our|input) (?:\w+ )?(?:corpus|corpora|data-?\s?sets?|data|text)|^\W*data|^\W*(?:corpus|corpora))"
    rf"(?:\s+(?:used )?(?:for|of|to) [\w\s{MARKS}-]{{0,50}}?)?"
    r"\s+(?:(?:is|are|was|were|has been|have been|mainly|majorly|mostly|primarily|then|also|being) )*"
    r"(?P<verb>is|are|was|were|consists? (?:mainly )?(?:of|in)|consisted of|compris\w+(?: of)?|includes?|included|contains?|contained"
    r"|com(?:es|e|ing) (?:mainly )?from|came (?:mainly )?from|made (?:up )?of|composed of|built (?:from|on|of)|based on"
    r"|(?:collected|taken|drawn|obtained|extracted|derived|scraped|crawled|gathered|sourced|retrieved|downloaded"
    r"|used|compiled|created|sampled|generated|collected and \w+)(?: \w+)? (?:from|out of|on|by|using))\s*:?\s+"
)
_DATA_FROM = re.compile(
    r"(?i)\b(?:data-?\s?sets?|data|corpus|corpora|texts?|tweets|articles)\s+(?:mainly |majorly |which (?:is|was) )?"
    r"(?:used|taken|collected|obtained|drawn|crawled|scraped)\s+(?:from|in)\s+"
)
_WE_USED = re.compile(
    r"(?i)\b(?:we|i) (?:also |mainly |then |have |only )?(?:used?|utili[sz]ed?|include[d]?|combined?|collected|gathered|leveraged?)\s+"
    r"|\butili[sz]es\s+"
)
_USED_TO_TRAIN = re.compile(
    r"(?i)\b(?:is|are|was|were|been|has been)?\s*used (?:to|for|in) (?:the )?(?:further )?(?P<act>pre-?train\w*|fine-?\s?tun\w*|train\w*)"
)
EVALUATED = re.compile(
    r"(?i)\b(?:evaluat(?:ed|ion)|tested|validated|benchmarked)\b[\w\s,]{0,40}?\b(?:on|against|using|over)\s+"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Part of a sentence that may name sets."""

    start: int
    """Offset within the sentence."""
    text: str
    role: Role
    needs_set_word: bool = False
    """Counts only if it says dataset, corpus … or is followed by a data link."""
    done_by_other: bool = False
    """What it names trained another model, a tokenizer or a teacher."""


def training_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases after "trained on", "fine-tuned using", "the training data comes from"."""
    triggers = list(TRIGGER.finditer(sentence))
    for index, trigger in enumerate(triggers):
        limit = triggers[index + 1].start() if index + 1 < len(triggers) else len(sentence)
        if not _is_done(sentence, trigger):
            continue
        other = is_other_subject(sentence[: trigger.start()])
        role = _role(trigger)
        for phrase in _objects(sentence, trigger.end(), limit, role):
            yield Phrase(phrase.start, phrase.text, role, phrase.needs_set_word, other)
    yield from _data_statements(sentence)


def is_other_subject(before: str) -> bool:
    """Whether the words before a verb make it speak of another model or of a tokenizer."""
    clause = re.split(r"[;:]\s|,\s(?:and|but|while)\s|\bwhile\b", before)[-1]
    return _OTHER_SUBJECT.search(clause) is not None


def _role(trigger: re.Match[str]) -> Role:
    if trigger["pre"]:
        return Role.PRETRAINING
    return Role.FINETUNING if trigger["fine"] else Role.TRAINING


def _is_done(sentence: str, trigger: re.Match[str]) -> bool:
    """Whether the training has happened ("was trained"), not might ("can be fine-tuned")."""
    before = sentence[max(0, trigger.start() - 70) : trigger.start()]
    clause = re.split(r"[.;:]\s|,\s(?:and|but)\s", before)[-1]
    word = trigger[0].lower()
    if _BEFORE_NOT_DONE.search(clause):
        return False
    if word.endswith("ing") or word in {"train", "pretrain", "pre-train", "fine-tune", "finetune"}:
        by_us = re.search(
            r"(?i)\b(?:we|i|and|checkpoint|model|was done|is done|by)\b[^,.]{0,30}$", clause
        )
        return by_us is not None or word.startswith("pre") and not clause.strip()
    return True


def _objects(sentence: str, start: int, limit: int, role: Role) -> Iterator[Phrase]:
    """Objects of the verb that ends at ``start``: what follows "on", "using", "with", "from"."""
    preps = list(_PREPOSITION.finditer(sentence, start, limit))
    if not preps or preps[0].start() - start > 60:
        return
    hard = _END.search(sentence, start, limit)
    end = hard.start() if hard else limit
    index = 0
    while index < len(preps) and preps[index].start() <= end:
        word = preps[index]["prep"].lower()
        begin = preps[index].end()
        index += 1
        stop = end
        while index < len(preps) and preps[index].start() < end:
            following = preps[index]["prep"].lower()
            rest = sentence[preps[index].end() : preps[index].end() + 12]
            if following == "from" or (following == "in" and _names_next(rest)):
                index += 1
                continue
            stop = preps[index].start()
            break
        if word in _OBJECT_STOPS or word in {"in", "by"} or stop <= begin:
            continue
        yield Phrase(begin, sentence[begin:stop], role, word not in _DATA_PREPOSITIONS)


def _names_next(rest: str) -> bool:
    return re.match(rf"(?:the\s)?(?:[A-Z]|[{MARKS}])", rest) is not None


def _data_statements(sentence: str) -> Iterator[Phrase]:
    """ "The training data comes from X", "data used from X", "X were used to pre-train"."""
    for pattern in (_DATA_VERB, _DATA_FROM):
        match = pattern.search(sentence)
        if match is None:
            continue
        head = match[0].lower()
        plain_verb = match.groupdict().get("verb", "from") in {"is", "are", "was", "were"}
        hard = _END.search(sentence, match.end())
        end = hard.start() if hard else len(sentence)
        role = Role.PRETRAINING if re.search(r"pre-?train", head) else Role.TRAINING
        strong = re.search(r"(?i)train|source data|tun", head) is not None
        yield Phrase(
            match.end(),
            sentence[match.end() : end],
            role,
            plain_verb or (not strong and pattern is _DATA_VERB),
            is_other_subject(sentence[: match.start()]),
        )
        return
    used = _USED_TO_TRAIN.search(sentence)
    if used is not None and not _BEFORE_NOT_DONE.search(sentence[: used.start()][-60:]):
        act = used["act"].lower()
        role = Role.PRETRAINING if act.startswith("pre") else Role.TRAINING
        if act.startswith("fine"):
            role = Role.FINETUNING
        yield Phrase(
            0, sentence[: used.start()], role, True, is_other_subject(sentence[used.end() :][:40])
        )


def section_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases that count only under a heading such as "Training data"."""
    match = _WE_USED.search(sentence)
    if match is not None:
        hard = _END.search(sentence, match.end())
        end = hard.start() if hard else len(sentence)
        yield Phrase(match.end(), sentence[match.end() : end], Role.TRAINING, True)


def evaluation_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases after "evaluated on"."""
    for match in EVALUATED.finditer(sentence):
        hard = _END.search(sentence, match.end())
        end = hard.start() if hard else len(sentence)
        yield Phrase(match.end(), sentence[match.end() : end], Role.EVALUATION)
