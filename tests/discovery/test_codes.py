"""Words of code that name sets where they stand among their like."""

from __future__ import annotations

import pytest

from provenance.discovery.codes import are_codes, is_code


@pytest.mark.parametrize(
    "words",
    [
        ["owl-quiz", "owlqa", "nestqa"],
        ["common_owl", "fosd", "owl2020_100h"],
    ],
)
def test_a_list_of_names_of_code(words: list[str]) -> None:
    assert are_codes(words)
    assert all(is_code(word) for word in words)


@pytest.mark.parametrize(
    "words",
    [
        ["books", "news", "poems"],
        ["owl-quiz"],
        ["hawks", "ravens", "finches"],
        ["question-answering", "summarization", "owl-quiz"],
        ["lower-casing", "deduplication", "tokenization"],
        ["learning_rate", "batch_size", "weight_decay"],
    ],
)
def test_other_lists(words: list[str]) -> None:
    assert not are_codes(words)
