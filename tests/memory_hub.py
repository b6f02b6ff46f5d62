"""A source of cards held in memory: the interface, implemented over a dictionary."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from provenance.errors import SourceError
from provenance.hub.interface import Absence, Absent, Repository
from provenance.refs import RepoRef


class MemoryHub:
    """Cards by path (``datasets/org/name``); files by path and name.

    ``absent`` and ``failing`` name repositories that answer so; ``renamed`` maps a path to the
    canonical id that it is answered under.
    """

    digest = None
    listing_is_free = False

    def __init__(
        self,
        cards: Mapping[str, str],
        *,
        files: Mapping[str, Mapping[str, str]] | None = None,
        absent: Mapping[str, Absence] | None = None,
        failing: frozenset[str] = frozenset(),
        renamed: Mapping[str, str] | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> None:
        self._cards = cards
        self._files = files or {}
        self._absent = absent or {}
        self._failing = failing
        self._renamed = renamed or {}
        self._sizes = sizes or {}
        self.name = "memory"
        self.date: datetime.date | None = datetime.date(2026, 1, 1)
        self.requests = 0
        self.cached = 0
        self.asked: list[str] = []

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        self.asked.append(ref.path)
        if ref.path in self._failing:
            raise SourceError(f"{ref.path} did not answer")
        if ref.path in self._absent:
            return Absent(ref, self._absent[ref.path], "said so")
        repo_id = self._renamed.get(ref.path, ref.id)
        path = f"{ref.kind.folder}/{repo_id}"
        if path not in self._cards:
            return Absent(ref, Absence.NOT_FOUND, "not there")
        return Repository(ref, repo_id, "abc", self._cards[path].encode())

    def describe(self, repository: Repository) -> Repository:
        files = tuple(sorted(self._files.get(repository.path, {})))
        return replace(repository, files=files, bytes=self._sizes.get(repository.path))

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        text = self._files.get(repository.path, {}).get(path)
        return None if text is None else text.encode()
