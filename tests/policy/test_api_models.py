"""LIN007: models behind an API, of which nothing but the name is known."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.policy.facts_builder import facts

from provenance.policy import Policy, load_policy
from provenance.policy.evaluation import evaluate, judge_api_model
from provenance.report.finding import Severity

TODAY = datetime.date(2026, 1, 1)
EXCEPTION = """exceptions:
  - rule: LIN007
    subject: {subject}
    reason: legal-review
    comment: terms read, output is not trained on
    owner: legal@example.org
    expires: {expires}
"""


def policy(folder: Path, text: str) -> Policy:
    (folder / "provenance.yaml").write_text(f"version: 1\n{text}")
    return load_policy(None, folder)


def test_it_warns_unless_the_policy_says_otherwise(tmp_path: Path) -> None:
    (found,) = judge_api_model("gpt-4o", policy(tmp_path, "lineage: {api_model: warning}\n"), TODAY)
    assert (found.code, found.severity, found.subject) == (
        "LIN007",
        Severity.WARNING,
        "apis/gpt-4o",
    )
    strict = policy(tmp_path, "lineage: {api_model: error}\n")
    assert judge_api_model("gpt-4o", strict, TODAY)[0].severity is Severity.ERROR
    off = policy(tmp_path, "lineage: {api_model: ignore}\n")
    assert judge_api_model("gpt-4o", off, TODAY) == ()


def test_the_strict_policy_withholds_the_pass(tmp_path: Path) -> None:
    found = judge_api_model("gpt-4o", load_policy("builtin:strict@1", tmp_path), TODAY)
    assert [f.severity for f in found] == [Severity.INCOMPLETE]


@pytest.mark.parametrize(
    ("subject", "expires", "waived"),
    [
        ("apis/gpt-4o", "2026-06-01", True),
        ("apis/*", "2026-06-01", True),
        ("apis/openai/*", "2026-06-01", False),
        ("apis/gpt-4o-mini", "2026-06-01", False),
        ("apis/gpt-4o", "2025-12-31", False),
    ],
)
def test_an_exception_names_it(tmp_path: Path, subject: str, expires: str, waived: bool) -> None:
    text = EXCEPTION.format(subject=subject, expires=expires)
    (found,) = judge_api_model("gpt-4o", policy(tmp_path, text), TODAY)
    assert (found.waiver is not None) is waived


def test_a_day_in_the_past_revives_no_exception(tmp_path: Path) -> None:
    text = EXCEPTION.format(subject="apis/gpt-4o", expires="2026-06-01")
    (found,) = judge_api_model("gpt-4o", policy(tmp_path, text), TODAY, datetime.date(2026, 7, 1))
    assert found.waiver is None


def test_no_audit_fires_it_or_calls_its_exception_unused(tmp_path: Path) -> None:
    text = EXCEPTION.format(subject="apis/gpt-4o", expires="2026-06-01")
    codes = {f.code for f in evaluate(facts(), policy(tmp_path, text)).findings}
    assert not codes & {"LIN007", "POL001"}
