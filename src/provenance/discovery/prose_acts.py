"""Training told without "trained on": what a model saw, what a stage used, where its pairs come from.

Three kinds of sentence, each by its grammar and not by one wording: the model takes data in ("it
has heard 300 hours"), a stage is the subject ("SFT relied on X", "stage 2 uses X"), a kind of
material is the subject ("the pairs were mined from X").
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import holds_any
from provenance.discovery.prose_phrases import (
    LONGEST_PHRASE,
    NOT_DONE,
    Phrase,
    end_of_clause,
    is_other_subject,
    some,
    words_before,
)
from provenance.knowledge import alternatives_by
from provenance.report.training import Role

_WORDS = alternatives_by("discovery", "acts", "what")

_TAKES_IN = re.compile(r"(?i)\b(?:" + _WORDS["takes in"] + r")\s+(?=\S)")
_TAKING = (
    "seen", "heard", "read", "consume", "ingest", "processed", "saw", "listened", "learn", "shown", "fed", "exposed",
    "taught", "draws its",
)  # fmt: skip
_LEARNER = re.compile(
    r"(?i)\b(?:models?|network|it|student|transformer|encoder|decoder|policy|agent|classifier|generator|adapter|version"
    r"|variant|checkpoint|weights|system|voice|lora)\b[^.;:]{0,80}$|^\W{0,3}[A-Z][\w.-]{2,40}(?:\s[\w.-]{1,30}){0,3}\s$"
)
"""Who takes data in: a word for a model, or a name that opens the sentence."""
_STAGE_USES = re.compile(
    rf"(?i)\b(?:{_WORDS['stage']})(?:\s\([^()]{{1,40}}\))?"
    r"(?:\s(?:stage|phase|step|data|set|prompts|pairs|corpus|mixture|training|run|of [\w .-]{2,40}?)){0,2}"
    r"\s(?:then |also |mainly |again |it |we |additionally |further ){0,2}"
    rf"(?:{_WORDS['stage uses']})\s+(?=\S)"
)
_STAGES = (
    "cpt", "sft", "dpo", "grpo", "ppo", "rl", "orpo", "kto", "simpo", "ift", "training", "tuning", "annealing", "alignment",
    "stage", "phase", "step", "round",
)  # fmt: skip
_MATERIAL_FROM = re.compile(
    rf"(?i)\b(?:{_WORDS['material']})(?:\s\([^()]{{1,40}}\))?\s(?:(?:that |which )?(?:are|is|were|was|have been|has been)\s)?(?:also |mainly |mostly |all |then )?"
    r"(?:(?:mined|taken|drawn|collected|gathered|sampled|scraped|crawled|sourced|extracted|downloaded|obtained|selected|derived|retrieved"
    r"|pulled|borrowed) (?:from|out of|in)|(?:comes?|came) (?:mainly |mostly )?from|those of)\s+(?=\S)"
)
_FROM = (" from ", " in ", " out of ", "those of")
_SOURCES_ARE = re.compile(
    r"(?i)^\W{0,4}(?:the |our |its |main |data |training ){0,3}(?:sources|corpora|voices|demonstrations|materials?) (?:is|are|were|was)(?: the)?\s+(?=\S)"
)
_PURPOSE = (
    r"(?:the |our |its |this |further |supervised |continued |additional |model |instruction ){0,3}"
    r"(?:training|train|fine-?\s?tun\w{1,3}|pre-?\s?train\w{0,3}|instruction tuning|sft)\b"
)
_USED_FOR = re.compile(
    rf"(?i)\b(?:use[sd]?|using|utili[sz]ed|took|employ(?:s|ed)|leverag(?:es|ed)|cho[so]e|selected)\s(?P<object>(?:(?!\b(?:for|to|that|which)\b)[^.;:]){{2,200}}?)\s(?:for|to|in|during) {_PURPOSE}"
)
_FOR_IT = re.compile(
    rf"(?i)\b(?:for|in|during) {_PURPOSE}(?: of (?:the|this|our) \w+)?(?: we| i|,)(?: we| i)?\s"
    r"(?:(?:have |mainly |only |also )?(?:used?|chose|took|rel(?:y|ied) on|employ(?:ed)?|combined?|leveraged?|selected|collected)\s+(?P<after>\S.{1,300})"
    r"|(?P<before>[^.;:]{2,200}?)\s(?:was|were|is|are|has been|have been) (?:\w{2,12}ly )?(?:used|chosen|taken|employed|selected)\b)"
)
_PASSIVE_USE = re.compile(
    rf"(?i)^(?P<object>[^.;:]{{2,200}}?)\s(?:was|were|is|are|has been|have been) (?:\w{{2,12}}ly |then |also )?(?:used|chosen|taken|employed|selected) (?:for|to|in|as) {_PURPOSE}"
)
_TURKISH = re.compile(
    r"(?P<object>[^,;.()]{2,120}?)\s(?:veri (?:seti|kümesi)\w{0,6}\s)?(?:üzerinde|ile|kullanılarak|kullanarak)\s(?:[^\W\d_]+\s){0,2}(?:eğitil|ince ayar)"
)
_USING = (
    "use",
    "using",
    "utili",
    "took",
    "employ",
    "leverag",
    "cho",
    "selected",
    "taken",
    "relied",
    "rely",
    "combin",
    "collected",
)
_SCRIPTED = re.compile(
    r"(?i)\b(?:test|evaluat\w+|benchmark\w*|held-out|validat\w+|calibrat\w+)\b[^.]{0,60}$"
)


MAY_TELL = (
    " seen ", " heard ", " saw ", "consume", "ingest", "listened to", "learn", "exposed to", "sft", "dpo", "grpo", "stage", "phase", "annealing",
    "mined", "taken from", "drawn from", "collected", "gathered", "sampled", "scraped", "crawled", "sourced", "extracted from",
    "downloaded from", "come from", "comes from", "came from", "those of", "sources are",
)  # fmt: skip
"""Words without which no such sentence stands in a passage."""


def training_acts(sentence: str) -> Iterator[Phrase]:
    """Phrases after the verbs of such sentences."""
    lower = sentence.lower()
    for verb, pattern, words in _VERBS:
        for match in some(pattern, sentence) if holds_any(lower, words) else ():
            taken_in = verb == "verb: takes in"
            if not taken_in or _LEARNER.search(sentence[: match.start()][-160:]):
                yield from _phrase(sentence, match, verb)
    if holds_any(lower, ("train", "tun", "sft")) and holds_any(lower, _USING):
        yield from _for_a_purpose(sentence)
    for match in some(_TURKISH, sentence) if holds_any(lower, ("eğitil", "ince ayar")) else ():
        yield _object(sentence, match, "object", "verb: trained on")


_VERBS = (
    ("verb: takes in", _TAKES_IN, _TAKING),
    ("verb: stage uses", _STAGE_USES, _STAGES),
    ("verb: material comes from", _MATERIAL_FROM, _FROM),
    (
        "verb: material comes from",
        _SOURCES_ARE,
        ("source", "corpora", "voices", "demonstrations", "material"),
    ),
)


def _for_a_purpose(sentence: str) -> Iterator[Phrase]:
    """The X of "we used X for training", "for training, X was used", "X was used to train"."""
    passive = _PASSIVE_USE.match(sentence)
    if passive is not None:
        yield _object(sentence, passive, "object", "verb: used to train")
        return
    for match in some(_FOR_IT, sentence):
        yield _object(
            sentence, match, "after" if match["after"] else "before", "verb: used to train"
        )
        return
    for match in some(_USED_FOR, sentence):
        yield _object(sentence, match, "object", "verb: used to train")


def _object(sentence: str, match: re.Match[str], group: str, verb: str) -> Phrase:
    """What a group of ``match`` holds, as the phrase that ``verb`` governs."""
    start, text = match.start(group), match[group]
    end = end_of_clause(text, 0, len(text))
    before = words_before(sentence, match.start())
    seen = {verb}
    if is_other_subject(before):
        seen.add("doubt: other subject")
    if _NEGATED.search(before[-60:]):
        seen.add("doubt: negated")
    elif NOT_DONE.search(before[-60:]):
        seen.add("doubt: not done")
    return Phrase(start, text[:end], _role(match[0]), frozenset(seen))


def _phrase(sentence: str, match: re.Match[str], verb: str) -> Iterator[Phrase]:
    """What ``match`` governs, up to the end of its clause."""
    before = words_before(sentence, match.start())
    seen = {verb}
    if is_other_subject(before):
        seen.add("doubt: other subject")
    if _NEGATED.search(before[-60:]) or _NEGATED.search(match[0]):
        seen.add("doubt: negated")
    elif NOT_DONE.search(before[-60:]):
        seen.add("doubt: not done")
    if _SCRIPTED.search(before):
        seen.add("doubt: other models")
    start = match.end()
    limit = start + LONGEST_PHRASE
    end = end_of_clause(sentence, start, limit)
    text = sentence[start : limit if end is None else end]
    yield Phrase(start, text, _role(match[0]), frozenset(seen))


_NEGATED = re.compile(r"(?i)\b(?:not|never|no|none|without|neither|nor)\b[\w\s'’-]{0,40}$")


def _role(words: str) -> Role:
    if re.search(r"(?i)pre-?\s?training|\bcpt\b|mid-?training|annealing", words):
        return Role.PRETRAINING
    return (
        Role.FINETUNING
        if re.search(r"(?i)tuning|(?-i:[DGKPS]F?PO|SFT|RL)|align", words)
        else Role.TRAINING
    )
