"""Options, sources and progress that several commands share."""

from __future__ import annotations

import datetime
import os
import shutil
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import click

from provenance.cli.completing import complete_snapshot
from provenance.errors import OutputError, UsageError
from provenance.whole_file import replace_file

_Command = TypeVar("_Command", bound=Callable[..., object])

source_option = click.option(
    "--snapshot",
    metavar="PATH|bundled",
    shell_complete=complete_snapshot,
    help="Read cards from a snapshot (folder or zip), or from the one that is shipped. "
    "Default: the live Hub.",
)
croissant_option = click.option(
    "--croissant",
    is_flag=True,
    help="Read what the Hub says of each dataset in Croissant too: one request more each.",
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="Date the report speaks for (YYYY-MM-DD). Default: today."
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="Least severity that fails.",
)
exit_zero_option = click.option(
    "--exit-zero", is_flag=True, help="Exit 0 whatever the verdict (errors still fail)."
)


def bounds_options(command: _Command) -> _Command:
    """``-j``, ``--max-depth`` and ``--max-repositories``: limits of the walk."""
    for option in (
        click.option(
            "--max-repositories",
            type=click.IntRange(1, 100_000),
            default=1000,
            show_default=True,
            help="Examine at most this many repositories a subject.",
        ),
        click.option(
            "--max-depth",
            type=click.IntRange(1, 20),
            default=4,
            show_default=True,
            help="Follow lineage at most this many steps.",
        ),
        click.option(
            "-j", "--jobs", type=click.IntRange(1, 64), default=32, show_default=True,
            help="Requests at a time.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def parse_date(text: str | None) -> datetime.date:
    """The date given, or today in UTC: the one place where the clock enters.

    Raises:
        UsageError: not an ISO date.

    """
    if text is None:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text!r} is not a date of the form YYYY-MM-DD") from None


def terminal_width() -> int:
    """Columns to write for: ``COLUMNS`` or the terminal's; 80 where there is none."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def color_option(command: _Command) -> _Command:
    """``--color``: goes before what the environment says."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        expose_value=False,
        callback=_remember_color,
        help="Colour on stdout.",
    )(command)


def _remember_color(context: click.Context, _parameter: click.Parameter, value: str) -> None:
    context.color = {"always": True, "never": False}.get(value)


def output_option(command: _Command) -> _Command:
    """``-o FILE``: where to write; without it, and for ``-``, to stdout."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        callback=_output,
        help="Write here, not to stdout.",
    )(command)


def _output(
    _context: click.Context, _parameter: click.Parameter, value: Path | None
) -> Path | None:
    """Refuse a folder that is not there before any work is done.

    Raises:
        OutputError: the file's folder does not exist.

    """
    if value is None or str(value) == "-":
        return None
    if not value.parent.is_dir():
        raise OutputError(f"{value} cannot be written: there is no folder {value.parent}")
    return value


def use_color(output: Path | None) -> bool:
    """Whether to colour: ``--color``, then the environment, then whether it is a terminal.

    ``NO_COLOR`` (https://no-color.org), ``FORCE_COLOR``, ``CLICOLOR_FORCE`` and ``TERM=dumb`` mean
    what they mean elsewhere. A file is never coloured.
    """
    if output is not None:
        return False
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    return os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def write_out(text: str, output: Path | None) -> None:
    """Write to stdout, or to a file that is replaced whole or not at all.

    Raises:
        OutputError: the file cannot be written.

    """
    if output is None:
        write_stdout(text.encode("utf-8", "backslashreplace"))
        return
    write_bytes(text.encode("utf-8", "backslashreplace"), output)


def write_stdout(data: bytes) -> None:
    """Write to stdout.

    Raises:
        OutputError: it is closed, or what is behind it is full.

    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # a reader that has seen enough is no failure: the verdict's exit code still holds
        drop_stdout()
    except OSError as error:
        drop_stdout()
        raise _unwritable("the output", error) from None


def drop_stdout() -> None:
    """Let nothing more be written to stdout, not even what is buffered."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_bytes(data: bytes, output: Path) -> None:
    """Replace a file whole or not at all; write into what is no file (``/dev/stdout``, a pipe).

    A link is followed: the file that it leads to is replaced.

    Raises:
        OutputError: the file cannot be written.

    """
    try:
        target = output.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        replace_file(target, data, _mode(target))
    except OSError as error:
        raise _unwritable(str(output), error) from None
    except (RuntimeError, ValueError):  # a loop of links before Python 3.13; a null character
        raise OutputError(f"{str(output)!r} cannot be written: it is no possible path") from None


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced, or those that the umask leaves a new one."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(where: str, error: OSError) -> OutputError:
    return OutputError(f"{where} cannot be written: {error.strerror}")


def say_error(message: str) -> None:
    """One line on stderr, also under ``-q``: why there is no answer."""
    from provenance.escape import terminal_lines

    print(f"provenance: {terminal_lines(message)}", file=sys.stderr)


def announce(message: str) -> None:
    """One line on stderr; nothing under ``-q``."""
    from provenance.cli.progress import is_quiet
    from provenance.escape import terminal_lines

    if not is_quiet():
        print(f"provenance: {terminal_lines(message)}", file=sys.stderr)
