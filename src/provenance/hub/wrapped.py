"""A source that stands before another one: what most of them say is what that one says."""

from __future__ import annotations

import datetime

from provenance.hub.digest_facts import DigestData
from provenance.hub.interface import Absent, CardSource, Repository
from provenance.refs import RepoRef


class WrappedSource:
    """A :class:`provenance.hub.interface.CardSource` that hands every question on to ``inner``.

    What derives from it says only what it does otherwise.
    """

    def __init__(self, inner: CardSource) -> None:
        self.inner = inner

    @property
    def name(self) -> str:
        """The inner source's."""
        return self.inner.name

    @property
    def date(self) -> datetime.date | None:
        """The inner source's."""
        return self.inner.date

    @property
    def requests(self) -> int:
        """The inner source's."""
        return self.inner.requests

    @property
    def cached(self) -> int:
        """The inner source's."""
        return self.inner.cached

    @property
    def digest(self) -> DigestData | None:
        """The inner source's."""
        return self.inner.digest

    @property
    def listing_is_free(self) -> bool:
        """The inner source's."""
        return self.inner.listing_is_free

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        return self.inner.fetch(ref)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`."""
        return self.inner.describe(repository)

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`."""
        return self.inner.read_file(repository, path)
