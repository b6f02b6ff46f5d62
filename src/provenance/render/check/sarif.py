"""A check as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), for code scanning."""

from __future__ import annotations

import json
from urllib.parse import quote

from provenance.escape import sarif_text, terminal
from provenance.report.checked import CheckFinding, CheckResult, RuleInfo, Suppression
from provenance.report.finding import Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL = {
    Severity.ERROR: "error",
    Severity.INCOMPLETE: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
"""What keeps the gate shut is an error: an incomplete verdict does so too."""
_MORE_PLACES = 20
"""Most further locations given for one result."""


def render(result: CheckResult) -> str:
    """One run; suppressed findings are in it with their justification."""
    order = {rule.code: index for index, rule in enumerate(result.rules)}
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": result.tool.name,
                "version": result.tool.version,
                "rules": [_rule(rule) for rule in result.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The repository's root."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "warning",
                        "message": {"text": sarif_text(problem.message)},
                        "locations": [_location(problem.file, problem.line or 1, 1)],
                    }
                    for problem in result.problems
                ],
            }
        ],
        "results": [_result(finding, order) for finding in result.findings],
    }
    run["automationDetails"] = {"id": "provenance-check/"}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=True) + "\n"


def _rule(rule: RuleInfo) -> dict[str, object]:
    """One rule, without ``helpUri``: no page of a rule has an address on the web."""
    more = f"{rule.help} More: provenance explain {rule.code}."
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.title.split()),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": sarif_text(rule.description)},
        "help": {"text": sarif_text(more), "markdown": sarif_text(more)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }


def _result(fired: CheckFinding, order: dict[str, int]) -> dict[str, object]:
    finding = fired.finding
    first = (fired.file, fired.line, fired.column)
    places = [(r.file, r.line, r.column) for r in fired.references]
    others = [place for place in places if place != first][:_MORE_PLACES]
    out: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": _LEVEL[finding.severity],
        "message": {"text": sarif_text(finding.message)},
        "locations": [_location(*first)],
        "partialFingerprints": {
            "provenance/v1": fired.fingerprint,
            "primaryLocationLineHash": f"{fired.fingerprint[:16]}:1",
        },
    }
    if others:
        out["relatedLocations"] = [
            {"id": number, **_location(*place)} for number, place in enumerate(others, 1)
        ]
    if fired.suppressed is not Suppression.NO:
        kind = "inSource" if fired.suppressed is Suppression.IGNORED else "external"
        out["suppressions"] = [{"kind": kind, "justification": terminal(fired.reason)}]
    return out


def _location(file: str, line: int, column: int) -> dict[str, object]:
    uri = quote(file.encode("utf-8", "surrogateescape"), safe="/")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"},
            "region": {"startLine": max(line, 1), "startColumn": max(column, 1)},
        }
    }
