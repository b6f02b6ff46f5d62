"""A check for a person at a terminal: what decides first, one item a cause."""

from __future__ import annotations

import textwrap

from provenance.escape import terminal
from provenance.render.check.concise import searched, summary
from provenance.render.check.sentences import (
    before_and_after,
    decides,
    evidence_line,
    headline,
    held_sentence,
    loosened_sentence,
)
from provenance.render.page import Page
from provenance.render.sentences import plural
from provenance.report.causes import Cause, causes
from provenance.report.checked import CheckResult
from provenance.report.finding import Severity, Verdict

_SKIPPED = 8
"""Things named that were not audited."""
_PLACES = 2
"""Places listed under an item unless all are asked for."""
_SCREEN = 34
"""Lines of the head and the items unless all are asked for; what follows fits a screen of 40."""
_COLOR = {
    Severity.ERROR: "31",
    Severity.INCOMPLETE: "35",
    Severity.WARNING: "33",
    Severity.NOTE: "36",
}
_VERDICT_COLOR = {Verdict.PASS: "32", Verdict.FAIL: "31", Verdict.INCOMPLETE: "35"}


def render(result: CheckResult, page: Page) -> str:
    """The verdict, what the change adds and loosens, one item a cause, and what was left out."""
    head = _head(result, page)
    shown = [f for f in result.findings if f.counts]
    if not page.show_all:
        shown = [f for f in shown if f.finding.severity is not Severity.NOTE]
    items = [_item(c, page) for c in causes(shown)]
    used = head.count("\n") + 2
    kept: list[str] = []
    for item in items:
        used += item.count("\n") + 2
        if kept and used > _SCREEN and not page.show_all:
            break
        kept.append(item)
    left = items[len(kept) :]
    if left:
        kept.append(f"and {plural(len(left), 'more item')} (--all)")
    blocks = [head, *kept, *(t for t in (_suppressed(result, page), _rest(result, page)) if t)]
    return "\n\n".join(blocks) + "\n"


def _paint(text: str, color: str, page: Page) -> str:
    return f"\x1b[{color}m{text}\x1b[0m" if page.color else text


def _wrap(text: str, page: Page, indent: str) -> str:
    return textwrap.fill(
        terminal(text), page.width, initial_indent=indent, subsequent_indent=indent,
        break_on_hyphens=False,
    )  # fmt: skip


def _head(result: CheckResult, page: Page) -> str:
    word = summary(result).partition(":")[0].upper()
    first = _folded(terminal(f"{word}: {headline(result)}"), page)
    painted = _paint(word, _VERDICT_COLOR[result.verdict], page)
    lines = [painted + first.removeprefix(word)]
    lines += [_wrap(text, page, "  ") for text in _sentences(result)]
    for one in result.loosened:
        place = f"{one.file}:{one.line}"
        allowed = f"allowed, {one.allowed}" if one.allowed else "NOT ALLOWED"
        lines.append(_wrap(f"- {one.kind.value}: {one.what} ({place}; {allowed})", page, "    "))
    return "\n".join(lines)


def _sentences(result: CheckResult) -> list[str]:
    why = decides(result)
    found = [why] if why else []
    if result.comparison is not None:
        found.append(before_and_after(result.comparison))
    held = held_sentence(result)
    found += [held] if held else []
    found.append(searched(result))
    found.append(f"policy {result.policy.name}, as of {result.as_of}, {_cards(result)}")
    found += [loosened_sentence(result.loosened)] if result.loosened else []
    return found


def _cards(result: CheckResult) -> str:
    source = result.source
    if result.locked:
        return f"cards as {source.name} says, none of them looked up"
    if source.digest:
        return f"facts of {source.name} digested on {source.date}, not the publishers' cards"
    return f"cards from {source.name}"


def _folded(line: str, page: Page) -> str:
    return "\n".join(textwrap.wrap(line, page.width, subsequent_indent="  "))


def _item(cause: Cause, page: Page) -> str:
    head = _paint(cause.severity.value, _COLOR[cause.severity], page)
    lines = [f"{head} {terminal(cause.key)}  {', '.join(cause.codes)}"]
    messages = cause.messages if page.show_all else cause.messages[:2]
    lines += [_wrap(message, page, "  ") for message in messages]
    shown = cause.places if page.show_all else cause.places[:_PLACES]
    for number, (file, line, column, what) in enumerate(shown):
        place = terminal(f"{file}:{line}:{column}") + (f"  {terminal(what)}" if what else "")
        more = len(cause.places) - len(shown)
        end = f"  and {plural(more, 'more place')}" if more and number == len(shown) - 1 else ""
        lines.append(f"  at {place}{end}")
    if cause.through:
        lines.append(_wrap(f"reached through {', '.join(cause.through)}", page, "  "))
    seen = evidence_line(cause)
    if seen:
        lines.append(_wrap(seen, page, "  "))
    lines.append(_wrap(f"do: {cause.help}", page, "  "))
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
            f"{plural(len(skipped), 'thing')} referenced but not audited (evaluation data, a model "
            f"behind an API, or no card): {', '.join(t.key for t in skipped[:_SKIPPED])}"
        )
        lines.append(text + (" …" if len(skipped) > _SKIPPED else ""))
    folded = [_wrap(line, page, "") if not line.startswith("  ") else line for line in lines]
    return "\n".join(folded)
