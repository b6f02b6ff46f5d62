"""Which strings an expression can be, as far as the file tells. Never a guess."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from provenance.checking.references.python_bindings import (
    Binding,
    Defined,
    Element,
    FileNames,
    Imported,
    NameScope,
    Parameter,
    Unpacked,
)
from provenance.checking.references.python_contents import Contents, HeldInScope
from provenance.checking.references.python_elements import (
    Parts,
    as_table,
    elements,
    field_default,
    is_enum,
    is_text_table,
    made_by_factory,
    part,
    unpacked,
)
from provenance.checking.references.python_joined import (
    changed,
    is_changed,
    pieces,
    reads_environment,
    written_out,
)
from provenance.checking.references.python_possible import (
    Elsewhere,
    Handed,
    Runtime,
    Text,
    Value,
    only_texts,
)
from provenance.checking.references.python_scopes import unwrap

_MAX_STEPS = 12
_MAX_WORK = 5_000
"""Most expressions looked at for one: names that stand for each other would take for ever."""
_MAX_VALUES = 200
"""Most values followed for one expression; a table of more is data, not a choice of models."""
TOO_MANY = f"it can be more than {_MAX_VALUES} things: the others are not followed"
_MOST_MADE = 50
"""Most strings that the pieces of one can make."""
_CONTAINERS = (ast.Dict, ast.List, ast.Tuple, ast.Set)
_FIELD_CALLS = frozenset({"field", "Field", "Option", "Argument"})


class Resolver:
    """Follows names through one file."""

    def __init__(self, names: FileNames) -> None:
        self._names = names
        self._left = 0

    def values(self, node: ast.expr, scope: NameScope) -> list[Value]:
        """Every string that ``node`` can be, without repeats, at most 200."""
        values: dict[Value, None] = {}
        self._left = _MAX_WORK
        for value in self._of(node, scope, 0, direct=True):
            if len(values) >= _MAX_VALUES:
                values[Runtime(TOO_MANY, beside=True)] = None
                break
            values[value] = None
        return list(values)

    def written(self, node: ast.expr, scope: NameScope) -> tuple[ast.expr | None, NameScope]:
        """The expression that a name is set to, once, with its scope; others as they are."""
        return self._table(node, scope)

    def tables(self, node: ast.expr, scope: NameScope) -> list[ast.Dict]:
        """The dictionaries that an expression can be: written in the file, or ``dict(…)``."""
        tables = (held for held, _ in Contents().of(node, scope) if isinstance(held, ast.Dict))
        return list(islice(tables, _MAX_VALUES + 1))

    def module_values(self, attribute: str) -> list[Value]:
        """Values of a module-level name or ``Class.name``, seen from another file."""
        values: dict[Value, None] = {}
        self._left = _MAX_WORK
        owner, _, name = attribute.rpartition(".")
        scope = self._names.module
        for outer in scope.names.get(owner, ()) if owner else ():
            if isinstance(outer, Defined) and outer.scope is not None:
                scope = outer.scope
        for binding in scope.names.get(name, ()) if scope.kind == "class" or not owner else ():
            for value in self._binding(binding, scope, 0):
                values[value] = None
        return list(values)

    def _of(  # noqa: C901, PLR0912  one case a kind
        self, node: ast.expr, scope: NameScope, step: int, *, direct: bool
    ) -> Iterator[Value]:
        self._left -= 1
        if step > _MAX_STEPS or self._left < 0:
            yield Runtime("it takes too many steps to follow")
            return
        node, scope = unwrap(node, scope)
        match node:
            case ast.Constant(value=str(text)):
                yield Text(text, node.lineno, node.col_offset, direct)
            case ast.Constant():
                if step:
                    yield Runtime("its default is empty")
                return
            case ast.Name(id=name):
                yield from self._name(name, scope, step + 1)
            case ast.Attribute():
                yield from self._attribute(node, scope, step + 1)
            case ast.IfExp(body=body, orelse=orelse):
                yield from self._of(body, scope, step + 1, direct=direct)
                yield from self._of(orelse, scope, step + 1, direct=direct)
            case ast.BoolOp(values=values):
                yield from self._either(values, scope, step + 1, direct=direct)
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                yield from self._of(value, scope, step + 1, direct=direct)
            case ast.JoinedStr() | ast.BinOp():
                yield from self._joined(node, scope, step + 1)
            case ast.Subscript(value=value):
                yield from self._subscript(node, scope, step + 1)
            case ast.Call():
                yield from self._call(node, scope, step + 1)
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                for element in elements:
                    yield from self._of(element, scope, step + 1, direct=direct)
            case _:
                yield Runtime("it is computed at run time")

    def _either(
        self, nodes: list[ast.expr], scope: NameScope, step: int, *, direct: bool
    ) -> Iterator[Value]:
        """``a or b``; behind what the environment may give, what is taken usually."""
        usual = reads_environment(nodes[0])
        for node in nodes:
            for value in self._of(node, scope, step, direct=direct):
                yield replace(value, usual=True) if usual and isinstance(value, Runtime) else value

    def _name(self, name: str, scope: NameScope, step: int) -> Iterator[Value]:
        for place in scope.chain():
            if name in place.names:
                for binding in place.names[name]:
                    yield from self._binding(binding, place, step)
                return
        yield Runtime(f"{name} is bound elsewhere")

    def _binding(self, binding: Binding, scope: NameScope, step: int) -> Iterator[Value]:
        match binding:
            case Imported(module=module, attribute=str(attribute)):
                yield Elsewhere(module, attribute)
            case Parameter(name=name, default=default):
                handed = None
                if binding.function is not None:
                    handed = Handed(binding.function, name, binding.position)
                if name in self._names.arguments:
                    yield from self._defaults(name, step)
                elif default is not None:
                    yield from self._of(default, scope, step + 1, direct=False)
                yield Runtime(f"it is the parameter {name}", handed)
            case Element(iterable=iterable, path=path):
                yield from self._elements(iterable, path, scope, step + 1)
            case Unpacked():
                contents = Contents()
                held = contents.bound(binding, scope)
                yield from self._told(contents, held, "it is computed at run time", step + 1)
            case ast.expr():
                yield from self._of(binding, scope, step + 1, direct=False)
            case _:
                yield Runtime("it is computed at run time")

    def _elements(
        self, iterable: ast.expr, path: tuple[int, ...], scope: NameScope, step: int
    ) -> Iterator[Value]:
        """What one element of an iterable can be; ``path``: where in the element."""
        iterable, path, side = unpacked(iterable, path)
        containers = self._written(iterable, scope) if step <= _MAX_STEPS else []
        if not containers:
            yield Runtime("it is computed at run time")
        for inner, where in containers:
            if inner is None:
                yield Runtime("it is computed at run time")
            elif isinstance(inner, ast.Dict) and side == "values":
                for value in inner.values:
                    yield from self._element(part(value, path), where, step)
            elif inner is not iterable and not side:
                yield from self._elements(inner, path, where, step + 1)
            else:
                for member in elements(inner, path):
                    yield from self._element(member, where, step)

    def _written(self, node: ast.expr, scope: NameScope) -> list[tuple[ast.expr | None, NameScope]]:
        """Everything that a name is set to; ``None`` for what cannot be followed."""
        if isinstance(node, ast.Attribute) and node.attr in self._names.fields:
            fields = self._names.fields[node.attr]
            return [(made_by_factory(value), where) for value, where in fields]
        if not isinstance(node, ast.Name):
            return [(node, scope)]
        for place in scope.chain():
            bindings = place.names.get(node.id)
            if bindings:
                return [
                    unwrap(b, place) if isinstance(b, ast.expr) else (None, place) for b in bindings
                ]
        return []

    def _element(
        self, member: ast.expr | Parts | None, scope: NameScope, step: int
    ) -> Iterator[Value]:
        if isinstance(member, Parts):
            for value in self._of(member.text, scope, step + 1, direct=False):
                if isinstance(value, Text):
                    texts = (p.strip() for p in value.value.split(member.separator))
                    yield from (replace(value, value=t, direct=False) for t in texts if t)
                else:
                    yield value
        elif member is None:
            yield Runtime("it is computed at run time")
        else:
            yield from self._of(member, scope, step, direct=False)

    def _attribute(  # noqa: C901, PLR0912  one case a kind
        self, node: ast.Attribute, scope: NameScope, step: int
    ) -> Iterator[Value]:
        name = node.attr
        base = node.value
        if name == "value":
            members = self._members(base, scope)
            if members is not None:
                for value in members[1]:
                    yield from self._binding(value, members[0], step)
                return
        if isinstance(base, ast.Name):
            if base.id in {"self", "cls"}:
                owner = scope.owner()
                if owner is not None and name in owner.names:
                    for binding in owner.names[name]:
                        yield from self._binding(binding, owner, step)
                    for value, where in self._names.fields.get(name, ()):
                        if owner.title in (getattr(b, "id", "") for b in where.bases):
                            yield from self._of(value, where, step, direct=False)
                    return
            module = self._class_or_module(base.id, scope)
            if isinstance(module, Imported) and module.attribute is None:
                yield Elsewhere(module.module, name)
                return
            if isinstance(module, Imported) and module.attribute is not None:
                yield Elsewhere(f"{module.module}.{module.attribute}", name)
                if name not in self._names.arguments and name not in self._names.fields:
                    return
            if isinstance(module, Defined) and module.scope is not None:
                for binding in module.scope.names.get(name, ()):
                    yield from self._binding(binding, module.scope, step)
                return
        contents = Contents()
        made = list(self._held(contents.of(node, scope), step))
        if made:
            yield from made
            if contents.lost:
                yield Runtime("it is read from an object at run time", beside=True)
        elif name in self._names.arguments:
            yield from self._defaults(name, step)
        elif name in self._names.fields:
            for value, where in self._names.fields[name]:
                yield from self._of(value, where, step, direct=False)
        else:
            yield Runtime("it is read from an object at run time")

    def _members(self, node: ast.expr, scope: NameScope) -> tuple[NameScope, list[Binding]] | None:
        """What ``X.MEMBER.value`` and ``x.value`` can be, where X is an Enum of this file."""
        wanted: str | None = None
        named: ast.expr | None = node
        if isinstance(node, ast.Attribute):
            named, wanted = node.value, node.attr
        elif isinstance(node, ast.Name):
            bound = self._class_or_module(node.id, scope)
            named = bound.annotation if isinstance(bound, Parameter) else None
        if not isinstance(named, ast.Name):
            return None
        owner = self._class_or_module(named.id, scope)
        if not isinstance(owner, Defined) or owner.scope is None or not is_enum(owner.scope):
            return None
        names = owner.scope.names
        bindings = names.get(wanted, []) if wanted else [b for each in names.values() for b in each]
        return owner.scope, [b for b in bindings if isinstance(b, ast.expr)]

    def _class_or_module(self, name: str, scope: NameScope) -> Binding | None:
        for place in scope.chain():
            if name in place.names:
                return place.names[name][-1]
        return None

    def _defaults(self, name: str, step: int) -> Iterator[Value]:
        for value, scope in self._names.arguments[name]:
            yield from self._of(value, scope, step, direct=False)

    def _joined(self, node: ast.expr, scope: NameScope, step: int) -> Iterator[Value]:
        """Every string that known pieces make; a run-time value where one is not known."""
        parts = pieces(written_out(node, lambda name: self._table(name, scope)[0]))
        if parts is None:
            yield Runtime("it is computed at run time")
            return
        made = [""]
        for piece in parts:
            texts = only_texts(list(self._of(piece, scope, step, direct=False)))
            if not texts or len(made) * len(texts) > _MOST_MADE:
                yield Runtime("it is put together at run time")
                return
            made = [head + text.value for head in made for text in texts]
        for text in dict.fromkeys(made):
            yield Text(text, node.lineno, node.col_offset, direct=False)

    def _subscript(self, node: ast.Subscript, scope: NameScope, step: int) -> Iterator[Value]:
        """An entry of a dictionary or list written in the file."""
        contents = Contents()
        yield from self._told(
            contents, contents.of(node, scope), "it is looked up at run time", step
        )

    def _told(
        self, contents: Contents, held: Iterator[HeldInScope], why: str, step: int
    ) -> Iterator[Value]:
        """Entries of containers, and that there are others, which cannot be followed."""
        values = list(self._held(held, step))
        texts = any(isinstance(v, Text) for v in values)
        for value in values:
            yield replace(value, beside=texts) if isinstance(value, Runtime) else value
        if contents.lost or not values:
            yield Runtime(why, beside=texts)

    def _held(self, held: Iterator[HeldInScope], step: int) -> Iterator[Value]:
        """What strings and calls among the contents of containers can be."""
        for node, where in held:
            if not isinstance(node, _CONTAINERS):
                yield from self._of(node, where, step, direct=False)

    def _table(self, node: ast.expr, scope: NameScope) -> tuple[ast.expr | None, NameScope]:
        if isinstance(node, ast.Name):
            for place in scope.chain():
                bindings = place.names.get(node.id)
                if bindings and len(bindings) == 1 and isinstance(bindings[0], ast.expr):
                    value, where = unwrap(bindings[0], place)
                    return as_table(value), where
                if bindings:
                    return None, scope
            return None, scope
        return as_table(node), scope

    def _call(self, node: ast.Call, scope: NameScope, step: int) -> Iterator[Value]:
        function = node.func
        tail = function.attr if isinstance(function, ast.Attribute) else None
        if isinstance(function, ast.Name):
            tail = function.id
        if tail in _FIELD_CALLS:
            default = field_default(node)
            if default is not None:
                yield from self._of(default, scope, step, direct=False)
            return
        if tail in {"str", "Path"} and len(node.args) == 1:
            yield from self._of(node.args[0], scope, step, direct=False)
            return
        if tail in {"strip", "lstrip", "rstrip"} and isinstance(function, ast.Attribute):
            yield from self._of(function.value, scope, step, direct=False)
            return
        if tail in {"format", "join"}:
            yield from self._joined(node, scope, step)
        elif isinstance(function, ast.Attribute) and is_changed(tail, node):
            for value in self._of(function.value, scope, step, direct=False):
                yield changed(value, function.attr, node) if isinstance(value, Text) else value
        else:
            yield from self._looked_up(node, tail, scope, step)

    def _looked_up(
        self, node: ast.Call, tail: str | None, scope: NameScope, step: int
    ) -> Iterator[Value]:
        """``os.getenv("NAME", "owner/name")`` and ``table.get(name, "owner/name")``."""
        function = node.func
        given = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "default")]
        if tail in {"getenv", "get"} and given:
            table = (
                self._table(function.value, scope)[0]
                if isinstance(function, ast.Attribute)
                else None
            )
            if isinstance(table, ast.Dict) and is_text_table(table.values):
                for value in table.values:
                    yield from self._of(value, scope, step, direct=False)
            yield from self._of(given[0], scope, step, direct=False)
            yield Runtime("it is read from the environment or a table at run time", usual=True)
            return
        yield Runtime("it is computed at run time")
