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
_CASED = re.compile(
    "[\u00b5\u00df\u0130\u0131\u0149\u017f\u01f0\u0345\u0390\u03b0\u03c2\u03d0\u03d1\u03d5\u03d6"
    "\u03f0\u03f1\u03f5\u0587\u1c80-\u1c88\u1e96-\u1e9b\u1f50-\u1f56\u1f80-\u1faf\u1fb2-\u1fb7"
    "\u1fbe\u1fc2-\u1fc7\u1fd2-\u1fd7\u1fe2-\u1fe7\u1ff2-\u1ff7\u2126\u212a\u212b\ufb00-\ufb06"
    "\ufb13-\ufb17]"
)
"""Letters that a pattern without case finds and lower case does not give back: they share their
capital with another letter, or have none of one letter."""
_CHARACTER = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})|\\.|[^\\]", DOTALL)
_CASELESS = ((0x2E80, 0xA63F), (0xAC00, 0xD7FF))
"""Blocks of letters that have no case."""


def _heeds_no_case(pattern: str) -> bool:
    """Whether a pattern finds in lower case what it finds without case, but for :data:`_CASED`.

    Letters do, one by one; a range does not where its ends are moved and what is between is not
    (``[À-ÿ]`` has ß and ×, ``[à-ÿ]`` has not), and what is written as a number is not moved at all.
    """
    characters = [m[0] for m in _CHARACTER.finditer(pattern)]
    for first, hyphen, last in zip(characters, characters[1:], characters[2:], strict=False):
        if (
            hyphen == "-"
            and first != "["
            and last != "]"
            and not _moves_as_one(_read(first), _read(last))
        ):
            return False
    return all(_moves(c) for c in characters)


def _read(character: str) -> str:
    """What a character of a pattern stands for; a class for its letter."""
    if character[0] == "\\" and len(character) > 2:
        return chr(int(character[2:], 16))
    return character[-1]


def _moves(character: str) -> bool:
    """Whether lower case takes a character of a pattern to its own lower case, and nothing else."""
    letter = _read(character)
    if len(character) > 2 and letter.lower() != letter:
        return False
    return letter.isascii() or (
        len(letter.lower()) == 1 and _CASED.search(letter + letter.lower()) is None
    )


def _moves_as_one(first: str, last: str) -> bool:
    """Whether a range has in lower case the lower case of what it has."""
    if first.isascii() and last.isascii():
        return first.isupper() == last.isupper() or not (first.isalpha() or last.isalpha())
    return any(low <= ord(first) <= ord(last) <= high for low, high in _CASELESS)


def _folded(pattern: str, flags: int) -> tuple[str, int] | None:
    """The pattern for texts in lower case and its flags; ``None`` if it is short or heeds case.

    A search that ignores case tries every alternative at every letter; one in lower case passes
    over those whose first letter is another, in a third of the time.
    """
    inline = pattern.startswith("(?i)")
    if not (inline or flags & IGNORECASE) or len(pattern) < _LONG or "(?-" in pattern:
        return None
    bare = pattern.removeprefix("(?i)")
    if not _heeds_no_case(bare):
        return None
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
    return low.isascii() or (len(low) == len(text) and _CASED.search(text) is None)


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
