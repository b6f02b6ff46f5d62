"""A rule as text: for ``provenance explain`` and for ``docs/rules/``. Pure."""

from __future__ import annotations

import textwrap
from functools import partial

from provenance.policy.rules import Rule, RuleSection, all_rules
from provenance.policy.rules.law import law_of
from provenance.report.checked import RuleInfo

DISCLAIMER = "What it finds is a documentation risk, not a legal finding."
_wrap = partial(textwrap.wrap, break_on_hyphens=False)  # names of repositories stay whole
_NEVER_LESS = "may not be set to less: unknown is never a pass"


def _law(rule: Rule, *, links: bool = False) -> str:
    """As of when the law behind a rule was read, and where."""
    law = law_of(rule.code)
    if law is None:
        return ""
    places = ", ".join(f"<{url}>" for url in law.sources) if links else ""
    return f" ({law.words}{': ' if places else ''}{places})"


def level_of(rule: Rule) -> str:
    """A rule's own severity as a policy file writes it."""
    return rule.severity.value if rule.severity is not None else "ignore"


def explain(rule: Rule, width: int = 80) -> str:
    """A rule for the terminal, wrapped to ``width`` columns."""
    fields = (
        ("Setting", f"{rule.setting} ({level_of(rule)} unless a policy says otherwise)"),
        ("Looks at", rule.looks_at),
        ("Basis", rule.basis + _law(rule)),
        ("Remedy", rule.remedy),
    )
    parts = [f"{rule.code}: {rule.title}", "", *_wrap(rule.description, width), ""]
    for name, text in fields:
        parts += _wrap(text, width, initial_indent=f"{name + ':':<10}", subsequent_indent=" " * 10)
    floor = [f"{'':<10}{_NEVER_LESS}"] if rule.floor is not None else []
    accepting = _acceptance(rule)
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


def page(rule: Rule) -> str:
    """A rule's documentation page in Markdown."""
    floor = f" It {_NEVER_LESS}." if rule.floor is not None else ""
    setting = (
        f"`{rule.setting}` in the policy file; `{level_of(rule)}` unless a policy says "
        f"otherwise.{floor}"
    )
    waive = "\n".join(_acceptance(rule))
    if waive:
        waive = f"\n## Accepting it\n\n```yaml\n{waive}\n```\n"
    return (
        f"# {rule.code}: {rule.title}\n\n"
        "<!-- written by `tasks/build_policy_docs.py` from the rule itself -->\n\n"
        f"{rule.description}\n\n"
        f"{DISCLAIMER}\n\n"
        f"| | |\n| --- | --- |\n| Setting | {setting} |\n| Looks at | {_cell(rule.looks_at)} |\n"
        f"| Basis | {_cell(rule.basis)}{_law(rule, links=True)} |\n"
        f"| Remedy | {_cell(rule.remedy)} |\n{waive}"
    )


def _acceptance(rule: Rule) -> list[str]:
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


def index_page() -> str:
    """The list of all rules in Markdown."""
    rows = "\n".join(
        f"| [{r.code}]({r.code}.md) | {_cell(r.title)} | `{r.setting}` | {level_of(r)} |"
        for r in all_rules().values()
    )
    return (
        "# Rules\n\n"
        "<!-- written by `tasks/build_policy_docs.py` from the rules themselves -->\n\n"
        f"{DISCLAIMER} Codes are stable and never reused. `provenance explain CODE` says the same "
        "offline.\n\n"
        "| code | rule | setting | severity of its own |\n| --- | --- | --- | --- |\n"
        f"{rows}\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
