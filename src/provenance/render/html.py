"""The report as one HTML page: no network, no script but its own, readable without it.

The page forbids itself everything else by a Content-Security-Policy with the hashes of its own
style and script, so that even a string that slipped through could neither run nor load anything.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.coverage import Coverage
from provenance.evidence import Evidence
from provenance.finding import Finding
from provenance.render import charts, graph, lineage_words, links, words
from provenance.render.escape import html
from provenance.render.page import Page
from provenance.report import Report


def render(report: Report, page: Page) -> str:
    """The report as a self-contained page."""
    style, script = _asset("report.css"), _asset("report.js")
    own, inherited = words.own_sets(report), words.inherited_sets(report)
    template = _environment().get_template("report.html.j2")
    return (
        template.render(
            report=report,
            headline=words.headline(report),
            sets=own + inherited,
            words=words,
            style=_drawn(style),
            script=_drawn(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            early=_drawn(_EARLY),
            early_hash=_hash(_EARLY),
            state_bar=_state_bar,
            share_bar=_share_bar,
            sets_bar=_drawn(charts.sets_bar(report, own)),
            graph=_drawn(graph.lineage_svg(report.lineage)),
            links=links,
            descent=lineage_words,
            troubles=lineage_words.source_troubles(report),
            unread=words.unread(report),
            coded=_coded,
            quote=_Quoter(report),
            most=_most(len(report.training_sets)),
        )
        + "\n"
    )


@dataclass(frozen=True, slots=True)
class _Most:
    """How much is shown of one training set; the JSON report holds all of it."""

    places: int
    statements: int
    names: int


def _most(sets: int) -> _Most:
    """The more sets, the less of each: a page of 500 is to stay under 1.5 MB."""
    if sets <= 100:
        return _Most(places=4, statements=12, names=20)
    return _Most(places=2, statements=4, names=6) if sets <= 300 else _Most(1, 2, 3)


_EARLY = 'document.documentElement.classList.add("js")'
"""Runs before the table is read, so that rows that start closed are never laid out open."""


class _Quoter:
    """Splits an excerpt into what stands before, in and after the words that matter."""

    def __init__(self, report: Report) -> None:
        self._spoken = words.quoted_words(report)

    def __call__(self, evidence: Evidence, finding: Finding | None = None) -> tuple[str, str, str]:
        text = evidence.excerpt
        named = [self._spoken[evidence]] if evidence in self._spoken else []
        named += words.subject_names(finding) if finding is not None else []
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
