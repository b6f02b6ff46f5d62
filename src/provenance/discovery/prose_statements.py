"""What a sentence says of data: where it comes from, what was used, what was evaluated on.

Each rule takes one sentence (see :mod:`provenance.discovery.document`) and gives phrases; what
a phrase names is decided in :mod:`provenance.discovery.prose_names`.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.bounds import stop
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import holds_any
from provenance.discovery.prose_phrases import (
    BEHIND,
    LONG_SENTENCE,
    LONGEST_PHRASE,
    NOT_DONE,
    Phrase,
    end_of_clause,
    is_other_subject,
    some,
    words_before,
)
from provenance.report.training import Role

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
_SAYS_PRE = re.compile(r"(?i)pre-?\s?train")
_SAYS_FINE = re.compile(r"(?i)fine-?\s?tun|downstream")
_SAYS_TRAINING = re.compile(r"train|source data|tun")
_SAYS_BUILT = re.compile(r"based|built|derived")
_NEITHER = re.compile(r"(?i)\b(?:neither|nor|none of|not)\b")
_MEASURED_BY = re.compile(r"\s(?:using|with|for|by|in terms)\s")


def _after(sentence: str, start: int) -> str:
    """What follows up to the end of the clause."""
    limit = start + LONGEST_PHRASE
    end = end_of_clause(sentence, start, limit)
    return sentence[start : limit if end is None else end]


def _phrase_after(sentence: str, start: int, role: Role, seen: set[str]) -> Phrase:
    text = _after(sentence, start)
    if len(text) == LONGEST_PHRASE:
        stop(LONG_SENTENCE)
    return Phrase(start, text, role, frozenset(seen))


def role_of(words: str) -> Role:
    """The role that a heading or a key says."""
    if _SAYS_PRE.search(words):
        return Role.PRETRAINING
    return Role.FINETUNING if _SAYS_FINE.search(words) else Role.TRAINING


def data_statements(sentence: str) -> Iterator[Phrase]:
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
        if is_other_subject(words_before(sentence, match.start())):
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


def _used_to_train(sentence: str) -> Iterator[Phrase]:
    """What comes before "were used to pre-train"."""
    used = _USED_TO_TRAIN.search(sentence)
    if used is not None:
        seen = {"verb: used to train"}
        if NOT_DONE.search(sentence[: used.start()][-60:]):
            seen.add("doubt: not done")
        if is_other_subject(sentence[used.end() :][:40]):
            seen.add("doubt: other subject")
        if used.start() > LONGEST_PHRASE:
            stop(LONG_SENTENCE)
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
            if NOT_DONE.search(sentence[: match.start()][-60:]):
                seen.add("doubt: not done")
            yield _phrase_after(sentence, match.end(), Role.TRAINING, seen)


def evaluation_phrases(sentence: str) -> Iterator[Phrase]:
    """Phrases after "evaluated on"."""
    if not holds_any(sentence.lower(), ("evaluat", "tested", "validated", "benchmarked")):
        return
    for match in some(_EVALUATED, sentence):
        text = _MEASURED_BY.split(_after(sentence, match.end())[:BEHIND])[0]
        yield Phrase(match.end(), text, Role.EVALUATION, frozenset({"verb: evaluated"}))
