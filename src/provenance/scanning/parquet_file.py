"""The schema of a local Parquet file, read with DuckDB: what is loaded for counting anyway.

Remote files are read through PyArrow, which fetches no more of them than is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from provenance.frozen import frozen
from provenance.scanning.columns import Field
from provenance.scanning.layout import Shape
from provenance.scanning.sql import sql_name

if TYPE_CHECKING:
    import duckdb

_WHOLE = ("INT_", "UINT_")
_NUMBERS = frozenset({"INT32", "INT64", "FLOAT", "DOUBLE"})
_TEXTS = frozenset({"UTF8", "JSON"})


@frozen
class _Element:
    """One element of a Parquet schema, which lists them depth first."""

    name: str
    type: str | None
    repeated: bool
    children: int
    converted: str
    logical: str


@frozen
class ParquetFile:
    """What the footer of a file says."""

    fields: tuple[Field, ...]
    leaves: tuple[tuple[str, ...], ...]
    """Paths of the stored columns, in order."""
    rows: int


def read_footer(path: str) -> ParquetFile:
    """Fields, stored columns and records of a local file.

    Raises:
        duckdb.Error: it is no Parquet file, or damaged.

    """
    cursor, name = _database().cursor(), no_pattern(path)
    elements_read = cursor.execute(
        "SELECT name, type, coalesce(repetition_type, '') = 'REPEATED', coalesce(num_children, 0), "
        "coalesce(converted_type, ''), coalesce(logical_type, '') FROM parquet_schema(?)",
        [name],
    ).fetchall()
    elements = iter([_Element(*row) for row in elements_read])
    root = next(elements)
    leaves: list[tuple[str, ...]] = []
    fields = tuple(_field(elements, (), leaves) for _ in range(root.children))
    rows = cursor.execute("SELECT num_rows FROM parquet_file_metadata(?)", [name]).fetchall()
    return ParquetFile(fields, tuple(leaves), int(rows[0][0]))


def empty_columns(path: str, columns: Sequence[int]) -> tuple[int, ...]:
    """Which of the stored columns, by number, hold no value in any row group. Raises as above."""
    columns_read = (
        _database()
        .cursor()
        .execute(
            "SELECT column_id FROM parquet_metadata(?) WHERE list_contains(?, column_id) "
            "GROUP BY column_id HAVING bool_and(coalesce(stats_null_count = num_values, false))",
            [no_pattern(path), list(columns)],
        )
    )
    return tuple(sorted(int(column) for (column,) in columns_read.fetchall()))


def first_texts(path: str, column: str, limit: int) -> list[object]:
    """The first cells of a column of text. Raises as above."""
    name = sql_name(column)
    rows = (
        _database()
        .cursor()
        .execute(
            f"SELECT {name} FROM read_parquet(?, hive_partitioning = false) LIMIT {limit:d}",  # noqa: S608  quoted
            [no_pattern(path)],
        )
    )
    return [value for (value,) in rows.fetchall()]


def no_pattern(path: str) -> str:
    """The path with the signs that DuckDB would expand made literal."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in path)


_open: list[duckdb.DuckDBPyConnection] = []
"""Connections to the databases that footers can be read on; the last one is used."""


def share(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Read footers on a database that is there anyway: to open another takes 30 ms.

    Returns the connection that is kept, for :func:`part`.
    """
    kept = database.cursor()
    _open.append(kept)
    return kept


def part(kept: duckdb.DuckDBPyConnection) -> None:
    """Read no more footers on that database; said twice it is the same."""
    if kept in _open:
        _open.remove(kept)


def _database() -> duckdb.DuckDBPyConnection:
    for kept in reversed(_open):
        return kept
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    return share(duckdb.connect(":memory:", config=config))


def _field(
    elements: Iterator[_Element], above: tuple[str, ...], leaves: list[tuple[str, ...]]
) -> Field:
    """The next field of the schema with what is inside it."""
    element = next(elements)
    path = (*above, element.name)
    inside = tuple(_field(elements, path, leaves) for _ in range(element.children))
    if not inside:
        leaves.append(path)
    if inside or element.repeated:
        listed = element.repeated or bool(element.converted or element.logical)
        return Field(element.name, Shape.NESTED, () if listed else inside)
    return Field(element.name, _shape(element), null=element.logical.startswith("NullType"))


def _shape(element: _Element) -> Shape:
    """What a stored column holds; types as in Parquet's LogicalTypes.md."""
    converted, logical = element.converted, element.logical
    if logical.startswith(("StringType", "JsonType", "NullType")) or converted in _TEXTS:
        return Shape.TEXT
    if logical.startswith("Float16Type"):
        return Shape.NUMBER
    plain = not converted and not logical
    if element.type in _NUMBERS:
        whole = logical.startswith("IntType") or converted.startswith(_WHOLE)
        return Shape.NUMBER if plain or whole else Shape.OTHER
    if element.type in {"BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"}:
        amount = converted in {"DECIMAL", "INTERVAL"} or logical.startswith("DecimalType")
        return Shape.OTHER if amount else Shape.BINARY
    return Shape.OTHER
