"""How a reading says that a bound stopped it.

Readers stop at bounds so that no card takes long, many calls below whoever asked. Each says so
where it stops (:func:`most`, :func:`upto`, :func:`stop`), and who asked for the reading learns of
it (:func:`watched`): what was left out may name data or a base, and is never taken for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

_Item = TypeVar("_Item")
_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@dataclass(slots=True)
class Watch:
    """What stopped readings while it was watched."""

    stops: set[str] = field(default_factory=set)
    """What was longer or more than what is read of it, in words."""

    def __bool__(self) -> bool:
        return bool(self.stops)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the readings inside; what they leave out is in the value when they are done."""
    watch = Watch()
    token = _WATCH.set(watch)
    try:
        yield watch
    finally:
        _WATCH.reset(token)


def stop(what: str) -> None:
    """Say that ``what`` ("a table") is not read to its end."""
    watch = _WATCH.get()
    if watch is not None:
        watch.stops.add(what)


def most(items: Iterable[_Item], number: int, what: str) -> Iterator[_Item]:
    """The first ``number`` of ``items``; that there are more is said."""
    for count, item in enumerate(items):
        if count == number:
            stop(what)
            return
        yield item


def upto(text: str, longest: int, what: str) -> str:
    """The first ``longest`` characters; that there are more is said."""
    if len(text) > longest:
        stop(what)
    return text[:longest]
