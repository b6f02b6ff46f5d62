"""Defaults of options in ``pyproject.toml``: ``[tool.provenance]``, a closed set of keys.

The nearest one upward from the working directory counts, to the root of the repository. What is
given on the command line or in the environment goes before it. ``check``, ``lock`` and
``baseline`` take none that says where facts come from: what is checked must not choose them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from provenance.confine import repository_root
from provenance.errors import UsageError
from provenance.meant import nearest
from provenance.pyproject import NAME, read_own

_BOUNDS = {"jobs": "jobs", "max-depth": "max_depth", "max-repositories": "max_repositories"}
_KEYS: dict[str, tuple[str, type]] = {
    "snapshot": ("snapshot", str),
    "color": ("color", str),
    "quiet": ("quiet", bool),
    **{key: (name, int) for key, name in _BOUNDS.items()},
}
"""Keys with the option's name in the program and the type of its value."""
_ELSEWHERE = frozenset({"policy", "check"})
"""Keys that others read."""
_ANSWERING = ("audit", "census", "scan", "snapshot")
_CHECKING = ("check", "lock", "baseline")
_OF_AUDIT = frozenset({"snapshot"})
"""What only an audit takes: a census names its source, and a snapshot is made from a Hub."""
_HARMLESS = frozenset({"color", "quiet", "jobs"})
"""What a repository may set for the check of itself."""
DefaultMap = dict[str, dict[str, str | int | bool]]


def default_map(start: Path) -> DefaultMap:
    """Defaults for each command, as click takes them; empty where there are none.

    Raises:
        UsageError: a key is not known, a value has another type, a path leads out of the
            repository, or the file cannot be read.

    """
    folder = start.resolve()
    root = repository_root(folder / NAME)
    for here in (folder, *folder.parents):
        section = read_own(here, root)
        if section is not None:
            values = _checked(section, here, root)
            shared = {key: value for key, value in values.items() if key not in _OF_AUDIT}
            harmless = {key: value for key, value in values.items() if key in _HARMLESS}
            return {
                **dict.fromkeys(_ANSWERING, shared),
                **dict.fromkeys(_CHECKING, harmless),
                "audit": values,
            }
        if here == root or (here / ".git").exists():
            break
    return {}


def _checked(section: Mapping[str, object], here: Path, root: Path) -> dict[str, str | int | bool]:
    values: dict[str, str | int | bool] = {}
    for key, value in section.items():
        if key in _ELSEWHERE:
            continue
        if key not in _KEYS:
            known = sorted({*_KEYS, *_ELSEWHERE})
            near = nearest(key, known)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            raise UsageError(f"{NAME}: tool.provenance.{key[:60]} is no setting: {hint}")
        name, kind = _KEYS[key]
        if type(value) is not kind or not isinstance(value, str | int | bool):
            words = {str: "text", int: "a whole number", bool: "true or false"}[kind]
            raise UsageError(f"{NAME}: tool.provenance.{key} must be {words}")
        values[name] = value
    place = values.get("snapshot")
    if isinstance(place, str) and place != "bundled":
        values["snapshot"] = _inside(place, here, root)
    return values


def _inside(place: str, here: Path, root: Path) -> str:
    """The path of a snapshot as the file means it: from its own folder, inside the repository."""
    try:
        target = (here / place).resolve()
    except (OSError, RuntimeError, ValueError):
        raise UsageError(f"{NAME}: tool.provenance.snapshot is no possible path") from None
    if not target.is_relative_to(root.resolve()):
        raise UsageError(f"{NAME}: tool.provenance.snapshot leads out of the repository")
    return str(target)
