"""Strings that Python puts together: the pieces of an f-string, ``%``, ``format`` or ``join``."""

from __future__ import annotations

import ast
import re
from string import Formatter

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
