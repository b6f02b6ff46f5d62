from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.body import body_discovery
from provenance.discovery.score import load_weights
from provenance.report.training import Role

LINK = "[Stories](https://huggingface.co/datasets/org/stories)"


def ids(body: str) -> list[tuple[str, str | None, Role]]:
    found = body_discovery(read_card(body.encode(), "models/o/n"), lambda name: None)
    sure = [m for m in found.mentions if m.confidence >= load_weights().counted]
    return [(m.name, m.id, m.role) for m in sure if m.role is not Role.EVALUATION]


@pytest.mark.parametrize(
    ("body", "role"),
    [
        (f"It was trained on {LINK}.", Role.TRAINING),
        (f"Fine-tuned on {LINK}.", Role.FINETUNING),
        (f"## Training data\n\n- {LINK}\n", Role.TRAINING),
        (f"## Datasets\n\n- {LINK}\n", Role.TRAINING),
    ],
)
def test_links_where_training_is_spoken_of(body: str, role: Role) -> None:
    assert ids(body) == [("Stories", "org/stories", role)]


@pytest.mark.parametrize(
    "body",
    [
        f"See also {LINK}.",
        f"It was trained elsewhere and evaluated on {LINK}.",
        f"## Evaluation\n\nTrained models score on {LINK}\n",
        f"```\ntrained on {LINK}\n```",
        "Trained on [a model](https://huggingface.co/org/model) of /datasets/ fame.",
        f"| trained on {LINK} |",
    ],
)
def test_links_elsewhere_claim_nothing(body: str) -> None:
    assert ids(body) == []


def test_a_bare_url_is_named_by_its_id() -> None:
    assert ids("trained on https://huggingface.co/datasets/org/stories.") == [
        ("org/stories", "org/stories", Role.TRAINING)
    ]


def test_words_that_name_nothing_give_way_to_the_id() -> None:
    body = "Trained as in the [stories dataset card](https://huggingface.co/datasets/org/stories)."
    assert ids(body) == [("org/stories", "org/stories", Role.TRAINING)]
