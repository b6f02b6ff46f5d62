"""Findings for the terminal: grouped by severity, with quoted lines and a remedy."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from provenance import amounts
from provenance.console import Lines, Styled
from provenance.escape import terminal
from provenance.render import finding_words, origin_words
from provenance.render.drawing import cut, hanging, paragraph, prose_width, title
from provenance.render.layout import clip, width, wrap
from provenance.render.links import evidence_url
from provenance.render.page import Page
from provenance.report.evidence import Evidence
from provenance.report.finding import Finding, Severity
from provenance.report.report import Report

SEVERITY_COLOR = {
    Severity.ERROR: "red",
    Severity.INCOMPLETE: "magenta",
    Severity.WARNING: "yellow",
    Severity.NOTE: "blue",
}
_IN_FULL = 3
"""Findings of one code and severity shown in full; the rest is listed by subject."""
_FRAMES = 3
"""Places shown under one finding."""
_REMEDY = "fix:"


def findings_section(report: Report, page: Page) -> list[list[RenderableType]]:
    """Active findings, most severe first: a section for each severity."""
    spoken = finding_words.QuotedWords(report)
    sections: list[list[RenderableType]] = []
    for severity, findings in finding_words.findings_by_severity(report):
        name = f"{finding_words.SEVERITY_TITLE[severity]} ({len(findings)})"
        lines: list[RenderableType] = [title(name, page, f"bold {SEVERITY_COLOR[severity]}")]
        for position, group in enumerate(finding_words.by_code(findings)):
            lines += [Text()] if position else []
            lines += _group(report, group, spoken, page)
        sections.append(lines)
    return sections


def waived_section(report: Report, page: Page) -> list[RenderableType]:
    """Accepted findings, each with who accepted it, why and until when."""
    lines: list[RenderableType] = []
    for finding in report.findings:
        waiver = finding.waiver
        if waiver is not None:
            until = f", until {waiver.expires}" if waiver.expires else ""
            line = f"{finding.code}: {finding.message} [{waiver.reason}, {waiver.owner}{until}]"
            lines.append(hanging(line, page))
    return [title(f"Waived ({len(lines)})", page), *lines] if lines else []


def _group(
    report: Report, group: list[Finding], spoken: finding_words.QuotedWords, page: Page
) -> list[RenderableType]:
    """Findings of one code: some in full, the rest by subject, the remedy once where it is one."""
    shown = group if page.show_all else group[:_IN_FULL]
    one_remedy = len({f.help for f in group}) == 1
    lines: list[RenderableType] = []
    for position, finding in enumerate(shown):
        lines += [Text()] if position else []
        lines += _finding(report, finding, spoken, page)
        if not one_remedy:
            lines += _remedy(finding, page)
    rest = group[len(shown) :]
    if rest:
        names = ", ".join(f.subject for f in rest)
        line = f"and {len(rest)} more {group[0].code}: {names}"
        lines += [Text(), paragraph(line, page, by=2)]
    return [*lines, *(_remedy(group[0], page) if one_remedy else [])]


def _finding(
    report: Report, finding: Finding, spoken: finding_words.QuotedWords, page: Page
) -> list[RenderableType]:
    head = hanging(f"{finding.code}: {finding.message}", page)
    head.stylize(f"bold {SEVERITY_COLOR[finding.severity]}", 0, len(terminal(finding.code)))
    lines: list[RenderableType] = [head]
    shown = finding.evidence if page.show_all else finding.evidence[:_FRAMES]
    if shown:
        lines.append(_frames(report, finding, shown, spoken, page))
    hidden = len(finding.evidence) - len(shown)
    if hidden > 0:
        lines.append(Text(f"  … and {amounts.plural(hidden, 'more place')}", "dim"))
    return lines


def _frames(
    report: Report,
    finding: Finding,
    shown: tuple[Evidence, ...],
    spoken: finding_words.QuotedWords,
    page: Page,
) -> RenderableType:
    """Where each thing stands, the words there, and a line under those that matter."""
    gutter = max(len(str(e.line or "")) for e in shown)
    room = prose_width(page) - gutter - 5
    names = finding_words.NamedThings(finding)
    lines: list[tuple[Styled, Styled]] = []
    for evidence in shown:
        url = evidence_url(report, evidence)
        for number, line in enumerate(wrap(terminal(origin_words.place(evidence)), room)):
            place = (line, f"link {url}" if url else "")
            lines.append(_framed("", "│" if number else "┌", place, gutter))
        if evidence.excerpt.strip():
            named = [*spoken.at(evidence, finding), *names.near(evidence.excerpt)]
            quoted, start, length = _window(terminal(evidence.excerpt), evidence, named, room)
            at = str(evidence.line) if evidence.line is not None else ""
            lines.append(_framed(at, "│", (quoted, ""), gutter))
            lines.append(_framed("", "│", (" " * start + "^" * length, "yellow"), gutter))
    return Lines(lines)


def _framed(at: str, edge: str, styled: Styled, gutter: int) -> tuple[Styled, Styled]:
    """One line of a frame; its parts are as wide as they may be."""
    return (f"{at:>{gutter + 2}} {edge} ", "dim"), styled


def _window(text: str, evidence: Evidence, named: list[str], room: int) -> tuple[str, int, int]:
    """The part of a quoted line that fits, and the columns in it to underline."""
    begin, end = _span(text, evidence, named)
    before = begin - room // 4
    mark = ""
    if width(text) > room and width(text[:end]) > room - 1 and before > 0:
        mark, text, begin, end = "…", text[before:], begin - before, end - before
    start = len(mark) + width(text[:begin])
    shown = mark + clip(text, room - len(mark))
    return shown, start, max(1, min(width(text[begin:end]), width(shown) - start))


def _span(text: str, evidence: Evidence, named: list[str]) -> tuple[int, int]:
    """Which characters of a quoted line matter: the words named, else the value, else all."""
    for name in named:
        span = finding_words.located(text, terminal(name))
        if span is not None:
            return span
    key, colon, value = text.partition(": ")
    if evidence.pointer and colon and value and key.strip("- \"'").isidentifier():
        return len(key) + 2, len(text)
    return 0, len(text)


def _remedy(finding: Finding, page: Page) -> list[RenderableType]:
    if not finding.help:
        return []
    indent = len(_REMEDY) + 3
    lines = cut(finding.help, prose_width(page) - indent)
    text = Text.assemble("  ", (_REMEDY, "green"), " ", f"\n{' ' * indent}".join(lines))
    return [text]
