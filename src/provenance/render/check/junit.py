"""A check as JUnit XML: a test case for each reference, a failure for each finding."""

from __future__ import annotations

from provenance.amounts import place
from provenance.escape import html
from provenance.report.checked import CheckFinding, CheckResult
from provenance.report.finding import Severity

_FAILING = frozenset({Severity.ERROR, Severity.INCOMPLETE})


def render(result: CheckResult) -> str:
    """One suite; what only warns is in its output, what is accepted is skipped.

    In the shape that the schemas of Ant and of the Jenkins xUnit plugin both have: one element at
    most in a test case, output of the suite as a whole, no attribute of ``testsuites``.
    """
    by_target: dict[str, list[CheckFinding]] = {t.key: [] for t in result.targets}
    for fired in result.findings:
        by_target.setdefault(fired.target, []).append(fired)
    unaudited = {t.key for t in result.targets if not t.audited}
    cases = [_case(name, group, name in unaudited) for name, group in by_target.items()]
    text = "\n".join(cases)
    failures, skipped = text.count("<failure "), text.count("<skipped")
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    warned = "\n".join(_line(f) for f in result.findings if f.counts and not _fails(f))
    when = f"{result.as_of}T00:00:00"
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            "<testsuites>",
            f'  <testsuite name="provenance check" {counts} skipped="{skipped}" time="0" '
            f'timestamp="{when}" hostname="localhost" id="0" package="provenance">',
            "    <properties/>",
            *cases,
            f"    <system-out>{html(warned)}</system-out>",
            "    <system-err/>",
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _case(name: str, findings: list[CheckFinding], unaudited: bool) -> str:
    opening = f'    <testcase classname="provenance" name="{html(name)}" time="0"'
    counting = [f for f in findings if f.counts]
    grave = [f for f in counting if f.finding.severity in _FAILING]
    held = [f for f in findings if not f.counts and f.finding.severity in _FAILING]
    if grave:
        message, kind = html(grave[0].finding.message), html(grave[0].finding.code)
        text = html("\n".join(_line(f) for f in grave))
        return f'{opening}><failure type="{kind}" message="{message}">{text}</failure></testcase>'
    if held:
        first = held[0]
        why = html(f"{first.finding.code} {first.suppressed.value}: {first.reason}")
        return f'{opening}><skipped message="{why}"/></testcase>'
    if unaudited and not counting:
        return f'{opening}><skipped message="not audited"/></testcase>'
    return f"{opening}/>"


def _fails(fired: CheckFinding) -> bool:
    return fired.finding.severity in _FAILING


def _line(fired: CheckFinding) -> str:
    finding = fired.finding
    return f"{place(fired.file, fired.line)}: {finding.code} {finding.message}. {finding.help}"
