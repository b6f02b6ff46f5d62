"""Reports to text. Every format is a pure function of the report and the page: no file, no clock.

A format is imported when it is used, so that listing them costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.render.formats import Format, Formats
from provenance.render.page import Page
from provenance.report.report import Report

REPORT_FORMATS: Formats[Report] = Formats(
    Format(
        "text", ".terminal:render", "for a person at a terminal",
        suffixes=(".txt", ".log"), several=".terminal:render_several", paged=True,
    ),
    Format(
        "json", "provenance.report.serialize:to_json", "everything, for programs",
        suffixes=(".json", ".jsonl"), several="provenance.report.serialize:to_json_lines",
    ),
    Format(
        "markdown", ".markdown:render", "for pull requests and issues",
        suffixes=(".md", ".markdown"), several=".markdown:render_several", paged=True,
    ),
    Format(
        "html", ".html:render", "one self-contained page to look at",
        suffixes=(".html", ".htm"), several=".html:render_several",
    ),
    Format(
        "cyclonedx", ".documents.cyclonedx:render_1_6", "CycloneDX 1.6 ML-BOM",
        suffixes=(".cdx.json",),
    ),
    Format("cyclonedx-1.7", ".documents.cyclonedx:render_1_7", "CycloneDX 1.7 ML-BOM"),
    Format(
        "spdx", ".documents.spdx:render", "SPDX 3.0.1, AI and Dataset profiles",
        suffixes=(".spdx.json", ".spdx3.json", ".jsonld"),
    ),
    Format("art53", ".documents.art53:render", "draft of the EU AI Act's training summary"),
    Format("ab2013", ".documents.ab2013:render", "what California's section 3111 asks"),
    Format(
        "notice", ".documents.attribution:render_markdown", "attribution, Markdown",
        names=("notice.md",),
    ),
    Format(
        "notice-text", ".documents.attribution:render_text", "attribution, plain text",
        names=("notice", "notice.txt"),
    ),
    Format("bibtex", ".documents.citations:render", "what to cite", suffixes=(".bib",)),
    Format(
        "card-patch", ".documents.card_patch:render", "license tags to suggest upstream",
        suffixes=(".patch", ".diff"), verbatim=True,
    ),
    Format(
        "csv", ".tables:render_csv", "training sets, for spreadsheets",
        suffixes=(".csv",), several=".tables:training_sets_csv",
    ),
    Format("csv-records", ".record_tables:render_csv", "a scan's counts"),
    Format(
        "csv-findings", ".tables:render_findings_csv", "findings, for spreadsheets",
        several=".tables:findings_csv",
    ),
    Format(
        "parquet", "", "training sets, with types",
        suffixes=(".parquet",), several=".frames:training_sets_parquet", binary=True,
    ),
    Format(
        "parquet-findings", "", "findings, with types",
        several=".frames:findings_parquet", binary=True,
    ),
)  # fmt: skip
"""Every format of a report. Those that are binary need the extra ``pandas``."""
FORMATS: Formats[Report] = Formats(*(form for form in REPORT_FORMATS.values() if not form.binary))
"""Every format of a report that is text."""


def render_reports(name: str, reports: Sequence[Report], page: Page) -> str:
    """Several reports in one text.

    JSON becomes JSON Lines, CSV has one heading over the rows of all, text, Markdown and the
    sections of a page follow each other, text and page under a table of all.

    Raises:
        UsageError: no such format, or it holds one report only.

    """
    form = FORMATS.named(name)
    FORMATS.check_number(form, len(reports))
    return form.of_several(reports, page)


__all__ = ["FORMATS", "REPORT_FORMATS", "Format", "Formats", "Page", "render_reports"]
