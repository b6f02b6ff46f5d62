"""Over the labelled real cards: evidence holds, and the reading is the same every time."""

from __future__ import annotations

import json
from pathlib import Path

from provenance.cards import Card, read_card
from provenance.licensing import conclude_card
from provenance.report.license import Origin


def labelled(shared: Path) -> list[Card]:
    corpus = shared / "corpus"
    rows = (corpus / "labels/dataset_licenses.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, rows):
        path = corpus / row["snapshot"] / "datasets" / row["dataset"] / "README.md"
        found.append(read_card(path.read_bytes(), f"datasets/{row['dataset']}"))
    return found


def test_every_line_of_evidence_holds_what_it_quotes(shared: Path) -> None:
    count = 0
    for card in labelled(shared):
        for statement in conclude_card(card).statements:
            evidence = statement.evidence
            assert evidence.line is not None
            below = (text.lstrip("> \t") for text in card.lines[evidence.line :][:12])
            line = " ".join(" ".join((card.lines[evidence.line - 1], *below)).split())
            assert evidence.excerpt.strip("…") in line
            assert (evidence.pointer is not None) == (statement.origin is Origin.TAG)
            count += 1
    assert count > 300


def test_reading_twice_gives_the_same(shared: Path) -> None:
    for card in labelled(shared)[:40]:
        assert conclude_card(card) == conclude_card(card)
