"""What licenses oblige an adopter to carry: names, links, notices; as Markdown and plain text.

It covers the model, the models it was made from, the training sets and what those were made from.
What no notice can be written for is listed too, with the reason, so that a notice is never taken
for complete. The citations that cards give follow, whatever the license: who gives one asks for it.
The words stand in ``templates/notice*.j2``.
"""

from __future__ import annotations

from provenance.render.documents.citations import bibtex_of, given
from provenance.render.documents.notices import Notice, Notices, notices
from provenance.render.documents.templating import written
from provenance.report.report import Report


def render_markdown(report: Report) -> str:
    """The notice as Markdown, for a model card."""
    return _written("notice.md", report)


def render_text(report: Report) -> str:
    """The notice as plain text, for a NOTICE file."""
    return _written("notice.txt", report)


def _written(template: str, report: Report) -> str:
    due = notices(report)
    citations = bibtex_of(report, given(report))
    return written(template, report=report, due=due, groups=_groups(due), citations=citations)


def _groups(due: Notices) -> list[tuple[str, tuple[Notice, ...]]]:
    """The notices under their titles; groups with none are left out."""
    groups = (
        (f"The {due.kind}", due.subject),
        ("Models it was made from", due.bases),
        ("Training data", due.sets),
        ("What the training data was made from", due.sources),
    )
    return [group for group in groups if group[1]]
