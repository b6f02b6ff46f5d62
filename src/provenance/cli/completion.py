"""``provenance completion SHELL``: a script that makes a shell complete what is typed."""

from __future__ import annotations

import click

from provenance.cli.exits import Exit

_VARIABLE = "_PROVENANCE_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print a script that completes commands, codes, formats, policies and ids in SHELL.

    Bash: `eval "$(provenance completion bash)"` in ~/.bashrc; zsh alike in ~/.zshrc; fish:
    `provenance completion fish > ~/.config/fish/completions/provenance.fish`.
    """
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    if completer is None:
        raise click.UsageError(f"{shell} is not known")
    group = context.find_root().command
    click.echo(completer(group, {}, "provenance", _VARIABLE).source())
    return Exit.OK
