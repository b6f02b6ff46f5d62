"""A class made lazily is the class that the library's own decorator makes."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.lazy_classes import dataclass

SOURCE = Path(__file__).resolve().parents[1] / "src" / "provenance"


def body() -> type:
    class Both:
        kinds: ClassVar[int] = 3
        a: int
        b: float = 2.5
        c: tuple[int, ...] = ()
        d: list[int] = field(default_factory=list)
        e: str = field(default="e")

        @property
        def doubled(self) -> int:
            return self.a * 2

    return Both


def pair(**options: bool) -> tuple[Any, Any]:
    decorators: tuple[Callable[..., Any], ...] = (dataclasses.dataclass, dataclass)
    ours, theirs = (make(slots=True, **options)(body()) for make in reversed(decorators))
    return ours, theirs


PAIRS = {frozen: pair(frozen=frozen, order=True) for frozen in (True, False)}
GIVEN = st.fixed_dictionaries(
    {"a": st.integers(0, 2)},
    optional={
        "b": st.floats(allow_nan=False),
        "c": st.tuples(st.integers(0, 1)),
        "d": st.lists(st.integers(0, 1), max_size=2),
        "e": st.text(max_size=2),
    },
)


@given(GIVEN, GIVEN)
@pytest.mark.parametrize("frozen", [True, False])
def test_instances_are_as_the_library_makes_them(
    frozen: bool, one: dict[str, Any], other: dict[str, Any]
) -> None:
    ours, theirs = PAIRS[frozen]
    x, y = ours(**one), ours(**other)
    p, q = theirs(**one), theirs(**other)
    assert repr(x) == repr(p)
    assert ((x == y), (x != y), (x < y), (x >= y)) == ((p == q), (p != q), (p < q), (p >= q))
    assert dataclasses.astuple(x) == dataclasses.astuple(p)
    assert repr(replace(x, **other)) == repr(replace(p, **other))
    assert copy.deepcopy(x) == x
    assert msgspec.json.encode(x) == msgspec.json.encode(p)
    assert msgspec.convert(one, ours) == x


def test_what_is_asked_of_the_class_is_the_same() -> None:
    ours, theirs = pair(frozen=True)
    names = [(f.name, f.type, f.default) for f in fields(theirs)]
    assert [(f.name, f.type, f.default) for f in fields(ours)] == names
    assert ours.__slots__ == theirs.__slots__
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__qualname__ == theirs.__qualname__
    assert (ours.kinds, ours(2).doubled) == (3, 4)
    assert ours.__dataclass_params__.frozen is True


@pytest.mark.parametrize("given", [((), {}), ((1, 2, (), [], "", 6), {}), ((1,), {"z": 1})])
def test_wrong_arguments_are_refused_in_the_same_words(
    given: tuple[tuple[int, ...], dict[str, int]],
) -> None:
    said = []
    for cls in pair(frozen=True):
        with pytest.raises(TypeError) as refused:
            cls(*given[0], **given[1])
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_frozen_instance_stays_as_it_is() -> None:
    ours, _ = pair(frozen=True)
    x = ours(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'a'"):
        x.a = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'a'"):
        del x.a
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        hash(x)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    with pytest.raises(TypeError, match="unhashable type"):
        hash(pair()[0](1))


def test_a_default_that_is_made_is_made_for_each() -> None:
    ours, _ = pair()
    one, other = ours(1), ours(1)
    one.d.append(1)
    assert other.d == []


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("left of zero")


@dataclass(frozen=True, slots=True)
class One:
    only: object


def test_instances_travel_between_processes() -> None:
    for item in (Point(1, 2), One(None), One(Point(3))):
        assert pickle.loads(pickle.dumps(item)) == item  # noqa: S301  its own


def test_what_follows_the_start_is_done() -> None:
    assert Point(1).y == 0
    with pytest.raises(ValueError, match="left of zero"):
        Point(-1)


def test_it_matches_by_position() -> None:
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_an_instance_that_holds_itself_can_be_shown() -> None:
    @dataclass(slots=True)
    class Loop:
        inner: object = None

    loop = Loop()
    loop.inner = loop
    assert repr(loop).endswith("Loop(inner=...)")


def test_threads_may_make_the_first_instance_together() -> None:
    for _ in range(20):
        cls = pair(frozen=True)[0]
        start = Barrier(4)
        made: list[object] = []

        def make(cls: Any = cls, start: Barrier = start, made: list[object] = made) -> None:
            start.wait()
            made.append(cls(1))

        threads = [Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [cls(1)] * 4


def test_threads_that_ask_for_fields_at_once_are_all_answered() -> None:
    """``replace`` asks for them: without a lock the library writes to one class twice."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        answers: list[int] = []
        for _ in range(60):
            plan = type("Plan", (), {"__annotations__": {"a": "int", "b": "int"}, "b": 1})
            cls: Any = dataclass(frozen=True, slots=True)(plan)
            gate = Barrier(4)

            def ask(cls: Any = cls, gate: Barrier = gate) -> None:
                gate.wait()
                answers.append(len(fields(cls)))

            threads = [Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert answers == [2] * 240
    finally:
        sys.setswitchinterval(before)


def test_what_is_not_taken_is_refused() -> None:
    with pytest.raises(TypeError, match="a base is a dataclass"):

        @dataclass(frozen=True, slots=True)
        class Further(Point):
            z: int = 0

    for setting in (field(compare=False), field(init=False), field(kw_only=True)):
        plan = type("Plan", (), {"__annotations__": {"a": "int"}, "a": setting})
        with pytest.raises(TypeError, match="a default and nothing else"):
            dataclass(slots=True)(plan)


def test_every_class_with_slots_is_made_so() -> None:
    """One that is not costs each start of the command about as much as ten that are."""
    outside = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "dataclasses"
        and any(alias.name == "dataclass" for alias in node.names)
    ]
    assert outside == ["lazy_classes.py"]
