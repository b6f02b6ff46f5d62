"""Policy nouns: what an organisation decided, after every file was read, merged and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from provenance.report.finding import Severity
from provenance.report.training import Role


class Use(StrEnum):
    """What the organisation wants to do with the subject."""

    COMMERCIAL = "commercial"
    INTERNAL = "internal"
    RESEARCH = "research"
    REDISTRIBUTE_WEIGHTS = "redistribute-weights"
    GENERATE_TRAINING_DATA = "generate-training-data"


class Decision(StrEnum):
    """What the license lists say about one license. Only ``allow`` lets a branch pass."""

    ALLOW = "allow"
    REVIEW = "review"
    DENY = "deny"
    UNRECOGNIZED = "unrecognized"
    """Neither listed nor in any group: nothing is known about its terms."""


class Reason(StrEnum):
    """Why an exception is made: a closed list, so that acceptances can be counted."""

    LICENSED_SEPARATELY = "licensed-separately"
    LEGAL_REVIEW = "legal-review"
    RISK_ACCEPTED = "risk-accepted"
    FALSE_POSITIVE = "false-positive"
    NOT_USED = "not-used"
    TEMPORARY = "temporary"


class Bound(StrEnum):
    """Which end of a coverage interval a threshold is held against."""

    POINT = "point"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class Terms:
    """License lists: SPDX ids, ``LicenseRef-…`` and groups. An id weighs more than a group."""

    allow: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    deny: frozenset[str] = frozenset()

    @property
    def listed(self) -> bool:
        """Whether any license is listed; where none is, the policy says nothing on licenses."""
        return bool(self.allow or self.review or self.deny)


@dataclass(frozen=True, slots=True)
class Threshold:
    """The most of one measure that may lack an explicit license."""

    measure: str
    """``headline`` or a :class:`~provenance.report.coverage.MeasureKind`."""
    reading: str
    """``direct`` or ``inherited``."""
    max_fraction_lacking: float
    """0–1."""
    bound: Bound = Bound.POINT


@dataclass(frozen=True, slots=True)
class PolicyException:
    """An accepted finding: which rule on which thing, why, by whom and until when."""

    rule: str
    subject: str
    """Node key, or a pattern with ``*`` (``datasets/owner/*``)."""
    reason: Reason
    comment: str
    owner: str
    expires: str
    """ISO date; it waives up to and including that day."""

    def covers(self, subject: str) -> bool:
        """Whether it is about a thing; ``*`` stands for any characters."""
        pattern = self.subject.replace("[", "[[]").replace("?", "[?]")
        return fnmatchcase(subject, pattern)


@dataclass(frozen=True, slots=True)
class Clarification:
    """A corrected fact, pinned to the evidence it replaces."""

    subject: str
    """Node key (``datasets/owner/name``)."""
    revision: str | None
    """Holds only at this commit; ``None``: at any, as long as the evidence is the same."""
    license: str | None
    """SPDX expression that replaces the conclusion."""
    personal_data: str | None
    """``none``, ``contains`` or ``anonymised``: replaces what the card states."""
    evidence_sha256: str
    """See :func:`provenance.policy.clarify.evidence_sha256`."""
    comment: str
    owner: str
    expires: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """How the policy treats its own exceptions and clarifications."""

    warn_before_expiry_days: int = 30
    max_exception_days: int | None = None
    """Longest time an exception may still run, from the date of the audit."""


@dataclass(frozen=True, slots=True)
class PolicyTest:
    """One example in the policy file, and what the policy must say about it."""

    name: str
    license: str | None
    role: Role
    card: str | None
    """A dataset card: the text itself, or the path of a file beside the policy."""
    decision: str | None
    """For a license: ``allow``, ``review``, ``deny`` or ``unrecognized``."""
    verdict: str | None
    findings: tuple[str, ...]
    """Codes that must be there."""
    absent: tuple[str, ...]
    """Codes that must not be there."""


@dataclass(frozen=True, slots=True)
class ValueOrigin:
    """Where one value of the merged policy was set."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready to be evaluated. Immutable; ``sha256`` identifies what it decides."""

    name: str
    """``builtin:default@1``, or the file's path as found."""
    sha256: str
    """Of the merged result as canonical JSON; the same whichever files it came from."""
    use: tuple[Use, ...]
    terms: Terms
    role_terms: Mapping[Role, Terms]
    """Lists for sets of one role; they replace ``terms`` for that role."""
    check_subject: bool
    """Whether the subject's own license is held against the lists."""
    check_inherited: bool
    """Whether licenses of what a set derives from are held against the lists."""
    levels: Mapping[str, Severity | None]
    """Severity by rule code; ``None`` switches the rule off. Every known code is a key."""
    thresholds: tuple[Threshold, ...]
    exceptions: tuple[PolicyException, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    settings: Settings = Settings()
    tests: tuple[PolicyTest, ...] = ()
    document: str = "{}"
    """The merged policy as canonical JSON."""
    origins: Mapping[str, ValueOrigin] = field(default_factory=dict)
    """JSON Pointer into ``document`` to the file and line that set the value."""
    directory: str = "."
    """Folder that relative paths of ``tests`` start from."""

    def terms_for(self, role: Role | None) -> Terms:
        """The lists that hold for a set of ``role``; ``None``: for the subject itself."""
        return self.terms if role is None else self.role_terms.get(role, self.terms)
