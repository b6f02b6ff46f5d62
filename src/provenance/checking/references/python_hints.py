"""Ids in Python by the type of what holds them, and by the functions that it is given to. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from provenance.checking.references.names import (
    is_known,
    is_plain_id,
    kind_of_name,
    may_hold_a_model,
)
from provenance.checking.references.python_bindings import FileNames
from provenance.checking.references.python_ids import NamedId, literals
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import ReferenceKind

_OF_MODELS = frozenset({"model", "tokenizer", "checkpoint", "encoder"})
_NO_MODEL = frozenset({"base", "config", "type", "dump", "field", "kind"})
"""Words of types of other things (``BaseModel``, ``ModelConfig``)."""
_OF_DATA = frozenset({"dataset", "datasets", "corpus", "corpora"})
_LOADS = frozenset({"load", "get", "read", "fetch", "download", "prepare", "build", "create"})
"""Words of functions that give what they are given the name of."""


def hinted_ids(names: FileNames, rules: Rules) -> Iterator[NamedId]:
    """Ids under names that say nothing themselves."""
    for name, annotation, value in names.typed:
        yield from _by_annotation(name, annotation, value, rules)
    yield from _compared(names, rules)
    if "datasets" in names.packages:
        yield from _known_sets(names, rules)
    given = _given_to_loaders(names)
    if not given:
        return
    for name, value, _ in names.assigned:
        yield from _given(name, value, given, rules)
    for table, _ in names.tables:
        for key, value in zip(table.keys, table.values, strict=True):
            if isinstance(key, ast.Constant):
                yield from _given(str(key.value), value, given, rules)


def _compared(names: FileNames, rules: Rules) -> Iterator[NamedId]:
    """Models that a program treats in a way of their own."""
    for name, value in names.compared:
        if kind_of_name(name, rules) is not ReferenceKind.MODEL:
            continue
        for literal in literals(value):
            if looks_like_an_id(str(literal.value), rules):
                yield NamedId(name, ReferenceKind.MODEL, literal, str(literal.value))


def _known_sets(names: FileNames, rules: Rules) -> Iterator[NamedId]:
    """``--dataset squad`` in a file that loads data of the Hub: a name that everybody knows."""
    options = ((n, value) for n, held in names.arguments.items() for value, _ in held)
    fields = ((n, value) for n, held in names.fields.items() for value, _ in held)
    for name, value in (*options, *fields):
        for literal in literals(value) if name in {"dataset", "datasets"} else ():
            text = str(literal.value)
            if text not in names.local and is_known(text, ReferenceKind.DATASET, rules):
                yield NamedId(name, ReferenceKind.DATASET, literal, text)


def _by_annotation(
    name: str, annotation: ast.expr, value: ast.expr, rules: Rules
) -> Iterator[NamedId]:
    """``segmentation: PipelineModel = "owner/name"``: the type says that it is a model."""
    if kind_of_name(name, rules) is not None or not may_hold_a_model(name, rules):
        return
    words = {w for n in ast.walk(annotation) for w in words_of(_title(n))}
    if words.isdisjoint(_OF_MODELS) or not words.isdisjoint(_NO_MODEL):
        return
    for literal in literals(value):
        if is_plain_id(str(literal.value), rules):
            yield NamedId(name, ReferenceKind.MODEL, literal, str(literal.value))


def _title(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _given_to_loaders(names: FileNames) -> dict[str, ReferenceKind]:
    """Names of what functions get whose own name says that they load data or a model."""
    kinds: dict[str, ReferenceKind] = {}
    for call, _ in names.calls:
        words = set(words_of(_title(call.func)))
        if words.isdisjoint(_LOADS):
            continue
        if not words.isdisjoint(_OF_DATA):
            kind = ReferenceKind.DATASET
        elif not words.isdisjoint(_OF_MODELS):
            kind = ReferenceKind.MODEL
        else:
            continue
        for value in call.args:
            if (name := _title(value)) and not isinstance(value, ast.Call):
                kinds.setdefault(name, kind)
    return kinds


def _given(
    name: str, value: ast.expr, given: dict[str, ReferenceKind], rules: Rules
) -> Iterator[NamedId]:
    """Ids under a name that such a function is given."""
    if name not in given or kind_of_name(name, rules) or not may_hold_a_model(name, rules):
        return
    for literal in literals(value):
        if looks_like_an_id(str(literal.value), rules):
            yield NamedId(name, given[name], literal, str(literal.value))
