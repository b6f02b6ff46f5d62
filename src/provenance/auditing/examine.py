"""One repository, read and concluded: the step that the walk repeats."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from provenance.auditing import digested
from provenance.auditing.examined import Examined, ExaminedDataset, ExaminedModel
from provenance.auditing.faults import SubjectFailure
from provenance.auditing.stated import SourceDataset, sizes_of, sources_of
from provenance.cards import Card, read_card
from provenance.cards.citation import read_citations
from provenance.catalog import Catalog
from provenance.discovery import declare, discover, wanted_files
from provenance.discovery.discover import merge
from provenance.discovery.front_matter import identify
from provenance.errors import SourceError
from provenance.hub.digest_facts import RepositoryFacts
from provenance.hub.interface import Absence, Absent, CardSource, Repository
from provenance.licensing import (
    CROISSANT_NAMES,
    Croissant,
    conclude_card,
    license_files,
    read_croissant,
    read_license_file,
    tag_place,
    unresolved,
)
from provenance.policy import Clarifications
from provenance.privacy import read_personal_data
from provenance.refs import RepoKind, RepoRef
from provenance.report.evidence import HUB_CROISSANT, Evidence
from provenance.report.license import (
    Cause,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
)
from provenance.vocabulary.keys import PUBLIC_HUB
from provenance.vocabulary.statuses import Status

_NO_CROISSANT = Croissant()
_AS_READ = Clarifications()
_ABSENCE_WORDS = {
    Absence.NOT_FOUND: ("not found on the Hub", Cause.NOT_FOUND_OR_PRIVATE),
    Absence.NOT_FOUND_OR_PRIVATE: ("not found, or private", Cause.NOT_FOUND_OR_PRIVATE),
    Absence.GATED: ("gated: its card cannot be read without access", Cause.GATED),
    Absence.WITHDRAWN: ("withdrawn", Cause.WITHDRAWN),
    Absence.REVISION_NOT_FOUND: ("has no such revision", Cause.NOT_FOUND_OR_PRIVATE),
    Absence.NOT_IN_SNAPSHOT: ("not in the snapshot", Cause.NOT_IN_SNAPSHOT),
    Absence.NOT_IN_DIGEST: ("the digest holds no fact on it", Cause.NOT_IN_DIGEST),
}


class Extent(Enum):
    """How much of a repository is read."""

    SUBJECT = auto()
    """What an audit was asked about: its files are listed, and those that matter read."""
    LINKED = auto()
    """What a subject leads to: its card, and the files that the card names."""
    LICENSE = auto()
    """Of a dataset the license alone; the rest is left as if not stated."""


class Examiner:
    """Reads repositories from one source with one catalogue. Safe to call from several threads."""

    def __init__(
        self, source: CardSource, catalog: Catalog, clarifications: Clarifications = _AS_READ
    ) -> None:
        self._source = source
        self._catalog = catalog
        self.clarifications = clarifications
        """What corrects facts; for sets that no repository stands for too."""

    @property
    def hub(self) -> str:
        """Address of the Hub that repositories are read from; the public one for files of it."""
        name = self._source.name
        return name.rstrip("/") if name.startswith(("https://", "http://")) else PUBLIC_HUB

    def examine(self, ref: RepoRef, extent: Extent = Extent.LINKED) -> Examined:
        """Fetch, read and conclude one repository. A failing source is a status, not an error.

        Args:
            ref: the repository.
            extent: how much is read of it.

        """
        try:
            answer = self._source.fetch(ref)
            if isinstance(answer, Absent):
                return _absent(ref, answer)
            if answer.facts is not None:
                return self._digested(ref, answer, answer.facts)
            card = read_card(answer.readme, answer.path, answer.revision)
            if extent is Extent.SUBJECT and answer.files is None:
                # a subject may publish its mixture, or stricter terms, in a file that its card
                # does not name
                answer = self._source.describe(answer)
            if ref.kind is RepoKind.MODEL:
                return self._model(ref, answer, card)
            concluded = self._concluded(ref, answer, card)
            if extent is Extent.LICENSE:
                return concluded
            return self._described(concluded, card)
        except SourceError as error:
            return _unreachable(ref, str(error))
        except Exception as error:  # noqa: BLE001  one card that stops this program is one card
            # what it says stays unknown, and the others are still examined
            return self.failed(ref, SubjectFailure.of(error))

    def failed(self, ref: RepoRef, failure: SubjectFailure) -> Examined:
        """What is known of a repository that this program failed on."""
        return _unreachable(ref, failure.words)

    def with_hub_size(self, examined: ExaminedDataset) -> ExaminedDataset:
        """The same dataset with the Hub's own size, when its card states none."""
        if examined.sizes.bytes is not None or examined.repository is None:
            return examined
        try:
            described = examined.repository
            if described.files is None:
                described = self._source.describe(described)
        except SourceError:
            return examined
        examined = replace(examined, repository=described)
        if described.bytes is None:
            return examined
        evidence = Evidence(
            examined.path,
            examined.revision,
            "info.json",
            None,
            "/mainSize",
            str(described.bytes),
        )
        sizes = replace(
            examined.sizes,
            bytes=float(described.bytes),
            sources=(*examined.sizes.sources, evidence),
        )
        return replace(examined, sizes=sizes)

    def _digested(self, ref: RepoRef, repository: Repository, facts: RepositoryFacts) -> Examined:
        """What a digest holds on a repository; its card is not read, so nothing else is known."""
        path = repository.path
        conclusion = self.clarifications.license(digested.license_of(facts, path), path, None)
        if ref.kind is RepoKind.MODEL:
            declared = facts.declared
            return ExaminedModel(
                asked=ref,
                id=repository.id,
                revision=None,
                status=Status.FOUND,
                detail=None,
                license=conclusion,
                repository=repository,
                declaration=None
                if declared is None
                else digested.declaration_of(declared, path, self._catalog),
            )
        return ExaminedDataset(
            asked=ref,
            id=repository.id,
            revision=None,
            status=Status.FOUND,
            detail=None,
            license=conclusion,
            repository=repository,
            sources=digested.sources_of(facts, path),
            sizes=digested.sizes_of(facts, path),
        )

    def _model(self, ref: RepoRef, repository: Repository, card: Card) -> ExaminedModel:
        files: dict[str, bytes] = {}
        for name in wanted_files(card, repository.files):
            data = self._source.read_file(repository, name)
            if data is not None:
                files[name] = data
        discovery, problems = discover(card, files, self._catalog.known)
        if not any(mention.amounts for mention in discovery.mentions):
            discovery = merge((discovery, self._catalog.mixture(repository.id)))
        declaration = declare(discovery, self._catalog.find)
        conclusion = conclude_card(card)
        repository = self._listed(repository, conclusion)
        return ExaminedModel(
            asked=ref,
            id=repository.id,
            revision=repository.revision,
            status=Status.FOUND,
            detail=None,
            license=self._license(repository, card, conclusion, cut=discovery.truncated),
            card=card,
            declaration=declaration,
            problems=(*_card_problems(card), *problems),
            repository=repository,
            citations=read_citations(card),
        )

    def _concluded(self, ref: RepoRef, repository: Repository, card: Card) -> ExaminedDataset:
        """A dataset with its license."""
        conclusion = conclude_card(card)
        repository = self._listed(repository, conclusion)
        croissant, unread = self._croissant(repository)
        return ExaminedDataset(
            asked=ref,
            id=repository.id,
            revision=repository.revision,
            status=Status.FOUND,
            detail=None,
            license=self._license(repository, card, conclusion, croissant),
            card=card,
            problems=(*_card_problems(card), *unread),
            repository=repository,
            croissant=croissant,
        )

    def _described(self, concluded: ExaminedDataset, card: Card) -> ExaminedDataset:
        """The same dataset with everything else that its card and Croissant description say."""
        croissant = concluded.croissant
        personal = read_personal_data(card)
        if croissant.personal_data and personal.documented != "stated":
            evidence = (*personal.evidence, *croissant.personal_data)
            personal = replace(personal, documented="stated", evidence=evidence)
        by_name = {source.name.lower(): source for source in sources_of(card)}
        for name, where in croissant.sources:
            source_id, _ = identify(name)
            by_name.setdefault(
                (source_id or name).lower(), SourceDataset(source_id or name, source_id, where)
            )
        readme = None if concluded.repository is None else concluded.repository.readme
        return replace(
            concluded,
            sources=tuple(by_name.values()),
            sizes=sizes_of(card),
            personal_data=self.clarifications.personal_data(
                personal, concluded.path, concluded.revision
            ),
            citations=read_citations(card) or croissant.citations,
            tag_place=tag_place(card, readme, concluded.license),
        )

    def _listed(self, repository: Repository, conclusion: LicenseConclusion) -> Repository:
        """The repository with its files where they are worth a request: the card lacks.

        A snapshot asks nobody, so that every license file beside a card is looked for.
        """
        if repository.files is None and (self._source.listing_is_free or conclusion.lacks):
            return self._source.describe(repository)
        return repository

    def _croissant(self, repository: Repository) -> tuple[Croissant, tuple[str, ...]]:
        """The description that a repository's listed files hold, else the Hub's own; problems.

        The Hub's is asked for besides the card: failing to have it leaves what the card says.
        """
        for name in CROISSANT_NAMES:
            if name in (repository.files or ()):
                data = self._source.read_file(repository, name)
                if data is not None:
                    return _read(data, repository, name), ()
        try:
            data = self._source.read_file(repository, HUB_CROISSANT)
        except SourceError as error:
            return _NO_CROISSANT, (f"the Hub's Croissant description was not read: {error}",)
        return _NO_CROISSANT if data is None else _read(data, repository, HUB_CROISSANT), ()

    def _license(
        self,
        repository: Repository,
        card: Card,
        conclusion: LicenseConclusion,
        described: Croissant = _NO_CROISSANT,
        cut: bool = False,
    ) -> LicenseConclusion:
        """Conclude on more than the card: what its license files and description say."""
        names, more = license_files(card, conclusion, repository.files)
        cut |= more
        extra: list[LicenseStatement] = list(described.statements)
        cut |= described.truncated
        for name in names:
            data = self._source.read_file(repository, name)
            if data is not None:
                from_file = read_license_file(data, repository.path, repository.revision, name)
                cut |= from_file.truncated
                extra += from_file.statements
        if extra or cut:
            conclusion = conclude_card(card, extra, repository.files or (), truncated=cut)
        unread = card.unread_front_matter
        if unread is not None and conclusion.state is LicenseState.NONE:
            conclusion = unresolved(unread, Cause.UNREADABLE)
        if card.truncated and conclusion.lacks:
            conclusion = _not_to_its_end(conclusion)
        return self.clarifications.license(conclusion, repository.path, repository.revision)


def _not_to_its_end(conclusion: LicenseConclusion) -> LicenseConclusion:
    """What was read gives no license, and the rest may: no fact about the repository."""
    reason = f"{conclusion.reason}; the card is longer than what is read of it"
    state, cause = LicenseState.UNRESOLVED, Cause.OVER_BOUND
    return replace(conclusion, state=state, cause=cause, concluded="NOASSERTION", reason=reason)


def _unreachable(ref: RepoRef, detail: str) -> Examined:
    """A repository that is known as little after as before."""
    conclusion = unresolved(f"unreachable: {detail}", Cause.UNREACHABLE)
    return _not_read(ref, Status.UNREACHABLE, detail, conclusion)


def _absent(ref: RepoRef, absent: Absent) -> Examined:
    conclusion = unresolved(*_ABSENCE_WORDS[absent.why])
    return _not_read(ref, Status(absent.why), absent.detail, conclusion)


def _not_read(ref: RepoRef, status: Status, detail: str, conclusion: LicenseConclusion) -> Examined:
    kind = ExaminedModel if ref.kind is RepoKind.MODEL else ExaminedDataset
    return kind(
        asked=ref,
        id=ref.id,
        revision=ref.revision,
        status=status,
        detail=detail,
        license=conclusion,
    )


def _read(data: bytes, repository: Repository, name: str) -> Croissant:
    return read_croissant(data, repository.path, repository.revision, name)


def _card_problems(card: Card) -> tuple[str, ...]:
    return tuple(
        p.message if p.line is None else f"{p.message} ({card.path}:{p.line})"
        for p in card.problems
    )
