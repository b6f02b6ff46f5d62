"""The one question a scan asks of a frame, as narwhals expressions that every engine runs.

An engine gives a frame of one row a record with the columns named here; byte lengths and the
way into nested or textual columns are its own, everything else is this module's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from provenance.scanning.layout import MAX_VALUE, Columns, FileFormat, Group, Plan, Shape

if TYPE_CHECKING:
    import narwhals as nw

LICENSE = "license"
"""License value: text, or the nested value as it is."""
BYTES = "bytes"
"""Bytes of the text column."""
TOKENS = "tokens"
TEXT = "text"
"""The text itself; read only to look for personal data in it."""
READABLE = "readable"
"""Of JSON lines: whether the line is a JSON object in UTF-8."""
POSITION = "position"
"""0-based position of the record in its file; only in samples."""

_SQUARES = "squares"
_SQUARES_OF_COUNTS = "squares2"
_COUNTED = "counted"
_MULTIPLIER = 2_654_435_761
_MODULUS = 2**32


def count_groups(frame: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    """Rows, bytes, tokens and what a sample's error needs, for each distinct license value."""
    import narwhals as nw

    columns = plan.columns
    if plan.one_in > 1:
        frame = sampled(frame, plan.one_in)
    keys = [LICENSE] if columns.license is not None else []
    if plan.file.format is FileFormat.JSONL:
        keys.append(READABLE)
    wanted = [nw.len().alias("rows")]
    if columns.text is not None:
        wanted.append(nw.col(BYTES).sum())
        if plan.one_in > 1:
            wanted.append(_squared(BYTES).sum().alias(_SQUARES))
    if columns.tokens is not None:
        is_count = nw.when(nw.col(TOKENS) >= 0).then(nw.lit(1)).otherwise(nw.lit(0))
        wanted += [nw.col(TOKENS).sum(), is_count.sum().alias(_COUNTED)]
        if plan.one_in > 1:
            wanted.append(_squared(TOKENS).sum().alias(_SQUARES_OF_COUNTS))
    if not keys:
        return frame.select(*wanted)
    groups = frame.group_by(*keys).agg(*wanted)
    if columns.license is not None and not is_nested(plan):
        # cut once for each distinct value, not once a record
        groups = groups.with_columns(nw.col(LICENSE).str.head(MAX_VALUE))
    return groups


def _squared(column: str) -> nw.Expr:
    import narwhals as nw

    value = nw.col(column).cast(nw.Float64)
    return value * value


def is_nested(plan: Plan) -> bool:
    """Whether license values arrive as lists or structures; out of JSON they arrive as text."""
    column = plan.columns.license
    return (
        column is not None
        and column.shape is Shape.NESTED
        and column.path.json_from is None
        and plan.file.format is not FileFormat.JSONL
    )


def sampled(frame: nw.LazyFrame[Any], one_in: int) -> nw.LazyFrame[Any]:
    """About one record in ``one_in``, spread evenly over the file and the same every time.

    A record is kept when its position, multiplied modulo 2³² (Knuth, The Art of Computer
    Programming 3, 6.4: multiplicative hashing), falls in the first part of the range.
    """
    import narwhals as nw

    spread = (nw.col(POSITION) * _MULTIPLIER) % _MODULUS
    return frame.filter(spread < _MODULUS // one_in)


def readable(frame: nw.LazyFrame[Any], plan: Plan) -> nw.LazyFrame[Any]:
    """The records without the lines that are none."""
    import narwhals as nw

    return frame.filter(nw.col(READABLE)) if plan.file.format is FileFormat.JSONL else frame


def read_groups(
    rows: Iterable[Mapping[str, Any]], columns: Columns
) -> tuple[tuple[Group, ...], int]:
    """Groups sorted by value, and the number of unreadable lines, from a collected answer."""
    groups: dict[str | None, Group] = {}
    unreadable = 0
    for row in rows:
        count = int(row["rows"])
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
