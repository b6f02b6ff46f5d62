"""A check for a person at a terminal: what decides first, one item a cause. Laid out by rich."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from provenance.amounts import place, plural
from provenance.console import indented
from provenance.escape import terminal
from provenance.frozen import frozen
from provenance.render.check.concise import searched, summary
from provenance.render.check.sentences import (
    before_and_after,
    decides,
    evidence_line,
    headline,
    held_sentence,
    loosened_sentence,
    unresolved_sentence,
)
from provenance.render.drawing import drawn
from provenance.render.layout import clip, wrap
from provenance.render.page import Page
from provenance.report.causes import Fault, causes
from provenance.report.checked import CheckResult
from provenance.report.finding import Severity, Verdict

MOST_LINES = 40
"""Lines of the first screen: of what is shown unless all is asked for."""
_NOTED = 6
"""Lines named whose loaders are not resolved."""
_SKIPPED = 8
"""Things named that were not audited."""
_KEPT = "\ue000"
"""Stands for a space that is kept; private use, so no text of ours holds it."""
_STYLE = {
    Severity.ERROR: "red",
    Severity.INCOMPLETE: "magenta",
    Severity.WARNING: "yellow",
    Severity.NOTE: "blue",
}
_VERDICT_STYLE = {Verdict.PASS: "green", Verdict.FAIL: "red", Verdict.INCOMPLETE: "magenta"}


@frozen
class _Room:
    """How much is shown; ``None``: all."""

    messages: int | None
    places: int | None
    lines: int | None
    """Lines of one sentence."""


_ALL = _Room(None, None, None)
_ROOMS = (_Room(2, 2, None), _Room(1, 1, 4), _Room(1, 1, 2))
"""Tried one after another until the head and one item fit the first screen."""


def render(result: CheckResult, page: Page) -> str:
    """The verdict, what the change adds and loosens, one item a cause, and what was left out."""
    if page.show_all:
        return _blocks(result, page, _ALL, None)
    for room in _ROOMS:
        for loosened in (None, 3):
            text = _blocks(result, page, room, loosened)
            if text.count("\n") <= MOST_LINES:
                return text
    return text


def _blocks(result: CheckResult, page: Page, room: _Room, loosened: int | None) -> str:
    head = _drawn(_head(result, page, room, loosened), page)
    below = (_suppressed(result, page), _rest(result, page, room))
    rest = [_drawn(parts, page) for parts in below if parts]
    shown = [f for f in result.findings if f.counts]
    if not page.show_all:
        shown = [f for f in shown if f.finding.severity is not Severity.NOTE]
    every = causes(shown)
    taken = sum(text.count("\n") + 2 for text in (head, *rest)) + 2
    kept: list[str] = []
    for cause in every:
        item = _drawn(_item(cause, page, room), page)
        taken += item.count("\n") + 2
        if kept and taken > MOST_LINES and not page.show_all:
            break
        kept.append(item)
    left = len(every) - len(kept)
    more = [f"and {plural(left, 'more item')} (--all)"] if left else []
    return "\n\n".join([head, *kept, *more, *rest]) + "\n"


def _drawn(parts: Sequence[RenderableType], page: Page) -> str:
    return drawn(parts, page).rstrip("\n")


def _wrapped(text: str, columns: int) -> list[str]:
    """Lines; two spaces, which set apart what stands beside, stay two."""
    kept = wrap(terminal(text).replace("  ", f" {_KEPT}"), columns)
    return [line.replace(_KEPT, " ") for line in kept]


def _some(text: str, page: Page, room: _Room, by: int = 2) -> RenderableType:
    """A sentence ``by`` columns from the left, in as many lines as there is room for."""
    lines = _wrapped(text, page.width - by)
    if room.lines is not None and len(lines) > room.lines:
        lines = [*lines[: room.lines - 1], clip(f"{lines[room.lines - 1]} …", page.width - by)]
    return indented("\n".join(lines), by)


def _head(
    result: CheckResult, page: Page, room: _Room, most_loosened: int | None
) -> list[RenderableType]:
    word = summary(result).partition(":")[0].upper()
    lines = [_first(word, _VERDICT_STYLE[result.verdict], f": {headline(result)}", page, room)]
    lines += [_some(sentence, page, room) for sentence in _sentences(result)]
    for loosening in result.loosened[:most_loosened]:
        allowed = f"allowed, {loosening.allowed}" if loosening.allowed else "NOT ALLOWED"
        where = place(loosening.file, loosening.line)
        lines.append(
            _some(f"- {loosening.kind.value}: {loosening.what} ({where}; {allowed})", page, room, 4)
        )
    hidden = len(result.loosened) - len(result.loosened[:most_loosened])
    if hidden:
        lines.append(indented(f"and {hidden:,} more (--all)", 4))
    return lines


def _sentences(result: CheckResult) -> list[str]:
    why = decides(result)
    sentences = [why] if why else []
    if result.comparison is not None:
        sentences.append(before_and_after(result.comparison))
    held = held_sentence(result)
    sentences += [held] if held else []
    sentences.append(searched(result))
    sentences.append(f"policy {result.policy.name}, as of {result.as_of}, {_cards(result)}")
    sentences += [loosened_sentence(result.loosened)] if result.loosened else []
    return sentences


def _cards(result: CheckResult) -> str:
    source = result.source
    if result.locked:
        looked_up = "" if " compared with " in source.name else ", none of them looked up"
        return f"cards as {source.name} says{looked_up}"
    if source.digest:
        return f"facts of {source.name} digested on {source.date}, not the publishers' cards"
    return f"cards from {source.name}"


def _first(word: str, style: str, text: str, page: Page, room: _Room) -> RenderableType:
    """A sentence whose first word is painted; what it runs over is indented."""
    start, *rest = _wrapped(f"{word}{text}", page.width - 2)
    lines = Text.assemble((word, style), start.removeprefix(word))
    if room.lines is not None and len(rest) >= room.lines:
        rest = [*rest[: room.lines - 1], "…"]
    return lines.append("".join(f"\n  {line}" for line in rest))


def _item(cause: Fault, page: Page, room: _Room) -> list[RenderableType]:
    name = f" {cause.key}  {', '.join(cause.codes)}"
    lines = [_first(cause.severity.value, _STYLE[cause.severity], name, page, room)]
    lines += [_some(message, page, room) for message in cause.messages[: room.messages]]
    shown = cause.places[: room.places]
    for number, (file, line, column, what) in enumerate(shown, 1):
        more = len(cause.places) - len(shown)
        end = f"  and {plural(more, 'more place')}" if more and number == len(shown) else ""
        where = f"at {place(file, line, column)}" + (f"  {what}" if what else "")
        lines.append(_some(where + end, page, room))
    if cause.through:
        lines.append(_some(f"reached through {', '.join(cause.through)}", page, room))
    seen = evidence_line(cause)
    if seen:
        lines.append(_some(seen, page, room))
    lines.append(_some(f"do: {cause.help}", page, room))
    return lines


def _suppressed(result: CheckResult, page: Page) -> list[RenderableType]:
    held = [f for f in result.findings if not f.counts]
    if not held or not page.show_all:
        return []
    lines: list[RenderableType] = [Text("Suppressed")]
    for f in held:
        where = f"{f.finding.code} {f.target} {place(f.file, f.line)}"
        lines.append(_some(f"{where} {f.suppressed.value}: {f.reason}", page, _ALL))
    return lines


def _rest(result: CheckResult, page: Page, room: _Room) -> list[RenderableType]:
    lines: list[RenderableType] = []
    notes = [f for f in result.findings if f.counts and f.finding.severity is Severity.NOTE]
    if notes and not page.show_all:
        lines.append(Text(f"{plural(len(notes), 'note')} not shown (--all)"))
    if result.notes and not page.show_all:
        text = unresolved_sentence(result.notes, _NOTED)
        lines.append(_some(f"{text} (--all)", page, room, 0))
    elif result.notes:
        lines.append(Text("Known at run time only, or no repository"))
        lines += [
            _some(f"{place(n.file, n.line, n.column)} {n.how}: {n.message}", page, room)
            for n in result.notes
        ]
    skipped = [t for t in result.targets if not t.audited]
    if skipped:
        text = (
            f"{plural(len(skipped), 'thing')} referenced but not audited (evaluation data, a model "
            f"behind an API, or no card): {', '.join(t.key for t in skipped[:_SKIPPED])}"
        )
        more = " …" if len(skipped) > _SKIPPED else ""
        lines.append(_some(text + more, page, room, 0))
    return lines
