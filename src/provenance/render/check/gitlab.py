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
            "description": f"{found.finding.code}: {terminal(found.finding.message)}",
            "check_name": found.finding.code,
            "fingerprint": found.fingerprint,
            "severity": _SEVERITY[found.finding.severity],
            "location": {"path": terminal(found.file), "lines": {"begin": found.line}},
        }
        for found in result.findings
        if found.counts
    ]
    return json.dumps(entries, indent=2, ensure_ascii=True) + "\n"
