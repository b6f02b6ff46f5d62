"""Which files a command runs or reads variables from. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from provenance.checking.references.script_words import INCLUDING, SOURCING
from provenance.checking.references.sites import Run

_PYTHON = re.compile(r"(?:i?python|pypy)[\d.]*|torchrun|deepspeed|accelerate|runpy|\$_")
_SHELLS = frozenset({"bash", "sh", "zsh", "ksh", "dash"})
_SOURCES = frozenset({*SOURCING, "--env-file", "--rcfile", "--init-file"})
_CODE = frozenset({"-c", "-m", "--module"})
"""Flags after which no file is named."""
_MOST = 8
"""Most words looked at for the file: flags may have values before it."""
_RUNNABLE = re.compile(r"[\w./${}()@+-]{1,300}")


def runs_of(texts: Sequence[str], path: str) -> Iterator[Run]:
    """Files that a command, as words without quotes, runs; the first that is one here counts."""
    yield from _of_the_first(texts, path)
    for index, text in enumerate(texts[:-1]):
        program = text.rpartition("/")[2] if text != "." else text
        rest = texts[index + 1 :]
        if _PYTHON.fullmatch(program) is not None:
            yield from _run(rest, path, "python")
        elif program in _SHELLS:
            yield from _run(rest, path, "shell")
        elif program in _SOURCES:
            yield Run(path, (rest[0],), "shell", sourced=True)
        elif text == "-f" and "make" in texts[:index]:
            yield Run(path, (rest[0],), "shell")


def _of_the_first(texts: Sequence[str], path: str) -> Iterator[Run]:
    """Files that the first word tells of: an include of make, a magic, the file itself."""
    first, *rest = texts
    if first in INCLUDING:
        for text in rest:
            yield Run(path, (text,), "shell", sourced=True)
    elif path.endswith(".ipynb") and first == "run":  # a magic, without its mark
        yield from _run(rest, path, "python")
    elif first.startswith(("./", "$(dirname", "${")) and "/" in first:
        yield Run(path, (first,), "shell")


def _run(rest: Sequence[str], path: str, program: str) -> Iterator[Run]:
    names: list[str] = []
    for text in rest[:_MOST]:
        if text in _CODE:
            break
        if _RUNNABLE.fullmatch(text) is not None and not text.startswith("-"):
            names.append(text)
            if text.endswith((".py", ".sh")):
                break
    if names:
        yield Run(path, tuple(names), program)
