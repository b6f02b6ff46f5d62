"""``dataclass`` with slots, whose ``__init__`` is written when the first instance is made.

An audit imports some 160 dataclasses and makes instances of a part of them; the library's own
decorator compiles six methods for each, which was a quarter of an audit's start-up. Used in its
place: ``from provenance.lazy_classes import dataclass``. What the library offers and no class here
takes is refused: bases that are dataclasses themselves, and fields with more than a default.
"""

from __future__ import annotations

import dataclasses
import operator
from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, slots=False, **options):
        """As ``dataclasses.dataclass``; a class without slots is the library's."""
        if not slots:
            return dataclasses.dataclass(cls, **options)
        if cls is None:
            return lambda cls: _slotted(cls, **options)
        return _slotted(cls, **options)


_ONE_AT_A_TIME = RLock()
_Held = Callable[[Any], tuple[object, ...]]
_ORDER = {
    "__lt__": operator.lt,
    "__le__": operator.le,
    "__gt__": operator.gt,
    "__ge__": operator.ge,
}


def _slotted(
    plan: type, *, frozen: bool = False, eq: bool = True, order: bool = False, repr: bool = True
) -> type:
    """The class that a plan describes.

    Raises:
        TypeError: for what no class here takes.

    """
    if hasattr(plan, "__dataclass_fields__"):
        raise TypeError(f"{plan.__qualname__}: a base is a dataclass")
    written = plan.__dict__
    names = tuple(n for n, kind in written.get("__annotations__", {}).items() if not _shared(kind))
    held = _held(names)
    namespace: dict[str, object] = {"__match_args__": names, **_asked(plan, frozen)}
    if repr:
        namespace["__repr__"] = _representing(names)
    if eq:
        namespace |= {"__eq__": _comparing(operator.eq, held), "__hash__": None}
    if order:
        namespace |= {name: _comparing(compare, held) for name, compare in _ORDER.items()}
    if frozen:
        namespace |= _frozen(names, held)
    dropped = {*names, "__dict__", "__weakref__"}
    namespace |= {name: value for name, value in written.items() if name not in dropped}
    cls = type(plan)(plan.__name__, plan.__bases__, {**namespace, "__slots__": names})
    cls.__qualname__ = plan.__qualname__
    if "__init__" not in written:
        _write_later(cls, {n: _default(written[n]) if n in written else _NONE for n in names})
    return cls


def _shared(kind: object) -> bool:
    """Whether an annotation, as it is written, is of the class and of no instance."""
    return str(kind).removeprefix("typing.").startswith("ClassVar")


def _held(names: tuple[str, ...]) -> _Held:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _comparing(
    compare: Callable[[Any, Any], object], held: _Held
) -> Callable[[object, object], object]:
    def compared(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compare(held(self), held(other))

    return compared


def _representing(names: tuple[str, ...]) -> Callable[[object], str]:
    @recursive_repr()
    def represented(self: object) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({fields})"

    return represented


def _frozen(names: tuple[str, ...], held: _Held) -> dict[str, object]:
    """What instances have that do not change; without the last two they could not be pickled."""

    def hashed(self: object) -> int:
        return hash(held(self))

    def state(self: object) -> tuple[object, ...]:
        return held(self)

    def restored(self: object, state: tuple[object, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__hash__": hashed,
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": state,
        "__setstate__": restored,
    }


def _refuse_to_set(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


class _Asked:
    """An attribute that :mod:`dataclasses` asks of a class: worked out at the first question."""

    def __init__(self, name: str, made: Callable[[], type]) -> None:
        self._name = name
        self._made = made

    def __get__(self, instance: object, owner: type) -> object:
        return getattr(self._made(), self._name)


def _asked(plan: type, frozen: bool) -> dict[str, object]:
    @cache
    def once() -> type:
        about = dataclasses.dataclass(
            init=False, repr=False, eq=False, match_args=False, frozen=frozen
        )
        return about(plan)

    def made() -> type:
        with _ONE_AT_A_TIME:  # the library refuses a frozen class that it has already written to
            return once()

    return {name: _Asked(name, made) for name in ("__dataclass_fields__", "__dataclass_params__")}


_NONE = object()
"""Stands for no default."""


class _Made:
    """A default that is made anew for each instance."""

    def __init__(self, make: Callable[[], object]) -> None:
        self.make = make


def _default(given: object) -> object:
    if not isinstance(given, dataclasses.Field):
        return given
    plain = given.init and given.repr and given.compare and given.hash is None
    if not plain or given.kw_only is True:
        raise TypeError("a field has a default and nothing else here")
    if given.default_factory is not dataclasses.MISSING:
        return _Made(given.default_factory)
    return given.default


def _write_later(cls: Any, defaults: Mapping[str, object]) -> None:
    """Put in the place of ``__init__`` what writes it, puts it there and calls it."""

    def first(self: object, *args: object, **named: object) -> None:
        cls.__init__ = _init(cls, defaults)
        cls.__init__(self, *args, **named)

    cls.__init__ = first


def _init(cls: type, defaults: Mapping[str, object]) -> Callable[..., None]:
    """``__init__``, which sets each slot directly: a frozen instance refuses any other way."""
    known: dict[str, object] = {}
    taken, body = [], []
    for number, (name, default) in enumerate(defaults.items()):
        known[f"__set_{number}"] = cls.__dict__[name].__set__
        value = name
        if default is _NONE:
            taken.append(name)
        else:
            known[f"__default_{number}"] = default
            taken.append(f"{name}=__default_{number}")
            if isinstance(default, _Made):
                known[f"__make_{number}"] = default.make
                value = f"__make_{number}() if {name} is __default_{number} else {name}"
        body.append(f"__set_{number}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    code = f"def __init__(self, {', '.join(taken)}):\n " + "\n ".join(body or ["pass"])
    exec(code, known)  # noqa: S102  names of fields of this project's own classes
    init: Callable[..., None] = known["__init__"]  # type: ignore[assignment]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


__all__ = ["dataclass"]
