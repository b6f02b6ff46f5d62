"""A source that remembers what another one answered, so that nothing is asked twice in a run."""

from __future__ import annotations

import threading

from provenance.hub.interface import Absent, CardSource, Repository
from provenance.hub.wrapped import WrappedSource
from provenance.refs import RepoRef


class MemoizedSource(WrappedSource):
    """Asks another source each question once. Safe to call from several threads.

    Of two threads that ask the same at the same time both may be answered by the source.
    """

    def __init__(self, source: CardSource) -> None:
        super().__init__(source)
        self._lock = threading.Lock()
        self._fetched: dict[RepoRef, Repository | Absent] = {}
        self._described: dict[Repository, Repository] = {}
        self._files: dict[tuple[Repository, str], bytes | None] = {}

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """As :meth:`CardSource.fetch`, once a repository."""
        with self._lock:
            known = self._fetched.get(ref)
        if known is None:
            known = self.inner.fetch(ref)
            with self._lock:
                self._fetched[ref] = known
        return known

    def describe(self, repository: Repository) -> Repository:
        """As :meth:`CardSource.describe`, once a repository."""
        with self._lock:
            known = self._described.get(repository)
        if known is None:
            known = self.inner.describe(repository)
            with self._lock:
                self._described[repository] = known
        return known

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """As :meth:`CardSource.read_file`, once a file."""
        with self._lock:
            if (repository, path) in self._files:
                return self._files[repository, path]
        data = self.inner.read_file(repository, path)
        with self._lock:
            self._files[repository, path] = data
        return data
