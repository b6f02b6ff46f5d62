"""Python as a syntax tree: whole, in part, or not at all."""

from __future__ import annotations

import ast
import warnings
from symtable import symtable

from provenance.errors import ProvenanceError


class NotPythonError(ProvenanceError):
    """A text is no program in Python; the message says why."""


def parse_python(data: bytes) -> ast.Module:
    """The syntax tree.

    Raises:
        NotPythonError: there is none.

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except SyntaxError as error:
        where = f" (line {error.lineno})" if error.lineno else ""
        raise NotPythonError(f"not Python: {error.msg}{where}") from None
    except ValueError as error:
        raise NotPythonError(f"not Python: {error}") from None
    except (RecursionError, MemoryError):
        raise NotPythonError("not Python: nested too deeply to parse") from None


def is_python(data: bytes) -> bool:
    """Whether a file is Python for certain, in two thirds of the time that its tree takes.

    The table of symbols is made from what the same parser read, and no object is made for each
    node. It refuses more than :func:`parse_python` (``nonlocal`` at the top), so that a no is to be
    asked there; of what is nested 3,000 levels deep it reads one to three levels more.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            symtable(data, "<unknown>", "exec")  # type: ignore[arg-type]  # it reads bytes, too
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


_MOST_REFUSED = 40
"""Lines that are taken out of a file so that the rest can be parsed."""
_MOST_PARSED = 2_000_000
"""Characters parsed for that, each attempt anew."""


def parsed_in_part(lines: list[str]) -> ast.Module | None:
    """The tree of a file without the lines that the parser refuses; ``None`` where they are many.

    What is written for a later Python or for Python 2 names its data on other lines.
    """
    kept = list(lines)
    size = sum(map(len, lines)) + 1
    for _ in range(min(_MOST_REFUSED, _MOST_PARSED // size)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse("\n".join(kept))
        except SyntaxError as error:
            at = (error.lineno or 0) - 1
            if not 0 <= at < len(kept) or kept[at].strip() in {"", "pass"}:
                return None
            indent = len(kept[at]) - len(kept[at].lstrip())
            kept[at] = f"{kept[at][:indent]}pass"
        except (ValueError, RecursionError, MemoryError):
            return None
    return None
