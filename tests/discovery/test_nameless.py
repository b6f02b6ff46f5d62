"""Values of ``base_model:`` that name no model."""

from __future__ import annotations

import pytest

from provenance.discovery.nameless import names_no_model, names_no_set, path_tail


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("None", "a word for none"),
        ("n/a", "a word for none"),
        ("--use_lora", "an option of a command"),
        ("train.py", "a file"),
        ("scripts/run.sh", "a file"),
        ("model.safetensors", "a file"),
        ("./out/model", "a folder on the publisher's machine"),
        ("../runs/qwen/checkpoint-final", "a folder on the publisher's machine"),
        ("/content/drive/x", "a folder on the publisher's machine"),
        ("/data/final_model", "a folder on the publisher's machine"),
        ("~/checkpoint-500", "a folder on the publisher's machine"),
        (r"C:\models\output", "a folder on the publisher's machine"),
    ],
)
def test_what_names_no_model(text: str, what: str) -> None:
    assert names_no_model(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "org/model",
        "gpt2",
        "org/model.gguf",
        "/data/models/Owl-7B",
        "D:/x/owl-base",
        "model-7b-final",
    ],
)
def test_what_may_name_one(text: str) -> None:
    assert names_no_model(text) is None


def test_the_tail_of_a_path() -> None:
    assert path_tail("/cache/hub/models/Owl/Owl-14B/") == "Owl/Owl-14B"
    assert path_tail(r"D:\work\owl") == "work/owl"


@pytest.mark.parametrize(
    ("text", "nameless"),
    [
        ("data/built_v2/train", True),
        ("./data/owls/v3/", True),
        ("least 1,200 examples", True),
        ("more than 300 calls", True),
        ("data/owls", False),
        ("acme/owls", False),
        ("Most Owls", False),
    ],
)
def test_what_names_no_set(text: str, nameless: bool) -> None:
    assert names_no_set(text) == nameless
