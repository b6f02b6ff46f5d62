"""Files as people write them, with what is to be found marked in them.

``fixtures/*.txt`` holds blocks ``=== kind | file name``. In a block ``«m:owner/name|role»`` marks a
model, ``d`` a dataset, ``a`` a model behind an API, ``=>`` an id that is written otherwise, and
``«?»`` a line that cannot be resolved and must have a note. A reference stands within one line of
its mark; nothing else may be found.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import scan_files

FIXTURES = Path(__file__).parent / "fixtures"
MARK = re.compile(r"«([^«»]*)»")
KINDS = {"m": "model", "d": "dataset", "a": "api"}


@dataclass(frozen=True)
class Wanted:
    line: int
    kind: str
    id: str
    role: str


@dataclass(frozen=True)
class Block:
    kind: str
    name: str
    text: str
    wanted: tuple[Wanted, ...]
    notes: tuple[int, ...]


def blocks() -> list[Block]:
    found = []
    for path in sorted(FIXTURES.glob("*.txt")):
        for part in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            head, _, text = part.partition("\n")
            kind, _, name = head.partition(" | ")
            found.append(block(kind, name, text))
    return found


def block(kind: str, name: str, text: str) -> Block:
    wanted: list[Wanted] = []
    notes: list[int] = []
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        plain = line
        for body in MARK.findall(line):
            if body == "?":
                notes.append(number)
                plain = plain.replace(" «?»", "")
                continue
            mark, _, rest = body.partition(":")
            shown, _, role = rest.partition("|")
            written, _, other = shown.partition("=>")
            wanted.append(Wanted(number, KINDS[mark], other or written, role))
            plain = plain.replace(f"«{body}»", written)
        lines.append(plain)
    return Block(kind, name, "\n".join(lines), tuple(wanted), tuple(notes))


def as_file(given: Block) -> tuple[str, str, int]:
    """Name, text and the lines before the block's first; a cell becomes a notebook."""
    if not given.name.endswith("-cell"):
        return given.name, given.text, 0
    cell = {"cell_type": "code", "source": [f"{line}\n" for line in given.text.split("\n")]}
    text = json.dumps({"cells": [cell], "nbformat": 4}, indent=1)
    before = next(i for i, line in enumerate(text.split("\n"), 1) if '"source"' in line)
    return given.name.removesuffix("-cell"), text, before


@pytest.mark.parametrize("given", blocks(), ids=lambda b: f"{b.kind}-{b.name}")
def test_everything_marked_is_found_and_nothing_else(given: Block) -> None:
    name, text, before = as_file(given)
    scan = scan_files([name], {name: text.encode()}.__getitem__, load_rules(), (), jobs=1)
    left = list(scan.references)
    for one in given.wanted:
        hits = [
            r
            for r in scan.references
            if (r.kind.value, r.id) == (one.kind, one.id) and abs(r.line - before - one.line) <= 1
        ]
        assert hits, one
        assert not one.role or one.role in {r.role.value for r in hits}, one
        left = [r for r in left if r not in hits]
    assert not left
    said = {r.line - before for r in scan.references} | {n.line - before for n in scan.notes}
    assert set(given.notes) <= said
    assert not scan.problems


def test_a_name_of_a_configuration_is_no_unresolved_set() -> None:
    text = "dataset_path: owner/name\ndataset_name: english\n"
    scan = scan_files(["t.yaml"], {"t.yaml": text.encode()}.__getitem__, load_rules(), (), jobs=1)
    assert not scan.notes


def test_a_bare_name_under_a_key_of_data_is_said() -> None:
    text = "dataset: house_prices\n"
    scan = scan_files(["t.yaml"], {"t.yaml": text.encode()}.__getitem__, load_rules(), (), jobs=1)
    assert [(n.line, "without an owner" in n.message) for n in scan.notes] == [(1, True)]
