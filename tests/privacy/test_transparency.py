"""What a model's own card says for the AI Act's rules."""

from __future__ import annotations

import pytest

from provenance.cards.card import read_card
from provenance.privacy import read_transparency
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic


def test_words_and_file_names() -> None:
    card = read_card(
        b"# Model\nSee the summary of the results.\nA public summary of training content: /s\n"
        b"We have a copyright policy and honour robots.txt.\n",
        "models/a/b",
    )
    found = {s.topic: (s.status, s.evidence.line) for s in read_transparency(card, None)}
    assert found == {
        Topic.SUMMARY.value: (INDICATED, 3),
        Topic.COPYRIGHT_POLICY.value: (INDICATED, 4),
        Topic.TDM_RESERVATION.value: (INDICATED, 4),
    }


def test_a_file_of_the_repository_is_the_better_evidence() -> None:
    card = read_card(b"# Model\n", "models/a/b")
    (found,) = read_transparency(card, ["README.md", "data_summary_card.md"])
    assert (found.status, found.evidence.path) == (DOCUMENTED, "data_summary_card.md")
    assert read_transparency(card, ["README.md"]) == ()


def told(text: str, name: str = "models/a/b") -> dict[str, str]:
    card = read_card(text.encode(), name)
    return {s.topic: s.detail for s in read_transparency(card, None)}


@pytest.mark.parametrize(
    ("front", "detail"),
    [
        ("pipeline_tag: text-generation", "generates"),
        ("pipeline_tag: fill-mask", "other"),
        ("tags: [pytorch, text-generation]", "generates"),
        ("tags: [pytorch]", None),
        ("pipeline_tag: fill-mask\ntags: [text-generation]", "other"),
    ],
)
def test_the_task_of_a_model(front: str, detail: str | None) -> None:
    assert told(f"---\n{front}\n---\n# x\n").get(Topic.MODALITY) == detail


@pytest.mark.parametrize(
    ("text", "name", "flop"),
    [
        ("A model of 7B parameters, trained on 1.5T tokens.", "a/b", 6 * 7e9 * 1.5e12),
        ("Pre-trained on 300 billion tokens.", "a/big-1.3b", 6 * 1.3e9 * 3e11),
        ("1,300,000,000 params; training used 20 B tokens", "a/b", 6 * 1.3e9 * 2e10),
        ("It took 3.2 x 10^24 FLOPs.", "a/b-7b", 3.2e24),
        ("It took 3.2e24 FLOP.", "a/b", 3.2e24),
        ("Trained on 300 billion tokens.", "a/b", None),
        ("7B parameters; a context of 4096 tokens in training", "a/b", None),
        ("7B parameters; 2T tokens", "a/b", None),
        ("From 7B to 70B parameters. Trained on 2T tokens.", "a/b-13b", 6 * 1.3e10 * 2e12),
        ("7B parameters, trained with batches of 4M tokens", "a/b", None),
        ("Pretrained on 2T tokens.\n\nTrained again on 9B tokens.", "a/b-7b", 6 * 7e9 * 2e12),
    ],
)
def test_training_compute(text: str, name: str, flop: float | None) -> None:
    found = told(f"# x\n\n{text}\n", f"models/{name}").get(Topic.COMPUTE)
    assert found == (None if flop is None else f"{flop:.2g}")
