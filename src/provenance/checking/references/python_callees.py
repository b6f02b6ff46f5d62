"""What a call calls: the dotted name of a callee, with imports and aliases followed. Pure."""

from __future__ import annotations

import ast

from provenance.checking.references.python_bindings import (
    Binding,
    Defined,
    FileNames,
    Imported,
    NameScope,
)
from provenance.checking.references.python_calls import alias, attribute_of, own_method, super_of
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen


@frozen
class Callees:
    """Looks up the callees of one file."""

    names: FileNames
    rules: Rules

    def has_its_own(self, qualified: str) -> bool:
        """Whether a class of this file has the method itself: it is no library's."""
        head, _, method = qualified.rpartition(".")
        if not head.startswith("<own>."):
            return False
        bindings = self.names.module.names.get(head.removeprefix("<own>."), ())
        scopes = [b.scope for b in bindings if isinstance(b, Defined)]
        return any(scope is not None and method in scope.names for scope in scopes)

    def qualified(  # noqa: C901, PLR0912  one case a kind
        self, node: ast.expr, scope: NameScope, hops: int = 3
    ) -> str | None:
        """Dotted name of a callee with its imports followed; ``None`` when it has none."""
        if isinstance(node, ast.Call):
            node = attribute_of(node)
        if isinstance(node, ast.Attribute) and node.attr == "__init__" and hops:
            base = super_of(node, scope)
            if base is not None:
                return self.qualified(base[0], base[1], hops - 1)
        tails: list[str] = []
        while isinstance(node, ast.Attribute):
            tails.append(node.attr)
            node = node.value
        rest = tails[::-1]
        if not isinstance(node, ast.Name):
            return ".".join(["?", *rest]) if rest else None
        if node.id in {"self", "cls"}:
            method = own_method(node.id, rest, scope)
            if method is not None:
                return method
        for place in scope.chain():
            bindings = place.names.get(node.id)
            if bindings is None:
                continue
            imported = [b for b in bindings if isinstance(b, Imported)]
            if imported:
                last = imported[-1]
                module = (
                    last.module if last.attribute is None else f"{last.module}.{last.attribute}"
                )
                return ".".join([module, *rest])
            other = alias(bindings)
            if other is not None and hops:
                known = self.qualified(other, place, hops - 1)
                return ".".join([known, *rest]) if known else None
            loader = self._base(bindings, hops) if not rest else None
            if loader is not None:
                return loader
            defined_here = any(isinstance(b, Defined) for b in bindings)
            return ".".join(["<own>" if defined_here else "?", node.id, *rest])
        for module in self.names.star_imports:
            qualified = ".".join([module, node.id, *rest])
            if self.rules.calls_named(qualified):
                return qualified
        return ".".join(["?", node.id, *rest])

    def _base(self, bindings: list[Binding], hops: int) -> str | None:
        """The loader that a class of the file is made from and does not begin anew."""
        scopes = [b.scope for b in bindings if isinstance(b, Defined) and b.scope is not None]
        if len(scopes) != 1 or not hops:
            return None
        (scope,) = scopes
        if "__init__" in scope.names or not scope.bases or scope.parent is None:
            return None
        base = self.qualified(scope.bases[0], scope.parent, hops - 1)
        known = base is not None and not base.startswith(("?", "<own>"))
        return base if known and base and self.rules.calls_named(base) else None
