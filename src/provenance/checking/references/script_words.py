"""How a line of a script or Makefile names another file that it reads or runs. Pure."""

from __future__ import annotations

import posixpath
import re

INCLUDING = ("include", "-include", "sinclude")
"""Directives of make that read another file."""
SOURCING = ("source", ".")
"""Commands of a shell that read another file."""
_AT_RUN_TIME = re.compile(r"\$(?:\([^)]{1,200}\)|\{[^}]{1,200}\}|\w{1,80})/?")
"""A variable, with the slash after it where it is a folder: mostly the script's own."""


def without_variables(text: str) -> str:
    """Text without what is known at run time only."""
    return _AT_RUN_TIME.sub("", text)


def places(word: str, script: str) -> tuple[str, str]:
    """Where the file stands that a word of a script names: beside the script, or from the top.

    Args:
        word: as it is written; quotes and the end of a command may stand around it.
        script: path of the script from the top.

    """
    plain = without_variables(word).strip("\"';")
    beside = posixpath.join(posixpath.dirname(script), plain)
    return posixpath.normpath(beside), posixpath.normpath(plain)
