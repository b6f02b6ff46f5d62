"""Rules of the organisation's own, in CEL: typed, bounded, decided or left open."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from tests.policy.facts_builder import (
    codes,
    coverage,
    documented,
    facts,
    findings,
    licensed,
    policy,
)
from tests.policy.facts_builder import signal as said

from provenance.errors import PolicyError
from provenance.policy import evaluate
from provenance.policy.effects import without_effect
from provenance.report.finding import Severity, Verdict
from provenance.report.training import Weight
from provenance.vocabulary.topics import Topic

pytest.importorskip("cel_expr_python", reason="the extra `rules` is not installed")

_RULE = (
    "extends: [builtin:research@1]\nrules:\n"
    "  - {{code: ACME001, when: '{0}', severity: error, help: ask legal}}\n"
)


def own(tmp_path: Path, when: str, more: str = "") -> object:
    return policy(tmp_path, _RULE.format(when) + more)


def test_a_rule_over_sets_fires_on_those_it_is_about(tmp_path: Path) -> None:
    by = policy(
        tmp_path,
        _RULE.format(
            'set.share > 0.3 && "non-commercial" in set.restrictions && "eu" in subject.tags'
        ),
    )
    sets = (licensed("a/a", "MIT"), licensed("b/b", "CC-BY-NC-4.0"))
    found = facts(*sets, coverage=(coverage(total=2.0),), tags=("eu", "en"))
    (finding,) = findings(found, by, "ACME001")
    assert (finding.subject, finding.severity) == ("datasets/b/b", Severity.ERROR)
    assert finding.message == "b/b: ask legal"
    assert "set.share > 0.3" in finding.help
    assert evaluate(found, by).verdict is Verdict.FAIL
    assert "ACME001" not in codes(replace(found, tags=()), by)


def test_a_rule_over_the_subject_fires_once(tmp_path: Path) -> None:
    by = policy(tmp_path, _RULE.format('coverage.fraction > 0.1 && subject.kind == "model"'))
    found = facts(licensed("a/a", "MIT"), licensed("b/b", "MIT"), coverage=(coverage(0.2),))
    (finding,) = findings(found, by, "ACME001")
    assert finding.subject == "models/org/model"


def test_a_value_that_is_not_known_withholds_the_pass(tmp_path: Path) -> None:
    by = policy(tmp_path, _RULE.format("set.rows > 1000.0"))
    item = licensed("a/a", "MIT")
    (open_,) = findings(facts(item), by, "ACME001")
    assert open_.severity is Severity.INCOMPLETE
    assert "cannot be decided" in open_.message
    known = facts(replace(item, weight=Weight(rows=10)))
    assert "ACME001" not in codes(known, by)
    # what decides without the unknown value is decided
    by = policy(tmp_path, _RULE.format('set.rows > 1000.0 && set.id == "b/b"'))
    assert "ACME001" not in codes(facts(item), by)


def test_signals_that_a_card_affirms(tmp_path: Path) -> None:
    by = policy(tmp_path, _RULE.format('"children" in set.signals'))
    assert "ACME001" in codes(facts(documented("a/a", said(Topic.CHILDREN))), by)
    assert "ACME001" not in codes(facts(documented("a/a")), by)


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("set.shar > 0.1", "undeclared reference to"),
        ('set.share > "x"', "no matching overload"),
        ("set.share > 1", "no matching overload"),
        ("set.share", "must come to true or false"),
        ("true", "names no variable"),
        ("1 < 2", "names no variable"),
        ("set.share > 0.1 &&", "not a CEL condition"),
        ("import os", "not a CEL condition"),
        ('set.name.matches("(") || ' * 60 + "true", "at most 1,000 characters"),
        ("(" * 200 + "set.resolved" + ")" * 200, "not a CEL condition"),
    ],
)
def test_a_condition_that_is_none_is_refused_with_its_place(
    tmp_path: Path, when: str, says: str
) -> None:
    with pytest.raises(PolicyError, match=r"provenance\.yaml:3:") as caught:
        policy(tmp_path, _RULE.format(when.replace("'", "''")))
    assert says in str(caught.value)


@pytest.mark.parametrize("code", ["LIC900", "acme001", "ACME1", "CHK009", "ACME"])
def test_codes_of_ones_own(tmp_path: Path, code: str) -> None:
    text = _RULE.format("set.resolved").replace("ACME001", code)
    with pytest.raises(PolicyError, match="code"):
        policy(tmp_path, text)


def test_a_code_is_defined_once(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(_RULE.format("set.resolved"))
    with pytest.raises(PolicyError, match="another rule has the code ACME001"):
        policy(tmp_path, _RULE.format("set.resolved").replace("builtin:research@1", "base.yaml"))


def test_severity_exception_grace_and_profile_speak_of_it(tmp_path: Path) -> None:
    found = facts(licensed("a/a", "MIT"))
    quiet = policy(tmp_path, _RULE.format("set.resolved") + "severity: {ACME001: note}\n")
    assert findings(found, quiet, "ACME001")[0].severity is Severity.NOTE
    waived = policy(
        tmp_path,
        _RULE.format("set.resolved")
        + "exceptions: [{rules: [ACME001], subject: datasets/a/a, reason: temporary, comment: c, "
        "owner: o, expires: 2027-01-01}]\n",
    )
    assert findings(found, waived, "ACME001")[0].waiver is not None
    grace = policy(tmp_path, _RULE.format("set.resolved") + "grace: {ACME001: 2027-01-01}\n")
    assert findings(found, grace, "ACME001")[0].severity is Severity.WARNING
    off = policy(
        tmp_path,
        _RULE.format("set.resolved")
        + "profiles: [{models: 'org/*', severity: {ACME001: ignore}}]\n",
    )
    assert not findings(found, off, "ACME001")
    assert without_effect(off, datetime.date(2026, 11, 22)) == []


def test_a_loop_is_bounded(tmp_path: Path) -> None:
    long = "[" + ",".join("1" * 40) + "]"
    nested = f"{long}.all(a, {long}.all(b, {long}.all(c, {long}.all(d, a + b + c + d > 0))))"
    nested += " && set.resolved"
    by = policy(tmp_path, _RULE.format(nested))
    (open_,) = findings(facts(licensed("a/a", "MIT")), by, "ACME001")
    assert open_.severity is Severity.INCOMPLETE


@pytest.mark.parametrize(
    "when",
    [
        '"non-comercial" in set.restrictions',
        'set.share > 0.1 && set.role == "pretrain"',
        'set.license_state != "unknown"',
        '"child" in set.signals',
        'subject.kind == "space"',
        'set.role in ["training", "tuning"]',
        '"nc" in set.groups',
        '"model" == subject.kind || "models" == subject.kind',
        'set.role == "evaluation"',
    ],
)
def test_a_word_that_a_value_can_never_be_is_refused(tmp_path: Path, when: str) -> None:
    with pytest.raises(PolicyError, match=r"is never in (?:set|subject)\.\w+"):
        own(tmp_path, when)


@pytest.mark.parametrize(
    "when",
    [
        '"non-commercial" in set.restrictions',
        'set.statement == ""',
        'set.name == "pretrain"',
        'set.role in ["training", "finetuning"] && set.license.contains("NC")',
        '"anything" in subject.tags',
    ],
)
def test_words_that_can_be_are_not(tmp_path: Path, when: str) -> None:
    own(tmp_path, when)
