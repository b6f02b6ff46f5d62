"""Finding the columns of a scan in a schema. Pure.

Names are those of corpora in use: ``license`` and ``metadata.license`` (Common Pile, Dolma),
``max_stars_repo_licenses`` (The Stack), ``detected_licenses`` and ``license_type`` (The Stack
v2), ``gha_license_id`` (GitHub Archive). Sources: the dataset cards of ``bigcode/the-stack``,
``bigcode/the-stack-v2``, ``common-pile/comma_v0.1_training_dataset`` and ``allenai/dolma``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provenance.frozen import frozen
from provenance.scanning.layout import Column, ColumnPath, Columns, Shape

_LICENSE = (
    re.compile(r"licen[sc]es?"),
    re.compile(r"max_stars_repo_licenses"),
    re.compile(r"detected_licenses"),
    re.compile(r"\w{1,99}_licen[sc]es?"),
    re.compile(
        r"(?:\w{1,99}_)?(?:licen[sc]e_(?:id|expression|spdx|name|type|url)|spdx(?:_\w{1,99})?)"
    ),
    re.compile(r"rights"),
)
"""Best first; a name matches whole, in lower case with ``_`` for ``-`` and spaces."""
_EXACT = _LICENSE[0]
"""The name that is taken whatever the column holds, when no other is found."""
_NO_LICENSE = re.compile(r"(?:has|is|num|n)_.*")
"""Names of flags and counts."""
_TEXT = tuple(
    re.compile(name)
    for name in ("text", "content", "raw_content", "code", "body", "document", "markdown")
)
_TOKENS = tuple(
    re.compile(name)
    for name in ("token_count", "(?:num|n)_tokens", "tokens?_(?:count|length|num)", "tokens")
)
_MAX_DEPTH = 4
_HOLDS = {
    Shape.NUMBER: "numbers",
    Shape.TEXT: "a flag or a count",
    Shape.OTHER: "neither text nor lists",
}


@frozen
class Field:
    """One field of a schema. Children of lists are not listed: lists are taken whole."""

    name: str
    shape: Shape
    children: tuple[Field, ...] = ()
    json: bool = False
    """Text that holds a JSON object, whose keys are ``children``."""
    null: bool = False
    """No value is there, as far as was looked."""


def find_columns(
    fields: Sequence[Field],
    license_column: str | None = None,
    text_column: str | None = None,
    token_column: str | None = None,
) -> Columns:
    """The columns to read; a name that is given is taken and none is searched in its place.

    A given name that the schema lacks gives ``None``, as for a file without such a column.
    A candidate that holds no value gives way to one that does.
    """
    columns = list(_walk(fields, (), None))
    candidates = [] if license_column is not None else _candidates(columns)
    license = _given(columns, license_column) or next(iter(candidates), None)
    return Columns(
        license=license,
        text=_find(columns, text_column, _TEXT, {Shape.TEXT, Shape.BINARY}),
        tokens=_find(columns, token_column, _TOKENS, {Shape.NUMBER}),
        others=tuple(str(c.path) for c in candidates[1:] if license and not _within(c, license)),
    )


def indistinct_columns(fields: Sequence[Field], columns: Columns) -> str | None:
    """Why a wanted column cannot be told from another; ``None`` when each can.

    Engines find columns whatever the case of their names.
    """
    for column in (columns.license, columns.text, columns.tokens):
        inside: Sequence[Field] = fields
        for step in () if column is None else column.path.steps[: column.path.json_from]:
            alike = [f.name for f in inside if f.name.lower() == step.lower()]
            if len(alike) > 1:
                same = " and ".join(f"`{name}`" for name in alike)
                return f"the columns {same} cannot be told apart; rename one"
            inside = next((f.children for f in inside if f.name == step), ())
    return None


def unusable_columns(fields: Sequence[Field]) -> tuple[str, ...]:
    """Columns named like a license's that hold what is none, for messages."""
    columns = [column for column, _ in _walk(fields, (), None)]
    taken = {column.path for column in _candidates(list(_walk(fields, (), None)))}
    return tuple(
        f"`{c.path}` holds {_HOLDS.get(c.shape, 'something else')}"
        for c in columns
        if c.path not in taken and _rank(c.path.steps[-1], _LICENSE) is not None
    )


def names(fields: Sequence[Field]) -> tuple[str, ...]:
    """Every path of a schema, for messages."""
    return tuple(str(column.path) for column, _ in _walk(fields, (), None))


_Found = tuple[Column, bool]
"""A column, and whether it holds no value."""


def _given(columns: Sequence[_Found], name: str | None) -> Column | None:
    return next((c for c, _ in columns if str(c.path) == name), None)


def _candidates(columns: Sequence[_Found]) -> list[Column]:
    """Columns that could be the license's, the best first."""
    ranked = []
    for index, (column, null) in enumerate(columns):
        name = column.path.steps[-1]
        rank = _rank(name, _LICENSE)
        fits = column.shape in {Shape.TEXT, Shape.NESTED, Shape.BINARY}
        if rank is None or _NO_LICENSE.fullmatch(_normal(name)):
            continue
        if fits or _EXACT.fullmatch(_normal(name)):
            ranked.append(((null, not fits, rank, len(column.path.steps), index), column))
    return [column for _, column in sorted(ranked, key=lambda entry: entry[0])]


def _within(column: Column, whole: Column) -> bool:
    steps = whole.path.steps
    return column.path.steps[: len(steps)] == steps


def _find(
    columns: Sequence[_Found],
    given: str | None,
    patterns: Sequence[re.Pattern[str]],
    shapes: set[Shape],
) -> Column | None:
    if given is not None:
        return _given(columns, given)
    ranked = [
        (rank, len(column.path.steps), index, column)
        for index, (column, _) in enumerate(columns)
        if column.shape in shapes and (rank := _rank(column.path.steps[-1], patterns)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _normal(name: str) -> str:
    """In lower case, with ``_``; of a flattened path (``metadata.license``) the last part."""
    return re.sub(r"[-\s]", "_", name.strip().lower().rpartition(".")[2])


def _rank(name: str, patterns: Sequence[re.Pattern[str]]) -> int | None:
    normal = _normal(name)
    return next((i for i, pattern in enumerate(patterns) if pattern.fullmatch(normal)), None)


def _walk(
    fields: Sequence[Field], above: tuple[str, ...], json_from: int | None
) -> Iterator[_Found]:
    for field in fields:
        steps = (*above, field.name)
        yield Column(ColumnPath(steps, json_from), field.shape), field.null
        if len(steps) < _MAX_DEPTH:
            inside = len(steps) if field.json and json_from is None else json_from
            yield from _walk(field.children, steps, inside)
