"""Ways in which a policy passed by accident: each is refused, or holds nothing back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.builders import training_set
from tests.policy.facts_builder import AS_OF, codes, facts, findings, policy, preset

from provenance.errors import PolicyError
from provenance.policy import evaluate
from provenance.policy.effects import without_effect
from provenance.policy.loading import load_policy
from provenance.policy.presets import preset_names
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState

_EXCEPTION = "{{rule: {0}, subject: '{1}', reason: temporary, comment: c, owner: o, expires: {2}}}"


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        policy(tmp_path, text)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", "\n# words\n", "---\n", "{}", "version: 1\n", "description: ours\n", "licenses:\n",
     "licenses: {}\ncoverage:\n", "x-ours: [MIT]\n",
     "tests: [{name: n, license: MIT, expect: {decision: review}}]\n"],
)  # fmt: skip
def test_a_file_that_decides_nothing_is_refused(tmp_path: Path, text: str) -> None:
    assert "decides nothing" in refused(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    ["use: [internal]\n---\nlicenses: {deny: [MIT]}\n", "---\n---\nuse: [internal]\n",
     "use: [internal]\n...\n---\n", "use: [internal]\n--- # more\n: [\n"],
)  # fmt: skip
def test_a_second_document_is_never_dropped(tmp_path: Path, text: str) -> None:
    assert "second YAML document" in refused(tmp_path, text)


def test_one_document_with_its_marks_is_one(tmp_path: Path) -> None:
    assert policy(tmp_path, "---\nuse: [internal]\n...\n").use


def test_a_key_that_is_no_word_is_never_dropped(tmp_path: Path) -> None:
    assert "a key is a word" in refused(tmp_path, "use: [internal]\n? [licenses]\n: {}\n")
    assert "a key is a word" in refused(tmp_path, "coverage:\n  ? {a: b}\n  : 1\nuse: internal\n")


def test_a_file_too_large_is_never_cut(tmp_path: Path) -> None:
    assert "larger than" in refused(tmp_path, "use: [internal]\n" + "# words\n" * 130_000)


def test_merge_keys_are_refused_with_a_way_out(tmp_path: Path) -> None:
    says = refused(tmp_path, "x-a: &a {missing: error}\nlicenses:\n  <<: *a\n  other: note\n")
    assert "provenance.yaml:3:3: licenses: merge keys (<<) are not read" in says


def test_keys_of_ones_own_hold_anchors_and_nothing_else(tmp_path: Path) -> None:
    found = policy(tmp_path, "x-ok: &ok [MIT, ISC]\nlicenses: {allow: *ok}\n")
    assert found.terms.allow == {"MIT", "ISC"}
    assert "unknown key 'x-ok'" in refused(tmp_path, "licenses: {x-ok: [MIT]}\n")
    twice = "x-a: &a [MIT]\nlicenses:\n  allow: [ISC]\n  allow: *a\n"
    assert "provenance.yaml:4:3: licenses.allow: set twice; first on line 3" in refused(
        tmp_path, twice
    )


@pytest.mark.parametrize(
    ("rule", "subject", "says"),
    [
        ("LIC013", "*", "never a pass"),
        ("LIC013", "datasets/acme/*", "never a pass"),
        ("COV001", "*", "never a pass"),
        ("COV003", "models/*", "never a pass"),
        ("LIN002", "models/acme/*", "never a pass"),
        ("LIC003", "*", "name the owner"),
        ("LIC003", "datasets/*", "name the owner"),
        ("LIC004", "datasets/a*/b", "name the owner"),
        ("LIC003", "named:*", "name the owner"),
        ("GDPR004", "models/acme/x", "about datasets"),
        ("AIA008", "datasets/acme/x", "about models"),
        ("POL002", "*", "set settings.expired instead"),
        ("LIC001", "acme/x", "names no subject"),
        ("LIC001", "datasets/acme/x/y", "names no subject"),
        ("LIC001", "datasets/acme/x@main", "no revision"),
        ("LIC001", "datasets/acme x", "names no subject"),
        ("LIC001", "https://huggingface.co/datasets/acme/x", "names no subject"),
    ],
)
def test_an_exception_that_waives_too_much_or_nothing_is_refused(
    tmp_path: Path, rule: str, subject: str, says: str
) -> None:
    text = f"exceptions: [{_EXCEPTION.format(rule, subject, '2027-01-01')}]\n"
    assert says in refused(tmp_path, text)


@pytest.mark.parametrize("subject", ["datasets/acme/*", "datasets/squad", "datasets/a.b/c_d-e"])
def test_one_owner_may_be_excepted(tmp_path: Path, subject: str) -> None:
    text = f"exceptions: [{_EXCEPTION.format('LIC003', subject, '2027-01-01')}]\n"
    assert policy(tmp_path, text).exceptions


def test_a_clarification_is_about_one_thing(tmp_path: Path) -> None:
    text = (
        "clarifications: [{subject: 'datasets/acme/*', license: MIT, comment: c, owner: o, "
        f"evidence_sha256: '{'0' * 64}'}}]\n"
    )
    assert "* stands for nothing here" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("use: [internal]\ntests: [{name: n, license: MIT, expect: {}}]\n", "expects nothing"),
        ("use: [internal]\ntests: [{name: n, license: MIT, expect: {findings: []}}]\n",
         "expects nothing"),
        ("use: [internal]\ntests: [{name: n, license: MIT, "
         "expect: {findings: [LIC001], absent: [LIC001]}}]\n", "both among findings and absent"),
        ("licenses: {roles: {evaluation: {deny: [MIT]}}}\n", "'evaluation'"),
        ("extends: builtin:default@1\ngrace: {LIC013: 2027-01-01}\n", "has no grace"),
        ("extends: builtin:default@1\ngrace: {COV001: 2027-01-01}\n", "has no grace"),
    ],
)  # fmt: skip
def test_what_can_never_hold_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text)


@pytest.mark.parametrize("expires", ["2027-12-31", "9999-12-31"])
def test_an_exception_that_runs_too_long_waives_nothing(tmp_path: Path, expires: str) -> None:
    text = (
        "extends: [builtin:default@1]\n"
        f"exceptions: [{_EXCEPTION.format('LIC003', 'datasets/a/a', expires)}]\n"
    )
    by = policy(tmp_path, text)
    found = facts(training_set("a/a", LicenseState.NONE))
    assert {"LIC003", "POL005"} <= set(codes(found, by))
    assert without_effect(by, AS_OF)
    longer = policy(tmp_path, text + "settings: {max_exception_days: 36500}\n")
    assert ("LIC003" in codes(found, longer)) is (expires == "9999-12-31")


@pytest.mark.parametrize("name", sorted(preset_names()))
def test_every_preset_has_a_longest_term(name: str) -> None:
    assert preset(name).settings.max_exception_days <= 365
    assert without_effect(preset(name), AS_OF) == []


def test_a_date_in_the_past_revives_no_waiver_in_a_gate(tmp_path: Path) -> None:
    text = (
        "extends: [builtin:default@1]\n"
        f"exceptions: [{_EXCEPTION.format('LIC003', 'datasets/a/a', '2026-11-30')}]\n"
    )
    by = policy(tmp_path, text)
    found = facts(training_set("a/a", LicenseState.NONE))
    assert evaluate(found, by).verdict is Verdict.PASS
    gate = evaluate(found, by, waived_on=datetime.date(2026, 12, 1))
    assert gate.verdict is Verdict.INCOMPLETE
    assert "POL002" in {f.code for f in gate.findings}


_ALLOWED = "extends: [builtin:default@1]\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_ALLOWED + "licenses: {missing: ignore}\n"
         f"exceptions: [{_EXCEPTION.format('LIC003', 'datasets/a/a', '2027-01-01')}]\n",
         "LIC003 is switched off"),
        (_ALLOWED + f"exceptions: [{_EXCEPTION.format('LIC003', 'datasets/a/a', '2027-01-01')}, "
         f"{_EXCEPTION.format('LIC003', 'datasets/a/a', '2027-02-01')}]\n", "an earlier exception"),
        (_ALLOWED + f"exceptions: [{_EXCEPTION.format('LIC003', 'datasets/a/a', '2026-01-01')}]\n",
         "expired on 2026-01-01"),
        (_ALLOWED + "grace: {GDPR008: 2027-01-01}\n", "GDPR008, which is switched off"),
        (_ALLOWED + "grace: {LIC006: 2026-01-01}\n", "grace of LIC006 expired"),
        ("licenses: {deny: [MIT], denied: ignore}\n", "LIC001 is switched off"),
        ("licenses: {review: [MIT], needs_review: ignore}\n", "LIC002 is switched off"),
        ("licenses: {allow: [MIT], categories: {ours: [ISC]}}\n", "'ours' stands in no list"),
        ("coverage: {thresholds: [{max_fraction_lacking: 1}]}\n", "no fraction is above it"),
        ("coverage: {threshold: ignore, thresholds: [{max_fraction_lacking: 0}]}\n",
         "COV001 is switched off"),
        (_ALLOWED + "profiles: [{models: 'a/*', use: [commercial]}]\n", "changes nothing"),
        (_ALLOWED + "profiles: [{models: 'a/*', use: [research]}, "
         "{models: 'a/*', use: [internal]}]\n", "an earlier one holds"),
    ],
)  # fmt: skip
def test_validate_refuses_what_has_no_effect(tmp_path: Path, text: str, says: str) -> None:
    (found,) = without_effect(policy(tmp_path, text), AS_OF)
    assert found.startswith("provenance.yaml:")
    assert says in found


def test_a_file_may_switch_off_what_it_extends(tmp_path: Path) -> None:
    text = _ALLOWED + "licenses: {denied: ignore}\ncoverage: {threshold: ignore}\n"
    assert without_effect(policy(tmp_path, text), AS_OF) == []


def test_names_of_presets_may_hold_digits(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no built-in policy 'ab99'"):
        load_policy("builtin:ab99@1", tmp_path)


def test_one_finding_names_all_unused_exceptions(tmp_path: Path) -> None:
    many = ", ".join(
        _EXCEPTION.format("LIC003", f"datasets/a/n{i}", "2027-01-01") for i in range(500)
    )
    by = policy(tmp_path, f"extends: [builtin:default@1]\nexceptions: [{many}]\n")
    (found,) = findings(facts(training_set("a/a", LicenseState.NONE)), by, "POL001")
    assert found.message.startswith("500 acceptances: exception of LIC003 for datasets/a/n0,")
    assert "and 495 more" in found.message
