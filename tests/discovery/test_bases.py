"""Base models named only in words or commands. Every card here is invented."""

from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.bases import base_models_in
from provenance.discovery.markdown import read_body
from provenance.report.training import BaseModelMention

HUB = "https://huggingface.co"


def bases(body: str, repo: str = "models/acme/finch") -> list[tuple[str, str | None]]:
    return [(b.name, b.id) for b in mentions(body, repo)]


def mentions(body: str, repo: str = "models/acme/finch") -> tuple[BaseModelMention, ...]:
    card = read_card(body.encode(), repo)
    return base_models_in(card, read_body(card))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It was initialized from `roberta-base`.", ("roberta-base", "roberta-base")),
        ("It is initialized from the [gpt2-medium](https://code.example/readme) model.",
         ("gpt2-medium",) * 2),
        (f"A fine-tuned version of [x-bert]({HUB}/org/x-bert).", ("x-bert", "org/x-bert")),
        (f"[small]({HUB}/t5-small) fine-tuned on [W](https://w.example/w).", ("t5-small",) * 2),
        ("This model is a BERT-Tiny [(Doe, 2020)](https://p.example) fine-tuned on the W data.",
         ("BERT-Tiny", None)),
        ("Fine-tuned using the acme/owl-t5-large model.", ("acme/owl-t5-large",) * 2),
        ("It was fine-tuned using the acme/owlt5-large model. Try it.", ("acme/owlt5-large",) * 2),
        ("[Big T5](https://t5.example/x) base fine-tuned on the W dataset.", ("Big T5 base", None)),
        ("We took a bert-base-multilingual-cased model and fine-tuned it on W.",
         ("bert-base-multilingual-cased",) * 2),
        ("It is finetuned on multilingual bert model.", ("multilingual bert", None)),
        ("It was trained for 4 epochs on `bert-base-uncased`.", ("bert-base-uncased",) * 2),
        ("- **Parent Model:** XLM-RoBERTa", ("XLM-RoBERTa", None)),
        ("**Language model:** xlm-roberta-base\n**Downstream-task:** QA",
         ("xlm-roberta-base",) * 2),
        ("Initialised with BERT large uncased (whole word masking) weights.",
         ("BERT large uncased (whole word masking)", None)),
        (f"It is based on [bird-gpt]({HUB}/org/bird-gpt).", ("bird-gpt", "org/bird-gpt")),
        ("The encoder is a `bert-base-cased` model.", ("bert-base-cased",) * 2),
        ("We copied alternating layers from `bart-large`.", ("bart-large", None)),
        ("# BERT base model (uncased) for birds", ("BERT base (uncased)", None)),
        ("# T5-base fine-tuned on BirdQA", ("T5-base", None)),
        (f"Pre-trained model: {HUB}/bert-base-uncased", ("bert-base-uncased",) * 2),
        ("The original model is from `bert-base-uncased`.", ("bert-base-uncased",) * 2),
    ],
)  # fmt: skip
def test_a_card_names_its_base(body: str, expected: tuple[str, str | None]) -> None:
    assert bases(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "A RoBERTa-like model trained on the BirdQA dataset.",
        "It is based on the BERT architecture and trained on birds.",
        "You can start from BERT and fine-tune it on data.",
        "This model can be fine-tuned on a BERT model.",
        "A distilled version of BERT-base fine-tuned with a teacher.",
        "These features let FinchBERT shine when fine-tuned for tasks.",
        "**Language model:** albert-small\n**Training data:** Birds",
        "Trained using [code](https://github.com/org/bert).",
        "The model is initialized from `acme/finch`.",
        "- **Parent Model:** More information needed",
        "## Fine-tuning BERT for birds",
    ],
)
def test_a_card_names_no_base(body: str) -> None:
    assert bases(body) == []


def test_a_strong_pretrained_model_is_the_base_only_if_the_repository_says_so() -> None:
    body = "This is a strong pre-trained RoBERTa-Large NLI model, trained on birds."
    assert bases(body, "models/acme/roberta-large-birds") == [("RoBERTa-Large", None)]
    assert bases(body) == []


def test_a_training_command_names_the_base() -> None:
    command = (
        "## Training\n\n```bash\nrun.py --do_train \\\n  --model_name_or_path org/finch \\\n```\n"
    )
    (mention,) = mentions(command)
    assert (mention.name, mention.id, mention.evidence.line) == ("org/finch", "org/finch", 5)
    assert bases(command.replace("--do_train", "--do_eval")) == []
    assert bases(command.replace("## Training", "## How to train")) == []
    assert bases(command.replace("org/finch", "./out")) == []


def test_a_linked_model_goes_before_one_in_words() -> None:
    body = (
        f"[finch-bert]({HUB}/org/finch-bert) fine-tuned on BirdQA.\n\n"
        "It was started from the RoBERTa checkpoint.\n"
    )
    assert bases(body) == [("finch-bert", "org/finch-bert")]


def test_the_base_of_the_base_is_not_the_base() -> None:
    body = f"The base language model is a fine-tuned version of [a-bert]({HUB}/o/a-bert)."
    assert bases(body) == []


def test_an_encoder_and_a_decoder_are_two_and_no_more() -> None:
    body = "The encoder is a `bert-base-cased` model. The decoder is `gpt2`. Both are `t5-base`."
    assert bases(body) == [("bert-base-cased",) * 2, ("gpt2", "gpt2")]


def test_evidence_is_the_line_that_names_it() -> None:
    (mention,) = mentions("# Finch\n\nA model that was\ninitialized from `roberta-base`.\n")
    assert mention.evidence.line == 4
    assert mention.relation == "finetune"
