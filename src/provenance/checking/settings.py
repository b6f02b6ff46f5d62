"""Settings of the gate in ``pyproject.toml``: ``[tool.provenance.check]``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import msgspec

from provenance.checking.references.files import DEFAULT_EXCLUDES
from provenance.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a repository sets for itself."""

    exclude: tuple[str, ...] = DEFAULT_EXCLUDES
    """Replaces the default list of paths left out."""
    rules: str | None = None
    """File with further rules for libraries."""


def read_settings(folder: Path) -> Settings:
    """Settings of the repository at ``folder``; defaults where it has none.

    Raises:
        UsageError: the section has other keys or types.

    """
    path = folder / "pyproject.toml"
    if not path.is_file():
        return Settings()
    try:
        tools = tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()  # another tool's file: its own errors are that tool's to report
    own = tools.get("provenance", {}) if isinstance(tools, dict) else {}
    section = own.get("check", {}) if isinstance(own, dict) else {}
    if not isinstance(section, dict) or set(section) - {"exclude", "rules"}:
        raise UsageError("pyproject.toml: tool.provenance.check knows `exclude` and `rules` only")
    try:
        return msgspec.convert(section, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"pyproject.toml: tool.provenance.check: {error}") from None
