"""What names are bound to in one Python file, as one walk collects it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Imported:
    """A name bound by an import: ``module`` alone, or ``attribute`` of it."""

    module: str
    attribute: str | None


@dataclass(slots=True)
class Parameter:
    """A function's parameter and its default, if it has one."""

    name: str
    default: ast.expr | None
    annotation: ast.expr | None = None
    function: str | None = None
    """The module-level function it is of, or the class for ``__init__``; ``None`` of others."""
    position: int | None = None
    """Among the arguments of a call; ``None``: by keyword only."""


@dataclass(slots=True)
class Element:
    """One element of an iterable: a loop's target."""

    iterable: ast.expr
    path: tuple[int, ...] = ()
    """Where in each element the target stands."""


@dataclass(slots=True)
class Unpacked:
    """A part of what is taken apart: ``a, b = value``."""

    value: ast.expr
    path: tuple[int, ...]
    """Where in the value the target stands."""


@dataclass(slots=True)
class Opaque:
    """Bound to something that cannot be followed (``with … as``, unpacking)."""


@dataclass(slots=True)
class Defined:
    """A class or function of this file."""

    scope: NameScope | None


Binding = ast.expr | Imported | Parameter | Element | Unpacked | Opaque | Defined


@dataclass(slots=True)
class NameScope:
    """A module, class or function; ``names`` holds every binding of a name, in no order."""

    kind: str
    """``module``, ``class`` or ``function``."""
    parent: NameScope | None
    names: dict[str, list[Binding]] = field(default_factory=dict)
    title: str | None = None
    """Name of a class or function; a module and a lambda have none."""
    bases: list[ast.expr] = field(default_factory=list)
    """What a class derives from."""
    typed: list[tuple[int, str]] = field(default_factory=list)
    """Names of a class with a type and their lines: what a data class is made with, in order."""

    def bind(self, name: str, value: Binding) -> None:
        """Add one binding of a name."""
        self.names.setdefault(name, []).append(value)

    def chain(self) -> Iterator[NameScope]:
        """The scopes a name is looked up in: this one and those around it, classes left out."""
        yield self
        scope = self.parent
        while scope is not None:
            if scope.kind != "class":
                yield scope
            scope = scope.parent

    def owner(self) -> NameScope | None:
        """The class that this scope is in."""
        scope: NameScope | None = self
        while scope is not None and scope.kind != "class":
            scope = scope.parent
        return scope


@dataclass(slots=True)
class FileNames:
    """Everything one walk collects."""

    module: NameScope
    calls: list[tuple[ast.Call, NameScope]] = field(default_factory=list)
    tails: set[str] = field(default_factory=set)
    """The last words of what is called; of a callee without a name it is empty."""
    texts: set[str] = field(default_factory=set)
    """Every string, docstrings left out."""
    literals: list[ast.Constant] = field(default_factory=list)
    """Strings that hold an address, docstrings left out."""
    outside: list[ast.Constant] = field(default_factory=list)
    """Strings that are addresses of data or weights outside the Hub."""
    arguments: dict[str, list[tuple[ast.expr, NameScope]]] = field(default_factory=dict)
    """Defaults by destination, of argparse and click."""
    fields: dict[str, list[tuple[ast.expr, NameScope]]] = field(default_factory=dict)
    """Values of class-level names."""
    tables: list[tuple[ast.Dict, NameScope]] = field(default_factory=list)
    """Dictionaries written out."""
    assigned: list[tuple[str, ast.expr, NameScope]] = field(default_factory=list)
    """Names and what they are set to: variables, fields, defaults of parameters."""
    typed: list[tuple[str, ast.expr, ast.expr]] = field(default_factory=list)
    """Parameters and fields with an annotation and a default: name, annotation, default."""
    compared: list[tuple[str, ast.expr]] = field(default_factory=list)
    """Names and what they are compared with: a program knows these values of them."""
    addresses: list[tuple[ast.expr, str]] = field(default_factory=list)
    """Addresses of the Hub that are put together behind its endpoint."""
    scripts: list[tuple[ast.expr, NameScope]] = field(default_factory=list)
    """Strings that are scripts with a first line of their own, or put together with flags."""
    configs: list[tuple[ast.expr, NameScope]] = field(default_factory=list)
    """Strings that may be configurations."""
    quoted: list[ast.Constant] = field(default_factory=list)
    """Strings with one slash and nothing between words."""
    local: set[str] = field(default_factory=set)
    """Names without an owner that something is saved under, or that a choice is made by."""
    commands: list[tuple[ast.List, NameScope]] = field(default_factory=list)
    """Lists with a word that is a flag, or with a program first."""
    star_imports: list[str] = field(default_factory=list)
    packages: set[str] = field(default_factory=set)
    """Packages that anything is imported from."""
