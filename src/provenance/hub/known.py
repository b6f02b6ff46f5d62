"""What was read before and is on this disk: in this program's cache, or in the library's own."""

from __future__ import annotations

import threading
from pathlib import Path

from huggingface_hub import constants, try_to_load_from_cache

from provenance.hub.answered import Kept, library_file
from provenance.hub.answers import COMMIT
from provenance.hub.cache import CachedFile, FileCache, PinnedCommit
from provenance.hub.info import RepoInfo
from provenance.hub.interface import Repository
from provenance.hub.snapshot import CARD
from provenance.refs import RepoKind, RepoRef

_INFO_AGE_S = 24 * 60 * 60
"""How long the API's answer on a commit is used where the user names none: its files stay what
they are, its gate and size may change."""


class KnownAnswers:
    """What of one endpoint needs no request. Safe to call from several threads."""

    def __init__(self, cache: FileCache, endpoint: str) -> None:
        self._cache = cache
        self._endpoint = endpoint
        self._given = 0
        self._lock = threading.Lock()

    @property
    def given(self) -> int:
        """Answers given so far."""
        return self._given

    def card(self, ref: RepoRef, revision: str) -> Repository | None:
        """A repository's card as it was at the revision when that was last seen."""
        pinned = self._cache.pinned(ref.kind, ref.id, revision)
        if pinned is not None:
            card = self.file(ref.kind, pinned, CARD)
            if card is not None:
                return Repository(ref, pinned.id, pinned.sha, card.data)
        path = self._library_path(ref.kind, ref.id, revision, CARD)
        data = None if path is None else library_file(path)
        if path is None or data is None or COMMIT.fullmatch(path.parent.name) is None:
            return None
        self.count()
        return Repository(ref, ref.id, path.parent.name, data)

    def file(self, kind: RepoKind, pinned: PinnedCommit, path: str) -> CachedFile | None:
        """A file at a commit, or that it has none."""
        known = self._cache.file(kind, pinned, path)
        if known is None:
            kept = self._library_path(kind, pinned.id, pinned.sha, path)
            data = None if kept is None else library_file(kept)
            known = None if data is None else CachedFile(data)
        if known is not None:
            self.count()
        return known

    def info(self, kind: RepoKind, pinned: PinnedCommit, *, of_any_age: bool) -> RepoInfo | None:
        """The API's answer on a commit."""
        if of_any_age:
            known = self._cache.info(kind, pinned)
        else:
            known = self._cache.info(kind, pinned, _INFO_AGE_S)
        if known is not None:
            self.count()
        return known

    def last_card(self, kind: RepoKind, repo_id: str, revision: str) -> Kept | None:
        """The card that was read of a revision last, to ask whether it is still that."""
        pinned = self._cache.pinned(kind, repo_id, revision)
        card = None if pinned is None else self._cache.file(kind, pinned, CARD)
        if pinned is None or card is None or card.data is None:
            return None
        return Kept(pinned, card.data)

    def count(self) -> None:
        """Count an answer that was given."""
        with self._lock:
            self._given += 1

    def _library_path(self, kind: RepoKind, repo_id: str, revision: str, path: str) -> Path | None:
        """The file in ``huggingface_hub``'s own cache, which is of the library's endpoint only."""
        if self._endpoint != constants.ENDPOINT.rstrip("/"):
            return None
        cached = try_to_load_from_cache(repo_id, path, revision=revision, repo_type=kind.value)
        return Path(cached) if isinstance(cached, str) else None
