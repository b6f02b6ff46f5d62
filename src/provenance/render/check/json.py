"""The result of a check as JSON."""

from __future__ import annotations

import json

import msgspec

from provenance.report.checked import CheckResult


def render(result: CheckResult) -> str:
    """The result as JSON, ASCII only: nothing in it can reorder or hide text."""
    return json.dumps(msgspec.to_builtins(result), indent=2, ensure_ascii=True) + "\n"
