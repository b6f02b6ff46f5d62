"""Exceptions that mean something: pinned, several rules, evidence, a whole run, a grace."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import training_set
from tests.policy.facts_builder import AS_OF, codes, documented, facts, findings, licensed, policy
from tests.policy.facts_builder import signal as said

from provenance.errors import PolicyError
from provenance.policy import judge
from provenance.policy.accepting import licensed_separately
from provenance.report.finding import Severity, Verdict
from provenance.report.license import LicenseState
from provenance.vocabulary.topics import Topic

_HEAD = "extends: [builtin:default@1]\nexceptions:\n"
_LATE = "2027-06-30"


def accepted(rules: str, subject: str, more: str = "", reason: str = "risk-accepted") -> str:
    return (
        f"  - {{rules: {rules}, subject: '{subject}', reason: {reason}, comment: c, owner: legal, "
        f"expires: {_LATE}{more}}}\n"
    )


def test_several_rules_in_one_exception(tmp_path: Path) -> None:
    by = policy(tmp_path, _HEAD + accepted("[LIC001, LIC011]", "datasets/a/a"))
    found = facts(licensed("a/a", "CC-BY-NC-4.0"))
    assert not {"LIC001", "LIC011"} & set(codes(found, by))
    assert judge([found], by)[0].verdict is Verdict.PASS


def test_one_of_rule_and_rules(tmp_path: Path) -> None:
    both = accepted("[LIC001]", "datasets/a/a", ", rule: LIC001")
    with pytest.raises(PolicyError, match="one of rule and rules"):
        policy(tmp_path, _HEAD + both)


def test_a_license_that_changed_voids_what_was_accepted(tmp_path: Path) -> None:
    accepts = ", accepts: {license: CC-BY-NC-4.0}"
    by = policy(tmp_path, _HEAD + accepted("[LIC001]", "datasets/a/a", accepts))
    assert "LIC001" not in codes(facts(licensed("a/a", "CC-BY-NC-4.0")), by)
    changed = facts(licensed("a/a", "CC-BY-NC-ND-4.0"))
    assert {"LIC001", "POL004"} <= set(codes(changed, by))
    (void,) = findings(changed, by, "POL004")
    assert "accepts CC-BY-NC-4.0, the license is now CC-BY-NC-ND-4.0" in void.message
    assert "POL001" not in codes(changed, by)


def test_a_revision_that_moved_voids_what_was_accepted(tmp_path: Path) -> None:
    by = policy(
        tmp_path, _HEAD + accepted("[LIC001]", "datasets/a/a", ", accepts: {revision: abc}")
    )
    item = licensed("a/a", "CC-BY-NC-4.0")
    assert "LIC001" not in codes(facts(replace(item, revision="abc")), by)
    assert {"LIC001", "POL004"} <= set(codes(facts(replace(item, revision="abd")), by))


def test_evidence_that_changed_voids_what_was_accepted(tmp_path: Path) -> None:
    def file(digest: str) -> str:
        pin = f", accepts: {{evidence_sha256: '{digest}'}}"
        return _HEAD + accepted("[GDPR004]", "datasets/a/a", pin)

    found = facts(documented("a/a", said(Topic.SPECIAL_CATEGORY, "health")))
    (void,) = findings(found, policy(tmp_path, file("0" * 64)), "POL004")
    digest = void.message.rpartition(" ")[2]
    pinned = policy(tmp_path, file(digest))
    assert "GDPR004" not in codes(found, pinned)
    other = said(Topic.SPECIAL_CATEGORY, "ethnic origin")
    words = replace(other, evidence=replace(other.evidence, excerpt="other words"))
    assert "GDPR004" in codes(facts(documented("a/a", words)), pinned)


def test_an_approval_rests_on_a_file_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "acme.pdf").write_bytes(b"signed")
    digest = hashlib.sha256(b"signed").hexdigest()

    def text(file: str, sha256: str) -> str:
        return _HEAD + (
            "  - {rules: [LIC003], subject: datasets/a/a, reason: licensed-separately, "
            f"owner: legal, expires: {_LATE}, evidence: {{file: {file}, sha256: '{sha256}'}}}}\n"
        )

    by = policy(tmp_path, text("legal/acme.pdf", digest))
    (waived,) = findings(facts(training_set("a/a", LicenseState.NONE)), by, "LIC003")
    assert waived.waiver is not None
    assert waived.waiver.comment == f"legal/acme.pdf (sha256 {digest})"
    with pytest.raises(PolicyError, match=f"its sha256 is {digest}"):
        policy(tmp_path, text("legal/acme.pdf", "0" * 64))
    with pytest.raises(PolicyError, match=r"legal/none\.pdf: cannot be read"):
        policy(tmp_path, text("legal/none.pdf", digest))


def test_an_exception_says_why(tmp_path: Path) -> None:
    text = (
        "  - {rules: [LIC003], subject: datasets/a/a, reason: temporary, owner: o, "
        f"expires: {_LATE}}}\n"
    )
    with pytest.raises(PolicyError, match="says why"):
        policy(tmp_path, _HEAD + text)


def test_a_license_held_by_the_organisation_is_about_what_is_not_stated(tmp_path: Path) -> None:
    lacking = training_set("a/a", LicenseState.NONE)
    held = ", accepts: {license: LicenseRef-acme, revision: abc}"
    by = policy(tmp_path, _HEAD + accepted("[LIC003]", "datasets/a/a", held, "licensed-separately"))
    assert licensed_separately(by, replace(lacking, revision="abc"), AS_OF) is not None
    assert licensed_separately(by, replace(lacking, revision="abd"), AS_OF) is None
    assert (
        licensed_separately(by, replace(lacking, revision="abc"), datetime.date(2027, 7, 1)) is None
    )
    wide = policy(tmp_path, _HEAD + accepted("[GDPR006]", "*", "", "licensed-separately"))
    assert licensed_separately(wide, lacking, AS_OF) is None


def test_unused_is_judged_over_the_whole_run(tmp_path: Path) -> None:
    by = policy(
        tmp_path,
        _HEAD + accepted("[LIC001]", "datasets/a/a") + accepted("[LIC001]", "datasets/b/b"),
    )
    one = facts(licensed("a/a", "CC-BY-NC-4.0"))
    two = facts(licensed("b/b", "CC-BY-NC-4.0"))
    together = judge([one, two], by)
    assert not [f for e in together for f in e.findings if f.code == "POL001"]
    (alone,) = judge([one], by)
    (unused,) = [f for f in alone.findings if f.code == "POL001"]
    assert "datasets/b/b" in unused.message
    assert unused.evidence[0].line == 4


def test_a_grace_lets_a_rule_warn_until_its_day(tmp_path: Path) -> None:
    text = "extends: [builtin:default@1]\nlicenses: {conflicting: error}\ngrace: {LIC006: DAY}\n"
    found = facts(training_set("a/a", LicenseState.CONFLICTING))
    (warned,) = findings(found, policy(tmp_path, text.replace("DAY", "2027-03-01")), "LIC006")
    assert warned.severity is Severity.WARNING
    assert "a warning until 2027-03-01, then error" in warned.message
    for day in ("2026-11-21", "9999-01-01"):
        by = policy(tmp_path, text.replace("DAY", day))
        (after,) = findings(found, by, "LIC006")
        assert after.severity is Severity.ERROR
