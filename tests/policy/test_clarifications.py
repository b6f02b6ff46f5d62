"""A clarification holds while the evidence it replaces stays the same."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from tests.builders import conclusion, evidence, training_set
from tests.policy.facts_builder import AS_OF, facts, findings, policy, stated

from provenance.policy import Clarifications, evidence_sha256
from provenance.policy.clarifications import personal_data_sha256
from provenance.report.license import LicenseState, Origin
from provenance.report.training import PersonalData

_TEXT = """
clarifications:
  - subject: datasets/a/a
    {fact}
    evidence_sha256: {sha}
    comment: a letter
    owner: legal@example.org
    {more}
"""
_KEY = "datasets/a/a"


def test_replaces_the_conclusion_and_keeps_the_statements(tmp_path: Path) -> None:
    said = replace(stated("MIT"), state=LicenseState.CONFLICTING, concluded="NOASSERTION")
    by = policy(
        tmp_path, _TEXT.format(fact="license: CC-BY-SA-4.0", sha=evidence_sha256(said), more="")
    )
    found = Clarifications.of(by, AS_OF).license(said, _KEY, "abc")
    assert (found.state, found.concluded) == (LicenseState.EXPLICIT, "CC-BY-SA-4.0")
    assert [s.origin for s in found.statements] == [Origin.TAG, Origin.CLARIFICATION]
    last = found.statements[-1].evidence
    assert (last.repo, last.path, last.line) == ("policy", "provenance.yaml", 3)
    assert found.reason == "clarified by legal@example.org: a letter"
    assert not findings(facts(replace(training_set("a/a"), license=found)), by, "POL004")


@pytest.mark.parametrize(
    ("subject", "revision", "as_of", "more"),
    [
        ("datasets/b/b", "abc", AS_OF, ""),
        (_KEY, "other", AS_OF, "revision: abc"),
        (_KEY, None, AS_OF, "revision: abc"),
        (_KEY, "abc", datetime.date(2026, 12, 2), "expires: 2026-12-01"),
    ],
)
def test_holds_for_its_subject_revision_and_time_only(
    tmp_path: Path, subject: str, revision: str | None, as_of: datetime.date, more: str
) -> None:
    said = conclusion(LicenseState.NONE)
    by = policy(tmp_path, _TEXT.format(fact="license: MIT", sha=evidence_sha256(said), more=more))
    assert Clarifications.of(by, as_of).license(said, subject, revision) is said
    assert Clarifications.of(by, AS_OF).license(said, _KEY, "abc") is not said


def test_is_void_when_the_evidence_changes_and_says_what_it_is_now(tmp_path: Path) -> None:
    said = stated("MIT")
    by = policy(tmp_path, _TEXT.format(fact="license: CC0-1.0", sha="0" * 64, more=""))
    assert Clarifications.of(by, AS_OF).license(said, _KEY, None) is said
    (void,) = findings(facts(replace(training_set("a/a"), license=said)), by, "POL004")
    assert evidence_sha256(said) in void.message
    pinned = policy(
        tmp_path,
        _TEXT.format(fact="license: MIT", sha=evidence_sha256(said), more="revision: feed"),
    )
    (other,) = findings(facts(replace(training_set("a/a"), license=said)), pinned, "POL004")
    assert "it is for revision feed" in other.message


def test_the_digest_is_of_words_not_of_lines() -> None:
    said = stated("MIT")
    (one,) = said.statements
    moved = replace(one, evidence=replace(one.evidence, line=40, revision="other"))
    assert evidence_sha256(replace(said, statements=(moved,))) == evidence_sha256(said)
    assert evidence_sha256(replace(said, statements=(replace(one, raw="mit."),))) != (
        evidence_sha256(said)
    )


def test_personal_data_is_clarified_the_same_way(tmp_path: Path) -> None:
    said = PersonalData("stated", "contains", evidence=(evidence("names"),))
    sha = personal_data_sha256(said)
    by = policy(tmp_path, _TEXT.format(fact="personal_data: anonymised", sha=sha, more=""))
    assert Clarifications.of(by, AS_OF).personal_data(said, _KEY, "abc").statement == "anonymised"
    other = replace(said, evidence=(evidence("addresses"),))
    assert Clarifications.of(by, AS_OF).personal_data(other, _KEY, "abc") is other
    found = facts(replace(training_set("a/a"), personal_data=other))
    assert personal_data_sha256(other) in findings(found, by, "POL004")[0].message


def test_one_about_nothing_here_or_out_of_date_warns(tmp_path: Path) -> None:
    by = policy(
        tmp_path, _TEXT.format(fact="license: MIT", sha="0" * 64, more="expires: 2026-01-01")
    )
    assert "matches nothing" in findings(facts(), by, "POL001")[0].message
    assert "expired on 2026-01-01" in findings(facts(), by, "POL002")[0].message
