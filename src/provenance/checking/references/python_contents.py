"""What containers that are written out in a file hold: tables, lists, pairs, objects of its own.

``MODELS[name]["repo_id"]``, ``spec.hub`` of a loop over ``[Spec("owner/name"), …]`` and ``a, b =
PAIRS[key]`` are read as every entry that they can be. Pure.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.checking.references.python_bindings import (
    Binding,
    Defined,
    Element,
    NameScope,
    Unpacked,
)
from provenance.checking.references.python_elements import as_table, part, unpacked
from provenance.checking.references.python_scopes import unwrap

_DEEPEST = 8
_MOST = 2_000
"""Most expressions looked at for one: names that stand for each other would take for ever."""

HeldInScope = tuple[ast.expr, NameScope]


@dataclass(slots=True)
class Contents:
    """Follows one expression; what cannot be followed gives nothing."""

    left: int = _MOST
    lost: bool = False
    """Something on the way could not be followed."""

    def of(self, node: ast.expr, scope: NameScope, depth: int = 0) -> Iterator[HeldInScope]:
        """The containers, objects and strings that an expression can be, each with its scope."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            self.lost = True
            return
        node, scope = unwrap(node, scope)
        match node:
            case ast.Name(id=name):
                yield from self._name(name, scope, depth + 1)
            case ast.Subscript(value=value, slice=key):
                yield from self._entries(value, key, scope, depth + 1)
            case ast.Attribute(value=value, attr=name):
                for held, where in self.of(value, scope, depth + 1):
                    given = _field(held, name, where)
                    if given is not None:
                        yield from self.of(*given, depth + 1)
                    self.lost |= given is None
            case ast.Call(func=ast.Attribute(value=value, attr="get"), args=[key, *rest]):
                yield from self._entries(value, key, scope, depth + 1)
                for default in rest:
                    yield from self.of(default, scope, depth + 1)
            case ast.IfExp(body=body, orelse=orelse):
                yield from self.of(body, scope, depth + 1)
                yield from self.of(orelse, scope, depth + 1)
            case _:
                yield as_table(node), scope

    def _name(self, name: str, scope: NameScope, depth: int) -> Iterator[HeldInScope]:
        for place in scope.chain():
            if name in place.names:
                for binding in place.names[name]:
                    yield from self.bound(binding, place, depth)
                return
        self.lost = True

    def bound(self, binding: Binding, scope: NameScope, depth: int = 0) -> Iterator[HeldInScope]:
        """The same of what a name is bound to."""
        match binding:
            case Element(iterable=iterable, path=path):
                iterable, path, side = unpacked(iterable, path)
                for held, where in self.of(iterable, scope, depth):
                    inside = _elements(held, side)
                    self.lost |= not inside
                    for element in inside:
                        yield from self._part(element, path, where, depth)
            case Unpacked(value=value, path=path):
                for held, where in self.of(value, scope, depth):
                    yield from self._part(held, path, where, depth)
            case ast.expr():
                yield from self.of(binding, scope, depth)
            case _:
                self.lost = True

    def _part(
        self, node: ast.expr | None, path: tuple[int, ...], scope: NameScope, depth: int
    ) -> Iterator[HeldInScope]:
        inner = None if node is None else part(node, path)
        self.lost |= inner is None
        if inner is not None:
            yield from self.of(inner, scope, depth + 1)

    def _entries(
        self, container: ast.expr, key: ast.expr, scope: NameScope, depth: int
    ) -> Iterator[HeldInScope]:
        """What stands under a key, under all of them where the key is known at run time only."""
        for held, where in self.of(container, scope, depth):
            entries = _under(held, key)
            self.lost |= not entries
            for entry in entries:
                yield from self.of(entry, where, depth)


def _under(container: ast.expr, key: ast.expr) -> list[ast.expr]:
    wanted = key.value if isinstance(key, ast.Constant) else None
    match container:
        case ast.Dict(values=values) if wanted is None:
            return _alike(values)
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            return [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == wanted]
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            if wanted is None:
                return _alike(elements)
            if isinstance(wanted, int) and -len(elements) <= wanted < len(elements):
                return [elements[wanted]]
    return []


def _alike(values: list[ast.expr]) -> list[ast.expr]:
    """Entries that one key chooses among: strings, or things that hold more; never a mixture."""
    plain = [v for v in values if isinstance(v, ast.Constant)]
    if not plain:
        return values
    texts = all(isinstance(v.value, str) for v in plain)
    return list(plain) if texts and len(plain) == len(values) else []


def _elements(container: ast.expr, side: str) -> list[ast.expr | None]:
    match container:
        case ast.Dict(values=values) if side == "values":
            return list(values)
        case ast.Dict(keys=keys):
            return list(keys)
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return list(elements)
    return []


def _field(node: ast.expr, name: str, scope: NameScope) -> HeldInScope | None:
    """What an object of a class of the file was made with under ``name``, or the class's own."""
    if not isinstance(node, ast.Call):
        return None
    for keyword in node.keywords:
        if keyword.arg == name:
            return keyword.value, scope
    made = _class(node.func, scope)
    if made is None:
        return None
    fields = [field for _, field in sorted(made.typed)]
    position = fields.index(name) if name in fields else len(node.args)
    if position < len(node.args):
        return node.args[position], scope
    values = [b for b in made.names.get(name, ()) if isinstance(b, ast.expr)]
    return (values[0], made) if values else None


def _class(function: ast.expr, scope: NameScope) -> NameScope | None:
    if not isinstance(function, ast.Name):
        return None
    for place in scope.chain():
        for binding in place.names.get(function.id, ()):
            if isinstance(binding, Defined) and binding.scope is not None:
                return binding.scope
    return None
