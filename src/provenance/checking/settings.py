"""Settings of the gate in ``pyproject.toml``: ``[tool.provenance.check]``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from provenance.checking.references.files import DEFAULT_EXCLUDES
from provenance.confine import read_inside, repository_root
from provenance.errors import UsageError
from provenance.report.checked import Loosened

SETTINGS_NAME = "pyproject.toml"
_MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What a repository sets for itself."""

    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    """Replaces the default list of paths left out."""
    rules: str | None = None
    """File with further rules for libraries."""
    allow_changes: tuple[Loosened, ...] = ()
    """What a change may loosen by itself; read from the base of the change, never from it."""
    projects: tuple[str, ...] = ()
    """Folders with settings, policy, lock and baseline of their own, checked with this one."""
    approvals: str | None = None
    """File of approved loosenings, one fingerprint a line. Inside the repository it is read from
    the base of a change; outside, as it is."""


_KEYS = tuple(Settings.__dataclass_fields__)


def read_settings(folder: Path) -> Settings:
    """Settings of the repository at ``folder``; defaults where it has none.

    Raises:
        UsageError: the section has other keys or types.

    """
    path = folder / SETTINGS_NAME
    try:
        data = read_inside(path, _MAX_BYTES, repository_root(path)) if path.is_file() else None
    except OSError:
        return Settings()
    return parse_settings(data)


def parse_settings(data: bytes | None) -> Settings:
    """Settings in the bytes of a ``pyproject.toml``; defaults for none.

    Raises:
        UsageError: the section has other keys or types.

    """
    if data is None:
        return Settings()
    try:
        tools = tomllib.loads(data.decode("utf-8")).get("tool", {})
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return Settings()  # another tool's file: its own errors are that tool's to report
    own = tools.get("provenance", {}) if isinstance(tools, dict) else {}
    section = own.get("check", {}) if isinstance(own, dict) else {}
    if not isinstance(section, dict) or set(section) - set(_KEYS):
        known = ", ".join(f"`{key}`" for key in _KEYS)
        raise UsageError(f"pyproject.toml: tool.provenance.check knows {known} only")
    try:
        return msgspec.convert(section, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"pyproject.toml: tool.provenance.check: {error}") from None
