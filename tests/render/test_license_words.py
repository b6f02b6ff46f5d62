"""A license in a few words: what a card only says is no license's name."""

from __future__ import annotations

from tests.licensing.cases import card

from provenance.licensing import conclude_card
from provenance.render.set_words import license_words


def words(text: str, front: str = "license: mit") -> str:
    return license_words(
        conclude_card(card(f"---\n{front}\n---\n# Owls\n\n## License\n\n{text}\n"))
    )


def test_words_of_a_card_stand_in_quotation_marks() -> None:
    assert words("The songs are **for research only**.") == "MIT / “research only**.”"
    assert words("See the LICENSE file.", "language: en") == "“See the LICENSE file.”"


def test_a_pointer_is_nothing_that_disagrees() -> None:
    said = words("The songs are for research only.\n\nSee `NOTICE` for the license.")
    assert "NOTICE" not in said
    assert said.startswith("MIT / “")


def test_values_of_fields_stand_as_they_are() -> None:
    assert words("", "license: other") == "other"
    assert words("Under CC BY-NC 4.0.") == "MIT / CC-BY-NC-4.0"
