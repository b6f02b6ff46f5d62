"""Parts of a JSON Pointer (RFC 6901): a key may hold ``/`` and ``~``."""

from __future__ import annotations


def escaped(key: str) -> str:
    """A key as one part of a pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def unescaped(part: str) -> str:
    """The key that a part of a pointer stands for."""
    return part.replace("~1", "/").replace("~0", "~")
