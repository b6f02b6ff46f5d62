"""Reading files that somebody else's repository names: regular, bounded, and inside of it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_inside(path: Path, limit: int, root: Path | None = None) -> bytes:
    """Bytes of a regular file of at most ``limit`` bytes, below ``root`` once links are followed.

    A pipe or device is not opened, so that nothing waits for who might write into it.

    Raises:
        OSError: there is none, or it is none of these; ``strerror`` says which.

    """
    try:
        real = path.resolve(strict=True)
    except (RuntimeError, ValueError):  # a loop of links before Python 3.13; a null character
        raise OSError(errno.ELOOP, "it is no possible path") from None
    if root is not None and not real.is_relative_to(root.resolve()):
        raise OSError(errno.EACCES, "it is outside the repository, or leads out of it")
    handle = os.open(real, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit:,} bytes")
    return data


def repository_root(file: Path) -> Path:
    """The nearest folder above ``file`` that git keeps; the file's own folder where there is none.

    What a file names is read from there and from nowhere else.
    """
    folder = file.absolute().parent
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
