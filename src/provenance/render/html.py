"""The report as one HTML page: no network, no script but its own, readable without it.

The page forbids itself everything else by a Content-Security-Policy with the hashes of its own
style and script, so that even a string that slipped through could neither run nor load anything.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.escape import html
from provenance.render import (
    charts,
    finding_words,
    graph,
    license_parts,
    lineage_words,
    links,
    record_tables,
    sentences,
)
from provenance.render.page import Page
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding
from provenance.report.report import Report

_BUDGET = 1_450_000
"""Bytes a page may have before less is quoted of each thing: it is to open at once."""


def render(report: Report, page: Page) -> str:
    """The report as a self-contained page, with as much quoted as the page's budget holds.

    Of few sets everything is quoted. Of many, less of each; and where that is too much still, the
    first sets of the table are quoted, which are the heaviest, and the others are not. Names too
    long for that leave no room for the lineage's drawing.
    """
    total = len(report.training_sets)
    text = ""
    for most in (_Most(4, 12, 20, 40, 400, total), _Most(2, 4, 6, 10, 100, total)):
        text = _page(report, most)
        if _fits(text):
            return text
    bare = _page(report, replace(most, quoted=0, evidence=2))
    if not _fits(bare):
        return _page(report, replace(most, quoted=0, evidence=2, drawn=False))
    each = (_size(text) - _size(bare)) / max(total, 1)
    quoted = min(total, int((_BUDGET - _size(bare)) / max(each, 1.0)))
    while quoted > 0:
        text = _page(report, replace(most, quoted=quoted, evidence=2))
        if _fits(text):
            return text
        quoted = quoted * 3 // 4
    return bare


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _fits(text: str) -> bool:
    return _size(text) <= _BUDGET


@dataclass(frozen=True, slots=True)
class _Most:
    """How much is shown of one thing; the JSON report holds all of it."""

    places: int
    """Places where a set is declared."""
    statements: int
    """Statements on a set's license."""
    names: int
    """Other names of a set."""
    evidence: int
    """Places of a finding."""
    parts: int
    """Parts with a license of their own."""
    quoted: int
    """How many sets of the table, from its top, have their statements and places quoted."""
    drawn: bool = True
    """Whether the lineage is drawn and listed step by step."""


def _page(report: Report, most: _Most) -> str:
    style, script = _asset("report.css"), _asset("report.js")
    own, inherited = sentences.own_sets(report), sentences.inherited_sets(report)
    template = _environment().get_template("report.html.j2")
    return (
        template.render(
            report=report,
            headline=sentences.headline(report),
            sets=own + inherited,
            records=record_tables.record_tables(report),
            words=sentences,
            shares=shares,
            style=_drawn(style),
            script=_drawn(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            early=_drawn(_EARLY),
            early_hash=_hash(_EARLY),
            state_bar=_state_bar,
            share_bar=_share_bar,
            sets_bar=_drawn(charts.sets_bar(report, own)),
            marks=graph.MARKS,
            graph=_drawn(graph.lineage_svg(report.lineage) if most.drawn else ""),
            links=links,
            caption=charts.bar_caption(report, own + inherited),
            descent=lineage_words,
            parts=license_parts.part_rows(report),
            problems=finding_words,
            troubles=lineage_words.source_troubles(report),
            unread=sentences.unread(report),
            coded=_coded,
            quote=_Quoter(report),
            most=most,
        )
        + "\n"
    )


_EARLY = 'document.documentElement.classList.add("js")'
"""Runs before the table is read, so that rows that start closed are never laid out open."""


class _Quoter:
    """Splits an excerpt into what stands before, in and after the words that matter."""

    def __init__(self, report: Report) -> None:
        self._spoken = finding_words.quoted_words(report)

    def __call__(self, evidence: Evidence, finding: Finding | None = None) -> tuple[str, str, str]:
        text = evidence.excerpt
        named = [self._spoken[evidence]] if evidence in self._spoken else []
        named += finding_words.subject_names(finding) if finding is not None else []
        for name in named:
            at = text.lower().find(name.lower())
            if name and at >= 0:
                return text[:at], text[at : at + len(name)], text[at + len(name) :]
        return text, "", ""


def _coded(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _drawn(html(text))
    shown = (f"<code>{html(p)}</code>" if i % 2 else html(p) for i, p in enumerate(parts))
    return _drawn("".join(shown))


def _state_bar(coverage: Coverage) -> Markup:
    return _drawn(charts.state_bar(coverage))


def _share_bar(share: float, state: str) -> Markup:
    return _drawn(charts.share_bar(share, state))


def _drawn(markup: str) -> Markup:
    """Markup made by this package, every outside string in it escaped already."""
    return Markup(markup)  # noqa: S704


def _placed(value: object) -> Markup:
    """What the template does with every value it places: the one boundary for HTML."""
    return value if isinstance(value, Markup) else _drawn(html(str(value)))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("provenance.render"),
        autoescape=True,
        finalize=_placed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (files("provenance.render") / "templates" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
