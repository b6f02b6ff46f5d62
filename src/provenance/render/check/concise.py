"""A check, one line a finding: ``file:line:column: severity CODE message``."""

from __future__ import annotations

import re

from provenance.amounts import place, plural
from provenance.escape import terminal
from provenance.report.checked import CheckFinding, CheckResult

_LONGEST = 90
"""Longest remedy kept on a line, in characters."""


def render(result: CheckResult) -> str:
    """Findings that count, one line each, and a line of totals."""
    lines = [
        f"{place(terminal(f.file), f.line, f.column)}: {f.finding.severity.value} {f.finding.code} "
        f"{terminal(f.finding.message)}{terminal(_remedy(f))}"
        for f in result.findings
        if f.counts
    ]
    return "\n".join([*lines, terminal(summary(result))]) + "\n"


def _remedy(fired: CheckFinding) -> str:
    """The first step of the help, in few words."""
    first = re.split(r"(?<=[a-z`)])[.;,](?:\s|$)", fired.finding.help, maxsplit=1)[0].rstrip(".")
    if not first or len(first) > _LONGEST:
        return ""
    return f" [{first[:1].lower()}{first[1:]}]"


def summary(result: CheckResult) -> str:
    """One line: what was searched, found and decided."""
    counting = sum(f.counts for f in result.findings)
    held = len(result.findings) - counting
    word = result.verdict.value
    if not result.references and not result.findings:
        word = "nothing to check"
    parts = [
        f"{word}: {plural(len(result.references), 'reference')} to "
        f"{plural(len(result.targets), 'repository', 'repositories')} in "
        f"{plural(result.counts.files, 'file')}",
        plural(counting, "finding"),
    ]
    if held:
        parts.append(f"{held:,} suppressed")
    if result.problems:
        parts.append(f"{plural(len(result.problems), 'file')} not searched")
    if result.counts.excluded:
        parts.append(f"{plural(result.counts.excluded, 'file')} excluded")
    return ", ".join(parts)


def searched(result: CheckResult) -> str:
    """The same without the decision."""
    return summary(result).partition(": ")[2]
