"""What names stand for in one Python file: one walk over its syntax tree, nothing is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from provenance.checking.references.addresses import SPOKEN
from provenance.checking.references.outside import is_outside
from provenance.checking.references.python_bindings import (
    Binding,
    Defined,
    Element,
    FileNames,
    Imported,
    NameScope,
    Opaque,
    Parameter,
    Unpacked,
)
from provenance.checking.references.python_nodes import WALKED
from provenance.checking.references.python_text import PARSES, is_a_line
from provenance.vocabulary.keys import PUBLIC_HUB

_CONFIG = re.compile(r"^\s{0,40}\{\s{0,40}\"|\n[ \t-]{0,40}[\w.-]{1,60}[ \t]{0,9}[:=]")
"""How a string begins that is JSON, or what a line of YAML or TOML in one begins with."""
_OPTIONS = frozenset({"add_argument", "option", "argument"})
_SAVES = frozenset({"save_pretrained", "save_model", "save_to_disk", "save"})
_OUTSIDE: dict[type, tuple[str, ...]] = {
    ast.FunctionDef: ("decorator_list", "args", "returns"),
    ast.AsyncFunctionDef: ("decorator_list", "args", "returns"),
    ast.Lambda: ("args",),
    ast.ClassDef: ("decorator_list", "bases", "keywords"),
}
"""Fields that are evaluated in the scope around a definition, not in its own."""


def collect(tree: ast.Module, package: str) -> FileNames:
    """Walk a tree once. ``package`` is the dotted package the file is in, for relative imports."""
    return _Walk(package).run(tree)


class _Walk:
    """A walk with a stack of its own: trees nest deeper than Python's."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._out = FileNames(NameScope("module", None))

    def run(self, tree: ast.Module) -> FileNames:
        """Nodes wait on the stack above the scope that they are in."""
        handlers = self._handlers()
        scope = self._out.module
        stack: list[Any] = [tree]
        pop = stack.pop
        while stack:
            node = pop()
            kind = node.__class__
            fields = WALKED.get(kind)
            if fields is None:
                if kind is NameScope:
                    scope = node
                continue
            if kind is ast.Expr and node.value.__class__ is ast.Constant:
                continue  # a docstring or a bare string does nothing
            handler = handlers.get(kind)
            if handler is not None:
                inner = handler(node, scope)
                if inner is not scope:
                    stack += _parts(node, scope, inner)
                    continue
            for name in fields:
                child: Any = getattr(node, name, None)
                if child.__class__ is list:
                    stack += child
                elif child is not None:
                    stack.append(child)
        return self._out

    def _handlers(self) -> dict[type[ast.AST], Callable[[Any, NameScope], NameScope]]:
        """What each kind of node does to names; it gives the scope of what is inside."""
        return {
            ast.Constant: self._constant,
            ast.JoinedStr: self._joined,
            ast.Compare: self._comparison,
            ast.Dict: self._dict,
            ast.Call: self._call,
            ast.Assign: self._assignment,
            ast.AnnAssign: self._annotated,
            ast.NamedExpr: self._annotated,
            ast.AugAssign: self._augmented,
            ast.For: self._loop,
            ast.AsyncFor: self._loop,
            ast.comprehension: self._loop,
            ast.withitem: self._with,
            ast.Import: self._import,
            ast.ImportFrom: self._import,
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
            ast.Lambda: self._function,
            ast.ClassDef: self._class,
            ast.Return: self._return,
            ast.List: self._list,
        }

    def _constant(self, node: ast.Constant, scope: NameScope) -> NameScope:
        text = node.value
        if not isinstance(text, str):
            return scope
        self._out.texts.add(text)
        if "/" not in text:
            if text.startswith("#!") and "\n" in text:
                self._out.scripts.append((node, scope))
        elif ("://" in text or "@" in text) and SPOKEN.search(text) is not None:
            self._out.literals.append(node)
        elif "://" in text and is_outside(text):
            self._out.outside.append(node)
        elif text.startswith("#!") and "\n" in text:
            self._out.scripts.append((node, scope))
        elif text.count("/") == 1 and " " not in text:
            self._out.quoted.append(node)
        elif _CONFIG.search(text) is not None:
            self._out.configs.append((node, scope))
        return scope

    def _joined(self, node: ast.JoinedStr, scope: NameScope) -> NameScope:
        texts = [str(v.value) for v in node.values if isinstance(v, ast.Constant)]
        for before, part in pairwise(node.values):
            rest = part.value if isinstance(part, ast.Constant) else None
            if isinstance(rest, str) and _BEHIND.match(rest) and _is_endpoint(before):
                self._out.addresses.append((node, f"{PUBLIC_HUB}{rest}"))
        if any("--" in text for text in texts) or (texts and texts[0].startswith("#!")):
            self._out.scripts.append((node, scope))
        elif any("\n" in text and _CONFIG.search(text) is not None for text in texts):
            self._out.configs.append((node, scope))
        return scope

    def _dict(self, node: ast.Dict, scope: NameScope) -> NameScope:
        if node.keys:
            self._out.tables.append((node, scope))
        return scope

    def _call(self, node: ast.Call, scope: NameScope) -> NameScope:
        self._out.calls.append((node, scope))
        called = node.func
        tail = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        self._out.tails.add(tail)
        if tail in _OPTIONS:
            self._option(node, scope)
        elif tail in PARSES and node.args and is_a_line(node.args[0]):
            self._out.configs.append((node.args[0], scope))
        elif tail in _SAVES and isinstance(called, ast.Attribute) and node.args:
            name = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if isinstance(name, str) and "/" not in name:
                self._out.local.add(name)
        return scope

    def _comparison(self, node: ast.Compare, scope: NameScope) -> NameScope:
        name = getattr(node.left, "attr", None) or getattr(node.left, "id", None)
        if name is not None and isinstance(node.ops[0], ast.Eq | ast.In):
            self._out.compared.append((name, node.comparators[0]))
        if isinstance(node.ops[0], ast.Eq):
            for operand in node.comparators:
                if isinstance(operand, ast.Constant) and isinstance(operand.value, str):
                    self._out.local |= {operand.value} if "/" not in operand.value else set()
        return scope

    def _assignment(self, node: ast.Assign, scope: NameScope) -> NameScope:
        for target in node.targets:
            self._assign(target, node.value, scope)
        return scope

    def _annotated(self, node: ast.AnnAssign | ast.NamedExpr, scope: NameScope) -> NameScope:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            scope.typed.append((node.lineno, node.target.id))
        if node.value is not None:
            self._assign(node.target, node.value, scope)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                self._out.typed.append((node.target.id, node.annotation, node.value))
        return scope

    def _augmented(self, node: ast.AugAssign, scope: NameScope) -> NameScope:
        self._bind(node.target, Opaque(), scope)
        return scope

    def _loop(
        self, node: ast.For | ast.AsyncFor | ast.comprehension, scope: NameScope
    ) -> NameScope:
        self._bind(node.target, Element(node.iter), scope)
        return scope

    def _with(self, node: ast.withitem, scope: NameScope) -> NameScope:
        if node.optional_vars is not None:
            self._bind(node.optional_vars, Opaque(), scope)
        return scope

    def _return(self, node: ast.Return, scope: NameScope) -> NameScope:
        if node.value is not None and scope.title:
            self._out.assigned.append((scope.title, node.value, scope))
        return scope

    def _list(self, node: ast.List, scope: NameScope) -> NameScope:
        words = [e.value for e in node.elts if isinstance(e, ast.Constant)]
        first = node.elts[0] if node.elts else None
        runs = (words and words[0] in _PROGRAMS) or getattr(first, "attr", "") == "executable"
        if runs or any(isinstance(w, str) and w.startswith("-") for w in words):
            self._out.commands.append((node, scope))
        return scope

    def _class(self, node: ast.ClassDef, scope: NameScope) -> NameScope:
        inner = NameScope("class", scope, title=node.name, bases=list(node.bases))
        scope.bind(node.name, Defined(inner))
        return inner

    def _assign(self, target: ast.expr, value: ast.expr, scope: NameScope) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            if len(target.elts) == len(value.elts):
                for member, other in zip(target.elts, value.elts, strict=True):
                    self._assign(member, other, scope)
                return
            self._bind(target, Opaque(), scope)
        elif isinstance(target, ast.Tuple):
            self._bind(target, Unpacked(value, ()), scope)
        else:
            self._bind(target, value, scope)

    def _bind(self, target: ast.expr, value: Binding, scope: NameScope) -> None:
        match target:
            case ast.Name(id=name):
                scope.bind(name, value)
                if isinstance(value, ast.expr):
                    self._out.assigned.append((name, value, scope))
                if scope.kind == "class" and isinstance(value, ast.expr):
                    self._out.fields.setdefault(name, []).append((value, scope))
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                owner = scope.owner()
                if isinstance(value, ast.expr):
                    self._out.assigned.append((name, value, scope))
                if owner is not None:
                    owner.bind(
                        name, _Within(value, scope) if isinstance(value, ast.expr) else value
                    )
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                self._unpack(elements, value, scope)
            case ast.Subscript(slice=ast.Constant(value=str(key))) if isinstance(value, ast.expr):
                self._out.assigned.append((key, value, scope))
            case ast.Attribute(value=inner, attr=name) if isinstance(value, ast.expr):
                above = inner.attr if isinstance(inner, ast.Attribute) else ""
                self._out.assigned.append((f"{above}_{name}", value, scope))
            case _:
                pass

    def _unpack(self, targets: list[ast.expr], value: Binding, scope: NameScope) -> None:
        """``for a, b in …``: each target knows which part of an element it is."""
        for index, target in enumerate(targets):
            binding: Binding = Opaque()
            if isinstance(value, Element):
                binding = Element(value.iterable, (*value.path, index))
            elif isinstance(value, Unpacked):
                binding = Unpacked(value.value, (*value.path, index))
            self._bind(target, binding, scope)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: NameScope) -> NameScope:
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                self._out.packages.add(alias.name.partition(".")[0])
                scope.bind(bound, Imported(alias.name if alias.asname else bound, None))
            return scope
        module = node.module or ""
        self._out.packages.add(module.partition(".")[0])
        if node.level:
            parts = self._package.split(".") if self._package else []
            kept = parts[: max(0, len(parts) - (node.level - 1))]
            module = ".".join([*kept, module] if module else kept) or "."
        for alias in node.names:
            if alias.name == "*":
                self._out.star_imports.append(module)
            else:
                scope.bind(alias.asname or alias.name, Imported(module, alias.name))
        return scope

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: NameScope
    ) -> NameScope:
        title = "" if isinstance(node, ast.Lambda) else node.name
        inner = NameScope("function", scope, title=title)
        if not isinstance(node, ast.Lambda):
            scope.bind(node.name, Defined(None))
        arguments = node.args
        function, skipped = _called_as(node, scope)
        plain = [*arguments.posonlyargs, *arguments.args]
        missing: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
        defaults = missing + list(arguments.defaults)
        for number, (parameter, default) in enumerate(zip(plain, defaults, strict=True)):
            position = number - skipped if number >= skipped else None
            inner.bind(
                parameter.arg,
                Parameter(parameter.arg, default, parameter.annotation, function, position),
            )
            if default is not None:
                self._out.assigned.append((parameter.arg, default, scope))
                if parameter.annotation is not None:
                    self._out.typed.append((parameter.arg, parameter.annotation, default))
        for parameter, keyword in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            inner.bind(
                parameter.arg, Parameter(parameter.arg, keyword, parameter.annotation, function)
            )
            if keyword is not None:
                self._out.assigned.append((parameter.arg, keyword, scope))
        for variadic in (arguments.vararg, arguments.kwarg):
            if variadic is not None:
                inner.bind(variadic.arg, Opaque())
        return inner

    def _option(self, call: ast.Call, scope: NameScope) -> None:
        """``add_argument("--name", default=…)`` and ``@click.option("--name", default=…)``."""
        keywords = {k.arg: k.value for k in call.keywords if k.arg}
        default = keywords.get("default")
        names = [a.value for a in call.args if isinstance(a, ast.Constant)]
        longest = [n for n in names if isinstance(n, str) and n.startswith("--")]
        plain = [n for n in names if isinstance(n, str) and not n.startswith("-")]
        destination = keywords.get("dest")
        if isinstance(destination, ast.Constant) and isinstance(destination.value, str):
            name = destination.value
        elif plain:
            name = plain[0]
        elif longest:
            name = longest[0].partition("/")[0].lstrip("-").replace("-", "_")
        else:
            return
        for given in (default, keywords.get("choices")):
            if given is not None:
                self._out.arguments.setdefault(name, []).append((given, scope))


def _parts(node: ast.AST, scope: NameScope, inner: NameScope) -> list[Any]:
    """What a definition is made of, each part below the scope that it is evaluated in."""
    outside = _OUTSIDE[node.__class__]
    stack: list[Any] = [scope]
    for name in WALKED[node.__class__]:
        child: Any = getattr(node, name, None)
        stack += child if isinstance(child, list) else [child]
        stack.append(scope if name in outside else inner)
    return stack


def _is_endpoint(node: ast.expr) -> bool:
    """Whether a part of a string is the address of the Hub, or a variable named for it."""
    return any(
        (isinstance(n, ast.Constant) and "huggingface.co" in str(n.value))
        or (isinstance(n, ast.Name) and _ENDPOINT.search(n.id) is not None)
        for n in ast.walk(node)
    )


_BEHIND = re.compile(r"/datasets/[\w.-]{1,96}/[\w.-]{1,96}(?:/|$)")
_ENDPOINT = re.compile(r"(?i)hf_?(?:endpoint|base|url)|huggingface|hub_(?:url|endpoint)")


def _called_as(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, scope: NameScope
) -> tuple[str | None, int]:
    """The name that calls a function from outside, and the parameters that a call leaves out."""
    if isinstance(node, ast.Lambda):
        return None, 0
    if scope.kind == "module":
        return node.name, 0
    if scope.kind == "class" and scope.parent is not None and scope.parent.kind == "module":
        if node.name == "__init__":
            return scope.title, 1
        marks = {d.id for d in node.decorator_list if isinstance(d, ast.Name)}
        return f"{scope.title}.{node.name}", int("staticmethod" not in marks)
    return None, 1


_PROGRAMS = frozenset({"bash", "curl", "git", "python", "python3", "sh", "wget"})
"""First words of commands that may have no flag."""


class _Within(ast.expr):
    """An expression to be read in another scope than where its name is bound."""

    _fields = ("value",)

    def __init__(self, value: ast.expr, scope: NameScope) -> None:
        super().__init__()
        self.value = value
        self.scope = scope


def unwrap(value: ast.expr, scope: NameScope) -> tuple[ast.expr, NameScope]:
    """The expression and the scope to read it in."""
    return (value.value, value.scope) if isinstance(value, _Within) else (value, scope)
