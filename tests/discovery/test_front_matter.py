from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery.front_matter import front_matter_discovery, identify
from provenance.report.training import Discovery, Role


def found(front: str, repo: str = "models/org/name") -> Discovery:
    return front_matter_discovery(read_card(f"---\n{front}\n---\n".encode(), repo, "abc"))


def names(discovery: Discovery) -> list[tuple[str, str | None, Role]]:
    return [(m.name, m.id, m.role) for m in discovery.mentions]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("datasets: squad", [("squad", "squad")]),
        ("datasets:\n- squad\n- org/set", [("squad", "squad"), ("org/set", "org/set")]),
        ("datasets:\n- null\n-\n- ''", []),
        ("datasets: Wikipedia (Hindi)", [("Wikipedia (Hindi)", None)]),
        ("datasets: reddit singapore, malaysia", [("reddit singapore, malaysia", None)]),
        ("datasets:\n- https://huggingface.co/datasets/org/set", [("org/set", "org/set")]),
        ("datasets:\n- https://example.org/set", [("https://example.org/set", None)]),
        ("datasets:\n- datasets/org/set@main", [("datasets/org/set@main", "org/set")]),
        ("datasets:\n- ../../etc/passwd", [("../../etc/passwd", None)]),
        ("datasets: {a: [x], b: y}", [("x", "x"), ("y", "y")]),
        ("dataset: squad", [("squad", "squad")]),
        ("datasets: unknown", []),
        ("datasets: [{name: a/b, config: en, split: train}, 12, true]", [("a/b", "a/b")]),
    ],
)
def test_datasets(front: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.name, m.id) for m in found(front).mentions] == expected


def test_pretraining_key_has_its_role() -> None:
    assert names(found("pretrain-datasets:\n- org/set")) == [
        ("org/set", "org/set", Role.PRETRAINING)
    ]


def test_results_are_evaluation() -> None:
    front = (
        "model-index:\n- name: m\n  results:\n  - task: {type: qa}\n"
        "    dataset: {type: squad, name: SQuAD, config: plain}\n  - dataset: {name: Own set}\n"
        "  - task: {type: qa}\n"
    )
    assert names(found(front)) == [
        ("SQuAD", "squad", Role.EVALUATION),
        ("Own set", None, Role.EVALUATION),
    ]


def test_evidence_points_at_the_value() -> None:
    mention = found("language: en\ndatasets:\n- one\n- two").mentions[1]
    assert mention.evidence.line == 5
    assert mention.evidence.pointer == "/datasets/1"
    assert mention.evidence.excerpt == "- two"


@pytest.mark.parametrize(
    ("front", "repo", "relation"),
    [
        ("base_model: a/b", "models/o/n", "finetune"),
        ("base_model: a/b\nbase_model_relation: quantized", "models/o/n", "quantized"),
        ("base_model: a/b\nlibrary_name: peft", "models/o/n", "adapter"),
        ("base_model: a/b\ntags: [lora]", "models/o/n", "adapter"),
        ("base_model: [a/b, c/d]", "models/o/n", "unknown"),
        ("base_model: [a/b, c/d]", "models/o/n-merged", "merge"),
        ("base_model: [a/b, c/d]\ntags: [mergekit]", "models/o/n", "merge"),
        ("base_model: a/b", "models/o/n-GGUF", "quantized"),
        ("base_model: a/b\nbase_model_relation: nonsense", "models/o/n", "finetune"),
    ],
)
def test_relation(front: str, repo: str, relation: str) -> None:
    assert {b.relation for b in found(front, repo).base_models} == {relation}


def test_base_models() -> None:
    front = "base_model:\n- a/b\n- https://huggingface.co/c/d\n- A model of ours\n- none"
    assert [(b.name, b.id) for b in found(front).base_models] == [
        ("a/b", "a/b"),
        ("https://huggingface.co/c/d", "c/d"),
        ("A model of ours", None),
    ]


def test_a_value_that_names_no_model_is_no_base_model() -> None:
    read = found("base_model:\n- ./out\n- None\n- /data/models/Owl-7B")
    assert [b.name for b in read.base_models] == ["models/Owl-7B"]
    assert [b.name for b in read.nameless_bases] == ["./out", "None"]


@pytest.mark.parametrize("text", ["a b", "a/b/c", "a..b", "--x", "x" * 97, "<script>", "a\x00b"])
def test_what_is_no_id_is_never_one(text: str) -> None:
    assert identify(text) == (None, None)


@pytest.mark.parametrize("word", ["custom", "private", "synthetic", "Internal"])
def test_a_word_for_unpublished_data_is_one_set_without_an_id(word: str) -> None:
    card = read_card(f"---\ndatasets:\n- {word}\n---\n".encode(), "models/acme/finch")
    (mention,) = front_matter_discovery(card).mentions
    assert (mention.name, mention.id) == (word, None)


@pytest.mark.parametrize("word", ["n/a", "none", "unknown", "null"])
def test_a_word_for_nothing_is_no_set(word: str) -> None:
    card = read_card(f"---\ndatasets:\n- {word}\n---\n".encode(), "models/acme/finch")
    assert not front_matter_discovery(card).mentions
