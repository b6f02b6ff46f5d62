"""The file of rows: what a census has done so far, one JSON row a line, so that it can go on.

A row carries a checksum: one that was damaged or edited, and those after it, are taken again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import msgspec

from provenance.census.row import CensusRow
from provenance.errors import UsageError


class _Header(msgspec.Struct):
    census: str


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
        self._question = question
        self.done: set[str] = set()
        """Ids whose rows are there."""
        try:
            new = not path.exists() or path.stat().st_size == 0
            self._stream = path.open("w+b" if new else "r+b")
            if new:
                self._write(msgspec.json.encode(_Header(question)) + b"\n")
            else:
                self._stream.truncate(self._load(question))
                self._stream.seek(0, os.SEEK_END)
        except OSError as error:
            raise UsageError(f"{path}: cannot be used: {error.strerror}") from None

    def __enter__(self) -> RowFile:
        """The file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file. What a full disk refused was said when it was written."""
        with contextlib.suppress(OSError):
            self._stream.close()

    def add(self, rows: Iterable[CensusRow]) -> None:
        """Keep rows; they are on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        rows = list(rows)
        try:
            self._write(b"".join(self._line(msgspec.json.encode(row)) for row in rows))
            self.done.update(row.id for row in rows)
        except OSError as error:
            raise UsageError(f"{self.path}: cannot be written: {error.strerror}") from None

    def _line(self, row: bytes) -> bytes:
        """A row with its checksum: of the census that it is of, too."""
        digest = hashlib.sha256(self._question.encode("utf-8", "surrogatepass") + row).hexdigest()
        return b'%s,"sum":"%s"}\n' % (row[:-1], digest[:32].encode())

    def _is_whole(self, line: bytes) -> bool:
        """Whether a line is as it was written here."""
        row, _, _ = line.rpartition(b',"sum":')
        return bool(row) and self._line(row + b"}") == line

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _load(self, question: str) -> int:
        """Read the ids done; returns the length of the part that is whole."""
        try:
            return self._read(question)
        except UsageError:
            self._stream.close()
            raise

    def _read(self, question: str) -> int:
        head = self._stream.readline()
        try:
            found = msgspec.json.decode(head, type=_Header).census
        except msgspec.MsgspecError:
            raise UsageError(f"{self.path} is no state file of a census") from None
        if found != question:
            raise UsageError(f"{self.path} keeps another census ({found}): give another --state")
        whole = len(head)
        decoder = msgspec.json.Decoder(_Id)
        for line in self._stream:
            if not self._is_whole(line):
                break  # torn, damaged or edited: it and what follows is taken again
            try:
                self.done.add(decoder.decode(line).id)
            except msgspec.MsgspecError:
                break
            whole += len(line)
        return whole
