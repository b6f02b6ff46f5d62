from __future__ import annotations

import pytest
from tests.licensing.cases import card, say

from provenance.licensing import conclude_card, license_files
from provenance.report.license import LicenseState, Meaning

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
