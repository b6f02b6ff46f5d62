"""The state file: one line for each file that was counted, so that a scan can go on.

The first line says which question was asked; counts of another question are refused. A line that
was cut short by an interruption is dropped, and its file is counted again.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec

from provenance.errors import UsageError
from provenance.scanning.layout import MAX_VALUE, DataFile, FileCount

_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Question:
    """What a scan asks of every file; counts are kept only for the same question."""

    license_column: str | None = None
    text_column: str | None = None
    token_column: str | None = None
    sample: int | None = None
    format: int = _FORMAT
    max_value: int = MAX_VALUE


class StateFile:
    """Counts done so far, kept on disk. Use as a context manager."""

    def __init__(self, path: Path, question: Question) -> None:
        """Open or create ``path``.

        Raises:
            UsageError: it holds something else, or the counts of another question.
            UsageError: it cannot be read or written.

        """
        self._path = path
        self._done: dict[DataFile, FileCount] = {}
        try:
            whole = self._load(path.read_bytes(), question) if path.exists() else b""
            self._stream = path.open("r+b" if path.exists() else "w+b")
            self._stream.truncate(len(whole))
            self._stream.seek(0, os.SEEK_END)
            if not whole:
                self._append(msgspec.json.encode(question))
        except OSError as error:
            raise UsageError(f"{path}: cannot be used: {error.strerror}") from None

    def __enter__(self) -> StateFile:
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

    def get(self, file: DataFile) -> FileCount | None:
        """The count of ``file`` if it was made and the file has not changed since."""
        return self._done.get(file)

    def add(self, count: FileCount) -> None:
        """Keep a count; it is on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        try:
            self._append(msgspec.json.encode(count))
        except OSError as error:
            raise UsageError(f"{self._path}: cannot be written: {error.strerror}") from None

    def _append(self, line: bytes) -> None:
        self._stream.write(line + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _load(self, data: bytes, question: Question) -> bytes:
        """Read counts; returns the part of the file that is whole."""
        head, newline, rest = data.partition(b"\n")
        if not newline:
            if data and not msgspec.json.encode(question).startswith(data):
                raise UsageError(f"{self._path} is no state file of a scan")
            return b""
        try:
            asked = msgspec.json.decode(head, type=Question)
        except msgspec.MsgspecError:
            raise UsageError(f"{self._path} is no state file of a scan") from None
        if asked != question:
            raise UsageError(
                f"{self._path} keeps the counts of a scan with other options; "
                "use its options, or give another --state"
            )
        decoder = msgspec.json.Decoder(FileCount)
        whole = len(head) + 1
        for line in rest.splitlines(keepends=True):
            if not line.endswith(b"\n"):
                break
            try:
                count = decoder.decode(line)
            except msgspec.MsgspecError:
                break
            self._done[count.file] = count
            whole += len(line)
        return data[:whole]
