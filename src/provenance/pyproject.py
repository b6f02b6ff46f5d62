"""What ``pyproject.toml`` says of this program: ``[tool.provenance]``.

The file is other tools', too. One that is not TOML is theirs to report, unless it speaks of this
program: then nothing shows which policy, bounds or excludes it sets.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from provenance.confine import read_inside
from provenance.errors import UsageError

NAME = "pyproject.toml"
_MAX_BYTES = 5_000_000
_OURS = b"provenance"


def read_own(folder: Path, root: Path) -> Mapping[str, object] | None:
    """The section of the file in ``folder``; ``None``: there is no file or no section.

    Raises:
        UsageError: there is something of that name that cannot be read inside ``root``, or see
            :func:`own_section`.

    """
    path = folder / NAME
    if not os.path.lexists(path):
        return None
    try:
        return own_section(read_inside(path, _MAX_BYTES, root))
    except OSError as error:
        raise UsageError(f"{NAME} cannot be read: {error.strerror}") from None


@lru_cache(maxsize=4)
def own_section(data: bytes) -> Mapping[str, object] | None:
    """The section in the bytes of a file; ``None``: it has none, or is no TOML and not ours.

    A command asks twice, for its options and for its policy; nobody changes what it gets.

    Raises:
        UsageError: it speaks of this program and is no TOML.

    """
    if _OURS not in data and b"\\" not in data:
        return None  # nothing is spelled by escapes, so that no table of it can have our name
    import tomllib

    try:
        tools = tomllib.loads(data.decode("utf-8")).get("tool")
    except (ValueError, RecursionError):  # a number of 5,000 digits is no TOML error
        if _OURS in data:
            raise UsageError(f"{NAME} is no TOML that can be read: mend it") from None
        return None
    section = tools.get("provenance") if isinstance(tools, Mapping) else None
    return section if isinstance(section, Mapping) else None
