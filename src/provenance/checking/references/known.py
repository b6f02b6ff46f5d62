"""Repositories that the shipped facts know by their whole id: such a string names nothing else."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from provenance.catalog import load_catalog
from provenance.checking.references.names import is_written_as_a_model, is_written_as_data
from provenance.checking.references.rules import Rules
from provenance.report.checked import ReferenceKind


class _Facts(msgspec.Struct):
    """The part of the bundled digest that is looked at: its keys, ``datasets/owner/name``."""

    repositories: dict[str, msgspec.Raw]


def kind_of_known(text: str) -> ReferenceKind | None:
    """What the repository of an ``owner/name`` is, where the shipped facts know it."""
    return _kinds().get(text.lower()) if "/" in text else None


def is_told(text: str, kind: ReferenceKind, rules: Rules) -> bool:
    """Whether an id tells by its words, or is known, to be of a kind."""
    if kind_of_known(text) is kind:
        return True
    tells = is_written_as_a_model if kind is ReferenceKind.MODEL else is_written_as_data
    return tells(text, rules)


@cache
def _kinds() -> dict[str, ReferenceKind]:
    raw = files("provenance.hub").joinpath("snapshots", "bundled", "facts.json").read_bytes()
    kinds: dict[str, ReferenceKind] = {}
    twice: set[str] = set()
    for key in msgspec.json.decode(raw, type=_Facts).repositories:
        kind, _, identifier = key.partition("/")
        name = identifier.lower()
        twice |= {name} & kinds.keys()
        kinds[name] = ReferenceKind.MODEL if kind == "models" else ReferenceKind.DATASET
    for name in load_catalog().hub_ids():
        kinds.setdefault(name.lower(), ReferenceKind.DATASET)
    return {name: kind for name, kind in kinds.items() if "/" in name and name not in twice}
