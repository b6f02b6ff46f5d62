"""Ids in tables that are written out: by their keys and those above and beside them. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.checking.references.config_keys import (
    is_beside_parts,
    is_exact,
    kind_of_key,
)
from provenance.checking.references.names import (
    is_plain_id,
    kind_of_name,
)
from provenance.checking.references.python_bindings import (
    FileNames,
)
from provenance.checking.references.python_ids import (
    PLAIN_NAMES,
    NamedId,
    by_its_words,
    literals,
    named,
)
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import said_beside
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import ReferenceKind

_BESIDE = frozenset({"split", "subset", "revision", "splits", "hf_split", "config_name"})
"""Keys beside ``path`` that make a table arguments of ``load_dataset``."""


def keys_above(names: FileNames) -> dict[int, tuple[str, ...]]:
    """The name and keys below which each dictionary of a variable stands."""
    above_of: dict[int, tuple[str, ...]] = {}
    waiting: list[tuple[tuple[str, ...], ast.expr]] = [((n,), v) for n, v, _ in names.assigned]
    while waiting:
        above, node = waiting.pop()
        if len(above) > _DEEPEST:
            continue
        if isinstance(node, ast.Dict) and id(node) not in above_of:
            above_of[id(node)] = above
            for key, value in zip(node.keys, node.values, strict=True):
                name = str(key.value) if isinstance(key, ast.Constant) else ""
                waiting.append(((*above, name), value))
        elif isinstance(node, ast.List | ast.Tuple):
            waiting += ((above, item) for item in node.elts)
    return above_of


_DEEPEST = 6


def of_table(table: ast.Dict, above: tuple[str, ...], rules: Rules) -> Iterator[NamedId]:
    """Ids in one table; ``above``: the name and keys below which it stands."""
    keys = {k.value for k in table.keys if isinstance(k, ast.Constant)}
    given = zip(table.keys, table.values, strict=True)
    served = said_beside(texts_of((getattr(k, "value", None), v) for k, v in given))
    for key, value in zip(table.keys, table.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            continue
        if key.value in PLAIN_NAMES:
            yield from by_its_words(key.value, value, rules)
        if key.value == "path" and keys & _BESIDE:
            for literal in literals(value):
                text = str(literal.value)
                if is_plain_id(text, rules):
                    yield NamedId("path", ReferenceKind.DATASET, literal, text, _revision(table))
        else:
            name = in_data(key.value, "", [k for k in keys if isinstance(k, str)])
            yield from named(name, value, rules, served)
            yield from fallback(key.value, value, rules)
            yield from _inner(key.value, value, rules)
            if kind_of_name(name, rules) is None:
                yield from _by_its_place(key.value, value, above, table, rules)


def _by_its_place(
    name: str, value: ast.expr, above: tuple[str, ...], table: ast.Dict, rules: Rules
) -> Iterator[NamedId]:
    """An id under a key that says what it is by those above it, as in a configuration."""
    if not isinstance(value, ast.Constant | ast.List | ast.Tuple):
        return
    kind = kind_of_key(name, above, rules)
    if kind is not None and _text_under("repo_type", table) == "dataset":
        kind = ReferenceKind.DATASET
    for literal in literals(value) if kind is not None else ():
        text = str(literal.value)
        sure = is_exact(name, rules) and is_plain_id(text, rules)
        if kind is not None and (sure or looks_like_an_id(text, rules)):
            yield NamedId(name, kind, literal, text, _revision(table))


def _inner(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``{"model": {"path": "owner/name"}}`` and ``{"datasets": [{"path": …}]}``."""
    for table in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
        if not isinstance(table, ast.Dict):
            continue
        for key, held in zip(table.keys, table.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in PLAIN_NAMES:
                for named_id in named(name, held, rules):
                    yield replace(named_id, revision=_revision(table))


def fallback(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``path = path or "owner/name"``: what is taken where the caller gives nothing."""
    if name not in PLAIN_NAMES:
        return
    match value:
        case ast.Call(
            func=ast.Attribute(attr="get"),
            args=[ast.Constant(value=key), ast.Constant(value=str(text)) as literal],
        ) if key == name and looks_like_an_id(text, rules):
            yield NamedId(name, ReferenceKind.MODEL, literal, text)
    if not isinstance(value, ast.IfExp | ast.BoolOp):
        return
    parts = value.values if isinstance(value, ast.BoolOp) else [value.body, value.orelse]
    if not any(isinstance(p, ast.Name) and p.id == name for p in parts):
        return
    for literal in literals(value):
        if is_plain_id(str(literal.value), rules):
            yield NamedId(name, ReferenceKind.MODEL, literal, str(literal.value))


def _revision(table: ast.Dict) -> str | None:
    return _text_under("revision", table)


def _text_under(name: str, table: ast.Dict) -> str | None:
    """The string that a table has under a key."""
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == name:
            text = value.value if isinstance(value, ast.Constant) else None
            return text if isinstance(text, str) else None
    return None


def texts_of(pairs: Iterable[tuple[object, ast.expr]]) -> Iterator[tuple[str, str]]:
    """Names with the strings that they are given."""
    for name, value in pairs:
        if isinstance(name, str) and isinstance(value, ast.Constant) and value.value:
            yield name, str(value.value)


def in_data(name: str, tail: str, beside: list[str]) -> str:
    """A name that says where something is, with what it is told or stands beside (``hf_path``)."""
    if is_beside_parts(name, beside):
        return f"dataset_{name}"
    words = set(words_of(tail))
    return f"dataset_{name}" if name.startswith("hf") and words & {"dataset", "datasets"} else name
