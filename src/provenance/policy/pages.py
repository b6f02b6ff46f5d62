"""A rule as text, for ``provenance explain``. Pure."""

from __future__ import annotations

import textwrap
from functools import partial

from provenance.policy.rules import Rule, RuleSection
from provenance.policy.rules.law import law_of
from provenance.report.checked import RuleInfo

DISCLAIMER = "What it finds is a documentation risk, not a legal finding."
_wrap = partial(textwrap.wrap, break_on_hyphens=False)  # names of repositories stay whole
NEVER_LESS = "may not be set to less: unknown is never a pass"


def level_of(rule: Rule) -> str:
    """A rule's own severity as a policy file writes it."""
    return rule.severity.value if rule.severity is not None else "ignore"


def explain(rule: Rule, width: int = 80) -> str:
    """A rule for the terminal, wrapped to ``width`` columns."""
    law = law_of(rule.code)
    fields = (
        ("Setting", f"{rule.setting} ({level_of(rule)} unless a policy says otherwise)"),
        ("Looks at", rule.looks_at),
        ("Basis", rule.basis + (f" ({law.words})" if law else "")),
        ("Remedy", rule.remedy),
    )
    parts = [f"{rule.code}: {rule.title}", "", *_wrap(rule.description, width), ""]
    for name, text in fields:
        parts += _wrap(text, width, initial_indent=f"{name + ':':<10}", subsequent_indent=" " * 10)
    floor = [f"{'':<10}{NEVER_LESS}"] if rule.floor is not None else []
    accepting = acceptance(rule)
    if accepting:
        accepting = [
            "",
            "Accepting it, in the policy file:",
            "",
            *(f"  {row}" for row in accepting),
        ]
    return "\n".join([*parts, *floor, *accepting, "", DISCLAIMER]) + "\n"


def explain_own(rule: RuleInfo, width: int = 80) -> str:
    """A rule that no policy sets, of ``provenance check`` itself, wrapped to ``width`` columns."""
    indent = " " * 10
    remedy = _wrap(rule.help, width, initial_indent="Remedy:   ", subsequent_indent=indent)
    head = f"{rule.code}: {rule.title} ({rule.severity.value})"
    return "\n".join([head, "", *_wrap(rule.description, width), "", *remedy]) + "\n"


def acceptance(rule: Rule) -> list[str]:
    """Lines of a policy file that accept what the rule found; none for rules of the file itself."""
    if rule.section is RuleSection.SETTINGS:
        return []
    return [
        "exceptions:",
        f"  - rule: {rule.code}",
        "    subject: datasets/owner/name",
        "    reason: legal-review",
        "    comment: what was looked at, and why it is acceptable",
        "    owner: who answers for it",
        "    expires: 2027-06-30",
    ]
