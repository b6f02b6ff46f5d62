"""Where cards come from, as a protocol: the live Hub, a snapshot and tests all implement it."""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Protocol

from provenance.frozen import frozen
from provenance.hub.digest_facts import DigestData, RepositoryFacts
from provenance.refs import RepoRef


class Absence(StrEnum):
    """Why a repository cannot be read, as far as a source lets one tell."""

    NOT_FOUND = "not_found"
    """Certainly not there (404, or not in a snapshot that claims to be whole)."""
    NOT_FOUND_OR_PRIVATE = "not_found_or_private"
    """The Hub answers 401 for both, so neither may be claimed."""
    GATED = "gated"
    WITHDRAWN = "withdrawn"
    """Disabled, or moved by the Hub to ``defunct-datasets``."""
    REVISION_NOT_FOUND = "revision_not_found"
    NOT_IN_SNAPSHOT = "not_in_snapshot"
    """The snapshot does not hold it; it may well exist."""
    NOT_IN_DIGEST = "not_in_digest"
    """The digest holds no fact on it; it may well exist."""


@frozen
class Absent:
    """A repository a source knows it cannot give, and why. A network failure is not one."""

    ref: RepoRef
    why: Absence
    detail: str
    """One line for people: what was asked and what was answered."""


@frozen
class Repository:
    """A repository at one revision, as a source gives it."""

    ref: RepoRef
    """As asked."""
    id: str
    """Canonical id; differs from ``ref.id`` after a rename or redirect."""
    revision: str | None
    """Commit sha, ``None`` when the source does not know it."""
    readme: bytes | None
    """The card's bytes; ``None`` when the repository has no README.md, or stands in a digest."""
    gated: bool | None = None
    """Whether the Hub asks for an agreement first; ``None`` when not asked or not known."""
    files: tuple[str, ...] | None = None
    """Names of the repository's files, sorted; ``None`` when not asked or not known."""
    bytes: int | None = None
    """Size of the repository's data on its main branch as the Hub states it, in bytes."""
    local: bool = False
    """A local folder stands for it."""
    facts: RepositoryFacts | None = None
    """What a digest holds on it, in place of its card."""

    @property
    def path(self) -> str:
        """``models/<canonical id>`` or ``datasets/<canonical id>``."""
        return f"{self.ref.kind.folder}/{self.id}"


class CardSource(Protocol):
    """A place cards are read from. Implementations are safe to call from several threads.

    Every method raises :class:`provenance.errors.SourceError` when the place could not answer
    (network, server, disk): a failure is never turned into an :class:`Absent`.
    """

    @property
    def name(self) -> str:
        """How the report names the source: the endpoint's URL or the snapshot's name."""

    @property
    def date(self) -> datetime.date | None:
        """ISO date of a snapshot's contents; ``None`` for the live Hub."""

    @property
    def requests(self) -> int:
        """HTTP requests sent so far."""

    @property
    def cached(self) -> int:
        """Answers given from a local cache so far."""

    @property
    def digest(self) -> DigestData | None:
        """The facts that the source gives in place of cards; ``None`` where it gives cards."""

    @property
    def listing_is_free(self) -> bool:
        """Whether :meth:`describe` asks nobody, so that every license file can be looked for."""

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """The repository with its card. Costs one request at most on the live Hub."""

    def describe(self, repository: Repository) -> Repository:
        """The same repository with ``files`` and ``bytes`` filled in as far as known."""

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """Bytes of one file at the repository's revision; ``None`` when it has no such file.

        ``HUB_CROISSANT`` names what the Hub itself says of a dataset, where a source has it.
        """
