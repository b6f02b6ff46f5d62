"""Which of many patterns a text can hold, told by its words before any is searched for.

Some five hundred patterns in thirty languages are asked of every license value and of every
sentence near one, and hardly any of them can match. What each needs (strings of which every match
holds one) was derived from the patterns by ``tasks/build_needs.py``; here a text is taken apart at
white space, and what each word holds is looked up once for all texts that it stands in. A sieve
may let a pattern through that does not match, and never keeps one back that does: a pattern that
the table does not know is always let through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from itertools import chain, pairwise

import msgspec

from provenance import lazy_re as re

_KEPT_WORDS = 20_000
"""Words kept at a time; a corpus has no end of them."""
_KEPT_MASKS = 5_000
_KEPT_LETTERS = 60
"""Of a word that is kept; a longer one stands in one text only."""
_FEW = 50
"""Strings of which looking for each is sooner done than looking at how words start."""
ODD = re.compile(
    "[\u0130\u0131\u017f\u00b5\u0345\u1fbe\u0390\u1fd3\u03b0\u1fe3\u03d0\u03f5\u03d1\u03f4\u03f0"
    "\u03d6\u03f1\u03d5\u1e9b\ufb05\ufb06\u1c80-\u1c88]"
)
"""Letters that ``re.IGNORECASE`` takes for others and ``str.lower`` does not (``ı`` for ``i``).

The two sigmas are kept out of what a pattern needs instead: Greek would else be read slowly."""


def digest(pattern: str) -> str:
    """What the table calls a pattern."""
    return hashlib.blake2b(pattern.encode("utf-8"), digest_size=9).hexdigest()


@cache
def _table() -> dict[str, list[list[str]]]:
    data = (resources.files("provenance.licensing") / "needs.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, list[list[str]]])


class Sieve:
    """Tells which of its patterns a text can hold. All of them ignore case."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Nothing is looked up before the first text."""
        self.patterns = tuple(patterns)
        self._needs: tuple[int, ...] = ()
        self._strings: tuple[tuple[str, int], ...] = ()
        self._starts: dict[str, list[tuple[str, int]]] = {}
        self._all = tuple(range(len(self.patterns)))
        self._words: dict[str, int] = {}
        self._masks: dict[int, tuple[int, ...]] = {}
        self._last: tuple[str, tuple[int, ...]] = ("", self._all)
        """The text asked about last, which is often the next one."""

    def may(self, text: str) -> tuple[int, ...]:
        """Numbers of the patterns that ``text`` can hold, in order; never one too few."""
        last, through = self._last
        if text is last:
            return through
        through = self._may(text)
        self._last = (text, through)
        return through

    def _may(self, text: str) -> tuple[int, ...]:
        if not text.isascii() and ODD.search(text):
            return self._all
        known_words, mask = self._words, 0
        for word in text.lower().split():
            held = known_words.get(word)
            mask |= self._look(word) if held is None else held
        known = self._masks.get(mask)
        return self._through(mask) if known is None else known

    def _look(self, word: str) -> int:
        """A bit for each group of strings of which the word holds one."""
        if not self._needs:
            self._prepare()
        held = 0
        for string, bits in self._strings_by(word):
            if string in word:
                held |= bits
        if len(word) <= _KEPT_LETTERS:
            if len(self._words) >= _KEPT_WORDS:
                self._words.clear()
            self._words[word] = held
        return held

    def _strings_by(self, word: str) -> Iterable[tuple[str, int]]:
        """Strings that a word may hold, by how they start; of a few, all."""
        if len(self._strings) <= _FEW:
            return self._strings
        pairs = map("".join, pairwise(word))
        starts = {*pairs, *(() if word.isascii() else word)} & self._starts.keys()
        return chain.from_iterable(self._starts[start] for start in starts)

    def _through(self, mask: int) -> tuple[int, ...]:
        if not self._needs:
            self._prepare()
        through = tuple(n for n, need in enumerate(self._needs) if mask & need == need)
        if len(self._masks) >= _KEPT_MASKS:
            self._masks.clear()
        self._masks[mask] = through
        return through

    def _prepare(self) -> None:
        bits: dict[tuple[str, ...], int] = {}
        needs = []
        for pattern in self.patterns:
            need = 0
            for group in _table().get(digest(pattern), ()):
                need |= bits.setdefault(tuple(group), 1 << len(bits))
            needs.append(need)
        strings: dict[str, int] = {}
        for held, bit in bits.items():
            for string in held:
                strings[string] = strings.get(string, 0) | bit
        self._strings = tuple(strings.items())
        for string, bit in self._strings:
            self._starts.setdefault(string[:2], []).append((string, bit))
        self._needs = tuple(needs)


class Sifted:
    """Patterns to search a text for, each of which is many alternatives: only those it can hold.

    The answer is that of ``pattern.search``: the leftmost match, and of those at one place that
    of the first alternative.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        """All of ``patterns`` ignore case and have no alternatives that refer to groups."""
        self._whole = tuple(patterns)

    @cached_property
    def _parts(self) -> list[tuple[int, re.Pattern[str]]]:
        split = ((n, part) for n, whole in enumerate(self._whole) for part in alternatives(whole))
        return [(number, re.compile(part, re.IGNORECASE)) for number, part in split]

    @cached_property
    def sieve(self) -> Sieve:
        """Of the alternatives, each a pattern."""
        return Sieve(pattern.pattern for _, pattern in self._parts)

    def spans(self, text: str) -> dict[int, tuple[int, int]]:
        """Where each pattern that matches does so, by its number."""
        first_spans: dict[int, tuple[int, int]] = {}
        for part in self.sieve.may(text):
            number, pattern = self._parts[part]
            match = pattern.search(text)
            if match is None:
                continue
            known = first_spans.get(number)
            if known is None or match.start() < known[0]:
                first_spans[number] = match.span()
        return first_spans


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)


def alternatives(pattern: str) -> Sequence[str]:
    """The parts that ``|`` joins outside of all groups."""
    return list(_split(pattern))


def _split(pattern: str) -> Iterator[str]:
    depth, begun = 0, 0
    for token in _TOKEN.finditer(pattern):
        match token[0]:
            case "(":
                depth += 1
            case ")":
                depth -= 1
            case "|" if depth == 0:
                yield pattern[begun : token.start()]
                begun = token.end()
    yield pattern[begun:]
