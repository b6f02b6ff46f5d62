"""``provenance report REPORT.json``: a saved report in any format."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from provenance.cli.exits import Exit
from provenance.cli.options import color_option, output_option
from provenance.cli.writing import chosen_format, format_option, write_rendered
from provenance.errors import UsageError
from provenance.render import REPORT_FORMATS


@click.command()
@click.argument("saved", metavar="REPORT.json")
@format_option(REPORT_FORMATS)
@output_option
@click.option("--all", "show_all", is_flag=True, help="List every set and waived finding.")
@color_option
def report(saved: str, format_name: str | None, output: Path | None, show_all: bool) -> int:
    """Render a saved JSON report: the same bytes as the audit itself would have written.

    REPORT.json is what `provenance audit --format json` wrote (JSON Lines for several subjects),
    or - for standard input. The exit code says whether it could be rendered, not the verdict.
    """
    from provenance.report.serialize import reports_from_json

    form = chosen_format(REPORT_FORMATS, format_name, output)
    text = read_text(saved)
    with errors_of(saved):
        reports = reports_from_json(text)
    REPORT_FORMATS.check_number(form, len(reports))
    write_rendered(form, reports, output, show_all=show_all)
    return Exit.OK


@contextmanager
def errors_of(saved: str) -> Iterator[None]:
    """Name the file in what is wrong with its text.

    Raises:
        UsageError: whatever was raised inside, after the file's name.

    """
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{'standard input' if saved == '-' else saved}: {error}") from None


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
