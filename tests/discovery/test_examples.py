"""Every convention has example cards beside what is to be read in them. All are invented.

``not_yet`` marks what is not understood so far.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from provenance.cards import read_card
from provenance.discovery import declare, discover
from provenance.names import name_key

EXAMPLES = [
    pytest.param(
        example,
        id=f"{path.stem}-{number}",
        marks=[pytest.mark.xfail(strict=True)] if example.get("not_yet") else [],
    )
    for path in sorted((Path(__file__).parent / "examples").glob("*.yaml"))
    for number, example in enumerate(yaml.safe_load(path.read_text("utf-8")))
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_card_is_read_as_its_example_says(example: dict[str, object]) -> None:
    card = read_card(str(example["card"]).encode(), str(example.get("repo", "models/acme/finch")))
    declared = declare(discover(card, {}, lambda name: None)[0], lambda *names: None)
    found = {name_key(s.name.rpartition("/")[2]) for s in declared.sets}
    found |= {name_key(s.id.rpartition("/")[2]) for s in declared.sets if s.id}
    if "sets" in example:
        wanted = example["sets"]
        assert isinstance(wanted, list)
        optional = example.get("may_miss", [])
        assert isinstance(optional, list)
        names = {name_key(str(n).rpartition("/")[2]) for n in wanted}
        assert names - found <= {name_key(str(n)) for n in optional}
        if not wanted:
            assert not declared.sets
        assert len(declared.sets) <= len(wanted) + len(example.get("described", []))  # type: ignore[arg-type]
    elif "described" in example:
        assert declared.sets
    if "bases" in example:
        bases = [b.id or b.name for b in declared.base_models]
        assert bases == example["bases"]
