"""Verdicts, waivers and grouping."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import training_set
from tests.policy.facts_builder import (
    AS_OF,
    ROOT,
    codes,
    coverage,
    documented,
    facts,
    findings,
    licensed,
    policy,
    preset,
    signal,
)

from provenance.errors import InternalError
from provenance.policy import evaluate
from provenance.policy.rules import all_rules
from provenance.report.finding import Severity, Verdict
from provenance.report.license import LicenseState
from provenance.report.report import SubjectInfo
from provenance.vocabulary.statuses import Status
from provenance.vocabulary.topics import Topic


def test_a_clean_model_passes_the_default() -> None:
    result = evaluate(
        facts(licensed("a/a", "MIT"), licensed("b/b", "CC-BY-4.0")), preset("default")
    )
    assert result.verdict is Verdict.PASS
    assert {f.severity for f in result.findings} <= {Severity.NOTE}


def test_a_rule_that_fails_says_which_and_on_what(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = replace(all_rules()["LIC003"], check=lambda _facts, _policy: 1 / 0)  # type: ignore[arg-type,return-value]
    rules = {**all_rules(), "LIC003": broken}
    monkeypatch.setattr("provenance.policy.evaluation.all_rules", lambda: rules)
    with pytest.raises(InternalError, match="rule LIC003 failed on model org/model: ZeroDivision"):
        evaluate(facts(training_set("a/a")), preset("default"))


def test_several_sets_that_say_the_same_are_one_finding_with_evidence_of_each() -> None:
    sets = [training_set(f"a/set{n}", LicenseState.NONE) for n in range(8)]
    (found,) = findings(facts(*sets, licensed("b/b", "MIT")), preset("default"), "LIC003")
    assert found.subject == ROOT
    assert found.subjects == tuple(f"datasets/a/set{n}" for n in range(8))
    assert len(found.evidence) == 8
    assert found.message == "8 state no license: a/set0, a/set1, a/set2, a/set3, a/set4 and 3 more"


def test_a_single_set_is_the_subject_of_its_finding() -> None:
    (found,) = findings(facts(training_set("a/a", LicenseState.NONE)), preset("default"), "LIC003")
    assert (found.subject, found.subjects, found.message) == (
        "datasets/a/a",
        (),
        "a/a states no license",
    )


def test_the_fingerprint_does_not_move_with_lines_dates_or_order() -> None:
    one, two = (training_set(n, LicenseState.NONE) for n in ("a/a", "b/b"))
    by = preset("default")
    first = findings(facts(one, two), by, "LIC003")[0].fingerprint
    moved = replace(one, evidence=(replace(one.evidence[0], line=99),))
    again = findings(facts(two, moved, as_of=datetime.date(2027, 1, 1)), by, "LIC003")[
        0
    ].fingerprint
    other = findings(facts(one), by, "LIC003")[0].fingerprint
    assert first == again != other


def test_incomplete_before_pass_and_fail_before_incomplete() -> None:
    by = preset("default")
    unknown = training_set("a/a", LicenseState.UNRESOLVED)
    assert evaluate(facts(unknown), by).verdict is Verdict.INCOMPLETE
    assert evaluate(facts(unknown, licensed("b/b", "CC-BY-NC-4.0")), by).verdict is Verdict.FAIL


def test_warnings_fail_when_asked_to() -> None:
    found = facts(documented("a/a", signal(Topic.CRIMINAL)))
    by = preset("default")
    assert evaluate(found, by).verdict is Verdict.PASS
    assert evaluate(found, by, fail_on=Severity.WARNING).verdict is Verdict.FAIL


_WAIVED = """
extends: [builtin:default@1]
exceptions:
  - rule: LIC003
    subject: {subject}
    reason: licensed-separately
    comment: a contract
    owner: legal@example.org
    expires: {expires}
"""


@pytest.mark.parametrize("subject", ["datasets/a/a", "datasets/a/*"])
def test_a_waived_finding_is_kept_and_does_not_count(tmp_path: Path, subject: str) -> None:
    by = policy(tmp_path, _WAIVED.format(subject=subject, expires="2026-12-31"))
    result = evaluate(facts(training_set("a/a", LicenseState.NONE)), by)
    (found,) = [f for f in result.findings if f.code == "LIC003"]
    assert found.waiver is not None
    assert (found.waiver.reason, found.waiver.owner) == ("licensed-separately", "legal@example.org")
    assert result.verdict is Verdict.PASS


def test_only_the_excepted_set_is_waived(tmp_path: Path) -> None:
    by = policy(tmp_path, _WAIVED.format(subject="datasets/a/a", expires="2026-12-31"))
    sets = [training_set(n, LicenseState.NONE) for n in ("a/a", "b/b", "c/c")]
    found = findings(facts(*sets), by, "LIC003")
    assert sorted((f.subjects or (f.subject,), f.waiver is None) for f in found) == [
        (("datasets/a/a",), False),
        (("datasets/b/b", "datasets/c/c"), True),
    ]


def test_exceptions_can_be_set_aside(tmp_path: Path) -> None:
    by = policy(tmp_path, _WAIVED.format(subject="datasets/a/a", expires="2026-12-31"))
    found = facts(training_set("a/a", LicenseState.NONE))
    assert evaluate(found, by, exceptions=False).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize(("day", "waives"), [(AS_OF, True), (datetime.date(2026, 11, 23), False)])
def test_an_exception_holds_up_to_its_day(tmp_path: Path, day: str, waives: bool) -> None:
    by = policy(tmp_path, _WAIVED.format(subject="datasets/a/a", expires=AS_OF))
    found = facts(training_set("a/a", LicenseState.NONE), as_of=day)
    assert ("LIC003" not in codes(found, by)) is waives
    assert ("POL002" in codes(found, by)) is not waives


def test_an_exception_that_matches_nothing_warns(tmp_path: Path) -> None:
    by = policy(tmp_path, _WAIVED.format(subject="datasets/a/misspelt", expires="2026-12-31"))
    found = facts(training_set("a/a", LicenseState.NONE))
    (warned,) = findings(found, by, "POL001")
    assert warned.severity is Severity.WARNING
    assert (warned.evidence[0].path, warned.evidence[0].line) == ("provenance.yaml", 4)


def test_an_exception_says_when_it_will_expire_or_runs_too_long(tmp_path: Path) -> None:
    text = _WAIVED.format(subject="datasets/a/a", expires="2026-12-01")
    found = facts(training_set("a/a", LicenseState.NONE))
    assert findings(found, policy(tmp_path, text), "POL003")[0].severity is Severity.NOTE
    strict = text + "settings: {max_exception_days: 5, expiring: ignore, too_long: error}\n"
    assert findings(found, policy(tmp_path, strict), "POL005")[0].severity is Severity.ERROR
    assert not findings(found, policy(tmp_path, strict), "POL003")


def test_findings_are_in_a_fixed_order() -> None:
    sets = (training_set("a/a", LicenseState.NONE), licensed("b/b", "CC-BY-NC-4.0"))
    result = evaluate(facts(*sets, coverage=(coverage(0.5),)), preset("commercial"))
    keys = [(f.severity.rank, f.code, f.subject) for f in result.findings]
    assert keys == sorted(keys)
    assert result == evaluate(facts(*sets, coverage=(coverage(0.5),)), preset("commercial"))


def test_a_set_that_comes_through_a_base_model_says_so() -> None:
    item = training_set("a/a", LicenseState.NONE, via=("org/base",))
    assert findings(facts(item), preset("default"), "LIC003")[0].message == (
        "a/a (through org/base) states no license"
    )
    assert not findings(
        facts(item, subject=SubjectInfo("dataset", "a/a", None, Status.FOUND)),
        preset("default"),
        "LIC009",
    )
