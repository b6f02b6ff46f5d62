"""Every row of a table holds for its example, and not for its near miss."""

from __future__ import annotations

import re

import pytest

from provenance.cards.card import read_card
from provenance.knowledge import EXAMPLES, read_rows, read_words
from provenance.privacy import read_personal_data
from provenance.privacy.cues import COLUMNS, CUES, PATTERNS, pattern_of
from provenance.privacy.polarity import Polarity
from provenance.vocabulary.topics import Topic


def rows(name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    return read_rows("privacy", name, *columns, *EXAMPLES)


def details(column: str, topic: Topic) -> set[str]:
    """What the signals of a card with one column say of a topic."""
    front = f"---\ndataset_info:\n  features:\n  - name: {column}\n    dtype: string\n---\n"
    data = read_personal_data(read_card(front.encode(), "datasets/a/b"))
    return {signal.detail for signal in data.signals if signal.topic == topic.value}


@pytest.mark.parametrize(
    ("article", "column", "detail", "example", "near_miss"),
    rows("columns", "article", "column", "detail"),
)
def test_a_column(article: str, column: str, detail: str, example: str, near_miss: str) -> None:
    topic = {"GDPR 4(1)": Topic.IDENTIFYING_COLUMN, "GDPR 9(1)": Topic.SPECIAL_CATEGORY}[article]
    assert re.sub(r"[^a-z]", "", example.lower()) == column
    assert detail in details(example, topic)
    assert detail not in details(near_miss, topic)


@pytest.mark.parametrize(
    ("word", "detail", "example", "near_miss"), rows("columns_of_persons", "word", "detail")
)
def test_a_column_of_a_person(word: str, detail: str, example: str, near_miss: str) -> None:
    assert example.endswith(word)
    assert details(example, Topic.SPECIAL_CATEGORY) == {detail}
    assert details(near_miss, Topic.SPECIAL_CATEGORY) == set()


@pytest.mark.parametrize(
    ("category", "pattern", "example", "near_miss"), rows("categories", "category", "pattern")
)
def test_a_category(category: str, pattern: str, example: str, near_miss: str) -> None:
    def named(words: str) -> tuple[str, ...]:
        text = f"# Set\n\n## Personal and Sensitive Information\n\nThe set contains {words}.\n"
        return read_personal_data(read_card(text.encode(), "datasets/a/b")).categories

    assert re.search(pattern, example)
    assert category in named(example)
    assert category not in named(near_miss)


@pytest.mark.parametrize("heading", read_words("privacy", "headings"))
def test_a_heading_over_what_is_said_of_personal_data(heading: str) -> None:
    text = f"# Set\n\n## {heading}\n\nNames were left out on purpose.\n"
    data = read_personal_data(read_card(text.encode(), "datasets/a/b"))
    assert data.documented == "stated"


CUE_OF = {
    row[0]: cue for row, cue in zip(read_rows("privacy", "cues", *COLUMNS), CUES, strict=True)
}


@pytest.mark.parametrize(
    ("name", "pattern", "example", "near_miss"),
    [row for table in PATTERNS for row in rows(table, "cue", "pattern")],
)
def test_a_pattern_of_a_cue(name: str, pattern: str, example: str, near_miss: str) -> None:
    cue, row = CUE_OF[name], re.compile(pattern_of(pattern))
    assert row.search(example.lower())
    assert not row.search(near_miss.lower())
    for text in (example, near_miss):
        assert any(keyword in text.lower() for keyword in cue.keywords), "no line is looked at"
    heard = cue.find(example.lower())
    assert heard is not None
    assert heard[1] is Polarity.AFFIRMED


@pytest.mark.parametrize(
    ("name", "pattern", "example", "near_miss"), rows("cue_lists", "list", "pattern")
)
def test_a_list_that_patterns_share(name: str, pattern: str, example: str, near_miss: str) -> None:
    assert re.search(pattern, example)
    assert not re.search(pattern, near_miss)
    assert any(f"<{name}>" in row[1] for table in PATTERNS for row in rows(table, "cue", "pattern"))


def test_no_pattern_stands_twice_in_a_cue() -> None:
    written = [row[:2] for table in PATTERNS for row in rows(table, "cue", "pattern")]
    assert len(written) == len(set(written))


def test_each_cue_has_patterns_of_one_table() -> None:
    tables = [{row[0] for row in rows(table, "cue", "pattern")} for table in PATTERNS]
    assert sum(len(names) for names in tables) == len(CUE_OF)
    assert set().union(*tables) == set(CUE_OF)
