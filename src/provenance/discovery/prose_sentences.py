"""Which part of a sentence a verb of training governs, and in what role.

Each rule takes one sentence (see :mod:`provenance.discovery.document`) and gives phrases; what
a phrase names is decided in :mod:`provenance.discovery.prose_names`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.bounds import stop, watched
from provenance.discovery.document import MARKS
from provenance.discovery.prose_acts import training_acts
from provenance.discovery.prose_lexicon import any_of, holds_any
from provenance.discovery.prose_phrases import (
    LONG_SENTENCE,
    LONGEST_PHRASE,
    NOT_DONE,
    Phrase,
    end_of_clause,
    is_other_subject,
    some,
    words_before,
)
from provenance.discovery.prose_statements import data_statements
from provenance.knowledge import alternatives_by
from provenance.report.training import Role

_VERBS = alternatives_by("discovery", "verbs", "what")
TRIGGER = re.compile(
    r"(?i)(?<![\w-])(?:(?P<pre>(?:further |continued |jointly |additionally )?"
    + _VERBS["pretrained"]
    + ")"
    rf"|(?P<fine>{_VERBS['fine-tuned']})|(?P<train>{_VERBS['trained']}))(?![\w-])"
)
_ACTS = (
    "sft",
    "dpo",
    "kto",
    "orpo",
    "rlhf",
    "обуч",
    "affin",
    "ajustad",
    "afinad",
    "feinab",
    "feinget",
    "a punto",
    "trein",
    "train",
    "tun",
    "entrenad",
    "entraîn",
    "addestrat",
    "treinad",
    "adapted",
    "distill",
    "trän",
    "tren",
    "træn",
    "uczon",
    "dilatih",
)
_DATA_WORDS = ("data", "trainiert", "fein", "corp", "text", "set", "tweets", "articles", "used")
_PREPOSITION = re.compile(
    r"(?i)[\s)]{0,3}\b(?P<prep>"
    + any_of(
        r"""on over upon using with from by for as to in via at against through under
        auf mit sur avec sobre con com su usando на no(?=\s(?:conj|dataset|corpus|banco)) em op på na pe cu pada dengan med met"""
    )
    + r")\b(?:\s+top of)?\s+"
)
_OBJECT_STOPS = {"for", "as", "to", "at", "against", "through", "under", "via", "in", "by"}
_RESULT = re.compile(
    r"(?i)\b(?:results?|performances?|accuracy|scores?|f1|evaluat\w{1,4}|tested"
    r"|improv\w{1,6})\s+\w+\s+$"
    r"|\b(?:available|found|hosted|published|based|depend\w*|focus\w*|run\w*|uploaded|shared|released|details|information)\s+$"
    r"|\b(?:available|found|hosted|published|based|depend\w*|focus\w*|run\w*|uploaded|shared|released)\s+\w{2,5}\s+$"
)
"""Before a preposition: what follows is what a result was measured on."""
_IN_ENGLISH = {
    **dict.fromkeys(
        (
            "over",
            "upon",
            "auf",
            "sur",
            "sobre",
            "su",
            "на",
            "no",
            "em",
            "op",
            "på",
            "na",
            "pe",
            "pada",
        ),
        "on",
    ),
    **dict.fromkeys(("mit", "avec", "con", "com", "med", "met", "cu", "dengan"), "with"),
    "usando": "using",
}
"""What a preposition says, whatever the language."""
_NEAR_CLAUSE = re.compile(r"[.;:]\s|,\s(?:and|but)\s")
_SUBJECT_CLAUSE = re.compile(r"[;:,]\s|\bwhile\b")
_PASSIVE = re.compile(r"(?i)\s(?:was|is|were|are|(?:has|have|had) been)(?: \w{2,12}ly)?$")
_BY_US = re.compile(r"(?i)\b(?:we|i|was done|is done|by|also)\b[^,.]{0,30}$")
_BUILDS = re.compile(r"(?:create|build|construct|make)\b")
_NAME_FOLLOWS = re.compile(rf"(?:the\s)?(?:[A-Z]|[{MARKS}])")
_ADJECTIVE = re.compile(r"(?i)\b(?:an?|the|our|of)\s(?:distilled|adapted)$")
_PURPOSE = re.compile(r"(?i)\bto [a-z]{3,}|\bfor\b")
_WHICH = re.compile(
    rf"[{MARKS}\w)]\s(?:which|that) (?:was|were|is|are|has been|have been)(?: \w{{2,12}}ly)?$"
)
_WHICH_MODEL = re.compile(
    r"\s(?:which|that) (?:is|was|are|were) (?:an?|the) [\w\s-]{0,60}"
    r"\b(?:model|encoder|network|checkpoint|llm)s?\b[\w\s-]{0,20}$"
)
_OF_ANOTHER = re.compile(
    rf"(?i)\b(?:from|with|using|uses?|used|upon|than|to|like|load\w*|leverag\w+|employ\w*|adopt\w*)\s"
    rf"(?:the |an? |our )?"
    rf"(?:[\w./{MARKS}-]{{1,40}}\s){{0,5}}?(?:models?|encoders?|decoders?|checkpoints?"
    rf"|weights|backbones?|[lv]lms?|llms?|networks?"
    rf"|tower|[{MARKS}])\s\(?$"
)
"""A model of the sentence's object, told of by a participle: "from an encoder trained on"."""
_NOUN = re.compile(r"(?i)\b(?:an?|this|the|my|full|lora)\s$")
"""Before "fine-tune": it is what was made, and no infinitive."""
_FIRST = re.compile(r"(?i)\b(?:first|originally|previously)\s*$")
_NEGATED = re.compile(
    r"(?i)\b(?:not|never|n't|without|no longer|none|neither|nor|(?<!ad[oa]\s)no)\b[\w\s,'’*/-]{0,45}$"
)
_MODELS_SUBJECT = re.compile(
    r"(?i)\b(?:models? such as|other (?:language )?models|most (?:language |large )?(?:models|llms)"
    r"|baselines?|competitors?|them|ones)\b[^,.]{0,40}$"
)


def training_phrases(sentence: str) -> tuple[Phrase, ...]:
    """Phrases after "trained on", "fine-tuned using", "the training data comes from"."""
    phrases, more = _read(sentence)
    if more:
        stop(LONG_SENTENCE)
    return phrases


@lru_cache(maxsize=512)
def _read(sentence: str) -> tuple[tuple[Phrase, ...], bool]:
    """The phrases, and whether there is more: who asks again is told it again."""
    with watched() as watch:
        phrases = tuple(_training_phrases(sentence))
    return phrases, bool(watch)


def _training_phrases(sentence: str) -> Iterator[Phrase]:
    lower = sentence.lower()
    triggers = some(TRIGGER, sentence) if holds_any(lower, _ACTS) else []
    triggers = [t for t in triggers if not _ADJECTIVE.search(sentence[: t.end()][-24:])]
    for index, trigger in enumerate(triggers):
        limit = triggers[index + 1].start() if index + 1 < len(triggers) else len(sentence)
        before = words_before(sentence, trigger.start())
        kind = "pretrained" if trigger["pre"] else "tuned" if trigger["fine"] else "trained"
        seen = {f"verb: {kind}", *_doubts(sentence, trigger.start(), trigger[0])}
        subject = "" if trigger["fine"] else subject_of(before)
        for start, text, preposition in _objects(sentence, trigger.end(), limit):
            of = {f"verb: {preposition}", f"verb: {kind} {preposition}"}
            purpose = _PURPOSE.search(sentence[trigger.end() : start])
            if purpose is not None:
                told = purpose[0].lower() == "for" and preposition == "on"
                of.add("verb: for a purpose on" if told else "doubt: trained to do")
            if start + len(text) == trigger.end() + LONGEST_PHRASE:
                stop(LONG_SENTENCE)
            yield Phrase(start, text, _role(trigger), frozenset(seen | of), subject)
    if holds_any(lower, _DATA_WORDS):
        yield from data_statements(sentence)
    yield from training_acts(sentence)


def governing(sentence: str, at: int) -> frozenset[str]:
    """What is seen of the verb of training that governs the word at ``at``, if one does."""
    for phrase in training_phrases(sentence):
        if phrase.start <= at < phrase.start + len(phrase.text):
            return phrase.seen
    return frozenset()


def _doubts(sentence: str, at: int, verb: str) -> Iterator[str]:
    """Why a verb at ``at`` may not tell what this model was trained on."""
    before = words_before(sentence, at)
    clause = _NEAR_CLAUSE.split(before[-70:])[-1]
    if _NEGATED.search(clause):
        yield "doubt: negated"
    elif NOT_DONE.search(clause):
        yield "doubt: not done"
    if _WHICH.search(clause) or _WHICH_MODEL.search(before[-120:]):
        yield "doubt: of what stands before"
    if _OF_ANOTHER.search(clause):
        yield "doubt: participle of another"
    if _FIRST.search(clause):
        yield "doubt: first trained"
    word = verb.lower()
    if word.endswith("ing"):
        yield "doubt: gerund"
    infinitives = {"train", "pretrain", "pre-train", "fine-tune", "finetune"}
    if word in infinitives and not _NOUN.search(before):
        yield "verb: we train" if _BY_US.search(clause) else "doubt: infinitive"
    if is_other_subject(before):
        yield "doubt: other subject"
    if _MODELS_SUBJECT.search(clause):
        yield "doubt: other models"


def subject_of(before: str) -> str:
    """The subject of a passive verb ("X was"); empty when no "was" stands before the verb."""
    clause = _SUBJECT_CLAUSE.split(before)[-1].strip()
    passive = _PASSIVE.search(clause)
    return clause[: passive.start()] if passive else ""


def _role(trigger: re.Match[str]) -> Role:
    if trigger["pre"]:
        return Role.PRETRAINING
    return Role.FINETUNING if trigger["fine"] else Role.TRAINING


def _objects(sentence: str, start: int, limit: int) -> Iterator[tuple[int, str, str]]:
    """Objects of the verb that ends at ``start``: what follows "on", "using", "with", "from".

    The third value is the preposition ("on", not "using", makes it data alone).
    """
    preps = list(_PREPOSITION.finditer(sentence, start, min(limit, start + LONGEST_PHRASE)))
    if not preps or preps[0].start() - start > 60:
        return
    limit = min(limit, start + LONGEST_PHRASE)
    hard = end_of_clause(sentence, preps[0].end(), limit)
    end = limit if hard is None else hard
    index = 0
    while index < len(preps) and preps[index].start() <= end:
        word, begin = preps[index]["prep"].lower(), preps[index].end()
        index += 1
        while (
            index < len(preps) and preps[index].start() < end and _goes_on(sentence, preps[index])
        ):
            index += 1
        stop = preps[index].start() if index < len(preps) and preps[index].start() < end else end
        if word in _OBJECT_STOPS or stop <= begin or sentence[:begin].endswith("top of "):
            continue
        if sentence[stop : stop + 1] == ")" and sentence.count("(", begin, stop) > sentence.count(
            ")", begin, stop
        ):
            stop += 1
        if _GERMAN_TESTS.search(sentence[begin:stop]):
            continue
        if not _RESULT.search(sentence[max(0, begin - 30) : begin]):
            yield begin, sentence[begin:stop], _IN_ENGLISH.get(word, word)


def _goes_on(sentence: str, match: re.Match[str]) -> bool:
    """Whether a preposition within an object belongs to it ("articles from", "such as")."""
    preposition, rest = match["prep"].lower(), sentence[match.end() :][:14]
    if preposition == "to":
        return _BUILDS.match(rest) is not None
    if preposition == "as":
        return sentence[: match.start("prep")].endswith("such ")
    named = _NAME_FOLLOWS.match(rest) is not None
    return preposition == "from" or (preposition == "in" and named)


_GERMAN_TESTS = re.compile(r"\s(?:getestet|evaluiert|ausgewertet|geprüft)\W*$")
