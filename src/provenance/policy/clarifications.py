"""Clarifications: a corrected fact holds only while the evidence it replaces stays the same."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace

from provenance.frozen import frozen
from provenance.licensing import restrictions_of, symbols_in
from provenance.policy.model import Clarification, Policy
from provenance.report.evidence import Evidence, excerpt
from provenance.report.license import (
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.training import PersonalData
from provenance.vocabulary.restrictions import Restriction


def evidence_sha256(conclusion: LicenseConclusion) -> str:
    """Digest of what a conclusion rests on: origin, file and words of each statement.

    Lines and revisions are left out, so that an edit elsewhere in the card does not void a
    clarification; any change to what is said about the license does.
    """
    texts = (
        "\x1f".join((s.origin.value, s.evidence.read_in, " ".join(s.raw.split())))
        for s in conclusion.statements
        if s.origin is not Origin.CLARIFICATION
    )
    return hashlib.sha256("\x1e".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


@frozen
class Placed:
    """A clarification and the place of the policy that states it."""

    clarification: Clarification
    file: str
    line: int | None = None

    def about(self, subject: str, revision: str | None) -> bool:
        """Whether it corrects a fact of one thing at one commit; ``None``: not known."""
        wanted = self.clarification.revision
        return self.clarification.subject == subject and wanted in {None, revision}


@frozen
class Clarifications:
    """Corrected facts that are in date. Where there are none, facts stay as they were read."""

    placed: tuple[Placed, ...] = ()
    """In the order of the policy; the last one about a fact holds."""

    @classmethod
    def of(cls, policy: Policy, on: datetime.date) -> Clarifications:
        """Those of a policy that hold on a day."""
        placed = []
        for index, clarification in enumerate(policy.clarifications):
            if clarification.expires is None or clarification.expires >= on:
                origin = policy.origins.get(f"/clarifications/{index}")
                where = (policy.name, None) if origin is None else (origin.file, origin.line)
                placed.append(Placed(clarification, *where))
        return cls(tuple(placed))

    def license(
        self, conclusion: LicenseConclusion, subject: str, revision: str | None
    ) -> LicenseConclusion:
        """The conclusion as clarified, if a clarification is about it and still holds.

        The statements stay, the clarification is added to them, and the state becomes
        ``explicit``. One whose ``evidence_sha256`` differs now changes nothing; POL004 says so.

        Args:
            conclusion: what the card, files and catalogue support.
            subject: node key (``datasets/owner/name``, ``named:words``).
            revision: commit the conclusion was drawn at; ``None``: not known.

        """
        for placed in reversed(self.placed):
            if placed.clarification.license is not None and placed.about(subject, revision):
                pinned = placed.clarification.evidence_sha256 == evidence_sha256(conclusion)
                return _clarified(conclusion, placed) if pinned else conclusion
        return conclusion

    def personal_data(self, data: PersonalData, subject: str, revision: str | None) -> PersonalData:
        """Personal data as clarified; pinned to :func:`personal_data_sha256`."""
        for placed in reversed(self.placed):
            stated = placed.clarification.personal_data
            if (
                stated is not None
                and placed.about(subject, revision)
                and placed.clarification.evidence_sha256 == personal_data_sha256(data)
            ):
                return replace(data, documented="stated", statement=stated)
        return data


def _clarified(conclusion: LicenseConclusion, placed: Placed) -> LicenseConclusion:
    by = placed.clarification
    concluded = by.license or conclusion.concluded
    restrictions = restrictions_in(concluded)
    statement = LicenseStatement(
        raw=concluded,
        meaning=Meaning.NAMES,
        expression=concluded,
        restrictions=restrictions,
        scope=Scope.DATA,
        origin=Origin.CLARIFICATION,
        evidence=Evidence(
            repo="policy",
            revision=None,
            path=placed.file,
            line=placed.line,
            pointer=None,
            excerpt=excerpt(f"{concluded}: {by.comment} ({by.owner})"),
        ),
    )
    return replace(
        conclusion,
        state=LicenseState.EXPLICIT,
        concluded=concluded,
        reason=f"clarified by {by.owner}: {by.comment}",
        restrictions=restrictions,
        statements=(*conclusion.statements, statement),
    )


def personal_data_sha256(data: PersonalData) -> str:
    """Digest of what a card says about personal data: files and words, no lines."""
    texts = ("\x1f".join((e.read_in, e.excerpt)) for e in data.evidence)
    return hashlib.sha256("\x1e".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def restrictions_in(expression: str) -> tuple[Restriction, ...]:
    """Terms of every license an expression names, sorted by value."""
    restrictions = {r for symbol in symbols_in(expression) for r in restrictions_of(symbol)}
    return tuple(sorted(restrictions, key=lambda r: r.value))
