"""What stands around a string of Python that looks like an id: who is given it, under which names.

A registry, decorator, table or class of the project's own holds ids under names that no rule
lists. What the nearest of these names says, or the words of the id itself, tells its kind.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from provenance.checking.references.known import kind_of_known
from provenance.checking.references.names import (
    OF_WHAT,
    is_plain_id,
    is_written_as_a_model,
    kind_of_name,
)
from provenance.checking.references.python_bindings import Defined, FileNames, Imported
from provenance.checking.references.python_ids import NamedId
from provenance.checking.references.python_nodes import WALKED
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import ReferenceKind

_OF_DATA = frozenset({"dataset", "datasets", "corpus", "corpora", "benchmark", "benchmarks"})
_OF_MODELS = frozenset(
    {"model", "models", "llm", "llms", "vlm", "checkpoint", "checkpoints", "tokenizer", "encoder",
     "embedder", "embeddings", "reranker", "backbone", "backbones", "pretrained", "weights"}
)  # fmt: skip
_STOPS = frozenset(
    {"key", "output", "out",
     "push", "upload", "save", "export", "target", "dest", "destination", "image",
     "images", "docker", "container", "github", "git", "branch", "topic", "route", "routes",
     "router", "endpoint", "url", "urls", "wandb", "project", "mime", "mimetype", "media", "header",
     "headers", "metric", "metrics", "timezone", "tz", "dir", "folder", "file", "files", "icon",
     "logger", "prefix", "suffix", "assert", "mock", "expected", "content", "log", "print",
     "exists", "patch", "accept", "doc", "docs", "namespace", "package", "tag",
     "event", "plugin", "title", "label", "message", "text", "prompt"}
)  # fmt: skip
"""Words of names under which something else than an id stands."""
_PASSED = frozenset(
    {"str", "dict", "list", "tuple", "set", "field", "Field", "frozenset", "partial"}
)
"""Functions that say nothing of what they are given."""
_KEEPS = frozenset({"register", "add", "append", "put", "define", "item", "build", "create"})
"""Words of methods that keep or make what their owner is of."""
_ON_DATA = frozenset({"evaluate", "fit", "train", "finetune", "fine_tune", "benchmark"})
"""Methods of models that are given data."""
_ASKS = frozenset(
    {"startswith", "endswith", "split", "replace", "strip", "join", "find", "index", "count",
     "match", "search", "fullmatch", "sub", "compile", "isinstance", "getLogger", "get_logger",
     "open", "Path", "exists", "isdir", "isfile", "mount", "pop", "remove", "encode", "format",
     "get", "post", "put", "delete", "include_router", "set_title", "add_scalar", "info", "debug",
     "warn", "warning", "error"}
)  # fmt: skip
"""Functions that look at a string, or take a path or an address."""
_HOLDERS = (ast.Assign, ast.AnnAssign, ast.keyword, ast.Dict)
"""What holds a string by a name."""
_CLIMBS = 8
"""How far up from a string the names around it are asked for."""


def told_by_context(tree: ast.Module, names: FileNames, rules: Rules) -> Iterator[NamedId]:
    """Strings that are ids by what stands around them."""
    wanted = {id(node): node for node in names.quoted if is_plain_id(str(node.value), rules)}
    if not wanted:
        return
    foreign = {
        name
        for name, bindings in names.module.names.items()
        if any(isinstance(b, Imported) and _is_foreign(b.module) for b in bindings)
    }
    defined_here = {
        name
        for name, bindings in names.module.names.items()
        if any(isinstance(b, Defined) for b in bindings)
    }
    for node, above in _ancestors(tree, set(wanted)):
        named = _told(wanted[id(node)], above, foreign, defined_here, rules)
        if named is not None:
            yield named


_FOREIGN = frozenset(
    {"fastapi", "flask", "starlette", "django", "requests", "httpx", "aiohttp", "boto3", "docker",
     "logging", "loguru", "os", "pathlib", "shutil", "kaggle", "kagglehub", "wandb", "mlflow",
     "matplotlib", "seaborn", "plotly", "sklearn", "torchvision", "pytest", "unittest", "re",
     "setuptools", "tensorboard", "torch", "github", "google"}
)  # fmt: skip
"""Packages whose functions take paths, routes and names of their own."""


def _is_foreign(module: str) -> bool:
    return module.partition(".")[0] in _FOREIGN


def _ancestors(tree: ast.Module, wanted: set[int]) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Each of some nodes with what it stands in, nearest first."""
    around: dict[int, ast.AST] = {}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) in wanted:
            chain: list[ast.AST] = []
            parent = around.get(id(node))
            while parent is not None and len(chain) < _CLIMBS:
                chain.append(parent)
                parent = around.get(id(parent))
            yield node, chain
        for name in WALKED[node.__class__]:
            held: object = getattr(node, name, None)
            for child in held if isinstance(held, list) else (held,):
                if child.__class__ in _PARTS:
                    around[id(child)] = node
                    waiting.append(child)


_PARTS = frozenset(
    kind
    for kind in WALKED
    if issubclass(
        kind,
        ast.expr | ast.stmt | ast.keyword | ast.arguments | ast.ExceptHandler | ast.match_case
        | ast.withitem | ast.comprehension,
    )
)  # fmt: skip
"""Kinds of node that a string is looked for in; the leaves hold none."""


def _told(
    literal: ast.Constant,
    above: list[ast.AST],
    foreign: set[str],
    defined_here: set[str],
    rules: Rules,
) -> NamedId | None:
    text = str(literal.value)
    seen: str = ""
    below: ast.AST = literal
    for node in above:
        if isinstance(node, ast.Compare | ast.Subscript | ast.JoinedStr | ast.Raise | ast.Assert):
            return None
        if (
            isinstance(node, ast.Call)
            and below is not node.func
            and _is_known(node, foreign, defined_here)
        ):
            return None
        for name in _names(node, below):
            words = set(words_of(name))
            other = isinstance(node, _HOLDERS) and not OF_WHAT.isdisjoint(words_of(name)[-1:])
            if other or words & _STOPS or name in _ASKS:
                return None
            seen = seen or name
            on_data = isinstance(node, ast.Call) and name in _ON_DATA
            kind = ReferenceKind.DATASET if on_data else _kind(name, words, rules)
            if kind is not None and (looks_like_an_id(text, rules) or isinstance(node, ast.Call)):
                return NamedId(name, kind, literal, text)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            break  # what a whole function is called says little of a string in it
        below = node
    if seen and looks_like_an_id(text, rules) and is_written_as_a_model(text, rules):
        return NamedId(seen, ReferenceKind.MODEL, literal, text)
    kind = kind_of_known(text) if seen else None
    return None if kind is None else NamedId(seen, kind, literal, text)


def _is_known(call: ast.Call, foreign: set[str], defined_here: set[str]) -> bool:
    """Whether a callee takes no ids, or is one of this file, which is followed by itself."""
    root = _root(call.func)
    if root in foreign:
        return True
    name = _dotted(call.func)[:1]
    kept = bool(name) and not _KEEPS.isdisjoint(words_of(name[0]))
    is_class = isinstance(call.func, ast.Name) and root[:1].isupper()
    return root in defined_here and not is_class and not kept


def _kind(name: str, words: set[str], rules: Rules) -> ReferenceKind | None:
    kind = kind_of_name(name, rules)
    if kind is not None and words & (_OF_DATA | _OF_MODELS):
        return kind
    if words & _OF_DATA:
        return ReferenceKind.DATASET
    return ReferenceKind.MODEL if words & _OF_MODELS else None


def _names(node: ast.AST, below: ast.AST) -> Iterable[str]:
    """What a node calls what stands in it."""
    match node:
        case ast.keyword(arg=str(name)):
            return (name,)
        case ast.Dict(keys=keys) if below in keys:
            return ("key",)
        case ast.Dict(keys=keys, values=values):
            held = (k for k, v in zip(keys, values, strict=True) if v is below)
            return tuple(str(k.value) for k in held if isinstance(k, ast.Constant))
        case ast.Call(func=function) if below is not function:
            name, *owners = _dotted(function) or [""]
            kept = (name, *owners) if set(words_of(name)) & _KEEPS else (name,)
            return tuple(n for n in kept if n and n not in _PASSED)
        case ast.Assign(targets=targets):
            return tuple(n for t in targets for n in _dotted(t))
        case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
            return tuple(_dotted(target))
        case ast.AugAssign(target=target):
            return tuple(_dotted(target))
        case ast.ClassDef(name=name, bases=bases):
            return (name, *(n for b in bases for n in _dotted(b)))
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return (name,)
    return ()


def _dotted(node: ast.expr) -> list[str]:
    """The parts of a dotted name, the last one first."""
    names: list[str] = []
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        names.append(node.id)
    return names


def _root(node: ast.expr) -> str:
    return (_dotted(node) or [""])[-1]
