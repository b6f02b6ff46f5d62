"""The file of rows: what a census has done so far, so that it can go on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import msgspec

from provenance.journal import Journal
from provenance.surveying.row import CensusRow


class _Id(msgspec.Struct):
    id: str


class RowFile:
    """Rows on disk. Use as a context manager."""

    def __init__(self, path: Path, question: str) -> None:
        """Open or create ``path`` for the census that ``question`` describes.

        Raises:
            UsageError: it holds something else, or another census.
            UsageError: it cannot be read or written.

        """
        self.path = path
        self.done: set[str] = set()
        """Ids whose rows are there."""
        decoder = msgspec.json.Decoder(_Id)
        self._journal = Journal(
            path, "census", question, lambda row: self.done.add(decoder.decode(row).id)
        )

    def __enter__(self) -> RowFile:
        """The file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._journal.close()

    def add(self, rows: Iterable[CensusRow]) -> None:
        """Keep rows; they are on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        rows = list(rows)
        self._journal.add(msgspec.json.encode(row) for row in rows)
        self.done.update(row.id for row in rows)
