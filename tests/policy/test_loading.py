"""Where a policy is found, how layers merge, and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.policy.facts_builder import policy

from provenance.errors import InternalError, PolicyError
from provenance.policy.document import Json
from provenance.policy.loading import load_policy
from provenance.policy.model import Bound, IntendedUse, Threshold, ValueOrigin
from provenance.policy.policy_text import show_policy
from provenance.policy.to_policy import build
from provenance.report.finding import Severity
from provenance.report.training import Role


@pytest.mark.parametrize("name", ["provenance.yaml", ".provenance.yaml", ".github/provenance.yaml"])
def test_is_found_upward(tmp_path: Path, name: str) -> None:
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("use: [research]\n")
    found = load_policy(None, inner)
    assert (found.name, found.use) == (f"../../{name}", (IntendedUse.RESEARCH,))


def test_is_not_looked_for_above_the_repository(tmp_path: Path) -> None:
    (tmp_path / "provenance.yaml").write_text("use: [research]\n")
    inner = tmp_path / "repo"
    (inner / ".git").mkdir(parents=True)
    assert load_policy(None, inner).name == "builtin:default@1"


def test_pyproject_may_name_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.provenance]\npolicy = "rules/p.yaml"\n')
    with pytest.raises(PolicyError, match="no such file"):
        load_policy(None, tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "p.yaml").write_text("use: [internal]\n")
    assert load_policy(None, tmp_path).use == (IntendedUse.INTERNAL,)
    (tmp_path / "pyproject.toml").write_text("[tool.provenance]\npolicy = 3\n")
    with pytest.raises(PolicyError, match="must be text"):
        load_policy(None, tmp_path)
    (tmp_path / "pyproject.toml").write_text("not toml [")
    assert load_policy(None, tmp_path).name == "builtin:default@1"


def test_a_found_file_that_is_invalid_is_never_skipped(tmp_path: Path) -> None:
    (tmp_path / "provenance.yaml").write_text("uses: [internal]\n")
    with pytest.raises(PolicyError, match="unknown key"):
        load_policy(None, tmp_path)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("comercial", "did you mean 'commercial'"),
        ("builtin:comercial", "did you mean 'commercial'"),
        ("builtin:Ü", "not of the form"),
        ("builtin:commercial@2", "there is 1"),
    ],
)
def test_a_name_that_is_none_has_a_hint(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        load_policy(name, tmp_path)


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(PolicyError, match="not UTF-8"):
        load_policy("p.yaml", tmp_path)


def test_a_preset_goes_by_its_bare_name(tmp_path: Path) -> None:
    bare, full = load_policy("gdpr", tmp_path), load_policy("builtin:gdpr@1", tmp_path)
    assert (bare.name, bare.sha256) == (full.name, full.sha256) == ("builtin:gdpr@1", full.sha256)


def test_later_layers_win_and_a_license_leaves_its_earlier_list(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(
        "use: [internal]\nlicenses: {allow: [MIT, CC-BY-SA-4.0], missing: note}\n"
        "coverage: {thresholds: [{measure: rows, max_fraction_lacking: 0.1},"
        " {max_fraction_lacking: 0.2}]}\n"
    )
    found = policy(
        tmp_path,
        "extends: house.yaml\nlicenses: {deny: CC-BY-SA-4.0, missing: error}\n"
        "coverage: {thresholds: [{max_fraction_lacking: 0.3, bound: upper}]}\n",
    )
    assert found.use == (IntendedUse.INTERNAL,)
    assert found.terms.allow == {"MIT"}
    assert found.terms.deny == {"CC-BY-SA-4.0"}
    assert found.levels["LIC003"] is Severity.ERROR
    assert found.thresholds == (
        Threshold("rows", "direct", 0.1),
        Threshold("headline", "direct", 0.3, Bound.UPPER),
    )


def test_roles_have_lists_of_their_own(tmp_path: Path) -> None:
    found = policy(tmp_path, "licenses: {allow: [MIT], roles: {pretraining: {deny: [MIT]}}}\n")
    assert found.terms_for(Role.PRETRAINING).deny == {"MIT"}
    assert found.terms_for(Role.FINETUNING).allow == found.terms_for(None).allow == {"MIT"}


def test_the_digest_is_of_what_is_decided_not_of_how_it_is_written(tmp_path: Path) -> None:
    one = policy(tmp_path, "use: [internal]\nlicenses: {allow: [MIT]}\n").sha256
    two = policy(tmp_path, "# words\nlicenses:\n  allow:\n    - MIT\nuse: internal\n").sha256
    other = policy(tmp_path, "use: [internal]\nlicenses: {allow: [Apache-2.0]}\n").sha256
    tested = policy(
        tmp_path,
        "use: [internal]\nlicenses: {allow: [MIT]}\ndescription: d\n"
        "tests: [{name: n, license: MIT, expect: {verdict: pass}}]\n",
    ).sha256
    assert one == tested != other
    assert two != other


def test_every_value_knows_the_file_and_line_that_set_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "house.yaml").write_text("licenses:\n  missing: note\n  other: note\n")
    found = policy(tmp_path, "extends: [sub/house.yaml]\nlicenses:\n\n  missing: error\n")
    assert found.origins["/licenses/missing"] == ValueOrigin("provenance.yaml", 4)
    assert found.origins["/licenses/other"] == ValueOrigin("sub/house.yaml", 3)
    shown = show_policy(found)
    assert 'missing: "error"  # provenance.yaml:4' in shown
    assert 'other: "note"     # sub/house.yaml:3' in shown
    assert "# LIC001 licenses.denied: error" in shown


def test_exceptions_add_up_and_tests_are_not_inherited(tmp_path: Path) -> None:
    one = (
        "exceptions: [{{rule: LIC003, subject: datasets/{0}, reason: temporary, comment: c, "
        "owner: o, expires: 2027-01-01}}]\n"
    )
    (tmp_path / "house.yaml").write_text(
        one.format("a") + "tests: [{name: n, license: MIT, expect: {verdict: pass}}]\n"
    )
    found = policy(tmp_path, "extends: house.yaml\n" + one.format("b"))
    assert [e.subject for e in found.exceptions] == ["datasets/a", "datasets/b"]
    assert found.tests == ()


@pytest.mark.parametrize(
    "data",
    [
        {"exceptions": [{"rule": 3}]},
        {"coverage": {"thresholds": [{"max_fraction_lacking": "all"}]}},
    ],
)
def test_data_that_was_not_checked_is_a_fault_of_this_package(data: dict[str, Json]) -> None:
    with pytest.raises(InternalError, match="a checked policy cannot be built"):
        build(data, name="n", sha256="s", document="{}", origins={}, directory=".")
