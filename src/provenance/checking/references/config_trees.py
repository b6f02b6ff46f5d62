"""YAML, TOML and JSON files as one kind of tree, with the lines of their values."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from provenance.cards.yaml_tree import (
    Scalar,
    YamlMapping,
    YamlNode,
    YamlRefusedError,
    YamlSequence,
    parse,
)
from provenance.checking.references.addresses import SPOKEN
from provenance.report.serialize import Json

_DOCUMENT = re.compile(r"(?m)^---(?:[ \t].*)?$")
_NEAR = 20_000
"""How far ahead a value is looked for, in characters; a value written in another way (with
escapes) keeps the place of the one before it."""
LONG = 256
"""Entries from which on a list or mapping is looked through before it becomes a tree."""
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*')
_TRAILING = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])', re.DOTALL)


NUMBERS = frozenset({int, float, bool, type(None)})
PASSED_OVER_LIST = YamlSequence((), 1, "")
"""Stands for a list of numbers (none is an id, an address or a word of a command) or one that is
passed over."""
PASSED_OVER = YamlMapping((), 1, "")


IsWanted = Callable[[str, tuple[str, ...]], bool]
"""Whether a key, below others, may hold something of interest."""
LoudIn = Callable[[Json], set[int]]
"""The ``id()`` of each list and mapping of a value that may say something."""


_TELLING = re.compile(
    rf"{SPOKEN.pattern}|(?m:^[A-Za-z0-9][\w.-]{{1,95}}/(?=[\w.-]{{0,95}}[A-Z0-9-])[\w.-]{{1,95}}$)"
)
"""An address, or what may be an id, in a long list of strings."""


def trees(
    text: str, path: str, wanted: IsWanted | None = None, loud_in: LoudIn | None = None
) -> list[YamlNode]:
    """The documents of a file.

    Of JSON, lists of numbers are empty, and long lists and mappings (a tokenizer's vocabulary) have
    only what can be of interest below a key that is not ``wanted``: a mapping of whole numbers
    nothing, a list of strings addresses, settings and ids. What ``loud_in`` leaves out is empty.

    Raises:
        YamlRefusedError: it is not of the format that its name says.

    """
    if path.endswith((".json", ".jsonc")):
        return [_from_json(text, wanted, loud_in)]
    if path.endswith(".toml"):
        try:
            return [_Locator(text).tree(tomllib.loads(text))]
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no TOML error
            raise YamlRefusedError(str(error), None) from None
    if path.endswith(_SETTINGS):
        return [_from_settings(text)]
    starts = [0, *(match.end() for match in _DOCUMENT.finditer(text))]
    ends = [*(match.start() for match in _DOCUMENT.finditer(text)), len(text)]
    nodes = []
    for start, end in zip(starts, ends, strict=True):
        node = parse(text[start:end], text.count("\n", 0, start) + 1)
        if node is not None:
            nodes.append(node)
    return nodes


_SETTINGS = (".ini", ".cfg", ".properties", ".conf", ".hocon", ".service", ".submit", ".condor")
_SECTION = re.compile(r"[ \t]{0,20}\[([^\]\n]{1,200})\]")
_OPENED = re.compile(r"[ \t]{0,40}\"?([\w.-]{1,100})\"?[ \t]{0,9}[=:]?[ \t]{0,9}\{[ \t]*")
"""A section as HOCON writes it."""
_SETTING = re.compile(r"[ \t]{0,40}([\w.-]{1,100})[ \t]{0,40}[=:][ \t]{0,40}([^\n]{0,2000})")


def _from_settings(text: str) -> YamlMapping:
    """INI files and properties: sections of settings, one a line."""
    top: list[tuple[Scalar, YamlNode]] = []
    entries = top
    sections: list[tuple[Scalar, list[tuple[Scalar, YamlNode]]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        section = _SECTION.match(line) or _OPENED.fullmatch(line)
        if section is not None:
            entries = []
            sections.append((Scalar(section[1], number, "", plain=True), entries))
            continue
        setting = _SETTING.match(line)
        if setting is not None:
            value = setting[2].strip().removesuffix(",")
            bare = value.strip("\"'")
            column = setting.start(2) + value.find(bare)
            key = Scalar(setting[1], number, "", plain=True)
            entries.append((key, Scalar(bare, number, "", plain=True, column=column)))
    tables = [(name, YamlMapping(tuple(held), name.line, "")) for name, held in sections]
    return YamlMapping((*top, *tables), 1, "")


def _from_json(text: str, wanted: IsWanted | None, loud_in: LoudIn | None) -> YamlNode:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            value = json.loads(without_comments(text))
        except (ValueError, RecursionError):
            raise YamlRefusedError(str(error), None) from None
    try:
        loud = None if loud_in is None else loud_in(value)
        return _Locator(text, wanted, loud).tree(value)
    except RecursionError:
        raise YamlRefusedError("nested too deeply", None) from None


def without_comments(text: str) -> str:
    """JSON as editors and compilers take it: comments and commas before an end are blanked."""
    pieces: list[str] = []
    done = 0
    while (match := _COMMENT.search(text, done)) is not None:
        end = match.end()
        if match[0] == "/*":
            end = text.find("*/", match.end()) + 2
            if end < 2:
                break
        piece = text[match.start() : end]
        pieces += [text[done : match.start()], piece if piece[0] == '"' else _blank(piece)]
        done = end
    plain = "".join([*pieces, text[done:]])
    return _TRAILING.sub(lambda m: m[0] if m[0].startswith('"') else " " + m[0][1:], plain)


@lru_cache(maxsize=4096)
def _unquoted(text: str) -> Scalar:
    return Scalar(text, 1, "", plain=True)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class _Locator:
    """A parsed JSON or TOML value as a tree; lines are found by searching the text in order.

    Of most files nothing is reported, so that no line is looked for before one is asked for.
    """

    def __init__(
        self, text: str, wanted: IsWanted | None = None, loud: set[int] | None = None
    ) -> None:
        self._text = text
        self._wanted = wanted
        self._loud = loud
        self._texts: list[object] = []
        """Keys and values in the order of the text; a part that is passed over is one of them."""
        self._places: list[tuple[int, int]] = []
        self._sought: dict[str, str] = {}
        """How the beginning of a key or value is written: keys are met again and again."""
        self._at = self._start = 0
        self._line = 1

    def tree(self, value: object, parents: tuple[str, ...] = ()) -> YamlNode:
        """A value as a tree; a list or mapping that says nothing has no content there."""
        if isinstance(value, dict):
            if self._loud is not None and id(value) not in self._loud:
                self._texts.append(value)
                return PASSED_OVER
            if len(value) > LONG and all(type(item) is int for item in value.values()):
                return self._numbers(value, parents)
            entries = []
            for key, item in value.items():
                name = self._scalar(str(key))
                node = (
                    self.tree(item, (*parents, key.rpartition(".")[2]))
                    if isinstance(item, dict | list)
                    else self._leaf(item)
                )
                entries.append((name, node))
            return YamlMapping(tuple(entries), 1, "")
        if isinstance(value, list):
            if self._loud is not None and id(value) not in self._loud:
                self._texts.append(value)
                return PASSED_OVER_LIST
            kinds = set(map(type, value))
            if kinds <= NUMBERS:
                return PASSED_OVER_LIST
            if len(value) > LONG and kinds == {str}:
                return YamlSequence(tuple(self._strings(value, parents)), 1, "")
            items = []
            for item in value:  # no comprehension: two calls a level reach the limit sooner
                items.append(self.tree(item, parents))
            return YamlSequence(tuple(items), 1, "")
        return self._leaf(value)

    def _leaf(self, value: object) -> Scalar:
        if isinstance(value, str):
            return self._scalar(value)
        return _unquoted("" if value is None else str(value))

    def _numbers(self, value: dict[str, int], parents: tuple[str, ...]) -> YamlMapping:
        """No number is an id or an address: what stands in it can only be its keys."""
        if not self._is_wanted(parents):
            self._texts.extend(value)
            return YamlMapping((), 1, "")
        named = ((self._scalar(key), _unquoted(str(item))) for key, item in value.items())
        return YamlMapping(tuple(named), 1, "")

    def _strings(self, value: list[str], parents: tuple[str, ...]) -> Iterator[Scalar]:
        every = self._is_wanted(parents)
        whole = "\n".join(value)
        if not every and "=" not in whole and _TELLING.search(whole) is None:
            self._texts.extend(value)
            return
        for text in value:
            if every or "=" in text or _TELLING.search(text) is not None:
                yield self._scalar(text)
            else:
                self._texts.append(text)

    def _is_wanted(self, keys: tuple[str, ...]) -> bool:
        return self._wanted is None or bool(keys and self._wanted(keys[-1], keys[:-1]))

    def _scalar(self, text: str) -> Scalar:
        self._texts.append(text)
        return Located(text, self, len(self._texts) - 1)

    def place(self, number: int) -> tuple[int, int]:
        """Line (from 1) and column (from 0) of a key or value, by its number in the order read."""
        while len(self._places) <= number:
            before = self._at
            self._at = self._place_of_last(_texts_of(self._texts[len(self._places)]))
            if lines := self._text.count("\n", before, self._at):
                self._line += lines
                self._start = self._text.rfind("\n", before, self._at) + 1
            self._places.append((self._line, self._at - self._start))
        return self._places[number]

    def _place_of_last(self, texts: Sequence[str]) -> int:
        """Where the last of ``texts`` begins that is found, each looked for behind the one before.

        A file that reports something on its last line comes here with all that it holds.
        """
        whole, at, sought = self._text, self._at, self._sought
        for text in texts:
            written = sought.get(text)
            if written is None:
                written = sought[text] = _written(text.split("\n", 1)[0][:80])
            place = whole.find(written, at, at + _NEAR)
            if place >= 0:
                at = place
        return at


def _texts_of(value: object) -> Sequence[str]:
    """The keys and strings of a value in the order of the text."""
    if isinstance(value, str):
        return (value,)
    texts: list[str] = []
    _gather(value, texts.append)
    return texts


def _gather(value: object, add: Callable[[str], None]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            add(key)
            if isinstance(item, str):
                add(item)
            elif isinstance(item, dict | list):
                _gather(item, add)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                add(item)
            elif isinstance(item, dict | list):
                _gather(item, add)


def _written(text: str) -> str:
    """A string as JSON writes it, without its quotes."""
    plain = text.isascii() and text.isprintable() and '"' not in text and "\\" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)[1:-1]


class Located(Scalar):
    """A scalar that is looked for in the text when its line or column is asked for.

    Its column is that of its text, behind the quote.
    """

    __slots__ = ("_locator", "_number")
    _locator: _Locator
    _number: int
    pointer = ""
    plain = False

    def __init__(self, text: str, locator: _Locator, number: int) -> None:
        _put_text(self, text)
        _put_locator(self, locator)
        _put_number(self, number)

    @property
    def line(self) -> int:
        """1-based."""
        return self._locator.place(self._number)[0]

    @property
    def column(self) -> int:
        """0-based."""
        return self._locator.place(self._number)[1]


# a frozen class takes its values this way only; by name each would take three times as long
_put_text = Scalar.__dict__["text"].__set__
_put_locator = Located.__dict__["_locator"].__set__
_put_number = Located.__dict__["_number"].__set__
