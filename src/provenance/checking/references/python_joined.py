"""Strings that Python puts together: the pieces of an f-string, ``%``, ``format`` or ``join``."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from string import Formatter

from provenance.checking.references.python_possible import Text

_PERCENT = re.compile(r"%[sd]")
_PLACE = re.compile(r"[0-9]{1,4}")


def pieces(node: ast.expr) -> list[ast.expr] | None:
    """What is joined, in order; ``None`` where that is not written out."""
    match node:
        case ast.JoinedStr(values=values):
            return [p.value if isinstance(p, ast.FormattedValue) else p for p in values]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [left, right]
        case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str(text)), right=right):
            given = list(right.elts) if isinstance(right, ast.Tuple) else [right]
            texts = _PERCENT.split(text)
            if len(texts) != len(given) + 1 or "%" in "".join(texts):
                return None
            return _woven(texts, given, node)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format"),
            args=args, keywords=keywords,
        ):  # fmt: skip
            return _formatted(text, node, args, {k.arg: k.value for k in keywords if k.arg})
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="join"),
            args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
        ):
            return _woven(["", *[text] * (len(parts) - 1), ""], parts, node)
    return None


def written_out(node: ast.expr, table: Callable[[ast.expr], ast.expr | None]) -> ast.expr:
    """The same with a template, or a list that is joined, in place of its name.

    Args:
        node: what is put together.
        table: gives the expression that a name is set to, once.

    """
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr="format")):
            text = table(name)
            if isinstance(text, ast.Constant):
                method = ast.copy_location(ast.Attribute(text, "format"), node)
                return ast.copy_location(ast.Call(method, node.args, node.keywords), node)
        case ast.Call(func=ast.Attribute(attr="join") as method, args=[ast.Name() as name]):
            listed = table(name)
            if isinstance(listed, ast.List | ast.Tuple):
                return ast.copy_location(ast.Call(method, [listed], []), node)
        case ast.BinOp(op=ast.Mod(), left=ast.Name() as name, right=right):
            text = table(name)
            if isinstance(text, ast.Constant):
                return ast.copy_location(ast.BinOp(text, ast.Mod(), right), node)
    return node


_PLAIN = frozenset({"lower", "upper"})
_BY_TEXTS = {"replace": 2, "removeprefix": 1, "removesuffix": 1}
"""Methods that make another string of one by constants, with how many they take."""


def is_changed(method: str | None, call: ast.Call) -> bool:
    """Whether a method makes a string that can be told of the one that it is called on."""
    if method in _PLAIN:
        return not call.args
    texts = [a for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return method in _BY_TEXTS and len(call.args) == len(texts) == _BY_TEXTS[method]


def changed(text: Text, method: str, call: ast.Call) -> Text:
    """What such a method makes of a string."""
    given = [str(a.value) for a in call.args if isinstance(a, ast.Constant)]
    value: str = getattr(text.value, method)(*given)
    return replace(text, value=value, direct=False)


def reads_environment(node: ast.expr) -> bool:
    """``os.getenv("X")`` and ``os.environ.get("X")``: what stands behind ``or`` is usual."""
    match node:
        case ast.Call(func=ast.Attribute(attr="getenv") | ast.Name(id="getenv")):
            return True
        case ast.Call(func=ast.Attribute(value=owner, attr="get")):
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            return name == "environ"
    return False


def _woven(texts: list[str], given: list[ast.expr], at: ast.expr) -> list[ast.expr]:
    pieces: list[ast.expr] = []
    for index, text in enumerate(texts):
        if text:
            pieces.append(ast.copy_location(ast.Constant(text), at))
        if index < len(given):
            pieces.append(given[index])
    return pieces


def _formatted(
    text: str, at: ast.expr, args: list[ast.expr], keywords: dict[str, ast.expr]
) -> list[ast.expr] | None:
    pieces: list[ast.expr] = []
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    count = 0
    for literal, name, spec, conversion in parts:
        if literal:
            pieces.append(ast.copy_location(ast.Constant(literal), at))
        if name is None:
            continue
        number = count if not name else (int(name) if _PLACE.fullmatch(name) else -1)
        count += 1
        given = args[number] if 0 <= number < len(args) else keywords.get(name)
        if given is None or spec or conversion:
            return None
        pieces.append(given)
    return pieces
