"""The text of a Python file, as Python reads it. Pure."""

from __future__ import annotations

import io
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
