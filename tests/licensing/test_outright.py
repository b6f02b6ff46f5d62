"""Conditions that a sentence sets outright: every row, below any heading, and what looks alike."""

from __future__ import annotations

import re

import pytest
from tests.closed_cards import Told
from tests.licensing.cases import card
from tests.licensing.test_unread import is_open
from tests.phrased_cards import CLOSED, LOST, OPEN
from tests.plain_cards import CONDITIONS, NO_CONDITIONS, STILL_OPEN

from provenance.knowledge import EXAMPLES, read_rows
from provenance.licensing import conclude_card
from provenance.licensing.limits import limits_in
from provenance.licensing.outright import ANSWERS, outright_in
from provenance.report.license import LicenseConclusion, LicenseState
from provenance.vocabulary.restrictions import Restriction

ROWS = read_rows("licensing", "conditions", "kind", "pattern", *EXAMPLES)


@pytest.mark.parametrize(("kind", "pattern", "example", "near_miss"), ROWS)
def test_a_row_holds_for_its_example_only(
    kind: str, pattern: str, example: str, near_miss: str
) -> None:
    assert outright_in(example) is not None
    assert outright_in(near_miss) is None
    assert (outright_in(example, makers=True) is not None) == (kind == ANSWERS)


ACTS = read_rows("licensing", "acts", "name", "pattern", *EXAMPLES)


@pytest.mark.parametrize(("name", "pattern", "example", "near_miss"), ACTS)
def test_a_class_of_words(name: str, pattern: str, example: str, near_miss: str) -> None:
    assert any(f"<{name}>" in row for _, row, *_ in ROWS)
    assert re.search(rf"\b(?:{pattern})", example, re.IGNORECASE) is not None
    assert re.search(rf"\b(?:{pattern})", near_miss, re.IGNORECASE) is None


@pytest.mark.parametrize("told", CLOSED, ids=str)
def test_what_closes_a_use_as_makers_phrase_it(told: Told) -> None:
    assert not is_open(told)


@pytest.mark.parametrize("told", OPEN, ids=str)
def test_harmless_lookalikes_of_the_same_words(told: Told) -> None:
    assert is_open(told)


@pytest.mark.parametrize("told", LOST, ids=str)
def test_open_ones_that_are_still_doubted(told: Told) -> None:
    assert not is_open(told)


@pytest.mark.parametrize("told", CONDITIONS, ids=str)
def test_a_condition_in_plain_words_keeps_a_card_from_being_open(told: Told) -> None:
    assert not is_open(told)


@pytest.mark.parametrize("told", NO_CONDITIONS, ids=str)
def test_what_asks_for_nothing_leaves_it_open(told: Told) -> None:
    assert is_open(told)


@pytest.mark.parametrize("told", STILL_OPEN, ids=str)
def test_what_is_known_to_be_missed(told: Told) -> None:
    assert is_open(told)


@pytest.mark.parametrize(
    "text",
    [
        "The songs may not be sold?",
        "Singers were told that the songs may not be sold.",
        "We asked whoever wants to sing to sign a form.",
        "Names of singers are for identification only.",
        "Use other than as allowed under this licence is prohibited.",
    ],
)
def test_a_question_a_tale_and_a_license_of_itself_set_none(text: str) -> None:
    assert outright_in(text) is None


def concluded(text: str, heading: str, front: str = "license: mit") -> LicenseConclusion:
    return conclude_card(card(f"---\n{front}\n---\n# Owls\n\nCalls.\n\n## {heading}\n\n{text}\n"))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Calls for speech synthesis", "The calls are NOT for commercial use."),
        ("Owls", "We are releasing them only for academic research use."),
        ("Overview", "- Data are sorted and licensed for non-commercial study under CC BY-NC 4.0."),
        ("License", "You do not have the right to redistribute the calls."),
        ("License", "No license is granted that lets you put the calls into a commercial product."),
        ("License", 'All rights belong to "www.owls.example".'),
        ("License", "In the event of termination you shall promptly return the calls."),
        ("Curators", "If interested in commercial use of the corpus, send an email to the owlery."),
        ("Considerations", "This corpus has calls and is not allowed to be used outside the zoo."),
        ("Contributing", "You must not share the held-out answers with anybody."),
        ("Citation and use", "Use of the calls in adverts is ruled out."),
        ("Notes", "Using these calls is allowed for academic research alone."),
    ],
)
def test_a_kind_that_real_cards_had_passed_with(heading: str, text: str) -> None:
    found = concluded(text, heading)
    assert found.state is LicenseState.CONFLICTING, found.reason


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Limitations", "The calls may not represent complete habitat distributions."),
        ("Uses", "It should not be used to train models that present guesses as facts."),
        ("Licensing", "MIT. The notes paraphrase public guidance. Nobody's name is included."),
        ("Licensing", "MIT. *(Confirm this is your license before publishing.)*"),
        ("Licensing", "MIT. Owl tasks use the whistles shipped with the harness."),
        ("Out of scope", "- Copying the sources onward without checking their licenses."),
        ("Personal information", "Listeners did not explicitly consent to the use of their notes."),
        ("Composition", "- **Confidential, offensive or personal data.**\n  - Names are invented."),
        ("Terms", "Use of unlabelled calls is always allowed."),
        ("Notes", "Redistributed without modification from the museum's page."),
        ("Note", "If you think this set breaches any copyright, please contact the owlery."),
        ("Contributing", "You must not share a branch before it is reviewed."),
        ("To do", "After redistribution rights are verified, publish that version of the data."),
    ],
)
def test_a_kind_that_real_cards_were_doubted_for(heading: str, text: str) -> None:
    found = concluded(text, heading)
    assert found.state is LicenseState.EXPLICIT, found.reason


def test_a_reservation_hides_no_condition() -> None:
    text = "We do not own the calls, and others must pay the owlery a fee."
    assert concluded(text, "License").state is LicenseState.CONFLICTING


def test_a_distribution_of_values_is_no_passing_on() -> None:
    assert limits_in("It may not match the distribution of nests.") is None
    found = limits_in("It may not be distributed.")
    assert found is not None
    assert found.restrictions == (Restriction.USE_RESTRICTIONS,)
    found = limits_in("Not for public distribution.")
    assert found is not None


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("license: mit\nextra_gated_prompt: You confirm that you are a student.", ""),
        ("license: mit", "## Hinweise\n\nNicht zum Training von Sprachmodellen zu verwenden."),
    ],
)
def test_a_gate_and_a_german_ban_of_training_close_a_card(front: str, body: str) -> None:
    found = conclude_card(card(f"---\n{front}\n---\n# Owls\n\nCalls.\n\n{body}\n"))
    assert found.state is LicenseState.CONFLICTING
