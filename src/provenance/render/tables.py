"""Training sets and findings as rows, and as CSV that a spreadsheet can open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from provenance.escape import csv_cell
from provenance.render import origin_words, sentences
from provenance.render.license_parts import parts_cell
from provenance.report import shares
from provenance.report.finding import Finding
from provenance.report.license import Standing
from provenance.report.report import Report
from provenance.report.training import TrainingSet

Cell = str | float | bool | None
"""What a row holds: text as it was read (not escaped), a number, a flag, or nothing."""

SET_COLUMNS = (
    "subject",
    "subject_revision",
    "name",
    "id",
    "revision",
    "role",
    "declared_in",
    "via",
    "resolved",
    "unresolved_reason",
    "guess",
    "matched",
    "license_state",
    "license_declared",
    "license_concluded",
    "license_reason",
    "restrictions",
    "lacks",
    "inherited_lacking",
    "not_examined",
    "inherited_not_examined",
    "cause",
    "share",
    "published",
    "published_unit",
    "tokens",
    "rows",
    "bytes",
    "personal_data",
    "derived_from",
    "seen_at",
    "measures",
    "source",
    "license_parts",
)
FINDING_COLUMNS = (
    "subject",
    "code",
    "severity",
    "about",
    "message",
    "help",
    "repo",
    "revision",
    "path",
    "line",
    "pointer",
    "excerpt",
    "waived_by",
    "waived_until",
    "fingerprint",
    "subjects",
    "seen_at",
    "source",
)


def training_set_rows(report: Report) -> list[tuple[Cell, ...]]:
    """One row a training set in the report's order; columns: :data:`SET_COLUMNS`.

    ``share`` is the set's part of the headline measure, 0–1; ``published`` its weight in the first
    published measure, ``measures`` in all of them, each with where it is published;
    ``license_parts`` has the license and the line of each part; lists are joined with ``; ``. A
    subject that was not read has one row without a set, so that it is not taken for one without
    data.
    """
    why = sentences.unread(report)
    if why is not None and not report.training_sets:
        return [_unread_row(report, why)]
    return [_set_row(report, item) for item in report.training_sets]


def _unread_row(report: Report, why: str) -> tuple[Cell, ...]:
    known: dict[str, Cell] = {
        "subject": report.subject.id,
        "subject_revision": report.subject.revision,
        "resolved": False,
        "unresolved_reason": f"the {report.subject.kind} itself was not read: {why}",
        "license_state": report.license.state.value,
        "license_concluded": report.license.concluded,
        "license_parts": parts_cell(report.license),
        "source": origin_words.source_line(report),
    }
    return tuple(known.get(column) for column in SET_COLUMNS)


def _set_row(report: Report, item: TrainingSet) -> tuple[Cell, ...]:
    license_ = item.license
    weight = item.weight
    return (
        report.subject.id,
        report.subject.revision,
        item.name,
        item.id,
        item.revision,
        item.role.value,
        _join(place.value for place in item.declared_in),
        _join(item.via),
        item.resolved,
        item.unresolved_reason,
        item.guess,
        item.matched,
        license_.state.value,
        _join(license_.declared),
        license_.concluded,
        license_.reason,
        _join(r.value for r in license_.restrictions),
        license_.lacks,
        item.inherited_lacking,
        license_.standing is Standing.NOT_EXAMINED,
        item.inherited is Standing.NOT_EXAMINED,
        license_.cause.value if license_.cause else None,
        shares.share_of(item, sentences.headline(report)),
        weight.published,
        weight.unit,
        weight.tokens,
        weight.rows,
        weight.bytes,
        item.personal_data.documented,
        _join(item.derived_from),
        origin_words.place(item.evidence[0], 40) if item.evidence else None,
        _join(f"{_plain(m.value)} {m.unit} ({m.basis})" for m in weight.measures),
        origin_words.source_line(report),
        parts_cell(license_),
    )


def finding_rows(report: Report) -> list[tuple[Cell, ...]]:
    """One row a finding in the report's order; columns: :data:`FINDING_COLUMNS`.

    The place is the finding's first evidence; ``seen_at`` has all places, ``subjects`` all things
    that the finding is about, joined with ``; ``.
    """
    return [_finding_row(report, finding) for finding in report.findings]


def _finding_row(report: Report, finding: Finding) -> tuple[Cell, ...]:
    seen = finding.evidence[0] if finding.evidence else None
    return (
        report.subject.id,
        finding.code,
        finding.severity.value,
        finding.subject,
        finding.message,
        finding.help,
        seen.repo if seen else None,
        seen.revision if seen else None,
        seen.path if seen else None,
        seen.line if seen else None,
        seen.pointer if seen else None,
        seen.excerpt if seen else None,
        finding.waiver.owner if finding.waiver else None,
        str(finding.waiver.expires) if finding.waiver and finding.waiver.expires else None,
        finding.fingerprint,
        _join(finding.subjects or (finding.subject,)),
        _join(origin_words.place(e, 40) for e in finding.evidence),
        origin_words.source_line(report),
    )


def _join(items: Iterable[str]) -> str:
    return "; ".join(items)


def render_csv(report: Report) -> str:
    """The training sets as CSV (RFC 4180, with a heading; lines end in LF)."""
    return training_sets_csv([report])


def render_findings_csv(report: Report) -> str:
    """The findings as CSV."""
    return findings_csv([report])


def training_sets_csv(reports: Sequence[Report]) -> str:
    """The training sets of several reports under one heading; the first column says whose."""
    return csv_text(SET_COLUMNS, (row for report in reports for row in training_set_rows(report)))


def findings_csv(reports: Sequence[Report]) -> str:
    """The findings of several reports under one heading."""
    return csv_text(FINDING_COLUMNS, (row for report in reports for row in finding_rows(report)))


def csv_text(columns: Sequence[str], rows: Iterable[tuple[Cell, ...]]) -> str:
    """Rows under a heading as CSV whose cells no spreadsheet takes for formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: Cell) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return csv_cell(cell)
    return _plain(cell)


def _plain(number: float) -> float:
    return int(number) if number == int(number) else number
