"""A check as Markdown: a comment on a pull request, or ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

from provenance.amounts import place
from provenance.escape import markdown, markdown_code
from provenance.render.check.concise import searched
from provenance.render.check.sentences import (
    before_and_after,
    decides,
    evidence_line,
    headline,
    held_sentence,
    loosened_sentence,
    unresolved_sentence,
)
from provenance.report.causes import Fault, causes
from provenance.report.checked import CheckResult, Loosening
from provenance.report.finding import Severity, Verdict

MARKER = "<!-- provenance-check -->"
"""Hidden first line: a bot finds its own comment by it and edits it."""
_SIGN = {Verdict.PASS: "✅", Verdict.FAIL: "❌", Verdict.INCOMPLETE: "❓"}
_ROWS = 50
_CHARACTERS = 50_000
"""Most items listed, and most characters of them: a comment on GitHub holds 65,536 characters."""
_LONGEST = 200
_PLACES = 3
_NOTED = 20
"""Lines named whose loaders are not resolved."""


def render(result: CheckResult) -> str:
    """Verdict, what the change adds and loosens, and a table with one row a cause."""
    counting = [f for f in result.findings if f.counts and f.finding.severity is not Severity.NOTE]
    name = result.verdict
    title = "nothing to check" if not result.references and not counting else name.value
    lines = [MARKER, f"### {_SIGN[name]} provenance: {title}", ""]
    lines += [f"**{markdown(_sentence(headline(result)))}**", ""]
    sentences = [decides(result), held_sentence(result)]
    if result.comparison is not None:
        sentences.insert(1, before_and_after(result.comparison))
    text = " ".join(markdown(_sentence(text)) for text in sentences if text)
    lines += [text, ""] if text else []
    lines += _loosened(result.loosened)
    items = causes(counting)
    if items:
        lines += ["| | what | where | why | do |", "| --- | --- | --- | --- | --- |"]
        rows = _fitting([_row(item) for item in items])
        lines += rows
        if len(items) > len(rows):
            lines += ["", f"{len(items) - len(rows):,} more are in the full report."]
        lines.append("")
    unresolved = unresolved_sentence(result.notes, _NOTED)
    lines += [markdown(_sentence(unresolved)), ""] if unresolved else []
    policy = markdown_code(result.policy.name)
    counts = markdown(_sentence(searched(result)))
    lines.append(f"{counts} Policy {policy}, as of {result.as_of}. Only what is declared was read.")
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _loosened(loosened: tuple[Loosening, ...]) -> list[str]:
    if not loosened:
        return []
    lines = [f"**{markdown(loosened_sentence(loosened))}:**", ""]
    for loosening in loosened[:_ROWS]:
        state = f"allowed: {loosening.allowed}" if loosening.allowed else "not allowed"
        where = markdown_code(place(loosening.file, loosening.line))
        what = markdown(_cut(loosening.what))
        lines.append(f"- {loosening.kind.value}: {what} ({where}; {markdown(state)})")
    return [*lines, ""]


def _fitting(rows: list[str]) -> list[str]:
    """The first rows that fit."""
    kept: list[str] = []
    used = 0
    for row in rows[:_ROWS]:
        used += len(row)
        if used > _CHARACTERS:
            break
        kept.append(row)
    return kept


def _row(item: Fault) -> str:
    places = [markdown_code(place(file, line)) for file, line, _, _ in item.places[:_PLACES]]
    more = len(item.places) - len(places)
    where = ", ".join(places) + (f" and {more} more" if more > 0 else "")
    if item.through:
        where += f" through {markdown(_cut(', '.join(item.through)))}"
    why = markdown(_cut("; ".join(item.messages)))
    seen = evidence_line(item)
    if seen:
        why += f" ({markdown(_cut(seen))})"
    codes = ", ".join(item.codes)
    what = f"{item.severity.value} {codes}"
    return f"| {what} | {markdown(item.key)} | {where} | {why} | {markdown(_cut(item.help))} |"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
