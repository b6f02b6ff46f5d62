"""Calls of what is not known that take a model or data by a name known at run time only. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from provenance.checking.references.names import kind_of_name
from provenance.checking.references.python_bindings import FileNames, Imported, NameScope
from provenance.checking.references.python_calls import tail
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules

_SURE = frozenset({"model_name_or_path", "pretrained_model_name_or_path", "repo_id"})
"""Keywords of calls that are given an id, whatever is called."""
_OPTIONS = frozenset(
    {"args", "opt", "opts", "options", "cfg", "config", "conf", "hparams", "FLAGS", "flags",
     "settings", "params", "cli_args", "script_args", "model_args", "data_args", "training_args",
     "model_config", "arguments", "parsed", "ns"}
)  # fmt: skip
"""Objects whose attributes are what a command line or configuration gives."""
_WHERE = frozenset({"name", "id", "path", "repo", "checkpoint", "hf"})
"""Last words of names that hold where something is, not the thing itself."""
_OF_FOLDERS = frozenset({"base_path"})
"""Names that look like those of models, and hold the folder that others are below."""
_LOADS = frozenset(
    {"load", "build", "builder", "get", "from", "create", "init", "make", "download", "pipeline",
     "setup", "prepare", "fetch", "export", "open", "pull", "pretrained"}
)  # fmt: skip
"""Words of functions that give what they are given the name of."""
_OF_THE_HUB = frozenset({"hf", "hub", "pretrained", "huggingface"})
"""Words of functions that load what is on the Hub."""
_OF_PATHS = frozenset({"os", "pathlib", "shutil", "json", "torch", "logging", "pickle", "yaml"})


def may_be_given(call: ast.Call) -> bool:
    """Whether a call can be one of :func:`given_at_run_time`: a look at its name."""
    return bool(call.keywords) or _takes(tail(call.func))


def given_at_run_time(
    call: ast.Call, scope: NameScope, rules: Rules
) -> Iterator[tuple[str, ast.expr]]:
    """Arguments that are ids by their name or by that of what they are read from."""
    for keyword in call.keywords:
        if keyword.arg in _SURE:
            yield str(keyword.arg), keyword.value
    called = tail(call.func)
    if not _takes(called) or _is_of_paths(call.func, scope):
        return
    given = [*call.args[:1], *(k.value for k in call.keywords if k.arg not in _SURE)]
    from_hub = not _OF_THE_HUB.isdisjoint(words_of(called))
    for value in given:
        name = getattr(value, "id", None) if from_hub else None
        name = name or _named(value)
        if name and name not in _OF_FOLDERS and kind_of_name(name, rules) is not None:
            yield name, value


@lru_cache(maxsize=16_384)
def _takes(called: str) -> bool:
    """Whether a function gives, by its name, what it is given the name of."""
    takes = called[:1].isupper() or not _LOADS.isdisjoint(words_of(called))
    return takes and not called.endswith(("Error", "Exception"))


def _named(value: ast.expr) -> str | None:
    """The name of an argument that is an id and no thing of its own; ``None`` of others."""
    match value:
        case ast.Name(id=name) if name in _SURE or set(words_of(name)[1:]) & _WHERE:
            return name
        case ast.Attribute(attr=name) if set(words_of(name)[1:]) & _WHERE:
            return name
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in _OPTIONS:
            return name
        case ast.Subscript(value=ast.Name(id=owner), slice=ast.Constant(value=str(name))):
            return name if owner in _OPTIONS else None
    return None


def _is_of_paths(node: ast.expr, scope: NameScope) -> bool:
    """Whether a function is one of a package that knows files only."""
    while isinstance(node, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Name):
        return False
    for place in scope.chain():
        for binding in place.names.get(node.id, ()):
            if isinstance(binding, Imported) and binding.module.partition(".")[0] in _OF_PATHS:
                return True
    return node.id in {"open", "Path", "print"}


_OF_THE_ENVIRONMENT = frozenset({"environ", "getenv", "env"})
_TOLD = frozenset({"model", "models", "llm", "dataset", "datasets", "checkpoint", "corpus"})


def from_environment(names: FileNames, rules: Rules) -> Iterator[tuple[str, ast.expr]]:
    """Variables of the environment that hold a model or data, by their name."""
    calls = (
        call for call, _ in names.calls if call.args and isinstance(call.args[0], ast.Constant)
    )
    values = (value for _, value, _ in names.assigned if isinstance(value, ast.Subscript))
    for node in (*calls, *values):
        name = _variable(node)
        if name is None:
            continue
        if kind_of_name(name, rules) is not None and not _TOLD.isdisjoint(words_of(name)):
            yield name, node


def _variable(node: ast.expr) -> str | None:
    """The variable that an expression reads; ``None``: it reads none."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=owner, attr="get"), args=[ast.Constant(value=n), *_]
        ):
            told = _title(owner) in _OF_THE_ENVIRONMENT
        case ast.Call(func=function, args=[ast.Constant(value=n), *_]):
            told = _title(function) == "getenv"
        case ast.Subscript(value=owner, slice=ast.Constant(value=n)):
            told = _title(owner) in _OF_THE_ENVIRONMENT
        case _:
            return None
    return str(n) if told else None


def _title(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
