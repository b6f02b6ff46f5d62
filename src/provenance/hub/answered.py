"""A file as a Hub gave it: the last answer, and what the redirects on the way to it said."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

from provenance.errors import SourceError
from provenance.frozen import frozen
from provenance.hub.answers import REDIRECTS, Answer
from provenance.hub.body import BrokenError, Stated, hashes, proven
from provenance.hub.cache import PinnedCommit, read_bounded
from provenance.hub.info import RepoInfo
from provenance.hub.interface import Repository
from provenance.hub.snapshot import MAX_FILE_BYTES

_HASH_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@frozen
class Kept:
    """A card that was read before, and of what it was."""

    pinned: PinnedCommit
    card: bytes

    @property
    def etag(self) -> str:
        """The entity tag that a Hub gives the file: its hash in git."""
        return hashes(self.card)[0]

    def is_same(self, answer: Answer, repo_id: str, commit: str | None) -> bool:
        """Whether an answer says that the file is as it was: by its tag, or by its commit."""
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return commit is not None
        return answer.status in REDIRECTS and (repo_id, commit) == (
            self.pinned.id,
            self.pinned.sha,
        )


@frozen
class AnsweredFile:
    """The last answer for a file, with what the redirects on the way to it said."""

    answer: Answer
    id: str
    commit: str | None
    stated: Stated
    kept: bytes | None = None
    """The file as it was read before, where the answer says that it is still that."""

    def proven(self) -> bool:
        """Whether the body is certainly the file's, so that it may be kept.

        Raises:
            SourceError: it is certainly not, or nothing tells.

        """
        answer = self.answer
        try:
            return proven(answer.body, answer.headers, self.stated, framed=answer.framed)
        except BrokenError as error:
            raise SourceError(
                f"{answer.url} answered 200 but not with the file: {error}: "
                "try again, and check HF_ENDPOINT and any proxy in between"
            ) from error

    def check_commit(self, wanted: str) -> None:
        """Refuse a file of another commit than the one asked for.

        Raises:
            SourceError: the Hub says that it is of another.

        """
        if self.commit not in {None, wanted}:
            raise SourceError(f"{self.answer.url} answered with commit {self.commit}, not {wanted}")


def check_same(url: str, repository: Repository, info: RepoInfo) -> None:
    """Refuse what the API says of another repository or commit.

    Raises:
        SourceError: it does.

    """
    if info.id is not None and info.id.casefold() != repository.id.casefold():
        raise SourceError(f"{url} answered for another repository, {info.id[:96]!r}")
    if info.sha is not None and repository.revision not in {None, info.sha}:
        raise SourceError(f"{url} answered for another commit, {info.sha[:40]!r}")


def library_file(path: Path) -> bytes | None:
    """A file of the library's cache, where blobs are named by their hash: ``None`` if it is not."""
    data = read_bounded(path, MAX_FILE_BYTES)
    name = path.resolve().name
    if data is None or (_HASH_NAME.fullmatch(name) and name not in hashes(data)):
        return None
    return data
