"""A fault of this program on one subject: said as the subject's status, never the end of a run."""

from __future__ import annotations

from provenance.errors import SourceError
from provenance.frozen import frozen
from provenance.hub.interface import Absent, CardSource, Repository
from provenance.hub.wrapped import WrappedSource
from provenance.refs import RepoRef

FAULT = "a fault of this program kept it from being read"


@frozen
class SubjectFailure:
    """What this program failed with on one subject, in place of what it was to make of it."""

    kind: str
    """Name of the error's type; its words may hold a card's and are not repeated."""

    @classmethod
    def of(cls, error: Exception) -> SubjectFailure:
        """What a subject's audit ended with."""
        return cls(type(error).__name__)

    @property
    def words(self) -> str:
        """What to say of a card that this program failed on."""
        return (
            f"{FAULT} ({self.kind}): please report it at the project's issue tracker, "
            "with the card's address"
        )


class FailingSource(WrappedSource):
    """Answers every question with one failure: nothing is learnt of what is asked for."""

    def __init__(self, source: CardSource, detail: str) -> None:
        super().__init__(source)
        self._detail = detail

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        raise SourceError(self._detail)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`."""
        raise SourceError(self._detail)

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`."""
        raise SourceError(self._detail)
