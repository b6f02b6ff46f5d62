"""``provenance report REPORT.json``: a saved report in any format."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.exits import Exit
from provenance.cli.options import terminal_width, use_color, write_bytes, write_out
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.report import Report

_FRAMES = ("parquet", "parquet-findings")


@click.command()
@click.argument("saved", metavar="REPORT.json")
@click.option(
    "--format",
    "format_name",
    metavar="FORMAT",
    help="text, json, markdown, html, cyclonedx, spdx, csv, parquet, …; see docs/formats.md. "
    "Default: by the ending of the output file, else text.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here, not to stdout.")
@click.option("--all", "show_all", is_flag=True, help="List every set and waived finding.")
def report(saved: str, format_name: str | None, output: Path | None, show_all: bool) -> int:
    """Render a saved JSON report: the same bytes as the audit itself would have written.

    REPORT.json is what `provenance audit --format json` wrote (JSON Lines for several subjects),
    or - for standard input. The exit code says whether it could be rendered, not the verdict.
    """
    from provenance.render import Page, render_reports
    from provenance.serialize import reports_from_json

    name = format_name or _by_ending(output)
    reports = reports_from_json(read_text(saved))
    if name in _FRAMES:
        if output is None:
            raise UsageError(f"--format {name} is binary: name a file with -o")
        write_bytes(_parquet(name, reports), output)
        return Exit.OK
    page = Page(terminal_width(), use_color(output), show_all)
    write_out(render_reports(name, reports, page), output)
    return Exit.OK


_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".bib": "bibtex",
}


def _by_ending(output: Path | None) -> str:
    """The format that a file's name asks for: ``page.html`` is html, ``bom.cdx.json`` CycloneDX."""
    if output is None:
        return "text"
    name = output.name.lower()
    if name.endswith(".cdx.json"):
        return "cyclonedx"
    if name.endswith((".spdx.json", ".spdx3.json", ".jsonld")):
        return "spdx"
    return _ENDINGS.get(output.suffix.lower(), "text")


def read_text(saved: str) -> str:
    """The text of a file, or of standard input for ``-``.

    Raises:
        UsageError: it cannot be read, or is not UTF-8.

    """
    try:
        data = sys.stdin.buffer.read() if saved == "-" else Path(saved).read_bytes()
        return data.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{saved} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{saved} is not a JSON report: it is not UTF-8") from None


def _parquet(name: str, reports: Sequence[Report]) -> bytes:
    from provenance.render.frames import findings_frame, parquet, training_sets_frame

    make = training_sets_frame if name == "parquet" else findings_frame
    frames = [make(r) for r in reports]
    if len(frames) == 1:
        return parquet(frames[0])
    import pandas

    return parquet(pandas.concat(frames, ignore_index=True))
