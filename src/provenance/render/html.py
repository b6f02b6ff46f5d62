"""Reports as one HTML page: no network, no script but its own, readable without it.

The page forbids itself everything else by a Content-Security-Policy with the hashes of its own
style and script, so that even a string that slipped through could neither run nor load anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from provenance import amounts, templating
from provenance.escape import log_lines
from provenance.frozen import frozen
from provenance.render import (
    charts,
    deciding,
    license_parts,
    lineage_tree,
    lineage_words,
    record_tables,
    sentences,
    slices,
    tables,
)
from provenance.render.html_environment import Quoter, html_environment, part
from provenance.render.open_text import OpenText, size
from provenance.report.report import Report
from provenance.report.serialize import to_json, to_json_lines
from provenance.templating import content_hash, drawn
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
    page = _quoting(reports)
    for wanted in (("csv", "json"), ("csv",)):
        kept = _files(reports, *wanted) if page.size <= _BUDGET else {}
        if kept and page.keep(kept):
            break
    return page.written()


def _quoting(reports: Sequence[Report]) -> _Page:
    """The page without downloads, with as much of each thing in it as fits.

    What is around the quotes of many sets is written once: whether the quotes fit when more of
    each is shown is told from those of some sets.
    """
    several = len(reports) > 1
    subjects = [
        _Subject(report, f"s{number}-" if several else "")
        for number, report in enumerate(reports, 1)
    ]
    largest = max((len(subject.sets) for subject in subjects), default=0)
    page = _Page(reports, subjects, _LITTLE) if largest > _MANY else None
    for most in (_ALL, _SOME):
        if page is None or page.about(most) <= _BUDGET:
            fuller = _Page(reports, subjects, most)
            if fuller.quote_all():
                return fuller
    page = page or _Page(reports, subjects, _LITTLE)
    page.quote_what_fits()
    return page


_MANY, _SAMPLE = 400, 100
"""Sets from which on it is estimated what all quotes take, and of how many of them."""


@frozen
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


_ALL, _SOME = _Most(4, 12, 20, 40, 400), _Most(2, 4, 6, 10, 100)
_LITTLE = _Most(2, 4, 6, 2, 100)
_MOST_REASONS = 3


class _Subject:
    """One report and what the template asks of it."""

    def __init__(self, report: Report, prefix: str) -> None:
        """``prefix`` stands before every id of the subject: the page may have several."""
        self.prefix = prefix
        own_sets, inherited = sentences.own_sets(report), sentences.inherited_sets(report)
        self.sets = own_sets + inherited
        self.tree = lineage_tree.lineage_tree(report)
        reasons = deciding.reasons(report)
        self._placed: dict[str, object] = {
            "report": report,
            "p": prefix,
            "of": f" of {report.subject.id}" if prefix else "",
            "headline": sentences.headline(report),
            "limit": None if report.undeclared else report.policy.max_lacking,
            "because": deciding.because(report),
            "made_from": deciding.made_from(report),
            "reasons": reasons[:_MOST_REASONS],
            "more_reasons": len(reasons) - _MOST_REASONS,
            "steps": deciding.steps_to_pass(report),
            "sets": self.sets,
            "row_of": {s.key: i for i, s in reversed([*enumerate(self.sets)])},
            "records": record_tables.record_tables(report),
            "sets_bar": drawn(charts.sets_bar(report, own_sets)),
            "caption": charts.bar_caption(report, self.sets),
            "troubles": lineage_words.source_troubles(report),
            "unread": sentences.unread(report),
            "refused": deciding.refused_keys(report),
            "denied": slices.denied_share(report),
            "own_reason": deciding.deciding_own(report),
            "parts": license_parts.part_rows(report),
            "tree": self.tree,
            "quote": Quoter(report),
        }

    def placed(self, most: _Most) -> Mapping[str, object]:
        """What the template is given, with how much of each thing it is to show."""
        return {**self._placed, "most": most}


class _Page:
    """One writing of a page. What hangs on its size is left open, and filled in at the end."""

    def __init__(
        self, reports: Sequence[Report], subjects: Sequence[_Subject], most: _Most
    ) -> None:
        self._subjects, self._most = subjects, most
        self._longest = max((len(subject.sets) for subject in subjects), default=0)
        self._text = OpenText(_around(reports, [subject.placed(most) for subject in subjects]))
        self._fills: dict[str, str] = {}
        self._draw(whole=True)
        for subject in subjects:
            for number, item in enumerate(subject.sets):
                self._fills[f"{subject.prefix}{number}"] = part("unquoted", item=item)

    @property
    def size(self) -> int:
        """Bytes of the page as it is filled by now."""
        return self._text.size + sum(map(size, self._fills.values()))

    def _draw(self, *, whole: bool) -> None:
        """The lineage of each subject, drawn or in a few lines."""
        for subject in self._subjects:
            section = part("lineage_section", subject=subject.placed(self._most), drawn=whole)
            self._fills[f"{subject.prefix}lineage"] = section
        alone = self._subjects[0] if len(self._subjects) == 1 else None
        linked = whole and alone is not None and alone.tree is not None
        self._fills["lineage-link"] = _LINEAGE_LINK if linked else ""

    def about(self, most: _Most) -> float:
        """About how many bytes it takes with all quoted: told from some sets of each report."""
        whole = float(self.size)
        for subject in self._subjects:
            some = subject.sets[:: max(1, len(subject.sets) // _SAMPLE)]
            added = sum(
                size(part("quotes", subject=subject.placed(most), item=item))
                - size(part("unquoted", item=item))
                for item in some
            )
            whole += added * len(subject.sets) / max(len(some), 1)
        return whole

    def _quotes(self, number: int) -> dict[str, str]:
        """What is quoted of the sets of that number, by the holes that they fill."""
        return {
            f"{s.prefix}{number}": part("quotes", subject=s.placed(self._most), item=s.sets[number])
            for s in self._subjects
            if number < len(s.sets)
        }

    def _how_many(self, quoted: int) -> dict[str, str]:
        """What is said where not all sets of a table are quoted."""
        return {
            f"{s.prefix}quoted": part("quoted_of", quoted=quoted, sets=len(s.sets))
            for s in self._subjects
        }

    def quote_all(self) -> bool:
        """Quote every set; whether that fits."""
        for number in range(self._longest):
            self._fills |= self._quotes(number)
        return self.size <= _BUDGET

    def quote_what_fits(self) -> None:
        """Quote as many sets from the top of each table as fit, and say so."""
        self._fills |= self._how_many(0)
        used = self.size
        if used > _BUDGET:
            self._draw(whole=False)
            return
        waiting: dict[str, str] = {}
        for quoted in range(1, self._longest + 1):
            quotes, says = self._quotes(quoted - 1), self._how_many(quoted)
            waiting |= quotes
            used += sum(size(text) - size(self._fills[name]) for name, text in quotes.items())
            if used > _BUDGET:
                return
            more = sum(size(text) - size(self._fills[name]) for name, text in says.items())
            if used + more <= _BUDGET:
                self._fills |= waiting | says
                used, waiting = used + more, {}

    def keep(self, kept: Mapping[str, str]) -> bool:
        """Hand the files out from the page, where they fit; whether they do."""
        fills = {
            "buttons": part("buttons", "downloads.html.j2", kept=kept),
            "files": part("files", "downloads.html.j2", kept_data=drawn(_data(kept))),
        }
        if self.size + sum(map(size, fills.values())) > _BUDGET:
            return False
        self._fills |= fills
        return True

    def written(self) -> str:
        """The whole page."""
        return self._text.filled(self._fills)


_LINEAGE_LINK = '<li><a href="#lineage">Lineage</a></li>'


def _around(reports: Sequence[Report], subjects: Sequence[Mapping[str, object]]) -> str:
    """The page with its holes."""
    style = css_colors() + templating.asset(_PACKAGE, "report.css")
    script = templating.asset(_PACKAGE, "report.js")
    return (
        html_environment()
        .get_template("report.html.j2")
        .render(
            subjects=subjects,
            title=_title(reports),
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
