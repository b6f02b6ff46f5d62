"""The text of a Python file, as Python reads it. Pure."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata


def as_python_reads(data: bytes) -> bytes:
    """The text with names as Python has them: decoded as it says, letters in their plain form."""
    if data.isascii() and b"coding" not in data[:200]:
        return data
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return unicodedata.normalize("NFKC", data.decode(encoding, "replace")).encode()
    except (SyntaxError, LookupError):
        return data


def characters(lines: list[str], line: int, column: int) -> int:
    """1-based column in characters of a 0-based column in UTF-8 bytes."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return len(text.encode()[:column].decode("utf-8", "ignore")) + 1


PARSES = frozenset({"safe_load", "full_load", "load", "loads", "create", "safe_load_all"})
"""Functions that take a configuration apart."""


def is_a_line(node: ast.expr) -> bool:
    """Whether a string is a configuration of one line, which says so by its reader only."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and "\n" not in text.strip() and _ENTRY.match(text) is not None


_ENTRY = re.compile(r"\s{0,40}(?:- )?[\w.-]{1,60} ?[:=] ?\S|\s{0,40}\[")
