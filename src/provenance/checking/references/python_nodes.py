"""Which fields of the nodes of a Python syntax tree hold other nodes worth a walk. Pure."""

from __future__ import annotations

import ast

_LEAVES = (
    ast.Name, ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.alias,
    ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.type_ignore,
)  # fmt: skip
_PLAIN = frozenset(
    {"id", "ctx", "attr", "kind", "type_comment", "op", "ops", "name", "names", "module", "level",
     "asname", "arg", "rest", "kwd_attrs", "simple", "is_async", "conversion", "tag",
     "type_ignores"}
)  # fmt: skip
"""Fields that hold words, numbers or leaves in every kind of node that has them."""

WALKED: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name in kind._fields if name not in _PLAIN)
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and not issubclass(kind, _LEAVES)
}
"""Kinds of node that are walked, with the fields that can hold such a node or a list of them."""
WALKED[ast.Constant] = ()
