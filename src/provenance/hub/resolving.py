"""A file of a repository over HTTP: its address, the redirects to it, and the commit that it is of.

A redirect is followed on the endpoint's own origin, where it must lead to a file of a Hub; off it
only for a file that the repository is known to have (large files are kept elsewhere).
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit

import httpx2

from provenance.errors import SourceError
from provenance.frozen import frozen
from provenance.hub.answered import AnsweredFile, Kept
from provenance.hub.answers import COMMIT, REDIRECTS, Answer, address_of, origin_of
from provenance.hub.body import Stated
from provenance.hub.client import Client
from provenance.hub.hosts import check_elsewhere
from provenance.hub.snapshot import MAX_FILE_BYTES
from provenance.refs import RepoKind

_MAX_HOPS = 5
_FILES = "files"


@frozen
class WantedFile:
    """A file of a repository at a revision."""

    kind: RepoKind
    id: str
    revision: str
    path: str

    def url(self, endpoint: str) -> str:
        """Its address on a Hub."""
        prefix = "datasets/" if self.kind is RepoKind.DATASET else ""
        revision = quote(self.revision, safe="")
        return f"{endpoint}/{prefix}{self.id}/resolve/{revision}/{quote(self.path)}"


class FileResolver:
    """Gets files of one endpoint. Safe to call from several threads."""

    def __init__(self, client: Client, endpoint: str) -> None:
        self._client = client
        self._endpoint = endpoint
        self._origin = origin_of(endpoint)
        self._base = urlsplit(endpoint).path

    def get(
        self, file: WantedFile, *, elsewhere: bool = False, known: Kept | None = None
    ) -> AnsweredFile:
        """GET a file, following redirects on the endpoint's origin, and off it if ``elsewhere``.

        ``known``: what the file was when it was last read; where the Hub says that it still is, or
        that the commit is the same, it is not read again.

        Raises:
            SourceError: there is no answer, or none that a Hub gives.

        """
        start = url = file.url(self._endpoint)
        repo_id = file.id
        commit: str | None = None
        stated = Stated()
        for _ in range(_MAX_HOPS):
            at_home = origin_of(url) == self._origin
            etag = known.etag if known is not None and at_home else None
            answer = self._client.get(url, _FILES, MAX_FILE_BYTES, etag=etag)
            if at_home:
                commit = commit or _commit_in(answer)
            if known is not None and etag is not None and known.is_same(answer, repo_id, commit):
                return AnsweredFile(answer, repo_id, commit, stated, known.card)
            if answer.status == httpx2.codes.NOT_MODIFIED and known is not None:  # of no commit
                return self.get(replace(file, id=repo_id), elsewhere=elsewhere)
            if at_home:
                stated = stated.updated(answer.headers, final=answer.status == httpx2.codes.OK)
            if answer.status == httpx2.codes.OK and commit is None:
                return self._pinned(replace(file, id=repo_id))
            if answer.status not in REDIRECTS:
                return AnsweredFile(answer, repo_id, commit, stated)
            url = self._target(answer, elsewhere=elsewhere)
            if origin_of(url) != self._origin:
                continue
            place = address_of(urlsplit(url).path.removeprefix(self._base))
            if place is None or place.kind is not file.kind:
                raise SourceError(f"{start} redirects to {url}, which is no file of a Hub")
            repo_id, commit = place.id, commit or place.commit
        raise SourceError(f"{start} redirects more than {_MAX_HOPS} times")

    def _pinned(self, file: WantedFile) -> AnsweredFile:
        """GET a file from a server that names the commit in answers to HEAD only, as mirrors do."""
        url = file.url(self._endpoint)
        head = self._client.get(url, _FILES, MAX_FILE_BYTES, "HEAD")
        commit = _commit_in(head)
        if commit is None:
            raise SourceError(
                f"{url} answered 200 without X-Repo-Commit, as no Hub does (a login page, a "
                "proxy?): check HF_ENDPOINT and the network"
            )
        pinned = replace(file, revision=commit).url(self._endpoint)
        answer = self._client.get(pinned, _FILES, MAX_FILE_BYTES)
        stated = Stated().updated(head.headers, final=True).updated(answer.headers, final=True)
        return AnsweredFile(answer, file.id, commit, stated)

    def _target(self, answer: Answer, *, elsewhere: bool) -> str:
        """Where a redirect leads, when it may be followed."""
        try:
            url = urljoin(answer.url, answer.headers.get("location", ""))
            origin = origin_of(url)
        except ValueError as error:
            raise SourceError(f"{answer.url} redirects to no usable address") from error
        downgraded = self._origin.startswith("https:") and not origin.startswith("https:")
        if origin != self._origin and (not elsewhere or downgraded):
            raise SourceError(
                f"{answer.url} redirects to another host ({origin}): not followed; "
                "if that is the Hub, set HF_ENDPOINT to it"
            )
        check_elsewhere(url, self._endpoint)
        return url


def _commit_in(answer: Answer) -> str | None:
    header = answer.headers.get("x-repo-commit", "")
    return header if COMMIT.fullmatch(header) else None
