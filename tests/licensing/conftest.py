"""What the licensing tests share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.cards import read_card
from provenance.cards.yaml_tree import scalars


@pytest.fixture(scope="session")
def corpus_values(shared: Path) -> list[str]:
    """Every distinct license value of the corpora: tags, names beside them, audited records."""
    found: set[str] = set()
    keys = ("license", "licenses", "licence", "licences", "license_name", "license_details")
    corpus = shared / "corpus"
    for snapshot in ("hub-2020", "hub-2022", "hub-2023", "hub-modern"):
        for readme in (corpus / snapshot).rglob("README.md"):
            card = read_card(readme.read_bytes(), "datasets/acme/birds")
            found.update(n.text for key in keys for n in scalars(card.get(key)))
    for row in (corpus / "dpi.jsonl").read_text("utf-8").splitlines():
        found.update(_texts(json.loads(row), licensed=False))
    return sorted(found)


def _texts(value: object, *, licensed: bool) -> Iterator[str]:
    """Strings under any key that speaks of a license."""
    if isinstance(value, str) and licensed:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, licensed=licensed)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, licensed=licensed or "icense" in key)
