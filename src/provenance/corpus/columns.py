"""Finding the columns of a scan in a schema. Pure.

Names are those of corpora in use: ``license`` and ``metadata.license`` (Common Pile, Dolma),
``max_stars_repo_licenses`` (The Stack), ``detected_licenses`` and ``license_type`` (The Stack
v2), ``gha_license_id`` (GitHub Archive). Sources: the dataset cards of ``bigcode/the-stack``,
``bigcode/the-stack-v2``, ``common-pile/comma_v0.1_training_dataset`` and ``allenai/dolma``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.corpus.layout import Column, ColumnPath, Columns, Shape

_LICENSE = (
    re.compile(r"licen[sc]es?"),
    re.compile(r"max_stars_repo_licenses"),
    re.compile(r"detected_licenses"),
    re.compile(r"\w+_licen[sc]es?"),
    re.compile(r"(?:\w+_)?(?:licen[sc]e_(?:id|expression|spdx|name|type|url)|spdx(?:_\w+)?)"),
    re.compile(r"rights"),
)
"""Best first; a name matches whole, in lower case with ``_`` for ``-`` and spaces."""
_TEXT = tuple(
    re.compile(name)
    for name in ("text", "content", "raw_content", "code", "body", "document", "markdown")
)
_TOKENS = tuple(
    re.compile(name)
    for name in ("token_count", "(?:num|n)_tokens", "tokens?_(?:count|length|num)", "tokens")
)
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema. Children of lists are not listed: lists are taken whole."""

    name: str
    shape: Shape
    children: tuple[Field, ...] = ()
    json: bool = False
    """Text that holds a JSON object, whose keys are ``children``."""


def find_columns(
    fields: Sequence[Field],
    license_column: str | None = None,
    text_column: str | None = None,
    token_column: str | None = None,
) -> Columns:
    """The columns to read; a name that is given is taken and none is searched in its place.

    A given name that the schema lacks gives ``None``, as for a file without such a column.
    """
    return Columns(
        license=_find(fields, license_column, _LICENSE, {Shape.TEXT, Shape.NESTED}),
        text=_find(fields, text_column, _TEXT, {Shape.TEXT}),
        tokens=_find(fields, token_column, _TOKENS, {Shape.NUMBER}),
    )


def names(fields: Sequence[Field]) -> tuple[str, ...]:
    """Every path of a schema, for messages."""
    return tuple(str(column.path) for column in _walk(fields, (), None))


def _find(
    fields: Sequence[Field],
    given: str | None,
    patterns: Sequence[re.Pattern[str]],
    shapes: set[Shape],
) -> Column | None:
    columns = list(_walk(fields, (), None))
    if given is not None:
        return next((c for c in columns if str(c.path) == given), None)
    ranked = [
        (rank, len(column.path.steps), index, column)
        for index, column in enumerate(columns)
        if column.shape in shapes and (rank := _rank(column.path.steps[-1], patterns)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _rank(name: str, patterns: Sequence[re.Pattern[str]]) -> int | None:
    normal = re.sub(r"[-\s]", "_", name.strip().lower())
    return next((i for i, pattern in enumerate(patterns) if pattern.fullmatch(normal)), None)


def _walk(
    fields: Sequence[Field], above: tuple[str, ...], json_from: int | None
) -> Iterator[Column]:
    for field in fields:
        steps = (*above, field.name)
        yield Column(ColumnPath(steps, json_from), field.shape)
        if len(steps) < _MAX_DEPTH:
            inside = len(steps) if field.json and json_from is None else json_from
            yield from _walk(field.children, steps, inside)
