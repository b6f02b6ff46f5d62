"""The state file: one line for each file that was counted, so that a scan can go on."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import msgspec

from provenance.frozen import frozen
from provenance.journal import Journal
from provenance.scanning.layout import MAX_VALUE, DataFile, FileCount

_FORMAT = 2


@frozen
class Question:
    """What a scan asks of every file; counts are kept only for the same question."""

    license_column: str | None = None
    text_column: str | None = None
    token_column: str | None = None
    sample: int | None = None
    format: int = _FORMAT
    max_value: int = MAX_VALUE

    def __str__(self) -> str:
        """The options that were given, on one line."""
        asked = [
            f"{field.name}={value!r}"
            for field in fields(self)
            if (value := getattr(self, field.name)) is not None
        ]
        return ", ".join(asked)


class StateFile(Journal):
    """Counts done so far, kept on disk. Use as a context manager."""

    def __init__(self, path: Path, question: Question) -> None:
        """Open or create ``path``.

        Raises:
            UsageError: it holds something else, or the counts of another question.
            UsageError: it cannot be read or written.

        """
        self._done: dict[DataFile, FileCount] = {}
        self._decoder = msgspec.json.Decoder(FileCount)
        super().__init__(path, "scan", str(question), self._keep)

    def get(self, file: DataFile) -> FileCount | None:
        """The count of ``file`` if it was made and the file has not changed since."""
        return self._done.get(file)

    def add(self, count: FileCount) -> None:
        """Keep a count; it is on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        self.append([msgspec.json.encode(count)])

    def _keep(self, line: bytes) -> None:
        count = self._decoder.decode(line)
        self._done[count.file] = count
