from __future__ import annotations

import pytest

from provenance.cards import read_card
from provenance.discovery import declare, discover, wanted_files
from provenance.report.training import DeclaredIn


def sets(text: str, files: dict[str, bytes] | None = None) -> list[tuple[str, list[DeclaredIn]]]:
    found, _ = discover(read_card(text.encode(), "models/o/n"), files or {}, lambda _: None)
    return [(s.name, list(s.declared_in)) for s in declare(found, lambda *_: None).sets]


def test_words_for_the_whole_are_no_set_beside_named_ones() -> None:
    body = "\nIt was trained on a 1B sentence pairs dataset.\n"
    named = sets(f"---\ndatasets: [stories]\n---\n{body}")
    assert named == [("stories", [DeclaredIn.FRONT_MATTER])]
    assert sets(body)


def test_files_are_wanted_when_there_or_named() -> None:
    card = read_card(b"weights are in `data_config.json`", "models/o/n")
    assert wanted_files(card, None) == ("data_config.json",)
    assert wanted_files(card, ("README.md", "data_mix.json")) == ("data_mix.json",)


def test_trouble_with_a_file_is_said() -> None:
    card = read_card(b"x", "models/o/n")
    _, problems = discover(card, {"data_config.json": b"{"}, lambda _: None)
    assert problems == ("data_config.json was not read: not readable JSON",)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("base_model: [a/b, A/B]", ["a/b"]),
        ("base_model: [a/b, b]", ["a/b", "b"]),
        ("base_model: [a model, A Model!]", ["a model"]),
        ("base_model: [a/some-model, Some Model]", ["a/some-model"]),
    ],
)
def test_base_models_are_listed_once(front: str, expected: list[str]) -> None:
    card = read_card(f"---\n{front}\n---\n".encode(), "models/o/n")
    found, _ = discover(card, {}, lambda _: None)
    assert [b.name for b in declare(found, lambda *_: None).base_models] == expected


def disputed(front: str, body: str) -> list[str]:
    card = read_card(f"---\nbase_model: {front}\n---\n{body}\n".encode(), "models/o/n")
    found, _ = discover(card, {}, lambda _: None)
    return [b.id or b.name for b in declare(found, lambda *_: None).bases_in_dispute]


def test_base_models_that_differ_between_front_matter_and_body_are_told() -> None:
    body = "- **Base model:** [x](https://huggingface.co/org/owl-7b)"
    assert disputed("org/finch-8b", body) == ["org/finch-8b", "org/owl-7b"]
    assert disputed("org/owl-7b-instruct", body) == []
    assert disputed("org/finch-8b", "Birds sing.") == []


def test_what_is_unsure_is_possible_and_not_counted() -> None:
    card = read_card(b"## Bias\n\nModels trained on ImageBirds may show bias.\n", "models/o/n")
    declared = declare(discover(card, {}, lambda _: None)[0], lambda *_: None)
    assert declared.sets == ()
    assert all(s.confidence < 0.8 for s in declared.possible)
