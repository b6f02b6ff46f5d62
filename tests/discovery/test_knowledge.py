"""Every row of a table holds for its example, and not for its near miss."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from provenance.discovery import prose_lexicon
from provenance.discovery.prose_things import kinds_of
from provenance.knowledge import EXAMPLES, read_rows, read_words

TABLES = {
    "machines": (r"\b(?:{})\b", prose_lexicon.MACHINE),
    "methods": (r"\b(?:{})\b", prose_lexicon.METHOD),
    "tasks": (r"(?:^|\b)(?:{})$", prose_lexicon.TASK),
    "no_names": (r"^(?:{})$", prose_lexicon.NOT_A_NAME),
    "model_families": (r"(?:\b|_)(?:{})(?:\b|_)", prose_lexicon.MODEL_WORD),
    "paper_pages": ("{}", prose_lexicon.PAPER_HOST),
    "pages_of_no_data": ("{}", prose_lexicon.NOT_DATA_HOST),
}
"""What stands around a row of each table, and the pattern that all of its rows make."""
LISTS = (
    *("companies", "determiners", "domains", "generic", "kinds", "languages", "leading"),
    *("lower_names", "notations", "openers", "places", "splits", "stages", "supercomputers"),
)


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


@pytest.mark.parametrize("words", LISTS)
def test_a_list_has_each_word_once_in_order(words: str) -> None:
    lines = read_words("discovery", words)
    assert list(lines) == sorted({line.strip() for line in lines})
    assert all(lines)
