"""What a format is: its name, the files it is written to, what it can hold, and its function.

Everything that depends on the format asks its record: the choices of ``--format``, what ``-o``
means without it, which formats hold several subjects or need a file. docs/formats.md is held
against it by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib import import_module
from typing import Any, Generic, TypeVar

from provenance.errors import UsageError
from provenance.escape import log_lines
from provenance.frozen import frozen
from provenance.render.page import Page

T = TypeVar("T")
"""What is rendered: a report, the result of a check, a difference, a census."""
_ROOM = "provenance.render"


@frozen
class Format(Generic[T]):
    """One format: called with what it renders and a page, it gives the text."""

    name: str
    target: str
    """``module:function``, imported at the first use; ``.module`` is one of ``provenance.render``.

    Empty where the command that has the rows writes them."""
    help: str
    """What it is for, in a few words."""
    suffixes: tuple[str, ...] = ()
    """Endings of the files that hold it."""
    names: tuple[str, ...] = ()
    """Whole names of files that hold it, in lower case; ``*`` stands for anything."""
    several: str | None = None
    """As ``target``, for a sequence of several; ``None``: it holds one only."""
    binary: bool = False
    """Whether it is bytes, which no terminal shows."""
    paged: bool = False
    """Whether its function is given the page too: width, colour, what is shown."""
    verbatim: bool = False
    """Whether it may hold lines that a CI log would take for commands: it makes them safe itself,
    or has to be the bytes of another file."""

    def __call__(self, subject: T, page: Page) -> str:
        """Render one thing as text."""
        return str(self._run(self.target, subject, page))

    def of_several(self, subjects: Sequence[T], page: Page) -> str:
        """Render things as one text, in lines that are safe in a log.

        Raises:
            UsageError: it holds one only.

        """
        if len(subjects) == 1:
            text = self(subjects[0], page)
        elif self.several is None:
            raise UsageError(f"--format {self.name} holds one report")
        else:
            text = str(self._run(self.several, subjects, page))
        return text if self.verbatim else log_lines(text)

    def data(self, subjects: Sequence[T], page: Page) -> bytes:
        """Render things as the bytes of a file; raises as :meth:`of_several`."""
        if self.binary and self.several is not None:
            return bytes(self._run(self.several, subjects, page))
        return self.of_several(subjects, page).encode("utf-8", "backslashreplace")

    def _run(self, target: str, subject: T | Sequence[T], page: Page) -> Any:
        module, _, name = target.partition(":")
        function: Callable[..., Any] = getattr(import_module(module, _ROOM), name)
        return function(subject, page) if self.paged else function(subject)


class Formats(Mapping[str, Format[T]]):
    """The formats of one command by name, in the order in which they are offered."""

    def __init__(self, *formats: Format[T]) -> None:
        self._by_name = {form.name: form for form in formats}

    def __getitem__(self, name: str) -> Format[T]:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Endings of files that say a format."""
        return tuple(suffix for form in self.values() for suffix in form.suffixes)

    def named(self, name: str) -> Format[T]:
        """The format of a name.

        Raises:
            UsageError: there is none; the message lists those there are.

        """
        if name not in self._by_name:
            raise UsageError(f"--format {name!r} is not one of {', '.join(self)}")
        return self._by_name[name]

    def of_file(self, file: str) -> Format[T] | None:
        """The format that a file's name says; ``None`` where it says none."""
        file = file.lower()
        for form in self.values():
            if any(fnmatchcase(file, name) for name in form.names):
                return form
        endings = [
            (len(suffix), form)
            for form in self.values()
            for suffix in form.suffixes
            if file.endswith(suffix)
        ]
        return max(endings, key=lambda ending: ending[0])[1] if endings else None

    def check_number(self, form: Format[T], number: int) -> None:
        """Refuse ``number`` things in a format that holds one.

        Raises:
            UsageError: the format holds one only; the message says which hold several.

        """
        if number > 1 and form.several is None:
            several = ", ".join(f.name for f in self.values() if f.several and not f.binary)
            raise UsageError(
                f"--format {form.name} holds one report: give one subject at a time, or use "
                f"{several}"
            )


def joined(texts: Iterable[str]) -> str:
    """Texts one after another, a line between them."""
    return "\n".join(texts)
