"""What is left out of long JSON is nothing that a search would find."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.checking.references import config_trees
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.rules_files import load_rules

RULES = load_rules()
KEYS = st.sampled_from(
    [
        "model", "datasets", "dataset_mixer", "path", "name", "values", "run", "vocab", "x", "base",
        "revision", "model_name_or_path", "a/b", "hf_model", "args", "defaults", "a.dataset",
    ]
)  # fmt: skip
STRINGS = st.sampled_from(
    [
        "acme/base",
        "squad",
        "hf://datasets/a/b/c.csv",
        "MODEL=acme/x",
        "--model acme/y",
        "plain",
        "=",
    ]
)
VALUES = st.recursive(
    STRINGS | st.integers(0, 9) | st.lists(STRINGS, max_size=5),
    lambda inner: (
        st.dictionaries(KEYS, inner, max_size=5)
        | st.dictionaries(KEYS, st.integers(0, 9), max_size=5)
        | st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5), st.sampled_from([None, 1]))
def test_long_parts_give_what_they_give_whole(value: dict[str, object], indent: int | None) -> None:
    data = json.dumps({**value, "huggingface.co/": 1}, indent=indent).encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(config_trees, "_LONG", 10**6)
        whole = find_in_config(data, "x.json", RULES)
        patched.setattr(config_trees, "_LONG", 0)
        short = find_in_config(data, "x.json", RULES)
    assert short == whole
