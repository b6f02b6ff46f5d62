"""Every row of a table holds for its example, and not for its near miss."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from provenance.discovery import (
    described_objects,
    labels,
    prose_acts,
    prose_lexicon,
    prose_phrases,
    prose_sentences,
    prose_things,
)
from provenance.discovery.base_phrases import in_the_east, ways
from provenance.discovery.identity import _words
from provenance.discovery.name_looks import is_common
from provenance.discovery.prose_things import kinds_of
from provenance.discovery.wide_names import _is_general
from provenance.knowledge import EXAMPLES, read_rows, read_words

TABLES = {
    "machines": (r"\b(?:{})\b", prose_lexicon.MACHINE),
    "methods": (r"\b(?:{})\b", prose_lexicon.METHOD),
    "tasks": (r"(?:^|\b)(?:{})$", prose_lexicon.TASK),
    "no_names": (r"^(?:{})$", prose_lexicon.NOT_A_NAME),
    "model_families": (r"(?:\b|_)(?:{})(?:\b|_)", prose_lexicon.MODEL_WORD),
    "paper_pages": ("{}", prose_lexicon.PAPER_HOST),
    "pages_of_no_data": ("{}", prose_lexicon.NOT_DATA_HOST),
    "known_names": (r"\b(?:{})\b", prose_lexicon.KNOWN_NAMES),
    "set_words": (r"\b(?:{})\b", prose_lexicon.SET_WORD),
    "method_endings": (r"(?:^|[\s-])(?:{})$", prose_things._METHOD_ENDING),
}
"""What stands around a row of each table, and the pattern that all of its rows make."""
LISTS = (
    *("companies", "determiners", "domains", "generic", "kinds", "languages", "leading"),
    *("lower_names", "notations", "openers", "places", "splits", "stages", "supercomputers"),
    *("activities", "collective", "compounds", "empty", "material", "no_data", "no_material"),
    *("not_counted", "phrase_joins", "stops_left", "stops_right", "common", "data_nouns"),
    *("language_codes", "units", "wide_general"),
)
LABELS = {
    "training": ("{}", labels._TRAINING),
    "data": ("{}", labels._DATA),
    "of another": (r"^(?:{})\b", labels._OF_ANOTHER),
    "evaluation": ("{}", labels._EVALUATION),
    "base": ("{}", labels._BASE),
    "no base": ("{}", labels._NO_BASE),
    "about": ("{}", labels._ABOUT),
    "use": ("{}", labels._USE),
    "results": ("{}", labels._RESULTS),
    "evaluation first": (r"^\W*(?:{})", labels._EVALUATION_FIRST),
    "pretraining": ("{}", labels._PRETRAINING),
    "finetuning": ("{}", labels._FINETUNING),
    "of code": ("{}", labels._OF_CODE),
}
CLAUSES = {
    "end of names": (r"\s(?:{})\b", prose_phrases.END),
    "not done": (r"\b(?:{})\b[\w\s,'’*/-]{0,45}$", prose_phrases.NOT_DONE),
    "other subject": (r"\b(?:{})\b", prose_phrases._OTHER_SUBJECT),
}
ACTS = {
    "takes in": (r"\b(?:{})\s", prose_acts._TAKES_IN),
    "stage": (r"\b(?:{})\b", prose_acts._STAGE_USES),
    "stage uses": (r"\b(?:{})\s", prose_acts._STAGE_USES),
    "material": (r"\b(?:{})\b", prose_acts._MATERIAL_FROM),
}
VERB = r"(?<![\w-])(?:{})(?![\w-])"
VERBS = {
    "pretrained": (VERB, prose_sentences.TRIGGER),
    "fine-tuned": (VERB, prose_sentences.TRIGGER),
    "trained": (VERB, prose_sentences.TRIGGER),
    "made": (r"\b(?:{})\s", described_objects._MADE_BY),
}
ORGANIZATIONS = {
    "word": (r"\b(?:{})\b", prose_things._ORGANIZATION),
    "inside": ("{}", prose_things._ORGANIZATION),
}
GROUPED = {
    "labels": ("topic", LABELS, re.IGNORECASE),
    "clause_words": ("what", CLAUSES, re.IGNORECASE),
    "acts": ("what", ACTS, re.IGNORECASE),
    "verbs": ("what", VERBS, re.IGNORECASE),
    "organizations": ("where", ORGANIZATIONS, re.NOFLAG),
}
"""The column that parts each table into patterns, and what stands around a row of each part."""
IN_A_SENTENCE = {
    ("clause_words", "end of names"): "trained on Owls {} more",
    ("acts", "material"): "The {} were taken from shelves",
}
"""Where an example is a word: the sentence in which the whole pattern meets it."""


def rows() -> Iterator[tuple[str, str, str, str]]:
    for table in TABLES:
        for pattern, example, near_miss in read_rows("discovery", table, "pattern", *EXAMPLES):
            yield table, pattern, example, near_miss


@pytest.mark.parametrize(("table", "pattern", "example", "near_miss"), list(rows()))
def test_a_row_of_a_table(table: str, pattern: str, example: str, near_miss: str) -> None:
    around, whole = TABLES[table]
    row = re.compile(around.replace("{}", pattern), re.IGNORECASE)
    assert row.search(example)
    assert whole.search(example)
    assert not row.search(near_miss)


@pytest.mark.parametrize(
    ("table", "group", "pattern", "example", "near_miss"),
    [
        (table, *row)
        for table, (column, _, _) in GROUPED.items()
        for row in read_rows("discovery", table, column, "pattern", *EXAMPLES)
    ],
)
def test_a_row_of_a_group(
    table: str, group: str, pattern: str, example: str, near_miss: str
) -> None:
    _, groups, flags = GROUPED[table]
    around, whole = groups[group]
    row = re.compile(around.replace("{}", f"(?:{pattern})"), flags)
    sentence = IN_A_SENTENCE.get((table, group), "{}")
    assert row.search(sentence.format(example))
    assert whole.search(sentence.format(example))
    assert not row.search(sentence.format(near_miss))


@pytest.mark.parametrize(
    ("way", "pattern", "example", "near_miss"),
    read_rows("discovery", "base_ways", "way", "pattern", *EXAMPLES),
)
def test_a_way_to_say_a_base(way: str, pattern: str, example: str, near_miss: str) -> None:
    row = re.compile(pattern if way.startswith("east") else rf"(?i)\b(?:{pattern})(?!\w)")
    assert row.search(example)
    assert not row.search(near_miss)
    if way == "east not":
        assert not list(in_the_east(f"基于acme/owl{example}"))
        assert list(in_the_east(f"基于acme/owl{near_miss}"))
    else:
        assert list(in_the_east(example) if way.startswith("east") else ways(example))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name, kind)
        for words, kind in (
            ("companies", "name: company"),
            ("places", "name: place"),
            ("supercomputers", "name: supercomputer"),
        )
        for name in read_words("discovery", words)
    ],
)
def test_a_name_is_of_its_kind_and_a_set_named_after_it_is_not(name: str, kind: str) -> None:
    assert kind in kinds_of(name)
    assert kind not in kinds_of(f"{name} corpus")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("domains", "name: only a field"),
        ("notations", "name: notation"),
        ("splits", "name: only a split"),
        ("stages", "name: only a stage"),
    ],
)
def test_words_of_a_kind_tell_it_alone_and_not_beside_a_name(words: str, kind: str) -> None:
    for word in read_words("discovery", words):
        told = kinds_of(word)
        assert kind in told or word in read_words("discovery", "splits"), word
        assert kind not in kinds_of(f"{word} OwlPost"), word


@pytest.mark.parametrize("word", read_words("discovery", "common"))
def test_a_common_word_makes_no_name(word: str) -> None:
    assert is_common(word.title())
    assert not is_common(f"{word.title()} Strigidae")


@pytest.mark.parametrize("word", read_words("discovery", "wide_general"))
def test_a_general_word_makes_no_wide_name(word: str) -> None:
    assert _is_general(word)
    assert not _is_general(f"{word}梟")


@pytest.mark.parametrize("code", read_words("discovery", "language_codes"))
def test_a_code_of_a_language_tells_no_set_from_another(code: str) -> None:
    assert _words(f"owlpost {code}") == {"owlpost"}
    assert _words(f"owlpost {code}owl") == {"owlpost", f"{code}owl"}


@pytest.mark.parametrize("words", LISTS)
def test_a_list_has_each_word_once_in_order(words: str) -> None:
    lines = read_words("discovery", words)
    assert list(lines) == sorted({line.strip() for line in lines})
    assert all(lines)
