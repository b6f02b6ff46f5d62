"""What a call in Python gives to a loader, and which loader it is. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from provenance.checking.references.python_bindings import Binding, Element, NameScope
from provenance.checking.references.python_possible import Text, only_texts
from provenance.checking.references.python_values import Resolver
from provenance.checking.references.rules import CallRule
from provenance.checking.references.sites import Site
from provenance.report.checked import ReferenceKind, UsedFor

_EVALUATION = re.compile(r"(?i)\b(?:test|valid|validation|val|dev|eval)")


def arguments(call: ast.Call, matched: list[CallRule]) -> Iterator[tuple[CallRule, ast.expr]]:
    """The argument of each rule that the call gives; the first rule to claim one has it."""
    keywords = {k.arg: k.value for k in call.keywords if k.arg}
    taken: set[int] = set()
    specific = sorted(matched, key=lambda rule: rule.name.startswith("*"))
    for rule in specific:
        if rule.name.startswith("*") and any(not r.name.startswith("*") for r in specific):
            continue
        argument = keywords.get(rule.keyword)
        position = rule.position
        if argument is None and position is not None and len(call.args) > position:
            before = call.args[: position + 1]
            if not any(isinstance(a, ast.Starred) for a in before):
                argument = call.args[position]
        if argument is not None and id(argument) not in taken:
            taken.add(id(argument))
            yield rule, argument


def expanded(call: ast.Call, resolver: Resolver, scope: NameScope) -> list[ast.Call]:
    """The call with ``**table`` written out, once for each table of the file that it can be.

    At most one more than is followed.
    """
    calls: list[list[ast.keyword]] = [[]]
    for keyword in call.keywords:
        tables = resolver.tables(keyword.value, scope) if keyword.arg is None else []
        given = [_keywords(table) for table in tables] or [[keyword]]
        calls = [[*before, *more] for before in calls for more in given][: MOST_CALLS + 1]
    return [ast.copy_location(ast.Call(call.func, call.args, k), call) for k in calls]


MOST_CALLS = 200
"""Most ways of one call that are followed."""


def _keywords(table: ast.Dict) -> list[ast.keyword]:
    return [
        ast.copy_location(ast.keyword(str(k.value), v), v)
        for k, v in zip(table.keys, table.values, strict=True)
        if isinstance(k, ast.Constant)
    ]


def super_of(node: ast.expr, scope: NameScope) -> tuple[ast.expr, NameScope] | None:
    """The base class that ``super().__init__`` calls, where there is one."""
    match node:
        case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="__init__"):
            owner = scope.owner()
            if owner is not None and owner.parent is not None and owner.bases:
                return owner.bases[0], owner.parent
    return None


def attribute_of(node: ast.expr) -> ast.expr:
    """``getattr(module, "name")`` as the attribute that it is."""
    match node:
        case ast.Call(func=ast.Name(id="getattr"), args=[owner, ast.Constant(value=str(name)), *_]):
            return ast.copy_location(ast.Attribute(owner, name), node)
    return node


def own_method(name: str, rest: list[str], scope: NameScope) -> str | None:
    """``self.load``, where the class of the scope has it."""
    owner = scope.owner()
    if name not in {"self", "cls"} or owner is None or len(rest) != 1 or rest[0] not in owner.names:
        return None
    return f"<own>.{owner.title}.{rest[0]}"


def alias(bindings: list[Binding]) -> ast.expr | None:
    """Another callee that a name stands for: ``load_dataset``, ``partial(…)``, ``getattr(…)``."""
    if len(bindings) != 1:
        return None
    match bindings[0]:
        case ast.Name() | ast.Attribute():
            return bindings[0]
        case ast.Call(func=function, args=[first, *_]) if tail(function) in WRAPS:
            return first
        case ast.Call() as call if attribute_of(call) is not call:
            return attribute_of(call)
        case Element(iterable=ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]), path=()):
            return first if isinstance(first, ast.Name | ast.Attribute) else None
    return None


WRAPS = frozenset({"partial", "delayed", "cache", "lru_cache", "remote", "task", "retry"})
"""Functions that give what calls the function that they are given."""


def is_likely(text: str, site: Site) -> bool:
    """Whether a string that a function of the project gets looks like an id."""
    return "/" in text or (site.kind is ReferenceKind.MODEL and "-" in text and " " not in text)


def tail(node: ast.expr) -> str:
    """The last segment of a callee's name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def only_text(node: ast.expr | None, resolver: Resolver, scope: NameScope) -> str | None:
    """The one string that an expression is, if it is one."""
    if node is None:
        return None
    texts = only_texts(resolver.values(node, scope))
    return texts[0].value if len(texts) == 1 else None


def repo_kind(node: ast.expr | None, resolver: Resolver, scope: NameScope) -> ReferenceKind | None:
    """What ``repo_type`` says; ``None`` for spaces and what is not known."""
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return ReferenceKind.MODEL
    text = only_text(node, resolver, scope)
    return ReferenceKind(text) if text in set(ReferenceKind) else None


def role_of_split(
    node: ast.expr | None, resolver: Resolver, scope: NameScope, otherwise: UsedFor
) -> UsedFor:
    """Training where any part of the split is; evaluation where all say so."""
    if node is None:
        return otherwise
    texts = [v.value for v in resolver.values(node, scope) if isinstance(v, Text)]
    if any("train" in text.lower() for text in texts):
        return UsedFor.TRAINING
    if texts and all(_EVALUATION.search(text) for text in texts):
        return UsedFor.EVALUATION
    return otherwise
