"""One policy for many models: profiles, severities by code, categories, role lists."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import training_set
from tests.policy.facts_builder import codes, coverage, facts, findings, licensed, policy

from provenance.errors import PolicyError
from provenance.policy import evaluate
from provenance.policy.model import Terms
from provenance.policy.terms import decide_license
from provenance.report.finding import Severity, Verdict
from provenance.report.license import LicenseState
from provenance.report.report import SubjectInfo
from provenance.report.training import Role
from provenance.vocabulary.statuses import Status

_PROFILES = """
extends: [builtin:research@1]
severity: {LIC010: warning}
profiles:
  - {models: "acme/prod-*", use: commercial, licenses: {deny: [non-commercial]},
     severity: {LIC010: error},
     coverage: {thresholds: [{max_fraction_lacking: 0.02}]}}
  - {models: ["acme/*"], licenses: {review: [non-commercial]}}
"""


@pytest.mark.parametrize(
    ("model", "verdict"),
    [("acme/prod-1", "fail"), ("acme/lab", "incomplete"), ("other/prod-1", "pass")],
)
def test_the_first_profile_that_fits_a_model_holds(
    tmp_path: Path, model: str, verdict: str
) -> None:
    by = policy(tmp_path, _PROFILES)
    found = facts(
        licensed("a/a", "CC-BY-NC-4.0"), subject=SubjectInfo("model", model, "abc", Status.FOUND)
    )
    assert evaluate(found, by).verdict is Verdict(verdict)
    dataset = replace(found, subject=SubjectInfo("dataset", model, "abc", Status.FOUND))
    assert evaluate(dataset, by).verdict is Verdict.PASS


def test_severity_and_thresholds_of_a_profile(tmp_path: Path) -> None:
    by = policy(tmp_path, _PROFILES)
    prod = SubjectInfo("model", "acme/prod-1", "abc", Status.FOUND)
    found = facts(licensed("a/a", "CC-BY-4.0"), coverage=(coverage(0.1),))
    assert findings(found, by, "LIC010")[0].severity is Severity.WARNING
    assert not findings(found, by, "COV001")
    assert findings(replace(found, subject=prod), by, "LIC010")[0].severity is Severity.ERROR
    assert findings(replace(found, subject=prod), by, "COV001")


def test_severity_by_code_is_the_setting_of_the_rule(tmp_path: Path) -> None:
    by_code = policy(tmp_path, "severity: {LIC010: warning, GDPR008: error}\n")
    by_name = policy(
        tmp_path, "licenses: {attribution_owed: warning}\nprivacy: {no_removal_route: error}\n"
    )
    assert by_code.sha256 == by_name.sha256
    with pytest.raises(PolicyError, match="'warning' is not one of error or incomplete"):
        policy(tmp_path, "severity: {LIC013: warning}\n")
    with pytest.raises(PolicyError, match="set twice"):
        policy(tmp_path, "severity: {LIC010: note}\nlicenses: {attribution_owed: warning}\n")
    with pytest.raises(PolicyError, match="no rule has the code"):
        policy(tmp_path, "severity: {LIC999: note}\n")


def test_a_later_layer_s_setting_wins_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("severity: {LIC010: error}\n")
    found = policy(tmp_path, "extends: base.yaml\nlicenses: {attribution_owed: warning}\n")
    assert found.levels["LIC010"] is Severity.WARNING


def test_categories_stand_for_their_licenses(tmp_path: Path) -> None:
    found = policy(
        tmp_path,
        "licenses: {categories: {acme-ok: [MIT, CC-BY-4.0]}, allow: [acme-ok], "
        "deny: [non-commercial]}\n",
    )
    assert found.terms.allow == {"MIT", "CC-BY-4.0"}
    assert decide_license("MIT", found.terms)[0].value == "allow"
    (tmp_path / "base.yaml").write_text("licenses: {categories: {ours: [ISC]}, review: [ours]}\n")
    inherited = policy(tmp_path, "extends: base.yaml\nlicenses: {allow: [ours]}\n")
    assert inherited.terms.allow == {"ISC"}
    assert inherited.terms.review == frozenset()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("licenses: {categories: {permissive: [MIT]}, allow: [permissive]}\n", "is a group"),
        ("licenses: {categories: {Ours: [MIT]}, allow: [MIT]}\n", "no name for a category"),
        ("licenses: {categories: {ours: []}, allow: [ours]}\n", "at least 1"),
        ("licenses: {allow: [ours]}\n", "neither an SPDX id"),
    ],
)
def test_a_category_that_is_none_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        policy(tmp_path, text)


def test_lists_of_a_role_extend_the_base_unless_told_otherwise(tmp_path: Path) -> None:
    text = (
        "licenses: {allow: [MIT, ISC], deny: [non-commercial], "
        "roles: {pretraining: {deny: [ISC]%s}}}\n"
    )
    laid = policy(tmp_path, text % "").terms_for(Role.PRETRAINING)
    assert laid == Terms(frozenset({"MIT"}), deny=frozenset({"non-commercial", "ISC"}))
    alone = policy(tmp_path, text % ", extend: false").terms_for(Role.PRETRAINING)
    assert alone == Terms(deny=frozenset({"ISC"}))


_SHARES = (
    "extends: [builtin:research@1]\n"
    "coverage: {shares: [{licenses: [non-commercial], measure: datasets, max_fraction: 0.25}]}\n"
)


def test_the_share_of_a_group_of_licenses_has_a_limit(tmp_path: Path) -> None:
    by = policy(tmp_path, _SHARES)
    sets = [licensed(f"a/{i}", "MIT") for i in range(3)]
    four = coverage(total=4.0)
    fits = facts(*sets, licensed("b/b", "CC-BY-NC-4.0"), coverage=(four,))
    assert not {"LIC016", "LIC017"} & set(codes(fits, by))
    over = facts(
        *sets[1:], *(licensed(n, "CC-BY-NC-4.0") for n in ("b/b", "c/c")), coverage=(four,)
    )
    (found,) = findings(over, by, "LIC016")
    assert found.message == (
        "50 % of the datasets are under non-commercial (policy: at most 25 %); largest: b/b, c/c"
    )
    choice = facts(*sets[1:], *(licensed(n, "MIT OR CC-BY-NC-4.0") for n in ("b/b", "c/c")),
                   coverage=(four,))  # fmt: skip
    assert not {"LIC016", "LIC017"} & set(codes(choice, by))


def test_a_share_that_unknown_licenses_could_exceed_withholds_the_pass(tmp_path: Path) -> None:
    by = policy(tmp_path, _SHARES)
    sets = [licensed("a/a", "MIT"), training_set("b/b", LicenseState.NONE)]
    found = facts(*sets, coverage=(coverage(total=2.0),))
    assert "LIC017" in codes(found, by)
    unmeasured = policy(tmp_path, _SHARES.replace("datasets", "tokens"))
    assert "LIC017" in codes(found, unmeasured)


def test_a_profile_of_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"profiles\[0\]\.models: .*at least 1"):
        policy(tmp_path, "profiles: [{models: [], use: [commercial]}]\n")
