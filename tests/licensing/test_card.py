from __future__ import annotations

import pytest
from tests.licensing.cases import card, say

from provenance.licensing import conclude_card, license_files
from provenance.report.license import LicenseState, Meaning
from provenance.vocabulary.restrictions import Restriction

FILES = ("README.md", "LICENSE", "data/LICENSE", "LICENSE.md", "license_counts.csv", "COPYING")


def test_tag_body_and_more_are_concluded_together() -> None:
    text = "---\nlicense: mit\n---\n# Birds\n\n## License\n\nCC BY 4.0\n"
    conclusion = conclude_card(card(text))
    assert conclusion.state is LicenseState.CONFLICTING
    assert [s.expression for s in conclusion.statements] == ["MIT", "CC-BY-4.0"]
    assert conclude_card(card("# Birds\n"), [say("MIT")]).concluded == "MIT"


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("license: mit", ("COPYING", "LICENSE", "LICENSE.md")),
        ("license: unknown", ("COPYING", "LICENSE", "LICENSE.md")),
        ("license: other", ("COPYING", "LICENSE", "LICENSE.md")),
        ("pretty_name: Birds", ("COPYING", "LICENSE", "LICENSE.md")),
        ("license: other\nlicense_link: LICENSE.md", ("LICENSE.md", "COPYING", "LICENSE")),
        ("license: mit\nlicense_link: LICENSE.md", ("LICENSE.md",)),
        ("license: mit\nlicense_link: ./data/LICENSE", ("data/LICENSE",)),
        ("license: mit\nlicense_link: MISSING", ()),
        ("license: mit\nlicense_link: ../../etc/passwd", ()),
        ("license: mit\nlicense_link: /etc/passwd", ()),
        ("license: mit\nlicense_link: https://example.org/LICENSE", ()),
        (
            "license: mit\nlicense_link: https://huggingface.co/datasets/acme/birds/blob/main/LICENSE",
            ("LICENSE",),
        ),
        ("license: mit\nlicense_link: https://huggingface.co/acme/owls/blob/main/LICENSE", ()),
    ],
)
def test_files_to_look_at(front: str, wanted: tuple[str, ...]) -> None:
    subject = card(f"---\n{front}\n---\n")
    assert license_files(subject, conclude_card(subject), FILES)[0][: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("See `LICENSE` for the terms.", ("LICENSE",)),
        ("The terms are in the DATA_LICENSE file.", ("DATA_LICENSE",)),
        ("See LICENSE.md.", ("LICENSE.md",)),
        ("See `LICENSE-DATA` and the LICENSE file.", ("LICENSE-DATA", "LICENSE")),
        ("See `src/LICENSE.py`.", ()),
        ("A LICENSE is a grant.", ()),
        ("This is under the MIT LICENSE.", ()),
    ],
)
def test_a_file_that_is_named_in_words_is_read_without_a_listing(
    words: str, wanted: tuple[str, ...]
) -> None:
    subject = card(f"---\nlicense: mit\n---\n# Birds\n\n## License\n\n{words}\n")
    assert license_files(subject, conclude_card(subject), None) == (wanted, False)


def test_a_license_file_tells_what_other_is() -> None:
    subject = card("---\nlicense: other\nlicense_name: birds\n---\n")
    conclusion = conclude_card(subject)
    assert conclusion.state is LicenseState.EXPLICIT
    assert [s.meaning for s in conclusion.statements] == [Meaning.VAGUE, Meaning.REFERS]
    assert license_files(subject, conclusion, ("LICENSE",)) == (("LICENSE",), False)


@pytest.mark.parametrize(
    "text",
    [
        "It is made available under the terms of use set by the owners of the respective sites.",
        "All recordings are under the conditions of their individual publishers.",
        "Each file is subject to the terms of the original station.",
    ],
)
def test_terms_that_each_owner_sets_are_not_said(text: str) -> None:
    found = conclude_card(card(f"# Owls\n\n## License\n\n{text}\n"))
    assert found.state is LicenseState.AMBIGUOUS


def test_terms_that_the_card_sets_itself_are_explicit() -> None:
    said = "The archive is made available under the terms of use set out in the agreement below."
    assert conclude_card(card(f"# Owls\n\n## License\n\n{said}\n")).state is LicenseState.EXPLICIT


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("## License\n\nThis is NOT a\nShareAlike or Non-Commercial license; cite us.", False),
        ("## License\n\nThis is a ShareAlike or Non-Commercial license.", True),
        ("## Intended use\n\n- non-commercial research on calls of owls\n- benchmarks", False),
        ("## Intended use\n\n- only non-commercial research on calls of owls", True),
        ("## Intended use\n\n- non-commercial research on calls, and must not be sold", True),
        ("## Intended use\n\nNon-commercial research use.", True),
    ],
)
def test_what_denies_a_limit_or_names_one_use_of_many_limits_nothing(
    text: str, closed: bool
) -> None:
    found = conclude_card(card(f"---\nlicense: cc-by-4.0\n---\n# Owls\n\n{text}\n"))
    assert (found.state is not LicenseState.EXPLICIT) == closed, found.reason


@pytest.mark.parametrize(
    "text",
    [
        "You may not redistribute the data, and you may not use our names to endorse products.",
        "The data must not be used to train models, and should not be used to train models that"
        " generate hateful content.",
        "The data must not be used to train models, and should not be used to train models that"
        " present guesses as facts.",
        "This is not a ShareAlike or Non-Commercial license, yet commercial use is prohibited.",
        "The data is not large enough to train models and must not be used to train models.",
    ],
)
def test_what_only_looks_like_a_term_hides_no_other(text: str) -> None:
    front = "---\nlicense: cc-by-4.0\n---\n# Owls\n\n## Terms of use"
    found = conclude_card(card(f"{front}\n\n{text}\n"))
    assert found.state is LicenseState.CONFLICTING, found.reason


def test_a_ban_on_training_alone_grants_nothing() -> None:
    found = conclude_card(card("# Owls\n\n> **Please do not use them for model training.**\n"))
    assert found.state is LicenseState.AMBIGUOUS
    assert found.restrictions == (Restriction.NO_TRAINING,)
    granted = conclude_card(card("# Owls\n\nMay be used for research only, not for training.\n"))
    assert granted.state is LicenseState.EXPLICIT


@pytest.mark.parametrize(
    "text",
    [
        "The labelled data may only be used for evaluation purposes.",
        "This archive is to be used solely for evaluation.",
    ],
)
def test_a_limit_on_evaluation_is_no_tale_of_a_split(text: str) -> None:
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n## Use\n\n{text}\n"))
    assert found.state is LicenseState.CONFLICTING


def test_a_row_that_tells_the_kind_of_authorization_is_a_license() -> None:
    row = "<table>\n<tr>\n<td>Authorization Type</td>\n<td>CC-BY-NC 4.0</td>\n</tr>\n</table>"
    found = conclude_card(card(f"---\nlicense: mit\n---\n# Owls\n\n{row}\n"))
    assert found.state is LicenseState.CONFLICTING


def test_the_only_license_of_a_version_is_meant() -> None:
    found = conclude_card(card("# Owls\n\n## License\n\nLicensed under CDLA 2.0.\n"))
    assert found.concluded == "CDLA-Permissive-2.0"
