"""The JSON report (see :mod:`provenance.report.serialize`)."""

from __future__ import annotations

from provenance.render.page import Page
from provenance.report.report import Report
from provenance.report.serialize import to_json


def render(report: Report, page: Page) -> str:
    """The report as JSON."""
    return to_json(report)
