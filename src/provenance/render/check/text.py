"""A check for a person at a terminal."""

from __future__ import annotations

import textwrap

from provenance.escape import terminal
from provenance.render.check.concise import summary
from provenance.render.page import Page
from provenance.render.words import plural
from provenance.report.checked import CheckFinding, CheckResult, Comparison, Share
from provenance.report.finding import Severity, Verdict
from provenance.report.shares import percent

_SKIPPED = 8
"""Things named that were not audited."""
_PLACES = 5
"""Places listed under a finding unless all are asked for."""
_COLOR = {
    Severity.ERROR: "31",
    Severity.INCOMPLETE: "35",
    Severity.WARNING: "33",
    Severity.NOTE: "36",
}
_VERDICT_COLOR = {Verdict.PASS: "32", Verdict.FAIL: "31", Verdict.INCOMPLETE: "35"}


def render(result: CheckResult, page: Page) -> str:
    """Findings with their places, then what was searched and what was not."""
    blocks = [_head(result, page)]
    blocks += [_finding(f, page) for f in result.findings if f.counts and _is_shown(f, page)]
    blocks += [text for text in (_suppressed(result, page), _rest(result, page)) if text]
    return "\n\n".join(blocks) + "\n"


def _is_shown(found: CheckFinding, page: Page) -> bool:
    return page.show_all or found.finding.severity is not Severity.NOTE


def _paint(text: str, color: str, page: Page) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if page.color else text


def _wrap(text: str, page: Page, indent: str) -> str:
    return textwrap.fill(
        terminal(text), page.width, initial_indent=indent, subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip


def _head(result: CheckResult, page: Page) -> str:
    name = result.verdict.value
    head, _, rest = summary(result).partition(":")
    lines = [_paint(head.upper(), _VERDICT_COLOR[Verdict(name)], page) + ":" + rest]
    lines[0] = lines[0] if len(lines[0]) <= page.width else _folded(lines[0], page)
    lines.append(_wrap(share_sentence(result.share), page, "  "))
    if result.comparison is not None:
        lines.append(_wrap(comparison_sentence(result.comparison), page, "  "))
    basis = f"policy {result.policy.name}, as of {result.as_of}, {_cards(result)}"
    lines.append(_wrap(basis, page, "  "))
    return "\n".join(lines)


def _cards(result: CheckResult) -> str:
    source = result.source
    if source.digest:
        return f"facts of {source.name} digested on {source.date}, not the publishers' cards"
    return f"cards from {source.name}"


def _folded(line: str, page: Page) -> str:
    return "\n".join(textwrap.wrap(line, page.width, subsequent_indent="  "))


def share_sentence(share: Share) -> str:
    """How much of the declared data behind the references lacks an explicit license."""
    if not share.sets and not share.undeclared:
        return "no training data is referenced"
    text = (
        f"{_at_least(share)} of the declared data lacks an explicit license "
        f"({share.lacking:,} of {plural(share.sets, 'set')})"
    )
    if share.not_examined:
        text += (
            f"; {percent(share.not_examined / share.sets)} could not be examined "
            f"({share.not_examined:,}), so {percent(share.fraction)} to "
            f"{percent((share.lacking + share.not_examined) / share.sets)}"
        )
    if share.undeclared:
        text += f"; {plural(share.undeclared, 'model')} named none or could not be read"
    return text


def _at_least(share: Share) -> str:
    return f"{'at least ' if share.not_examined and share.lacking else ''}{percent(share.fraction)}"


def comparison_sentence(comparison: Comparison) -> str:
    """What the change does to the declared data and to the findings."""
    before, after = comparison.before, comparison.after
    if before.fraction == after.fraction:
        text = f"this change leaves declared data lacking a license at {percent(after.fraction)}"
    else:
        text = (
            "this change takes declared data lacking a license from "
            f"{percent(before.fraction)} to {percent(after.fraction)}"
        )
    text += (
        f" ({before.lacking:,} of {before.sets:,} to {after.lacking:,} of "
        f"{plural(after.sets, 'set')}): {plural(comparison.new, 'new finding')}, "
        f"{comparison.gone:,} gone since {comparison.base[:12]}"
    )
    if comparison.policy_changed:
        text += "; the policy changed too, both sides were held against their own"
    return text


def _finding(found: CheckFinding, page: Page) -> str:
    finding = found.finding
    head = _paint(f"{finding.severity.value} {finding.code}", _COLOR[finding.severity], page)
    places = [(r.file, r.line, r.column, r.how) for r in found.references] or [
        (found.file, found.line, found.column, "")
    ]
    shown = places if page.show_all else places[:_PLACES]
    lines = [f"{head} {terminal(found.target)}", _wrap(finding.message, page, "  ")]
    for file, line, column, what in shown:
        place = terminal(f"{file}:{line}:{column}")
        lines.append(f"  at {place}" + (f"  {terminal(what)}" if what else ""))
    if len(places) > len(shown):
        lines.append(f"  and {plural(len(places) - len(shown), 'more place')} (--all)")
    lines.append(_wrap(f"help: {finding.help}", page, "  "))
    return "\n".join(lines)


def _suppressed(result: CheckResult, page: Page) -> str:
    held = [f for f in result.findings if not f.counts]
    if not held or not page.show_all:
        return ""
    lines = ["Suppressed"]
    lines += [
        f"  {f.finding.code} {terminal(f.target)} {terminal(f.file)}:{f.line} "
        f"{f.suppressed.value}: {terminal(f.reason)}"
        for f in held
    ]
    return "\n".join(lines)


def _rest(result: CheckResult, page: Page) -> str:
    lines = []
    notes = [f for f in result.findings if f.counts and f.finding.severity is Severity.NOTE]
    if notes and not page.show_all:
        lines.append(f"{plural(len(notes), 'note')} not shown (--all)")
    if result.notes and not page.show_all:
        lines.append(
            f"{plural(len(result.notes), 'loader')} whose argument is known at run time only, "
            "or is no repository (--all)"
        )
    elif result.notes:
        lines.append("Known at run time only, or no repository")
        lines += [
            f"  {terminal(n.file)}:{n.line}:{n.column} {terminal(n.how)}: {terminal(n.message)}"
            for n in result.notes
        ]
    skipped = [t for t in result.targets if not t.audited]
    if skipped:
        text = (
            f"{plural(len(skipped), 'thing')} referenced but not audited (evaluation data, or no "
            f"card): {', '.join(t.key for t in skipped[:_SKIPPED])}"
        )
        lines.append(text + (" …" if len(skipped) > _SKIPPED else ""))
    folded = [_wrap(line, page, "") if not line.startswith("  ") else line for line in lines]
    return "\n".join(folded)
