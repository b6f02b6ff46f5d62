"""Ids in Python by the name of what holds them: variables, defaults, keywords, keys of tables."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from provenance.checking.references.config_keys import is_beside_parts
from provenance.checking.references.names import (
    is_api,
    is_bare_name,
    is_known,
    is_plain_id,
    is_written_as_a_model,
    kind_of_name,
    may_hold_a_model,
)
from provenance.checking.references.python_bindings import (
    Binding,
    Defined,
    FileNames,
    Imported,
    NameScope,
)
from provenance.checking.references.python_elements import is_enum
from provenance.checking.references.python_scopes import unwrap
from provenance.checking.references.python_telling import Telling
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import (
    Served,
    names_a_served_model,
    said_beside,
)
from provenance.checking.references.unsaid import looks_like_an_id
from provenance.report.checked import ReferenceKind

_FIELDS = frozenset({"field", "Field", "Option", "Argument"})
_WIDGETS = frozenset({"text", "dropdown", "combobox", "multiselect"})
"""Widgets of a notebook: name, default, choices."""
_PLAIN_NAMES = frozenset({"path", "name", "repo", "repo_id", "source", "identifier", "id"})
"""Names that say where something is, and not what."""
_TELLING = 5
"""Characters from which on the name of a model behind an API tells by itself what it is."""
_VAGUE = re.compile(r"(?i)_?data(?:set)?s?_?(?:list|map|mapping|dict|table|paths?|dirs?)?_?$")
"""Names of tables that hold paths of files as often as ids."""
_BESIDE = frozenset({"split", "subset", "revision", "splits", "hf_split", "config_name"})
"""Keys beside ``path`` that make a table arguments of ``load_dataset``."""


@dataclass(frozen=True, slots=True)
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


def named_ids(names: FileNames, rules: Rules, told: Telling) -> Iterator[NamedId]:
    """Every id that a name says something of."""
    yield from _assigned(names, rules, told)
    for name, defaults in names.arguments.items():
        for value, _ in defaults:
            yield from _named(name, value, rules)
    own = {name for name, found in names.module.names.items() if _is_known(found)}
    for call, _ in names.calls:
        given = (*call.args, *(k.value for k in call.keywords))
        if any(told.may_hold(value) for value in given):
            yield from _of_call(call, own, rules)
    for table, _ in names.tables:
        if any(told.may_hold(value) for value in table.values):
            yield from _of_table(table, rules)


def _assigned(names: FileNames, rules: Rules, told: Telling) -> Iterator[NamedId]:
    said_in: dict[int, Served] = {}
    for name, value, scope in names.assigned:
        inner, _ = unwrap(value, scope)
        if not told.may_hold(inner):
            continue
        if scope.kind == "class" and is_enum(scope):
            yield from _named(scope.title, inner, rules)
        if scope.kind == "class" and id(scope) not in said_in:
            said_in[id(scope)] = _said_in_class(scope)
        yield from _named(name, inner, rules, said_in.get(id(scope), Served.UNKNOWN))
        yield from _fallback(name, inner, rules)


def _said_in_class(scope: NameScope) -> Served:
    """What other fields of a class say of its models (``base_url: str = "https://…"``)."""
    fields = ((n, b) for n, found in scope.names.items() for b in found if isinstance(b, ast.expr))
    return said_beside((n, str(c.value)) for n, b in fields for c in literals(b))


_ELSEWHERE = frozenset(
    {
        "seaborn", "sklearn", "nltk", "torchvision", "torchaudio", "torchtext", "keras",
        "tensorflow", "statsmodels", "vega_datasets", "plotly", "torch", "kagglehub", "kaggle",
        "openml", "os", "pathlib", "numpy", "pandas", "xarray", "h5py", "wandb", "mlflow", "boto3",
        "requests", "urllib", "logging", "joblib", "pickle", "json", "roboflow", "azure", "google",
    }
)  # fmt: skip
"""Packages whose functions load nothing from the Hub by ``owner/name``."""


def _is_known(bindings: list[Binding]) -> bool:
    """Whether a callee is one of this file, or of a package that is no loader of the Hub's."""
    return any(
        isinstance(b, Defined)
        or (isinstance(b, Imported) and b.module.partition(".")[0] in _ELSEWHERE)
        for b in bindings
    )


def _of_call(call: ast.Call, own: set[str], rules: Rules) -> Iterator[NamedId]:
    """Keywords; what is said under a name (``setdefault("model", …)``); what a loader gets.

    Of functions and classes of the file itself (``own``) what they do is known.
    """
    function = call.func
    tail = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    yield from _keywords(call, tail, rules)
    if tail[:1].isupper() or tail == "__init__":
        for value in call.args:
            yield from _by_its_words(tail, value, rules)
    named = [k.value for k in call.keywords if k.arg in {"name", "key"}]
    first = call.args[0] if call.args else (named[0] if named else None)
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        others = call.args[1:] if tail in _WIDGETS else call.args[1:2]
        given = [k.value for k in call.keywords if k.arg in _OF_OPTIONS]
        for value in (*others, *given):
            yield from _named(first.value, value, rules)
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    known = tail in _SAYS or getattr(root, "id", "") in own | {"self", "cls"}
    if not known and 0 < len(call.args) < 3:
        yield from _named(tail, call.args[0], rules)
        yield from _wrapped(tail, call.args[0], rules)


_LOADERS = (
    (frozenset({"load", "dataset"}), ReferenceKind.DATASET),
    (frozenset({"snapshot", "download"}), ReferenceKind.MODEL),
    (frozenset({"hf", "hub", "download"}), ReferenceKind.MODEL),
    (frozenset({"from", "pretrained"}), ReferenceKind.MODEL),
)
"""Words of the names of loaders, and of functions that are named for the loader they call."""


_SAYS = frozenset(
    {
        "startswith",
        "print",
        "info",
        "debug",
        "warning",
        "warn",
        "error",
        "exception",
        "log",
        "write",
    }
)
"""Functions that look at a string or show it."""


def _wrapped(tail: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``safe_snapshot_download("owner/name")``."""
    if not isinstance(value, ast.Constant):
        return
    words = set(words_of(tail))
    for loader, kind in _LOADERS:
        if loader < words and is_plain_id(str(value.value), rules):
            yield NamedId(tail, kind, value, str(value.value))


def _keywords(call: ast.Call, tail: str, rules: Rules) -> Iterator[NamedId]:
    """Keywords; those that say what an option is set to, by the name of the option."""
    option = _option(call, tail)
    served = said_beside(_texts((k.arg, k.value) for k in call.keywords))
    beside = [k.arg for k in call.keywords if k.arg]
    for keyword in call.keywords:
        if keyword.arg is None or (option and keyword.arg in _OF_OPTIONS):
            continue
        name = _in_data(keyword.arg, tail, beside)
        if may_hold_a_model(tail, rules) or kind_of_name(name, rules):
            for one in _named(name, keyword.value, rules, served):
                yield replace(one, evaluates=_are_of_an_evaluation(beside))


def _texts(pairs: Iterable[tuple[object, ast.expr]]) -> Iterator[tuple[str, str]]:
    """Names with the strings that they are given."""
    for name, value in pairs:
        if isinstance(name, str) and isinstance(value, ast.Constant) and value.value:
            yield name, str(value.value)


_OF_OPTIONS = frozenset({"default", "choices", "defaultValue", "default_value", "fallback"})
"""Keywords whose value is that of the option that is defined."""
_OPTIONS = frozenset({"add_argument", "option", "Option", "argument"})


def _option(call: ast.Call, tail: str) -> str:
    """The longest name that a call gives an option of a command line; empty: it defines none."""
    names = [str(a.value) for a in call.args if isinstance(a, ast.Constant)]
    if tail not in _OPTIONS or not names:
        return ""
    return max(names, key=len).lstrip("-").replace("-", "_")


_EVALUATES = frozenset({"evaluation", "eval", "metric", "metrics", "fewshot", "shots"})


def _are_of_an_evaluation(beside: list[str]) -> bool:
    """Whether keywords are those of a task of an evaluation, and none of a training."""
    words = {w for name in beside for w in words_of(name)}
    return not words.isdisjoint(_EVALUATES) and words.isdisjoint({"train", "training"})


def _in_data(name: str, tail: str, beside: list[str]) -> str:
    """A name that says where something is, with what it is told or stands beside (``hf_path``)."""
    if is_beside_parts(name, beside):
        return f"dataset_{name}"
    words = set(words_of(tail))
    return f"dataset_{name}" if name.startswith("hf") and words & {"dataset", "datasets"} else name


def _of_table(table: ast.Dict, rules: Rules) -> Iterator[NamedId]:
    keys = {k.value for k in table.keys if isinstance(k, ast.Constant)}
    given = zip(table.keys, table.values, strict=True)
    served = said_beside(_texts((getattr(k, "value", None), v) for k, v in given))
    for key, value in zip(table.keys, table.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            continue
        if key.value in _PLAIN_NAMES:
            yield from _by_its_words(key.value, value, rules)
        if key.value == "path" and keys & _BESIDE:
            for literal in literals(value):
                text = str(literal.value)
                if is_plain_id(text, rules):
                    yield NamedId("path", ReferenceKind.DATASET, literal, text, _revision(table))
        else:
            name = _in_data(key.value, "", [k for k in keys if isinstance(k, str)])
            yield from _named(name, value, rules, served)
            yield from _fallback(key.value, value, rules)
            yield from _inner(key.value, value, rules)


def _inner(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``{"model": {"path": "owner/name"}}`` and ``{"datasets": [{"path": …}]}``."""
    for table in value.elts if isinstance(value, ast.List | ast.Tuple) else [value]:
        if not isinstance(table, ast.Dict):
            continue
        for key, held in zip(table.keys, table.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in _PLAIN_NAMES:
                for one in _named(name, held, rules):
                    yield replace(one, revision=_revision(table))


def _fallback(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``path = path or "owner/name"``: what is taken where the caller gives nothing."""
    if name not in _PLAIN_NAMES:
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
    for key, value in zip(table.keys, table.values, strict=True):
        if isinstance(key, ast.Constant) and key.value == "revision":
            pinned = value.value if isinstance(value, ast.Constant) else None
            return pinned if isinstance(pinned, str) else None
    return None


def _named(
    name: str, value: ast.expr, rules: Rules, served: Served = Served.UNKNOWN
) -> Iterator[NamedId]:
    found = list(literals(value))
    if not found:
        return
    kind = kind_of_name(name, rules)
    if kind is None:
        yield from _by_its_words(name, value, rules)
    if kind is None or (_VAGUE.match(name) and not _all_ids(value, rules)):
        return
    for literal in found:
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
    return name in exact


def _by_its_words(name: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """An id that tells by itself that it is a model's, under a name that says nothing."""
    if isinstance(value, ast.List | ast.Tuple | ast.Set | ast.Dict):
        return
    for literal in literals(value):
        text = str(literal.value)
        api = len(text) >= _TELLING and is_api(text, rules) and any(c.isdigit() for c in text)
        told = api or is_written_as_a_model(text, rules)
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
    return any(isinstance(k, ast.Constant) and k.value in _PLAIN_NAMES for k in keys)


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
            for one in values:
                yield from literals(one, depth + 1)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            if depth < 2:
                for one in elements:
                    yield from literals(one, depth + 1)
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
                for one in given:
                    yield from literals(one, depth + 1)
            elif tail in {"getenv", "get", "env"}:
                given = [k.value for k in keywords if k.arg == "default"]
                for one in given or arguments[1:2]:
                    yield from literals(one, depth + 1)
        case _:
            return
