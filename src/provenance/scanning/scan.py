"""Counting a corpus: plan every file, count those that are not counted yet, keep each count."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Protocol

from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.scanning.columns import (
    Field,
    find_columns,
    indistinct_columns,
    names,
    unusable_columns,
)
from provenance.scanning.layout import Column, Columns, DataFile, FileCount, FileFormat, Plan, Shape
from provenance.scanning.probe import Schema, UnreadableFileError, probe
from provenance.scanning.remote import is_remote
from provenance.scanning.sources import is_as_listed
from provenance.scanning.state import Question, StateFile

_LOG = logging.getLogger(__name__)
_SHOW_EVERY_S = 0.5
_LONGEST_NAME = 60
"""Characters of a column's name that a message shows."""
_LEAST_SAMPLE = 30
"""Records taken from each file at least: fewer give no usable variance within it."""


class Engine(Protocol):
    """Something that counts the records of a file by license value."""

    @property
    def name(self) -> str:
        """``duckdb`` or ``spark``."""

    def jobs(self, files: Sequence[DataFile]) -> int:
        """How many of ``files`` are worth counting at the same time."""

    def count(self, plan: Plan, population: int | None) -> FileCount:
        """Count one file.

        Raises:
            UnreadableFileError: the file is corrupt or not what its name says.

        """

    def rows(self, plan: Plan) -> int:
        """Records in one file. Raises as :meth:`count`."""

    def texts(self, plan: Plan, limit: int) -> list[str | None]:
        """Texts, null included, of at most ``limit`` planned records. Raises as :meth:`count`."""

    def underway(self) -> float:
        """Stored bytes read so far of the files being counted; 0 when the engine cannot tell."""

    def interrupt(self) -> None:
        """Stop what runs."""


@frozen
class ScanProgress:
    """How far a scan is."""

    files: int
    all_files: int
    rows: int
    bytes: int
    """Stored bytes of the files done."""
    all_bytes: int
    resumed_bytes: int
    """Part of ``bytes`` that an earlier run counted."""
    resumed_rows: int = 0
    """Part of ``rows`` that an earlier run counted."""
    underway: float = 0.0
    """Stored bytes read of files that are not done."""


def scan_files(
    files: Sequence[DataFile],
    question: Question,
    engine: Engine,
    state: StateFile | None = None,
    progress: Callable[[ScanProgress], None] | None = None,
) -> tuple[FileCount, ...]:
    """Count every file, in the order given; those in ``state`` are not counted again.

    ``state`` is of use for files that say when they changed; others are counted anew.

    A file that cannot be read is in the answer with its ``error``.

    Raises:
        UsageError: no file has a license column, or none has a column that was named.
        SourceError: the disk is full or memory is exhausted; ``state`` keeps what was counted.

    """
    done: dict[DataFile, FileCount] = {}
    for file in files:
        # where nothing tells whether a file changed, its count is no count of what is there now
        known = state.get(file) if state is not None and file.version else None
        if known is not None and known.error is None:
            done[file] = known
    resumed = dict(done)
    todo = [file for file in files if file not in done]
    per_file = _share(question.sample, files)
    look = _Look(question)
    look.over(files, done)

    def show() -> None:
        if progress is not None:
            progress(_progress(files, done, resumed, engine.underway()))

    for count in _counted(todo, look, engine, per_file, show):
        done[count.file] = count
        _LOG.info("read %s: %s", count.file.path, count.error or f"{count.population:,} records")
        if state is not None and count.error is None:  # what failed may be read another time
            state.add(count)
        show()
    return tuple(done[file] for file in files)


def _share(sample: int | None, files: Sequence[DataFile]) -> dict[DataFile, int]:
    """Records to take from each file: in proportion to its size, and enough for a variance.

    Files whose size is not known get equal shares, and all others with them.
    """
    if sample is None:
        return {}
    if any(not file.size and is_remote(file.path) for file in files):
        return dict.fromkeys(files, max(_LEAST_SAMPLE, math.ceil(sample / len(files))))
    whole = sum(file.size for file in files) or 1
    return {f: max(_LEAST_SAMPLE, math.ceil(sample * f.size / whole)) for f in files}


class _Look:
    """Finds the columns of each file; safe to call from several threads."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._known: dict[DataFile, Schema] = {}
        self._sibling: Column | None = None

    def over(self, files: Sequence[DataFile], done: Mapping[DataFile, FileCount]) -> None:
        """Look at files until each column was found once.

        The license column of the first JSON Lines file that has one is looked for in those that
        show none: their first records may just leave it out.

        Raises:
            UsageError: no file has a column that was named, or none has a license column.

        """
        asked = self._question
        missing = {"license"} | {
            measure
            for measure, name in (("text", asked.text_column), ("tokens", asked.token_column))
            if name is not None
        }
        seen: tuple[str, ...] = ()
        odd: tuple[str, ...] = ()
        for file in files:
            lines = file.format is FileFormat.JSONL
            if not missing and (self._sibling is not None or not lines):
                continue
            if file in done:
                columns = done[file].columns
            else:
                try:
                    fields = self.schema(file).fields
                    columns = self._find(fields)
                except UnreadableFileError:
                    continue
                seen, odd = seen or names(fields), odd or unusable_columns(fields)
            if lines and self._sibling is None:
                self._sibling = columns.license
            missing -= {m for m in missing if getattr(columns, m) is not None}
        if missing and seen:
            raise UsageError(self._lack(missing, seen, odd))

    def schema(self, file: DataFile) -> Schema:
        """What a look at the file tells. Raises as :func:`probe`."""
        if file not in self._known:
            self._known[file] = probe(file, self._question.license_column)
        return self._known[file]

    def columns(self, file: DataFile) -> Columns:
        """The columns to read of the file. Raises as :func:`probe`."""
        columns = self._find(self.schema(file).fields)
        if columns.license is None and file.format is FileFormat.JSONL:
            return replace(columns, license=self._sibling)
        return columns

    def forget(self, file: DataFile) -> None:
        """Drop what was learned of a file that is done."""
        self._known.pop(file, None)

    def _find(self, fields: Sequence[Field]) -> Columns:
        asked = self._question
        columns = find_columns(fields, asked.license_column, asked.text_column, asked.token_column)
        if (why := indistinct_columns(fields, columns)) is not None:
            raise UnreadableFileError(why)
        if columns.tokens is not None and columns.tokens.shape not in {Shape.NUMBER, Shape.TEXT}:
            raise UsageError(f"the column {asked.token_column!r} holds no numbers")
        return columns

    def _lack(self, missing: set[str], seen: Sequence[str], odd: Sequence[str]) -> str:
        asked = self._question
        shown = [
            name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in seen
        ]
        listed = ", ".join(shown[:20]) + (", …" if len(seen) > 20 else "")
        named = {"license": asked.license_column, "text": asked.text_column,
                 "tokens": asked.token_column}  # fmt: skip
        absent = [f"{named[m]!r}" for m in sorted(missing) if named[m] is not None]
        if absent:
            return f"no file has the column {' or '.join(absent)}; columns: {listed}"
        why = f" ({'; '.join(odd[:3])})" if odd else ""
        return f"no license column was found{why}; name it with --license-column; columns: {listed}"


def _counted(
    todo: Sequence[DataFile],
    look: _Look,
    engine: Engine,
    per_file: dict[DataFile, int],
    show: Callable[[], None],
) -> Iterator[FileCount]:
    """Counts in the order in which they are done; few files are in flight at a time."""
    jobs = engine.jobs(todo)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running: set[Future[FileCount]] = set()
        waiting = iter(todo)
        try:
            for file in waiting:
                running.add(pool.submit(_count, file, look, engine, per_file.get(file)))
                if len(running) >= 2 * jobs:
                    finished, running = _wait(running, show)
                    yield from (future.result() for future in finished)
            while running:
                finished, running = _wait(running, show)
                yield from (future.result() for future in finished)
        except BaseException:
            for future in running:
                future.cancel()
            engine.interrupt()
            raise


def _wait(
    running: set[Future[FileCount]], show: Callable[[], None]
) -> tuple[set[Future[FileCount]], set[Future[FileCount]]]:
    """Those done, as soon as one is, and the rest; meanwhile say how far they are."""
    while True:
        finished, rest = wait(running, timeout=_SHOW_EVERY_S, return_when=FIRST_COMPLETED)
        if finished:
            return finished, rest
        show()


def _count(file: DataFile, look: _Look, engine: Engine, wanted: int | None) -> FileCount:
    """What a file holds, if it is the same file before and after."""
    count = _counted_once(file, look, engine, wanted)
    if count.error is None and not is_as_listed(file):
        return FileCount(file, count.columns, (), 0, 0, "it changed while it was read")
    return count


def _counted_once(file: DataFile, look: _Look, engine: Engine, wanted: int | None) -> FileCount:
    columns = Columns(None, None, None)
    try:
        text = file.format in {FileFormat.JSONL, FileFormat.CSV}
        if text and not file.size and not is_remote(file.path):  # stores may know no size
            return FileCount(file, columns, (), 0, 0)
        columns = look.columns(file)
        rows = look.schema(file).rows
        if wanted is None:
            return engine.count(Plan(file, columns), None)
        if rows is None:
            rows = engine.rows(Plan(file, columns))
        return engine.count(Plan(file, columns, max(1, rows // wanted)), rows)
    except UnreadableFileError as error:
        return FileCount(file, columns, (), 0, 0, str(error))
    finally:
        look.forget(file)


def _progress(
    files: Sequence[DataFile],
    done: dict[DataFile, FileCount],
    resumed: dict[DataFile, FileCount],
    underway: float,
) -> ScanProgress:
    return ScanProgress(
        files=len(done),
        all_files=len(files),
        rows=sum(count.population for count in done.values()),
        bytes=sum(file.size for file in done),
        all_bytes=sum(file.size for file in files),
        resumed_bytes=sum(file.size for file in resumed),
        resumed_rows=sum(count.population for count in resumed.values()),
        underway=underway,
    )
