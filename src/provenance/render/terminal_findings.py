"""Findings for the terminal: grouped by severity, with code frames and a remedy."""

from __future__ import annotations

from collections.abc import Mapping

from provenance.escape import terminal
from provenance.render import finding_words, sentences
from provenance.render.layout import Paint, clip, hang, width, wrap
from provenance.render.page import Page
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.report import Report

_COLOR = {
    Severity.ERROR: "red",
    Severity.INCOMPLETE: "magenta",
    Severity.WARNING: "yellow",
    Severity.NOTE: "blue",
}
_IN_FULL = 3
"""Findings of one code and severity shown in full; the rest is listed by subject."""
_Spoken = Mapping[Evidence, str]
"""The words of a license statement, by its evidence."""
_FRAMES = 3
"""Code frames shown under one finding."""


def findings_section(report: Report, page: Page, paint: Paint) -> list[str]:
    """Active findings, most severe first."""
    spoken = finding_words.quoted_words(report)
    lines: list[str] = []
    for severity, findings in finding_words.findings_by_severity(report):
        lines += [""] if lines else []
        title = clip(f"{finding_words.SEVERITY_TITLE[severity]} ({len(findings)})", page.width)
        rule = "─" * max(0, page.width - len(title) - 1)
        lines.append(f"{paint(title, 'bold', _COLOR[severity])} {paint(rule, 'dim')}")
        for position, group in enumerate(finding_words.by_code(findings)):
            lines += [""] if position else []
            lines += _group(group, spoken, page, paint)
    return lines


def waived_section(report: Report, page: Page, paint: Paint) -> list[str]:
    """Accepted findings: counted always, listed when all is asked for."""
    waived = [f for f in report.findings if f.waiver is not None]
    if not waived:
        return []
    if not (page.show_all or page.show_suppressed):
        return [
            paint(f"{sentences.plural(len(waived), 'finding')} waived (--all lists them)", "dim")
        ]
    lines = [paint(f"Waived ({len(waived)})", "bold")]
    for finding in waived:
        waiver = finding.waiver
        if waiver is None:
            continue
        until = f", until {waiver.expires}" if waiver.expires else ""
        text = f"{finding.code}: {finding.message} [{waiver.reason}, {waiver.owner}{until}]"
        lines += hang(terminal(text), page.width)
    return lines


def _group(group: list[Finding], spoken: _Spoken, page: Page, paint: Paint) -> list[str]:
    """Findings of one code: some in full, the rest by subject, the remedy once where it is one."""
    shown = group if page.show_all else group[:_IN_FULL]
    one_remedy = len({f.help for f in group}) == 1
    lines: list[str] = []
    for position, finding in enumerate(shown):
        lines += [""] if position else []
        lines += _finding(finding, spoken, page, paint)
        if not one_remedy:
            lines += _remedy(finding, page, paint)
    rest = group[len(shown) :]
    if rest:
        names = ", ".join(f.subject for f in rest)
        text = terminal(f"and {len(rest)} more {group[0].code}: {names}")
        lines += ["", *(f"  {line}" for line in wrap(text, page.width - 2))]
    if one_remedy:
        lines += _remedy(group[0], page, paint)
    return lines


def _finding(finding: Finding, spoken: _Spoken, page: Page, paint: Paint) -> list[str]:
    code = terminal(finding.code)
    first, *rest = hang(f"{code}: {terminal(finding.message)}", page.width)
    if first.startswith(code):
        first = paint(code, "bold", _COLOR[finding.severity]) + first[len(code) :]
    lines = [first, *rest]
    shown = finding.evidence if page.show_all else finding.evidence[:_FRAMES]
    gutter = max((len(str(e.line or "")) for e in shown), default=1)
    names = finding_words.NamedThings(finding)
    for evidence in shown:
        said = [spoken[evidence]] if evidence in spoken else []
        named = [*said, *names.near(evidence.excerpt)]
        lines += _frame(evidence, named, gutter, page, paint)
    hidden = len(finding.evidence) - len(shown)
    if hidden > 0:
        lines.append(paint(f"  … and {sentences.plural(hidden, 'more place')}", "dim"))
    return lines


def _frame(
    evidence: Evidence, named: list[str], gutter: int, page: Page, paint: Paint
) -> list[str]:
    """Where it stands, the words there, and a line under those that matter."""
    indent = " " * (gutter + 2)
    room = page.width - gutter - 5
    number = str(evidence.line) if evidence.line is not None else ""
    first, *rest = wrap(terminal(sentences.place(evidence)), room) or [""]
    lines = [f"{indent} {paint('┌', 'dim')} {first}"]
    lines += [f"{indent} {paint('│', 'dim')} {line}" for line in rest]
    if not evidence.excerpt.strip():
        return lines
    quoted, start, length = _window(terminal(evidence.excerpt), evidence, named, room)
    bar = paint("│", "dim")
    mark = " " * start + "^" * length
    return [
        *lines,
        f"  {paint(number.rjust(gutter), 'dim')} {bar} {quoted}",
        f"{indent} {bar} {paint(mark, 'yellow')}",
    ]


def _window(text: str, evidence: Evidence, named: list[str], room: int) -> tuple[str, int, int]:
    """The part of a quoted line that fits, and the columns in it to underline."""
    begin, end = _span(text, evidence, named)
    cut = begin - room // 4
    if width(text) > room and width(text[:end]) > room - 1 and cut > 0:
        text, begin, end = "…" + text[cut:], begin - cut + 1, end - cut + 1
    start = width(text[:begin])
    shown = clip(text, room)
    return shown, start, max(1, min(width(text[begin:end]), width(shown) - start))


def _span(text: str, evidence: Evidence, named: list[str]) -> tuple[int, int]:
    """Which characters of a quoted line matter: the words named, else the value, else all."""
    for name in named:
        found = finding_words.located(text, terminal(name))
        if found is not None:
            return found
    key, colon, value = text.partition(": ")
    if evidence.pointer and colon and value and key.strip("- \"'").isidentifier():
        return len(key) + 2, len(text)
    return 0, len(text)


def _remedy(finding: Finding, page: Page, paint: Paint) -> list[str]:
    if not finding.help:
        return []
    first, *rest = wrap(terminal(finding.help), page.width - 7) or [""]
    return [f"  {paint('fix:', 'green')} {first}", *(f"       {line}" for line in rest)]
