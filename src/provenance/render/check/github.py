"""A check as annotations of GitHub Actions (workflow commands)."""

from __future__ import annotations

from provenance.amounts import plural
from provenance.escape import github_message, github_property
from provenance.render.check.concise import summary
from provenance.report.causes import Fault, causes
from provenance.report.checked import CheckResult
from provenance.report.finding import Severity

_COMMAND = {
    Severity.ERROR: "error",
    Severity.INCOMPLETE: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}
"""What keeps the gate shut is an error: an incomplete verdict does so too."""
_MOST = 10
"""Annotations of one kind that GitHub shows for one step; further ones vanish in silence."""


def render(result: CheckResult) -> str:
    """One annotation for each cause at its first place, at most ten of a kind, and the totals.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    by_command: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for cause in causes(f for f in result.findings if f.counts):
        command = _COMMAND[cause.severity]
        by_command[command].append(_annotation(command, cause))
    total = [f"::notice title=provenance::{github_message(summary(result))}"]
    lines: list[str] = []
    for command, of_command in by_command.items():
        most = _MOST - (command == "notice")
        lines += of_command if len(of_command) <= most else of_command[: most - 1]
        if len(of_command) > most:
            left = len(of_command) - most + 1
            text = f"{left:,} more of this kind are in the summary and the full report"
            lines.append(f"::{command} title=provenance::{github_message(text)}")
    return "\n".join([*lines, *total]) + "\n"


def _annotation(command: str, cause: Fault) -> str:
    file, line, column, _ = cause.places[0]
    more = len(cause.places) - 1
    also = f" Also at {plural(more, 'more place')}." if more else ""
    message = f"{'; '.join(cause.messages)}. {cause.help}{also}"
    title = github_property(f"provenance {', '.join(cause.codes)}")
    return (
        f"::{command} file={github_property(file)},line={line},col={column},"
        f"title={title}::{github_message(message)}"
    )
