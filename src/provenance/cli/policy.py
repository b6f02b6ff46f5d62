"""``provenance policy …`` and ``provenance init``: read, check, show and test a policy file."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.completing import complete_policy
from provenance.cli.exits import Exit
from provenance.errors import OutputError, PolicyError, UsageError

_policy_argument = click.argument(
    "policy_name", required=False, metavar="[FILE|NAME]", shell_complete=complete_policy
)
_as_of = click.option(
    "--as-of", metavar="DATE", help="Date that expiry is judged by (YYYY-MM-DD). Default: today."
)


@click.group()
def policy() -> None:
    """Check, show and test a policy file.

    FILE defaults to the one that an audit would use: provenance.yaml found upward from here, else
    builtin:default.
    """


@policy.command()
@_policy_argument
@_as_of
def validate(policy_name: str | None, as_of: str | None) -> int:
    """Report everything wrong with a policy file at once, and what can never have an effect."""
    from provenance.cli.options import parse_date
    from provenance.policy import load_policy
    from provenance.policy.effects import without_effect

    loaded = load_policy(policy_name, Path.cwd())
    idle = without_effect(loaded, parse_date(as_of))
    if idle:
        head = f"policy {loaded.name} holds settings that have no effect"
        raise PolicyError("\n".join([head, *idle]))
    click.echo(f"{loaded.name} is valid (sha256 {loaded.sha256[:12]})")
    return Exit.OK


@policy.command()
@_policy_argument
def fetch(policy_name: str | None) -> int:
    """Fetch the pinned policies that a policy extends; audits and checks read copies."""
    from provenance.escape import terminal_lines
    from provenance.policy.loading import fetch_pinned

    lines = fetch_pinned(policy_name, Path.cwd())
    for line in lines or ["nothing to fetch: no pinned policy is extended"]:
        click.echo(terminal_lines(line))
    return Exit.OK


@policy.command()
@_policy_argument
@click.option("--json", "as_json", is_flag=True, help="The merged policy as JSON, no origins.")
def show(policy_name: str | None, as_json: bool) -> int:
    """Print the merged policy, each value with the file and line that set it."""
    from provenance.escape import terminal_lines
    from provenance.policy import load_policy
    from provenance.policy.policy_text import show_policy

    loaded = load_policy(policy_name, Path.cwd())
    click.echo(loaded.document if as_json else terminal_lines(show_policy(loaded)).rstrip("\n"))
    return Exit.OK


@policy.command()
def schema() -> int:
    """Print the JSON Schema of a policy file, for editors."""
    from provenance.policy.presets import shipped_schema

    click.echo(shipped_schema(), nl=False)
    return Exit.OK


@policy.command("test")
@_policy_argument
@_as_of
def test_policy(policy_name: str | None, as_of: str | None) -> int:
    """Run the tests that a policy file states."""
    from provenance.cli.options import parse_date
    from provenance.escape import terminal_lines
    from provenance.policy import load_policy
    from provenance.policy.testing import run_tests

    loaded = load_policy(policy_name, Path.cwd())
    results = run_tests(loaded, parse_date(as_of))
    for result in results:
        click.echo(f"{'FAIL' if result.wrong else 'ok  '} {terminal_lines(result.name)}")
        for line in result.wrong:
            click.echo(f"     {terminal_lines(line)}")
    failed = sum(bool(result.wrong) for result in results)
    click.echo(f"{loaded.name}: {len(results)} tests, {failed} failed")
    if not results:
        return Exit.NOTHING
    return Exit.VIOLATED if failed else Exit.OK


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("provenance.yaml"),
    show_default=True,
    help="Where to write it.",
)
def init(output: Path) -> int:
    """Write a commented policy file to start from. Asks nothing, overwrites nothing."""
    from provenance.policy.starter import STARTING_POLICY

    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(STARTING_POLICY)
    except FileExistsError:
        raise UsageError(f"{output} exists already: edit it, or choose another with -o") from None
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from None
    click.echo(f"wrote {output}; next: provenance policy validate, provenance policy test")
    return Exit.OK


policy.add_command(init)
