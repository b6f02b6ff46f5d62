"""``re``, with patterns that are compiled when they are first used.

Reading cards takes some 400 patterns, of which one card uses a part; compiling all of them was a
fifth of an audit's start-up. Used in place of ``re``: ``from provenance import lazy_re as re``.
That each is a pattern is found out by the test that runs every one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


_USES = 60
"""Searches after which a pattern that ignores case is worth a second one for lower case."""
_LONG = 80
"""Characters of a pattern for which it is."""
_CASED = "ıſİK"
"""Letters that a pattern without case finds and lower case does not give back."""


def _folded(pattern: str, flags: int) -> tuple[str, int] | None:
    """The pattern for texts in lower case and its flags; ``None`` if it is short or heeds case.

    A search that ignores case tries every alternative at every letter; one in lower case passes
    over those whose first letter is another, in a third of the time.
    """
    inline = pattern.startswith("(?i)")
    if not (inline or flags & IGNORECASE) or len(pattern) < _LONG or "(?-" in pattern:
        return None
    bare = pattern.removeprefix("(?i)")
    lower = sub(
        r"\\.|\(\?P[<=>]|.", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), bare, flags=DOTALL
    )
    return lower, flags & ~IGNORECASE


def _count_uses(lazy: Lazy[str], whole: Pattern[str], folded: tuple[str, int]) -> None:
    """Let ``lazy`` ask in lower case first, whether there is any, after :data:`_USES` searches."""
    uses = 0

    def counts() -> None:
        nonlocal uses
        uses += 1
        if uses == _USES:
            lower = re.compile(*folded).search
            lazy.use(_search_in_lower(whole, lower), _find_in_lower(whole, lower))

    def search(text: str, *bounds: int) -> Match[str] | None:
        counts()
        return whole.search(text, *bounds)

    def finditer(text: str, *bounds: int) -> Iterator[Match[str]]:
        counts()
        return whole.finditer(text, *bounds)

    lazy.use(search, finditer)


_Search = Callable[..., Match[str] | None]


def _none(text: str, lower: _Search, bounds: tuple[int, ...]) -> bool:
    """Whether the search in lower case says that there is nothing to find."""
    low = text.lower()
    if lower(low, *bounds) is not None:
        return False
    return low.isascii() or (len(low) == len(text) and not any(c in text for c in _CASED))


def _search_in_lower(whole: Pattern[str], lower: _Search) -> _Search:
    """``search`` of ``whole`` where ``lower`` finds something."""

    def search(text: str, *bounds: int) -> Match[str] | None:
        return None if _none(text, lower, bounds) else whole.search(text, *bounds)

    return search


def _find_in_lower(whole: Pattern[str], lower: _Search) -> Callable[..., Iterator[Match[str]]]:
    """``finditer`` of ``whole`` where ``lower`` finds something."""

    def finditer(text: str, *bounds: int) -> Iterator[Match[str]]:
        return iter(()) if _none(text, lower, bounds) else whole.finditer(text, *bounds)

    return finditer


class Lazy(Generic[AnyStr]):
    """Stands for a pattern. Its methods are the compiled pattern's own from the first use on."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self._flags = flags

    def compiled(self) -> Pattern[AnyStr]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)

    def use(
        self,
        search: Callable[..., Match[str] | None],
        finditer: Callable[..., Iterator[Match[str]]],
    ) -> None:
        """Search with these from now on."""
        self.__dict__.update(search=search, finditer=finditer)

    def __getattr__(self, name: str) -> object:
        """An attribute of the compiled pattern; called once, as all are kept then."""
        whole = self.compiled()
        for method in _METHODS:
            setattr(self, method, getattr(whole, method))
        if isinstance(self.pattern, str):
            folded = _folded(self.pattern, self._flags)
            if folded is not None:
                _count_uses(self, whole, folded)
        return self.__dict__[name] if name in self.__dict__ else getattr(whole, name)


def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """As ``re.compile``, which does the work at the first use, and then says what is wrong."""
    return cast("Pattern[AnyStr]", Lazy(pattern, flags))


__all__ = [
    "ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "I", "Lazy", "M", "Match", "Pattern",
    "compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
