"""Every compiled pattern of the package, the ways it is used, and texts made to slow it down."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import provenance
from provenance.lazy_re import Lazy

code: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
SOURCE = Path(provenance.__file__).parent
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "subn")
_HEAVY = ("spark", "duckdb", "__main__")


def modules() -> Iterator[ModuleType]:
    """Every module of the package that can be imported here."""
    yield provenance
    for found in pkgutil.walk_packages(provenance.__path__, "provenance."):
        if found.name.endswith("__main__"):
            continue
        try:
            yield importlib.import_module(found.name)
        except ImportError:  # an extra that is not installed
            continue


def _within(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """Patterns in a value, also in lists, mappings and frozen types."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Lazy):
        yield value.compiled()
    elif depth > 4:
        return
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from _within(item, depth + 1)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from _within(pair, depth + 1)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _within(getattr(value, field.name, None), depth + 1)


def patterns() -> dict[str, re.Pattern[Any]]:
    """``module.NAME`` to pattern; several of one name are numbered. Each pattern once."""
    found: dict[str, re.Pattern[Any]] = {}
    seen: set[re.Pattern[Any]] = set()
    for module in modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_within(value)):
                if pattern not in seen:
                    seen.add(pattern)
                    short = module.__name__.removeprefix("provenance.")
                    found[f"{short}.{name}" + (f"[{number}]" if number else "")] = pattern
    return found


@cache
def _uses() -> dict[str, dict[str, set[str]]]:
    """The methods called on each name, by module."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in SOURCE.rglob("*.py"):
        place = path.relative_to(SOURCE).with_suffix("").parts
        used = found.setdefault(".".join(place).removesuffix(".__init__"), defaultdict(set))
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in _METHODS:
                owner = node.value
                if isinstance(owner, ast.Name):
                    used[owner.id].add(node.attr)
                elif isinstance(owner, ast.Attribute):
                    used[owner.attr].add(node.attr)
    return found


def methods(name: str) -> tuple[str, ...]:
    """How the pattern is used: from the start only, or at every place of a text."""
    module, _, base = name.partition("[")[0].rpartition(".")
    places = [module] if base.startswith("_") else list(_uses())
    used = {method for place in places for method in _uses().get(place, {}).get(base, ())}
    ways = {"match" if m == "match" else "fullmatch" if m == "fullmatch" else "all" for m in used}
    return tuple(sorted(ways)) if ways and "[" not in name else ("all",)


def runner(pattern: re.Pattern[Any], method: str) -> Callable[[Any], object]:
    """Run the pattern to the end of a text."""
    if method == "all":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, method)  # type: ignore[no-any-return]


_CLASSES = {
    code.CATEGORY_SPACE: " \t",
    code.CATEGORY_DIGIT: "1",
    code.CATEGORY_WORD: "a",
    code.CATEGORY_NOT_SPACE: "a.",
    code.CATEGORY_NOT_DIGIT: "a ",
    code.CATEGORY_NOT_WORD: " .",
}


def _pieces(tree: Any, out: list[str]) -> str:  # noqa: C901  one branch a kind of node
    """One text that the tree may match; every repeated part's own text goes to ``out``."""
    text = ""
    for op, value in tree:
        if op is code.LITERAL:
            text += chr(value)
        elif op is code.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif op is code.ANY:
            text += "a"
        elif op is code.IN:
            chars = _members(value)
            out.extend(chars[:6])
            text += chars[0] if chars else "~"
        elif op in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
            low, high, inner = value
            one = _pieces(inner, out)
            if high is code.MAXREPEAT or high > 3:
                out.append(one)
            text += one * max(1, min(low, 40))
        elif op is code.SUBPATTERN:
            text += _pieces(value[3], out)
        elif op is code.ATOMIC_GROUP:
            text += _pieces(value, out)
        elif op is code.BRANCH:
            options = [_pieces(branch, out) for branch in value[1]]
            out.extend(options[:8])
            text += options[0]
        elif op in {code.ASSERT, code.ASSERT_NOT}:
            _pieces(value[1], out)
        elif op is code.GROUPREF_EXISTS:
            text += _pieces(value[1], out)
    return text


def _members(items: Any) -> list[str]:
    negated = False
    taken: set[str] = set()
    for op, value in items:
        if op is code.NEGATE:
            negated = True
        elif op is code.LITERAL:
            taken.add(chr(value))
        elif op is code.RANGE:
            taken.add(chr(value[0]))
        elif op is code.CATEGORY:
            taken.update(_CLASSES.get(value, "a"))
    return [c for c in "a 1.-\n[(<*_" if c not in taken] if negated else sorted(taken)


def _atoms(pattern: re.Pattern[Any]) -> tuple[str, list[str]]:
    """A text that the pattern may match, and the parts that long texts are made of."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    flags = pattern.flags & ~(re.UNICODE if isinstance(source, bytes) else 0)
    out: list[str] = []
    whole = _pieces(parser.parse(text, flags), out)
    return whole, list(dict.fromkeys(p for p in [whole, *out, " ", "a", "1", "\n", "a "] if p))


def long_texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Texts of one part repeated: fewer, so that they may be longer."""
    for unit in _atoms(pattern)[1]:
        yield _typed(unit * (size // len(unit)) + "\x00", pattern.pattern)


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[Any]:
    """Texts of about ``size`` characters, pumped from the pattern's own parts."""
    source = pattern.pattern
    whole, atoms = _atoms(pattern)
    atoms = atoms[:26]
    starts = ("", whole[: max(1, len(whole) // 2)])
    for unit in atoms:
        for start in starts:
            for end in ("", "\x00"):
                yield _typed(start + unit * (size // len(unit)) + end, source)
    for first in atoms[:12]:
        for second in atoms[:12]:
            if first != second:
                both = first + second
                yield _typed(both * (size // len(both)) + "\x00", source)
                half = size // 2
                yield _typed(first * (half // len(first)) + second * (half // len(second)), source)


def _typed(text: str, source: str | bytes) -> str | bytes:
    return text.encode("utf-8", "replace") if isinstance(source, bytes) else text
