"""Every row of a table holds for its example, and not for its near miss."""

from __future__ import annotations

import re

import pytest

from provenance.cards.card import read_card
from provenance.knowledge import EXAMPLES, read_rows, read_words
from provenance.privacy import personal_data, read_personal_data
from provenance.privacy.cues import COLUMNS, CUES, PATTERNS, pattern_of
from provenance.privacy.polarity import Polarity, polarity_of
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


def of_emails(line: str) -> Polarity:
    """What a line says of the emails that it mentions."""
    low = line.lower()
    start = low.index("emails")
    return polarity_of(low, start, start + len("emails"), task=True, people=True)


@pytest.mark.parametrize(
    ("what", "pattern", "example", "near_miss"), rows("polarity", "what", "pattern")
)
def test_what_denies_or_leaves_open(what: str, pattern: str, example: str, near_miss: str) -> None:
    denies = "denies" in what or "takes out" in what
    row = re.compile(pattern if "east" in what else rf"(?<!\w)(?:{pattern})(?!\w)")
    assert row.search(example.lower())
    assert not row.search(near_miss.lower())
    assert of_emails(example) is (Polarity.DENIED if denies else Polarity.UNDECIDED)
    assert of_emails(near_miss) is Polarity.AFFIRMED


SAID = {
    "subject": re.compile(personal_data._SUBJECT),
    "held": re.compile(personal_data._HELD),
    "denies": personal_data._NO,
    "anonymised": personal_data._ANONYMISED,
}


@pytest.mark.parametrize(
    ("what", "pattern", "example", "near_miss"), rows("personal_data", "what", "pattern")
)
def test_what_is_said_of_personal_data(
    what: str, pattern: str, example: str, near_miss: str
) -> None:
    row = re.compile(rf"\b(?:{pattern})\b" if what == "denies" else pattern)
    assert row.search(example)
    assert SAID[what].search(example)
    assert not row.search(near_miss)
    assert not SAID[what].search(near_miss)


@pytest.mark.parametrize(
    ("example", "near_miss"),
    [row[2:] for row in rows("personal_data", "what", "pattern") if row[0] == "held"],
)
def test_what_is_held_is_what_a_set_contains(example: str, near_miss: str) -> None:
    assert personal_data._statement(f"it may contain {example}") == "contains"
    assert personal_data._statement(f"it may contain {near_miss}") is None
