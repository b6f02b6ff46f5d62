"""Every line number points at the text it quotes, over all labelled real cards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from provenance.auditing.stated import sizes_of, sources_of
from provenance.cards import Card, read_card
from provenance.cards.citation import read_citations
from provenance.catalog import load_catalog
from provenance.discovery import discover, wanted_files
from provenance.licensing import conclude_card
from provenance.privacy import read_personal_data
from provenance.report.evidence import Evidence


def labelled(shared: Path) -> Iterator[tuple[Card, Path]]:
    corpus = shared / "corpus"
    for line in (corpus / "labels" / "dataset_licenses.jsonl").read_text().splitlines():
        entry = json.loads(line)
        path = corpus / entry["snapshot"] / "datasets" / entry["dataset"] / "README.md"
        yield read_card(path.read_bytes(), f"datasets/{entry['dataset']}"), path.parent
    for line in (corpus / "labels" / "model_training_sets.jsonl").read_text().splitlines():
        model = json.loads(line)["model"]
        for path in corpus.glob(f"hub-20*/models/{model}/README.md"):
            yield read_card(path.read_bytes(), f"models/{model}"), path.parent
    mini = corpus / "hub-2023" / "models" / "sentence-transformers" / "all-MiniLM-L6-v2"
    yield read_card((mini / "README.md").read_bytes(), "models/mini"), mini


def evidence_of(card: Card, folder: Path) -> Iterator[Evidence]:
    yield from (s.evidence for s in conclude_card(card).statements)
    yield from (s.evidence for s in sources_of(card))
    yield from sizes_of(card).sources
    yield from read_personal_data(card).evidence
    yield from (c.evidence for c in read_citations(card))
    names = wanted_files(card, ("data_config.json",))
    files = {n: (folder / n).read_bytes() for n in names if (folder / n).exists()}
    found, _ = discover(card, files, load_catalog().known)
    yield from (m.evidence for m in found.mentions)
    yield from (b.evidence for b in found.base_models)
    yield from (t.evidence for t in found.totals)


def told(lines: tuple[str, ...], line: int) -> str:
    """A line and those after it that its words may go on for, white space folded."""
    below = (text.lstrip("> \t") for text in lines[line : line + 12])
    return " ".join(" ".join((lines[line - 1], *below)).split())


def test_every_line_holds_what_it_quotes(shared: Path) -> None:
    cards = checked = 0
    for card, folder in labelled(shared):
        cards += 1
        texts = {"README.md": card.lines}
        for evidence in evidence_of(card, folder):
            assert evidence.path is not None, evidence
            if evidence.path not in texts:
                text = (folder / evidence.path).read_text(encoding="utf-8")
                texts[evidence.path] = tuple(text.split("\n"))
            assert evidence.line is not None, evidence
            line = told(texts[evidence.path], evidence.line)
            assert evidence.excerpt.strip("…") in line, (card.repo, evidence)
            first = " ".join(texts[evidence.path][evidence.line - 1].split())
            assert evidence.excerpt.strip("…").split()[0] in first, (card.repo, evidence)
            assert evidence.excerpt, (card.repo, evidence)
            checked += 1
    assert cards > 240
    assert checked > 1500
