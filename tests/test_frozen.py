"""``frozen`` makes what the standard library's frozen data classes with slots are."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from provenance.frozen import frozen


@frozen
class Made:
    """A class of every kind of field."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = field(default_factory=tuple)
    note: str = field(default="", compare=False, repr=False)
    last: str = field(default="z", kw_only=True)


@dataclass(frozen=True, slots=True)
class Known:
    """The same, made by the standard library."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = field(default_factory=tuple)
    note: str = field(default="", compare=False, repr=False)
    last: str = field(default="z", kw_only=True)


@frozen
class Counted:
    """Sets a field of its own after it was made, and says itself what it is."""

    words: tuple[str, ...]
    many: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "many", len(self.words))

    def __repr__(self) -> str:
        return f"{self.many} words"


@frozen
class Empty:
    """Nothing at all."""


GIVEN: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("a",), {}),
    (("a", 4), {}),
    (("a", 4, ("x",), "n"), {"last": "y"}),
    ((), {"name": "a", "tags": ("x", "y")}),
)


@pytest.mark.parametrize(("args", "named"), GIVEN)
def test_it_is_called_shown_and_taken_apart_alike(
    args: tuple[Any, ...], named: dict[str, Any]
) -> None:
    made, known = Made(*args, **named), Known(*args, **named)
    assert asdict(made) == asdict(known)
    assert repr(made) == repr(known).replace("Known", "Made")
    assert dataclasses.astuple(replace(made, size=9)) == dataclasses.astuple(replace(known, size=9))


def test_it_compares_by_the_fields_that_are_compared() -> None:
    assert Made("a", note="one") == Made("a", note="other")
    assert hash(Made("a", note="one")) == hash(Made("a", note="other"))
    assert Made("a") != Made("b")
    other: object = Known("a")
    assert Made("a") != other
    assert len({Empty(), Empty()}) == 1


def refused(change: Callable[[Any], None]) -> list[str]:
    """What both kinds say of a change."""
    said = []
    for thing in (Made("a"), Known("a")):
        with pytest.raises(FrozenInstanceError) as caught:
            change(thing)
        said.append(str(caught.value))
    return said


def test_nothing_is_set_or_deleted() -> None:
    for change in (lambda x: setattr(x, "size", 1), lambda x: delattr(x, "size")):
        ours, theirs = refused(change)
        assert ours == theirs
    with pytest.raises(FrozenInstanceError):
        setattr(Made("a"), "other", 1)  # noqa: B010
    assert not hasattr(Made("a"), "__dict__")


@pytest.mark.parametrize(
    ("args", "named"), [((), {}), (("a", 1, (), "", "z"), {}), (("a",), {"no": 1})]
)
def test_a_wrong_call_is_said_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    said = []
    for kind in (Made, Known):
        with pytest.raises(TypeError) as caught:
            kind(*args, **named)
        said.append(str(caught.value).replace(kind.__name__, "it"))
    assert said[0] == said[1]


def test_it_is_copied_and_sent_to_other_processes() -> None:
    thing = Made("a", 4, ("x",), "n", last="y")
    assert asdict(pickle.loads(pickle.dumps(thing))) == asdict(thing)  # noqa: S301  our own bytes
    assert asdict(copy.deepcopy(thing)) == asdict(thing)


def test_it_is_matched_by_position_and_knows_its_fields() -> None:
    match Made("a", 7):
        case Made(name, size):
            assert (name, size) == ("a", 7)
    assert [f.name for f in fields(Made)] == [f.name for f in fields(Known)]
    assert Made.__match_args__ == Known.__match_args__
    assert Made.__doc__ == "A class of every kind of field."


def test_a_method_of_the_class_stays() -> None:
    assert repr(Counted(("a", "b"))) == "2 words"
    assert replace(Counted(("a", "b")), words=("c",)).many == 1


def test_init_is_written_at_the_first_call_only() -> None:
    @frozen
    class Late:
        """Made here, so that nobody called it."""

        name: str

    waiting = Late.__init__
    Late("a")
    real = Late.__init__
    Late("b")
    assert real is not waiting
    assert Late.__init__ is real


def kinds(body: Callable[[Callable[[type], type]], object]) -> tuple[object, object]:
    """What comes of the same class made in both ways."""
    return body(frozen), body(dataclass(frozen=True, slots=True))


class TestAsTheLibraryDoes:
    def test_what_is_the_same_thing_is_equal(self) -> None:
        """Also where it is not equal to itself, and there is one field."""

        def body(kind: Callable[[type], type]) -> object:
            class Number:
                value: float

            made = kind(Number)
            not_a_number = float("nan")
            return made(not_a_number) == made(not_a_number), hash(made(1)) == hash((1,))

        assert kinds(body) == ((True, True), (True, True))

    def test_what_compares_itself_keeps_a_hash(self) -> None:
        def body(kind: Callable[[type], type]) -> object:
            class Alike:  # noqa: PLW1641  that it has none is the point
                value: int

                def __eq__(self, other: object) -> bool:
                    return True

            return hash(kind(Alike)(1))

        ours, theirs = kinds(body)
        assert ours == theirs

    def test_state(self) -> None:
        thing: Any = Made("a", 4)
        assert thing.__getstate__() == ["a", 4, (), "", "z"]


class TestUnlikeTheLibrary:
    """What docs/adr/0021 says of them."""

    def test_the_signature_is_known_after_the_first_call(self) -> None:
        @frozen
        class Late:
            name: str

        assert str(inspect.signature(Late)).startswith("(*args")
        Late("a")
        assert str(inspect.signature(Late)) == "(name)"
        assert Late.__doc__ == "Late"

    def test_a_field_without_a_default_behind_one_is_told_at_the_call(self) -> None:
        class Wrong:
            size: int = 3
            name: str

        made: Any = frozen(Wrong)
        with pytest.raises(SyntaxError):
            made(1, "a")

    def test_the_library_does_not_take_it_for_frozen(self) -> None:
        class Below(Made):
            more: int = 0

        with pytest.raises(TypeError, match="cannot inherit frozen"):
            dataclass(frozen=True)(Below)
        loose: Any = dataclass(Below)
        with pytest.raises(FrozenInstanceError):
            loose("a")

    def test_a_class_below_refuses_all_attributes(self) -> None:
        class Below(Made):
            pass

        with pytest.raises(FrozenInstanceError):
            Below("a").other = 1  # type: ignore[attr-defined]

    def test_values_for_init_alone_are_not_known(self) -> None:
        class Given:
            seed: dataclasses.InitVar[int]

            def __post_init__(self, seed: int) -> None: ...

        made: Any = frozen(Given)
        with pytest.raises(TypeError):
            made(1)

    def test_methods_of_its_own_stay(self) -> None:
        class Own:
            value: int

            def __setattr__(self, name: str, value: object) -> None:
                pass

        made: Any = frozen(Own)
        thing = made(1)
        thing.value = 2
        assert thing.value == 1
