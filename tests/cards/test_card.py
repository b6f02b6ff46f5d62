from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.cards import read_card
from provenance.cards.card import excerpt_around
from provenance.cards.yaml_tree import Scalar
from provenance.report.evidence import excerpt


def license_of(data: bytes) -> str | None:
    node = read_card(data, "datasets/x").get("license")
    return node.text if isinstance(node, Scalar) else None


@pytest.mark.parametrize(
    "data",
    [
        b"---\nlicense: mit\n---\n# Title\n",
        b"\xef\xbb\xbf---\nlicense: mit\n---\n",
        b"---\r\nlicense: mit\r\n---\r\nbody\r\n",
        b"\n\n---\nlicense: mit\n---\n",
        b"<!-- a comment\nof two lines -->\n---\nlicense: mit\n---\n",
        b"---\nlicense: mit\n---\n---\nlicense: gpl\n---\n",
        b"---  \nlicense: mit\n--- \n",
    ],
)
def test_front_matter_is_found(data: bytes) -> None:
    assert license_of(data) == "mit"


def test_body_starts_after_the_front_matter() -> None:
    card = read_card(b"---\nlicense: mit\n---\n# Title\ntext\n", "datasets/x", "abc")
    assert card.body_start == 4
    assert card.body.startswith("# Title")
    evidence = card.quote(5)
    assert (evidence.line, evidence.excerpt, evidence.revision) == (5, "text", "abc")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "no card"),
        (b"", "empty"),
        (b"---\nlicense: mit\n", "not closed"),
        (b"---\n- a\n---\n", "not a mapping"),
        (b"---\na: [\n---\n", "not readable YAML"),
        (b"\x89PNG\x00\x00", "binary"),
        (b"# caf\xe9\n", "not UTF-8"),
        (b"x" * 3_000_001, "only the first"),
    ],
)
def test_problems_are_said(data: bytes | None, words: str) -> None:
    card = read_card(data, "datasets/x")
    assert any(words in problem.message for problem in card.problems)
    assert card.front.entries == ()


def test_no_front_matter_is_no_problem() -> None:
    card = read_card(b"# Title\n---\nlicense: mit\n---\n", "datasets/x")
    assert card.problems == ()
    assert card.get("license") is None
    assert card.body_start == 1


def test_an_unclosed_comment_hides_everything() -> None:
    assert license_of(b"<!-- never closed\n---\nlicense: mit\n---\n") is None


def test_a_problem_in_front_matter_has_its_line() -> None:
    card = read_card(b"---\na: 1\nb: [\n---\n", "datasets/x")
    assert card.problems[0].line in {3, 4}


def test_quote_beyond_the_file_is_empty() -> None:
    assert read_card(b"a", "datasets/x").quote(99).excerpt == ""


def test_long_lines_are_cut_around_the_words() -> None:
    text = "start " * 100 + "the needle here" + " end" * 100
    shown = excerpt_around(text, "needle")
    assert "needle" in shown
    assert len(shown) <= 240
    assert shown.startswith("…")
    assert shown.endswith("…")


@given(st.text(max_size=600), st.integers(2, 80))
def test_an_excerpt_is_a_prefix_of_the_folded_text(text: str, limit: int) -> None:
    shown = excerpt(text, limit)
    assert len(shown) <= limit
    assert " ".join(text.split()).startswith(shown.removesuffix("…"))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_card(data: bytes) -> None:
    card = read_card(data, "models/x")
    assert 1 <= card.body_start <= len(card.lines) + 1
