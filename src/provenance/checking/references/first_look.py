"""A first look at the bytes of a Python file: whether it can refer to anything at all. Pure.

Most files of a repository refer to nothing, and each is asked for some 250 words: to look for one
after the other takes half as long as parsing. So its words are taken apart once, and a word that
was seen in any file before is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from provenance.checking.references.addresses import speaks_of_the_hub
from provenance.checking.references.outside import MAY_HOLD
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen

_API = (
    b"gpt-", b"claude-", b"gemini-", b"text-embedding-", b"deepseek-", b"deepseek/", b"grok-",
    b"command-", b"mistral-", b"sonar-", b"voyage-", b"qwen-", b"-bison", b"openai:", b"anthropic:",
    b"anthropic.claude", b"amazon.nova", b"amazon.titan", b"meta.llama", b"cohere.embed",
)  # fmt: skip
"""What a file with a model behind an API holds."""
_COMMANDS = re.compile(rb"--(?:model|dataset|pretrain|hf|base|tokenizer|prompt)")
_RUNS = (
    b"subprocess",
    b"runpy",
    b"os.system",
    b"exec(",
    b"HfFileSystem",
    b"system('hf'",
    b'system("hf"',
)
"""What runs files of any name, or reads any repository."""
_ENTRY = re.compile(rb""":(?:(?<=\w:)|(?<=\w["']:)) {0,4}\\?["']?[A-Za-z][\w.-]{1,60}/[\w.-]""")
"""A key of a configuration in a string, with what may be an id. The pattern begins with the colon,
which is searched for many times faster than a letter."""
_BEFORE = 300
"""How far before an id its name is looked for, in bytes."""
_A_STEM = 4
"""Characters of the beginning of a name that little else begins with."""
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_APART = bytes(code if code in _WORD else 32 for code in range(256))
"""Makes what stands between words spaces."""
_PIECE = re.compile(rb"[\w-]+")
_MOST_WORDS = 200_000
"""Most words that are kept to be known again."""
_LONG = 80
"""A longer word is data, and not kept."""


@dataclass(slots=True)
class WordsSeen:
    """Which of some pieces stand in a text, where texts share most of their words."""

    pieces: tuple[bytes, ...]
    """Each of letters, digits, ``_`` and ``-`` only."""
    _plain: set[bytes] = field(default_factory=set)
    """Words that hold none."""
    _telling: dict[bytes, tuple[bytes, ...]] = field(default_factory=dict)

    def of(self, data: bytes) -> set[bytes]:
        """The pieces that ``data`` holds, each a word or a part of one."""
        if len(self._plain) + len(self._telling) > _MOST_WORDS:
            self._plain.clear()
            self._telling.clear()
        words = set(data.translate(_APART).split()) - self._plain
        unknown = words.difference(self._telling)
        learned = self._learn(unknown) if unknown else set()
        return learned | {piece for word in words for piece in self._telling.get(word, ())}

    def _learn(self, unknown: set[bytes]) -> set[bytes]:
        """The pieces that new words hold; long words are forgotten again."""
        joined = b" %b " % b" ".join(unknown)
        held: dict[bytes, list[bytes]] = {}
        for piece in self.pieces:
            at = joined.find(piece)
            while at >= 0:
                end = joined.index(b" ", at)
                held.setdefault(joined[joined.rindex(b" ", 0, at) + 1 : end], []).append(piece)
                at = joined.find(piece, end)
        short = ((word, pieces) for word, pieces in held.items() if len(word) <= _LONG)
        self._telling.update((word, tuple(pieces)) for word, pieces in short)
        self._plain.update(w for w in unknown if len(w) <= _LONG and w not in held)
        return {piece for pieces in held.values() for piece in pieces}


@frozen
class Slashed:
    """An ``a/b`` in quotes."""

    start: int
    """Where its first quote is, in bytes."""
    end: int
    """Behind its last quote."""
    head: bytes
    tail: bytes


_AFTER_A_SLASH = re.compile(rb"/(?=([\w.-]{1,96})[\"'])")
_IN_A_NAME = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_LONGEST = 96


def slashed(data: bytes) -> Iterator[Slashed]:
    """Every ``a/b`` in quotes, each part of 1 to 96 letters, digits, ``_``, ``.`` and ``-``."""
    for match in _AFTER_A_SLASH.finditer(data):
        slash = match.start()
        before = data[max(slash - _LONGEST - 1, 0) : slash]
        head = before[len(before.rstrip(_IN_A_NAME)) :]
        start = slash - len(head) - 1
        if 0 < len(head) <= _LONGEST and start >= 0 and data[start] in b"\"'":
            yield Slashed(start, match.end(1) + 1, head, match[1])


_TELLS = re.compile(rb"[A-Z0-9-]")
"""What ids have behind their slash, and most paths have not."""


def looks_like_an_id(slashed: Slashed) -> bool:
    """Whether a string is written as ids mostly are, whatever stands before it."""
    told = len(slashed.tail) < _LONGEST and _TELLS.search(slashed.tail) is not None
    return told and slashed.head[:1].isalpha()


@frozen
class _Loader:
    """The last word of a loader, with the packages that it comes from; none: from any."""

    word: bytes
    packages: tuple[bytes, ...]


@frozen
class _Triggers:
    """What is looked for."""

    seen: WordsSeen
    parts: dict[bytes, tuple[bytes, ...]]
    """What tells by itself, by a piece of it."""
    loaders: dict[bytes, tuple[_Loader, ...]]
    """By a piece of their word."""
    declared: re.Pattern[bytes]
    """An option, field or table entry that names what it holds."""
    stems: frozenset[bytes]
    """Pieces of all that ``declared`` finds."""
    names: re.Pattern[bytes]
    """How names end that hold an id, and what takes one where nothing is given."""
    longest: int
    """Most bytes that ``names`` finds at once."""


def may_refer(data: bytes, path: str, rules: Rules) -> bool:
    """Whether a Python file can hold a reference at all: a look at its bytes."""
    if b"hf://" in data or b"huggingface.co" in data or data.find(b"#!/", 1) > 0:
        return True
    if speaks_of_the_hub(data) or (b"://" in data and MAY_HOLD.search(data) is not None):
        return True
    if any(word in data for word in _RUNS):
        return True
    if _COMMANDS.search(data) is not None or _ENTRY.search(data) is not None:
        return True
    wanted = _triggers(rules)
    if _names_an_id(data, wanted.names, wanted.longest):
        return True
    here = wanted.seen.of(data) | {b""}
    where = path.encode("utf-8", "surrogateescape")
    for piece in here:
        if any(part in data for part in wanted.parts.get(piece, ())):
            return True
        for loader in wanted.loaders.get(piece, ()):
            if loader.word in data and _comes_from(loader.packages, data, here, where):
                return True
    return not here.isdisjoint(wanted.stems) and wanted.declared.search(data) is not None


def _comes_from(packages: tuple[bytes, ...], data: bytes, here: set[bytes], where: bytes) -> bool:
    """Whether any of the packages is named in a file or by its path."""
    return not packages or any((_piece(p) in here and p in data) or p in where for p in packages)


def _names_an_id(data: bytes, names: re.Pattern[bytes], longest: int) -> bool:
    """Whether a string looks like an id, or has a name that holds one before it on its line.

    ``names`` finds nothing of more than ``longest`` bytes, so that of what was searched before one
    string no more is searched again before the next: a long line has many.
    """
    behind = searched = 0
    for candidate in slashed(data):
        if looks_like_an_id(candidate):
            return True
        if candidate.start < behind:
            continue  # it begins with the last quote of the string before
        behind = candidate.end
        first = max(candidate.start - _BEFORE, searched - longest, 0)
        start = max(data.rfind(b"\n", first, candidate.start), first)
        if names.search(data, start, candidate.start) is not None:
            return True
        searched = candidate.start
    return False


@lru_cache(maxsize=4096)
def _piece(word: bytes) -> bytes:
    return max(_PIECE.findall(word), key=len, default=b"")


@lru_cache(maxsize=4)
def _triggers(rules: Rules) -> _Triggers:
    loaders = _loaders(rules)
    names = (*rules.arguments.model, *rules.arguments.dataset)
    stems = _shortest((*names, "revision"))
    parts = (*_API, *_known_stems(rules))
    packages = {package for loader in loaders for package in loader.packages}
    pieces = {_piece(w) for w in (*parts, *stems, *packages, *(loader.word for loader in loaders))}
    words = _escaped((*rules.name_words.model, *rules.name_words.dataset))
    return _Triggers(
        WordsSeen(tuple(sorted(pieces - {b""}))),
        {p: tuple(part for part in parts if _piece(part) == p) for p in map(_piece, parts)},
        {
            p: tuple(loader for loader in loaders if _piece(loader.word) == p)
            for p in {_piece(loader.word) for loader in loaders}
        },
        _declared(names),
        frozenset(map(_piece, stems)),
        re.compile(rb"(?i)%b|hf_| or | else " % b"|".join(words)),
        max(map(len, (*words, b" else "))),
    )


def _loaders(rules: Rules) -> tuple[_Loader, ...]:
    """The last word of each loader, with the packages that it comes from."""
    packages_of: dict[bytes, set[bytes]] = {}
    for rule in rules.calls:
        package, _, rest = rule.name.partition(".")
        word = _longest(rest.rpartition(".")[2]) if "*" not in rest else _longest(package)
        word = word or _longest(rest)
        packages_of.setdefault(word.encode(), set()).add(
            (rule.imports or package.replace("*", "")).encode()
        )
    for module in rules.classes:
        package = module.module.partition(".")[0]
        packages_of.setdefault(package.encode(), set()).add(package.encode())
    return tuple(
        _Loader(word, () if b"" in p else tuple(p)) for word, p in sorted(packages_of.items())
    )


def _declared(names: tuple[str, ...]) -> re.Pattern[bytes]:
    either = b"|".join(_escaped(names))
    return re.compile(
        rb"""["'-](?:%b)["']|^ +(?:%b) *:|["']revision["'] *:|\b(?:%b) ?= ?["']"""
        % (either, either, either),
        re.M,
    )


def _escaped(words: Iterable[str]) -> list[bytes]:
    """Words as patterns that find them and no more: some are of a file that a user gave."""
    return [re.escape(word.encode()) for word in words]


def _known_stems(rules: Rules) -> tuple[bytes, ...]:
    """Beginnings of the names of models that need no owner."""
    owned = (name for names in rules.owned_names.values() for name in names)
    heads = {re.split(r"[*?[]", name)[0] for name in (*rules.known_ids.model, *owned)}
    return _shortest(h for h in heads if len(h) >= _A_STEM)


def _longest(pattern: str) -> str:
    return max(pattern.replace("*", " ").replace(".", " ").split(), key=len, default="")


def _shortest(words: Iterable[str]) -> tuple[bytes, ...]:
    """The words that hold no other of them."""
    kept = sorted(set(words))
    return tuple(w.encode() for w in kept if not any(o in w and o != w for o in kept))
