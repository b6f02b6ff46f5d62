"""All rules, by code. A rule is declared once, above its check, in the file of its family."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import MappingProxyType

from provenance.errors import InternalError
from provenance.policy.rules.rule import Hit, Rule, RuleSection

__all__ = ["Hit", "Rule", "RuleSection", "all_rules"]


@cache
def all_rules() -> MappingProxyType[str, Rule]:
    """Every rule by code, sorted.

    Raises:
        InternalError: two rules share a code or a setting.

    """
    from provenance.policy.rules import (
        api_models,
        coverage,
        database_only,
        license_shares,
        license_statements,
        licenses,
        lineage,
        policy_file,
        privacy,
        privacy_people,
        transparency,
    )

    families = (
        licenses,
        license_statements,
        database_only,
        license_shares,
        coverage,
        lineage,
        api_models,
        privacy,
        privacy_people,
        transparency,
        policy_file,
    )
    return by_code(v for module in families for v in vars(module).values() if isinstance(v, Rule))


def by_code(rules: Iterable[Rule]) -> MappingProxyType[str, Rule]:
    """Rules by code, sorted.

    Raises:
        InternalError: two rules share a code or a setting.

    """
    ordered = sorted(rules, key=lambda rule: rule.code)
    for unique in ({r.code for r in ordered}, {r.setting for r in ordered}):
        if len(unique) != len(ordered):
            raise InternalError("two rules share a code or a setting")
    return MappingProxyType({rule.code: rule for rule in ordered})
