"""Derive what each pattern of the sieves needs, and write ``licensing/needs.json``.

    python tasks/build_needs.py [--check]

A need is a group of strings of which every match of the pattern holds one, in lower case and
without white space. Run it after a change of such a pattern: one that the table does not know is
still found, only more slowly.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import provenance.licensing
from provenance.licensing.sieve import ODD, Sieve, Sifted, digest

TABLE = Path(provenance.licensing.__file__).with_name("needs.json")
MOST_STRINGS = 80
MOST_GROUPS = 3
"""Groups kept of a pattern, the best of them."""
_code: Any = importlib.import_module("re._constants")
_parser: Any = importlib.import_module("re._parser")
_UNSURE = frozenset("σς")
"""One letter in two shapes: ``str.lower`` chooses by place, ``re.IGNORECASE`` takes both."""
_REPEATS = frozenset({_code.MAX_REPEAT, _code.MIN_REPEAT, _code.POSSESSIVE_REPEAT})
_ZERO_WIDTH = frozenset({_code.AT, _code.ASSERT, _code.ASSERT_NOT})
_DENSE = 0x2E80
"""From here on scripts write a word in few letters."""
Group = frozenset[str]


def needs(pattern: str) -> list[list[str]]:
    """The best groups of strings of which every match holds one."""
    groups = {g for g in _groups(_parser.parse(pattern)) if _worth(g) > 0}
    best: list[Group] = []
    for group in sorted(groups, key=lambda g: (-_worth(g), sorted(g))):
        implied = any(all(any(s in held for s in group) for held in kept) for kept in best)
        if not implied and len(best) < MOST_GROUPS:
            best.append(group)
    return [sorted(group) for group in best]


def _groups(items: Iterable[tuple[Any, Any]]) -> Iterator[Group]:
    """Every group that a sequence of parsed items needs."""
    run = ""
    for operation, value in items:
        if operation is _code.LITERAL and _plain(chr(value)):
            run += chr(value).lower()
            continue
        if operation in _ZERO_WIDTH:
            continue
        before, run = run, ""
        if before:
            yield frozenset({before})
        yield from _within(operation, value, before)
    if run:
        yield frozenset({run})


def _plain(letter: str) -> bool:
    sure = not ODD.search(letter) and not _UNSURE & {*letter.lower()}
    return sure and not letter.isspace() and len(letter.lower()) == 1


def _within(operation: Any, value: Any, before: str) -> Iterator[Group]:
    """Groups that one item needs; ``before`` stands right before it."""
    if operation is _code.SUBPATTERN:
        yield from _groups(value[3])
    elif operation is _code.ATOMIC_GROUP:
        yield from _groups(value)
    elif operation in _REPEATS and value[0] > 0:
        yield from _groups(value[2])
    elif operation is _code.IN:
        letters = [chr(v) for kind, v in value if kind is _code.LITERAL]
        if len(letters) == len(value) <= 6 and all(map(_plain, letters)):
            yield frozenset(letter.lower() for letter in letters)
    elif operation is _code.BRANCH:
        start = [(_code.LITERAL, ord(letter)) for letter in before]  # what they began with alike
        branches = [max(_groups([*start, *b]), key=_worth, default=None) for b in value[1]]
        if all(branch is not None for branch in branches):
            yield frozenset().union(*(b for b in branches if b is not None))


def _worth(group: Group) -> float:
    """How seldom a text holds one of them, about; zero or less is of no use."""
    if len(group) > MOST_STRINGS:
        return 0.0
    shortest = min(_weight(string) for string in group)
    return shortest - 0.02 * len(group) if shortest >= 2 else 0.0


def _weight(string: str) -> float:
    """Letters, of which one of a script that writes words in few of them counts for more."""
    return sum(1.0 if ord(letter) < _DENSE else 2.0 for letter in string)


def sieves() -> Iterator[Sieve]:
    """Every sieve of the package."""
    for found in pkgutil.iter_modules(provenance.licensing.__path__):
        for value in vars(importlib.import_module(f"provenance.licensing.{found.name}")).values():
            if isinstance(value, Sieve):
                yield value
            elif isinstance(value, Sifted):
                yield value.sieve


def table() -> str:
    """The table as JSON, one pattern a line."""
    patterns = sorted({p for sieve in sieves() for p in sieve.patterns}, key=digest)
    rows = {digest(p): groups for p in patterns if (groups := needs(p))}
    lines = (f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in rows.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    """Write the table, or say whether it is as it would be written."""
    made = table()
    if sys.argv[1:] == ["--check"]:
        if TABLE.exists() and TABLE.read_text("utf-8") == made:
            return 0
        print("needs.json is not what the patterns need: run tasks/build_needs.py", file=sys.stderr)
        return 1
    TABLE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
