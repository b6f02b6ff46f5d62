"""What an expression of a Python file can be: strings, names of other files, or run-time values."""

from __future__ import annotations

from provenance.frozen import frozen


@frozen
class Text:
    """A string, and the literal it was written as."""

    value: str
    line: int
    column: int
    """0-based, in UTF-8 bytes, as :mod:`ast` gives it."""
    direct: bool
    """Written where it is used."""
    file: str | None = None
    """Another file of the project that it was read in."""


@frozen
class Elsewhere:
    """A name of another module of the project, to be looked up there."""

    module: str
    attribute: str


@frozen
class Runtime:
    """Known at run time only."""

    why: str
    parameter: Handed | None = None
    """The parameter that it is, where calls of the function can tell."""
    beside: bool = False
    """It is one entry of several: said also where the others are known."""
    usual: bool = False
    """What it is where the environment gives nothing is known, too."""


@frozen
class Handed:
    """A parameter of a function of the project."""

    function: str
    name: str
    position: int | None


Value = Text | Elsewhere | Runtime


def only_texts(values: list[Value]) -> list[Text]:
    """The strings, where nothing but a caller or the environment makes it another; else none."""
    texts = [v for v in values if isinstance(v, Text)]
    rest = [v for v in values if not isinstance(v, Text)]
    if all(isinstance(v, Runtime) and (v.parameter is not None or v.usual) for v in rest):
        return texts
    return []
