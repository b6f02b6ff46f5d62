"""Frozen data classes that are made fast: making them was a third of a start.

The standard library writes six methods of a frozen class as text and compiles each. A start makes
some two hundred classes and calls a third of them. :func:`frozen` lets the library make fields and
slots, shares the methods that read fields by name, and writes ``__init__``, which has to be fast,
the first time the class is called.

What it gives stays a data class: ``fields``, ``replace``, ``astuple``, ``match`` and pickling work.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

_Class = TypeVar("_Class")


@overload
def frozen(cls: type[_Class], /) -> type[_Class]: ...
@overload
def frozen(
    *, kw_only: bool = False, order: bool = False
) -> Callable[[type[_Class]], type[_Class]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(
    cls: type[_Class] | None = None, /, *, kw_only: bool = False, order: bool = False
) -> type[_Class] | Callable[[type[_Class]], type[_Class]]:
    """A class as ``@dataclass(frozen=True, slots=True)`` makes it, with the same options."""

    def make(cls: type[_Class]) -> type[_Class]:
        if cls.__doc__ is None:  # else the library takes the signature of an ``__init__`` to say it
            cls.__doc__ = cls.__name__
        made = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
        methods = {"__init__": _on_first_call(made), **_comparing(made, order)}
        for name, method in (methods | _SHARED).items():
            no_hash = name == "__hash__" and "__eq__" in cls.__dict__ and cls.__hash__ is None
            if name not in cls.__dict__ or no_hash:  # Python puts it there with ``__eq__``
                setattr(made, name, method)
        return made

    return make if cls is None else make(cls)


def _on_first_call(cls: type[Any]) -> Callable[..., None]:
    """An ``__init__`` that puts the real one in its place and calls it."""

    def __init__(self: Any, *args: Any, **named: Any) -> None:  # noqa: N807  the name it has in the class
        real = _init_of(cls)
        cls.__init__ = real
        real(self, *args, **named)

    return __init__


def _init_of(cls: type[Any]) -> Callable[..., None]:
    """The ``__init__`` of a data class, compiled of what its fields say."""
    taken = [item for item in fields(cls) if item.init]
    names: dict[str, Any] = {"__set": object.__setattr__, "__unset": MISSING}
    plain = [_parameter(item, names) for item in taken if not item.kw_only]
    named = [_parameter(item, names) for item in taken if item.kw_only]
    lines = [_assignment(item, names) for item in fields(cls)]
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    body = "\n ".join(line for line in lines if line) or "pass"
    exec(f"def __init__({parameters}):\n {body}", names)  # noqa: S102  as the standard library does
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _parameter(item: Field[Any], names: dict[str, Any]) -> str:
    if item.default is not MISSING:
        names[f"__of_{item.name}"] = item.default
        return f"{item.name}=__of_{item.name}"
    return item.name if item.default_factory is MISSING else f"{item.name}=__unset"


def _assignment(item: Field[Any], names: dict[str, Any]) -> str:
    value = item.name
    if item.default_factory is not MISSING:
        names[f"__make_{item.name}"] = item.default_factory
        made = f"__make_{item.name}()"
        value = f"{made} if {item.name} is __unset else {item.name}" if item.init else made
    elif not item.init:
        return ""  # nothing gives it a value but ``__post_init__``
    return f"__set(self, {item.name!r}, {value})"


def _comparing(cls: type[Any], order: bool) -> dict[str, Callable[..., object]]:
    """``__eq__``, ``__hash__`` and what orders, by the fields that are compared."""
    compared = [item.name for item in fields(cls) if item.compare]
    values = _values(compared)

    def by(holds: Callable[[Any, Any], object]) -> Callable[[Any, object], object]:
        def compare(self: Any, other: object) -> object:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return holds(values(self), values(other))

        return compare

    made: dict[str, Callable[..., object]] = {
        "__eq__": by(operator.eq),
        "__hash__": lambda self: hash(values(self)),
    }
    if order:
        made |= {
            f"__{holds.__name__}__": by(holds)
            for holds in (operator.lt, operator.le, operator.gt, operator.ge)
        }
    return made


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of fields as a tuple: it compares what is the same thing as equal."""
    get = attrgetter(*names) if names else None
    if get is None:
        return lambda _: ()
    return get if len(names) > 1 else lambda self: (get(self),)


def _repr(self: Any) -> str:
    shown = (f"{item.name}={getattr(self, item.name)!r}" for item in fields(self) if item.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_set(self: object, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    """What is pickled and copied: slots of a class that refuses to be set need it said."""
    return [getattr(self, item.name) for item in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for item, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, item.name, value)


_SHARED: dict[str, Callable[..., object]] = {
    "__repr__": _repr,
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
