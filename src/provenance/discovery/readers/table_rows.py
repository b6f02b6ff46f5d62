"""Rows of a table: one that is a label and its value, one that is of this model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance import lazy_re as re
from provenance.discovery.candidates import Candidate, CardReading
from provenance.discovery.document import Passage, Table
from provenance.discovery.labels import LabelTopic, role_of, section_topic, topic_of
from provenance.discovery.prose_items import NamedSet
from provenance.discovery.prose_lexicon import MODEL_WORD
from provenance.discovery.prose_names import names_in
from provenance.discovery.quantities import parse_quantity
from provenance.discovery.readers.table_cells import DATA, MARK, MODELS, SCORE, linked_set, plain
from provenance.names import normalize
from provenance.report.training import Amount, DeclaredIn, Measure, Role


def labelled_rows(reading: CardReading, table: Table, header: list[str]) -> Iterator[Candidate]:
    """Rows that are labels and values: ``| Dataset | Finch v3 |``, ``| Training data | … |``."""
    models = [i for i, h in enumerate(header) if MODELS.match(h)]
    if models or any(SCORE.search(h) for h in header[1:]):
        return
    rows = (*table.rows, table.header) if len(header) == 2 else table.rows
    mine = [i for i, h in enumerate(header) if i and _is_own(reading, h)]
    for row in rows:
        topic = topic_of(plain(row[0])) if row else LabelTopic.OTHER
        if topic not in (*DATA, LabelTopic.EVALUATION):
            continue
        role = Role.EVALUATION if topic is LabelTopic.EVALUATION else role_of(plain(row[0]))
        if (
            topic is LabelTopic.EVALUATION
            and section_topic(table.headings)[0] is LabelTopic.EVALUATION
        ):
            continue
        seen = {f"row: {topic.value}"} | ({"row: in a wide table"} if len(row) > 2 else set())
        sources = plain(row[0]).lower() == "sources"
        for index, cell in enumerate(row):
            if not index or (mine and index not in mine):
                continue
            names = _sources(cell) if sources else names_in(cell, _DASH.split(cell.text)[0])
            for named in names:
                yield reading.candidate(cell, 0, named, role, DeclaredIn.TABLE, seen)


_OUTSIDE = re.compile(r";\s(?![^()]{0,600}\))")
"""Between sources; within parentheses it stands between authors."""
_DASH = re.compile(r"\s[–—]\s")
"""Behind it a value is explained."""


def _is_own(reading: CardReading, header: str) -> bool:
    """Whether a column is headed by this model's name: "finch-small (this one)"."""
    return normalize(header) in reading.own or "this one" in header or "this model" in header


def _sources(cell: Passage) -> list[NamedSet]:
    """The sources of a spaCy pipeline: one a line, the authors of each in parentheses."""
    named = []
    for part in _OUTSIDE.split(cell.text):
        mark = MARK.match(part.strip())
        bare = part.partition(" (")[0]
        if mark is not None:
            named.append(
                linked_set(cell.mark(mark[0]).text, cell.mark(mark[0]).url, cell.words(part))
            )
        else:
            named += names_in(cell, bare)
    return [n for n in named if not MODEL_WORD.match(n.name)]


def of_this_model(reading: CardReading, table: Table, header: list[str]) -> Iterator[Candidate]:
    """A model family's table (``Model | Params | Training data``): this model's own row.

    Without a row of its own name, a cell that all rows share is this model's too.
    """
    data = next((i for i, h in enumerate(header) if topic_of(h) is LabelTopic.TRAINING_DATA), None)
    if data is None or data == 0:
        return
    wanted = {
        reading.card.repo.partition("/")[2].lower(),
        reading.card.repo.rpartition("/")[2].lower(),
    }
    of_this_name = [r for r in table.rows if len(r) > data and plain(r[0]).lower() in wanted]
    values = {plain(r[data]) for r in table.rows if len(r) > data and plain(r[data])}
    rows = of_this_name or (table.rows[:1] if len(values) == 1 else ())
    for row in rows:
        cell = row[data] if data < len(row) else None
        words = plain(cell) if cell is not None else ""
        if cell is None or not re.search(r"[^\W\d]{3}", words):
            continue
        if re.match(r"(?i)^[\d.,]+\s*[KMGT]i?B\b", words):
            continue
        seen = {"row: of this model" if of_this_name else "row: shared by all models"}
        bare = re.sub(r"\s*\([^()]*\)\s*$", "", words).strip()
        names = names_in(cell, cell.text) or [linked_set(bare, None, words)]
        for named in names:
            quantity = parse_quantity(words.replace(named.name, " "))
            candidate = reading.candidate(
                cell, 0, named, role_of(header[data]), DeclaredIn.TABLE, seen
            )
            if quantity is not None and quantity.unit == "bytes":
                basis = f"{reading.card.path} table at line {table.line}"
                amount = Amount(
                    Measure("bytes", basis), quantity.value, f"{reading.card.path}:{cell.line}"
                )
                candidate = replace(
                    candidate, mention=replace(candidate.mention, amounts=(amount,))
                )
            yield candidate
