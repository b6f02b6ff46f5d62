"""A digest as a source: sourced facts on repositories, and nothing of their publishers' cards.

Layout: ``facts.json`` (:class:`~provenance.hub.digest_facts.DigestData`) beside the manifest
``snapshot.json``. A snapshot that holds ``facts.json`` is a digest.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec

from provenance.errors import UsageError
from provenance.hub.digest_facts import DigestData
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.manifest import SCHEMA, Manifest
from provenance.refs import RepoKind, RepoRef, is_repo_id

FACTS = "facts.json"


def read_digest(data: bytes, where: str) -> DigestData:
    """Read ``facts.json``; ``where`` names it in errors.

    Raises:
        UsageError: not JSON, of another schema, or a field cannot be used.

    """
    try:
        digest = msgspec.json.decode(data, type=DigestData)
    except msgspec.DecodeError as error:
        raise UsageError(f"{where}: {error}") from error
    if digest.schema != SCHEMA:
        raise UsageError(f"{where}: schema {digest.schema!r} is not known, only {SCHEMA!r}")
    return digest


class Digest:
    """A :class:`provenance.hub.interface.CardSource` that has facts in place of cards.

    What it holds no fact on is absent for that reason: it may well exist.
    """

    listing_is_free = True

    def __init__(self, data: DigestData, manifest: Manifest, name: str) -> None:
        self._data = data
        self._manifest = manifest
        self._name = name

    @property
    def name(self) -> str:
        """The manifest's name, else the folder's or zip's."""
        return self._name

    @property
    def date(self) -> datetime.date | None:
        """The day that the facts were digested on."""
        return self._manifest.date

    @property
    def digest(self) -> DigestData:
        """The facts in place of cards."""
        return self._data

    @property
    def requests(self) -> int:
        """Always 0: nothing is sent."""
        return 0

    @property
    def cached(self) -> int:
        """Always 0: there is no card to be given."""
        return 0

    def ids(self, kind: RepoKind) -> Iterator[str]:
        """Ids of the repositories that there are facts on, sorted."""
        start = f"{kind.folder}/"
        yield from sorted(p[len(start) :] for p in self._data.repositories if p.startswith(start))

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        if not is_repo_id(ref.id):
            return Absent(ref, Absence.NOT_FOUND, f"{ref.id[:96]!r} cannot be a Hub id")
        recorded = self._manifest.absent.get(str(ref))
        if recorded is not None:
            return Absent(ref, Absence(recorded.why), recorded.detail)
        if ref.revision not in {None, "main"}:
            detail = f"the facts of the digest {self._name} are of no one revision"
            return Absent(ref, Absence.NOT_IN_DIGEST, detail)
        path = self._manifest.renamed.get(ref.path, ref.path)
        facts = self._data.repositories.get(path)
        if facts is None:
            detail = f"the digest {self._name} holds no fact on it"
            return Absent(ref, Absence.NOT_IN_DIGEST, detail)
        return Repository(ref, path.partition("/")[2], None, None, facts=facts)

    def describe(self, repository: Repository) -> Repository:
        """The same: a digest knows of no file."""
        return repository

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """Always ``None``: a digest holds no file."""
        return None
