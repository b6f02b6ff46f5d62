"""The files that rules are read from: ``references.json`` beside this one, and a user's own.

A user's file has the same shape and adds to the lists.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from provenance.checking.references.rules import RULES_VERSION, ItemRules, Items, Names, Rules
from provenance.confine import read_inside
from provenance.errors import UsageError

_MAX_RULES_BYTES = 5_000_000


def load_rules(extra: Path | None = None) -> Rules:
    """The shipped rules, with those of a user's file added.

    Raises:
        UsageError: the user's file is unreadable or not of the right shape.

    """
    if extra is None:
        return _shipped()
    try:
        data = read_inside(extra, _MAX_RULES_BYTES)
    except OSError as error:
        raise UsageError(f"--rules {extra}: {error.strerror}") from None
    return _joined(_shipped(), added_rules(data, str(extra)))


def rules_with(data: bytes | None, shown: str) -> Rules:
    """The shipped rules, with those of a user's file added; ``None``: the shipped ones.

    Raises:
        UsageError: the file is not of the right shape.

    """
    return _shipped() if data is None else _joined(_shipped(), added_rules(data, shown))


def added_rules(data: bytes, shown: str) -> Rules:
    """What a user's file adds, alone.

    Raises:
        UsageError: the file is not of the right shape.

    """
    try:
        added = msgspec.json.decode(data, type=Rules)
    except msgspec.MsgspecError as error:
        raise UsageError(f"--rules {shown}: {error}") from None
    if added.version != RULES_VERSION:
        raise UsageError(f"--rules {shown}: version {added.version} is not {RULES_VERSION}")
    return added


@cache
def _shipped() -> Rules:
    data = files("provenance.checking.references") / "references.json"
    return msgspec.json.decode(data.read_bytes(), type=Rules)


def _joined(first: Rules, second: Rules) -> Rules:
    changed: dict[str, object] = {}
    for item in fields(Rules):
        a, b = getattr(first, item.name), getattr(second, item.name)
        if isinstance(a, tuple):
            changed[item.name] = (*a, *b)
        elif isinstance(a, dict):
            changed[item.name] = {key: (*a.get(key, ()), *b.get(key, ())) for key in {**a, **b}}
        elif isinstance(a, Names):
            changed[item.name] = Names((*a.model, *b.model), (*a.dataset, *b.dataset))
    changed["config_items"] = ItemRules(
        _items(first.config_items.model, second.config_items.model),
        _items(first.config_items.dataset, second.config_items.dataset),
    )
    return replace(first, **changed)  # type: ignore[arg-type]  # each field keeps its own type


def _items(first: Items, second: Items) -> Items:
    return Items((*first.under, *second.under), (*first.keys, *second.keys))
