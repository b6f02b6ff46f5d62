"""Spark as the engine: for data beyond one machine, or data that a cluster already holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import SourceError, UsageError
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
    is_nested,
    read_groups,
    readable,
    sampled,
)
from provenance.scanning.layout import Column, DataFile, FileCount, FileFormat, Plan, Shape
from provenance.scanning.probe import UnreadableFileError, arrow_reader
from provenance.scanning.remote import is_remote, open_binary
from provenance.scanning.spark_session import (
    failures,
    innermost_cause,
    is_connect,
    open_session,
    stop_jobs,
)

if TYPE_CHECKING:
    from pyspark.sql import Column as SparkColumn
    from pyspark.sql import DataFrame

_LINE = "line"


class SparkEngine:
    """Counts files as Spark jobs. Safe to call from several threads."""

    name = "spark"

    def __init__(self, master: str | None = None) -> None:
        """Start or join a session.

        Args:
            master: ``local[*]`` (the default), ``spark://…``, ``yarn``, ``k8s://…``, or ``sc://…``
                for Spark Connect.

        Raises:
            UsageError: pyspark or Java is missing, or what ``master`` names does not answer.

        """
        self._remote = is_connect(master)
        self._spark = open_session(master)

    def jobs(self, files: Sequence[DataFile]) -> int:
        """Spark jobs worth running at once: the driver waits, the executors work."""
        return min(4, len(files) or 1)

    def count(self, plan: Plan, population: int | None) -> FileCount:
        """See :meth:`provenance.scanning.duckdb_engine.DuckDBEngine.count`."""
        try:
            answer = _grouped(self._records(plan), count_query(plan)).toArrow()
        except failures() as error:
            raise self._why(error) from None
        groups, unreadable = read_groups(answer.to_pylist(), plan.columns)
        total = unreadable + sum(group.rows for group in groups)
        return FileCount(plan.file, plan.columns, groups, unreadable, population or total)

    def rows(self, plan: Plan) -> int:
        """Records in one file. Raises as :meth:`count`."""
        try:
            return int(self._source(plan).count())
        except failures() as error:
            raise self._why(error) from None

    def texts(self, plan: Plan, limit: int) -> list[str | None]:
        """Texts of a sample of the records, null included, at most ``limit``. Raises as count."""
        try:
            kept = self._records(plan)
            for condition in (sampled(plan), readable(plan)):
                kept = kept if condition is None else kept.where(condition)
            texts: list[str | None] = kept.select(TEXT).limit(limit).toArrow()[TEXT].to_pylist()
        except failures() as error:
            raise self._why(error) from None
        return texts

    def underway(self) -> float:
        """0: what a cluster has read of a file is not asked for."""
        return 0.0

    def interrupt(self) -> None:
        """Stop every job that runs; its call raises."""
        stop_jobs(self._spark, self._remote)

    def close(self) -> None:
        """End the session."""
        self._spark.stop()

    def _why(self, error: BaseException) -> UnreadableFileError | SourceError:
        """What an error says of the file, unless it is Spark itself that is gone."""
        try:
            self._spark.range(1).count()
        except failures() as other:
            why = innermost_cause(other)
            return SourceError(
                f"Spark stopped working: {why}; with --state the same command goes on"
            )
        return UnreadableFileError(innermost_cause(error))

    def _records(self, plan: Plan) -> DataFrame:
        """One row a record with the columns that :mod:`provenance.scanning.expression` names."""
        from pyspark.sql import functions as sql

        source, columns = self._source(plan), plan.columns
        wanted: list[SparkColumn] = []
        if columns.license is not None:
            wanted.append(_access(columns.license, plan, is_nested(plan)).alias(LICENSE))
        if columns.text is not None:
            text = _access(columns.text, plan, False)
            binary = columns.text.shape is Shape.BINARY
            sized = _stored(columns.text) if binary else text
            wanted += [sql.octet_length(sized).cast("bigint").alias(BYTES), text.alias(TEXT)]
        if columns.tokens is not None:
            number = _access(columns.tokens, plan, False)
            rounded = sql.round(number.try_cast("double")).try_cast("bigint")
            wanted.append(sql.coalesce(number.try_cast("bigint"), rounded).alias(TOKENS))
        if plan.file.format is FileFormat.JSONL:
            wanted.append(_readable().alias(READABLE))
        if plan.one_in > 1:
            wanted.append(_position(plan).alias(POSITION))
        return source.select(*(wanted or [sql.lit(1).alias("one")]))

    def _source(self, plan: Plan) -> DataFrame:
        path = _hadoop_path(plan.file.path)
        match plan.file.format:
            case FileFormat.PARQUET:
                return self._spark.read.parquet(path)
            case FileFormat.JSONL:
                return self._lines(path)
            case FileFormat.CSV:
                self._check_text(path)
                return self._spark.read.csv(
                    path,
                    header=True,
                    multiLine=True,
                    quote='"',
                    escape='"',
                    mode="FAILFAST",
                )
            case FileFormat.ARROW:
                return self._arrow(plan.file)
            case FileFormat.STREAM:
                raise UsageError(f"{plan.file.path}: only --engine duckdb reads through `datasets`")

    def _lines(self, path: str) -> DataFrame:
        from pyspark.sql import functions as sql

        lines = self._spark.read.text(path, lineSep="\n").withColumnRenamed("value", _LINE)
        return lines.filter(sql.expr(f"trim(BOTH ' \t\r' FROM {_LINE}) != ''"))

    def _check_text(self, path: str) -> None:
        """What the CSV reader would say nothing of.

        It replaces what is not UTF-8, and takes all that follows a quote which is never closed for
        one cell: of a file that was cut, or made so, one record would be counted and pass. Where
        every quote is closed their number is even (RFC 4180).
        """
        from pyspark.sql import functions as sql

        line = sql.col(_LINE)
        quotes = sql.length(line) - sql.length(sql.replace(line, sql.lit('"'), sql.lit("")))
        wrong = sql.count_if(~sql.is_valid_utf8(line))
        faults = (
            self._lines(path).agg(wrong.alias("wrong"), sql.sum(quotes).alias("quotes")).first()
        )
        if faults is not None and faults["wrong"]:
            raise UnreadableFileError("not UTF-8")
        if faults is not None and (faults["quotes"] or 0) % 2:
            raise UnreadableFileError("a quote is not closed")

    def _arrow(self, file: DataFile) -> DataFrame:
        """Spark reads no Arrow files: the driver reads one and hands it over, whole."""
        with open_binary(file.path) as stream:
            return self._spark.createDataFrame(arrow_reader(stream).read_all())


def _grouped(frame: DataFrame, asked: CountQuery) -> DataFrame:
    from pyspark.sql import functions as sql

    kept = frame if asked.where is None else frame.where(asked.where)
    sums = [sql.expr(text).alias(name) for name, text in asked.sums]
    groups = kept.groupBy(*asked.keys).agg(*sums)
    return groups.withColumn(LICENSE, sql.expr(CUT)) if asked.cuts else groups


def _access(column: Column, plan: Plan, nested: bool) -> SparkColumn:
    from pyspark.sql import functions as sql

    steps, start = column.path.steps, column.path.json_from
    direct, inside = (steps, ()) if start is None else (steps[:start], steps[start:])
    if plan.file.format is FileFormat.JSONL:
        line = sql.when(sql.is_valid_utf8(sql.col(_LINE)), sql.col(_LINE))
        value = sql.get_json_object(line, _json_path(direct))
    else:
        value = _stored(column)
        if not nested:
            value = sql.validate_utf8(value.cast("string"))
    if inside:
        value = sql.get_json_object(value, _json_path(inside))
    return sql.coalesce(value, sql.lit("")) if plan.file.format is FileFormat.CSV else value


def _stored(column: Column) -> SparkColumn:
    """A column as it is, without the way into text that holds JSON."""
    from pyspark.sql import functions as sql

    steps = column.path.steps[: column.path.json_from]
    return sql.col(".".join("`" + step.replace("`", "``") + "`" for step in steps))


def _readable() -> SparkColumn:
    from pyspark.sql import functions as sql

    line = sql.when(sql.is_valid_utf8(sql.col(_LINE)), sql.col(_LINE))
    starts = sql.expr(f"left(trim(BOTH ' \t\r' FROM {_LINE}), 1) = '{{'")
    return sql.coalesce(sql.get_json_object(line, "$").isNotNull() & starts, sql.lit(False))


def _position(plan: Plan) -> SparkColumn:
    """The row's number in a Parquet file; elsewhere a hash of Spark's own number of it."""
    from pyspark.sql import functions as sql

    if plan.file.format is FileFormat.PARQUET:
        return sql.col("_metadata.row_index")
    return sql.pmod(sql.xxhash64(sql.monotonically_increasing_id()), sql.lit(2**31))


def _json_path(steps: tuple[str, ...]) -> str:
    return "$" + "".join(f"['{step}']" for step in steps)


def _hadoop_path(path: str) -> str:
    """The path with the signs that Hadoop would expand made literal; local ones as ``file:``."""
    escaped = "".join(f"\\{c}" if c in "*?[]{}" else c for c in path)
    if is_remote(path):
        return escaped
    whole = "".join(f"\\{c}" if c in "*?[]{}" else c for c in str(Path(path).absolute()))
    return f"file:{whole}"
