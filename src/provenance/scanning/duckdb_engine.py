"""The default engine: DuckDB in this process, larger than memory, nothing downloaded."""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from provenance.errors import SourceError, UsageError, missing_extra
from provenance.scanning.expression import (
    BYTES,
    CUT,
    LICENSE,
    POSITION,
    READABLE,
    TEXT,
    TOKENS,
    CountQuery,
    count_query,
    read_groups,
    readable,
    sampled,
)
from provenance.scanning.hub import split_batches
from provenance.scanning.layout import (
    Column,
    Columns,
    DataFile,
    FileCount,
    FileFormat,
    Plan,
    Shape,
)
from provenance.scanning.parquet_file import no_pattern, part, share
from provenance.scanning.probe import UnreadableFileError, arrow_reader, csv_header
from provenance.scanning.remote import (
    filesystem,
    is_remote,
    open_binary,
    parquet_batches,
    store_errors,
    undated,
)
from provenance.scanning.sql import sql_name, sql_text
from provenance.scanning.whole import check_whole

if TYPE_CHECKING:
    import duckdb


_MAX_LINE = 16 * 2**20
"""Bytes of the longest CSV record; DuckDB's own limit is 2 MB."""


_ROW_NUMBER = "file_row_number"
_CSV_ERRORS = {
    "Expected Number of Columns": "more or fewer cells than the header",
    "Invalid unicode": "not UTF-8",
    "unterminated quote": "a quote is not closed",
    "Maximum line size": "longer than 16 MB",
}
"""What DuckDB says of a CSV record, in words that do not quote the record."""
_ADVICE = re.compile(
    r"Possible [Ss]olution|Possible fix|Use try|LINE \d{1,9}:|Candidate|\(SET |SET \w|: value \""
)


_OBSERVED = (
    "SET enable_progress_bar = true; SET enable_progress_bar_print = false; "
    "SET progress_bar_time = 0"
)
"""Lets a query be asked how far it is; nothing is printed."""


class _MemoryExhaustedError(SourceError):
    """DuckDB reached its memory limit, or the disk it spills to is full."""


class DuckDBEngine:
    """Counts files on DuckDB. Safe to call from several threads: each query has its own cursor."""

    name = "duckdb"

    def __init__(self, memory_limit: str | None = None, temp_directory: str | None = None) -> None:
        """Open a database in memory.

        Args:
            memory_limit: as DuckDB reads it (``100MB``, ``2GiB``); default 80 % of memory.
            temp_directory: where what exceeds the limit is spilled; default the system's own.

        Raises:
            UsageError: DuckDB is not installed, or refuses the limit or the folder.

        """
        try:
            import duckdb
        except ImportError:
            raise UsageError(missing_extra("scanning needs DuckDB", "scan")) from None
        config = {
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "true",
            "temp_directory": temp_directory or tempfile.gettempdir(),
        }
        if memory_limit is not None:
            config["memory_limit"] = memory_limit
        try:
            self._database = duckdb.connect(":memory:", config=dict(config))
        except duckdb.Error as error:
            raise UsageError(f"DuckDB refuses its settings: {_line(error)}") from None
        self._shared = share(self._database)
        self._lock = threading.Lock()
        self._schemes: set[str] = set()
        self._running: dict[duckdb.DuckDBPyConnection, int] = {}
        self._stopped = threading.Event()
        self._frugal = False
        self._limited = memory_limit is not None

    def jobs(self, files: Sequence[DataFile]) -> int:
        """Files worth counting at once: DuckDB reads Parquet on all cores, text files on one.

        Two Parquet files at once took a tenth less time and a third more memory.
        """
        if any(file.format is not FileFormat.PARQUET or is_remote(file.path) for file in files):
            import pyarrow  # noqa: F401  before there are threads: one met half an import
        if self._limited or all(file.format is FileFormat.PARQUET for file in files):
            return 1
        return os.cpu_count() or 1

    def count(self, plan: Plan, population: int | None) -> FileCount:
        """Count the records of one file by license value.

        Args:
            plan: the file and its columns.
            population: records in the file where known; else those counted are all.

        Raises:
            UnreadableFileError: the file is corrupt or not what its name says.
            SourceError: the disk is full, or memory is exhausted.

        """
        check_whole(plan.file.path, self._stopped.is_set)
        try:
            return self._count(plan, population)
        except _MemoryExhaustedError:
            if self._frugal:
                raise
            # each thread holds a row group of its own: one needs least
            self._frugal = True
            self._database.execute("SET threads = 1")
            return self._count(plan, population)

    def _count(self, plan: Plan, population: int | None) -> FileCount:
        with self._cursor(plan.file) as cursor, self._relation(cursor, plan) as relation:
            answer = _rows_of(_grouped(relation, count_query(plan)))
            groups, unreadable = read_groups(answer, plan.columns)
        total = unreadable + sum(group.rows for group in groups)
        return FileCount(plan.file, plan.columns, groups, unreadable, population or total)

    def rows(self, plan: Plan) -> int:
        """Records in one file. Raises as :meth:`count`."""
        with self._cursor(plan.file) as cursor, self._source(cursor, plan) as relation:
            answer: list[tuple[int]] = relation.aggregate("count(*)").fetchall()
            return answer[0][0]

    def texts(self, plan: Plan, limit: int) -> list[str | None]:
        """Texts of a sample of the records, null included, at most ``limit``. Raises as count."""
        with self._cursor(plan.file) as cursor, self._relation(cursor, plan, text=True) as relation:
            kept = relation
            for condition in (sampled(plan), readable(plan)):
                kept = kept if condition is None else kept.filter(condition)
            return [row[TEXT] for row in _rows_of(kept.project(TEXT).limit(limit))]

    def underway(self) -> float:
        """Stored bytes read so far of the files being counted, as DuckDB estimates."""
        with self._lock:
            parts = [(cursor.query_progress(), size) for cursor, size in self._running.items()]
        return sum(size * percent / 100 for percent, size in parts if percent > 0)

    def interrupt(self) -> None:
        """Stop every query that runs; its call raises."""
        self._stopped.set()
        with self._lock:
            for cursor in self._running:
                cursor.interrupt()

    def close(self) -> None:
        """Close the database."""
        part(self._shared)
        self._shared.close()
        self._database.close()

    @contextmanager
    def _cursor(self, file: DataFile) -> Iterator[duckdb.DuckDBPyConnection]:
        import duckdb

        with self._lock:
            self._open_scheme(file)
            cursor = self._database.cursor()
            cursor.execute(_OBSERVED)
            self._running[cursor] = file.size
        try:
            yield cursor
        except duckdb.OutOfMemoryException as error:
            raise _MemoryExhaustedError(
                f"{file.path}: memory or disk is exhausted: {_line(error)}; "
                "raise --memory-limit or give --temp-directory more space"
            ) from None
        except duckdb.InterruptException as error:
            if not self._stopped.is_set():  # DuckDB saw Ctrl-C first, and no file is at fault
                raise KeyboardInterrupt from None
            raise UnreadableFileError(_line(error)) from None
        except duckdb.Error as error:
            if "No space left" in str(error):
                raise SourceError(f"{file.path}: {_line(error)}") from None
            raise UnreadableFileError(_line(error)) from None
        except store_errors(ValueError) as error:
            raise UnreadableFileError(_line(error)) from None
        finally:
            with self._lock:
                del self._running[cursor]
            cursor.close()

    def _open_scheme(self, file: DataFile) -> None:
        scheme = file.path.partition("://")[0]
        through_python = file.format in {FileFormat.JSONL, FileFormat.CSV}
        if through_python and is_remote(file.path) and scheme not in self._schemes:
            self._database.register_filesystem(undated(filesystem(file.path)))
            self._schemes.add(scheme)

    @contextmanager
    def _relation(
        self, cursor: duckdb.DuckDBPyConnection, plan: Plan, text: bool = False
    ) -> Iterator[duckdb.DuckDBPyRelation]:
        """One row a record with the columns that :mod:`provenance.scanning.expression` names."""
        with self._source(cursor, plan) as source:
            yield source.project(", ".join(_projection(plan, text, source.columns)))

    @contextmanager
    def _source(
        self, cursor: duckdb.DuckDBPyConnection, plan: Plan
    ) -> Iterator[duckdb.DuckDBPyRelation]:
        path = plan.file.path
        quoted = sql_text(no_pattern(path))
        match plan.file.format:
            case FileFormat.PARQUET if is_remote(path):
                with parquet_batches(path, plan.columns) as reader:
                    yield cursor.from_arrow(reader)
            case FileFormat.PARQUET:
                # a folder named license=x would else stand in for the file's own column
                options = ", hive_partitioning = false"
                relation = cursor.sql(f"FROM read_parquet({quoted}{options})")
                if plan.one_in > 1 and _ROW_NUMBER not in map(str.lower, relation.columns):
                    options += f", {_ROW_NUMBER} = true"
                    relation = cursor.sql(f"FROM read_parquet({quoted}{options})")
                yield relation
            case FileFormat.JSONL:
                yield cursor.sql(
                    f"FROM read_json_objects({quoted}, format = 'newline_delimited', "
                    "ignore_errors = true, hive_partitioning = false)"
                )
            case FileFormat.CSV:
                yield _csv(cursor, plan, quoted)
            case FileFormat.STREAM:
                with split_batches(path, plan.columns) as reader:
                    yield cursor.from_arrow(reader)
            case FileFormat.ARROW:
                with open_binary(path) as stream:
                    yield cursor.from_arrow(arrow_reader(stream))


def _grouped(relation: duckdb.DuckDBPyRelation, asked: CountQuery) -> duckdb.DuckDBPyRelation:
    kept = relation if asked.where is None else relation.filter(asked.where)
    sums = (f"{sql} AS {name}" for name, sql in asked.sums)
    groups = kept.aggregate(", ".join([*asked.keys, *sums]), ", ".join(asked.keys))
    if not asked.cuts:
        return groups
    others = [name for name in groups.columns if name != LICENSE]
    return groups.project(", ".join([f"{CUT} AS {LICENSE}", *others]))


def _rows_of(relation: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    """Rows as Python has them; a map within is one in Arrow's reading only, a list of pairs."""
    if any("MAP(" in str(kind) for kind in relation.types):
        rows: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
        return rows
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _csv(cursor: duckdb.DuckDBPyConnection, plan: Plan, quoted: str) -> duckdb.DuckDBPyRelation:
    """The wanted columns of a CSV file, found by position: DuckDB would rename some of them."""
    header = csv_header(plan.file)
    types = ", ".join(f"'{i}': 'VARCHAR'" for i in range(len(header.names)))
    relation = cursor.sql(
        f"FROM read_csv({quoted}, auto_detect = false, columns = {{{types}}}, header = true, "
        "delim = ',', quote = '\"', escape = '\"', strict_mode = true, null_padding = false, "
        f"skip = {header.blank_lines}, hive_partitioning = false, "
        f"max_line_size = {_MAX_LINE}, buffer_size = {2 * _MAX_LINE})"
    )
    names = sorted({c.path.steps[0] for c in _all(plan.columns)})
    wanted = [f'"{header.names.index(name)}" AS {sql_name(name)}' for name in names]
    return relation.project(", ".join(wanted)) if wanted else relation


def _all(columns: Columns) -> list[Column]:
    return [c for c in (columns.license, columns.text, columns.tokens) if c is not None]


def _projection(plan: Plan, text: bool, stored: Sequence[str]) -> list[str]:
    """SQL for what is asked of a record; ``stored`` are the columns that DuckDB sees."""
    columns = plan.columns
    inside = "json" if plan.file.format is FileFormat.JSONL else None
    blank = plan.file.format is FileFormat.CSV
    wanted = []
    if columns.license is not None:
        wanted.append(f"{_access(columns.license, inside, blank)} AS {LICENSE}")
    if columns.text is not None:
        binary = columns.text.shape is Shape.BINARY
        access = _access(columns.text, inside, blank)
        size = f"octet_length({_raw(columns.text)})" if binary else f"strlen({access})"
        wanted.append(f"{size} AS {BYTES}")
        if text:
            wanted.append(f"{f'TRY({access})' if binary else access} AS {TEXT}")
    if columns.tokens is not None:
        number = _access(columns.tokens, inside, False)
        # TRY_CAST alone: where a column has no null, DuckDB 2.0 sums what cannot be cast (NaN) as 0
        cast = f"CASE WHEN regexp_matches({number}, '[0-9]') THEN TRY_CAST({number} AS BIGINT) END"
        wanted.append(f"{cast} AS {TOKENS}")
    if inside is not None:
        wanted.append(f"(json IS NOT NULL AND ltrim(json::VARCHAR)[1] = '{{') AS {READABLE}")
    if plan.one_in > 1:
        by_file = plan.file.format is FileFormat.PARQUET and not is_remote(plan.file.path)
        numbered = by_file and stored[-1] == _ROW_NUMBER
        position = _ROW_NUMBER if numbered else "row_number() OVER () - 1"
        wanted.append(f"{position} AS {POSITION}")
    return wanted or ["1 AS one"]


def _access(column: Column, inside: str | None, blank: bool) -> str:
    """SQL for a column; ``blank`` reads a missing cell as empty, which CSV cannot tell apart."""
    steps = column.path.steps
    start = column.path.json_from
    if inside is not None:
        direct, rest = (steps, ()) if start is None else (steps[:start], steps[start:])
        sql = f"json_extract_string({inside}, {_json_path(direct)})"
    else:
        rest = () if start is None else steps[start:]
        sql = _raw(column)
        if column.shape is Shape.BINARY:
            sql = f"decode({sql})"
        elif column.shape is not Shape.NESTED:
            sql = f"({sql})::VARCHAR"
    if rest:
        sql = f"CASE WHEN json_valid({sql}) THEN json_extract_string({sql}, {_json_path(rest)}) END"
    return f"coalesce({sql}, '')" if blank else sql


def _raw(column: Column) -> str:
    """SQL for a column as it is stored, without the way into text that holds JSON."""
    steps = column.path.steps[: column.path.json_from]
    return sql_name(steps[0]) + "".join(f"[{sql_text(step)}]" for step in steps[1:])


def _json_path(steps: tuple[str, ...]) -> str:
    return sql_text("$" + "".join('."' + step.replace('"', '\\"') + '"' for step in steps))


def _line(error: BaseException) -> str:
    """What went wrong, without what DuckDB adds: the record itself, settings, its own advice."""
    message = str(error)
    if line := re.search(r"CSV Error on Line: (\d+)", message):
        return f"line {line[1]}: " + next(
            (words for sign, words in _CSV_ERRORS.items() if sign in message), "no CSV"
        )
    if "maximum_object_size" in message:
        return "a line is longer than 16 MB"
    if "Traceback (most recent call last)" in message:  # a store's Python failed inside DuckDB
        message = message.strip().splitlines()[-1]
    return " ".join(_ADVICE.split(message)[0].split())[:200] or type(error).__name__
