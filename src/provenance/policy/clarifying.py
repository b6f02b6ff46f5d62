"""Clarifications: a corrected fact holds only while the evidence it replaces stays the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace

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
    said = (
        "\x1f".join((s.origin.value, s.evidence.read_in, " ".join(s.raw.split())))
        for s in conclusion.statements
        if s.origin is not Origin.CLARIFICATION
    )
    return hashlib.sha256("\x1e".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def clarification_for(
    policy: Policy, subject: str, revision: str | None, as_of: str
) -> Clarification | None:
    """The last license clarification for a thing that is in date and about this revision."""
    return next(
        (
            c
            for c in reversed(policy.clarifications)
            if c.license is not None
            and c.subject == subject
            and (c.revision is None or c.revision == revision)
            and (c.expires is None or c.expires >= as_of)
        ),
        None,
    )


def clarify(
    conclusion: LicenseConclusion,
    subject: str,
    revision: str | None,
    policy: Policy,
    as_of: str,
) -> LicenseConclusion:
    """The conclusion after the policy's clarification, if there is one and it still holds.

    The statements stay, the clarification is added to them, and the state becomes ``explicit``.
    A clarification whose ``evidence_sha256`` differs now changes nothing; rule POL004 says so.

    Args:
        conclusion: what the card, files and catalogue support.
        subject: node key (``datasets/owner/name``, ``named:words``).
        revision: commit the conclusion was drawn at; ``None``: not known.
        policy: holds the clarifications.
        as_of: ISO date.

    """
    found = clarification_for(policy, subject, revision, as_of)
    if found is None or found.license is None:
        return conclusion
    if found.evidence_sha256 != evidence_sha256(conclusion):
        return conclusion
    origin = policy.origins.get(f"/clarifications/{policy.clarifications.index(found)}")
    restrictions = restrictions_in(found.license)
    evidence = Evidence(
        repo="policy",
        revision=None,
        path=origin.file if origin else policy.name,
        line=origin.line if origin else None,
        pointer=None,
        excerpt=excerpt(f"{found.license}: {found.comment} ({found.owner})"),
    )
    statement = LicenseStatement(
        raw=found.license,
        meaning=Meaning.NAMES,
        expression=found.license,
        restrictions=restrictions,
        scope=Scope.DATA,
        origin=Origin.CLARIFICATION,
        evidence=evidence,
    )
    return replace(
        conclusion,
        state=LicenseState.EXPLICIT,
        concluded=found.license,
        reason=f"clarified by {found.owner}: {found.comment}",
        restrictions=restrictions,
        statements=(*conclusion.statements, statement),
    )


def clarify_personal_data(
    data: PersonalData, subject: str, revision: str | None, policy: Policy, as_of: str
) -> PersonalData:
    """Personal data as clarified; pinned to :func:`personal_data_sha256` of what the card says."""
    for c in reversed(policy.clarifications):
        if (
            c.personal_data is not None
            and c.subject == subject
            and (c.revision is None or c.revision == revision)
            and (c.expires is None or c.expires >= as_of)
            and c.evidence_sha256 == personal_data_sha256(data)
        ):
            return replace(data, documented="stated", statement=c.personal_data)
    return data


def personal_data_sha256(data: PersonalData) -> str:
    """Digest of what a card says about personal data: files and words, no lines."""
    said = ("\x1f".join((e.read_in, e.excerpt)) for e in data.evidence)
    return hashlib.sha256("\x1e".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def restrictions_in(expression: str) -> tuple[Restriction, ...]:
    """Terms of every license an expression names, sorted by value."""
    found = {r for symbol in symbols_in(expression) for r in restrictions_of(symbol)}
    return tuple(sorted(found, key=lambda r: r.value))
