"""Training sets read from sentences, lists and key lines. Every card here is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.timing import growth

from provenance.cards import read_card
from provenance.discovery.body import body_discovery
from provenance.discovery.score import load_weights
from provenance.names import name_key
from provenance.report.training import DeclaredIn, Discovery, Mention, Role

KNOWN = {"squad 2.0": "rajpurkar/squad_v2", "snli": "stanfordnlp/snli", "mnli": "nyu-mll/multi_nli"}


def read(body: str, repo: str = "models/acme/finch", front: str = "") -> Discovery:
    head = f"---\n{front}\n---\n" if front else ""
    card = read_card((head + body).encode(), repo)
    found = body_discovery(card, lambda name: KNOWN.get(name.lower()))
    weights = load_weights()
    sure = [
        m
        for m in found.mentions
        if m.confidence >= (weights.described if m.described else weights.counted)
    ]
    return Discovery(tuple(sure), found.totals, found.base_models)


def names(discovery: Discovery, role: Role | None = None) -> list[str]:
    return sorted(
        m.name
        for m in {name_key(m.name): m for m in reversed(discovery.mentions)}.values()
        if (m.role is role if role else m.role is not Role.EVALUATION)
    )


def only(discovery: Discovery) -> Mention:
    (mention,) = discovery.mentions
    return mention


def test_a_tokenizers_own_card_names_its_training_sets() -> None:
    sentence = "The tokenizer was trained on OpenBirds."
    assert names(read(sentence, "models/acme/finch-tokenizer")) == ["OpenBirds"]


def test_roles_follow_the_verb_and_the_heading() -> None:
    found = read("It was pretrained on OpenBirds. Then it was fine-tuned on BirdQA.")
    assert {m.name: m.role for m in found.mentions} == {
        "OpenBirds": Role.PRETRAINING,
        "BirdQA": Role.FINETUNING,
    }
    listed = read("## Pretraining corpora\n\n- OpenBirds\n- Wingspan corpus\n")
    assert names(listed, Role.PRETRAINING) == ["OpenBirds", "Wingspan"]


def test_evaluation_is_told_apart() -> None:
    found = read(
        "It was trained on OpenBirds.\n\nIt was evaluated on the BirdBench benchmark.\n\n"
        "**Eval data:** BirdDev, BirdTest\n"
    )
    assert names(found) == ["OpenBirds"]
    assert names(found, Role.EVALUATION) == ["BirdBench benchmark", "BirdDev", "BirdTest"]


def test_a_set_trained_and_evaluated_on_is_a_training_set() -> None:
    found = read("It was trained on OpenBirds. It was evaluated on OpenBirds.")
    assert [(m.name, m.role) for m in found.mentions] == [("OpenBirds", Role.TRAINING)]


def test_key_lines() -> None:
    found = read("## Overview\n**Language:** English\n**Training data:** SQuAD 2.0\n**Infra:** x\n")
    assert only(found).id == "rajpurkar/squad_v2"
    assert names(read("Pretraining Dataset: [C9](https://c9.example/d)")) == ["C9"]


def test_a_title_counts_only_when_the_text_is_silent() -> None:
    title = "# Finch fine-tuned on BirdQA v2\n\n"
    assert names(read(title)) == ["BirdQA v2"]
    assert names(read(title + "It was fine-tuned on BirdQA 2.0.\n")) == ["BirdQA 2.0"]


def test_a_description_is_told_apart_from_a_name() -> None:
    told = read("It was trained on a large corpus of text scraped from the internet.")
    assert {(m.described, m.id) for m in told.mentions} == {(True, None)}
    assert not only(read("It was trained on OpenBirds.")).described


def test_a_list_of_kinds_and_a_name_gives_two() -> None:
    body = (
        "It was trained on about 15-20GB of text (200M sentences, 3000M tokens) from various "
        "sources (books, news, swedish wikipedia and internet forums)."
    )
    card = read_card(body.encode(), "models/acme/finch")
    found = body_discovery(card, lambda name: None).mentions
    assert {(m.name, m.described) for m in found} == {
        ("swedish wikipedia", False),
        ("text from various sources (books, news, internet forums)", True),
    }


def test_shorter_names_are_the_longer_one() -> None:
    found = read("It was trained on notes from MIRMIR. It was trained on MIRMIR III.")
    assert set(names(found)) == {"MIRMIR III"}


def test_two_links_keep_two_names_apart() -> None:
    body = (
        "Fine-tuned on [BirdSTS](https://a.example/sts) and our "
        "[German BirdSTS](https://b.example/sts)."
    )
    assert names(read(body)) == ["BirdSTS", "German BirdSTS"]


def test_ids_come_from_links_tags_literals_and_the_catalogue() -> None:
    linked = only(read("It was trained on [birds](https://huggingface.co/datasets/acme/birds)."))
    assert (linked.id, linked.guess) == ("acme/birds", False)
    assert only(read("Trained on `acme/bird_songs`.")).id == "acme/bird_songs"
    assert only(read("Trained on SNLI.")).id == "stanfordnlp/snli"
    assert only(read("Trained on OpenBirds.")).id is None
    tagged = only(read("Trained on Open Birds.", front="datasets:\n- openbirds"))
    assert (tagged.id, tagged.guess) == ("openbirds", False)
    through = only(read("Trained on MNLI.", front="datasets:\n- nyu-mll/multi_nli"))
    assert through.id == "nyu-mll/multi_nli"


def test_a_tag_held_in_a_longer_name_is_a_guess() -> None:
    held = only(read("Trained on BBC BirdSum.", front="datasets:\n- birdsum"))
    assert (held.id, held.guess) == ("birdsum", True)
    words = only(read("Trained on `r/finches`.", front="datasets:\n- reddit finches, owls"))
    assert (words.name, words.id) == ("reddit finches, owls", None)
    two = read("Trained on BirdSum and BBC BirdSum.", front="datasets:\n- birdsum")
    assert [m.guess for m in two.mentions if m.id] == [True, True] or names(two)


def test_an_abbreviation_in_a_table_is_the_same_set() -> None:
    body = (
        "Fine-tuned on [Tiny Bird Songs](https://b.example/songs).\n\n"
        "| Dataset | Split |\n| --- | --- |\n| TBS | train |\n"
    )
    card = read_card(body.encode(), "models/acme/finch")
    found = body_discovery(card, lambda name: None).mentions
    assert {m.name for m in found} == {"Tiny Bird Songs", "TBS"}
    assert len({m.url for m in found}) == 1


def test_sizes_beside_a_name() -> None:
    (amount,) = only(read("It was pretrained on 70 GB of OpenBirds text.")).amounts
    assert (amount.measure.unit, amount.value) == ("bytes", 70e9)
    (pairs,) = only(read("## Training data\n\n- OpenBirds (1.2M pairs)\n")).amounts
    assert (pairs.measure.unit, pairs.value) == ("pairs", 1.2e6)
    assert only(read("It was trained on OpenBirds.")).amounts == ()


def test_sections_and_items_of_sibling_models_are_left_out() -> None:
    body = (
        "# Finches\n\nThe models are trained on the OpenBirds dataset.\n\n"
        "- **finch-ner** - a BERT fine-tuned using BirdNER.\n\n"
        "## Tagging\n\nThis model is fine-tuned on the BirdNER dataset.\n\n"
        "```python\nAutoModel.from_pretrained('acme/finch-ner')\n```\n"
    )
    assert names(read(body)) == ["OpenBirds"]
    assert names(read(body, "models/acme/finch-ner")) == ["BirdNER", "OpenBirds"]
    linked = "## Data\n\n- [Owl](https://huggingface.co/acme/owl) (trained on OwlSet)\n"
    assert names(read(linked)) == []


def test_what_the_base_was_trained_on_is_left_out() -> None:
    body = "- **Parent Model:** GPT-K\n\nGPT-K was trained on the Pyle. It was tuned on BirdQA."
    assert "Pyle" not in names(read(body))


def test_evidence_quotes_the_line_of_a_wrapped_sentence() -> None:
    body = "# Finch\n\nIt was trained on a recent\nOpenBirds dump and\nthe Wingspan corpus.\n"
    found = read(body)
    assert [(m.name, m.evidence.line) for m in found.mentions] == [
        ("OpenBirds dump", 4),
        ("Wingspan", 5),
    ]
    assert found.mentions[1].evidence.excerpt == "the Wingspan corpus."
    assert found.mentions[0].declared_in is DeclaredIn.PROSE


def test_tables_code_comments_and_bibtex_are_not_prose() -> None:
    body = (
        "| trained on Aa1 |\n\n```\nIt was trained on Bb2\n```\n\n<!-- It was trained on Cc3 -->\n"
        "@misc{x,\n  title = {Trained on Dd4},\n}\n\n~~~\ntrained on Ee5"
    )
    assert names(read(body)) == []


def test_a_stub_card_is_undeclared() -> None:
    stub = (
        "## Training Data\n\n[More Information Needed]\n\nMore information needed\n\n"
        "## Evaluation\n\nMore information needed\n"
    )
    assert read(stub) == Discovery(())
    assert read("") == Discovery(())


@pytest.mark.parametrize(
    "unit",
    [
        "[a](",
        "trained on ",
        "It was trained on Foo1 and ",
        "trained on a: ",
        "A1, ",
        "(",
        "A1 (b ",
        "fine-tuned version of bert ",
        "evaluated on Foo1 ",
        "3 GB of ",
        "*",
        "_a",
        "<a",
        "`a",
        "X1 dataset used to train ",
        "- Foo1 corpus\n",
        "# data\n",
        "Training data: A1\n",
        "http://a ",
    ],
)
def test_hostile_cards_are_read_in_linear_time(unit: str) -> None:
    def text(size: int) -> str:
        line = "It was trained on " + unit * (size // len(unit))
        return "\n\n".join(line[i : i + 15_000] for i in range(0, len(line), 15_000))

    half, whole = text(30_000), text(60_000)
    growth(lambda: read(half), lambda: read(whole), most=3, floor=0.05)


def test_real_cards_quote_what_they_say(shared: Path) -> None:
    cards = sorted(shared.glob("corpus/hub-20*/models/**/README.md"))[::3]
    assert cards
    for path in cards:
        card = read_card(path.read_bytes(), f"models/{path.parent.name}")
        found = body_discovery(card, lambda name: None)
        for evidence in [
            *(m.evidence for m in found.mentions),
            *(b.evidence for b in found.base_models),
        ]:
            assert evidence.line is not None
            line = " ".join(card.lines[evidence.line - 1].split())
            assert evidence.excerpt.strip("…") in line
