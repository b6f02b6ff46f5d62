"""``provenance explain CODE``: a rule in words. Works offline."""

from __future__ import annotations

import click

from provenance.cli.completing import complete_code
from provenance.cli.exits import Exit
from provenance.errors import UsageError
from provenance.meant import did_you_mean, nearest

_MOST = 3
"""Codes offered for one that is not known."""


@click.command()
@click.argument("code", required=False, shell_complete=complete_code)
def explain(code: str | None) -> int:
    """Explain a rule: what it looks at, its basis and the remedy. Without CODE, list all."""
    from provenance.checking.codes import OWN_RULES
    from provenance.cli.options import terminal_width
    from provenance.policy.pages import explain as explain_rule
    from provenance.policy.pages import explain_own, level_of
    from provenance.policy.rules import all_rules

    rules = all_rules()
    width = min(terminal_width(), 100)
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code:<8} {level_of(rule):<10} {rule.title}")
        for own_rule in OWN_RULES.values():
            click.echo(f"{own_rule.code:<8} {own_rule.severity.value:<10} {own_rule.title}")
        return Exit.OK
    if code.upper() in OWN_RULES:
        click.echo(explain_own(OWN_RULES[code.upper()], width), nl=False)
        return Exit.OK
    explained = rules.get(code.upper())
    if explained is None:
        known = [*rules, *OWN_RULES]
        begun = [each for each in known if each.startswith((code.upper(), _padded(code)))]
        hint = did_you_mean((begun or nearest(code.upper(), known, alike=0.5))[:_MOST])
        raise UsageError(f"no rule has the code {code!r}{hint} (provenance explain lists them)")
    click.echo(explain_rule(explained, width), nl=False)
    return Exit.OK


def _padded(code: str) -> str:
    """A code with its number in three digits: ``LIC03`` is ``LIC003``."""
    letters = code.upper().rstrip("0123456789")
    return f"{letters}{code[len(letters) :].zfill(3)}"
