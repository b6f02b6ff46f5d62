"""``provenance diff OLD.json NEW.json``: what changed between two reports."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exits import Exit
from provenance.cli.options import color_option, output_option
from provenance.cli.report import errors_of, read_text
from provenance.cli.writing import chosen_format, write_rendered
from provenance.render.difference.formats import DIFFERENCE_FORMATS


@click.command()
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(tuple(DIFFERENCE_FORMATS)),
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
    from provenance.render.difference.compare import compare
    from provenance.report.serialize import from_json

    form = chosen_format(DIFFERENCE_FORMATS, format_name, output)
    saved = []
    for name in (old, new):
        text = read_text(name)
        with errors_of(name):
            saved.append(from_json(text))
    change = compare(*saved)
    write_rendered(form, [change], output)
    return Exit.OK
