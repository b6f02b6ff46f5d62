"""A check as Markdown: a comment on a pull request, or ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

from provenance.escape import markdown, markdown_code
from provenance.render.check.concise import summary
from provenance.render.check.text import comparison_sentence, share_sentence
from provenance.report.checked import CheckFinding, CheckResult
from provenance.report.finding import Severity, Verdict

MARKER = "<!-- provenance-check -->"
"""Hidden first line: a bot finds its own comment by it and edits it."""
_SIGN = {Verdict.PASS: "✅", Verdict.FAIL: "❌", Verdict.INCOMPLETE: "❓"}
_ROWS = 50
"""Most findings listed: a comment on GitHub holds 65,536 characters."""
_LONGEST = 300


def render(result: CheckResult) -> str:
    """Verdict, comparison and a table of the findings that count."""
    counting = [f for f in result.findings if f.counts and f.finding.severity is not Severity.NOTE]
    name = result.verdict
    lines = [MARKER, f"### {_SIGN[name]} provenance: {name.value}", ""]
    if result.comparison is not None:
        lines += [f"**{markdown(comparison_sentence(result.comparison))}.**", ""]
    lines += [f"{markdown(summary(result))}; {markdown(share_sentence(result.share))}.", ""]
    if counting:
        lines += ["| | rule | where | what |", "| --- | --- | --- | --- |"]
        lines += [_row(f) for f in counting[:_ROWS]]
        if len(counting) > _ROWS:
            lines += ["", f"{len(counting) - _ROWS:,} more are in the full report."]
        lines.append("")
    policy = markdown_code(result.policy.name)
    lines.append(f"Policy {policy}, as of {result.as_of}. Only what is declared was read.")
    return "\n".join(lines) + "\n"


def _row(found: CheckFinding) -> str:
    finding = found.finding
    more = len(found.references) - 1
    where = markdown_code(f"{found.file}:{found.line}") + (f" and {more} more" if more > 0 else "")
    message = finding.message
    if len(message) > _LONGEST:
        message = message[: _LONGEST - 1] + "…"
    return f"| {finding.severity.value} | {finding.code} | {where} | {markdown(message)} |"
