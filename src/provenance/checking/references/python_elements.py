"""Tables, lists and enumerations that are written out, and what a loop takes from them. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from provenance.checking.references.python_bindings import NameScope
from provenance.frozen import frozen

_SAME = frozenset({"sorted", "list", "tuple", "set", "reversed", "tqdm", "iter"})
"""Functions whose elements are those of their argument."""


@frozen
class Parts:
    """A string that is taken apart at ``separator``."""

    text: ast.expr
    separator: str


def elements(iterable: ast.expr, path: tuple[int, ...]) -> Iterator[ast.expr | Parts | None]:
    """The expressions that a target is bound to.

    Args:
        iterable: what is looped over, written out.
        path: where in each element the target stands: ``(1,)`` for the second name of a pair.

    Returns:
        Expressions; ``None`` for an element that is known at run time only.

    """
    match iterable:
        case ast.List(elts=members) | ast.Tuple(elts=members) | ast.Set(elts=members):
            for member in members:
                yield part(member, path)
        case ast.Dict(keys=keys) if not path:
            yield from keys
        case ast.Call(
            func=ast.Attribute(value=inner, attr="split"), args=[ast.Constant(value=str(separator))]
        ):
            yield Parts(inner, separator) if not path else None
        case _:
            yield None


def unpacked(iterable: ast.expr, path: tuple[int, ...]) -> tuple[ast.expr, tuple[int, ...], str]:
    """``enumerate``, ``zip`` and their like taken away.

    Returns:
        What is looped over, where in its elements, and which side of a table: ``keys``,
        ``values`` or nothing.

    """
    match iterable:
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]) if path[:1] == (1,):
            return unpacked(inner, path[1:])
        case ast.Call(func=ast.Name(id="zip"), args=arguments) if path and path[0] < len(arguments):
            return unpacked(arguments[path[0]], path[1:])
        case ast.Call(func=ast.Name(id=name), args=[inner, *_]) if name in _SAME:
            return unpacked(inner, path)
        case ast.Call(func=ast.Attribute(value=inner, attr="items"), args=[]) if path:
            return inner, path[1:], "values" if path[0] else "keys"
        case ast.Call(func=ast.Attribute(value=inner, attr="values"), args=[]):
            return inner, path, "values"
        case ast.Call(func=ast.Attribute(value=inner, attr="keys"), args=[]):
            return inner, path, "keys"
    return iterable, path, ""


def part(node: ast.expr, path: tuple[int, ...]) -> ast.expr | None:
    """What stands at ``path`` in a tuple of tuples that is written out."""
    for index in path:
        if not isinstance(node, ast.Tuple | ast.List) or index >= len(node.elts):
            return None
        node = node.elts[index]
    return node


def as_table(node: ast.expr) -> ast.expr:
    """``dict(a=…)`` as the table it makes; everything else as it is."""
    match node:
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            named = [k for k in keywords if k.arg]
            keys: list[ast.expr | None] = [ast.Constant(k.arg) for k in named]
            return ast.copy_location(ast.Dict(keys, [k.value for k in named]), node)
    return node


def is_enum(scope: NameScope) -> bool:
    """Whether a class derives from an ``Enum``."""
    names = (b.attr if isinstance(b, ast.Attribute) else getattr(b, "id", "") for b in scope.bases)
    return any(name.endswith("Enum") for name in names)


def is_text_table(values: list[ast.expr]) -> bool:
    """Whether all values of a table are strings."""
    return bool(values) and all(
        isinstance(v, ast.Constant) and isinstance(v.value, str) for v in values
    )


def made_by_factory(value: ast.expr) -> ast.expr:
    """What ``field(default_factory=lambda: …)`` gives; others as they are."""
    if isinstance(value, ast.Call):
        for keyword in value.keywords:
            if keyword.arg == "default_factory" and isinstance(keyword.value, ast.Lambda):
                return keyword.value.body
    return value


def field_default(call: ast.Call) -> ast.expr | None:
    """What ``field(…)``, ``Field(…)`` and their like give where nothing else is given."""
    made = made_by_factory(call)
    if made is not call:
        return made
    named = next((k.value for k in call.keywords if k.arg == "default"), None)
    return named or (call.args[0] if call.args else None)
