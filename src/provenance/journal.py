"""A file of what was done so far, one JSON object a line, so that a long run can go on.

The first line says what run it is of. Every other line carries a checksum of itself and of that
run: a line that was torn, damaged or edited, and those after it, are done again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from provenance.errors import OutputError, UsageError


class _Header(msgspec.Struct, frozen=True):
    journal: str
    """What it is of: ``census``, ``scan``."""
    question: str
    """What the run was asked; lines of another question are of no use to it."""


class Journal:
    """The lines on disk. Use as a context manager."""

    def __init__(self, path: Path, kind: str, question: str, keep: Callable[[bytes], None]) -> None:
        """Open or create ``path``.

        Args:
            path: the file.
            kind: what it is a journal of, in a word.
            question: what the run was asked, on one line.
            keep: given each whole line that is there, without its checksum; raises
                :class:`msgspec.MsgspecError` for one that it cannot use.

        Raises:
            UsageError: the file holds something else, or the lines of another question.
            UsageError: it cannot be read or written.

        """
        self.path = path
        self._kind = kind
        self._salt = msgspec.json.encode(_Header(kind, question))
        try:
            # a device has no size, and some have no end
            new = not path.exists() or path.stat().st_size == 0
            self._stream = path.open("w+b" if new else "r+b")
            with _closed_on_error(self):
                whole = 0 if new else self._load(question, keep)
                if not new:
                    self._stream.truncate(whole)
                    self._stream.seek(whole)
                if whole == 0:
                    self._write(self._salt + b"\n")
        except OSError as error:
            raise UsageError(f"{path}: cannot be used: {error.strerror}") from None

    def __enter__(self) -> Self:
        """The journal itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file. What a full disk refused was said when it was written."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._stream.close()

    def append(self, objects: Iterable[bytes]) -> None:
        """Keep JSON objects, each on one line; they are on disk when this returns.

        Raises:
            UsageError: the disk is full or failing.

        """
        try:
            self._write(b"".join(self._line(record) for record in objects))
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror}") from None

    def _line(self, record: bytes) -> bytes:
        digest = hashlib.sha256(self._salt + record).hexdigest()[:32]
        return b'%s,"sum":"%s"}\n' % (record[:-1], digest.encode())

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def _load(self, question: str, keep: Callable[[bytes], None]) -> int:
        """Give ``keep`` the lines that are whole; returns the length of that part of the file."""
        head = self._stream.readline()
        if not head.endswith(b"\n"):
            if not (self._salt + b"\n").startswith(head):
                raise UsageError(f"{self.path} is no state file of a {self._kind}")
            return 0
        try:
            header = msgspec.json.decode(head, type=_Header)
        except msgspec.MsgspecError:
            raise UsageError(f"{self.path} is no state file of a {self._kind}") from None
        if header.journal != self._kind:
            raise UsageError(f"{self.path} is the state file of a {header.journal}")
        if header.question != question:
            raise UsageError(
                f"{self.path} keeps another {self._kind} ({header.question}): use its options, or "
                "give another --state"
            )
        whole = len(head)
        for line in self._stream:
            record = line.rpartition(b',"sum":')[0] + b"}"
            if self._line(record) != line:
                break
            try:
                keep(record)
            except msgspec.MsgspecError:
                break
            whole += len(line)
        return whole


@contextlib.contextmanager
def _closed_on_error(journal: Journal) -> Iterator[None]:
    try:
        yield
    except BaseException:
        journal.close()
        raise
