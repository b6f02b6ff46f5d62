"""Counting a corpus: plan every file, count those that are not counted yet, keep each count."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from provenance.corpus.columns import Field, find_columns, names
from provenance.corpus.layout import Columns, DataFile, FileCount, FileFormat, Plan
from provenance.corpus.probe import UnreadableFileError, probe
from provenance.corpus.state import Question, StateFile
from provenance.errors import UsageError

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

    def texts(self, plan: Plan, limit: int) -> list[str]:
        """Texts of at most ``limit`` of the planned records. Raises as :meth:`count`."""

    def interrupt(self) -> None:
        """Stop what runs."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a scan is."""

    files: int
    all_files: int
    rows: int
    bytes: int
    """Stored bytes of the files done."""
    all_bytes: int
    resumed_bytes: int
    """Part of ``bytes`` that an earlier run counted."""


def scan_files(
    files: Sequence[DataFile],
    question: Question,
    engine: Engine,
    state: StateFile | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[FileCount, ...]:
    """Count every file, in the order given; those in ``state`` are not counted again.

    A file that cannot be read is in the answer with its ``error``.

    Raises:
        UsageError: no file has a license column, and none was named.
        SourceError: the disk is full or memory is exhausted; ``state`` keeps what was counted.

    """
    done: dict[DataFile, FileCount] = {}
    for file in files:
        known = state.get(file) if state is not None else None
        if known is not None:
            done[file] = known
    resumed = sum(file.size for file in done)
    todo = [file for file in files if file not in done]
    per_file = _share(question.sample, files)
    _check_columns(todo, done, question)
    for count in _counted(todo, question, engine, per_file):
        done[count.file] = count
        if state is not None:
            state.add(count)
        if progress is not None:
            progress(_progress(files, done, resumed))
    return tuple(done[file] for file in files)


def _share(sample: int | None, files: Sequence[DataFile]) -> dict[DataFile, int]:
    """Records to take from each file: in proportion to its size, and enough for a variance."""
    if sample is None:
        return {}
    whole = sum(file.size for file in files) or 1
    return {f: max(_LEAST_SAMPLE, math.ceil(sample * f.size / whole)) for f in files}


def _check_columns(
    todo: Sequence[DataFile], done: dict[DataFile, FileCount], question: Question
) -> None:
    """Refuse before counting when the first readable file shows that nothing can be found."""
    if any(count.columns.license is not None for count in done.values()):
        return
    seen: tuple[str, ...] = ()
    for file in todo:
        try:
            fields = probe(file).fields
        except UnreadableFileError:
            continue
        if _columns(fields, question).license is not None:
            return
        seen = seen or names(fields)
    if not seen:
        return
    wanted = question.license_column
    listed = ", ".join(seen[:20]) + (", …" if len(seen) > 20 else "")
    raise UsageError(
        f"no file has the column {wanted!r}; columns: {listed}"
        if wanted
        else f"no license column was found; name it with --license-column; columns: {listed}"
    )


def _columns(fields: Sequence[Field], question: Question) -> Columns:
    return find_columns(
        fields, question.license_column, question.text_column, question.token_column
    )


def _counted(
    todo: Sequence[DataFile], question: Question, engine: Engine, per_file: dict[DataFile, int]
) -> Iterator[FileCount]:
    """Counts in the order in which they are done; few files are in flight at a time."""
    jobs = engine.jobs(todo)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        running: set[Future[FileCount]] = set()
        waiting = iter(todo)
        try:
            for file in waiting:
                running.add(pool.submit(_count, file, question, engine, per_file.get(file)))
                if len(running) >= 2 * jobs:
                    finished, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in finished)
            while running:
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        except BaseException:
            for future in running:
                future.cancel()
            engine.interrupt()
            raise


def _count(file: DataFile, question: Question, engine: Engine, wanted: int | None) -> FileCount:
    columns = Columns(None, None, None)
    try:
        if not file.size and file.format in {FileFormat.JSONL, FileFormat.CSV}:
            return FileCount(file, columns, (), 0, 0)
        schema = probe(file)
        columns = _columns(schema.fields, question)
        if wanted is None:
            return engine.count(Plan(file, columns), None)
        rows = schema.rows
        if rows is None:
            rows = engine.rows(Plan(file, columns))
        return engine.count(Plan(file, columns, max(1, rows // wanted)), rows)
    except UnreadableFileError as error:
        return FileCount(file, columns, (), 0, 0, str(error))


def _progress(files: Sequence[DataFile], done: dict[DataFile, FileCount], resumed: int) -> Progress:
    return Progress(
        files=len(done),
        all_files=len(files),
        rows=sum(count.population for count in done.values()),
        bytes=sum(file.size for file in done),
        all_bytes=sum(file.size for file in files),
        resumed_bytes=resumed,
    )
