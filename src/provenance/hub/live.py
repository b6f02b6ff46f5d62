"""The live Hub as a source of cards, through ``huggingface_hub``'s own HTTP client.

One GET of ``README.md`` gives a card, its commit (``X-Repo-Commit``) and, after redirects, the
repository's canonical id. The library's client is used rather than its API methods, which send no
time limit and never retry; ``get_session`` keeps its hook (offline mode), its proxies and whatever
client factory the user has set. The token goes to the endpoint's own origin only.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import msgspec
from huggingface_hub import (
    constants,
    get_token,
    is_offline_mode,
)

from provenance.errors import SourceError, UsageError
from provenance.hub.answered import check_same
from provenance.hub.answers import (
    COMMIT,
    REDIRECTS,
    Answer,
    absence_of,
    is_missing_file,
    origin_of,
)
from provenance.hub.cache import FileCache, PinnedCommit, cache_folder
from provenance.hub.certificates import trust_environment
from provenance.hub.client import Client
from provenance.hub.info import RepoInfo, is_json, parse_info
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.known import KnownAnswers
from provenance.hub.pace import RequestLimits
from provenance.hub.resolving import FileResolver, WantedFile
from provenance.hub.snapshot import CARD, DEFUNCT, MAX_INFO_BYTES
from provenance.hub.tree import is_safe_path
from provenance.refs import RepoKind, RepoRef, is_repo_id
from provenance.report.evidence import HUB_CROISSANT

_API = "api"
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
            origin = origin_of(self._endpoint)
            parts = urlsplit(self._endpoint)
        except ValueError as error:
            raise UsageError(f"HF_ENDPOINT: {error}") from error
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UsageError("HF_ENDPOINT must be a plain address: no user, query or fragment")
        trust_environment()
        if token is None and not constants.HF_HUB_DISABLE_IMPLICIT_TOKEN:
            token = get_token()
        if token and not (token.isascii() and token.isprintable()):
            raise UsageError("HF_TOKEN holds characters that no token has")
        authorization = f"Bearer {token}" if token else None
        self._croissant = croissant
        self._client = Client(origin, authorization, limits or RequestLimits())
        self._offline = is_offline_mode() if offline is None else offline
        home = cache or Path(constants.HF_HOME)
        self._cache = FileCache(cache_folder(home, self._endpoint), MAX_INFO_BYTES)
        self._known = KnownAnswers(self._cache, self._endpoint)
        self._files = FileResolver(self._client, self._endpoint)

    @property
    def name(self) -> str:
        """The endpoint's URL."""
        return self._endpoint

    @property
    def date(self) -> datetime.date | None:
        """``None``: the Hub is as it is now."""
        return None

    @property
    def requests(self) -> int:
        """HTTP requests sent so far, redirects and repeated attempts included."""
        return self._client.sent

    @property
    def cached(self) -> int:
        """Answers given from the local cache so far."""
        return self._known.given

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`. One GET, and one for each redirect."""
        if not is_repo_id(ref.id):
            return Absent(ref, Absence.NOT_FOUND, f"{ref.id[:96]!r} cannot be a Hub id")
        revision = ref.revision or "main"
        if not is_safe_path(revision):
            return Absent(ref, Absence.REVISION_NOT_FOUND, f"{revision[:96]!r} cannot be one")
        if self._offline or COMMIT.fullmatch(revision):
            known = self._known.card(ref, revision)
            if known is not None:
                return known
        self._refuse_offline(str(ref))
        return self._fetch(ref, revision)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`. One GET; fills in ``gated`` too."""
        pinned = _pin(repository)
        if pinned is not None:
            lasting = self._offline or repository.ref.revision == repository.revision
            known = self._known.info(repository.ref.kind, pinned, of_any_age=lasting)
            if known is not None:
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
            known = self._known.file(kind, pinned, path)
            if known is not None:
                return known.data
        where = f"{repository.path}/{path}"
        self._refuse_offline(where)
        wanted = WantedFile(kind, repository.id, repository.revision or "main", path)
        file = self._files.get(wanted, elsewhere=declared)
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
        known = None if pinned is None else self._known.file(kind, pinned, HUB_CROISSANT)
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
        known = self._known.last_card(ref.kind, ref.id, revision)
        file = self._files.get(WantedFile(ref.kind, ref.id, revision, CARD), known=known)
        answer = file.answer
        certain = True
        if file.kept is not None:
            self._known.count()
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

    def _refuse_offline(self, what: str) -> None:
        if self._offline:
            raise SourceError(
                f"offline: {what} is not in the local cache (HF_HUB_OFFLINE is set); "
                "unset it, or use --snapshot"
            )


def _pin(repository: Repository) -> PinnedCommit | None:
    sha = repository.revision
    return PinnedCommit(repository.id, sha) if sha is not None else None


def _with_info(repository: Repository, info: RepoInfo) -> Repository:
    return replace(repository, gated=info.is_gated, files=info.files, bytes=info.bytes)
