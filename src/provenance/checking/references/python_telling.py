"""Which strings of a Python file can be an id at all, before it is asked what holds them. Pure."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from provenance.checking.references.names import is_api, is_plain_id
from provenance.checking.references.python_bindings import FileNames
from provenance.checking.references.rules import Rules
from provenance.checking.references.services import answers
from provenance.frozen import frozen


@frozen
class Telling:
    """Strings of a file that can be ids under some name; any can be where a service is named."""

    texts: frozenset[str]
    any: bool

    def may_hold(self, value: ast.expr) -> bool:
        """Whether an expression may hold such a string: a look at what it is, not into it."""
        if isinstance(value, ast.Constant):
            return isinstance(value.value, str) and (self.any or value.value in self.texts)
        return isinstance(value, _HOLDING)


_HOLDING = (
    ast.Lambda, ast.IfExp, ast.BoolOp, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Call,
)  # fmt: skip
"""What strings are looked for in, where an expression can be any of several."""


def telling(names: FileNames, rules: Rules) -> Telling:
    """The strings of a file that names can give.

    A file without any is not asked what its names hold, which takes as long as parsing it.
    """
    texts = frozenset(text for text in names.texts if _may_name(text, rules))
    return Telling(texts, any(answers(text) for text in names.texts))


_TO_KEEP = 200
"""A longer string is seldom met again."""


def _may_name(text: str, rules: Rules) -> bool:
    """Whether a string, or a part of it, is what some name could hold."""
    return _is_one(text, rules) if len(text) > _TO_KEEP else _is_one_again(text, rules)


def _is_one(text: str, rules: Rules) -> bool:
    parts = re.split(r"[,+]", text)
    return any(rules.bare_names.fullmatch(part) is not None for part in parts) or any(
        is_plain_id(p, rules) or is_api(p, rules) for p in {text, *map(str.strip, parts)}
    )


_is_one_again = lru_cache(maxsize=50_000)(_is_one)
