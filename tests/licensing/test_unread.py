"""Conditions that no rule understands: noticed in any words, and nothing else is."""

from __future__ import annotations

import pytest
from tests.closed_cards import Told
from tests.licensing.cases import card
from tests.licensing.test_closed_terms import concluded
from tests.unread_cards import CONDITIONS, NO_CONDITIONS, STILL_OPEN

from provenance.licensing import conclude_card, read_license_file
from provenance.licensing.answers import unread_answers
from provenance.licensing.gate import asked_in
from provenance.licensing.unread import Surroundings, condition_in
from provenance.licensing.use_rows import unread_in_row
from provenance.report.license import LicenseState, Meaning


def is_open(told: Told) -> bool:
    found = concluded(told)
    return found.state is LicenseState.EXPLICIT and "LicenseRef" not in found.concluded


@pytest.mark.parametrize("told", CONDITIONS, ids=str)
def test_a_condition_in_any_words_keeps_a_card_from_being_open(told: Told) -> None:
    assert not is_open(told), concluded(told).reason


@pytest.mark.parametrize("told", NO_CONDITIONS, ids=str)
def test_what_asks_for_nothing_leaves_it_open(told: Told) -> None:
    assert is_open(told), concluded(told).reason


@pytest.mark.parametrize("told", STILL_OPEN, ids=str)
def test_what_is_known_to_be_missed(told: Told) -> None:
    """Written down, so that one that is noticed some day moves to the others."""
    assert is_open(told)


def on(text: str, front: str = "license: mit") -> str:
    return f"---\n{front}\n---\n# Owls\n\n## License\n\n{text}\n"


WORDS = "The ministry may call the songs back at any time."


def test_the_conclusion_says_where_the_condition_stands() -> None:
    found = conclude_card(card(on(WORDS)))
    assert found.state is LicenseState.CONFLICTING
    assert "a condition that no rule understands" in found.reason
    (said,) = [s for s in found.statements if s.meaning is Meaning.UNREAD]
    assert said.evidence.line == 8
    assert said.raw.startswith("call the songs back")


@pytest.mark.parametrize("front", ["license: cc-by-nc-4.0", "license: openrail"])
def test_a_license_that_is_closed_or_watched_stands(front: str) -> None:
    with_it = conclude_card(card(on(WORDS, front)))
    without = conclude_card(card(on("See the tag.", front)))
    assert with_it.concluded == without.concluded


def test_a_condition_without_a_license_decides_nothing() -> None:
    found = conclude_card(card(f"# Owls\n\n## License\n\n{WORDS}\n"))
    assert found.state is LicenseState.NONE


def test_a_recognised_license_text_sets_no_condition() -> None:
    text = "MIT License\n\nCopyright (c) 2024 Owl Trust\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files, to deal in the Software without restriction, provided that the above copyright notice is included in all copies.\n"  # noqa: E501
    read = read_license_file(text.encode(), "datasets/owl/calls", None, "LICENSE")
    assert all(s.meaning is not Meaning.UNREAD for s in read.statements)


@pytest.mark.parametrize(
    ("text", "terms", "advice"),
    [
        ("Passing the songs on is off limits.", True, True),
        ("You must not share the data with third parties.", True, True),
        ("Model builders may listen, nothing else is granted to companies.", True, False),
        ("The data should not be used for medical decisions.", True, False),
        ("The songs were recorded without the birds being disturbed.", False, False),
        ("The calls are not copied from the radio.", False, False),
        ("You may use it without asking.", False, False),
        ("If you have doubts about the license, please contact us before use.", False, False),
        ("Are there tasks for which it should not be used?", False, False),
        ("The license may not give you all of the permissions necessary.", False, False),
        ("Do not use the songs to harass individuals.", False, False),
    ],
)
def test_where_a_condition_is_looked_for(text: str, terms: bool, advice: bool) -> None:
    assert (condition_in(text, Surroundings.TERMS) is not None) == terms
    assert (condition_in(text, Surroundings.ADVICE) is not None) == advice


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I will not hand the songs to others.", True),
        ("Please fill in the form to request access.", False),
        ("Your request will be reviewed within three days.", False),
        ("You share your contact information with the authors.", False),
    ],
)
def test_what_every_gate_asks_for_is_no_condition(text: str, found: bool) -> None:
    assert asked_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![x](https://img.shields.io/badge/license-academic%20use-blue)", True),
        ("![x](https://img.shields.io/badge/license-MIT-green)", False),
        ("![x](https://img.shields.io/badge/downloads-12-green)", False),
        ("May I resell the songs? Sorry, that cannot be done.", True),
        ("May I resell the songs? Sure.", False),
        ("Can I see the nests? No.", False),
    ],
)
def test_pictures_and_answers(text: str, found: bool) -> None:
    assert bool(list(unread_answers(text))) == found


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        (("Property", "Value"), ("Who may use it", "accredited scholars"), True),
        (("Property", "Value"), ("Access", "on application"), True),
        (("Property", "Value"), ("Access", "public"), False),
        (("Property", "Value"), ("Hours", "restricted"), False),
        (("Dataset", "Access"), ("Larks", "restricted"), False),
    ],
)
def test_rows_on_use(header: tuple[str, ...], row: tuple[str, ...], found: bool) -> None:
    assert (unread_in_row(header, row) is not None) == found


@pytest.mark.parametrize("name", ["LICENSE.pdf", "data/LICENSE.docx", "DATA_USE_AGREEMENT.pdf"])
def test_a_license_file_that_is_no_text_is_not_taken_for_the_tag_s(name: str) -> None:
    assert not is_open(Told("file", "", files={name: "%PDF-1.7"}))


def test_a_verb_is_no_part_of_the_name_of_terms() -> None:
    text = (
        "The set requires more.\n\n- Use: Requires Acme Data Agreement, see https://acme.example/a"
    )
    found = conclude_card(card(f"# Owls\n\n## License\n\n{text}\n"))
    assert "LicenseRef-Acme-Data-Agreement" in [s.expression for s in found.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Please fill in the form before downloading.",
        "You must sign the agreement first.",
        "Downloads require a registration.",
        "Users must complete the questionnaire.",
    ],
)
def test_a_form_to_fill_in_closes_nothing_by_itself(text: str) -> None:
    found = conclude_card(card(on(f"MIT. {text}")))
    assert found.state is LicenseState.EXPLICIT
    assert found.concluded == "MIT"


def test_what_a_form_asks_for_besides_is_noticed() -> None:
    found = conclude_card(card(on("MIT. You agree to delete the data upon request.")))
    assert found.state is LicenseState.CONFLICTING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Credit us and pay a fee of ten euros.", True),
        ("Please cite the paper and ask for written permission before you publish.", True),
        ("With attribution, only for universities.", True),
        ("No warranty is given and redistribution is prohibited.", True),
        ("The data may be redistributed only with attribution.", False),
        ("You must cite the paper when you publish results.", False),
        ("Use of the museum's name needs no permission as long as it is for citation.", False),
    ],
)
def test_a_harmless_word_hides_nothing_but_itself(text: str, found: bool) -> None:
    assert (condition_in(text, Surroundings.TERMS) is not None) is found


@pytest.mark.parametrize(
    "text",
    [
        "Every task must run end to end on freely redistributable tools.",
        "Reference data, not legal advice. Consult a qualified attorney before taking any action.",
        "Access is gated only so we can track who is using it.",
        "Currently, we have only released the labels.",
        "With reserved version DOI 10.1/1.",
        "No blocked payload has been uploaded.",
        "Artefatos derivados do catálogo e dados embutidos no bundle.",
        "This dataset extracts facts (thresholds, fee structures, deadlines).",
    ],
)
def test_what_has_another_subject_sets_no_condition(text: str) -> None:
    assert condition_in(text, Surroundings.TERMS) is None


def test_what_perhaps_holds_for_parts_beside_a_license_for_the_whole() -> None:
    perhaps = "## Note\n\nSome subsets of this dataset may be subject to other agreements."
    whole = Told("", f"## License\n\nThe whole corpus is under CC BY 4.0.\n\n{perhaps}", "")
    assert is_open(whole)
    assert not is_open(Told("", f"## License\n\nCC BY 4.0.\n\n{perhaps}", ""))


def test_the_head_of_a_table_may_be_a_row_on_use() -> None:
    table = "| Usage | {} |\n|---|---|\n| Size | 20 GB |\n"
    assert not is_open(Told("", table.format("by pupils")))
    assert is_open(Told("", table.format("Description")))
    assert is_open(Told("", table.format("by anyone")))


ASKED_OF_MAKERS = "- Use photos taken from public paths only.\n- Only upload songs with permission."


@pytest.mark.parametrize(
    "heading",
    ["Publishing rules", "Contributing", "Annotation guidelines", "How to add recordings"],
)
def test_what_is_asked_of_those_who_add_is_no_condition_of_use(heading: str) -> None:
    body = f"# Owls\n\n## License\n\nCC BY 4.0\n\n## {heading}\n\n{ASKED_OF_MAKERS}\n"
    assert conclude_card(card(body)).concluded == "CC-BY-4.0"


@pytest.mark.parametrize("heading", ["Publishing rules", "Annotation guidelines"])
def test_what_is_said_of_the_set_there_is_one(heading: str) -> None:
    said = "- You must not share this dataset with third parties."
    body = f"# Owls\n\n## License\n\nCC BY 4.0\n\n## {heading}\n\n{ASKED_OF_MAKERS}\n{said}\n"
    assert conclude_card(card(body)).state is LicenseState.CONFLICTING


@pytest.mark.parametrize("heading", ["Rules", "Publication policy", "Usage guidelines"])
def test_rules_for_those_who_take_a_set_are_read(heading: str) -> None:
    body = f"# Owls\n\n## License\n\nCC BY 4.0\n\n## {heading}\n\n- No papers before ours.\n- Photos may only be shared with members.\n"  # noqa: E501
    assert conclude_card(card(body)).state is LicenseState.CONFLICTING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Not suitable for production scanning without validation", False),
        ("It is not a substitute for a full audit without experts", False),
        ("Not suitable for redistribution without approval", True),
        ("Not suitable for production; use requires approval by the board", True),
    ],
)
def test_what_a_set_does_not_suit_is_advice(text: str, found: bool) -> None:
    read = conclude_card(card(on(f"- {text}")))
    assert (read.state is not LicenseState.EXPLICIT) == found, read.reason


def test_what_a_mirror_holds_is_told() -> None:
    note = "> Redaction is done upstream; this mirror distributes only the public export.\n"
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n{note}"))
    assert found.concluded == "MIT"
    assert not found.reason.count("condition")


@pytest.mark.parametrize(
    "heading",
    [
        "### *Copyright © 2021 Heron Group. All rights reserved. For academic research only.*",
        "# This corpus of songs may be used for research purposes only.",
    ],
)
def test_terms_written_as_a_heading_are_terms(heading: str) -> None:
    read = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\nSongs.\n\n{heading}\n\nMore.\n"))
    assert read.state is LicenseState.CONFLICTING


def test_a_heading_that_only_names_research_sets_no_terms() -> None:
    read = conclude_card(
        card("---\nlicense: mit\n---\n# Owls\n\n## Songs for research purposes\n\nMore.\n")
    )
    assert read.state is LicenseState.EXPLICIT
