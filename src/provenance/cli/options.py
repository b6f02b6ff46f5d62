"""Options, sources and progress that several commands share."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from provenance.errors import UsageError
from provenance.refs import LocalFolder, RepoRef, parse_subject

if TYPE_CHECKING:
    from provenance.hub.interface import CardSource

_Command = TypeVar("_Command", bound=Callable[..., object])

source_option = click.option(
    "--snapshot",
    metavar="PATH|bundled",
    help="Read cards from a snapshot (folder or zip), or from the one that is shipped. "
    "Default: the live Hub.",
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
            "-j", "--jobs", type=click.IntRange(1, 64), default=8, show_default=True,
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


def subjects_and_source(
    texts: Sequence[str], snapshot: str | None
) -> tuple[list[RepoRef], CardSource]:
    """Parse subjects and open the source that they are read from.

    Raises:
        UsageError: a subject or the snapshot is not usable.

    """
    refs: list[RepoRef] = []
    folders: dict[RepoRef, LocalFolder] = {}
    for text in texts:
        subject = parse_subject(text)
        if isinstance(subject, LocalFolder):
            ref = RepoRef(subject.kind, subject.path.resolve().name)
            if ref in folders and folders[ref].path.resolve() != subject.path.resolve():
                raise UsageError(f"two folders are named {ref.id!r}: audit them one at a time")
            folders[ref] = subject
            refs.append(ref)
        else:
            refs.append(subject)
    source = open_source(snapshot)
    if folders:
        from provenance.hub.local import WithFolders

        source = WithFolders(source, {ref: folder.path for ref, folder in folders.items()})
    return list(dict.fromkeys(refs)), source


def open_source(snapshot: str | None) -> CardSource:
    """The live Hub, or a snapshot."""
    if snapshot is None:
        from provenance.hub.live import LiveHub

        return LiveHub()
    from provenance.hub.snapshot import open_snapshot

    return open_snapshot(snapshot)


def terminal_width() -> int:
    """Columns to write for: ``COLUMNS`` or the terminal's; 80 where there is none."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def use_color(output: Path | None) -> bool:
    """Whether to colour: ``NO_COLOR`` and ``FORCE_COLOR`` first (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return output is None
    return output is None and sys.stdout.isatty()


def write_out(text: str, output: Path | None) -> None:
    """Write to stdout, or to a file that is replaced whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(text.encode("utf-8", "backslashreplace"))
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{output} cannot be written: {error.strerror}") from None


def announce(message: str) -> None:
    """One line on stderr."""
    from provenance.render.escape import terminal_lines

    print(f"provenance: {terminal_lines(message)}", file=sys.stderr)


@contextmanager
def progress_line() -> Iterator[Callable[[int, int], None] | None]:
    """A line on stderr that counts repositories, where stderr is a terminal; else ``None``."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda done, known: print(
            f"\r\x1b[Kexamined {done} of {known} repositories", end="", file=sys.stderr, flush=True
        )
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
