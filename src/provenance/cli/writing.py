"""What a command writes: in which format, to which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from provenance.cli.completing import complete_format
from provenance.cli.options import (
    terminal_width,
    use_color,
    write_bytes,
    write_out,
    write_stdout,
)
from provenance.confine import repository_root
from provenance.errors import OutputError, UsageError
from provenance.render.formats import Format, Formats
from provenance.render.page import Page

T = TypeVar("T")
_Command = TypeVar("_Command", bound=Callable[..., object])


def format_option(formats: Formats[T], words: str | None = None) -> Callable[[_Command], _Command]:
    """``--format``: one of ``formats``; ``words`` is its help, where that says more than a list."""
    listed = f"One of {', '.join(formats)}."
    return click.option(
        "-f",
        "--format",
        "format_name",
        metavar="FORMAT",
        shell_complete=complete_format(formats),
        help=words or f"{listed} Default: by the ending of the output file, else text.",
    )


def chosen_format(formats: Formats[T], given: str | None, output: Path | None) -> Format[T]:
    """The format asked for: by name, else by the output file's name, else ``text``.

    Raises:
        UsageError: no such format; the file's ending stands for none; or the format is binary and
            no file is named.

    """
    if given is not None:
        form = formats.named(given)
    else:
        by_suffix = None if output is None else formats.of_file(output.name)
        if by_suffix is None and output is not None and output.suffix:
            raise UsageError(
                f"{output}: no format is written to a file ending in {output.suffix}: say which "
                f"with --format, or end the name in {', '.join(formats.suffixes)}"
            )
        form = by_suffix or formats["text"]
    if form.binary and output is None:
        raise UsageError(f"--format {form.name} is binary: name a file with -o")
    return form


def write_inside(text: str, path: Path) -> None:
    """Write a file of the repository that is checked; no link of it leads the text elsewhere.

    Raises:
        OutputError: it leads out of the repository, or cannot be written.

    """
    root = repository_root(path)
    try:
        outside = not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links
        outside = True
    if outside:
        raise OutputError(f"{path} leads out of the repository: nothing was written there")
    write_out(text, path)


def write_rendered(
    form: Format[T],
    subjects: Sequence[T],
    output: Path | None,
    *,
    show_all: bool = False,
    show_suppressed: bool = False,
) -> None:
    """Render reports, or the one thing there is, and write it.

    Raises:
        UsageError: the format holds one report only, a library is missing, or the file cannot be
            written.

    """
    page = Page(terminal_width(), use_color(output), show_all, show_suppressed)
    data = form.data(subjects, page)
    if output is None:
        write_stdout(data)
    else:
        write_bytes(data, output)
