"""Reports as Python shows them: a line, a card or a table in a notebook, any other format."""

from __future__ import annotations

from collections.abc import Sequence

from provenance import amounts
from provenance.escape import html
from provenance.render import (
    FORMATS,
    Page,
    origin_words,
    render_reports,
    sentences,
    set_words,
)
from provenance.render.deciding import because, made_from, own_license
from provenance.report import shares
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import TrainingSet
from provenance.vocabulary.state_colors import STATE_COLORS

_VERDICT_STATE = {
    Verdict.PASS: LicenseState.EXPLICIT,
    Verdict.FAIL: LicenseState.NONE,
    Verdict.INCOMPLETE: LicenseState.UNRESOLVED,
}
"""The state whose colour a verdict has, as on the page."""
_MOST_SETS = 8
_CELL = "text-align:left;padding:2px 10px 2px 0;font-weight:normal"


def render_one(report: Report, form: str, width: int) -> str:
    """One report in any format.

    Raises:
        UsageError: no such format.

    """
    FORMATS.named(form)
    return render_reports(form, [report], Page(width=width))


def card(report: Report) -> str:
    """One report: what it is about, the verdict, the headline, and the heaviest sets."""
    subject = f"{report.subject.kind} {report.subject.id}"
    sets = sentences.own_sets(report)
    rows = [_set_row(report, index) for index in range(min(len(sets), _MOST_SETS))]
    more = len(sets) - _MOST_SETS
    rest = f"<div>… and {more} more: report.to_pandas()</div>" if more > 0 else ""
    table = _table(("training set", "state", "license", "share"), rows) if rows else ""
    return (
        '<div style="font-family:sans-serif;border:1px solid #8884;border-radius:6px;'
        f'padding:10px 14px;max-width:60em"><div><b>{html(subject)}</b> {_verdict(report)} '
        f"{html(because(report))}</div>{_own_license(report)}"
        f"<div>{html(sentences.headline_sentence(report))}.{_limit(report)}</div>{table}{rest}"
        f'<div style="opacity:.7">{html(sentences.verdict_sentence(report))}; policy '
        f"{html(report.policy.name)}, as of {report.as_of}; "
        f"{html(origin_words.read_from(report))}</div></div>"
    )


def table(reports: Sequence[Report]) -> str:
    """Several reports: a row each."""
    rows = [
        (
            html(f"{r.subject.kind} {r.subject.id}"),
            _verdict(r),
            html(because(r)),
            html(sentences.headline_sentence(r)),
        )
        for r in reports
    ]
    return _table(("subject", "verdict", "why", "of the data"), rows)


def line(report: Report) -> str:
    """One report in one line of plain text."""
    subject = f"{report.subject.kind} {report.subject.id}"
    return f"<Report {subject}: {report.verdict.value}; {sentences.headline_sentence(report)}>"


def sets_line(sets: Sequence[TrainingSet]) -> str:
    """Training sets in one line of plain text: how many, and in which license states."""
    states = [item.license.state for item in sets]
    parts = [f"{states.count(s)} {s.value}" for s in sentences.STATES if s in states]
    counts = f": {', '.join(parts)}" if parts else ""
    return f"<{amounts.plural(len(sets), 'training set')}{counts}>"


def sets_table(sets: Sequence[TrainingSet]) -> str:
    """Training sets: a row each, in the report's order."""
    rows = [
        (
            html(set_words.named(item)),
            _badge(item.license.state.value, item.license.state),
            html(set_words.license_words(item.license)),
            html("; ".join(set_words.weight_words(item)) or "?"),
            html(", ".join(set_words.declared_in(item))),
        )
        for item in sets
    ]
    return _table(("training set", "state", "license", "size", "declared in"), rows)


def _set_row(report: Report, index: int) -> tuple[str, ...]:
    item = sentences.own_sets(report)[index]
    share = shares.share_of(item, sentences.headline(report))
    return (
        html(set_words.label(item)),
        _badge(item.license.state.value, item.license.state),
        html(set_words.license_words(item.license)),
        "?" if share is None else html(amounts.percent(share)),
    )


def _own_license(report: Report) -> str:
    """The license of the model or dataset itself, and what it was made from."""
    if not sentences.is_audit(report):
        return ""
    made = made_from(report)
    more = f"; {html(made)}" if made else ""
    return f'<div style="opacity:.7">its own license: {html(own_license(report))}{more}</div>'


def _limit(report: Report) -> str:
    limit = report.policy.max_lacking
    if limit is None or report.undeclared:
        return ""
    return f" The policy allows {html(amounts.percent(limit))}."


def _verdict(report: Report) -> str:
    return _badge(report.verdict.value.upper(), _VERDICT_STATE[report.verdict])


def _badge(text: str, state: LicenseState) -> str:
    """Words on the colour of a state: they are read on a light and on a dark notebook."""
    color = STATE_COLORS[state.value][0]
    return (
        f'<b style="background:{color};color:#fff;border-radius:4px;padding:0 6px">{html(text)}</b>'
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th style="{_CELL};opacity:.7">{html(text)}</th>' for text in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return f'<table style="margin:6px 0"><tr>{head}</tr>{body}</table>'
