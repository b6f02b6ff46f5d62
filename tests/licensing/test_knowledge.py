"""Every row of a table holds for its example, and not for its near miss."""

from __future__ import annotations

import re

import pytest

from provenance.cards.card import read_card
from provenance.knowledge import EXAMPLES, read_rows, read_words
from provenance.licensing import conclude_card
from provenance.licensing.custom import is_proper_name
from provenance.licensing.limits import _TERMS_IN_WORDS
from provenance.licensing.links import read_license_link
from provenance.licensing.names import mentions
from provenance.licensing.triggers import TRIGGERS
from provenance.licensing.value_words import NOTHING
from provenance.licensing.values import is_vague
from provenance.vocabulary.identifiers import family_of


def rows(name: str, *columns: str) -> tuple[tuple[str, ...], ...]:
    return read_rows("licensing", name, *columns, *EXAMPLES)


def names(pattern: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9])(?:{pattern})", text, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("symbol", "hint", "pattern", "example", "near_miss"),
    rows("names", "symbol", "hint", "pattern"),
)
def test_a_name_of_one_license(
    symbol: str, hint: str, pattern: str, example: str, near_miss: str
) -> None:
    assert symbol in {mention.symbol for mention in mentions(example)}
    assert names(pattern, example)
    assert hint in example.lower()
    assert not names(pattern, near_miss)


@pytest.mark.parametrize(
    ("family", "hint", "pattern", "example", "near_miss"),
    rows("families", "family", "hint", "pattern"),
)
def test_a_name_before_a_version(
    family: str, hint: str, pattern: str, example: str, near_miss: str
) -> None:
    found = {mention.symbol for mention in mentions(example)}
    assert any(family in {symbol, family_of(symbol)} or "llama" in symbol for symbol in found)
    assert names(pattern, example)
    assert hint in example.lower()
    assert not names(pattern, near_miss)


@pytest.mark.parametrize(
    ("symbol", "key", "example", "near_miss"),
    [*rows("links", "symbol", "pattern"), *rows("osi_slugs", "symbol", "slug")],
)
def test_an_address_of_a_license(symbol: str, key: str, example: str, near_miss: str) -> None:
    assert re.search(key, example, re.IGNORECASE)
    assert read_license_link(example) == symbol
    assert read_license_link(near_miss) != symbol


@pytest.mark.parametrize(
    ("symbol", "version", "example", "near_miss"), rows("llama", "symbol", "version")
)
def test_a_version_of_llama(symbol: str, version: str, example: str, near_miss: str) -> None:
    assert version in example
    assert [mention.symbol for mention in mentions(example)] == [symbol]
    assert symbol not in {mention.symbol for mention in mentions(near_miss)}


def closed_by(text: str) -> set[str]:
    card = read_card(text.replace("\\n", "\n").encode(), "datasets/a/b")
    return {term.value for term in conclude_card(card).restrictions}


@pytest.mark.parametrize(
    ("terms", "word", "example", "near_miss"), rows("closed_words", "terms", "word")
)
def test_a_word_that_closes_a_section(terms: str, word: str, example: str, near_miss: str) -> None:
    assert word in example
    assert terms in closed_by(example)
    assert terms not in closed_by(near_miss)


@pytest.mark.parametrize("word", read_words("licensing", "vague_words"))
def test_a_vague_word_names_no_terms(word: str) -> None:
    assert is_vague(word)
    assert not is_vague(f"{word} MIT")


@pytest.mark.parametrize(("pattern", "example", "near_miss"), rows("values_of_nothing", "pattern"))
def test_a_value_that_names_nothing(pattern: str, example: str, near_miss: str) -> None:
    assert re.fullmatch(pattern, example, re.IGNORECASE)
    assert NOTHING.fullmatch(example)
    assert not re.fullmatch(pattern, near_miss, re.IGNORECASE)
    assert not NOTHING.fullmatch(near_miss)


@pytest.mark.parametrize("word", read_words("licensing", "no_names"))
def test_a_word_that_names_nothing(word: str) -> None:
    assert not is_proper_name(f"{word}")
    assert is_proper_name(f"{word} Owl")


@pytest.mark.parametrize("word", TRIGGERS)
def test_a_trigger_can_be_found(word: str) -> None:
    """A body is folded as bytes: a capital letter of ASCII would never be met in it."""
    assert word.encode().lower() == word.encode()
    assert word.strip()


@pytest.mark.parametrize(("terms", "word"), read_rows("licensing", "hints", "terms", "word"))
def test_a_hint_is_met_in_lower_case(terms: str, word: str) -> None:
    assert terms in {restriction.value for restriction, _, _ in _TERMS_IN_WORDS}
    assert word == word.lower()


def test_no_word_stands_twice_in_a_list() -> None:
    for name in ("vague_words", "no_names", "triggers"):
        words = read_words("licensing", name)
        assert len(words) == len(set(words)), name
