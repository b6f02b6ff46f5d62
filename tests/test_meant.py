"""What somebody may have meant."""

from __future__ import annotations

import pytest

from provenance.meant import did_you_mean, nearest


@pytest.mark.parametrize(
    ("word", "found"),
    [("stricct", ["strict"]), ("gpdr", ["gdpr"]), ("strict", ["strict"]), ("zebra", []), ("", [])],
)
def test_the_nearest_word(word: str, found: list[str]) -> None:
    assert nearest(word, ("default", "gdpr", "strict")) == found


def test_several_and_how_alike() -> None:
    known = ("owls-2", "owls-1", "cats")
    assert sorted(nearest("owls-3", known, 3)) == ["owls-1", "owls-2"]
    assert nearest("owls-3", known, 3, alike=0.99) == []


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "; did you mean a?"), (["a", "b"], "; did you mean a or b?")],
)
def test_the_hint(words: list[str], text: str) -> None:
    assert did_you_mean(words) == text
