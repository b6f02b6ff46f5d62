"""The file of rows: what a census has done so far, so that it can go on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from provenance.journal import Journal
from provenance.surveying.row import CensusRow


class _Id(msgspec.Struct):
    id: str


class RowFile(Journal):
    """Rows on disk. Use as a context manager."""

    def __init__(self, path: Path, question: str) -> None:
        """Open or create ``path`` for the census that ``question`` describes.

        Raises:
            UsageError: it holds something else, or another census.
            UsageError: it cannot be read or written.

        """
        self.done: set[str] = set()
        """Ids whose rows are there."""
        decoder = msgspec.json.Decoder(_Id)
        super().__init__(
            path, "census", question, lambda row: self.done.add(decoder.decode(row).id)
        )

    def add(self, rows: Iterable[CensusRow]) -> None:
        """Keep rows; they are on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        rows = list(rows)
        self.append(msgspec.json.encode(row) for row in rows)
        self.done.update(row.id for row in rows)
