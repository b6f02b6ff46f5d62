"""Policy nouns: what an organisation decided, after every file was read, merged and checked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from fnmatch import fnmatchcase

from provenance.frozen import frozen
from provenance.report.finding import Severity, Verdict
from provenance.report.training import Role


class IntendedUse(StrEnum):
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


class AcceptanceReason(StrEnum):
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
    """What is known to lack: the low end."""
    UPPER = "upper"
    """The most that can lack: what was not examined fails too."""


class Unexamined(StrEnum):
    """How a threshold counts what was not examined."""

    APART = "apart"
    """On its own: it can withhold a pass and never fails."""
    LACKING = "lacking"
    """As if it were known to lack."""


@frozen
class Terms:
    """License lists: SPDX ids, ``LicenseRef-…`` and groups. An id weighs more than a group."""

    allow: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    deny: frozenset[str] = frozenset()

    @property
    def listed(self) -> bool:
        """Whether any license is listed; where none is, the policy says nothing on licenses."""
        return bool(self.allow or self.review or self.deny)


@frozen
class Threshold:
    """The most of one measure that may lack an explicit license, or go unexamined."""

    measure: str = "headline"
    """``headline`` or a :class:`~provenance.report.coverage.MeasureKind`."""
    reading: str = "direct"
    """``direct`` or ``inherited``."""
    max_fraction_lacking: float | None = None
    """0–1; ``None``: no limit."""
    bound: Bound = Bound.POINT
    max_fraction_not_examined: float | None = None
    """0–1; ``None``: no limit."""


@frozen
class ShareLimit:
    """The most of one measure that may be under some licenses."""

    name: str
    """As the policy writes them, joined."""
    licenses: frozenset[str]
    """Ids and groups; a license belongs when it is named or one of its groups is."""
    measure: str
    max_fraction: float
    """0-1, below 1."""


@frozen
class Accepts:
    """What was accepted; an exception is void for a thing of which one of these is another."""

    license: str | None = None
    """SPDX expression; for ``licensed-separately`` what the organisation holds, not compared."""
    revision: str | None = None
    evidence_sha256: str | None = None
    """See :func:`provenance.policy.accepting.hit_sha256`."""


@frozen
class PolicyException:
    """An accepted finding: which rules on which thing, why, by whom and until when."""

    rules: tuple[str, ...]
    subject: str
    """Node key, or a pattern with ``*`` (``datasets/owner/*``)."""
    reason: AcceptanceReason
    comment: str
    owner: str
    expires: datetime.date
    """It waives up to and including that day."""
    accepts: Accepts = Accepts()

    def covers(self, subject: str) -> bool:
        """Whether it is about a thing; ``*`` stands for any characters."""
        return _matches(self.subject, subject)

    @property
    def named(self) -> str:
        """How a message names it."""
        return f"exception of {', '.join(self.rules)} for {self.subject}"


def _matches(pattern: str, text: str) -> bool:
    if "*" not in pattern:
        return pattern == text
    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))


@frozen
class OwnRule:
    """A rule of the organisation's own: a condition in CEL and what to do where it holds."""

    code: str
    when: str
    help: str
    severity: Severity = Severity.ERROR

    @property
    def remedy(self) -> str:
        """What a finding says of the remedy."""
        return f"A rule of the policy's own: {self.when}"


@frozen
class Clarification:
    """A corrected fact, pinned to the evidence it replaces."""

    subject: str
    """Node key (``datasets/owner/name``)."""
    evidence_sha256: str
    """See :func:`provenance.policy.clarifications.evidence_sha256`."""
    comment: str
    owner: str
    revision: str | None = None
    """Holds only at this commit; ``None``: at any, as long as the evidence is the same."""
    license: str | None = None
    """SPDX expression that replaces the conclusion."""
    personal_data: str | None = None
    """``none``, ``contains`` or ``anonymised``: replaces what the card states."""
    expires: datetime.date | None = None


@frozen
class PolicySettings:
    """How the policy treats its own exceptions and clarifications."""

    warn_before_expiry_days: int = 30
    max_exception_days: int = 365
    """Longest time an exception may still run, from the date of the audit; one that would run
    longer waives nothing."""


@frozen
class Expectation:
    """What the policy must say about a test's example."""

    decision: Decision | None = None
    """On a license."""
    verdict: Verdict | None = None
    findings: tuple[str, ...] = ()
    """Codes that must be there."""
    absent: tuple[str, ...] = ()
    """Codes that must not be there."""


@frozen
class PolicyTest:
    """One example in the policy file, and what the policy must say about it."""

    name: str
    expect: Expectation
    license: str | None = None
    role: Role = Role.TRAINING
    card: str | None = None
    """A dataset card: the text itself, or the path of a file beside the policy."""


@frozen
class ValueOrigin:
    """Where one value of the merged policy was set."""

    file: str
    line: int


@frozen
class Policy:
    """A policy ready to be evaluated. Immutable; ``sha256`` identifies what it decides."""

    name: str
    """``builtin:default@1``, or the file's path as found."""
    sha256: str
    """Of the merged result as canonical JSON; the same whichever files it came from."""
    use: tuple[IntendedUse, ...]
    terms: Terms
    role_terms: Mapping[Role, Terms]
    """Lists for sets of one role, with those of the policy that they were laid over."""
    check_subject: bool
    """Whether the subject's own license is held against the lists."""
    check_inherited: bool
    """Whether licenses of what a set derives from are held against the lists."""
    levels: Mapping[str, Severity | None]
    """Severity by rule code; ``None`` switches the rule off. Every known code is a key, and every
    code of a rule of one's own."""
    thresholds: tuple[Threshold, ...]
    shares: tuple[ShareLimit, ...] = ()
    grace: Mapping[str, datetime.date] = field(default_factory=dict)
    """By rule code, the last day on which its findings only warn."""
    categories: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """License categories of the organisation's own; already expanded in every list above."""
    count_unexamined: Unexamined = Unexamined.APART
    own_rules: tuple[OwnRule, ...] = ()
    exceptions: tuple[PolicyException, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    settings: PolicySettings = PolicySettings()
    profiles: tuple[Profile, ...] = ()
    """In the order that they are tried."""
    tests: tuple[PolicyTest, ...] = ()
    document: str = "{}"
    """The merged policy as canonical JSON."""
    origins: Mapping[str, ValueOrigin] = field(default_factory=dict)
    """JSON Pointer into ``document`` to the file and line that set the value."""
    directory: str = "."
    """Folder that relative paths of ``tests`` start from."""

    def most_lacking(self, measure: str) -> float | None:
        """The limit on what may lack of a headline's measure, by the subject's own sets."""
        limits = [
            t.max_fraction_lacking
            for t in self.thresholds
            if t.reading == "direct" and t.measure in {"headline", measure}
        ]
        return min((limit for limit in limits if limit is not None), default=None)

    def terms_for(self, role: Role | None) -> Terms:
        """The lists that hold for a set of ``role``; ``None``: for the subject itself."""
        return self.terms if role is None else self.role_terms.get(role, self.terms)

    def for_subject(self, kind: str, subject: str) -> Policy:
        """What holds for one subject: the first profile with a pattern for the model, else this."""
        profile = self.profile_of(kind, subject)
        return self if profile is None else profile.policy

    def profile_of(self, kind: str, subject: str) -> Profile | None:
        """The profile that holds for a subject; profiles are for models only."""
        if kind != "model":
            return None
        fitting = (p for p in self.profiles if any(_matches(m, subject) for m in p.models))
        return next(fitting, None)


@frozen
class Profile:
    """A policy for some models: the file's own with some settings laid over it."""

    models: tuple[str, ...]
    """Patterns of model ids."""
    policy: Policy

    @property
    def name(self) -> str:
        """Its patterns, joined."""
        return ", ".join(self.models)
