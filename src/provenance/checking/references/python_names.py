"""Ids in Python by the name of what holds them: variables, defaults, keywords, keys of tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from provenance.checking.references.names import (
    is_plain_id,
    is_telling_api,
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
from provenance.checking.references.python_ids import (
    NamedId,
    by_its_words,
    literals,
    named,
)
from provenance.checking.references.python_scopes import unwrap
from provenance.checking.references.python_tables import (
    fallback,
    in_data,
    keys_above,
    of_table,
    texts_of,
)
from provenance.checking.references.python_telling import Telling
from provenance.checking.references.roles import words_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import Served, said_beside
from provenance.report.checked import ReferenceKind

_WIDGETS = frozenset({"text", "dropdown", "combobox", "multiselect"})
"""Widgets of a notebook: name, default, choices."""


def named_ids(names: FileNames, rules: Rules, told: Telling) -> Iterator[NamedId]:
    """Every id that a name says something of."""
    yield from _assigned(names, rules, told)
    for name, defaults in names.arguments.items():
        for value, _ in defaults:
            yield from named(name, value, rules)
    defined_here = {name for name, bindings in names.module.names.items() if _is_known(bindings)}
    for call, _ in names.calls:
        given = (*call.args, *(k.value for k in call.keywords))
        if any(told.may_hold(value) for value in given):
            yield from _of_call(call, defined_here, rules)
    tables = [t for t, _ in names.tables if any(told.may_hold(value) for value in t.values)]
    above = keys_above(names) if tables else {}
    for table in tables:
        yield from of_table(table, above.get(id(table), ()), rules)


def _assigned(names: FileNames, rules: Rules, told: Telling) -> Iterator[NamedId]:
    said_in: dict[int, Served] = {}
    for name, value, scope in names.assigned:
        inner, _ = unwrap(value, scope)
        if not told.may_hold(inner):
            continue
        if scope.title is not None and scope.kind == "class" and is_enum(scope):
            yield from named(scope.title, inner, rules)
        if scope.kind == "class" and id(scope) not in said_in:
            said_in[id(scope)] = _said_in_class(scope)
        yield from named(name, inner, rules, said_in.get(id(scope), Served.UNKNOWN))
        yield from fallback(name, inner, rules)


def _said_in_class(scope: NameScope) -> Served:
    """What other fields of a class say of its models (``base_url: str = "https://…"``)."""
    fields = (
        (n, b) for n, bindings in scope.names.items() for b in bindings if isinstance(b, ast.expr)
    )
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


def _of_call(call: ast.Call, defined_here: set[str], rules: Rules) -> Iterator[NamedId]:
    """Keywords; what is said under a name (``setdefault("model", …)``); what a loader gets.

    Of functions and classes of the file itself what they do is known.
    """
    function = call.func
    tail = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    yield from _keywords(call, tail, rules)
    of_data = not {"data", "dataset", "datasets"}.isdisjoint(words_of(tail))
    if (tail[:1].isupper() and not of_data) or tail == "__init__":
        for value in call.args:
            yield from by_its_words(tail, value, rules)
    option = [k.value for k in call.keywords if k.arg in {"name", "key"}]
    first = call.args[0] if call.args else (option[0] if option else None)
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        others = call.args[1:] if tail in _WIDGETS else call.args[1:2]
        given = [k.value for k in call.keywords if k.arg in _OF_OPTIONS]
        for value in (*others, *given):
            yield from named(first.value, value, rules)
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    if tail not in _SAYS and tail not in _OF_TEXT:
        yield from _served(tail, call.args[:1], rules)
    known = tail in _SAYS | _OF_TEXT or getattr(root, "id", "") in defined_here | {"self", "cls"}
    if not known and 0 < len(call.args) < 3:
        wrapped = list(_wrapped(tail, call.args[0], rules))
        yield from wrapped or named(tail, call.args[0], rules)


_OF_CLASSES = frozenset({"dataset", "loader"})
_LOADERS = (
    (frozenset({"load", "dataset"}), ReferenceKind.DATASET),
    (_OF_CLASSES, ReferenceKind.DATASET),
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


_OF_TEXT = frozenset(
    {"replace", "split", "rsplit", "strip", "find", "index", "count", "endswith", "removeprefix",
     "removesuffix", "match", "search", "fullmatch", "compile", "sub", "get", "pop", "encode",
     "getattr", "param", "print", "join", "partition", "rpartition", "isinstance", "warn"}
)  # fmt: skip
"""Functions that take a string for its letters, or for a key."""


def _served(tail: str, values: list[ast.expr], rules: Rules) -> Iterator[NamedId]:
    """The model behind an API that a function of any name is given first."""
    for value in values:
        text = str(value.value) if isinstance(value, ast.Constant) else ""
        if isinstance(value, ast.Constant) and is_telling_api(text, rules):
            yield NamedId(tail, ReferenceKind.MODEL, value, text)


def _wrapped(tail: str, value: ast.expr, rules: Rules) -> Iterator[NamedId]:
    """``safe_snapshot_download("owner/name")``."""
    if not isinstance(value, ast.Constant):
        return
    words = set(words_of(tail))
    for loader, kind in _LOADERS:
        whole = loader == words == _OF_CLASSES
        if (loader < words or whole) and is_plain_id(str(value.value), rules):
            yield NamedId(tail, kind, value, str(value.value))


def _keywords(call: ast.Call, tail: str, rules: Rules) -> Iterator[NamedId]:
    """Keywords; those that say what an option is set to, by the name of the option."""
    option = _option(call, tail)
    served = said_beside(texts_of((k.arg, k.value) for k in call.keywords))
    beside = [k.arg for k in call.keywords if k.arg]
    for keyword in call.keywords:
        if keyword.arg is None or (option and keyword.arg in _OF_OPTIONS):
            continue
        name = in_data(keyword.arg, tail, beside)
        if may_hold_a_model(tail, rules) or kind_of_name(name, rules):
            for named_id in named(name, keyword.value, rules, served):
                yield replace(named_id, evaluates=_are_of_an_evaluation(beside))


_OF_OPTIONS = frozenset({"default", "choices", "defaultValue", "default_value", "fallback"})
"""Keywords whose value is that of the option that is defined."""
_OPTIONS = frozenset({"add_argument", "option", "Option", "argument"})


def _option(call: ast.Call, tail: str) -> str | None:
    """The longest name that a call gives an option of a command line; ``None``: it defines none."""
    names = [str(a.value) for a in call.args if isinstance(a, ast.Constant)]
    if tail not in _OPTIONS or not names:
        return None
    return max(names, key=len).lstrip("-").replace("-", "_")


_EVALUATES = frozenset({"evaluation", "eval", "metric", "metrics", "fewshot", "shots"})


def _are_of_an_evaluation(beside: list[str]) -> bool:
    """Whether keywords are those of a task of an evaluation, and none of a training."""
    words = {w for name in beside for w in words_of(name)}
    return not words.isdisjoint(_EVALUATES) and words.isdisjoint({"train", "training"})
