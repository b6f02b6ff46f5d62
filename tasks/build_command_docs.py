"""Write docs/reference/commands.md from the command line itself."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import cli

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference" / "commands.md"
_HEAD = """# Commands

What `provenance COMMAND --help` prints. Options can be given as environment variables too:
`PROVENANCE_AUDIT_POLICY` for `provenance audit --policy`.
"""


def commands_page() -> str:
    """The page: one section a command, those of groups after their group."""
    settings = {**cli.context_settings, "terminal_width": 100, "max_content_width": 100}
    root = click.Context(cli, info_name="provenance", **settings)
    sections = [_HEAD]
    for name in cli.list_commands(root):
        command = cli.get_command(root, name)
        if command is not None:
            sections += _sections(command, name, root)
    return "\n".join(sections)


def _sections(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = click.Context(command, parent, name, terminal_width=100, max_content_width=100)
    title = context.command_path.removeprefix("provenance ")
    sections = [f"## {title}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                sections += _sections(found, inner, context)
    return sections


if __name__ == "__main__":
    TARGET.write_text(commands_page(), encoding="utf-8")
