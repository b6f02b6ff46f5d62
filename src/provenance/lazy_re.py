"""``re``, with patterns that are compiled when they are first used.

Reading cards takes some 400 patterns, of which one card uses a part; compiling all of them was a
fifth of an audit's start-up. Used in place of ``re``: ``from provenance import lazy_re as re``.
That each is a pattern is found out by the test that runs every one of them.
"""

from __future__ import annotations

import re
from re import (
    ASCII,
    DOTALL,
    IGNORECASE,
    MULTILINE,
    VERBOSE,
    I,
    M,
    Match,
    Pattern,
    findall,
    finditer,
    fullmatch,
    match,
    search,
    split,
    sub,
)
from typing import AnyStr, Generic, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class Lazy(Generic[AnyStr]):
    """Stands for a pattern. Its methods are the compiled pattern's own from the first use on."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def compiled(self) -> Pattern[AnyStr]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        """An attribute of the compiled pattern; called once, as all are kept then."""
        whole = self.compiled()
        for method in _METHODS:
            setattr(self, method, getattr(whole, method))
        return getattr(whole, name)


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """As ``re.compile``, which does the work at the first use, and then says what is wrong."""
    return cast("Pattern[AnyStr]", Lazy(pattern, flags))


__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "I", "Lazy", "M", "Match", "Pattern",
    "compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
