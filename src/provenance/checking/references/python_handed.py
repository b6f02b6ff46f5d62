"""Loaders that are given to what calls them: ``pool.map(load_dataset, [...])``. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from provenance.checking.references.python_bindings import Binding, NameScope
from provenance.checking.references.python_calls import WRAPS, tail

_EACH = frozenset(
    {"map", "imap", "imap_unordered", "map_async", "thread_map", "process_map", "pmap", "p_map",
     "amap", "parallel_map", "flat_map"}
)  # fmt: skip
"""Functions that call what they are given with each element of what follows."""
_STARRED = frozenset({"starmap", "starmap_async", "tstarmap"})
"""The same with each element taken apart."""
_ONCE = frozenset(
    {"submit", "to_thread", "run_sync", "call_soon", "apply_async", "apply", "spawn", "start_soon",
     "call", "enqueue", "run_in_threadpool", "Thread", "Process", "Timer", "retry_call",
     "run_in_executor", "call_with_retry", "with_retry", "retry", "add_job", "thread", "remote"}
)  # fmt: skip
"""Functions that call what they are given with what follows."""
_FUNCTION = ("target", "func", "fn", "function", "f", "callable")
_NEVER = frozenset(
    {"isinstance", "issubclass", "signature", "getattr", "hasattr", "setattr", "delattr",
     "callable", "type", "print", "repr", "str", "id", "getsource", "wraps", "update_wrapper",
     "patch", "Mock", "cast", "TypeVar", "len", "super", "get_type_hints", "append", "add", "info",
     "debug", "object"}
)  # fmt: skip
"""Functions that do not call what they are given."""
_MOST = 50
"""Most functions that are read of one table."""
HANDED_ON = "it is handed on to {}, which calls it with what is not known here"


_CALLERS = _EACH | _STARRED | _ONCE


def calls_others(call: ast.Call) -> bool:
    """Whether a call may be one of :func:`later`: a look at its name."""
    return isinstance(call.func, ast.Call) or tail(call.func) in _CALLERS


def later(call: ast.Call) -> Iterator[ast.Call]:
    """The calls that a call makes of the functions that it is given, where its name says how."""
    inner = call.func
    if isinstance(inner, ast.Call) and inner.args and _is_name(inner.args[0]):
        if tail(inner.func) == "partial":  # ``partial(load, split="train")("owner/name")``
            yield _made(
                inner.args[0],
                [*inner.args[1:], *call.args],
                [*inner.keywords, *call.keywords],
                call,
            )
        elif tail(inner.func) in WRAPS:
            yield _made(inner.args[0], call.args, call.keywords, call)
        return
    if isinstance(inner, ast.Call):  # ``Retrying(stop=s)(load, "owner/name")``
        if call.args and _is_name(call.args[0]):
            yield _made(call.args[0], call.args[1:], call.keywords, call)
        return
    remote = _remote(inner)
    if remote is not None:
        yield _made(remote, call.args, call.keywords, call)
        return
    called = tail(inner)
    at = next((i for i, a in enumerate(call.args[:3]) if _is_name(a)), None)
    if called in _EACH and at is not None:
        yield _made(call.args[at], call.args[at + 1 :] or _own_elements(inner), [], call)
    elif called in _STARRED and at is not None:
        yield _made(call.args[at], [_first(a) for a in call.args[at + 1 : at + 2]], [], call)
    elif called in _ONCE:
        yield from _once(call)


def chosen(call: ast.Call, scope: NameScope) -> Iterator[ast.Call]:
    """Calls of the functions that a table or list holds: ``LOADERS[kind]("owner/name")``."""
    match call.func:
        case ast.Subscript(value=table, slice=key):
            pass
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[key, *_]):
            pass
        case _:
            return
    held: list[Binding] = [table]
    if isinstance(table, ast.Name):
        places = (p.names[table.id] for p in scope.chain() if table.id in p.names)
        held = next(places, [])
    functions = [f for h in held for f in _functions_of(h, key) if _is_name(f)]
    for function in functions[:_MOST]:
        yield _made(function, call.args, call.keywords, call)


def _functions_of(held: Binding, key: ast.expr) -> list[ast.expr]:
    """The values of a table or list that is written out: of a known key its own only."""
    pairs: list[tuple[object, ast.expr]] = []
    match held:
        case ast.Dict(keys=keys, values=values):
            pairs = [(getattr(k, "value", None), v) for k, v in zip(keys, values, strict=True)]
        case ast.List(elts=values) | ast.Tuple(elts=values):
            pairs = list(enumerate(values))
        case ast.Call(func=ast.Name(id="dict"), keywords=given):
            pairs = [(k.arg, k.value) for k in given]
    if isinstance(key, ast.Constant) and any(name == key.value for name, _ in pairs):
        return [value for name, value in pairs if name == key.value]
    return [value for _, value in pairs]


def _once(call: ast.Call) -> Iterator[ast.Call]:
    """``submit(load, …)`` and ``Thread(target=load, args=(…,), kwargs={…})``."""
    keywords = {k.arg: k.value for k in call.keywords if k.arg}
    named = next((keywords[k] for k in _FUNCTION if k in keywords), None)
    given = list(call.args)
    function = named
    if function is None:
        skipped = 1 if tail(call.func) in {"run_in_executor", "Timer", "call_later"} else 0
        if len(given) <= skipped or not _is_name(given[skipped]):
            return
        function, given = given[skipped], given[skipped + 1 :]
    listed = keywords.get("args", keywords.get("fargs"))
    if listed is None and len(given) == 1 and isinstance(given[0], ast.Tuple):
        listed, given = given[0], []
    if isinstance(listed, ast.Tuple | ast.List):
        given = list(listed.elts)
    table = keywords.get("kwargs", keywords.get("kwds"))
    of_call = {*_FUNCTION, "args", "fargs", "kwargs", "kwds"}
    more = [k for k in call.keywords if k.arg not in of_call]
    more += [ast.copy_location(ast.keyword(None, table), table)] if table is not None else []
    yield _made(function, given, more, call)


def handed(call: ast.Call) -> list[ast.expr]:
    """Functions that a call of an unknown name is given and may call."""
    given = [a for a in call.args if _is_name(a)]
    given += [k.value for k in call.keywords if k.arg in _FUNCTION and _is_name(k.value)]
    called = tail(call.func) if given else ""
    return [] if called in _NEVER or called in WRAPS else given


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute)


def _remote(function: ast.expr) -> ast.expr | None:
    """The function that ``ray.remote(function).remote`` calls elsewhere."""
    match function:
        case ast.Attribute(value=ast.Call(func=made, args=[first]), attr="remote"):
            maker = made.func if isinstance(made, ast.Call) else made  # ``remote(num_cpus=1)(…)``
            return first if tail(maker) == "remote" and _is_name(first) else None
    return None


def _own_elements(function: ast.expr) -> list[ast.expr]:
    """The elements that a method goes through: ``Series([...]).map``."""
    owner = function.value if isinstance(function, ast.Attribute) else None
    if isinstance(owner, ast.Call):
        return owner.args[:1]
    return [owner] if owner is not None else []


def _first(node: ast.expr) -> ast.expr:
    """Of a list of tuples the list of their first elements."""
    if not isinstance(node, ast.List | ast.Tuple):
        return node
    firsts = [e.elts[0] for e in node.elts if isinstance(e, ast.Tuple | ast.List) and e.elts]
    return ast.copy_location(ast.List(firsts, ast.Load()), node)


def _made(
    function: ast.expr, args: list[ast.expr], keywords: list[ast.keyword], at: ast.Call
) -> ast.Call:
    return ast.copy_location(ast.Call(function, args, keywords), at)
