"""A check as GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/)."""

from __future__ import annotations

import json

from provenance.escape import terminal
from provenance.report.checked import CheckResult
from provenance.report.finding import Severity

_SEVERITY = {
    Severity.ERROR: "critical",
    Severity.INCOMPLETE: "major",
    Severity.WARNING: "minor",
    Severity.NOTE: "info",
}


def render(result: CheckResult) -> str:
    """A list with one entry for each finding that counts."""
    entries = [
        {
            "description": f"{fired.finding.code}: {terminal(fired.finding.message)}",
            "check_name": fired.finding.code,
            "fingerprint": fired.fingerprint,
            "severity": _SEVERITY[fired.finding.severity],
            "location": {"path": terminal(fired.file), "lines": {"begin": fired.line}},
        }
        for fired in result.findings
        if fired.counts
    ]
    return json.dumps(entries, indent=2, ensure_ascii=True) + "\n"
