"""What a file may say and what a policy holds are one: no key is checked and then dropped."""

from __future__ import annotations

from dataclasses import fields

import pytest
from pydantic import BaseModel

from provenance.policy import schema
from provenance.policy.model import (
    Accepts,
    Clarification,
    Expectation,
    OwnRule,
    PolicySettings,
    PolicyTest,
    Threshold,
)
from provenance.policy.rules import RuleSection, all_rules
from provenance.policy.to_policy import (
    _Coverage,
    _Document,
    _Exception,
    _Licenses,
    _Merged,
    _RoleLists,
    _Share,
)

PAIRS: list[tuple[type[BaseModel], type]] = [
    (schema.AcceptsModel, Accepts),
    (schema.ClarificationModel, Clarification),
    (schema.EvidenceModel, _Document),
    (schema.ExceptionModel, _Exception),
    (schema.ExpectModel, Expectation),
    (schema.OwnRuleModel, OwnRule),
    (schema.RoleListsModel, _RoleLists),
    (schema.ShareModel, _Share),
    (schema.TestModel, PolicyTest),
    (schema.ThresholdModel, Threshold),
]


@pytest.mark.parametrize(("checked", "built"), PAIRS, ids=lambda kind: kind.__name__)
def test_what_is_checked_is_what_is_built(checked: type[BaseModel], built: type) -> None:
    assert {f.name for f in fields(built)} == set(checked.model_fields)


@pytest.mark.parametrize(("checked", "built"), PAIRS, ids=lambda kind: kind.__name__)
def test_what_need_not_be_said_is_the_same(checked: type[BaseModel], built: type) -> None:
    made = {f.name: f.default for f in fields(built)}
    for name, info in checked.model_fields.items():
        if not info.is_required() and isinstance(info.default, str | bool):
            assert made[name] == info.default, name


@pytest.mark.parametrize(
    ("section", "built"),
    [
        (RuleSection.LICENSES, _Licenses),
        (RuleSection.COVERAGE, _Coverage),
        (RuleSection.SETTINGS, PolicySettings),
    ],
)
def test_a_section_is_its_rules_and_what_is_built(section: RuleSection, built: type) -> None:
    info = schema.policy_model().model_fields[section.value]
    (model,) = (kind for kind in info.annotation.__args__ if kind is not type(None))  # type: ignore[union-attr]
    rules = {rule.name for rule in all_rules().values() if rule.section is section}
    assert {f.name for f in fields(built)} == set(model.model_fields) - rules


def test_a_whole_file_is_built() -> None:
    other = {"version", "description", "extends", "profiles"}
    rules_only = {section.value for section in RuleSection} - {f.name for f in fields(_Merged)}
    keys = set(schema.policy_model().model_fields) - other - rules_only
    assert {f.name for f in fields(_Merged)} == keys
