"""Ways of speaking of a license, each of which was once read as another."""

from __future__ import annotations

import pytest
from tests.licensing.cases import card, section

from provenance.cards.card import excerpt_around
from provenance.licensing import conclude_card, read_license_file
from provenance.licensing.gate import read_gate
from provenance.report.license import LicenseConclusion, Meaning, Scope
from provenance.vocabulary.restrictions import Restriction

NC = Restriction.NON_COMMERCIAL


def concluded(text: str, file: str = "", tag: str = "") -> LicenseConclusion:
    """On a card whose Licensing section is ``text``, with a LICENSE beside it."""
    front = f"---\nlicense: {tag}\n---\n" if tag else ""
    subject = card(f"{front}# Birds\n\nSounds of birds.\n\n## License\n\n{text}\n")
    extra = (
        read_license_file(file.encode(), subject.repo, None, "LICENSE").statements if file else ()
    )
    return conclude_card(subject, extra, ("README.md", "LICENSE"))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        # names of programs that a project uses, as a code repository's README lists them
        (
            "Most of the birds is licensed under CC BY-NC 4.0, however portions of the project are "
            "available under separate license terms: Chirp is licensed under the MIT license.",
            "CC-BY-NC-4.0",
        ),
        # files of the repository are no files of data
        (
            "In the code repository the `LICENSE` file says MIT, but `sing.py` says Apache 2.0.",
            "NONE",
        ),
        ("**Data:** CC-BY-4.0 (`data/`, `docs/`)\n**Code:** Apache-2.0 (`src/`)", "CC-BY-4.0"),
        ("Our scripts and metadata are under CC BY 4.0.", "CC-BY-4.0"),
        # rows of a table that the set does not hold
        (
            "| Part | License |\n|---|---|\n| Songs | CC BY 4.0 |\n| Code (elsewhere) | MIT |\n"
            "| Weights | NOT distributed; fetch from Zenodo (GPLv3) |",
            "CC-BY-4.0",
        ),
    ],
)
def test_what_is_of_code_or_not_in_the_set(text: str, whole: str) -> None:
    assert concluded(text).concluded == whole


def test_names_in_a_list_share_their_subject() -> None:
    found = concluded(
        "The single songs were published under either "
        "[CC BY 2.0](https://creativecommons.org/licenses/by/2.0/), "
        "[CC BY-NC 2.0](https://creativecommons.org/licenses/by-nc/2.0/) or CC0 1.0.\n\n"
        "The corpus itself is under CC BY-NC-SA 4.0."
    )
    assert [p.name for p in found.parts] == ["The single songs"]
    assert len(found.parts[0].statements) == 3


@pytest.mark.parametrize("word", ["There", "is", "which", "These"])
def test_a_word_that_names_nothing_is_no_part(word: str) -> None:
    found = concluded(f"{word} is licensed under MIT, the dictionary is GPL-3.0.")
    assert word not in [p.name for p in found.parts]


@pytest.mark.parametrize(
    "text",
    [
        "Do not include it in training corpora.",
        "Please exclude this dataset from pre-training and fine-tuning data.",
        "Do not train on this benchmark.",
        "This data must never be used in a training set of a language model.",
    ],
)
def test_a_benchmark_that_asks_to_be_kept_out_of_training(text: str) -> None:
    subject = card(f"---\nlicense: mit\n---\n# Birds\n\n## Canary\n\n{text}\n")
    found = conclude_card(subject)
    assert found.state.value == "conflicting"
    assert Restriction.NO_TRAINING in found.restrictions


@pytest.mark.parametrize(
    "text",
    [
        "The source recordings are not redistributed here.",
        "No text is distributed in this repository.",
        "This work is not published by the museum.",
    ],
)
def test_what_is_told_is_no_term(text: str) -> None:
    assert Restriction.USE_RESTRICTIONS not in concluded(f"CC BY 4.0. {text}").restrictions


@pytest.mark.parametrize("text", ["It cannot be sold.", "You may not share it.", "No resale."])
def test_what_is_forbidden_is_one(text: str) -> None:
    assert Restriction.USE_RESTRICTIONS in concluded(f"CC BY 4.0. {text}").restrictions


def test_a_license_that_is_only_proposed_is_none() -> None:
    notice = (
        "# Notice\n\nThe owners will select a license. CC BY 4.0 is the proposed default.\n\n"
        "Until then no license is granted for the songs.\n"
    )
    assert concluded("See LICENSE.", notice).state.value != "explicit"
    assert concluded("", notice).state.value == "none"
    assert concluded("See LICENSE.", notice, tag="mit").state.value == "conflicting"
    given = "Owl Data License\n\nYou may use the songs. No rights are granted to the name.\n"
    assert concluded("", given).concluded == "LicenseRef-Owl-Data-License"


def test_a_plan_is_no_license() -> None:
    assert concluded("We plan to release the songs under CC BY 4.0.").state.value == "ambiguous"
    assert concluded("The songs will be released under CC BY 4.0.").concluded == "CC-BY-4.0"
    stricter = concluded("We plan to release the songs under CC BY-NC 4.0.", tag="mit")
    assert stricter.state.value == "conflicting"


def test_two_texts_that_are_called_license_are_two() -> None:
    one, two = (
        concluded("", f"# License\n\nYou may use the songs of {bird} as you like.\n").concluded
        for bird in ("owls", "larks")
    )
    assert one != two
    assert one.startswith("LicenseRef-license-text-")


def test_what_a_file_says_of_the_code_is_the_codes() -> None:
    file = "The code in this repository is licensed under CC BY-NC 4.0, for non-commercial use.\n"
    found = concluded("CC BY 4.0", file, tag="cc-by-4.0")
    assert (found.state.value, found.concluded) == ("explicit", "CC-BY-4.0")


def test_a_heading_that_holds_the_license() -> None:
    heading = "license: cc-by-4.0 // See https://birds.example/songs/of/all/the/birds for details"
    assert conclude_card(card(f"# Birds\n\n## {heading}\n")).concluded == "CC-BY-4.0"


def test_commercial_use_after_a_form_is_registration() -> None:
    found = concluded(
        "Owl License Agreement. The songs are free for academic research. after filling out a "
        '["questionnaire"](https://birds.example/form) are also available for free commercial use.'
    )
    assert found.restrictions == (Restriction.REGISTRATION,)


@pytest.mark.parametrize(
    "text", ["Same terms as the parent dataset.", "This set inherits the license of its source."]
)
def test_terms_that_stand_elsewhere_are_not_said(text: str) -> None:
    assert concluded(text).state.value == "ambiguous"


def test_what_was_not_tested_is_not_forbidden() -> None:
    text = "---\nlicense: mit\n---\n# Birds\n\n## Limitations\n\n{}\n"
    told = conclude_card(card(text.format("We did not test commercial applications.")))
    assert told.state.value == "explicit"
    banned = conclude_card(card(text.format("We do not allow commercial use.")))
    assert banned.state.value == "conflicting"


def test_a_rule_below_a_section_says_nothing() -> None:
    found = conclude_card(section("MIT\n\n---"))
    assert [s.meaning for s in found.statements] == [Meaning.NAMES]


GATE = """\
---
license: cc-by-4.0
extra_gated_prompt: >-
  The songs are for listeners. By asking you agree to (1) tell us
  your name, (2) use them for non-commercial purposes
  only, and (3) not train models on
  any of them.
---
# Birds
"""


def test_each_term_of_a_gate_is_quoted_at_its_line() -> None:
    found = read_gate(card(GATE)).statements
    assert [(s.restrictions, s.evidence.line) for s in found] == [
        ((NC,), 5),
        ((Restriction.NO_TRAINING,), 6),
    ]
    assert "non-commercial" in found[0].evidence.excerpt
    assert "not train models" in found[1].evidence.excerpt


def test_terms_far_apart_are_quoted_apart() -> None:
    text = f"You may not use the songs commercially {'and the birds sing ' * 20}nor train models."
    text = text.replace("nor train models", "and you must not train models on them")
    found = [s for s in concluded(text).statements if s.meaning is Meaning.RESTRICTS]
    assert len(found) == 2
    assert "commercially" in found[0].evidence.excerpt
    assert "not train models" in found[1].evidence.excerpt


def test_the_title_of_a_text_is_quoted() -> None:
    text = "MIT License\n\nCopyright (c) 2021 Acme Birds\n\nPermission is hereby granted, free of "
    text += "charge, to any person obtaining a copy of this software and associated documentation "
    text += 'files (the "Software"), to deal in the Software without restriction.\n'
    [*_, said] = read_license_file(text.encode(), "datasets/acme/birds", None, "LICENSE").statements
    assert said.evidence.line == 1
    assert said.scope is Scope.DATA


def test_an_excerpt_holds_the_words_it_is_for() -> None:
    long = "x " * 50 + "these words decide " + "and more " * 40
    for words in ("these words decide", "these words decide " + ("and more " * 12).strip()):
        assert words in excerpt_around(long, words)
    assert excerpt_around("these words decide", "words") == "these words decide"


@pytest.mark.parametrize(
    "text",
    [
        "Commercial use requires a separate license.",
        "Use in commercial products requires permission.",
        "For commercial use, please contact us.",
        "May be used for research but not for profit.",
        "The songs can only be used by academic institutions.",
        "The songs are available to researchers only.",
        "For research purposes and not for commercial use.",
        "Copyright belongs to the authors. Non-commercial use is allowed.",
        "Not to be used for research or commercial purposes.",
    ],
)
def test_words_that_close_a_use_are_never_taken_for_a_grant(text: str) -> None:
    found = concluded(text, tag="mit")
    assert found.state.value == "conflicting"
    assert {NC, Restriction.RESEARCH_ONLY} & set(found.restrictions)


@pytest.mark.parametrize(
    "text",
    [
        "Free for research and commercial use.",
        "MIT. For commercial or non-commercial purposes.",
        "MIT does not restrict commercial or non-commercial use.",
        "Commercial use is allowed.",
    ],
)
def test_a_grant_of_both_closes_nothing(text: str) -> None:
    assert concluded(text, tag="mit").concluded == "MIT"


def test_things_of_a_set_and_who_may_use_them() -> None:
    text = "---\nlicense: mit\n---\n# Birds\n\nThe recordings may be used for research only.\n"
    assert conclude_card(card(text)).state.value == "conflicting"


def test_a_license_of_the_whole_repository_is_of_the_set_where_nothing_else_is() -> None:
    words = "This repository is licensed under the MIT License."
    assert concluded(words).concluded == "MIT"
    assert concluded(words, tag="cc-by-4.0").concluded == "CC-BY-4.0"
    assert concluded(f"{words}\n\nThe dataset is CC BY-NC 4.0.").concluded == "CC-BY-NC-4.0"
    assert concluded("The code in this repository is MIT.").concluded == "NONE"
    assert concluded("Released under MIT for both code and data.").concluded == "MIT"
    assert conclude_card(card("# Birds\n\n<b>License</b>: MIT\n")).concluded == "MIT"


def test_a_label_of_code_in_another_language_and_one_of_code_and_data() -> None:
    found = concluded("- Código: MIT\n- Datos: CC BY 4.0")
    assert found.concluded == "CC-BY-4.0"
    assert "CC-BY-4.0" in concluded("- Labels, splits and code: CC BY 4.0").concluded


@pytest.mark.parametrize(
    "text",
    [
        "The songs are taken from freely available broadcasts for research purposes.",
        "Derived from archives accessible to all for scientific study, in keeping with them.",
        "The recordings were obtained for research purposes.",
        "The calls are intended to be used for academic research.",
    ],
)
def test_what_something_was_made_from_or_for_restricts_nothing(text: str) -> None:
    """A source and an aim are no grant, so nothing is left out by it."""
    assert Restriction.RESEARCH_ONLY not in concluded(text).restrictions


@pytest.mark.parametrize(
    "text",
    [
        "The songs are taken from broadcasts and available for research purposes.",
        "Taken from freely available broadcasts for research purposes; they may be used for "
        "scientific research.",
        "The recordings were released for research purposes.",
        "Derived from broadcasts for research purposes only.",
        "The calls are intended to be used for academic research only.",
    ],
)
def test_what_is_granted_for_research_is_granted_for_that(text: str) -> None:
    assert Restriction.RESEARCH_ONLY in concluded(text).restrictions


SONGS = "- Songs, calls → **CC BY 4.0**\n- Lists, tables → **Apache-2.0**\n"


@pytest.mark.parametrize(
    "front", ["license: apache-2.0", "license: apache-2.0\nlicense_name: owls-mixed", "pretty: x"]
)
@pytest.mark.parametrize(
    "listed",
    [
        SONGS,
        "- Songs: CC BY 4.0\n- Lists: Apache-2.0\n",
        "- Songs — CC BY 4.0\n- Lists — Apache-2.0\n",
        "| Part | License |\n|---|---|\n| Songs | CC BY 4.0 |\n| Lists | Apache-2.0 |\n",
    ],
)
def test_a_list_of_parts_is_all_of_them(front: str, listed: str) -> None:
    found = conclude_card(card(f"---\n{front}\n---\n# Owls\n\n## Licensing\n\n{listed}"))
    assert found.state.value == "explicit", found.reason
    assert sorted(found.concluded.split(" AND ")) == ["Apache-2.0", "CC-BY-4.0"]
    assert len(found.parts) == 2


def test_a_tag_that_the_text_repeats_is_of_the_whole() -> None:
    body = f"# Owls\n\n## Licensing\n\nReleased under Apache-2.0.\n\n{SONGS}"
    assert conclude_card(card(f"---\nlicense: apache-2.0\n---\n{body}")).concluded == "Apache-2.0"


MIXED = "license: apache-2.0\nlicense_name: owls-mixed"


def test_a_name_for_several_licenses_is_undecided_while_one_is_not_named() -> None:
    listed = f"{SONGS}- Nest photos → see the ringers' page\n"
    found = conclude_card(card(f"---\n{MIXED}\n---\n# Owls\n\n## Licensing\n\n{listed}"))
    assert found.state.value == "ambiguous"
    assert "Nest photos" in found.reason


def test_a_name_for_several_licenses_without_a_list_is_another_one() -> None:
    found = conclude_card(card(f"---\n{MIXED}\n---\n# Owls\n\n## Licensing\n\nSee above.\n"))
    assert found.state.value == "conflicting"
    named = conclude_card(
        card(f"---\nlicense: apache-2.0\nlicense_name: owl-terms\n---\n## Licensing\n\n{SONGS}")
    )
    assert named.state.value == "conflicting"


@pytest.mark.parametrize("said", ["**not distributed**", "not included here", "not published."])
def test_a_part_that_is_not_there_needs_no_license(said: str) -> None:
    found = conclude_card(
        card(f"---\n{MIXED}\n---\n# Owls\n\n## Licensing\n\n{SONGS}- Drafts → {said}\n")
    )
    assert found.concluded == "Apache-2.0 AND CC-BY-4.0", found.reason


@pytest.mark.parametrize("label", ["Redistribution", "The data", "Sharing with others"])
def test_what_may_not_be_done_is_no_missing_part(label: str) -> None:
    listed = f"- {label}: not provided for\n- {label}: not distributed\n"
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n## Licensing\n\n{listed}"))
    assert Restriction.USE_RESTRICTIONS in found.restrictions
