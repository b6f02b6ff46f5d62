"""An id that is written out, and what the name of its holder says it is. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from provenance.checking.references.names import (
    is_a_known_model,
    is_api,
    is_bare_name,
    is_known,
    is_plain_id,
    is_telling_api,
    is_written_as_a_model,
    is_written_as_data,
    kind_of_name,
    may_hold_a_model,
)
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, names_a_served_model
from provenance.frozen import frozen
from provenance.report.checked import ReferenceKind

_FIELDS = frozenset({"field", "Field", "Option", "Argument"})
PLAIN_NAMES = frozenset({"path", "name", "repo", "repo_id", "source", "identifier", "id"})
"""Names that say where something is, and not what."""
_VAGUE = re.compile(r"(?i)_?data(?:set)?s?_?(?:list|map|mapping|dict|table|paths?|dirs?)?_?$")
"""Names of tables that hold paths of files as often as ids."""


@frozen
class NamedId:
    """A literal, and what the name of its holder says it is."""

    name: str
    kind: ReferenceKind
    literal: ast.Constant
    text: str
    """The id: the literal, or one of several in it."""
    revision: str | None = None
    served: Served = Served.UNKNOWN
    """Who answers for models, by what stands beside the literal."""
    evaluates: bool = False
    """Keys of an evaluation stand beside it."""


def named(
    name: str, value: ast.expr, rules: Rules, served: Served = Served.UNKNOWN
) -> Iterator[NamedId]:
    """Ids in a value whose holder's name says what it holds, or that tell by their own words."""
    ids = list(literals(value))
    if not ids:
        return
    kind = kind_of_name(name, rules)
    if kind is None:
        yield from by_its_words(name, value, rules)
    if kind is None or (_VAGUE.match(name) and not _all_ids(value, rules)):
        return
    for literal in ids:
        for text in re.split(r"[,+]", str(literal.value)):
            api = kind is ReferenceKind.MODEL and is_api(text.strip(), rules)
            bare = is_known(text, kind, rules) and (
                kind is ReferenceKind.MODEL or _names_a_set(name, rules)
            )
            asked = served >= Served.BY_MAKER and names_a_served_model(name)
            if (
                api
                or bare
                or (asked and is_bare_name(text, rules))
                or is_plain_id(text.strip(), rules)
            ):
                by = served if asked else Served.UNKNOWN
                yield NamedId(name, kind, literal, text.strip(), served=by)


def _names_a_set(name: str, rules: Rules) -> bool:
    """Whether a name is one that libraries give the id of a set under, and nothing local."""
    exact = {*rules.arguments.dataset, *rules.config_keys.dataset} - {"dataset", "datasets"}
    return name.lower() in exact


def by_its_words(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """An id that tells by itself that it is a model's, under a name that says nothing."""
    if isinstance(value, ast.List | ast.Tuple | ast.Set | ast.Dict):
        return
    of_hub = words_of(name)[-1:] == ("hf",)
    for literal in literals(value):
        text = str(literal.value)
        if of_hub and is_written_as_data(text, rules):
            yield NamedId(name, ReferenceKind.DATASET, literal, text)
            continue
        api = is_telling_api(text, rules)
        told = api or is_written_as_a_model(text, rules) or is_a_known_model(text, rules)
        if told and may_hold_a_model(name, rules):
            yield NamedId(name, ReferenceKind.MODEL, literal, text)


def _all_ids(value: ast.expr, rules: Rules) -> bool:
    """Whether every string of a list, or every key or value of a table, is an id."""
    match value:
        case ast.Dict(keys=keys, values=values):
            groups: list[list[ast.expr]] = [[k for k in keys if k is not None], values]
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            groups = [elements]
        case _:
            return True
    texts = [[c.value for c in g if isinstance(c, ast.Constant)] for g in groups]
    return any(all(is_plain_id(str(text), rules) for text in group) for group in texts)


def _says_where(keys: list[ast.expr | None]) -> bool:
    """Whether a table is about one thing, under ``path`` or its like."""
    return any(isinstance(k, ast.Constant) and k.value in PLAIN_NAMES for k in keys)


_DEFAULTS = {"getenv": 1, "get": 1, "env": 1, "getattr": 2}
"""Which argument of a function it gives where there is nothing else."""


def literals(  # noqa: C901, PLR0912  one case a kind
    value: ast.expr, depth: int = 0
) -> Iterator[ast.Constant]:
    """Strings that stand in an expression as what it can be."""
    match value:
        case ast.Constant(value=str()):
            yield value
        case ast.Lambda(body=body) if depth < 3:
            yield from literals(body, depth + 1)
        case ast.IfExp(body=body, orelse=orelse) if depth < 3:
            yield from literals(body, depth + 1)
            yield from literals(orelse, depth + 1)
        case ast.BoolOp(values=values) if depth < 3:
            for inner in values:
                yield from literals(inner, depth + 1)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            if depth < 2:
                for inner in elements:
                    yield from literals(inner, depth + 1)
        case ast.Dict(keys=keys, values=values) if depth < 2 and not _says_where(keys):
            for held in (*keys, *values):
                if isinstance(held, ast.Constant | ast.Tuple | ast.List):
                    yield from literals(held, depth + 1)
        case ast.Call(func=function, args=arguments, keywords=keywords):
            tail = function.attr if isinstance(function, ast.Attribute) else ""
            tail = function.id if isinstance(function, ast.Name) else tail
            if tail in _FIELDS:
                given = [k.value for k in keywords if k.arg in {"default", "default_factory"}]
                given = given or arguments[:1]
                for inner in given:  # ``default_factory=lambda: [...]`` is the list
                    made = inner.body if isinstance(inner, ast.Lambda) else inner
                    yield from literals(made, depth + 1)
            else:
                given = [k.value for k in keywords if k.arg == "default"]
                after = _DEFAULTS.get(tail, len(arguments))
                for inner in given or arguments[after : after + 1]:
                    yield from literals(inner, depth + 1)
        case _:
            return
