"""What keys that say nothing are taken for: each other, and never one that says something."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

import pytest

from provenance.checking.references import config_keys, config_loud, config_values, config_walk
from provenance.checking.references.configs import find_in_config
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.sites import Gathered

RULES = load_rules()
NOTHING = ["NN", "i suffix", "rate of x", "web", "foo", "tok 1"]
VALUES = [
    "acme/Base-7b",
    "mit",
    "python t.py --model acme/x",
    "hf://acme/y",
    "gpt2",
    "a/b",
    3,
    None,
]


def known_keys() -> Iterator[str]:
    """Every key in a set of keys of the modules that read configurations, and of the rules."""
    for module in (config_keys, config_loud, config_values, config_walk):
        for value in vars(module).values():
            if isinstance(value, frozenset):
                yield from (key for key in value if isinstance(key, str))
    for names in (RULES.config_keys, RULES.name_words):
        yield from (*names.model, *names.dataset)
    yield from (*RULES.scripts, *RULES.name_tails, "hf_repo", "lang2model", "aModelName", "", "10")
    for items in (RULES.config_items.model, RULES.config_items.dataset):
        yield from (*items.keys, *items.under)


def test_no_known_key_says_nothing() -> None:
    assert [k for k in known_keys() if config_walk.says_nothing(k, RULES)] == []
    assert all(config_walk.says_nothing(key, RULES) for key in NOTHING)


def searched(seed: int) -> Gathered:
    draw = random.Random(seed)  # noqa: S311  no secret
    keys = sorted(set(known_keys()))

    def value(depth: int) -> object:
        if depth > 4 or draw.random() < 0.35:
            return draw.choice(VALUES)
        if draw.random() < 0.25:
            return [value(depth + 1) for _ in range(draw.randint(0, 3))]
        return {key(): value(depth + 1) for _ in range(draw.randint(0, 5))}

    def key() -> str:
        return draw.choice(NOTHING if draw.random() < 0.5 else keys)

    text = json.dumps({key(): value(0) for _ in range(8)}, indent=1)
    return find_in_config(text.encode(), "conf.json", RULES)


def test_keys_that_say_nothing_are_answered_for_together(monkeypatch: pytest.MonkeyPatch) -> None:
    together = [searched(seed) for seed in range(150)]
    assert sum(bool(gathered.references) for gathered in together) > 100
    for module in (config_walk, config_loud):
        monkeypatch.setattr(module, "says_nothing", lambda *_: False)
    assert together == [searched(seed) for seed in range(150)]
