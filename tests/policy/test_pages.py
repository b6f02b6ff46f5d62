"""Every rule is declared once and documented in step with itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from provenance.errors import InternalError
from provenance.policy.pages import acceptance, explain
from provenance.policy.rules import Rule, all_rules, by_code


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda r: r.code)
def test_a_rule_says_all_it_has_to(rule: Rule) -> None:
    assert re.fullmatch(r"(?:LIC|COV|LIN|GDPR|AIA|POL)\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(?:_[a-z]+)*", rule.name)
    for text in (rule.description, rule.basis, rule.looks_at, rule.remedy):
        assert text.endswith(".")
        assert "  " not in text
    words = explain(rule, 80)
    assert "a documentation risk, not a legal finding" in words
    assert max(map(len, words.split("\n"))) <= 80


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda r: r.code)
def test_explain_says_all_that_the_page_says_and_points_to_no_file(rule: Rule) -> None:
    """An installed package has no ``docs/``: what is explained is whole."""
    words = " ".join(explain(rule, 80).split())
    for text in (rule.title, rule.setting, rule.description, rule.looks_at, rule.remedy):
        assert " ".join(text.split()) in words
    assert " ".join(rule.basis.split()) in words
    assert all(" ".join(line.split()) in words for line in acceptance(rule))
    assert "docs/" not in words


def test_no_two_rules_share_a_code_or_a_setting() -> None:
    one, two, *_ = all_rules().values()
    assert list(by_code([two, one])) == [one.code, two.code]
    for twin in (replace(two, code=one.code), replace(two, section=one.section, name=one.name)):
        with pytest.raises(InternalError, match="two rules share"):
            by_code([one, twin])
