"""What the templates of a page are given besides the reports: filters, drawings, quotes."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from provenance import amounts
from provenance.escape import html
from provenance.render import (
    charts,
    deciding,
    finding_words,
    lineage_tree,
    lineage_words,
    links,
    origin_words,
    record_tables,
    slices,
)
from provenance.render.environment import environment
from provenance.render.layout import clip_middle
from provenance.render.open_text import hole
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding
from provenance.report.report import Report
from provenance.templating import drawn, placed_in_html

_PLACE_WIDTH = 60


def part(macro: str, template: str = "subject.html.j2", **given: object) -> str:
    """What one macro of a template writes."""
    return str(getattr(html_environment().get_template(template).module, macro)(**given))


@cache
def html_environment() -> Environment:
    """The maker of pages."""
    made = environment(placed_in_html)
    made.filters.update(footer=origin_words.footer, anchor=_anchor)
    made.globals.update(
        shares=shares,
        links=links,
        descent=lineage_words,
        problems=finding_words,
        deciding=deciding,
        marks=lineage_tree.MARKS,
        coded=_coded,
        state_bar=_state_bar,
        share_bar=_share_bar,
        drawn_as=charts.drawn_as,
        set_drawn_as=charts.set_drawn_as,
        slices=slices,
        short_place=_short_place,
        numbers=record_tables.NUMBERS,
        hole=hole,
    )
    return made


class Quoter:
    """Splits an excerpt into what stands before, in and after the words that matter."""

    def __init__(self, report: Report) -> None:
        self._spoken = finding_words.QuotedWords(report)
        self._named: tuple[Finding | None, list[str]] = (None, [])

    def __call__(self, evidence: Evidence, finding: Finding | None = None) -> tuple[str, str, str]:
        """The three parts; the whole, and two empty ones, where none of the words stand there."""
        text = evidence.excerpt
        for name in [*self._spoken.at(evidence, finding), *self._names(finding)]:
            span = finding_words.located(text, name)
            if span is not None:
                start, end = span
                return text[:start], text[start:end], text[end:]
        return text, "", ""

    def _names(self, finding: Finding | None) -> list[str]:
        """The finding's names, kept while its places are quoted one after another."""
        if finding is not self._named[0]:
            names = finding_words.subject_names(finding) if finding is not None else []
            self._named = (finding, names)
        return self._named[1]


def _coded(text: str) -> Markup:
    """A text in which what stands between backticks is code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return drawn(html(text))
    shown = (f"<code>{html(p)}</code>" if i % 2 else html(p) for i, p in enumerate(parts))
    return drawn("".join(shown))


def _anchor(code: str) -> str:
    """A rule's code as part of an id; what a forged report calls a code may hold anything."""
    return re.sub(r"[^A-Za-z0-9]+", "-", code)[:40]


def _short_place(evidence: Evidence) -> str:
    """Where it was read, in at most :data:`_PLACE_WIDTH` characters."""
    if evidence.source is not None:
        return clip_middle(evidence.source.title, _PLACE_WIDTH)
    path = clip_middle((evidence.path or "").removeprefix("https://"), _PLACE_WIDTH)
    return amounts.place(path, evidence.line)


def _state_bar(report: Report, coverage: Coverage, limit: float | None = None) -> Markup:
    return drawn(charts.state_bar(report, coverage, limit))


def _share_bar(share: float, drawn_as: str) -> Markup:
    return drawn(charts.share_bar(share, drawn_as))
