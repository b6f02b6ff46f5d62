"""What a model's own card says for the AI Act's rules."""

from __future__ import annotations

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
