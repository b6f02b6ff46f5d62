"""What is left out of long JSON is nothing that a search would find."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.checking.references import config_trees, configs
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.rules_files import load_rules

RULES = load_rules()


def _all_parts(_walk: object) -> SimpleNamespace:
    """Nothing is passed over."""
    return SimpleNamespace(of=lambda _value: None)


KEYS = [
    "model", "datasets", "dataset_mixer", "path", "name", "values", "run", "vocab", "x", "base",
    "revision", "model_name_or_path", "a/b", "hf_model", "args", "defaults", "a.dataset",
]  # fmt: skip
TOGETHER = [
    "_target_", "init_args", "value", "key", "shell", "repo", "split", "from", "source", "data",
]  # fmt: skip
"""Keys that are read together with those beside them."""
TEXTS = [
    "acme/base",
    "squad",
    "hf://datasets/a/b/c.csv",
    "MODEL=acme/x",
    "--model acme/y",
    "plain",
    "=",
]
SAYING = [
    "transformers.AutoModel.from_pretrained", "pretrained_model_name_or_path", "python",
    "acme/Some-7B", "gpt2-medium", '{"model": "acme/z"}',
]  # fmt: skip


def _values(names: list[str], texts: list[str]) -> st.SearchStrategy[object]:
    keys, strings = st.sampled_from(names), st.sampled_from(texts)
    return st.recursive(
        strings | st.integers(0, 9) | st.lists(strings, max_size=5),
        lambda inner: (
            st.dictionaries(keys, inner, max_size=5)
            | st.dictionaries(keys, st.integers(0, 9), max_size=5)
            | st.lists(inner, max_size=4)
        ),
        max_leaves=25,
    )


def _mappings(names: list[str], texts: list[str]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), _values(names, texts), min_size=1, max_size=5)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_mappings(KEYS, TEXTS), st.sampled_from([None, 1]))
def test_long_parts_give_what_they_give_whole(value: dict[str, object], indent: int | None) -> None:
    data = json.dumps({**value, "huggingface.co/": 1}, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(config_trees, "LONG", 10**6)
        whole = find_in_config(data, "x.json", RULES)
        patched.setattr(config_trees, "LONG", 0)
        short = find_in_config(data, "x.json", RULES)
    assert short == whole


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_mappings([*KEYS, *TOGETHER], [*TEXTS, *SAYING]), st.sampled_from([None, 1]))
def test_parts_that_are_passed_over_say_nothing(
    value: dict[str, object], indent: int | None
) -> None:
    data = json.dumps({**value, "huggingface.co/": 1}, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(configs, "LoudParts", _all_parts)
        whole = find_in_config(data, "x.json", RULES)
    assert find_in_config(data, "x.json", RULES) == whole


def test_positions_are_those_behind_parts_that_are_passed_over() -> None:
    """A part that says nothing holds the same words as what is found behind it."""
    rows = [{"n": 1, "text": "plain", "base": ["model", 1]}] * 3
    data = json.dumps({"x": {"y": rows}, "base_model": "acme/base"}, indent=1).encode()
    [found] = find_in_config(data, "x.json", RULES).references
    lines = data.decode().split("\n")
    assert found.line == lines.index(' "base_model": "acme/base"') + 1


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"x":[', "]}"), ('{"model":', "}")])
@pytest.mark.parametrize("depth", [100, 330, 496, 700, 985, 990, 5_000])
def test_deeply_nested_json_is_read_or_refused(opened: str, closed: str, depth: int) -> None:
    data = ('{"model":' + opened * depth + '"a/b"' + closed * depth + "}").encode()
    messages = [p.message for p in find_in_config(data, "x.json", RULES).problems]
    assert all(m.startswith("not a readable configuration: ") for m in messages)
    assert depth > 300 or not messages
