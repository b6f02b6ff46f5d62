"""Which descriptions restate named sets: only a name that is a counted set can be restated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.cards import read_card
from provenance.discovery.body import PLAINLY_TOLD, body_discovery, candidates
from provenance.discovery.candidates import Candidate
from provenance.discovery.repeats import add_beside, restates
from provenance.discovery.score import load_weights


def told(body: str, *sets: str) -> list[Candidate]:
    """The descriptions of a card in which ``sets`` are training sets."""
    found = candidates(read_card(body.encode(), "models/acme/finch"), lambda name: None)[1]
    counted = {i for i, c in enumerate(found) if c.mention.name in sets}
    return [c for c in add_beside(found, counted) if not c.proper]


def test_a_place_or_a_model_in_a_phrase_is_no_set_that_it_restates() -> None:
    for body in (
        "It was trained on tweets from Wallonia.",
        "It was trained on dialogues written by Nest-4.",
    ):
        (one,) = told(body)
        assert "description: plainly told" in one.features
        assert not restates(one)


def test_a_set_in_a_phrase_or_its_clause_is_restated() -> None:
    (one,) = told("It was trained on 3M pages of OwlWiki.", "OwlWiki")
    assert restates(one)
    body = "## Data\n\n- OwlWiki\n\n## Training\n\nIt was trained on many pages of OwlWiki text."
    assert all(restates(c) for c in told(body, "OwlWiki"))


def test_a_clause_of_its_own_is_told_apart_from_names_elsewhere() -> None:
    body = "It was trained on OwlWiki.\n\n## Voice\n\nThe voice was trained on songs by choirs."
    one = next(c for c in told(body, "OwlWiki") if "songs" in c.mention.name)
    assert "description: plainly told apart" in one.features
    assert not restates(one)


def test_what_is_plainly_told_is_counted_whatever_the_weights_say() -> None:
    weights = replace(load_weights(), description_base=-5.0)
    card = read_card(b"It was trained on odd letters of sailors.", "models/acme/finch")
    (found,) = body_discovery(card, lambda name: None, weights).mentions
    assert found.described
    assert found.confidence == PLAINLY_TOLD
    doubted = read_card(b"It may be trained on odd letters of sailors.", "models/acme/finch")
    assert not body_discovery(doubted, lambda name: None, weights).mentions


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("It was trained on generated calls, not on recordings of birds.", "doubt: negated"),
        ("Das Modell wurde nicht mit Aufnahmen von Vögeln trainiert.", "doubt: negated"),
        ("Fine-tuning needs as little as 5 hours of recordings.", "doubt: not done"),
    ],
)
def test_what_is_denied_or_advised_just_before_is_doubted(body: str, doubt: str) -> None:
    assert any(doubt in c.features for c in told(body))


def test_doubt_leaves_it_to_the_weights() -> None:
    (one,) = told("It was not trained on letters of sailors.")
    assert "description: plainly told" not in one.features
