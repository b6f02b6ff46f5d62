"""Everything wrong with a policy file is said at once, with its place; nothing else is raised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.policy.facts_builder import policy

from provenance.errors import PolicyError
from provenance.policy import schema
from provenance.policy.document import Json, read_document
from provenance.policy.loading import load_policy
from provenance.policy.model import AcceptanceReason, Bound, Decision, IntendedUse
from provenance.policy.presets import preset_names, preset_text
from provenance.policy.problems import check
from provenance.report.coverage import MeasureKind, Reading
from provenance.report.finding import Verdict
from provenance.report.training import Role

ROOT = Path(__file__).resolve().parents[2]


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(PolicyError) as caught:
        policy(tmp_path, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "licenses:\n  alow: [MIT]\n",
            "provenance.yaml:2:3: licenses: unknown key 'alow'; did you mean 'allow'?",
        ),
        (
            "licenses:\n  allow: [MIT, CC-BY-5.0]\n",
            "provenance.yaml:2:16: licenses.allow[1]: 'CC-BY-5.0' is neither an SPDX id",
        ),
        (
            "licenses:\n  allow: [mit]\n",
            "did you mean 'MIT'?",
        ),
        (
            "licenses:\n  deny: [non-comercial]\n",
            "did you mean 'non-commercial'?",
        ),
        (
            "licenses:\n  missing: eror\n",
            "'eror' is not one of error, incomplete, warning, note or ignore; did you "
            "mean 'error'?",
        ),
        (
            "licenses:\n  missing: no\n",
            "YAML readers disagree on what a bare no is",
        ),
        (
            "licenses:\n  unresolved: warning\n",
            "'warning' is not one of error or incomplete",
        ),
        (
            "licenses: {allow: [MIT], deny: [MIT]}\n",
            "'MIT' stands in both allow and deny",
        ),
        (
            "use: comercial\n",
            "use: 'comercial' is not one of commercial",
        ),
        (
            "use: [internal]\nuse: [research]\n",
            "provenance.yaml:2:1: use: set twice; first on line 1",
        ),
        (
            "coverage:\n  thresholds:\n    - max_fraction_lacking: 5\n",
            "provenance.yaml:3:29: coverage.thresholds[0].max_fraction_lacking: must be "
            "less than or equal to 1; this is 5",
        ),
        (
            "coverage:\n  thresholds:\n    - measure: rows\n",
            "coverage.thresholds[0]: needs the key 'max_fraction_lacking'",
        ),
        (
            "coverage: 5\n",
            "coverage: must be a mapping of settings; this is 5",
        ),
        (
            "settings: {warn_before_expiry_days: soon}\n",
            "must be a whole number; this is 'soon'",
        ),
        (
            "- a\n",
            "a policy is a mapping of settings",
        ),
        (
            "a: [\n",
            "not readable as YAML",
        ),
        (
            "exceptions:\n  - {rule: LIC999, subject: x, reason: whim, comment: c, "
            "owner: o, expires: 2026-02-30}\n",
            "no rule has the code 'LIC999'",
        ),
        (
            "exceptions:\n  - {rule: LIC003, subject: 'datasets/a', reason: temporary, "
            "comment: c, owner: o, expires: 2026-02-30}\n",
            "'2026-02-30' is not a date of the form YYYY-MM-DD",
        ),
        (
            "clarifications:\n  - {subject: datasets/a, evidence_sha256: ab, comment: c, "
            "owner: o, license: MIT}\n",
            "a sha256 is 64 hexadecimal digits",
        ),
        (
            "clarifications:\n  - {subject: datasets/a, evidence_sha256: "
            "'0000000000000000000000000000000000000000000000000000000000000000', "
            "comment: c, owner: o}\n",
            "a clarification sets one of license and personal_data",
        ),
        (
            "tests:\n  - {name: n, license: MIT AND, expect: {verdict: pass}}\n",
            "'MIT AND' is not an SPDX license expression",
        ),
        (
            "tests:\n  - {name: n, license: MTI, expect: {verdict: pass}}\n",
            "did you mean 'MIT'?",
        ),
        (
            "tests:\n  - {name: n, expect: {verdict: pass}}\n",
            "a test gives one of license and card",
        ),
        (
            "extends: [builtin:defalt@1]\n",
            "no built-in policy 'defalt'; did you mean 'default'?",
        ),
        (
            "extends: [builtin:default]\n",
            "pin the version: builtin:default@1",
        ),
        (
            "extends: [builtin:default@9]\n",
            "no version 9 of builtin:default; there is 1",
        ),
        (
            "extends: [absent.yaml]\n",
            "provenance.yaml:1:11: extends[0]: no such file: absent.yaml",
        ),
        (
            "extends: [provenance.yaml]\n",
            "extends itself: provenance.yaml → provenance.yaml",
        ),
    ],
)
def test_each_mistake_has_its_line_column_and_way_out(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text)


def test_all_problems_are_told_at_once_each_with_a_caret(tmp_path: Path) -> None:
    message = refused(
        tmp_path, "licenses:\n  alow: [MIT]\n  missing: maybe\nuse: [sale]\nextends: [x.yaml]\n"
    )
    assert message.startswith("policy provenance.yaml has 4 problems\n")
    lines = message.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("provenance.yaml:"):
            column = int(line.split(":")[2])
            assert lines[number + 2] == f"{' ' * 5} | {' ' * (column - 1)}^"


def test_problems_of_extended_files_name_those_files(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text("use: [sale]\n")
    message = refused(tmp_path, "extends: house.yaml\nlicenses: {alow: [MIT]}\n")
    assert "house.yaml:1:7: use[0]" in message
    assert "provenance.yaml:2:12: licenses" in message


_WORDS = st.sampled_from(
    [
        "licenses",
        "allow",
        "MIT",
        "extends",
        "coverage",
        "thresholds",
        "no",
        "~",
        "0.1",
        "1e9",
        "x:",
        "exceptions",
        "tests",
        "privacy",
        "error",
        "2026-01-01",
        "builtin:default@1",
        "*",
        "&a",
        "!!int",
        "settings",
        "roles",
        "rule",
        "LIC001",
        "expect",
        "use",
        "é",
        "''",
        "-",
        "?",
        "\t",
        "\u202e",
    ]
)
_VALUES: st.SearchStrategy[Json] = st.recursive(
    st.one_of(_WORDS, st.integers(), st.floats(), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_WORDS, inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
@given(st.one_of(_VALUES.map(json.dumps), st.text(), st.lists(_WORDS).map("\n  ".join)))
def test_any_text_is_a_policy_or_a_policy_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "fuzz.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        load_policy("fuzz.yaml", tmp_path)
    except PolicyError as error:
        assert str(error)


@settings(max_examples=60)
@given(st.sampled_from(("licenses", "coverage", "exceptions", "tests", "use")), _VALUES)
def test_any_value_under_a_known_key_is_told_and_never_raised(key: str, value: Json) -> None:
    document = read_document(json.dumps({key: value}), "p.yaml")
    for problem in check(document):
        assert problem.render(document.lines).startswith("p.yaml")


@pytest.mark.parametrize(
    ("names", "enum"),
    [
        (schema.UseName, IntendedUse),
        (schema.ReadingName, Reading),
        (schema.BoundName, Bound),
        (schema.DecisionName, Decision),
        (schema.VerdictName, Verdict),
        (schema.ReasonName, AcceptanceReason),
    ],
)
def test_names_in_the_file_are_those_of_the_types(
    names: Literal["a"], enum: type[IntendedUse]
) -> None:
    assert set(get_args(names)) == {member.value for member in enum}


def test_roles_with_lists_are_all_but_evaluation() -> None:
    counted = {role.value for role in Role if role is not Role.EVALUATION}
    assert set(get_args(schema.CountedRole)) == counted


def test_measures_are_those_of_coverage_and_the_headline() -> None:
    assert set(get_args(schema.MeasureName)) == {"headline", *(m.value for m in MeasureKind)}


def test_the_shipped_schema_accepts_the_presets() -> None:
    shipped = (ROOT / "policies" / "schema.json").read_text("utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(shipped))
    for name in preset_names():
        data = read_document(preset_text(name), name).data
        assert list(validator.iter_errors(data)) == []
    assert list(validator.iter_errors({"licenses": {"alow": []}}))
