"""The one question a scan asks of the records of a file, as SQL that every engine reads.

An engine gives one row a record with the columns named here; byte lengths and the way into nested
or textual columns are its own, everything else is this module's. The SQL is what DuckDB and Spark
both have: functions of the standard, and names that are no keyword of either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from provenance.frozen import frozen
from provenance.scanning.layout import MAX_VALUE, Columns, FileFormat, Group, Plan, Shape

LICENSE = "license"
"""License value: text, or the nested value as it is."""
BYTES = "bytes"
"""Bytes of the text column."""
TOKENS = "tokens"
TEXT = "text"
"""The text itself; read only to look for personal data in it."""
READABLE = "readable"
"""Of JSON lines: whether the line is a JSON object in UTF-8."""
POSITION = "place"
"""0-based position of the record in its file; only in samples."""

_ROWS = "counted_rows"
_SQUARES = "squares"
_SQUARES_OF_COUNTS = "squares2"
_COUNTED = "counted"
_MULTIPLIER = 2_654_435_761
_MODULUS = 2**32


@frozen
class CountQuery:
    """Rows, bytes, tokens and what a sample's error needs, for each distinct license value."""

    where: str | None
    """Condition that a record is counted by; ``None``: every one is."""
    keys: tuple[str, ...]
    """Columns to group by; without any, all records are one group."""
    sums: tuple[tuple[str, str], ...]
    """Names of the further columns of the answer, and their SQL over the records of a group."""
    cuts: bool
    """Whether the license is text, of which :data:`CUT` is enough: once a group, not a record."""


CUT = f"substr({LICENSE}, 1, {MAX_VALUE})"


def count_query(plan: Plan) -> CountQuery:
    """What is asked of the records of a file."""
    columns = plan.columns
    keys = [LICENSE] if columns.license is not None else []
    if plan.file.format is FileFormat.JSONL:
        keys.append(READABLE)
    sums = [(_ROWS, "count(*)")]
    if columns.text is not None:
        sums.append((BYTES, f"sum({BYTES})"))
        if plan.one_in > 1:
            sums.append((_SQUARES, _sum_of_squares(BYTES)))
    if columns.tokens is not None:
        is_count = f"CASE WHEN {TOKENS} >= 0 THEN 1 ELSE 0 END"
        sums += [(TOKENS, f"sum({TOKENS})"), (_COUNTED, f"sum({is_count})")]
        if plan.one_in > 1:
            sums.append((_SQUARES_OF_COUNTS, _sum_of_squares(TOKENS)))
    cuts = columns.license is not None and not is_nested(plan)
    return CountQuery(sampled(plan), tuple(keys), tuple(sums), cuts)


def _sum_of_squares(column: str) -> str:
    return f"sum(CAST({column} AS DOUBLE) * CAST({column} AS DOUBLE))"


def is_nested(plan: Plan) -> bool:
    """Whether license values arrive as lists or structures; out of JSON they arrive as text."""
    column = plan.columns.license
    return (
        column is not None
        and column.shape is Shape.NESTED
        and column.path.json_from is None
        and plan.file.format is not FileFormat.JSONL
    )


def sampled(plan: Plan) -> str | None:
    """The condition of about one record in ``plan.one_in``; ``None``: all are taken.

    They are spread evenly over the file, and are the same every time: a record is kept when its
    position, multiplied modulo 2³² (Knuth, The Art of Computer Programming 3, 6.4: multiplicative
    hashing), falls in the first part of the range.
    """
    if plan.one_in <= 1:
        return None
    return f"({POSITION} * {_MULTIPLIER}) % {_MODULUS} < {_MODULUS // plan.one_in}"


def readable(plan: Plan) -> str | None:
    """The condition of a record that can be read; ``None``: what no record is gives none."""
    return READABLE if plan.file.format is FileFormat.JSONL else None


def read_groups(
    rows: Iterable[Mapping[str, Any]], columns: Columns
) -> tuple[tuple[Group, ...], int]:
    """Groups sorted by value, and the number of unreadable lines, from a collected answer."""
    groups: dict[str | None, Group] = {}
    unreadable = 0
    for row in rows:
        count = int(row[_ROWS])
        if not row.get(READABLE, True):
            unreadable += count
            continue
        if count == 0:
            continue
        key = None if columns.license is None else _as_json(row[LICENSE])
        group = Group(
            key,
            count,
            None if columns.text is None else int(row[BYTES] or 0),
            None if columns.tokens is None else int(row[TOKENS] or 0),
            float(row.get(_SQUARES) or 0.0),
            float(row.get(_SQUARES_OF_COUNTS) or 0.0),
            0 if columns.tokens is None else count - int(row[_COUNTED] or 0),
        )
        groups[key] = _joined(groups[key], group) if key in groups else group
    return tuple(sorted(groups.values(), key=lambda g: (g.value is not None, g.value or ""))), (
        unreadable
    )


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _joined(group: Group, other: Group) -> Group:
    """Two groups whose values are the same once written as JSON."""
    return Group(
        group.value,
        group.rows + other.rows,
        None if group.bytes is None or other.bytes is None else group.bytes + other.bytes,
        None if group.tokens is None or other.tokens is None else group.tokens + other.tokens,
        group.squares + other.squares,
        group.token_squares + other.token_squares,
        group.uncounted + other.uncounted,
    )
