"""The Python face: what the commands do, as functions that return nouns."""

from __future__ import annotations

import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, overload

from provenance.auditing.audit import audit_refs
from provenance.auditing.walk import Bounds
from provenance.hub.open import open_hub, open_source, open_subjects
from provenance.policy import Policy, load_policy
from provenance.report.report import Report, Reports

if TYPE_CHECKING:
    from provenance.report.checked import CheckResult


@overload
def audit(
    subject: str,
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Report: ...


@overload
def audit(
    subject: list[str] | tuple[str, ...],
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Reports: ...


def audit(
    subject: str | list[str] | tuple[str, ...],
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: Policy | str | None = None,
    as_of: datetime.date | None = None,
    bounds: Bounds | None = None,
) -> Report | Reports:
    """Audit one model or dataset, or several.

    Args:
        subject: ``owner/name``, ``datasets/owner/name``, ``hf://…``, a Hub URL (each with
            ``@revision``), or a local folder holding a README.md; or a list of these.
        snapshot: folder or zip to read cards from, or ``"bundled"``; ``None``: the live Hub.
        policy: a :class:`~provenance.policy.Policy`, a file or a built-in name; ``None``: the
            ``provenance.yaml`` found upward from the working directory, else the default.
        as_of: date the report speaks for; ``None``: today in UTC.
        bounds: limits of the walk; ``None``: those of :class:`~provenance.auditing.walk.Bounds`.

    Returns:
        The report, or those of all subjects in the order given (a subject named twice has one).
        A subject that cannot be read has one too: see ``report.subject.status``.

    Raises:
        UsageError: the subject or the snapshot is not usable.
        PolicyError: the policy is invalid.
        SourceError: the source could not be opened.

    """
    refs, source = open_subjects(
        [subject] if isinstance(subject, str) else subject, _place(snapshot)
    )
    reports = audit_refs(
        refs, source, _policy(policy), as_of=_date(as_of), bounds=bounds or Bounds()
    )
    return reports[0] if isinstance(subject, str) else Reports(reports)


def check(
    folder: str | PathLike[str] = ".",
    *,
    snapshot: str | PathLike[str] | None = None,
    policy: str | None = None,
    locked: bool = False,
    diff_base: str | None = None,
    as_of: datetime.date | None = None,
) -> CheckResult:
    """Check the models and datasets that a repository references, as ``provenance check`` does.

    Args:
        folder: a git repository or a folder in it.
        snapshot: as for :func:`audit`.
        policy: a file or a built-in name; ``None``: the repository's own, else the default.
        locked: judge by ``provenance.lock`` alone.
        diff_base: a revision; only what is new since the merge base counts.
        as_of: date the result speaks for; ``None``: today in UTC.

    Raises:
        UsageError: the folder, the lock, the baseline or the base is not usable.
        PolicyError: the policy is invalid.

    """
    from provenance.checking.check import check_repository
    from provenance.checking.references.rules import load_rules
    from provenance.checking.run import Request
    from provenance.checking.settings import read_settings

    place = Path(folder)
    settings = read_settings(place)
    request = Request(
        folder=place,
        policy=load_policy(policy, place),
        rules=load_rules(place / settings.rules if settings.rules else None),
        open_source=lambda: open_source(_place(snapshot)),
        as_of=_date(as_of),
        waived_on=_date(None),
        policy_name=policy,
        settings=settings,
        locked=locked,
        diff_base=diff_base,
    )
    return check_repository(request)


def scan(
    *sources: str | PathLike[str],
    policy: Policy | str | None = None,
    license_column: str | None = None,
    text_column: str | None = None,
    token_column: str | None = None,
    as_of: datetime.date | None = None,
) -> Report:
    """Count the licenses of data files record by record, as ``provenance scan`` does.

    Args:
        sources: files, folders, patterns, URLs, or names of Hub datasets.
        policy: as for :func:`audit`.
        license_column: path of the column, ``metadata.license``; ``None``: found by its name.
        text_column: path of the column whose bytes are counted; ``None``: found by its name.
        token_column: path of the column that counts tokens; ``None``: found by its name.
        as_of: date the report speaks for; ``None``: today in UTC.

    Raises:
        UsageError: a source is not usable, or the extra ``scan`` is not installed.
        PolicyError: the policy is invalid.
        SourceError: a source could not be read.

    """
    from provenance.scanning.duckdb_engine import DuckDBEngine
    from provenance.scanning.notes import column_notes, listing_notes
    from provenance.scanning.report import corpus_report
    from provenance.scanning.scan import scan_files
    from provenance.scanning.sources import list_sources
    from provenance.scanning.state import Question
    from provenance.scanning.subject import corpus_facts

    names = [fspath(source) for source in sources]
    listing = list_sources(names, open_hub)
    engine = DuckDBEngine(None, None)
    try:
        question = Question(license_column, text_column, token_column, None)
        counts = scan_files(listing.files, question, engine, None)
    finally:
        engine.close()
    notes = (*column_notes(counts), *listing_notes(listing))
    title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    facts = corpus_facts(title, counts, _date(as_of).isoformat(), notes)
    return corpus_report(facts, _policy(policy), ", ".join(names))


def _place(snapshot: str | PathLike[str] | None) -> str | None:
    return None if snapshot is None else fspath(snapshot)


def _policy(policy: Policy | str | None) -> Policy:
    return policy if isinstance(policy, Policy) else load_policy(policy, Path.cwd())


def _date(as_of: datetime.date | None) -> datetime.date:
    return as_of or datetime.datetime.now(datetime.UTC).date()
