"""Which parts of a parsed JSON file may say something: the others need no tree and no lines.

Most JSON is data. What the walk over a tree asks of keys and values is asked of the plain value
first, and a part of which nothing can come is passed over. Whatever is in doubt is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from provenance.checking.references.config_keys import OF_EITHER
from provenance.checking.references.config_trees import LONG, NUMBERS
from provenance.checking.references.config_walk import (
    TARGETS,
    VALUES,
    ConfigWalk,
    says_nothing,
)
from provenance.report.serialize import Json

_STARTS = frozenset({*TARGETS, "shell"})
"""Keys for which the whole mapping is read that they stand in."""
_KEPT = 64
"""Texts that are remembered for a key: what repeats mostly takes few values."""
_INSIDE = "init_args"
"""A mapping that is read together with the one around it."""


@dataclass(slots=True)
class _Key:
    """A key below others, with what is known of it: the same are met again and again."""

    name: str
    keys: tuple[str, ...]
    """Those above it and itself, as the walk takes them: each part of a dotted key by itself."""
    above: tuple[str, ...]
    """The same as the tree takes them: of a dotted key the last part only."""
    wanted: bool
    below: dict[str, _Key] = field(default_factory=dict)
    blank: _Key | None = None
    """Stands below this key for every name that says nothing: of all of them the same is known."""
    silent: set[str] = field(default_factory=set)
    """Texts under it that said nothing, the first of them."""


class LoudParts:
    """Looks through the values of one file."""

    def __init__(self, walk: ConfigWalk) -> None:
        self._walk = walk
        self._found: set[int] = set()

    def of(self, value: Json) -> set[int]:
        """The ``id()`` of every list and mapping in ``value`` that may say something."""
        self._found = set()
        top = _Key("", (), (), wanted=False)
        if isinstance(value, dict):
            self._mapping(value, top, held=False)
        elif isinstance(value, list):
            self._list(value, top)
        return self._found

    def _mapping(self, value: dict[str, Json], at: _Key, *, held: bool) -> bool:
        if len(value) > LONG and set(map(type, value.values())) == {int}:
            return self._keep(value, self._is_wanted(at))
        loud, known = held, at.below
        for key, item in value.items():
            below = known.get(key) or self._below(key, at)
            if isinstance(item, str):
                loud = loud or (item not in below.silent and self._may_tell(item, below))
            elif isinstance(item, dict):
                loud = self._mapping(item, below, held=below.wanted) or loud
            elif isinstance(item, list):
                loud = self._list(item, below) or loud
            else:
                loud = loud or below.wanted
        if "value" in value and not loud:
            loud = self._is_pair(value)
        if loud and isinstance(inside := value.get(_INSIDE), dict):
            self._found.add(id(inside))
        return self._keep(value, loud)

    def _may_tell(self, text: str, key: _Key) -> bool:
        if key.wanted or self._walk.may_tell(text, key.name):
            return True
        if len(key.silent) < _KEPT:
            key.silent.add(text)
        return False

    def _is_pair(self, value: dict[str, Json]) -> bool:
        named = (value.get("name"), value.get("key"))
        return any(isinstance(name, str) and self._walk.names(name) for name in named)

    def _list(self, value: list[Json], at: _Key) -> bool:
        kinds = set(map(type, value))
        if kinds <= NUMBERS:
            return False  # its tree is empty
        if kinds == {str}:
            return self._keep(value, self._strings([str(text) for text in value], at))
        loud = at.wanted
        for item in value:
            if isinstance(item, dict):
                loud = self._mapping(item, at, held=False) or loud
            elif isinstance(item, list):
                loud = self._list(item, at) or loud
            elif isinstance(item, str):
                loud = loud or self._walk.may_tell_in_list(item, at.name)
        return self._keep(value, loud)

    def _strings(self, texts: list[str], at: _Key) -> bool:
        if at.wanted or (len(texts) > LONG and self._is_wanted(at)):
            return True
        whole = "\n".join(texts)
        if "/" not in whole and "=" not in whole:
            return False
        return any(self._walk.may_tell_in_list(text, at.name) for text in texts)

    def _keep(self, value: Json, loud: bool) -> bool:
        if loud:
            self._found.add(id(value))
        return loud

    def _is_wanted(self, at: _Key) -> bool:
        """What the tree asks of the key of a long list or mapping."""
        return bool(at.above) and self._walk.wants(at.above[-1], at.above[:-1])

    def _below(self, key: str, at: _Key) -> _Key:
        if not says_nothing(key, self._walk.rules):
            return self._made(key, at)
        at.blank = at.blank or self._made(key, at)
        at.below[key] = at.blank
        return at.blank

    def _made(self, key: str, at: _Key) -> _Key:
        *before, name = key.split(".") if "/" not in key else [key]
        parents = (*at.keys, *before)
        wanted = key in _STARTS or name in OF_EITHER or (name in VALUES and at.wanted)
        wanted = wanted or self._walk.wants(name, parents)
        above = (*at.above, key.rpartition(".")[2])
        below = at.below[key] = _Key(name, (*parents, name), above, wanted)
        return below
