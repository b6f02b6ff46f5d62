"""Front matter against text, about training data. Every card here is invented."""

from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery import Declaration, declare, discover

HUB = "https://huggingface.co/datasets"


def read(front: str, body: str) -> Declaration:
    card = read_card(f"---\ndatasets: [{front}]\n---\n{body}\n".encode(), "models/o/n")
    return declare(discover(card, {}, lambda _: None)[0], lambda *_: None)


@pytest.mark.parametrize(
    "body",
    [
        "OwlBench was used for evaluation only.",
        "OwlBench is only used for evaluation.",
        f"[This set]({HUB}/a/owl-bench) was not used for training.",
        "The model was not trained on owl-bench.",
        "We learned from other songs, and OwlBench was excluded from training.",
        "It was never seen during training: OwlBench was never part of the training data.",
        "- **Validation Dataset**: OwlBench (`a/owl-bench`)",
        f"- Test set: [here]({HUB}/a/owl-bench)",
    ],
)
def test_a_set_that_the_text_denies_is_not_counted_and_both_lines_are_kept(body: str) -> None:
    declared = read("a/owl-bench", body)
    assert declared.sets == ()
    assert [s.id for s in declared.evaluation] == ["a/owl-bench"]
    (one,) = declared.disputed_data
    assert (one.name, one.denied) == ("a/owl-bench", True)
    assert (one.listed.line, one.against.line) == (2, 4)


@pytest.mark.parametrize(
    "body",
    [
        "Evaluated on OwlBench.",
        "Trained on OwlBench, and HawkBench is for evaluation only.",
        "It was trained on OwlBench but not trained on HawkBench.",
        "The test set of OwlBench was not used for training.",
        "It was not trained on anything other than OwlBench.",
        "Birds sing only for a mate.",
    ],
)
def test_a_set_that_the_text_does_not_deny_stays(body: str) -> None:
    declared = read("a/owl-bench", body)
    assert "a/owl-bench" in [s.id for s in declared.sets]
    assert declared.disputed_data == ()


def test_other_linked_data_in_the_text_is_a_dispute_and_both_are_counted() -> None:
    declared = read("a/owls", f"Fine-tuned on the [hawks]({HUB}/b/hawks) dataset.")
    assert {s.id for s in declared.sets} == {"a/owls", "b/hawks"}
    (one,) = declared.disputed_data
    assert (one.name, one.denied, one.against.line) == ("a/owls", False, 4)


@pytest.mark.parametrize(
    ("front", "body"),
    [
        ("a/owls", f"Fine-tuned on [hawks]({HUB}/b/hawks), and a few owls."),
        ("a/owls", f"Fine-tuned on the [owls]({HUB}/b/owls) dataset."),
        ("a/owls", "Fine-tuned on the HawkWiki dataset."),
        ("owls of the north", f"Fine-tuned on [hawks]({HUB}/b/hawks)."),
        ("a/owls", "Birds sing."),
    ],
)
def test_what_may_be_one_set_or_leaves_it_open_is_no_dispute(front: str, body: str) -> None:
    assert read(front, body).disputed_data == ()


@pytest.mark.parametrize(
    "body",
    [
        "- Validation dataset: 5 % of `a/owl-bench`",
        "- Validation set: the dev split of `a/owl-bench`",
        "- Test set: `a/owl-bench`\n\nWe trained on OwlBench for a day.",
        "- Metrics: `a/owl-bench`",
    ],
)
def test_a_label_over_tests_does_not_speak_of_a_set_that_was_trained_on_too(body: str) -> None:
    assert [s.id for s in read("a/owl-bench", body).sets] == ["a/owl-bench"]
