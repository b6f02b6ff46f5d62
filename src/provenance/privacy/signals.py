"""Signals of a dataset card: cues in its text, and what its front matter says outright."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence, scalars
from provenance.frozen import frozen
from provenance.knowledge import read_table
from provenance.privacy.cues import CUES, Cue
from provenance.privacy.polarity import Polarity
from provenance.privacy.prose import (
    HEAD,
    ProseBody,
    ProseSection,
    is_example,
    is_instruction,
    is_placeholder,
)
from provenance.report.evidence import Evidence
from provenance.report.training import Signal
from provenance.vocabulary.topics import DENIED, DOCUMENTED, INDICATED, UNDECIDED, Topic

_MOST_TRIES = 40
"""Keyword occurrences looked at for one cue; a card that repeats a word says no more by it."""

_COLUMN_ROWS = read_table("privacy", "columns", "article", "column", "detail")
_COLUMNS = {column: detail for article, column, detail in _COLUMN_ROWS if article == "GDPR 4(1)"}
"""Column names, letters only, and what they identify a person by (GDPR Art. 4(1))."""

_SPECIAL_COLUMNS = {
    column: detail for article, column, detail in _COLUMN_ROWS if article == "GDPR 9(1)"
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


def read_signals(card: Card, body: ProseBody, cue: Topic | None = None) -> tuple[Signal, ...]:
    """Everything a card documents or lets one suppose, by topic, then detail, once each.

    A signal in the front matter goes before one in the text for the same topic and detail. With
    ``cue`` only the text is searched, and for that topic only.
    """
    if cue is not None:
        return tuple(_text(card, body, cue))
    signals: dict[tuple[str, str], Signal] = {}
    for signal in (*_front_matter(card), *_sections(card, body), *_text(card, body)):
        signals.setdefault((signal.topic, signal.detail), signal)
    return tuple(signals[key] for key in sorted(signals))


def _text(card: Card, body: ProseBody, only: Topic | None = None) -> Iterator[Signal]:
    table, anywhere = _by_head(only)
    wanted = {entry for head in body.heads & table.keys() for entry in table[head]}
    wanted.update(entry for entry in anywhere if entry[1] in body.text)
    told: set[Topic] = set()
    best: dict[int, _Mention] = {}
    looked: set[tuple[int, int]] = set()
    for index, keyword in sorted(wanted):
        cue = CUES[index]
        before = best.get(index)
        if before is not None and before.polarity is Polarity.AFFIRMED:
            continue
        if cue.topic in _NEEDS and not told & _NEEDS[cue.topic]:
            continue
        heard = _mention(index, keyword, body, looked)
        if heard is not None and (before is None or heard.polarity is Polarity.AFFIRMED):
            best[index] = heard
            if heard.polarity is Polarity.AFFIRMED:
                told.add(cue.topic)
    for index, heard in sorted(best.items(), key=lambda item: _ORDER[item[1].polarity]):
        cue = CUES[index]
        status = _STATUS.get(heard.polarity, cue.status)
        yield Signal(cue.topic.value, status, cue.detail, _quote(card, heard.line, heard.words))


@frozen
class _Mention:
    """Where a cue was found and what it says there."""

    line: int
    words: str
    polarity: Polarity


_ORDER = {Polarity.AFFIRMED: 0, Polarity.DENIED: 1, Polarity.UNDECIDED: 2}
_STATUS = {Polarity.DENIED: DENIED, Polarity.UNDECIDED: UNDECIDED}


def _quote(card: Card, line: int, words: str) -> Evidence:
    """Evidence around lower-cased ``words`` of a line, in the case the line has them."""
    text = card.lines[line - 1]
    at = text.lower().find(words)
    return card.quote(line, text[at : at + len(words)] if at >= 0 else "")


_Entry = tuple[int, str]


@cache
def _by_head(only: Topic | None = None) -> tuple[dict[bytes, list[_Entry]], tuple[_Entry, ...]]:
    """Cues (``only`` those of a topic) and keywords by the first letters of a keyword.

    Those that need not start a word, such as ``@`` and words of languages written without spaces,
    come apart: they are looked for anywhere.
    """
    table: dict[bytes, list[_Entry]] = {}
    anywhere = []
    for index, cue in enumerate(CUES):
        for keyword in cue.keywords if only in {None, cue.topic} else ():
            if not (keyword[0].isascii() and keyword[0].isalnum()):
                anywhere.append((index, keyword))
                continue
            head = _FIRST_WORD.split(keyword)[0].encode()[:HEAD]
            table.setdefault(head, []).append((index, keyword))
    return table, tuple(anywhere)


_FIRST_WORD = re.compile(r"[^a-z0-9@\u0080-\U0010ffff]")
_NEEDS: dict[Topic, frozenset[Topic]] = {
    Topic.CRAWLER: frozenset({Topic.CRAWL}),
    Topic.CRAWL_PERIOD: frozenset({Topic.CRAWL}),
    Topic.CRAWL_DOMAINS: frozenset({Topic.CRAWL}),
    Topic.GENERATOR: frozenset({Topic.SYNTHETIC}),
}
"""Topics that mean something only once another was found; those come first in :data:`CUES`."""


def _mention(
    index: int, keyword: str, body: ProseBody, looked: set[tuple[int, int]]
) -> _Mention | None:
    """The first line around ``keyword`` that affirms, else the first that denies or leaves open.

    ``looked`` holds cues and the offsets of lines that were held against them: a line that has
    many of a cue's keywords says the same for each.
    """
    cue = CUES[index]
    best: _Mention | None = None
    at = body.text.find(keyword)
    for _ in range(_MOST_TRIES):
        if at < 0:
            break
        start, end = body.passage_around(at)
        line = body.text[start:end]
        words = None if (index, start) in looked or _says_nothing(cue, line) else cue.find(line)
        looked.add((index, start))
        if words is not None and (best is None or words[1] is Polarity.AFFIRMED):
            best = _Mention(body.line_at(at), *words)
            if best.polarity is Polarity.AFFIRMED:
                break
        at = body.text.find(keyword, end)
    return best


_NOT_THE_SET = re.compile(
    r"leader ?board|test server|\b(?:scripts?|code|package|library|toolkit|website|demo|models?"
    r"|checkpoints?|software|app) (?:is|are|was|were|will|has|have)\b"
)
"""What is updated or maintained that is not the set."""


def _says_nothing(cue: Cue, line: str) -> bool:
    """Whether a line speaks to authors, shows a row, or tells of something else than the set."""
    if is_instruction(line) or is_example(line):
        return True
    return cue.topic is Topic.RETENTION and _NOT_THE_SET.search(line) is not None


def _sections(card: Card, body: ProseBody) -> Iterator[Signal]:
    """Sections of the Hub's template that name who made the set."""
    curators = body.section("dataset curators", "data controller", "curation")
    if curators is not None and not is_placeholder(curators.text):
        quoted = card.quote(_first_line(curators))
        yield Signal(Topic.CONTROLLER.value, DOCUMENTED, "", quoted)


def _first_line(section: ProseSection) -> int:
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
    names = list(_feature_names(card.get("dataset_info")))
    yield from _spoken(card, names)
    for name in names:
        letters = _NOT_LETTERS.sub("", name.text.lower())
        of_a_person = _of_a_person(name.text)
        if of_a_person is not None and letters not in _SPECIAL_COLUMNS:
            yield _signal(card, name, Topic.SPECIAL_CATEGORY, INDICATED, of_a_person)
        if letters in _COLUMNS:
            yield _signal(card, name, Topic.IDENTIFYING_COLUMN, INDICATED, _COLUMNS[letters])
        if letters in _SPECIAL_COLUMNS:
            detail = _SPECIAL_COLUMNS[letters]
            yield _signal(card, name, Topic.SPECIAL_CATEGORY, INDICATED, detail)


def _of_a_person(column: str) -> str | None:
    """The special category that a column such as ``annotatorRace`` gives of a person."""
    words = [word.lower() for word in _WORDS.findall(column)]
    if len(words) > 1 and words[0] in _PERSONS:
        return _OF_PERSONS.get(words[-1])
    return None


_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PERSONS = frozenset(
    {
        "annotator", "author", "patient", "participant", "person", "respondent", "speaker",
        "subject", "user", "worker",
    }
)  # fmt: skip
_OF_PERSONS = {
    row[0]: row[1] for row in read_table("privacy", "columns_of_persons", "word", "detail")
}
"""Last words of a column whose first is a person: ``annotator_race``."""


def _spoken(card: Card, names: list[Scalar]) -> Iterator[Signal]:
    """Voices, where a column of sound stands beside one of words or of speakers."""
    by_word = {name.text.lower(): name for name in names}
    if "audio" in by_word and not by_word.keys().isdisjoint(_BESIDE_SPEECH):
        yield _signal(card, by_word["audio"], Topic.PEOPLE_MEDIA, INDICATED, "audio")


_BESIDE_SPEECH = frozenset(
    {
        "accent", "sentence", "speaker", "speaker_id", "text", "transcript", "transcription",
        "utterance",
    }
)  # fmt: skip


def _feature_names(node: YamlNode | None) -> Iterator[Scalar]:
    """Names of columns at any depth of ``dataset_info``; names of splits are not columns."""
    match node:
        case YamlSequence(items=items):
            for item in items:
                yield from _feature_names(item)
        case YamlMapping(entries=entries):
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
    if isinstance(node, YamlMapping):
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
