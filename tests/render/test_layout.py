"""Widths of text are those of a terminal, with and without the table of widths."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from provenance.render.layout import clip, width, wrap


@given(st.text(alphabet="a é\u2026\u2588\u4e2d\u0301\U0001f600", max_size=12))
def test_the_width_of_a_text_is_that_of_another_table(text: str) -> None:
    assert width(text) == max(wcswidth(text), 0)


@pytest.mark.parametrize(
    ("text", "clipped"), [("abcdef", "abc\u2026"), ("\u4e2d\u6587x", "\u4e2d\u2026")]
)
def test_a_clipped_text_has_room(text: str, clipped: str) -> None:
    assert clip(text, 4) == clipped


def test_lines_break_at_spaces_and_in_words_that_are_longer() -> None:
    assert wrap("ab  cd efghijk", 5) == ["ab cd", "efghi", "jk"]
    assert wrap("\u4e2d\u6587\u4e2d", 5) == ["\u4e2d\u6587", "\u4e2d"]
    assert wrap(" ", 5) == []


def test_a_page_is_written_without_what_lays_out_terminals() -> None:
    code = (
        "import sys, provenance.render.html, provenance.render.layout as layout;"
        "layout.clip('abcdef', 4); layout.clip_middle('abcdef', 4);"
        "print([m for m in ('rich.console', 'rich.text', 'rich.table') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
