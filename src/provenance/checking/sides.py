"""Rules of the game on both sides of a change, and paths of its repository."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from provenance.checking.loosened import Allowance
from provenance.checking.references.files import CheckedFolder
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen
from provenance.policy import Policy
from provenance.report.checked import Loosening


@frozen
class Sides:
    """Rules of the game: those of the base, and those of the change where the base allows it."""

    old_rules: Rules
    old_policy: Policy
    old_excludes: tuple[str, ...]
    rules: Rules
    policy: Policy
    excludes: tuple[str, ...]
    before_rules: Rules
    """What the base is searched by: the change's own where they only find more."""
    before_excludes: tuple[str, ...]
    allow: Allowance
    items: tuple[Loosening, ...]
    policy_changed: bool


def top_of(repository: CheckedFolder) -> Path:
    """The top of the git repository that the folder is in."""
    depth = len(PurePosixPath(repository.prefix).parts)
    root = Path(os.path.abspath(repository.root))  # noqa: PTH100  links are not followed
    return root.parents[depth - 1] if depth else root


def inside_of(repository: CheckedFolder, path: Path) -> str | None:
    """The path from the top of the repository, by its words: a link of the change leads nowhere."""
    plain = os.path.relpath(Path(os.path.abspath(path)), top_of(repository))  # noqa: PTH100
    return None if plain.startswith("..") else PurePosixPath(*Path(plain).parts).as_posix()
