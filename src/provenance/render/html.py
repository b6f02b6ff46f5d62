"""Reports as one HTML page: no network, no script but its own, readable without it.

The page forbids itself everything else by a Content-Security-Policy with the hashes of its own
style and script, so that even a string that slipped through could neither run nor load anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from provenance import amounts, templating
from provenance.escape import html, log_lines
from provenance.render import (
    charts,
    deciding,
    finding_words,
    license_parts,
    lineage_tree,
    lineage_words,
    links,
    origin_words,
    record_tables,
    sentences,
    slices,
    tables,
)
from provenance.render.environment import environment
from provenance.render.layout import clip_middle
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding
from provenance.report.lineage import Lineage
from provenance.report.report import Report
from provenance.report.serialize import to_json, to_json_lines
from provenance.templating import content_hash, drawn, placed_in_html
from provenance.vocabulary.state_colors import css_colors

_PACKAGE = "provenance.render"
_BUDGET = 1_450_000
"""Bytes a page may have before less is quoted of each thing: it is to open at once."""


def render(report: Report) -> str:
    """The report as a self-contained page, with as much quoted as the page's budget holds."""
    return render_several([report])


def render_several(reports: Sequence[Report]) -> str:
    """Reports in one page, under a table of all where there are several.

    Of few sets everything is quoted. Of many, less of each; and where that is too much still, the
    first sets of each table are quoted, which are the heaviest, and the others are not. Names too
    long for that leave no room for the lineage's drawing. What is to be downloaded from the page
    is in it where it still fits: both files, else the table alone.
    """
    text, most = _quoting(reports)
    for wanted in (("csv", "json"), ("csv",)):
        kept = _files(reports, *wanted) if _fits(text) else {}
        if kept and _size(text) + _size(_data(kept)) <= _BUDGET:
            whole = _page(reports, most, kept)
            if _fits(whole):
                return whole
    return text


def _quoting(reports: Sequence[Report]) -> tuple[str, _Most]:
    """The page without downloads, and how much of each thing is in it.

    How much of many sets can be quoted is told from some of them, so that the page is not made
    over and over.
    """
    total = max((len(r.training_sets) for r in reports), default=0)
    few = _Most(2, 4, 6, 2, 100, total)
    none = replace(few, quoted=0)
    bare = _page(reports, none) if total > _MANY else ""
    each = _quoted_size(reports, few) / max(total, 1) if bare else 0.0
    if _size(bare) + each * total <= _BUDGET:
        for most in (_Most(4, 12, 20, 40, 400, total), _Most(2, 4, 6, 10, 100, total)):
            text = _page(reports, most)
            if _fits(text):
                return text, most
        bare = bare or _page(reports, none)
        each = (_size(text) - _size(bare)) / max(total, 1)
    if not _fits(bare):
        undrawn = replace(none, drawn=False)
        return _page(reports, undrawn), undrawn
    quoted = min(total, int((_BUDGET - _size(bare)) / max(each, 1.0)))
    while quoted > 0:
        some = replace(few, quoted=quoted)
        text = _page(reports, some)
        if _fits(text):
            return text, some
        quoted = quoted * 3 // 4
    return bare, none


_MANY, _SAMPLE = 400, 100
"""Sets from which on quotes are estimated, and of how many of them."""


def _quoted_size(reports: Sequence[Report], most: _Most) -> float:
    """About how many bytes the quotes of all sets take, told from some sets of each report."""
    size = 0.0
    for report in reports:
        sets = sentences.own_sets(report) + sentences.inherited_sets(report)
        some = tuple(sets[:: max(1, len(sets) // _SAMPLE)])
        alone = replace(report, training_sets=some, findings=(), notes=(), possible_sets=())
        sample = [replace(alone, lineage=Lineage(report.lineage.root, (), ()))]
        added = _size(_page(sample, most)) - _size(_page(sample, replace(most, quoted=0)))
        size += added * len(sets) / max(len(some), 1)
    return size


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


_MOST_REASONS = 3
_PLACE_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Subject:
    """One report and what the template asks of it."""

    report: Report
    prefix: str
    """Before every id of the subject: the page may have several."""
    most: _Most

    def placed(self) -> dict[str, object]:
        report = self.report
        own_sets, inherited = sentences.own_sets(report), sentences.inherited_sets(report)
        sets = own_sets + inherited
        rows = {s.key: i for i, s in reversed([*enumerate(sets)])}
        reasons = deciding.reasons(report)
        tree = lineage_tree.lineage_tree(report) if self.most.drawn else None
        limit = report.policy.max_lacking
        return {
            "report": report,
            "p": self.prefix,
            "of": f" of {report.subject.id}" if self.prefix else "",
            "most": self.most,
            "headline": sentences.headline(report),
            "limit": None if report.undeclared else limit,
            "because": deciding.because(report),
            "made_from": deciding.made_from(report),
            "reasons": reasons[:_MOST_REASONS],
            "more_reasons": len(reasons) - _MOST_REASONS,
            "steps": deciding.steps_to_pass(report),
            "sets": sets,
            "row_of": rows,
            "records": record_tables.record_tables(report),
            "sets_bar": drawn(charts.sets_bar(report, own_sets)),
            "caption": charts.bar_caption(report, sets),
            "troubles": lineage_words.source_troubles(report),
            "unread": sentences.unread(report),
            "refused": deciding.refused_keys(report),
            "denied": slices.denied_share(report),
            "own_reason": deciding.deciding_own(report),
            "parts": license_parts.part_rows(report),
            "tree": tree,
            "quote": _Quoter(report),
        }


def _page(reports: Sequence[Report], most: _Most, kept: Mapping[str, str] | None = None) -> str:
    style, script = (
        css_colors() + templating.asset(_PACKAGE, "report.css"),
        templating.asset(_PACKAGE, "report.js"),
    )
    several = len(reports) > 1
    subjects = [
        _Subject(report, f"s{number}-" if several else "", most).placed()
        for number, report in enumerate(reports, 1)
    ]
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            subjects=subjects,
            title=_title(reports),
            kept=kept or {},
            kept_data=drawn(_data(kept or {})),
            style=drawn(style),
            script=drawn(script),
            early=drawn(_EARLY),
            style_hash=content_hash(style),
            script_hash=content_hash(script),
            early_hash=content_hash(_EARLY),
        )
        + "\n"
    )


def _title(reports: Sequence[Report]) -> str:
    if len(reports) == 1:
        return f"{reports[0].verdict.value.upper()}: {reports[0].subject.id}"
    return f"Audit of {amounts.plural(len(reports), 'subject')}"


def _files(reports: Sequence[Report], *wanted: str) -> dict[str, str]:
    """What the page can hand out, by file name: the bytes that the command line writes."""
    only = reports[0] if len(reports) == 1 else None
    name = "reports"
    if only is not None:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", only.subject.id)[:80].strip("-.") or "report"
    texts = {}
    if "csv" in wanted:
        texts[f"{name}.csv"] = tables.training_sets_csv(reports)
    if "json" in wanted and only is not None:
        texts[f"{name}.json"] = to_json(only)
    elif "json" in wanted:
        texts[f"{name}.jsonl"] = to_json_lines(reports)
    return {name: log_lines(text) for name, text in texts.items()}


def _data(kept: Mapping[str, str]) -> str:
    """Files for a script element that is data: without ``<`` nothing in it ends the element."""
    return json.dumps(kept).replace("<", "\\u003c")


_EARLY = 'document.documentElement.classList.add("js")'
"""Runs before the table is read, so that what starts closed is never laid out open."""


class _Quoter:
    """Splits an excerpt into what stands before, in and after the words that matter."""

    def __init__(self, report: Report) -> None:
        self._spoken = finding_words.QuotedWords(report)
        self._named: tuple[Finding | None, list[str]] = (None, [])

    def __call__(self, evidence: Evidence, finding: Finding | None = None) -> tuple[str, str, str]:
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


@cache
def _environment() -> Environment:
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
    )
    return made
