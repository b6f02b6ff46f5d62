"""Which part of a sentence names training sets, and in what role.

Each rule takes one sentence (see :mod:`provenance.discovery.document`) and gives phrases; what
a phrase names is decided in :mod:`provenance.discovery.prose_names`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.bounds import most, stop, watched
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import any_of, holds_any
from provenance.report.training import Role

_PRE = any_of(
    r"""\(?post-\)?-?\s?trained|pre-?\s?train(?:ed|ing)?|pre-?entrenad[oa]|pré-?entra[iî]née?"
    r"|vortrainiert|pré-?treinad[oa]"""
)
_FINE = (
    r"(?:sft|dpo|orpo|kto|rlhf)(?=\s(?:on|with|using))"
    r"|fine-?tuné\w{0,2}|affiné\w{0,2}|ajustad[oa]s?|afinad[oa]s?"
    r"|fined?-?\s?-?tun(?:ed|ing|es|e)|fine\stuned?|finedtuned"
)
_TRAIN = any_of(
    r"""(?:re-?|co-?)?trained | training | train | entrenad[oa] | entra[iî]née? | trainiert
    | addestrat[oa] | treinad[oa] | (?:до|пред)?обуч(?:ен\w{0,3}|ал\w{1,4})
    | feinabgestimmt | feingetunt
    | adapted | distillation | distilled"""
)
TRIGGER = re.compile(
    r"(?i)(?<![\w-])(?:(?P<pre>(?:further |continued |jointly |additionally )?" + _PRE + ")"
    rf"|(?P<fine>{_FINE})|(?P<train>{_TRAIN}))(?![\w-])"
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
    "trein",
    "train",
    "tun",
    "entrenad",
    "entraîn",
    "addestrat",
    "treinad",
    "adapted",
    "distill",
)
_DATA_WORDS = ("data", "trainiert", "fein", "corp", "text", "set", "tweets", "articles", "used")
_PREPOSITION = re.compile(
    r"(?i)[\s)]{0,3}\b(?P<prep>"
    + any_of(
        r"""on over upon using with from by for as to in via at against through under
        auf mit sur sobre con com su usando на no(?=\sconj) em"""
    )
    + r")\b(?:\s+top of)?\s+"
)
_END_WORDS = any_of(
    r"""which|that|where|whereas|while|when|because|so|but|after|before|until|without|within|during
    | since|if|then|has|have|had|is|are|was|were|can|could|will|would|should|hence|thus|achiev\w+
    | reach\w+|resulting|making|leading|aiming|in\sorder|who|whose|due|thanks
    | consists?|contain(?:s|ing)?
    | cover(?:s|ing)|provided|introduced|released|created|proposed|described|presented|converted
    | respectively|whereby|hoping|see|we|i|it|they|follow\w+\s(?:by|the)|there|compared|technical
    | against
    | surpass\w*|outperform\w*|beats|exceed\w*|scor(?:es|ed|ing)|ranks|ranked|attain\w*
    | obtain(?:s|ed)|yields?|showed|shows|performs
    | to\s(?:be|do|make|predict|produce|generate|detect|answer|identify|improve|get|perform
    |recogni\w+|extract|classify|help|provide|evaluate|learn|obtain|return|preserve)
    | (?:and|then)\s(?:(?:then|further|also|subsequently|finally|is|was|were|are)\s){0,2}(?:
    evaluated|tested|pre-?trained|trained|used|released|converted|it|we|has|uses?|our\smodel
    |this\smodel|the\smodel|the\sresulting)
    | and\s(?:then\s)?(?:fine|initiali|optimi)\w*
    | без | ohne | sans | sin
    | as\s(?:a|an|the|part|described|follows|in|released|is)"""
)
_END = re.compile(
    rf"(?i)\s(?:{_END_WORDS})\b|\s[-–—]{{1,3}}\s|[!?]\s|;\s|\.\s*$|(?<=\w{{4}})\.\s(?=[a-z])"
)
_NOT_DONE = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""can(?:not)?|could|may|might|should|would|must|will|want(?:ed)?|wish|plan|needs?|you|how
        | when|often|usually|typically|intended|before|easy|ability|able|possible|please|useful
        | let|to\sencourage|not|supports?|enabl(?:es|ing)|allow(?:s|ing)"""
    )
    + r")\b[\w\s,'’*/-]{0,45}$"
)
_OTHER_SUBJECT = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""by\scontrast|in\scontrast|unlike|compared\s(?:to|with)|in\scomparison|others?|another|whereas
        | original\w*|teacher|parent|competitor|previous|existing|tokeni[sz]ers?
        | vocabular(?:y|ies)|embeddings?
        | (?<!this\s)(?<!our\s)(?:classifiers?|filters?|detectors?|labell?ers?)
        | reward\smodel|annotator|underlying
        | judge|grader|verifier|reference\smodel|draft\smodel|proxy\smodel
        | (?:the|its)\sbase\s(?:language\s)?model
        | systems|they"""
    )
    + r")\b"
)
_OBJECT_STOPS = {"for", "as", "to", "at", "against", "through", "under", "via", "in", "by"}
_RESULT = re.compile(
    r"(?i)\b(?:results?|performances?|accuracy|scores?|f1|evaluat\w{1,4}|tested"
    r"|improv\w{1,6})\s+\w+\s+$"
    r"|\b(?:available|found|hosted|published|based|depend\w*|focus\w*|run\w*|uploaded|shared|released|details|information)\s+$"
    r"|\b(?:available|found|hosted|published|based|depend\w*|focus\w*|run\w*|uploaded|shared|released)\s+\w{2,5}\s+$"
)
"""Before a preposition: what follows is what a result was measured on."""
_DATA_PREPOSITIONS = {"on", "over", "upon", "auf", "sur", "sobre", "su", "на", "no", "em"}
_DATA_NOUN = r"(?:corpus|corpora|data-?\s?sets?|datsets?|data|texts?)"
_DATA_HEAD = (
    r"(?:\b(?:pre-?|fine-?\s?tuning |language )?(?:train(?:ing|ed)?|pre-?training|source|tuning"
    r"|fine-?tuning)\s+(?:and \w{1,20} )?(?:text |language |input )?(?:" + _DATA_NOUN + r"|sets?)"
    r"|\b(?:the |this |our |input )?" + _DATA_NOUN + r"(?: (?:that )?(?:we|i))? used"
    r"|\b(?:training|tuning|data|our|the|sft) mixture"
    r"|\b(?:the|this|our|input) (?:\w{1,20} )?" + _DATA_NOUN + r"|^\W{0,4}(?:data|corpus|corpora))"
)
_DATA_VERB = re.compile(
    rf"(?i){_DATA_HEAD}(?:\s+(?:used )?(?:for|of|to|in|by) [\w\s{MARKS}-]{{0,50}}?)?"
    r"\s+(?:(?:is|are|was|were|has been|have been|mainly|majorly|mostly|primarily|also) ){0,3}"
    r"(?P<verb>(?:is|are|was|were)(?! (?:then )?used )|consist(?:s|ed|ing)? (?:mainly )?(?:of"
    r"|in)|compris\w{1,3}(?: of)?"
    r"|include[sd]?|contain(?:s|ed)?|com(?:es|e|ing) (?:mainly )?from|came (?:mainly )?from"
    r"|made (?:up )?of|composed of|built (?:from|on|of)|based on"
    r"|(?P<comes>(?:collected|taken|drawn|obtained|extracted|derived|scraped|crawled|gathered|sourced"
    r"|retrieved|downloaded|used|compiled|created|sampled|generated|collected and \w+)(?: \w+)?"
    r" (?:from|out of|on|by|using)))\s*:?\s+"
)
_DATA_FROM = re.compile(
    r"(?i)\b(?:" + _DATA_NOUN + r"|tweets|articles)\s+(?:mainly |majorly |which (?:is|was) )?"
    r"(?:(?:which |that )?(?:is |are |was |were ))?"
    r"(?:used|taken|collected|obtained|drawn|crawled|scraped)\s+(?:from|in|by)\s+"
)
_WE_USED = re.compile(
    r"(?i)\b(?:we|i) (?:also |mainly |then |have |only )?"
    r"(?:used?|utili[sz]ed?|included?|combined?|collected|gathered|leveraged?)\s+|\butili[sz]es\s+"
)
_ENUMERATES = re.compile(
    r"(?i)\b(?:first|second|third|fourth|other|latter|last)"
    r"(?: one| source| part| data-?set| corpus)? (?:is|was|are|were|comes from|came from) "
)
_USES = ("use", "utili", "includ", "combin", "collect", "gather", "leverag")
_ORDINALS = ("first", "second", "third", "fourth", "other", "latter", "last")
_SECTION_VERBS = (("we use", _WE_USED, _USES), ("first one is", _ENUMERATES, _ORDINALS))
_USED_TO_TRAIN = re.compile(
    r"(?i)\bused (?:to|for|in) (?:the )?(?:further )?"
    r"(?P<act>pre-?train\w*|fine-?\s?tun\w*|train\w*)"
)
_USED_BY = re.compile(r"(?i)\s(?:that|which|we|is|are|was|were|has been|have been|mainly|also)$")
"""The last of the words between a name and "used to train"."""
_MOST_BETWEEN = 6
_EVALUATED = re.compile(
    r"(?i)\b(?:evaluat(?:ed|ion)|tested|validated|benchmarked)\b[\w\s,]{0,40}?\b"
    r"(?:on|against|using|over)\s+"
)


LONGEST_PHRASE = 1_000
"""Characters of one phrase that are read."""
_MOST_VERBS = 20
"""Verbs of one sentence that are read."""
_LONG = "a sentence"
_BEHIND = 240
"""Characters before a verb that are looked at."""
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while)\s|\bwhile\b|\bit (?:is|was)\b")
_NEAR_CLAUSE = re.compile(r"[.;:]\s|,\s(?:and|but)\s")
_SUBJECT_CLAUSE = re.compile(r"[;:,]\s|\bwhile\b")
_PASSIVE = re.compile(r"(?i)\s(?:was|is|were|are|(?:has|have|had) been)(?: \w{2,12}ly)?$")
_BY_US = re.compile(r"(?i)\b(?:we|i|was done|is done|by|also)\b[^,.]{0,30}$")
_BUILDS = re.compile(r"(?:create|build|construct|make)\b")
_NAME_FOLLOWS = re.compile(rf"(?:the\s)?(?:[A-Z]|[{MARKS}])")
_SAYS_PRE = re.compile(r"(?i)pre-?\s?train")
_SAYS_FINE = re.compile(r"(?i)fine-?\s?tun|downstream")
_SAYS_TRAINING = re.compile(r"train|source data|tun")
_SAYS_BUILT = re.compile(r"based|built|derived")
_NEITHER = re.compile(r"(?i)\b(?:neither|nor|none of|not)\b")
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
    r"(?i)\b(?:not|never|n't|without|no longer|none|neither|nor|no)\b[\w\s,'’*/-]{0,45}$"
)
_MODELS_SUBJECT = re.compile(
    r"(?i)\b(?:models? such as|other (?:language )?models|most (?:language |large )?(?:models|llms)"
    r"|baselines?|competitors?|them|ones)\b[^,.]{0,40}$"
)
_MEASURED_BY = re.compile(r"\s(?:using|with|for|by|in terms)\s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Part of a sentence that may name sets."""

    start: int
    """Offset within the sentence."""
    text: str
    role: Role
    seen: frozenset[str]
    """What governs it, in words."""
    subject: str = ""
    """Who was trained: before a passive verb, or after "used to train"."""


def training_phrases(sentence: str) -> tuple[Phrase, ...]:
    """Phrases after "trained on", "fine-tuned using", "the training data comes from"."""
    phrases, more = _read(sentence)
    if more:
        stop(_LONG)
    return phrases


@lru_cache(maxsize=512)
def _read(sentence: str) -> tuple[tuple[Phrase, ...], bool]:
    """The phrases, and whether there is more: who asks again is told it again."""
    with watched() as watch:
        phrases = tuple(_training_phrases(sentence))
    return phrases, bool(watch)


def _training_phrases(sentence: str) -> Iterator[Phrase]:
    lower = sentence.lower()
    triggers = _some(TRIGGER, sentence) if holds_any(lower, _ACTS) else []
    triggers = [t for t in triggers if not _ADJECTIVE.search(sentence[: t.end()][-24:])]
    for index, trigger in enumerate(triggers):
        limit = triggers[index + 1].start() if index + 1 < len(triggers) else len(sentence)
        before = _before(sentence, trigger.start())
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
                stop(_LONG)
            yield Phrase(start, text, _role(trigger), frozenset(seen | of), subject)
    if holds_any(lower, _DATA_WORDS):
        yield from _data_statements(sentence)


def governing(sentence: str, at: int) -> frozenset[str]:
    """What is seen of the verb of training that governs the word at ``at``, if one does."""
    for phrase in training_phrases(sentence):
        if phrase.start <= at < phrase.start + len(phrase.text):
            return phrase.seen
    return frozenset()


def _doubts(sentence: str, at: int, verb: str) -> Iterator[str]:
    """Why a verb at ``at`` may not tell what this model was trained on."""
    before = _before(sentence, at)
    clause = _NEAR_CLAUSE.split(before[-70:])[-1]
    if _NEGATED.search(clause):
        yield "doubt: negated"
    elif _NOT_DONE.search(clause):
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


def _some(pattern: re.Pattern[str], sentence: str) -> list[re.Match[str]]:
    return list(most(pattern.finditer(sentence), _MOST_VERBS, _LONG))


def _before(sentence: str, end: int) -> str:
    return sentence[max(0, end - _BEHIND) : end]


def _after(sentence: str, start: int) -> str:
    """What follows up to the end of the clause."""
    hard = _END.search(sentence, start - 1, start + LONGEST_PHRASE)
    return sentence[start : hard.start() if hard else start + LONGEST_PHRASE]


def _phrase_after(sentence: str, start: int, role: Role, seen: set[str]) -> Phrase:
    text = _after(sentence, start)
    if len(text) == LONGEST_PHRASE:
        stop(_LONG)
    return Phrase(start, text, role, frozenset(seen))


def subject_of(before: str) -> str:
    """The subject of a passive verb ("X was"); empty when no "was" stands before the verb."""
    clause = _SUBJECT_CLAUSE.split(before)[-1].strip()
    passive = _PASSIVE.search(clause)
    return clause[: passive.start()] if passive else ""


def is_other_subject(before: str) -> bool:
    """Whether the words before a verb make it speak of another model or of a tokenizer."""
    clause = _CLAUSE.split(before)[-1]
    return _OTHER_SUBJECT.search(clause) is not None


def _role(trigger: re.Match[str]) -> Role:
    if trigger["pre"]:
        return Role.PRETRAINING
    return Role.FINETUNING if trigger["fine"] else Role.TRAINING


def role_of(words: str) -> Role:
    """The role that a heading or a key says."""
    if _SAYS_PRE.search(words):
        return Role.PRETRAINING
    return Role.FINETUNING if _SAYS_FINE.search(words) else Role.TRAINING


def _objects(sentence: str, start: int, limit: int) -> Iterator[tuple[int, str, str]]:
    """Objects of the verb that ends at ``start``: what follows "on", "using", "with", "from".

    The third value is the preposition ("on", not "using", makes it data alone).
    """
    preps = list(_PREPOSITION.finditer(sentence, start, min(limit, start + LONGEST_PHRASE)))
    if not preps or preps[0].start() - start > 60:
        return
    limit = min(limit, start + LONGEST_PHRASE)
    hard = _END.search(sentence, preps[0].end() - 1, limit)
    end = hard.start() if hard else limit
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
        if _GERMAN_TESTS.search(sentence[begin:stop]):
            continue
        if not _RESULT.search(sentence[max(0, begin - 30) : begin]):
            yield begin, sentence[begin:stop], "on" if word in _DATA_PREPOSITIONS else word


def _goes_on(sentence: str, found: re.Match[str]) -> bool:
    """Whether a preposition within an object belongs to it ("articles from", "such as")."""
    preposition, rest = found["prep"].lower(), sentence[found.end() :][:14]
    if preposition == "to":
        return _BUILDS.match(rest) is not None
    if preposition == "as":
        return sentence[: found.start("prep")].endswith("such ")
    named = _NAME_FOLLOWS.match(rest) is not None
    return preposition == "from" or (preposition == "in" and named)


def _data_statements(sentence: str) -> Iterator[Phrase]:
    """What follows "the training data comes from"; what comes before "were used to pre-train"."""
    for pattern in (_DATA_VERB, _DATA_FROM):
        match = pattern.search(sentence)
        if match is None:
            continue
        head = match[0].lower()
        plain_verb = match.groupdict().get("verb", "from") in {"is", "are", "was", "were"}
        strong = pattern is _DATA_FROM or _SAYS_TRAINING.search(head)
        comes = pattern is _DATA_FROM or match["comes"] is not None or "from" in match["verb"]
        told = "comes from" if comes else "is" if plain_verb else "holds"
        seen = {f"verb: training data {told}" if strong else f"verb: data {told}"}
        if _NEITHER.search(sentence[: match.end()]):
            seen.add("doubt: negated")
        if plain_verb:
            seen.add("verb: plain is")
        if not strong and _SAYS_BUILT.search(head):
            seen.add("verb: data built from")
        if is_other_subject(_before(sentence, match.start())):
            seen.add("doubt: other subject")
        role = Role.PRETRAINING if _SAYS_PRE.search(head) else Role.TRAINING
        yield _phrase_after(sentence, match.end(), role, seen)
    yield from _which_come_from(sentence)
    yield from _used_to_train(sentence)
    yield from _verb_last(sentence)


_THAN = re.compile(r"(?i)\b(?:than|unlike|compared (?:to|with)|as (?:large|big|many|much) as)\b")


_WHICH_COME_FROM = re.compile(
    r"(?i)\b(?:which|that) (?:is|are|was|were) "
    r"(?:collected|taken|obtained|drawn|crawled|scraped|extracted|sourced) (?:from|by|in)\s+"
)


def _which_come_from(sentence: str) -> Iterator[Phrase]:
    """What follows "training data contains …, which are collected from"."""
    head = _DATA_VERB.search(sentence)
    match = _WHICH_COME_FROM.search(sentence, head.end()) if head is not None else None
    if head is not None and match is not None and _SAYS_TRAINING.search(head[0].lower()):
        seen = {"verb: training data comes from"}
        yield _phrase_after(sentence, match.end(), Role.TRAINING, seen)


def _verb_last(sentence: str) -> Iterator[Phrase]:
    """What stands between "auf" and a German participle at the end of its clause."""
    match = _GERMAN.search(sentence)
    if match is not None:
        seen = {"verb: trained", "verb: trained on", "verb: on"}
        yield Phrase(match.start("object"), match["object"], Role.TRAINING, frozenset(seen))


_GERMAN = re.compile(
    r"\b(?:auf|mit|anhand)\s(?P<object>[^,;.()]{2,160}?)\s(?:vor|nach|weiter)?(?:trainiert|feinabgestimmt|feingetunt)\b"
)
_GERMAN_TESTS = re.compile(r"\s(?:getestet|evaluiert|ausgewertet|geprüft)\W*$")


def _used_to_train(sentence: str) -> Iterator[Phrase]:
    """What comes before "were used to pre-train"."""
    used = _USED_TO_TRAIN.search(sentence)
    if used is not None:
        seen = {"verb: used to train"}
        if _NOT_DONE.search(sentence[: used.start()][-60:]):
            seen.add("doubt: not done")
        if is_other_subject(sentence[used.end() :][:40]):
            seen.add("doubt: other subject")
        if used.start() > LONGEST_PHRASE:
            stop(_LONG)
        before = sentence[: used.start()][-LONGEST_PHRASE:].rstrip()
        for _ in range(_MOST_BETWEEN):
            before = _USED_BY.sub("", before).rstrip()
        if _THAN.search(before):
            seen.add("doubt: compared")
        trained = sentence[used.end() :][:40].strip()
        yield Phrase(0, before, role_of(used["act"]), frozenset(seen), trained)


def section_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases such as "we used X": what they say depends on the heading they stand under."""
    lower = sentence.lower()
    for verb, pattern, words in _SECTION_VERBS:
        match = pattern.search(sentence) if holds_any(lower, words) else None
        if match is not None:
            seen = {f"verb: {verb}"}
            if _NOT_DONE.search(sentence[: match.start()][-60:]):
                seen.add("doubt: not done")
            yield _phrase_after(sentence, match.end(), Role.TRAINING, seen)


def evaluation_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases after "evaluated on"."""
    if not holds_any(sentence.lower(), ("evaluat", "tested", "validated", "benchmarked")):
        return
    for match in _some(_EVALUATED, sentence):
        text = _MEASURED_BY.split(_after(sentence, match.end())[:_BEHIND])[0]
        yield Phrase(match.end(), text, Role.EVALUATION, frozenset({"verb: evaluated"}))
