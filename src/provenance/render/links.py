"""Addresses of what a report names: only ever on the Hub the cards came from."""

from __future__ import annotations

from urllib.parse import quote

from provenance.escape import safe_url
from provenance.refs import RepoKind, is_repo_id
from provenance.report.evidence import HUB_CROISSANT, Evidence
from provenance.report.report import Report
from provenance.vocabulary.keys import PUBLIC_HUB


def hub(report: Report) -> str:
    """The endpoint the cards came from, or the public Hub when they came from a snapshot."""
    return (safe_url(report.source.name) or PUBLIC_HUB).rstrip("/")


def repository_url(report: Report, key: str | None) -> str | None:
    """Page of ``models/owner/name`` or ``datasets/owner/name``; ``None`` for anything else.

    A subject read from a local folder has none: whatever has its id on the Hub is something else.
    """
    folder, _, repo_id = (key or "").partition("/")
    if not is_repo_id(repo_id) or (report.subject.local and key == report.lineage.root):
        return None
    if folder == RepoKind.MODEL.folder:
        return safe_url(f"{hub(report)}/{repo_id}")
    return safe_url(f"{hub(report)}/datasets/{repo_id}") if folder == "datasets" else None


def dataset_url(report: Report, dataset_id: str | None) -> str | None:
    """Page of a dataset by its id."""
    return repository_url(report, f"datasets/{dataset_id}") if dataset_id else None


def evidence_url(report: Report, evidence: Evidence) -> str | None:
    """The quoted line at its revision; the repository's page when no revision is known.

    The Hub shows the lines of a Markdown file only when it is asked for its source. Of a fact in a
    digest, and of the catalogue: where it was read.
    """
    if evidence.source is not None:
        return safe_url(evidence.source.url) if evidence.source.url else None
    if evidence.repo == "catalog":
        return safe_url(evidence.path)
    page = repository_url(report, evidence.repo)
    if page is not None and evidence.path == HUB_CROISSANT:
        return safe_url(f"{hub(report)}/api/{evidence.repo}/croissant")
    if page is None or evidence.revision is None or not evidence.revision.isalnum():
        return page
    path = evidence.path or ""
    line = ""
    if evidence.line is not None:
        line = f"{'?code=true' if path.lower().endswith('.md') else ''}#L{evidence.line}"
    return safe_url(f"{page}/blob/{evidence.revision}/{quote(path)}{line}")
