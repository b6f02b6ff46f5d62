"""List items under something that announces data: a heading, a label, "the following corpora:"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.codes import are_codes, is_code
from provenance.discovery.described import descriptions
from provenance.discovery.document import Form, Passage
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.name_looks import is_common
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import DOES, IMPERATIVE, KINDS, MACHINE, METHOD
from provenance.discovery.prose_names import names_in
from provenance.discovery.prose_words import has_proper
from provenance.report.training import DeclaredIn, Role

_HEAD = re.compile(
    r"\s(?:[-–—]{1,2}|=>?|→)\s|[:：]\s|[:：]$|\bis (?:a|an|the)\b|\bwhich\b|\bwith (?=[\d~])"
    r"|\.\s|\s(?:are|was|were|contains?)\s|[，。]"
)
_ANNOUNCES = re.compile(
    r"(?i)\b(?:data\w*|datsets?|corp(?:us|ora)|sources?|mix(?:ture)?|collections?)\b[^.:]{0,100}[:：]\W*$"
    r"|\b(?:trained|tuned|training) (?:on|with|using|from)\b[^.:]{0,80}[:：]\W*$"
    r"|\bfollowing\b.{0,40}\b(?:data-?sets?|corpora|sources)\b|[数資資]据\S{0,20}[:：]\W*$|データ\S{0,20}[:：。]\W*$"
)
_SUPPLEMENTS = re.compile(
    r"(?i)\b(?:supplement|augment|enrich|complement|mix|combin|extend)ed\b[^.:]{0,60}\b(?:with|by)\b"
    r"[^.:]{0,40}[:：]\W*$"
)
"""What is added to data as it is trained on, whatever else the sentence tells of it."""
_TRAINS = re.compile(
    r"(?i)train|tun(?:ed|ing)|learn|训练|学習|微调|学습|학습|обуч|entren|entra[iî]n|trein"
)
_TESTS = re.compile(r"(?i)\bevaluat|\btest(?:ed|ing)?\b|benchmark")
_PROCESS = re.compile(
    r"(?i)filter|clean|de-?dup|redact|anonymi|tokeni[sz]|pre-?process|augment|annotat|normali[sz]|shuffl|sampling|quality|safety"
    r"|handling|removal|prompting|decontamin|moderation|packing|masking|scheduling|balanc"
)
"""In an item's label: the item tells what is done with data."""
_KEY = re.compile(r"[^=]{2,40}\s=\s")
_ID_FIRST = re.compile(r"[A-Za-z\d][\w.-]{1,95}/[\w.-]{2,95}(?=\s\()")
"""An id before remarks in parentheses, which may name another."""
_SUB_FOLDERS = re.compile(r"(?i)\b(?:sub-?)?(?:folders|directories|files|steps)\b[^.]{0,80}[:：]?$")
"""Announces folders, files or steps."""
_STAGE = re.compile(r"(?i)(?:stage|phase|step|round)\W{0,2}\d")
_LABEL = 40
"""Characters of an item above that are looked at."""
_LONGEST = 400
"""Characters of an item that are read where what it names first ends before."""
_MOST = 12
"""Names of one item that are read."""
_LISTED = 3
"""Names of one item that make it a list of its own."""
_DATA = (LabelTopic.TRAINING_DATA, LabelTopic.DATA)
_NEUTRAL = (LabelTopic.OTHER, LabelTopic.DATA, LabelTopic.TRAINING)
"""Topics of an item's own label that leave it the name of a set."""
_LONG_HEAD = 8
"""Words of a name; more are a sentence."""


def read(reading: CardReading) -> Iterator[Candidate]:
    """The set that each item of a list of data names first."""
    coded = _lists_of_codes(reading)
    for passage in reading.document.passages:
        if passage.form is not Form.ITEM or is_remark(passage):
            continue
        why = announced(passage)
        labelled = passage.label
        if why is None or (
            labelled is not None
            and (
                (topic_of(labelled[0]) not in _NEUTRAL and labelled[0].lower() not in KINDS)
                or _PROCESS.search(labelled[0])
            )
        ):
            continue
        role, seen = why
        text = _read(passage.text)
        if (labelled is not None and _STAGE.match(labelled[0])) or (
            labelled is not None
            and _is_kind(labelled[0])
            and _starts_with_name(passage, text[labelled[1] :])
        ):
            text = text[labelled[1] :]
        names = _names(passage, text, seen)
        word = _single_word(passage) if passage.headings in coded else ""
        if word and all(map(is_code, word.split("/", 1))) and not any(n.proper for n in names):
            names = [NamedSet(word, None, None, True, False, word, coded=True)]
        if labelled is not None or _KEY.match(text):
            seen.add("item: has label")
        around = passage.words(text)
        told = any(True for _ in descriptions(text))
        for index, named in enumerate(names):
            if not named.proper and (told or _is_process(named.name)):
                continue  # the reader of descriptions gives the former
            more = {"item: further name"} if index > 0 and len(names) < _LISTED else set()
            candidate = reading.candidate(
                passage, 0, replace(named, around=around), role, DeclaredIn.PROSE, seen | more
            )
            yield replace(candidate, series=f"list {' / '.join(passage.headings)}")


def is_remark(passage: Passage) -> bool:
    """Whether an item below another tells who made or keeps that, or what it is for."""
    return len(passage.leads) > 1 and _TELLS_OF_ABOVE.match(passage.text) is not None


_TELLS_OF_ABOVE = re.compile(
    r"(?i)(?:created|released|published|maintained|provided|developed|introduced|hosted|licensed|curated) (?:by|in|on|at|under)\b"
    r"|(?:used|useful|intended|designed|suited) (?:for|to|as|in)\b|part of\b|available (?:at|on|from|under)\b"
)


def _lists_of_codes(reading: CardReading) -> frozenset[tuple[str, ...]]:
    """Sections (their headings) whose items are words of code: ``- auto-wiki-qa``, ``- jsquad``."""
    words: dict[tuple[str, ...], list[str]] = {}
    for passage in reading.document.passages:
        if passage.form is Form.ITEM and (word := _single_word(passage)) and "/" not in word:
            words.setdefault(passage.headings, []).append(word)
    return frozenset(headings for headings, some in words.items() if are_codes(some))


def _single_word(passage: Passage) -> str:
    """The one word an item consists of, but for a remark in parentheses; empty if it has more."""
    if len(passage.raw) > _LONGEST_WORD or passage.label is not None:
        return ""
    words = _REMARK.sub("", passage.words(passage.text)).split()
    return words[0].strip(".,;") if len(words) == 1 else ""


_LONGEST_WORD = 160


def _is_a_kind(item: str) -> bool:
    """Whether an item says no more than of what kind or language the items below it are."""
    words = item.strip("*_: ")
    return len(words.split()) < _FEW and is_common(words)


_FEW = 4
_NAMED_FIRST = re.compile(r"\W{0,4}(?:\[|`|[\w.-]{2,40}/[\w.-]{2,80}\s*$)")
"""An item that opens with a link, code or an id: what is nested below are its parts."""
_REMARK = re.compile(r"\([^()]{0,120}\)")


def _is_process(name: str) -> bool:
    """Whether one word says what is done with data: "de-duplication"."""
    return " " not in name and _PROCESS.search(name) is not None


def _read(text: str) -> str:
    """What is read of an item: a list that is longer to its end, as all of it may be names."""
    first = _HEAD.search(text, 2)
    return text[: max(_LONGEST, first.start() if first else len(text))]


def _is_kind(label: str) -> bool:
    """Whether an item's label says a kind of data or a stage, and names nothing."""
    return is_common(label) or topic_of(label) is LabelTopic.TRAINING


def _starts_with_name(passage: Passage, value: str) -> bool:
    """Whether the value of an item's label opens with a name: "News: OwlPost"."""
    return has_proper(" ".join(passage.words(value[:80]).split()[:1]))


def _names(passage: Passage, text: str, seen: set[str]) -> list[NamedSet]:
    """Names in an item's words up to a dash, colon or verb; what it looks like goes to ``seen``."""
    cut = _HEAD.search(text, 2)
    head = text[: cut.start()] if cut else text
    owned = _ID_FIRST.match(head)
    head = owned[0] if owned else head
    words = passage.words(head)
    looks = {
        "item: method word": METHOD.search(words),
        "item: machine word": MACHINE.search(_HOURS_OF.sub(" ", words)),
        "item: starts with a verb": DOES.match(words),
        "item: long head": len(words.split()) > _LONG_HEAD,
    }
    seen.update(look for look, holds in looks.items() if holds)
    names = names_in(passage, head)
    names = list(most(names, _MOST, "a list item"))
    if not names and passage.words(text) != words:
        seen.add("item: linked further on")
        return [n for n in names_in(passage, text) if n.url or n.id][:1]
    return names


_HOURS_OF = re.compile(r"(?i)\d[\d.,]{0,9}\s?[km]?\+?\s?(?:hours?|days?)\s(?:of|from)\s")


def _instructs(lead: str) -> bool:
    """Whether what stands over an item tells somebody what to do, or announces files."""
    words = lead.strip()[-240:]
    return IMPERATIVE.match(words) is not None or _SUB_FOLDERS.search(words) is not None


def announced(passage: Passage) -> tuple[Role, set[str]] | None:
    """Role of a list's items and what announced them, if anything announces data."""
    section, nearest = section_topic(passage.headings)
    if any(_instructs(lead) for lead in passage.leads):
        return None
    for lead in reversed(passage.leads):
        words = lead.strip()[-240:]
        label = re.split(r"[:：]", words)[0].strip("*_ ")
        topic = topic_of(label) if len(label) < 80 else LabelTopic.OTHER
        if _SUPPLEMENTS.search(words) and _TRAINS.search(words):
            return role_of(lead), {"list after: data", "list after: training"}
        if topic in _DATA:
            return role_of(label), {f"list under label: {topic.value}"}
        if topic in (LabelTopic.EVALUATION, LabelTopic.BASE, LabelTopic.ABOUT_DATA):
            return None
        if _ANNOUNCES.search(words):
            if _TESTS.search(words):
                return None
            seen = {"list after: data"}
            if _TRAINS.search(lead):
                seen.add("list after: training")
            return role_of(lead), seen
    return _under_heading(passage, section, nearest)


def _under_heading(
    passage: Passage, section: LabelTopic, nearest: bool
) -> tuple[Role, set[str]] | None:
    """What a heading on data says of the items below it."""
    if section in _DATA and passage.headings:
        seen = {f"list under heading: {section.value}"}
        if not nearest:
            seen.add("list under outer heading")
        intro, *above = passage.leads or ("",)
        if any(_PROCESS.search(item[:_LABEL]) for item in above):
            return None
        if intro or not all(_NAMED_FIRST.match(item) or _is_a_kind(item) for item in above):
            seen.add("list after other text")
        return role_of(passage.headings[-1]), seen
    return None
