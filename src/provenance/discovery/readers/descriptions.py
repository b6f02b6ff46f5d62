"""Data told of without a name: what a verb of training governs, items, labels, sections on data."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.described import Description, descriptions
from provenance.discovery.described_objects import objects, wide_amounts
from provenance.discovery.described_words import COMPOUNDS, MATERIAL
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_acts import MAY_TELL
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import holds_any
from provenance.discovery.prose_names import names_in
from provenance.discovery.prose_phrases import Phrase
from provenance.discovery.prose_sentences import training_phrases
from provenance.discovery.readers.lists import announced
from provenance.discovery.readers.sentences import (
    TRAINING_WORDS,
    is_wide_object,
    observations,
    trains,
)
from provenance.report.training import DeclaredIn

_USES = re.compile(
    r"(?i)\b(?:us(?:es?|ed|ing)|employ\w*|leverag\w*|rel(?:y|ied) on|collect\w*|gather\w*|includ\w+|contain\w*"
    r"|consist\w*|compris\w+|combin\w+|curated|built|based on|mix\w*|sourced|created?|generated?)\b"
)
_SUBJECT = re.compile(
    r"(?i)\b(?:data|dataset|datasets|corpus|corpora|mixture|training|model|models|we|i|it)\b"
)
_USED_FOR = re.compile(
    r"(?i)^.{0,60}\b(?:was|were|is|are) (?:also )?used (?:to|for|in|as) (?:\w+ ){0,3}"
    r"(?:pre-?train|fine-?tun|train|tun)"
)
_NAMES_FOLLOW = re.compile(
    rf"(?i)^\W{{0,3}}(?:\w{{2,6}}\s){{0,2}}[{MARKS}]|"
    r"^\W{0,3}(?:such as|including|like|namely|e\.g\.|\((?![^)]*\b(?:not|un\w+|private|in-house)\b))|^[^.:]{0,40}:\s?\S|^[^.:]{0,40}\bfollow(?:ing|s)\b"
)
_PREDICATE = re.compile(
    r"(?i)\b(?<!data )(?<!dataset )(?<!corpus )(?:is|are|was|were|become)\s(?:an? |the |also ){0,2}$"
)
_APPOSITION = re.compile(
    r"(?i)(?<!\d),\s(?:an? |the |which is |which are ){1,2}$|\s[-–—]\s(?:an? )?$"
)
_TASK = re.compile(
    r"(?i)\bto (?!use|lever)[a-z]{3,20} (?:the |an? |its )?$"
    r"|\b(?:classification|detection|recognition|translation|summari[sz]ation|prediction|analysis|extraction|identification)(?:\s\([^()]{0,60}\)){0,2}\sof\s(?:the |an? )?$"
    r"|\b(?:for|of|at|in) [a-z]{3,20}ing (?:the |an? )?(?:[a-z]{2,20} ){0,2}(?:of |from )?$"
)
"""What the model is to do with it: "to summarize", "for predicting the activity of"."""
_DENIED = re.compile(
    r"(?i)\b(?:not|never|rather than|instead of|nicht|pas|nunca|не)\s"
    r"(?:(?:on|with|using|from|by|auf|mit|sur|avec|con|com|на|с)\s)?(?:the |any |a )?$"
)
_AT_LEAST = re.compile(r"(?i)\b(?:as (?:little|few) as|at least|a minimum of)\s(?:\W)?$")
"""Advice to others on how much they need."""
_LESS_THAN = re.compile(
    r"(?i)\b(?:drop|remov|filter|discard|exclud|skip|keep|kept|requir)\w*\b.{0,40}"
    r"\b(?:(?:fewer|less|more|longer|shorter|larger|smaller|lower|higher) than|below|above|under|over)\s(?:\W)?$"
)
"""What is left out by its size: "drop pairs with fewer than 10 words"."""
_NEAR = 80
_ITEM_BEFORE = re.compile(
    rf"(?i)(?:[\w){MARKS}],|\s(?:and|plus|as well as|und|et|y|e)|,\s(?:and|or))\s(?:the |on |some )?$"
)
_ITEM_AFTER = re.compile(
    rf"\s?,\s(?:[A-Z{MARKS}]|and\s)|\s(?:and|plus|as well as|und|et|y)\s(?:the\s|from\s)?[A-Z{MARKS}]"
)
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_TRAINING = (*_DATA, LabelTopic.TRAINING)


def read(reading: CardReading) -> Iterator[Candidate]:
    """One candidate a phrase that describes data where training or data is spoken of."""
    leads = {lead for passage in reading.document.passages for lead in passage.leads}
    for passage in reading.document.passages:
        title = passage.form is Form.HEADING and not passage.headings
        if (title or passage.form is not Form.HEADING) and (
            _holds_material(passage.lower) or _may_tell(passage.lower)
        ):
            yield from _in_passage(reading, passage, passage.raw in leads)


def _may_tell(text: str) -> bool:
    """Whether it speaks of training and counts, owns or made something."""
    return holds_any(text, TRAINING_WORDS) and _may_govern(text)


def _holds_material(text: str) -> bool:
    return not MATERIAL.isdisjoint(_WORD.findall(text)) or holds_any(text, COMPOUNDS)


def _in_passage(reading: CardReading, passage: Passage, leads: bool) -> Iterator[Candidate]:
    """What a passage describes; ``leads``: a list follows it."""
    section, _ = section_topic(passage.headings)
    label = topic_of(passage.label[0]) if passage.label else None
    listed = announced(passage) if passage.form is Form.ITEM else None
    if listed and _names_a_set(passage):
        return
    around = {
        f"sentence label: {label}": label not in (None, LabelTopic.OTHER),
        "description: names follow": leads,
        "description: first under its heading": passage.first and bool(passage.headings),
    }
    seen = {o for o, holds in around.items() if holds}.union(listed[1] if listed else ())
    told = bool(listed) or section in _DATA or label in _TRAINING
    told |= passage.form is Form.ITEM and section is LabelTopic.TRAINING
    for start, sentence in passage.sentences:
        if not told and not trains(sentence) and not _acts(sentence):
            continue
        read, places = _with_code(passage, sentence) if told else (sentence, None)
        for description, more, phrase in _described(read):
            words = passage.words(description.text)
            at = start + (description.start if places is None else places[description.start])
            if label in _TRAINING and not leads and _opens_value(passage, at):
                more.add(f"label: {label}")
            yield reading.candidate(
                passage,
                at,
                NamedSet(words, None, None, False, True, words),
                listed[0] if listed else role_of(sentence),
                DeclaredIn.PROSE,
                seen | observations(sentence) | more,
                at if phrase is None else start + (phrase if places is None else places[phrase]),
            )


def _acts(sentence: str) -> bool:
    """Whether it tells of training without a word for it."""
    return holds_any(sentence.lower(), MAY_TELL) and bool(training_phrases(sentence))


def _with_code(passage: Passage, sentence: str) -> tuple[str, list[int]]:
    """``sentence`` with the words of its code spans ("Data volume: `156 million pairs`").

    With it, for each character and the end, where it stands in ``sentence``.
    """
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for match in _PRIVATE.finditer(sentence):
        mark = passage.mark(match[0])
        if mark.code and _PHRASE.fullmatch(mark.text):
            parts += [sentence[at : match.start()], mark.text]
            places += [*range(at, match.start()), *[match.start()] * len(mark.text)]
            at = match.end()
    return "".join([*parts, sentence[at:]]), [*places, *range(at, len(sentence) + 1)]


_PRIVATE = re.compile(f"[{MARKS}]")
_PHRASE = re.compile(r"[^\W_]{1,24}(?: [\w.,%-]{1,24}){1,12}")


def _opens_value(passage: Passage, at: int) -> bool:
    """Whether a label's value opens at ``at``, but for a word or two."""
    return passage.label is not None and 0 <= at - passage.label[1] < _WORD_OR_TWO


_WORD_OR_TWO = 14


def _described(sentence: str) -> Iterator[tuple[Description, set[str], int | None]]:
    """Descriptions of a sentence, each with what governs it and stands around it.

    The third value is where the phrase that governs it starts; ``None`` if none does.
    """
    heard = list(descriptions(sentence))
    phrases = list(training_phrases(sentence)) if heard or _may_govern(sentence) else []
    kept = [
        description
        for description in heard
        if not _tells_of_a_name(description, sentence, phrases)
        and not _is_means(description, phrases)
        and not _LESS_THAN.search(sentence[max(0, description.start - _NEAR) : description.start])
    ]
    taken = [(description.start, description.start + len(description.text)) for description in kept]
    more = list(objects(sentence, phrases, taken)) if phrases else []
    if _WIDE.search(sentence):
        more += [description for description in wide_amounts(sentence) if trains(sentence)]
    for description in (*kept, *more):
        holding = _holding(description, phrases)
        seen = {*description.seen, *_governed(holding), *_place(description, sentence)}
        if "description: wide" in seen and is_wide_object(
            sentence, description.start, description.start + len(description.text)
        ):
            seen = (seen - {"description: not governed"}) | {"verb: wide governed"}
        yield description, seen, holding.start if holding else None


_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GOVERNS = re.compile(
    r"(?i)\d|\b(?:my|our)\b|\w(?:ed|en)\s(?:by|from|in|with)\b|\b(?:that|which)\s"
)


def _may_govern(sentence: str) -> bool:
    """Whether a phrase may be counted, owned or made by somebody, so that verbs are looked for."""
    return _GOVERNS.search(sentence) is not None


_WORD = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r"\s[-–—]\s|[:：]|\.\s")


def _names_a_set(passage: Passage) -> bool:
    """Whether a list item opens with a name: the rest of it tells of that set."""
    head = _HEAD.split(passage.text[:200], maxsplit=1)[0]
    return len(head.split()) < _SHORT_HEAD and any(
        n.proper and (n.url or n.alias or _NAMELIKE.search(n.name)) for n in names_in(passage, head)
    )


_SHORT_HEAD = 7
_NAMELIKE = re.compile(r"\w[A-Z\d]|[A-Z]\S* [A-Z]|/")


def _tells_of_a_name(description: Description, sentence: str, phrases: list[Phrase]) -> bool:
    """Whether it says what something named is: "X, a set of", "X is a set of"."""
    before = sentence[max(0, description.start - _NEAR) : description.start]
    if _APPOSITION.search(before):
        return True
    return _holding(description, phrases) is None and _PREDICATE.search(before) is not None


def _is_means(description: Description, phrases: list[Phrase]) -> bool:
    """Whether it is what training was done with: "trained with code provided by", not data."""
    holding = _holding(description, phrases)
    with_ = holding is not None and not {"verb: with", "verb: using"}.isdisjoint(holding.seen)
    return with_ and _MEANS.match(description.text) is not None


_MEANS = re.compile(r"(?i)(?:the |this |our )?(?:source )?(?:code|scripts?|notebooks?)\b")


def _holding(description: Description, phrases: list[Phrase]) -> Phrase | None:
    """The last phrase that holds it."""
    holding = [p for p in phrases if p.start - 12 <= description.start < p.start + len(p.text)]
    return holding[-1] if holding else None


def _governed(holding: Phrase | None) -> Iterator[str]:
    """What the phrase that holds it says."""
    if holding is None:
        yield "description: not governed"
        return
    yield from holding.seen
    yield "description: governed"


def _place(description: Description, sentence: str) -> Iterator[str]:
    """What stands before and after it."""
    before = sentence[max(0, description.start - _NEAR) : description.start]
    if _USES.search(before) and _SUBJECT.search(before):
        yield "description: used"
    after = sentence[description.start + len(description.text) :]
    if _USED_FOR.match(after):
        yield "verb: used to train"
    if _NAMES_FOLLOW.match(after):
        yield "description: names follow"
    if before.count("(") > before.count(")"):
        yield "description: in parentheses"
    if _ITEM_BEFORE.search(before) or _ITEM_AFTER.match(after):
        yield "description: item of a list"
    if _TASK.search(before):
        yield "description: of a task"
    if _DENIED.search(before):
        yield "doubt: negated"
    if _AT_LEAST.search(before):
        yield "doubt: not done"
    if not before.strip(" *-0123456789.)"):
        yield "description: opens the sentence"
