"""Every rule is declared once and documented in step with itself."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import InternalError
from provenance.policy.pages import explain, index_page, page
from provenance.policy.rules import Rule, all_rules, by_code

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules"


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda r: r.code)
def test_page_is_in_step_with_the_rule(rule: Rule) -> None:
    assert (_DOCS / f"{rule.code}.md").read_text("utf-8") == page(rule)


def test_no_page_is_left_over_and_the_index_is_in_step() -> None:
    pages = {path.stem for path in _DOCS.glob("*.md")} - {"README"}
    assert pages == set(all_rules())
    assert (_DOCS / "README.md").read_text("utf-8") == index_page()


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
    _, *fenced = page(rule).split("```yaml")
    assert all(" ".join(text.partition("```")[0].split()) in words for text in fenced)
    assert "docs/" not in words


def test_no_two_rules_share_a_code_or_a_setting() -> None:
    one, two, *_ = all_rules().values()
    assert list(by_code([two, one])) == [one.code, two.code]
    for twin in (replace(two, code=one.code), replace(two, section=one.section, name=one.name)):
        with pytest.raises(InternalError, match="two rules share"):
            by_code([one, twin])
