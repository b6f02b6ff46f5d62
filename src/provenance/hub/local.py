"""Local folders in place of Hub repositories: a card that is not published yet is audited too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from provenance.hub.interface import Absence, Absent, CardSource, Repository
from provenance.hub.snapshot import CARD, MAX_FILE_BYTES
from provenance.hub.tree import FolderTree, walk
from provenance.hub.wrapped import WrappedSource
from provenance.refs import RepoRef

_NOT_DATA = frozenset({".git", ".cache", ".venv", "node_modules", "__pycache__"})


class WithFolders(WrappedSource):
    """Answers some references from local folders, all others from ``inner``.

    A folder has no revision.
    """

    def __init__(self, inner: CardSource, folders: Mapping[RepoRef, Path]) -> None:
        super().__init__(inner)
        self._trees = {ref: FolderTree(path) for ref, path in folders.items()}

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        tree = self._trees.get(ref)
        if tree is None:
            return super().fetch(ref)
        readme = tree.read(CARD, MAX_FILE_BYTES)
        if readme is None:
            return Absent(ref, Absence.NOT_FOUND, f"the folder holds no {CARD}")
        return Repository(ref, ref.id, None, readme, local=True)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`."""
        tree = self._trees.get(repository.ref)
        if tree is None:
            return super().describe(repository)
        return replace(repository, files=tuple(sorted(walk(tree, "", skip=_NOT_DATA))))

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`."""
        tree = self._trees.get(repository.ref)
        if tree is None:
            return super().read_file(repository, path)
        return tree.read(path, MAX_FILE_BYTES)
