"""The Python face of ``provenance audit``."""

from __future__ import annotations

import datetime
from os import PathLike, fspath
from pathlib import Path

from provenance.auditing.audit import audit_refs
from provenance.auditing.walk import Bounds
from provenance.hub.open import open_subjects
from provenance.policy import Policy, load_policy
from provenance.report.report import Report


def audit(
    subject: str,
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Report:
    """Audit one model or dataset.

    Args:
        subject: ``owner/name``, ``datasets/owner/name``, ``hf://…``, a Hub URL (each with
            ``@revision``), or a local folder holding a README.md.
        snapshot: folder or zip to read cards from, or ``"bundled"``; ``None``: the live Hub.
        policy: a :class:`~provenance.policy.Policy`, a file or a built-in name; ``None``: the
            ``provenance.yaml`` found upward from the working directory, else the default.
        as_of: date the report speaks for; ``None``: today in UTC.
        bounds: limits of the walk; ``None``: those of :class:`~provenance.auditing.walk.Bounds`.

    Returns:
        The report. A subject that cannot be read has one too: see ``report.subject.status``.

    Raises:
        UsageError: the subject or the snapshot is not usable.
        PolicyError: the policy is invalid.
        SourceError: the source could not be opened.

    """
    judged = policy if isinstance(policy, Policy) else load_policy(policy, Path.cwd())
    place = None if snapshot is None else fspath(snapshot)
    refs, source = open_subjects([subject], place)
    when = as_of or datetime.datetime.now(datetime.UTC).date()
    (report,) = audit_refs(refs, source, judged, as_of=when, bounds=bounds or Bounds())
    return report
