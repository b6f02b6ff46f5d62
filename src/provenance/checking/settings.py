"""Settings of the gate in ``pyproject.toml``: ``[tool.provenance.check]``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from provenance.checking.references.files import DEFAULT_EXCLUDES
from provenance.confine import repository_root
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.pyproject import NAME, own_section, read_own
from provenance.report.checked import Loosened

SETTINGS_NAME = NAME


@frozen
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
        UsageError: the section has other keys or types, or the file cannot be read.

    """
    return _settings(read_own(folder, repository_root(folder / SETTINGS_NAME)))


def parse_settings(data: bytes | None) -> Settings:
    """Settings in the bytes of a ``pyproject.toml``; defaults for none.

    Raises:
        UsageError: the section has other keys or types, or cannot be read.

    """
    return _settings(None if data is None else own_section(data))


def _settings(table: Mapping[str, object] | None) -> Settings:
    section = {} if table is None else table.get("check", {})
    if not isinstance(section, dict) or set(section) - set(_KEYS):
        known = ", ".join(f"`{key}`" for key in _KEYS)
        raise UsageError(f"pyproject.toml: tool.provenance.check knows {known} only")
    try:
        return msgspec.convert(section, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"pyproject.toml: tool.provenance.check: {error}") from None
