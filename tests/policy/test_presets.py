"""Each preset is what it says: its own tests pass, and its head says for whom it is."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.policy.facts_builder import AS_OF, policy, preset

from provenance.policy.document import read_document
from provenance.policy.loading import load_policy
from provenance.policy.presets import preset_document, preset_names, preset_text
from provenance.policy.rules import RuleSection, all_rules
from provenance.policy.starter import STARTING_POLICY
from provenance.policy.testing import run_tests
from provenance.report.finding import Severity


@pytest.mark.parametrize("name", preset_names())
def test_its_own_tests_pass(name: str) -> None:
    results = run_tests(preset(name), AS_OF)
    assert results
    assert [(r.name, r.wrong) for r in results if r.wrong] == []


@pytest.mark.parametrize("name", preset_names())
def test_it_says_what_and_whom_it_is_for(name: str) -> None:
    text = preset_text(name)
    assert f"# {name}: " in text
    assert "# For: " in text
    assert "a documentation risk, not a legal finding" in text


def test_what_ships_read_is_what_reading_it_gives() -> None:
    for name in preset_names():
        assert preset_document(name, "p") == replace(
            read_document(preset_text(name), "p"), lines=()
        )


@pytest.mark.parametrize("name", preset_names())
def test_it_is_a_valid_policy_file(name: str, tmp_path: Path) -> None:
    """A built-in policy is not checked again when it is used: it is here."""
    copy = tmp_path / "policy.yaml"
    copy.write_text(preset_text(name), encoding="utf-8")
    assert load_policy(copy, tmp_path).levels == preset(name).levels


def test_using_one_starts_no_schema() -> None:
    program = (
        "import sys; from provenance.policy import load_policy; from pathlib import Path; "
        "load_policy('strict', Path('/')); sys.exit('pydantic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_presets_are_those_of_the_issue() -> None:
    assert set(preset_names()) == {
        "ca-ab2013", "commercial", "default", "edpb-28-2024", "eu-ai-act", "eu-gpai-summary",
        "gdpr", "open-data", "research", "strict",
    }  # fmt: skip


def test_strict_switches_nothing_off() -> None:
    assert None not in preset("strict").levels.values()


def test_open_data_leaves_nothing_open() -> None:
    by = preset("open-data")
    licenses = {r.code for r in all_rules().values() if r.section is RuleSection.LICENSES}
    gaps = {"LIC003", "LIC004", "LIC005", "LIC006", "LIC012", "LIC013"}
    assert gaps <= licenses
    assert {by.levels[code] for code in gaps} == {Severity.ERROR}
    assert {t.reading for t in by.thresholds} == {"direct", "inherited"}


def test_the_starting_policy_is_valid_and_its_tests_pass(tmp_path: Path) -> None:
    found = policy(tmp_path, STARTING_POLICY)
    assert [r.wrong for r in run_tests(found, AS_OF)] == [(), ()]


def test_failing_tests_say_what_is_not_as_expected(tmp_path: Path) -> None:
    (tmp_path / "card.md").write_text("# A set\n")
    found = policy(
        tmp_path,
        "extends: builtin:default@1\n"
        "tests:\n"
        "  - {name: a, license: MIT, expect: {decision: deny, verdict: fail, findings: LIC001}}\n"
        "  - {name: b, card: card.md, expect: {absent: [LIC003]}}\n",
    )
    first, second = run_tests(found, AS_OF)
    assert first.wrong == (
        "decision is allow, not deny",
        "verdict is pass, not fail",
        "LIC001 is not among the findings",
    )
    assert second.wrong == ("LIC003 is among the findings",)


def test_a_tests_card_must_be_there(tmp_path: Path) -> None:
    found = policy(
        tmp_path,
        "use: [internal]\ntests:\n  - {name: a, card: no.md, expect: {verdict: pass}}\n"
        "  - {name: b, license: MIT, expect: {decision: review}}\n",
    )
    missing, other = run_tests(found, AS_OF)
    assert missing.wrong == ("card no.md cannot be read: No such file or directory",)
    assert not other.wrong
    assert load_policy("strict", tmp_path).tests
