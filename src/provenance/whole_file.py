"""Writing a file whole or not at all: no reader and no later run sees a half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_NAME = 50
"""Most characters of a file's name that the file written before it has in its own: each may take
four bytes, and a name has 255."""


def replace_file(file: Path, data: bytes, mode: int = 0o600) -> None:
    """Put ``data`` where ``file`` is, with the permissions ``mode``; nothing is left on a failure.

    Raises:
        OSError: the folder is not there, or nothing can be written in it.

    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:_NAME]}.", dir=file.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if mode != 0o600:  # that of a new file here
            partial.chmod(mode)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
