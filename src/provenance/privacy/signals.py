"""Signals of a dataset card: cues in its text, and what its front matter says outright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from provenance.cards.card import Card
from provenance.cards.yaml_tree import Mapping, Scalar, Sequence, YamlNode, scalars
from provenance.privacy.cues import CUES, Cue
from provenance.privacy.prose import HEAD, Body, Section, is_instruction, is_placeholder
from provenance.report.evidence import Evidence
from provenance.report.training import Signal
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic

_MOST_TRIES = 40
"""Keyword occurrences looked at for one cue; a card that repeats a word says no more by it."""

_COLUMNS: dict[str, str] = {
    **dict.fromkeys(("email", "emailaddress", "mail"), "e-mail"),
    **dict.fromkeys(("phone", "phonenumber", "telephone", "mobile"), "phone"),
    **dict.fromkeys(
        ("firstname", "lastname", "fullname", "surname", "personname", "realname", "givenname"),
        "name",
    ),
    **dict.fromkeys(
        ("username", "userid", "userhandle", "screenname", "useridstr", "authorid", "reviewerid"),
        "user name",
    ),
    **dict.fromkeys(("author", "authorname", "reviewername", "customerid"), "author"),
    **dict.fromkeys(("ip", "ipaddress", "ipaddr"), "IP address"),
    **dict.fromkeys(("ssn", "passport", "socialsecuritynumber", "nationalid"), "identity number"),
    **dict.fromkeys(("dob", "dateofbirth", "birthdate", "birthday"), "date of birth"),
    **dict.fromkeys(("homeaddress", "streetaddress", "postaladdress"), "address"),
    **dict.fromkeys(("face", "faces", "facebbox", "faceid", "facialarea"), "face"),
    **dict.fromkeys(("speakerid", "clientid", "voiceid"), "voice"),
    **dict.fromkeys(("patientid", "patient"), "patient"),
}
"""Column names, letters only, and what they identify a person by (GDPR Art. 4(1))."""

_SPECIAL_COLUMNS: dict[str, str] = {
    **dict.fromkeys(("race", "ethnicity", "ethnicgroup", "ethnicorigin"), "ethnic origin"),
    **dict.fromkeys(("religion", "religiousbelief"), "religious beliefs"),
    **dict.fromkeys(("politicalparty", "partyaffiliation", "politicalview"), "political opinions"),
    **dict.fromkeys(("sexualorientation",), "sexual orientation"),
    **dict.fromkeys(("diagnosis", "patientid", "medicalhistory", "disease"), "health"),
}
"""Column names that speak of special categories of data (GDPR Art. 9(1))."""

_NOT_LETTERS = re.compile(r"[^a-z]")
_SPEECH_TASKS = frozenset(
    {
        "automatic-speech-recognition",
        "speech-recognition",
        "speech-processing",
        "text-to-speech",
        "speaker-identification",
        "speaker-verification",
        "audio-speaker-identification",
        "voice-activity-detection",
    }
)
_FACE_TASKS = frozenset({"face-detection", "facial-recognition", "face-recognition"})
_GATE_WORDS = re.compile(
    r"re-?identif|identity of|identify (?:any|the|individual)|delete|destroy|redistribut|third part"
    r"|confidential|privacy"
)


def read_signals(card: Card, body: Body, cue: Topic | None = None) -> tuple[Signal, ...]:
    """Everything a card documents or lets one suppose, by topic, then detail, once each.

    A signal in the front matter goes before one in the text for the same topic and detail. With
    ``cue`` only the text is searched, and for that topic only.
    """
    if cue is not None:
        return tuple(_text(card, body, cue))
    found: dict[tuple[str, str], Signal] = {}
    for signal in (*_front_matter(card), *_text(card, body), *_sections(card, body)):
        found.setdefault((signal.topic, signal.detail), signal)
    return tuple(found[key] for key in sorted(found))


def _text(card: Card, body: Body, only: Topic | None = None) -> Iterator[Signal]:
    table = _by_head(only)
    present = body.heads & table.keys()
    wanted = sorted({entry for head in present for entry in table[head]})
    told: set[Topic] = set()
    done = -1
    for index, keyword in wanted:
        cue = CUES[index]
        if index == done or (cue.topic in _NEEDS and not told & _NEEDS[cue.topic]):
            continue
        found = _confirmed(cue, keyword, body)
        if found is not None:
            done = index
            told.add(cue.topic)
            line, words = found
            yield Signal(cue.topic.value, cue.status, cue.detail, _quote(card, line, words))


def _quote(card: Card, line: int, words: str) -> Evidence:
    """Evidence around lower-cased ``words`` of a line, in the case the line has them."""
    text = card.lines[line - 1]
    at = text.lower().find(words)
    return card.quote(line, text[at : at + len(words)] if at >= 0 else "")


@cache
def _by_head(only: Topic | None = None) -> dict[bytes, list[tuple[int, str]]]:
    """Cues (``only`` those of a topic) and keywords by the first letters of a keyword."""
    table: dict[bytes, list[tuple[int, str]]] = {}
    for index, cue in enumerate(CUES):
        for keyword in cue.keywords if only in {None, cue.topic} else ():
            head = _FIRST_WORD.split(keyword)[0][:HEAD].encode()
            table.setdefault(head, []).append((index, keyword))
    return table


_FIRST_WORD = re.compile(r"[^a-z0-9@]")
_NEEDS: dict[Topic, frozenset[Topic]] = {
    Topic.CRAWLER: frozenset({Topic.CRAWL}),
    Topic.CRAWL_PERIOD: frozenset({Topic.CRAWL}),
    Topic.CRAWL_DOMAINS: frozenset({Topic.CRAWL}),
    Topic.GENERATOR: frozenset({Topic.SYNTHETIC}),
}
"""Topics that mean something only once another was found; those come first in :data:`CUES`."""


def _confirmed(cue: Cue, keyword: str, body: Body) -> tuple[int, str] | None:
    """The first line around ``keyword`` that the cue's pattern matches, and its words."""
    at = body.text.find(keyword)
    for _ in range(_MOST_TRIES):
        if at < 0:
            break
        line = body.line_around(at)
        words = None if is_instruction(line) else cue.find(line)
        if words is not None:
            return body.line_at(at), words
        end = body.text.find("\n", at)
        at = body.text.find(keyword, end) if end >= 0 else -1
    return None


def _sections(card: Card, body: Body) -> Iterator[Signal]:
    """Sections of the Hub's template that name who made the set."""
    curators = body.section("dataset curators", "data controller", "curation")
    if curators is not None and not is_placeholder(curators.text):
        quoted = card.quote(_first_line(curators))
        yield Signal(Topic.CONTROLLER.value, DOCUMENTED, "", quoted)


def _first_line(section: Section) -> int:
    """The first line of a section that says something."""
    lines = section.text.split("\n")
    return section.first + next((i for i, line in enumerate(lines) if line.strip()), 0)


def _front_matter(card: Card) -> Iterator[Signal]:
    yield from _creators(card)
    yield from _tasks(card)
    yield from _columns(card)
    yield from _gate(card)
    for value in scalars(card.get("size_categories")):
        if not value.is_null and value.text.lower() not in {"unknown", "", "n/a"}:
            yield _signal(card, value, Topic.SIZE, DOCUMENTED)
    if card.get("dataset_info") is not None:
        yield _signal(card, card.front.key("dataset_info"), Topic.SIZE, DOCUMENTED)


def _creators(card: Card) -> Iterator[Signal]:
    for value in scalars(card.get("language_creators")):
        word = value.text.lower()
        if word == "found":
            yield _signal(card, value, Topic.FOUND, DOCUMENTED)
        elif word in {"machine-generated", "synthetic"}:
            yield _signal(card, value, Topic.SYNTHETIC, DOCUMENTED)
        elif word in {"crowdsourced", "expert-generated", "other"}:
            yield _signal(card, value, Topic.SOURCE_TYPE, DOCUMENTED, "other")
    for value in scalars(card.get("tags")):
        if value.text.lower() in {"synthetic", "synthetic-data", "synthetic data"}:
            yield _signal(card, value, Topic.SYNTHETIC, DOCUMENTED)
    for value in scalars(card.get("source_datasets")):
        if not value.is_null and value.text.lower() not in {"original", "unknown", ""}:
            yield _signal(card, value, Topic.SOURCE_TYPE, DOCUMENTED, "public")


def _tasks(card: Card) -> Iterator[Signal]:
    for key in ("task_categories", "task_ids", "tags"):
        for value in scalars(card.get(key)):
            word = value.text.lower().removeprefix("other-")
            if word in _SPEECH_TASKS:
                yield _signal(card, value, Topic.PEOPLE_MEDIA, INDICATED, "audio")
            elif word in _FACE_TASKS:
                yield _signal(card, value, Topic.PEOPLE_MEDIA, INDICATED, "image")


def _columns(card: Card) -> Iterator[Signal]:
    for name in _feature_names(card.get("dataset_info")):
        letters = _NOT_LETTERS.sub("", name.text.lower())
        if letters in _COLUMNS:
            yield _signal(card, name, Topic.IDENTIFYING_COLUMN, INDICATED, _COLUMNS[letters])
        if letters in _SPECIAL_COLUMNS:
            detail = _SPECIAL_COLUMNS[letters]
            yield _signal(card, name, Topic.SPECIAL_CATEGORY, INDICATED, detail)


def _feature_names(node: YamlNode | None) -> Iterator[Scalar]:
    """Names of columns at any depth of ``dataset_info``; names of splits are not columns."""
    match node:
        case Sequence(items=items):
            for item in items:
                yield from _feature_names(item)
        case Mapping(entries=entries):
            for key, value in entries:
                if key.text == "name" and isinstance(value, Scalar):
                    yield value
                elif key.text not in {"splits", "class_label", "config_name"}:
                    yield from _feature_names(value)
        case _:
            return


def _gate(card: Card) -> Iterator[Signal]:
    for key in ("extra_gated_prompt", "extra_gated_fields", "extra_gated_description"):
        for value in _keys_and_scalars(card.get(key)):
            match = _GATE_WORDS.search(value.text.lower())
            if match is not None:
                yield _signal(card, value, Topic.GATE_TERMS, DOCUMENTED)


def _keys_and_scalars(node: YamlNode | None) -> Iterator[Scalar]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from _keys_and_scalars(value)
    else:
        yield from scalars(node)


def _signal(
    card: Card, node: YamlNode | None, topic: Topic, status: str, detail: str = ""
) -> Signal:
    where = node if node is not None else card.front
    return Signal(topic.value, status, detail, card.quote_node(where))
