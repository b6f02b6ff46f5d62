"""A check as JUnit XML: a test case for each reference, a failure for each finding."""

from __future__ import annotations

from provenance.escape import html
from provenance.report.checked import CheckFinding, CheckResult
from provenance.report.finding import Severity

_FAILING = frozenset({Severity.ERROR, Severity.INCOMPLETE})


def render(result: CheckResult) -> str:
    """One suite; what only warns passes with its text as output."""
    by_target: dict[str, list[CheckFinding]] = {t.key: [] for t in result.targets}
    for found in result.findings:
        if found.counts:
            by_target.setdefault(found.target, []).append(found)
    skipped = {t.key for t in result.targets if not t.audited and not by_target[t.key]}
    cases = [_case(name, found, name in skipped) for name, found in by_target.items()]
    failures = sum(
        any(f.finding.severity in _FAILING for f in found) for found in by_target.values()
    )
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{len(skipped)}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="provenance" {counts}>',
            f'  <testsuite name="provenance check" {counts}>',
            *cases,
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _case(name: str, findings: list[CheckFinding], skipped: bool) -> str:
    where = f' file="{html(findings[0].file)}" line="{findings[0].line}"' if findings else ""
    opening = f'    <testcase classname="provenance" name="{html(name)}"{where} time="0"'
    if skipped:
        return f'{opening}><skipped message="not audited: evaluation data"/></testcase>'
    if not findings:
        return f"{opening}/>"
    grave = [f for f in findings if f.finding.severity in _FAILING]
    text = html("\n".join(_line(f) for f in grave or findings))
    if not grave:
        return f"{opening}><system-out>{text}</system-out></testcase>"
    message = html(grave[0].finding.message)
    kind = html(grave[0].finding.code)
    return f'{opening}><failure type="{kind}" message="{message}">{text}</failure></testcase>'


def _line(found: CheckFinding) -> str:
    finding = found.finding
    return f"{found.file}:{found.line}: {finding.code} {finding.message}. {finding.help}"
