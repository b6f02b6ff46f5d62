"""The report as Markdown for pull requests, issues and wikis (GitHub's dialect)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from provenance import amounts
from provenance.escape import markdown, markdown_block, markdown_code
from provenance.render import (
    finding_words,
    license_parts,
    lineage_words,
    origin_words,
    record_tables,
    sentences,
    set_words,
)
from provenance.render.deciding import because
from provenance.render.formats import joined
from provenance.render.page import Page
from provenance.render.slices import DENIED, denied_sentence, lacking_sentence, slices
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_VERDICT_SIGN = {Verdict.PASS: "✅", Verdict.FAIL: "❌", Verdict.INCOMPLETE: "❓"}
_SEVERITY_SIGN = {
    Severity.ERROR: "❌",
    Severity.INCOMPLETE: "❓",
    Severity.WARNING: "⚠️",
    Severity.NOTE: "💬",
}
_STATE_SIGN = {
    LicenseState.NONE.value: "🟥",
    LicenseState.UNRESOLVED.value: "🟪",
    sentences.NOT_LOCATABLE: "🟧",
    LicenseState.AMBIGUOUS.value: "🟨",
    sentences.UNATTRIBUTED: "⬛",
    sentences.NOT_EXAMINED: "🟪",
    LicenseState.CONFLICTING.value: "🟦",
    DENIED: "🟫",
    LicenseState.EXPLICIT.value: "🟩",
}
_BAR = 30
_IN_FULL = 5
"""Findings of one code shown with their evidence: a comment on GitHub holds 65,536 characters."""
_OPEN_ROWS = 25
"""A longer table is folded away; the reader opens it."""


def render_several(reports: Sequence[Report], page: Page) -> str:
    """Reports one after another."""
    return joined(render(report, page) for report in reports)


def render(report: Report, page: Page) -> str:
    """The report as Markdown; ``page`` says whether waived findings are listed."""
    sections = [
        _head(report),
        _measures(report),
        record_tables.markdown_tables(report, page),
        _findings(report, page),
        _sets(sentences.sets_title(report), sentences.own_sets(report), report),
        _sets("Through base models", sentences.inherited_sets(report), report),
        _possible(report),
        _parts(report),
        _waived(report) if page.show_all or page.show_suppressed else "",
        _lineage(report),
        _not_examined(report),
        _foot(report),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _verdict(report: Report) -> str:
    """The counts of findings, after what decides it."""
    why = because(report)
    return (
        f"{why}: {sentences.verdict_sentence(report)}"
        if why
        else sentences.verdict_sentence(report)
    )


def _head(report: Report) -> str:
    subject = report.subject
    revision = f" @ {markdown_code(subject.revision[:12])}" if subject.revision else ""
    coverage = sentences.headline(report)
    lines = [
        f"# {_VERDICT_SIGN[report.verdict]} {report.verdict.value.upper()}: "
        f"{markdown_code(subject.id)}",
        f"**{markdown(sentences.headline_sentence(report))}.**",
    ]
    basis = sentences.basis_sentence(report)
    details = [f"{basis}."] if basis else []
    details += [
        sentence
        for sentence in (
            denied_sentence(report),
            lacking_sentence(report),
            origin_words.digest_line(report),
        )
        if sentence
    ]
    if details:
        lines.append(markdown(" ".join(details)))
    if coverage and (bar := _bar(report, coverage)):
        lines.append(bar)
    lines.append(
        f"{markdown(subject.kind)}{revision}; license of its own: "
        f"{markdown_code(report.license.concluded)} ({report.license.state.value}). "
        f"{markdown(_verdict(report))}; "
        f"policy {markdown_code(report.policy.name)}."
    )
    return "\n\n".join(lines)


def _bar(report: Report, coverage: Coverage) -> str:
    parts = slices(report, coverage)
    cells = "".join(_STATE_SIGN[p.label] * max(1, round(p.fraction * _BAR)) for p in parts)
    legend = ", ".join(
        f"{_STATE_SIGN[p.label]} {p.label} {amounts.percent(p.fraction)}" for p in parts
    )
    return f"{cells}<br>{markdown(legend)}" if parts else ""


def _measures(report: Report) -> str:
    audited = sentences.is_audit(report)
    rows = [
        [
            f"**{markdown(row.name)}**" if row.headline else markdown(row.name),
            markdown(sentences.interval(row.direct)) if row.direct else "–",
            *(
                [markdown(sentences.interval(row.inherited)) if row.inherited else "–"]
                if audited
                else []
            ),
            markdown(row.basis),
        ]
        for row in sentences.measure_rows(report)
    ]
    if not rows:
        return ""
    readings = ["its own sets", sentences.inherited_name(report)] if audited else ["lacking"]
    head = ["counted by", *readings, "weights from"]
    return "## Lacking an explicit license\n\n" + _table(head, rows)


def _sets(title: str, sets: list[TrainingSet], report: Report) -> str:
    measure = sentences.headline(report)
    rows = [_set_row(item, measure) for item in sets]
    columns = ["set", "license state", "license", "share", "declared in"]
    if not sentences.is_audit(report):
        rows, columns = [row[:-1] for row in rows], ["records", *columns[1:-1]]
    return _foldable(title, columns, rows, "set")


def _possible(report: Report) -> str:
    """Sets that may be training data, each with its line."""
    if not report.possible_sets:
        return ""
    named = [
        f"{markdown(item.id or item.name)} ({origin_words.line_of(item.evidence)})"
        for item in report.possible_sets
    ]
    return "**Possibly training data, in no fraction:** " + ", ".join(named)


def _parts(report: Report) -> str:
    part_rows = license_parts.part_rows(report)
    rows = [
        [
            markdown_code(row.of),
            markdown(row.name),
            markdown_code(row.concluded),
            markdown(row.wording) + (f" (and {row.more} more)" if row.more else ""),
            markdown_code(origin_words.place(row.evidence)),
        ]
        for row in part_rows
    ]
    return _foldable("Licenses by part", ["of", "part", "license", "said", "place"], rows, "part")


def _foldable(title: str, columns: list[str], rows: list[list[str]], noun: str) -> str:
    """A table below its heading, folded away where it is long; nothing without rows."""
    if not rows:
        return ""
    table = _table(columns, rows)
    heading = f"## {title} ({len(rows)})"
    if len(rows) <= _OPEN_ROWS:
        return f"{heading}\n\n{table}"
    summary = f"<details><summary>{amounts.plural(len(rows), noun)}</summary>"
    return f"{heading}\n\n{summary}\n\n{table}\n\n</details>"


def _set_row(item: TrainingSet, measure: Coverage | None) -> list[str]:
    name = markdown_code(item.id) if item.id else markdown(item.name)
    mark = set_words.identity_mark(item)
    guess = f" ({markdown(mark)})" if mark else ""
    state = item.license.state.value
    says = set_words.license_words(item.license)
    share = shares.share_of(item, measure)
    return [
        f"{name}{guess}",
        f"{_STATE_SIGN[state]} {state}",
        markdown_code(says) if says else "–",
        markdown(amounts.percent(share)) if share is not None else "?",
        ", ".join(set_words.declared_in(item)),
    ]


def _findings(report: Report, page: Page) -> str:
    parts = []
    for severity, findings in finding_words.findings_by_severity(report):
        title = finding_words.SEVERITY_TITLE[severity]
        parts.append(f"## {_SEVERITY_SIGN[severity]} {title} ({len(findings)})")
        for group in finding_words.by_code(findings):
            shown = group if page.show_all else group[:_IN_FULL]
            parts += [_finding(f) for f in shown]
            if rest := group[len(shown) :]:
                more = "\n".join(f"- {markdown(f.message)}" for f in rest)
                parts.append(f"And {len(rest)} more {markdown_code(group[0].code)}:\n\n{more}")
    return "\n\n".join(parts)


def _finding(finding: Finding) -> str:
    places = "\n\n".join(_place(e) for e in finding.evidence)
    remedy = f"\n\n**Fix:** {markdown(finding.help)}" if finding.help else ""
    seen = f"\n\n{places}" if places else ""
    return f"### {markdown_code(finding.code)}: {markdown(finding.message)}{seen}{remedy}"


def _place(evidence: Evidence) -> str:
    quoted = f"\n\n{markdown_block(evidence.excerpt)}" if evidence.excerpt.strip() else ""
    return f"{markdown_code(origin_words.place(evidence))}{quoted}"


def _waived(report: Report) -> str:
    rows = [
        [
            markdown_code(f.code),
            markdown(f.message),
            markdown(f.waiver.reason),
            markdown(f.waiver.owner),
            str(f.waiver.expires or "–"),
        ]
        for f in report.findings
        if f.waiver is not None
    ]
    if not rows:
        return ""
    return "## Waived\n\n" + _table(["rule", "finding", "reason", "owner", "until"], rows)


def _lineage(report: Report) -> str:
    lines = lineage_words.lineage_lines(report)
    return "## Lineage\n\n" + "\n".join(f"- {markdown(line)}" for line in lines) if lines else ""


def _not_examined(report: Report) -> str:
    rows = [[markdown_code(what), markdown(why)] for what, why in lineage_words.unexamined(report)]
    rows += [[markdown_code(n.subject or "") or "–", markdown(n.message)] for n in report.notes]
    if not rows:
        return ""
    table = _table(["what", "why"], rows)
    return f"## Not examined, and notes ({len(rows)})\n\n{table}"


def _foot(report: Report) -> str:
    facts = (
        f"{origin_words.read_from(report)}; as of {report.as_of}; policy "
        f"{report.policy.name} (sha256 {report.policy.sha256[:12]}); "
        f"{report.tool.name} {report.tool.version}. {origin_words.footer(report)}"
    )
    return f"---\n\n<sub>{markdown(facts)}</sub>"
