"""Signals of a dataset card: cues in its text, and what its front matter says outright."""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.cards.card import Card
from provenance.cards.yaml_tree import Mapping, Scalar, Sequence, YamlNode, scalars
from provenance.evidence import Evidence
from provenance.privacy.cues import CUES, Cue
from provenance.privacy.prose import Body, is_placeholder
from provenance.privacy.topics import DOCUMENTED, INDICATED, Topic
from provenance.training import Signal

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
    **dict.fromkeys(("speakerid", "speaker", "clientid", "voiceid"), "voice"),
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


def read_signals(card: Card, body: Body) -> tuple[Signal, ...]:
    """Everything a card documents or lets one suppose, by topic, then detail, once each.

    A signal in the front matter goes before one in the text for the same topic and detail.
    """
    found: dict[tuple[str, str], Signal] = {}
    for signal in (*_front_matter(card), *_text(card, body), *_sections(card, body)):
        found.setdefault((signal.topic, signal.detail), signal)
    return tuple(found[key] for key in sorted(found))


def _text(card: Card, body: Body) -> Iterator[Signal]:
    text = body.text
    if not text.strip():
        return
    for cue in CUES:
        for keyword in cue.keywords:
            at = text.find(keyword)
            if at >= 0:
                line = _confirmed(cue, keyword, body, at)
                if line is not None:
                    quoted = card.quote(*line)
                    yield Signal(cue.topic.value, cue.status, cue.detail, quoted)
                    break


def _confirmed(cue: Cue, keyword: str, body: Body, at: int) -> tuple[int, str] | None:
    """The first line around ``keyword`` that the cue's pattern matches, and its words."""
    tried = -1
    for _ in range(_MOST_TRIES):
        line = body.line_at(at)
        if line != tried:
            tried = line
            words = cue.find(body.line_text(line))
            if words is not None:
                return line, words
        at = body.text.find(keyword, at + len(keyword))
        if at < 0:
            break
    return None


def _sections(card: Card, body: Body) -> Iterator[Signal]:
    """Sections of the Hub's template that name who made the set."""
    curators = body.section("dataset curators", "data controller", "curation")
    if curators is not None and not is_placeholder(curators.text):
        yield Signal(
            Topic.CONTROLLER.value, DOCUMENTED, "", _quote_section(card, body, curators.first)
        )


def _quote_section(card: Card, body: Body, first: int) -> Evidence:
    line = first
    while line < body.first_line + len(body.starts) - 1 and not body.line_text(line).strip():
        line += 1
    return card.quote(line)


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
