"""``provenance diff OLD.json NEW.json``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exits import Exit
from provenance.cli.options import color_option, output_option, terminal_width, use_color, write_out
from provenance.cli.report import read_text
from provenance.cli.writing import by_ending

_ENDINGS = {".txt": "text", ".md": "markdown", ".json": "json"}


@click.command()
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(["text", "markdown", "json"]),
    help="Default: by the ending of the output file, else text.",
)
@output_option
@color_option
def diff(old: str, new: str, format_name: str | None, output: Path | None) -> int:
    """Show what changed from one saved JSON report to another.

    What got worse and what got better comes first. Sets, licenses, coverage, findings and the
    verdict are compared. The exit code says whether
    both could be read, not whether they differ.
    """
    from provenance.escape import log_lines
    from provenance.render.difference import pages
    from provenance.render.difference.compare import compare
    from provenance.render.page import Page
    from provenance.report.serialize import from_json

    form = by_ending(format_name, output, _ENDINGS)
    change = compare(from_json(read_text(old)), from_json(read_text(new)))
    if form == "text":
        text = pages.difference_text(change, Page(terminal_width(), use_color(output)))
    else:
        write = {"markdown": pages.difference_markdown, "json": pages.difference_json}
        text = write[form](change)
    write_out(log_lines(text), output)
    return Exit.OK
