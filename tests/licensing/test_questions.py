"""Questions of datasheets on licensing, and what stands below them."""

from __future__ import annotations

import pytest
from tests.licensing.cases import card

from provenance.licensing import conclude_card
from provenance.licensing.limits import limits_in
from provenance.licensing.questions import asks_for_license, asks_of_others
from provenance.report.license import LicenseConclusion, LicenseState

LICENSE = (
    "Will the songs be distributed under a copyright or other intellectual property (IP) license, "
    "and/or under applicable terms of use (ToU)?"
)
OTHERS = (
    "Have any third parties imposed IP-based or other restrictions on the data associated with "
    "the instances?"
)
EXPORT = "Do any export controls or other regulatory restrictions apply to the songs?"
RESOURCES = (
    "Are there any restrictions (e.g., licenses, fees) associated with any of the external "
    "resources that the songs rely on?"
)


def concluded(body: str, front: str = "license: mit") -> LicenseConclusion:
    head = f"---\n{front}\n---\n" if front else ""
    return conclude_card(card(f"{head}# Owls\n\nCalls of owls.\n\n{body}\n"))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (LICENSE, True),
        (f"4.2. {LICENSE}", True),
        (f"Q7: {LICENSE} If so, please describe it.", True),
        (OTHERS, True),
        (EXPORT, True),
        (RESOURCES, False),
        ("Is the code released under a license?", False),
        ("Will the owls be released under the full moon of the third month of the year?", False),
        ("Under which license owls are released has been the subject of this project", False),
    ],
)
def test_what_is_asked(question: str, asked: bool) -> None:
    assert asks_for_license(question) == asked
    assert asks_of_others(question) == (question == RESOURCES)


@pytest.mark.parametrize("level", ["#", "##", "####"])
def test_a_long_question_opens_a_licensing_section_and_is_read_to_its_end(level: str) -> None:
    found = concluded(f"{level} {LICENSE}\n\nYes, CC BY 4.0.", front="")
    assert (found.state, found.concluded) == (LicenseState.EXPLICIT, "CC-BY-4.0")
    assert not found.truncated


@pytest.mark.parametrize("question", [OTHERS, EXPORT])
@pytest.mark.parametrize(
    "answer",
    [
        "No.",
        "Not that we know of.",
        "There are none to our knowledge.",
        "N/A",
        "No, there are no export controls or other regulatory restrictions that apply to it.",
    ],
)
def test_an_answer_no_restricts_nothing(question: str, answer: str) -> None:
    found = concluded(f"## {question}\n\n{answer}")
    assert (found.concluded, found.truncated) == ("MIT", False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (LICENSE, "It is given under CC BY-NC 4.0."),
        (OTHERS, "Yes. The zoo asks that its recordings are not used for advertising."),
        (EXPORT, "Yes, it must not leave the country."),
    ],
)
def test_an_answer_that_restricts_is_read(question: str, answer: str) -> None:
    for body in (f"## {question}\n\n{answer}", f"**{question}**\n\n{answer}"):
        assert concluded(body).state is LicenseState.CONFLICTING


def test_licenses_of_external_resources_are_not_the_sets() -> None:
    found = concluded(f"## {RESOURCES}\n\nThe videos are under CC BY-NC 4.0.\n\n## License\n\nMIT.")
    assert (found.concluded, found.truncated) == ("MIT", False)


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        ("- Not suitable for hunting without a guide", True),
        ("- Not a substitute for a walk", True),
        ("- Should not be used for commercial purposes", False),
        ("It must not be sold.", False),
    ],
)
def test_what_a_set_does_not_suit_is_no_ban(answer: str, is_open: bool) -> None:
    heading = "Are there tasks for which the songs should not be used?"
    assert (concluded(f"## {heading}\n\n{answer}").concluded == "MIT") == is_open


def test_terms_below_what_was_not_taken_are_of_other_sets() -> None:
    text = "## Cited, never used\n\n- **Moths**: CC BY-NC 4.0. No derivatives, so not a sample."
    assert concluded(text).concluded == "MIT"
    used = "## Not for resale\n\nThe songs may not be sold."
    assert concluded(used).concluded != "MIT"


@pytest.mark.parametrize(
    "text",
    [
        "- Maps and figures (`maps/`):\n  CC BY 4.0.",
        "> **“Counting owls by ear in ten cities and what use it is”**\n\nCC BY 4.0",
        "CC BY 4.0. The repository's MIT code licence does not release the data.",
        "CC BY 4.0. The first table is reproduced from the earlier study of the same group.",
    ],
)
def test_lines_that_set_no_condition(text: str) -> None:
    assert concluded(f"## License\n\n{text}", "license: cc-by-4.0").concluded == "CC-BY-4.0"


def test_the_notice_of_a_bsd_license_reserves_nothing() -> None:
    text = "## License\n\nBSD 2-Clause.\n\nCopyright (c) 2010, The Zoo\nAll rights reserved."
    assert "all-rights-reserved" not in concluded(text, "license: bsd-2-clause").restrictions
    alone = "## License\n\nCopyright (c) 2010, The Zoo\nAll rights reserved."
    assert concluded(alone, "license: bsd-2-clause").state is LicenseState.CONFLICTING


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("No permission is granted to use it for commercial or non-commercial purposes.", True),
        ("You do not need permission for commercial or non-commercial use.", False),
        ("It is free, not only for research but for commercial or private use.", False),
        ("We did not want to use photos but want to train a model.", False),
        ("You may not train a model on it but sing along.", True),
        ("It was not built for competitive purposes.", False),
    ],
)
def test_what_a_denial_reaches(text: str, limited: bool) -> None:
    assert (limits_in(text, licensing=True) is not None) == limited
