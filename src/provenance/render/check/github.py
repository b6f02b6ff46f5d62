"""A check as annotations of GitHub Actions (workflow commands)."""

from __future__ import annotations

from provenance.escape import github_message, github_property
from provenance.render.check.concise import summary
from provenance.report.checked import CheckResult
from provenance.report.finding import Severity

_COMMAND = {
    Severity.ERROR: "error",
    Severity.INCOMPLETE: "warning",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(result: CheckResult) -> str:
    """One annotation for each finding that counts.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for found in result.findings:
        if found.counts:
            finding = found.finding
            message = f"{finding.message}. {finding.help}"
            lines.append(
                f"::{_COMMAND[finding.severity]} file={github_property(found.file)},"
                f"line={found.line},col={found.column},"
                f"title={github_property(f'provenance {finding.code}')}::{github_message(message)}"
            )
    lines.append(f"::notice title=provenance::{github_message(summary(result))}")
    return "\n".join(lines) + "\n"
