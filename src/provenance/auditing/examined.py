"""What was learnt about one repository, a model or a dataset."""

from __future__ import annotations

from provenance.auditing.stated import Sizes, SourceDataset
from provenance.cards import Card
from provenance.discovery import Declaration
from provenance.frozen import frozen
from provenance.hub.interface import Repository
from provenance.licensing import Croissant
from provenance.refs import RepoRef
from provenance.report.license import LicenseConclusion, TagPlace
from provenance.report.training import Citation, PersonalData
from provenance.vocabulary.statuses import Status

NO_PERSONAL_DATA = PersonalData("unknown", None)
_NO_CROISSANT = Croissant()
_NO_SIZES = Sizes()


@frozen(kw_only=True)
class _ExaminedRepository:
    """What any repository has; where it was not read, ``status`` and ``detail`` say why."""

    asked: RepoRef
    id: str
    """Canonical id, or the id asked for where there is no answer."""
    revision: str | None
    status: Status
    detail: str | None
    license: LicenseConclusion
    repository: Repository | None = None
    """``None``: it was not read."""
    card: Card | None = None
    """``None``: it was not read, or facts of a digest stand for it."""
    problems: tuple[str, ...] = ()
    """What of the repository could not be read."""
    citations: tuple[Citation, ...] = ()
    """What the card, or the Croissant description beside it, gives to be cited."""

    @property
    def path(self) -> str:
        """``models/<id>`` or ``datasets/<id>``: the node's key."""
        return RepoRef(self.asked.kind, self.id).path

    @property
    def local(self) -> bool:
        """Whether a local folder stands for it."""
        return self.repository is not None and self.repository.local

    @property
    def digest(self) -> bool:
        """Whether facts of a digest stand for it, and no card was read."""
        return self.repository is not None and self.repository.facts is not None

    @property
    def gated(self) -> bool | None:
        """Whether the Hub asks for an agreement first; ``None`` when it was not said."""
        if self.status is Status.GATED:
            return True
        return self.repository.gated if self.repository is not None else None

    @property
    def found(self) -> bool:
        """Whether there was a repository to read."""
        return self.status is Status.FOUND


@frozen(kw_only=True)
class ExaminedModel(_ExaminedRepository):
    """A model, and what it declares."""

    declaration: Declaration | None = None
    """``None``: what it declares is not known."""


@frozen(kw_only=True)
class ExaminedDataset(_ExaminedRepository):
    """A dataset, and what its card and the Croissant description beside it state."""

    sources: tuple[SourceDataset, ...] = ()
    """What it says it derives from."""
    sizes: Sizes = _NO_SIZES
    personal_data: PersonalData = NO_PERSONAL_DATA
    tag_place: TagPlace | None = None
    """Where a license tag could be suggested."""
    croissant: Croissant = _NO_CROISSANT


Examined = ExaminedModel | ExaminedDataset


def declaration_of(examined: Examined) -> Declaration | None:
    """What a model declares; ``None``: that is not known, or it is a dataset, its own data."""
    return examined.declaration if isinstance(examined, ExaminedModel) else None
