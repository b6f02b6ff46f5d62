"""The live Hub as a source of cards, through ``huggingface_hub``'s own HTTP client.

One GET of ``README.md`` gives a card, its commit (``X-Repo-Commit``) and, after redirects, the
repository's canonical id. The library's client is used rather than its API methods, which send no
time limit and never retry; ``get_session`` keeps its hook (offline mode), its proxies and whatever
client factory the user has set. The token goes to the endpoint's own origin only.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import httpx2
import msgspec
from huggingface_hub import (
    constants,
    get_token,
    is_offline_mode,
    try_to_load_from_cache,
)

from provenance.errors import SourceError, UsageError
from provenance.hub.answered import AnsweredFile, Kept, check_same, library_file
from provenance.hub.answers import (
    COMMIT,
    REDIRECTS,
    Answer,
    absence_of,
    address_of,
    is_missing_file,
    origin_of,
)
from provenance.hub.body import Stated
from provenance.hub.cache import CachedFile, FileCache, PinnedCommit, cache_folder
from provenance.hub.certificates import trust_environment
from provenance.hub.client import Client
from provenance.hub.hosts import check_elsewhere
from provenance.hub.info import RepoInfo, is_json, parse_info
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.pace import RequestLimits
from provenance.hub.snapshot import CARD, DEFUNCT, MAX_FILE_BYTES, MAX_INFO_BYTES
from provenance.hub.tree import is_safe_path
from provenance.refs import RepoKind, RepoRef, is_repo_id
from provenance.report.evidence import HUB_CROISSANT

_MAX_HOPS = 5
_INFO_AGE_S = 24 * 60 * 60
"""How long the API's answer on a commit is used where the user names none: its files stay what
they are, its gate and size may change."""
_FILES, _API = "files", "api"
_NO_CROISSANT = frozenset({400, 404, 501})
"""Answers of the Hub that makes no description of a dataset, or has not made it yet."""
_EXPAND = {
    RepoKind.MODEL: ("gated", "sha", "siblings"),
    RepoKind.DATASET: ("gated", "mainSize", "sha", "siblings"),
}


class LiveHub:
    """A Hub reached over HTTP. See :class:`provenance.hub.interface.CardSource`.

    ``endpoint``, ``token``, ``cache`` and ``offline`` default to what ``huggingface_hub`` uses
    (``HF_ENDPOINT``, ``HF_TOKEN`` or its stored login, ``HF_HOME``, ``HF_HUB_OFFLINE``).
    ``croissant``: answer :data:`HUB_CROISSANT` too, for one request more a dataset.

    Raises:
        UsageError: the endpoint is no http or https address, the token is no token, or the
            certificates that the environment names cannot be used.

    """

    digest = None
    listing_is_free = False

    def __init__(
        self,
        endpoint: str | None = None,
        token: str | None = None,
        *,
        limits: RequestLimits | None = None,
        cache: Path | None = None,
        offline: bool | None = None,
        croissant: bool = False,
    ) -> None:
        self._endpoint = (endpoint or constants.ENDPOINT).rstrip("/")
        try:
            self._origin = origin_of(self._endpoint)
            parts = urlsplit(self._endpoint)
        except ValueError as error:
            raise UsageError(f"HF_ENDPOINT: {error}") from error
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UsageError("HF_ENDPOINT must be a plain address: no user, query or fragment")
        trust_environment()
        self._base = parts.path
        if token is None and not constants.HF_HUB_DISABLE_IMPLICIT_TOKEN:
            token = get_token()
        if token and not (token.isascii() and token.isprintable()):
            raise UsageError("HF_TOKEN holds characters that no token has")
        authorization = f"Bearer {token}" if token else None
        self._croissant = croissant
        self._client = Client(self._origin, authorization, limits or RequestLimits())
        self._offline = is_offline_mode() if offline is None else offline
        home = cache or Path(constants.HF_HOME)
        self._cache = FileCache(cache_folder(home, self._endpoint), MAX_INFO_BYTES)
        self._cached = _Counter()

    @property
    def name(self) -> str:
        """The endpoint's URL."""
        return self._endpoint

    @property
    def date(self) -> str | None:
        """``None``: the Hub is as it is now."""
        return None

    @property
    def requests(self) -> int:
        """HTTP requests sent so far, redirects and repeated attempts included."""
        return self._client.sent

    @property
    def cached(self) -> int:
        """Answers given from the local cache so far."""
        return self._cached.value

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`. One GET, and one for each redirect."""
        if not is_repo_id(ref.id):
            return Absent(ref, Absence.NOT_FOUND, f"{ref.id[:96]!r} cannot be a Hub id")
        revision = ref.revision or "main"
        if not is_safe_path(revision):
            return Absent(ref, Absence.REVISION_NOT_FOUND, f"{revision[:96]!r} cannot be one")
        if self._offline or COMMIT.fullmatch(revision):
            known = self._known(ref, revision)
            if known is not None:
                return known
        self._refuse_offline(str(ref))
        return self._fetch(ref, revision)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`. One GET; fills in ``gated`` too."""
        pinned = _pin(repository)
        pinned_by_user = repository.ref.revision == repository.revision
        known: RepoInfo | None = None
        if pinned is not None and (self._offline or pinned_by_user):
            known = self._cache.info(repository.ref.kind, pinned)
        elif pinned is not None:
            known = self._cache.info(repository.ref.kind, pinned, _INFO_AGE_S)
        if known is not None:
            self._cached.add()
            return _with_info(repository, known)
        if self._offline:
            return repository
        info, data = self._info(repository)
        if pinned is not None and info.sha is not None:
            self._cache.keep_info(repository.ref.kind, pinned, data)
        return _with_info(repository, info)

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`. One GET, none if it is no file there.

        A file kept on another host (large files are) is read from there, without the token, when
        ``describe`` has shown that the repository has it.
        """
        if path == HUB_CROISSANT:
            return self._described(repository)
        declared = repository.files is not None and path in repository.files
        if not is_safe_path(path) or (repository.files is not None and not declared):
            return None
        kind, pinned = repository.ref.kind, _pin(repository)
        if pinned is not None:
            known = self._known_file(kind, pinned, path)
            if known is not None:
                return known.data
        where = f"{repository.path}/{path}"
        self._refuse_offline(where)
        file = self._resolve(
            kind, repository.id, repository.revision or "main", path, elsewhere=declared
        )
        answer = file.answer
        certain = True
        if answer.status == httpx2.codes.OK:
            certain = file.proven()
            data: bytes | None = answer.body
        elif is_missing_file(answer):
            data = None
        else:
            why, detail = absence_of(answer, authorized=self._client.authorized)
            raise SourceError(f"{where} cannot be read any more: {why.value}: {detail}")
        if pinned is not None:
            file.check_commit(pinned.sha)
        if pinned is not None and certain:
            self._cache.keep(kind, pinned, path, data)
        return data

    def _described(self, repository: Repository) -> bytes | None:
        """The Croissant description that the Hub makes; ``None`` when it makes none."""
        kind, pinned = repository.ref.kind, _pin(repository)
        if not self._croissant or kind is not RepoKind.DATASET:
            return None
        known = None if pinned is None else self._known_file(kind, pinned, HUB_CROISSANT)
        if known is not None:
            return known.data
        answer = self.ask(f"{self._endpoint}/api/{repository.path}/croissant")
        if answer.status not in {httpx2.codes.OK, *_NO_CROISSANT}:
            raise SourceError(f"{answer.url}: answered {answer.message}")
        data = answer.body if answer.status == httpx2.codes.OK else None
        if pinned is not None and data is not None and is_json(data):
            self._cache.keep(kind, pinned, HUB_CROISSANT, data)
        return data

    def settle(self) -> None:
        """Write what was read to the cache now, and not when this source is done with."""
        self._cache.flush()

    def ask(self, url: str) -> Answer:
        """GET an address of this Hub's API, whatever the answer's status.

        Raises:
            SourceError: there is no answer, or none may be asked for (offline).

        """
        self._refuse_offline(url)
        return self._client.get(url, _API, MAX_INFO_BYTES)

    def _fetch(self, ref: RepoRef, revision: str) -> Repository | Absent:
        known = self._kept(ref.kind, ref.id, revision)
        file = self._resolve(ref.kind, ref.id, revision, CARD, known=known)
        answer = file.answer
        certain = True
        if file.kept is not None:
            self._cached.add()
            readme: bytes | None = file.kept
        elif answer.status == httpx2.codes.OK:
            certain = file.proven()
            readme = answer.body
        elif is_missing_file(answer):
            readme = None
        else:
            why, detail = absence_of(answer, authorized=self._client.authorized)
            return Absent(ref, why, detail)
        if file.id.startswith(DEFUNCT):
            return Absent(ref, Absence.WITHDRAWN, f"the Hub moved it to {file.id}")
        if COMMIT.fullmatch(revision):
            file.check_commit(revision)
        if file.commit is not None and certain:
            pinned = PinnedCommit(file.id, file.commit)
            self._cache.remember(ref.kind, ref.id, revision, pinned)
            if file.id != ref.id:
                self._cache.remember(ref.kind, file.id, revision, pinned)
            self._cache.keep(ref.kind, pinned, CARD, readme)
        return Repository(ref, file.id, file.commit, readme)

    def _info(self, repository: Repository) -> tuple[RepoInfo, bytes]:
        kind = repository.ref.kind
        revision = quote(repository.revision or "main", safe="")
        expand = "&".join(f"expand={name}" for name in _EXPAND[kind])
        url = f"{self._endpoint}/api/{repository.path}/revision/{revision}?{expand}"
        answer = self._client.get(url, _API, MAX_INFO_BYTES)
        if answer.status in REDIRECTS:
            raise SourceError(f"{url} redirects, which the Hub's API does not do for a known id")
        if answer.status != httpx2.codes.OK:
            why, detail = absence_of(answer, authorized=self._client.authorized)
            raise SourceError(f"{repository.path} cannot be read any more: {why.value}: {detail}")
        try:
            info = parse_info(answer.body)
        except msgspec.DecodeError as error:
            raise SourceError(
                f"{url} answered 200 but not as the Hub's API does ({error}): "
                "check HF_ENDPOINT and any proxy in between"
            ) from error
        check_same(url, repository, info)
        return info, answer.body

    def _kept(self, kind: RepoKind, repo_id: str, revision: str) -> Kept | None:
        """The card that was read of a revision last, to ask whether it is still that."""
        pinned = self._cache.pinned(kind, repo_id, revision)
        card = None if pinned is None else self._cache.file(kind, pinned, CARD)
        if pinned is None or card is None or card.data is None:
            return None
        return Kept(pinned, card.data)

    def _resolve(
        self,
        kind: RepoKind,
        repo_id: str,
        revision: str,
        path: str,
        *,
        elsewhere: bool = False,
        known: Kept | None = None,
    ) -> AnsweredFile:
        """GET a file, following redirects on the endpoint's origin, and off it if ``elsewhere``.

        ``known``: what the file was when it was last read; where the Hub says that it still is, or
        that the commit is the same, it is not read again.
        """
        start = url = self._file_url(kind, repo_id, revision, path)
        commit: str | None = None
        stated = Stated()
        for _ in range(_MAX_HOPS):
            own = origin_of(url) == self._origin
            etag = known.etag if known is not None and own else None
            answer = self._client.get(url, _FILES, MAX_FILE_BYTES, etag=etag)
            if own:
                commit = commit or _commit_in(answer)
            if known is not None and etag is not None and known.is_same(answer, repo_id, commit):
                return AnsweredFile(answer, repo_id, commit, stated, known.card)
            if answer.status == httpx2.codes.NOT_MODIFIED and known is not None:  # of no commit
                return self._resolve(kind, repo_id, revision, path, elsewhere=elsewhere)
            if own:
                stated = stated.updated(answer.headers, final=answer.status == httpx2.codes.OK)
            if answer.status == httpx2.codes.OK and commit is None:
                return self._pinned(kind, repo_id, revision, path)
            if answer.status not in REDIRECTS:
                return AnsweredFile(answer, repo_id, commit, stated)
            url = self._target(answer, elsewhere=elsewhere)
            if origin_of(url) != self._origin:
                continue
            place = address_of(urlsplit(url).path.removeprefix(self._base))
            if place is None or place.kind is not kind:
                raise SourceError(f"{start} redirects to {url}, which is no file of a Hub")
            repo_id, commit = place.id, commit or place.commit
        raise SourceError(f"{start} redirects more than {_MAX_HOPS} times")

    def _pinned(self, kind: RepoKind, repo_id: str, revision: str, path: str) -> AnsweredFile:
        """GET a file from a server that names the commit in answers to HEAD only, as mirrors do."""
        url = self._file_url(kind, repo_id, revision, path)
        head = self._client.get(url, _FILES, MAX_FILE_BYTES, "HEAD")
        commit = _commit_in(head)
        if commit is None:
            raise SourceError(
                f"{url} answered 200 without X-Repo-Commit, as no Hub does (a login page, a "
                "proxy?): check HF_ENDPOINT and the network"
            )
        pinned = self._file_url(kind, repo_id, commit, path)
        answer = self._client.get(pinned, _FILES, MAX_FILE_BYTES)
        stated = Stated().updated(head.headers, final=True).updated(answer.headers, final=True)
        return AnsweredFile(answer, repo_id, commit, stated)

    def _file_url(self, kind: RepoKind, repo_id: str, revision: str, path: str) -> str:
        prefix = "datasets/" if kind is RepoKind.DATASET else ""
        at = quote(revision, safe="")
        return f"{self._endpoint}/{prefix}{repo_id}/resolve/{at}/{quote(path)}"

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

    def _refuse_offline(self, what: str) -> None:
        if self._offline:
            raise SourceError(
                f"offline: {what} is not in the local cache (HF_HUB_OFFLINE is set); "
                "unset it, or use --snapshot"
            )

    def _known(self, ref: RepoRef, revision: str) -> Repository | None:
        pinned = self._cache.pinned(ref.kind, ref.id, revision)
        if pinned is not None:
            card = self._known_file(ref.kind, pinned, CARD)
            if card is not None:
                return Repository(ref, pinned.id, pinned.sha, card.data)
        path = self._library_path(ref.kind, ref.id, revision, CARD)
        data = None if path is None else library_file(path, MAX_FILE_BYTES)
        if path is None or data is None or COMMIT.fullmatch(path.parent.name) is None:
            return None
        self._cached.add()
        return Repository(ref, ref.id, path.parent.name, data)

    def _known_file(self, kind: RepoKind, pinned: PinnedCommit, path: str) -> CachedFile | None:
        known = self._cache.file(kind, pinned, path)
        if known is None:
            kept = self._library_path(kind, pinned.id, pinned.sha, path)
            data = None if kept is None else library_file(kept, MAX_FILE_BYTES)
            known = None if data is None else CachedFile(data)
        if known is not None:
            self._cached.add()
        return known

    def _library_path(self, kind: RepoKind, repo_id: str, revision: str, path: str) -> Path | None:
        """The file in ``huggingface_hub``'s own cache, which is of the library's endpoint only."""
        if self._endpoint != constants.ENDPOINT.rstrip("/"):
            return None
        found = try_to_load_from_cache(repo_id, path, revision=revision, repo_type=kind.value)
        return Path(found) if isinstance(found, str) else None


class _Counter:
    """A number several threads add to."""

    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()

    def add(self) -> None:
        with self._lock:
            self.value += 1


def _commit_in(answer: Answer) -> str | None:
    header = answer.headers.get("x-repo-commit", "")
    return header if COMMIT.fullmatch(header) else None


def _pin(repository: Repository) -> PinnedCommit | None:
    sha = repository.revision
    return PinnedCommit(repository.id, sha) if sha is not None else None


def _with_info(repository: Repository, info: RepoInfo) -> Repository:
    return replace(repository, gated=info.is_gated, files=info.files, bytes=info.bytes)
