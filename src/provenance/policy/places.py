"""Where a policy is: a shipped one, a file found or named, a fetched copy; and how it is read."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from provenance.confine import read_inside, repository_root
from provenance.errors import PolicyError, UsageError
from provenance.frozen import frozen
from provenance.meant import did_you_mean, nearest
from provenance.policy.document import PolicyDocument, read_document
from provenance.policy.pinned import Pinned, read_copy
from provenance.policy.presets import preset_document, preset_names, preset_text
from provenance.pyproject import read_own

FILE_NAMES = ("provenance.yaml", ".provenance.yaml", ".github/provenance.yaml")
DEFAULT = "builtin:default@1"
_PRESET_VERSION = 1
_BUILTIN = re.compile(r"builtin:([a-z0-9-]+)(?:@([0-9]+))?")
_MAX_BYTES = 1_000_000


@frozen
class PolicyAddress:
    """Where one policy file is. ``path`` is ``None`` for a shipped one."""

    shown: str
    path: Path | None
    preset: str | None
    root: Path | None = None
    """Folder that the file, and what it names, must be in; ``None``: wherever the user says."""
    pinned: Pinned | None = None
    """What a fetched policy is pinned to; ``path`` is then its copy."""

    @property
    def identity(self) -> str:
        """What is the same for one file however it is named."""
        return self.shown if self.path is None else os.path.realpath(self.path)

    @property
    def folder(self) -> Path:
        """What relative paths in it start from."""
        return Path() if self.path is None else self.path.parent

    def read(self) -> str:
        """The file's text.

        Raises:
            OSError, UnicodeDecodeError: as reading does.

        """
        if self.path is None:
            return preset_text(str(self.preset))
        if self.pinned is not None:
            data = read_copy(self.pinned)
        else:
            data = read_inside(self.path, _MAX_BYTES, self.root)
        return data.decode("utf-8-sig").replace("\r\n", "\n")

    def document(self) -> PolicyDocument:
        """The file, read; of a built-in policy what was read and checked before it shipped.

        Raises:
            OSError, UnicodeDecodeError: as reading does.

        """
        if self.preset is not None:
            return preset_document(self.preset, self.shown)
        return read_document(self.read(), self.shown)

    @property
    def shipped(self) -> bool:
        """Whether it is a built-in policy: those are checked before they are shipped."""
        return self.path is None

    @property
    def reach(self) -> Path:
        """Folder that what the file names must be in."""
        if self.root is not None or self.path is None:
            return self.root or Path()
        return repository_root(self.path)


def place_of(name_or_path: str | Path | None, start: Path) -> PolicyAddress:
    """Where the policy that a user names is, or the one that holds for a folder.

    Raises:
        PolicyError: there is none of that name.

    """
    if name_or_path is None:
        return _discover(start)
    text = str(name_or_path)
    if text.startswith("builtin:"):
        try:
            return preset_place(text, pinned=False)
        except PolicyError as error:
            raise PolicyError(f"--policy {text}: {error}") from None
    path = start / text
    if path.is_file():
        return PolicyAddress(text, path, None)
    if text in preset_names():
        return PolicyAddress(f"builtin:{text}@{_PRESET_VERSION}", None, text)
    hint = did_you_mean(map(repr, nearest(text, preset_names())))
    raise PolicyError(
        f"--policy {text}: no such file, and no built-in policy of that name{hint} "
        f"(built in: {', '.join(preset_names())})"
    )


def preset_place(text: str, *, pinned: bool) -> PolicyAddress:
    """The shipped policy that ``builtin:…`` names.

    Raises:
        PolicyError: there is none of that name and version, or none is pinned where it must be.

    """
    match = _BUILTIN.fullmatch(text)
    if match is None:
        raise PolicyError(f"{text!r} is not of the form builtin:name@version")
    name, version = match[1], match[2]
    if name not in preset_names():
        hint = did_you_mean(map(repr, nearest(name, preset_names())))
        known = ", ".join(preset_names())
        raise PolicyError(f"no built-in policy {name!r}{hint} (built in: {known})")
    if version is None and pinned:
        raise PolicyError(f"pin the version: builtin:{name}@{_PRESET_VERSION}")
    if version is not None and int(version) != _PRESET_VERSION:
        raise PolicyError(f"no version {version} of builtin:{name}; there is {_PRESET_VERSION}")
    return PolicyAddress(f"builtin:{name}@{_PRESET_VERSION}", None, name)


def _discover(start: Path) -> PolicyAddress:
    """The policy that holds for a folder: the nearest one upward, to the repository's root.

    Raises:
        PolicyError: ``pyproject.toml`` names one that is not there, or cannot be read.

    """
    folder = start.resolve()
    for here in (folder, *folder.parents):
        for name in FILE_NAMES:
            path = here / name
            if os.path.lexists(path):
                return PolicyAddress(_shown(path, folder), path, None, _root(here))
        named = _from_pyproject(here)
        if named is not None:
            place = place_of(named, here)
            return replace(place, root=_root(here))
        if (here / ".git").exists():
            break
    return PolicyAddress(DEFAULT, None, "default")


def _root(folder: Path) -> Path:
    """The repository that ``folder`` is in, or the folder itself."""
    return repository_root(folder / "x")


def _shown(path: Path, start: Path) -> str:
    """A path relative to where the search began; the same in every checkout."""
    ups = 0
    base = start
    while base not in path.parents:
        base = base.parent
        ups += 1
    return "../" * ups + path.relative_to(base).as_posix()


def _from_pyproject(folder: Path) -> str | None:
    try:
        settings = read_own(folder, _root(folder))
    except UsageError as error:
        raise PolicyError(f"{error}: it may name the policy") from None
    named = None if settings is None else settings.get("policy")
    if named is not None and not isinstance(named, str):
        raise PolicyError("pyproject.toml: tool.provenance.policy must be text")
    return named
