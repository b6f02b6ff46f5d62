"""Options, sources and progress that several commands share."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from provenance.errors import ProvenanceError, SourceError, UsageError

_Command = TypeVar("_Command", bound=Callable[..., object])

source_option = click.option(
    "--snapshot",
    metavar="PATH|bundled",
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
        UsageError: the file cannot be written.
        SourceError: the disk is full or failing.

    """
    if output is None:
        try:
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            # a reader that has seen enough is no failure: the verdict's exit code still holds
            if not isinstance(error, BrokenPipeError):
                raise _unwritable("the output", error) from None
        return
    write_bytes(text.encode("utf-8", "backslashreplace"), output)


def write_bytes(data: bytes, output: Path) -> None:
    """Replace a file whole or not at all; write into what is no file (``/dev/stdout``, a pipe).

    A link is followed: the file that it leads to is replaced.

    Raises:
        UsageError: the file cannot be written.
        SourceError: the disk is full or failing.

    """
    target = output.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            partial.chmod(_mode(target))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(str(output), error) from None


def _mode(target: Path) -> int:
    """Permissions of the file that is replaced, or those that the umask leaves a new one."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def _unwritable(where: str, error: OSError) -> ProvenanceError:
    """A disk's failure, or a place that was named wrongly."""
    message = f"{where} cannot be written: {error.strerror}"
    return SourceError(message) if error.errno in _OF_THE_DISK else UsageError(message)


def announce(message: str) -> None:
    """One line on stderr; nothing under ``-q``."""
    from provenance.cli.progress import is_quiet
    from provenance.escape import terminal_lines

    if not is_quiet():
        print(f"provenance: {terminal_lines(message)}", file=sys.stderr)
