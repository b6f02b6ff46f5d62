"""Widths of text are those of a terminal, with and without the table of widths."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth, wcwidth

from provenance.render.layout import _NARROW, clip, width


def test_characters_taken_to_be_narrow_are() -> None:
    narrow = [chr(c) for c in range(sys.maxunicode + 1) if _NARROW.fullmatch(chr(c))]
    assert len(narrow) > 1000
    assert {wcwidth(char) for char in narrow} == {1}


@given(st.text(alphabet="a é\u2026\u2588\u4e2d\u0301\U0001f600\ufe0f", max_size=12))
def test_the_width_of_a_text_is_that_of_the_table(text: str) -> None:
    assert width(text) == max(wcswidth(text), 0)


@pytest.mark.parametrize(
    ("text", "clipped"), [("abcdef", "abc\u2026"), ("\u4e2d\u6587x", "\u4e2d\u2026")]
)
def test_a_clipped_text_has_room(text: str, clipped: str) -> None:
    assert clip(text, 4) == clipped
