"""A finding: one rule fired on one thing, with evidence and a remedy."""

from __future__ import annotations

import datetime
import hashlib
from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.evidence import Evidence


class Severity(StrEnum):
    """How a finding bears on the verdict: ``error`` fails, ``incomplete`` withholds a pass."""

    ERROR = "error"
    INCOMPLETE = "incomplete"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """The policy's answer. Unknown is never a pass."""

    PASS = "pass"  # noqa: S105  a verdict, not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"


@frozen
class Waiver:
    """Why a finding is accepted, by whom and until when."""

    reason: str
    comment: str
    owner: str
    expires: datetime.date | None
    """ISO date; the waiver no longer holds after it."""


@frozen
class Finding:
    """One rule fired on one thing."""

    code: str
    """Stable and never reused; see ``provenance explain CODE`` and ``docs/rules/``."""
    severity: Severity
    subject: str
    """Node key of what it is about (``datasets/owner/name``, ``named:words``, ``models/…``)."""
    message: str
    evidence: tuple[Evidence, ...]
    help: str
    """How to fix or accept it."""
    fingerprint: str
    """Stable over line moves and dates: see :func:`fingerprint`."""
    waiver: Waiver | None = None
    subjects: tuple[str, ...] = ()
    """Node keys when it is about several things at once; then ``subject`` is the lineage's root."""


def fingerprint(code: str, subject: str, *keys: str) -> str:
    """32 hex digits identifying a finding by code, subject and ``keys``; no line, no date."""
    joined = "\x1f".join((code, subject, *keys))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]
