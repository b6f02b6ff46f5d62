"""Reports to text. Every format is a pure function of the report and the page: no file, no clock.

A format is imported when it is used, so that listing them costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from provenance.errors import UsageError
from provenance.escape import log_lines
from provenance.render.page import Page
from provenance.report.report import Report

Renderer = Callable[[Report, Page], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: called with a report and a page, it gives the text."""

    name: str
    target: str
    """``module:function`` of the renderer; the module is named from here."""
    help: str
    """What it is for, in a few words."""

    def __call__(self, report: Report, page: Page) -> str:
        """Render one report."""
        module, _, function = self.target.partition(":")
        return cast("Renderer", getattr(import_module(module, __name__), function))(report, page)


_ALL = (
    Format("text", ".terminal:render", "for a person at a terminal"),
    Format("json", ".json:render", "everything, for programs"),
    Format("markdown", ".markdown:render", "for pull requests and issues"),
    Format("html", ".html:render", "one self-contained page to look at"),
    Format("cyclonedx", ".documents.cyclonedx:render_1_6", "CycloneDX 1.6 ML-BOM"),
    Format("cyclonedx-1.7", ".documents.cyclonedx:render_1_7", "CycloneDX 1.7 ML-BOM"),
    Format("spdx", ".documents.spdx:render", "SPDX 3.0.1, AI and Dataset profiles"),
    Format(
        "art53",
        ".documents.art53:render",
        "draft of the EU AI Act's training summary",
    ),
    Format("ab2013", ".documents.ab2013:render", "what California's section 3111 asks"),
    Format("notice", ".documents.attribution:render_markdown", "attribution, Markdown"),
    Format(
        "notice-text",
        ".documents.attribution:render_text",
        "attribution, plain text",
    ),
    Format("bibtex", ".documents.citations:render", "what to cite"),
    Format(
        "card-patch",
        ".documents.card_patch:render",
        "license tags to suggest upstream",
    ),
    Format("csv", ".tables:render_csv", "training sets, for spreadsheets"),
    Format("csv-records", ".record_tables:render_csv", "a scan's counts"),
    Format("csv-findings", ".tables:render_findings_csv", "findings, for spreadsheets"),
)
FORMATS: Mapping[str, Format] = MappingProxyType({f.name: f for f in _ALL})
"""Every format of a report, by name."""

_JOINABLE = frozenset({"text", "json", "markdown", "html", "csv", "csv-findings"})
"""Formats that hold several reports; in the others a document is about one subject."""


def check_format(name: str, also: Sequence[str] = ()) -> None:
    """Refuse a format that does not exist; ``also`` names some that a caller knows itself.

    Raises:
        UsageError: no such format; the message lists those there are.

    """
    if name not in FORMATS and name not in also:
        raise UsageError(f"--format {name!r} is not one of {', '.join((*FORMATS, *also))}")


def check_several(name: str, number: int) -> None:
    """Refuse ``number`` reports in a format that holds one.

    Raises:
        UsageError: the format holds one report only; the message says which hold several.

    """
    if number > 1 and name not in _JOINABLE:
        several = ", ".join(f for f in FORMATS if f in _JOINABLE)
        raise UsageError(
            f"--format {name} holds one report: give one subject at a time, or use {several}"
        )


def render_reports(name: str, reports: Sequence[Report], page: Page) -> str:
    """Several reports in one text.

    JSON becomes JSON Lines, CSV has one heading over the rows of all, text, Markdown and the
    sections of a page follow each other, text and page under a table of all.

    Raises:
        UsageError: no such format, or it holds one report only.

    """
    check_format(name)
    check_several(name, len(reports))
    text = _rendered(name, reports, page)
    # a patch has to be the card's own bytes
    return text if name == "card-patch" else log_lines(text)


def _rendered(name: str, reports: Sequence[Report], page: Page) -> str:
    if len(reports) == 1:
        return FORMATS[name](reports[0], page)
    if name == "json":
        from provenance.report.serialize import to_json_lines

        return to_json_lines(reports)
    if name == "html":
        from provenance.render.html import render_several

        return render_several(reports)
    if name in {"csv", "csv-findings"}:
        from provenance.render.tables import findings_csv, training_sets_csv

        return (training_sets_csv if name == "csv" else findings_csv)(reports)
    texts = [FORMATS[name](report, page) for report in reports]
    if name == "text":
        from provenance.render.terminal_screen import overview

        texts.insert(0, overview(reports, page))
    return "\n".join(texts)


__all__ = [
    "FORMATS", "Format", "Page", "Renderer", "check_format", "check_several", "render_reports",
]  # fmt: skip
