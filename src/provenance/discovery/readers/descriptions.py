"""Data told of without a name: what a verb of training governs, items, labels, sections on data."""

from __future__ import annotations

from collections.abc import Iterator

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.described import Description, descriptions
from provenance.discovery.described_words import MATERIAL
from provenance.discovery.document import MARKS, Form, Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_names import NamedSet, names_in
from provenance.discovery.prose_sentences import Phrase, training_phrases
from provenance.discovery.readers.lists import announced
from provenance.discovery.readers.sentences import observations, trains
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
    r"^\W{0,3}(?:such as|including|like|namely|e\.g\.|\()|^[^.:]{0,40}:\s?\S|^[^.:]{0,40}\bfollow(?:ing|s)\b"
)
_PREDICATE = re.compile(
    r"(?i)\b(?<!data )(?<!dataset )(?<!corpus )(?:is|are|was|were|become)\s(?:an? |the |also ){0,2}$"
)
_APPOSITION = re.compile(
    r"(?i)(?<!\d),\s(?:an? |the |which is |which are ){1,2}$|\s[-–—]\s(?:an? )?$"
)
_NEAR = 80
_ITEM_BEFORE = re.compile(
    rf"(?i)(?:[\w){MARKS}],|\s(?:and|plus|as well as|und|et|y|e)|,\s(?:and|or))\s(?:the |on |some )?$"
)
_ITEM_AFTER = re.compile(
    rf"\s?,\s(?:[A-Z{MARKS}]|and\s)|\s(?:and|plus|as well as|und|et|y)\s(?:the\s|from\s)?[A-Z{MARKS}]"
)
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)


def read(reading: CardReading) -> Iterator[Candidate]:
    """One candidate a phrase that describes data where training or data is spoken of."""
    leads = {lead for passage in reading.document.passages for lead in passage.leads}
    for passage in reading.document.passages:
        if passage.form is Form.HEADING or MATERIAL.isdisjoint(_WORD.findall(passage.lower)):
            continue
        section, _ = section_topic(passage.headings)
        label = topic_of(passage.label[0]) if passage.label else None
        listed = announced(passage) if passage.form is Form.ITEM else None
        if listed and _names_a_set(passage):
            continue
        seen = set(listed[1]) if listed else set()
        if label is not None and label is not LabelTopic.OTHER:
            seen.add(f"sentence label: {label.value}")
        if passage.raw in leads:
            seen.add("description: names follow")
        told = bool(listed) or section in _DATA or label in _DATA
        for start, sentence in passage.sentences:
            if not told and not trains(sentence):
                continue
            for one, more in _described(sentence):
                role = listed[0] if listed else role_of(sentence)
                words = passage.words(one.text)
                named = NamedSet(words, None, None, False, True, words)
                at = start + one.start
                if label in _DATA and passage.raw not in leads and _opens_value(passage, at):
                    more.add(f"label: {label.value}")
                all_ = seen | observations(sentence) | more
                yield reading.candidate(passage, at, named, role, DeclaredIn.PROSE, all_)


def _opens_value(passage: Passage, at: int) -> bool:
    """Whether a label's value opens at ``at``, but for a word or two."""
    return passage.label is not None and 0 <= at - passage.label[1] < _WORD_OR_TWO


_WORD_OR_TWO = 14


def _described(sentence: str) -> Iterator[tuple[Description, set[str]]]:
    """Descriptions of a sentence, each with what governs it and stands around it."""
    found = list(descriptions(sentence))
    phrases = list(training_phrases(sentence)) if found else []
    for one in found:
        if not _tells_of_a_name(one, sentence, phrases):
            yield one, {*one.seen, *_governed(one, phrases), *_place(one, sentence)}


_WORD = re.compile(r"[a-z]+")
_HEAD = re.compile(r"\s[-–—]\s|[:：]|\.\s")


def _names_a_set(passage: Passage) -> bool:
    """Whether a list item opens with a name: the rest of it tells of that set."""
    head = _HEAD.split(passage.text[:200], maxsplit=1)[0]
    return len(head.split()) < _SHORT_HEAD and any(
        n.proper and (n.url or n.alias or _NAMELIKE.search(n.name)) for n in names_in(passage, head)
    )


_SHORT_HEAD = 7
_NAMELIKE = re.compile(r"\w[A-Z\d]|[A-Z]\S* [A-Z]|/")


def _tells_of_a_name(one: Description, sentence: str, phrases: list[Phrase]) -> bool:
    """Whether it says what something named is: "X, a set of", "X is a set of"."""
    before = sentence[max(0, one.start - _NEAR) : one.start]
    if _APPOSITION.search(before):
        return True
    governed = any(p.start - 12 <= one.start < p.start + len(p.text) for p in phrases)
    return not governed and _PREDICATE.search(before) is not None


def _governed(one: Description, phrases: list[Phrase]) -> Iterator[str]:
    """What the phrase that holds it says."""
    holding = [p for p in phrases if p.start - 12 <= one.start < p.start + len(p.text)]
    for phrase in holding[-1:]:
        yield from phrase.seen
        yield "description: governed"
    if not holding:
        yield "description: not governed"


def _place(one: Description, sentence: str) -> Iterator[str]:
    """What stands before and after it."""
    before = sentence[max(0, one.start - _NEAR) : one.start]
    if _USES.search(before) and _SUBJECT.search(before):
        yield "description: used"
    after = sentence[one.start + len(one.text) :]
    if _USED_FOR.match(after):
        yield "verb: used to train"
    if _NAMES_FOLLOW.match(after):
        yield "description: names follow"
    if before.count("(") > before.count(")"):
        yield "description: in parentheses"
    if _ITEM_BEFORE.search(before) or _ITEM_AFTER.match(after):
        yield "description: item of a list"
    if not before.strip(" *-"):
        yield "description: opens the sentence"
