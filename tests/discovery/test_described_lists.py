"""Every word of the lists that a description is grown by does in a phrase what its list is for."""

from __future__ import annotations

import pytest

from provenance.discovery.described import _modifies, descriptions
from provenance.discovery.described_objects import _counted, _is_data
from provenance.discovery.described_words import AND, STOP_RIGHT
from provenance.discovery.prose_phrases import Phrase
from provenance.knowledge import read_words
from provenance.report.training import Role


def told(sentence: str) -> list[str]:
    return [described.text for described in descriptions(sentence)]


def counted(text: str) -> list[str]:
    phrase = Phrase(0, text, Role.TRAINING, frozenset())
    return [described.text for described in _counted(phrase)]


def words(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("word", read_words("discovery", name))


@words("material")
def test_material_is_described(word: str) -> None:
    assert told(f"300 licensed {word}")
    assert not told(f"300 licensed {word}owl")


@words("compounds")
def test_the_end_of_a_german_word_is_material(word: str) -> None:
    assert told(f"300 lizenzierte Probe{word}")
    assert not told(f"300 lizenzierte {word}probe")


@words("no_material")
def test_a_kind_that_is_no_material(word: str) -> None:
    assert not told(f"300 licensed {word}")
    assert told(f"300 licensed {word} texts")


@words("collective")
def test_what_is_much_of_material_belongs_to_it(word: str) -> None:
    assert told(f"they saw {word} of licensed tales") == [f"{word} of licensed tales"]
    assert told(f"they saw {word}owl of licensed tales") == ["licensed tales"]


@words("stops_left")
def test_a_phrase_starts_behind_it(word: str) -> None:
    if word in AND:  # it joins two adjectives, and is none itself
        assert not _modifies(word)
    else:
        assert told(f"owls {word} licensed tales") == ["licensed tales"]
    assert told(f"owls {word}owl licensed tales") == [f"owls {word}owl licensed tales"]


@words("stops_right")
def test_a_phrase_ends_before_it(word: str) -> None:
    assert told(f"licensed tales {word} owls") == ["licensed tales"]
    assert told(f"licensed tales {word}owl owls") == [f"licensed tales {word}owl owls"]


@words("phrase_joins")
def test_a_phrase_goes_on_with_it_and_never_ends_in_it(word: str) -> None:
    if word not in STOP_RIGHT:
        assert told(f"licensed tales {word} owls") == [f"licensed tales {word} owls"]
    assert told(f"licensed tales {word}") == ["licensed tales"]
    assert told(f"licensed tales {word}owl") == [f"licensed tales {word}owl"]


@words("empty")
def test_it_says_nothing_of_what_data_is(word: str) -> None:
    assert not told(f"{word} data")
    assert told("nocturnal data")


@words("activities")
def test_what_is_done_with_material_is_no_data(word: str) -> None:
    assert not told(f"licensed text {word}")
    assert told(f"licensed text {word}owl")


@words("not_counted")
def test_a_number_of_it_counts_no_data(word: str) -> None:
    assert not counted(f"300 {word} of owls")
    assert counted(f"300 {word}owl of owls")


@words("no_data")
def test_what_a_verb_governs_is_no_data_that_starts_with_it(word: str) -> None:
    assert not _is_data(f"{word} of owls")
    assert _is_data(f"{word}owl of owls")


@words("data_nouns")
def test_a_word_for_data_alone_tells_nothing(word: str) -> None:
    assert not told(f"300 {word}")
    assert told(f"300 {word} tales")


@words("units")
def test_what_data_is_counted_in_tells_nothing(word: str) -> None:
    assert not told(f"300 {word}")
    assert told(f"300 {word} tales")
