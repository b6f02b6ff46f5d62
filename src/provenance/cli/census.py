"""``provenance census SOURCE``: many subjects, one table."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.exits import Exit
from provenance.cli.options import announce, as_of_option, parse_date, terminal_width, write_out
from provenance.errors import UsageError
from provenance.refs import RepoKind, RepoRef, parse_repo

if TYPE_CHECKING:
    import datetime

    from provenance.census.row import CensusRow
    from provenance.census.table import Table

_FORMATS = ("text", "csv", "jsonl", "parquet", "html")


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option(
    "--kind",
    "kind_name",
    type=click.Choice([k.value for k in RepoKind]),
    default="dataset",
    show_default=True,
)
@click.option(
    "--snapshot",
    metavar="PATH",
    help="With a file of ids: read their cards from this snapshot. Default: the live Hub.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    default="text",
    show_default=True,
    help="text and html: what it adds up to; the others: a row for each subject.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here, not to stdout.")
@click.option("--state", type=click.Path(path_type=Path), help="Keep rows here, and go on.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Workers. Default: one a core.")
@as_of_option
def census(
    source: str,
    kind_name: str,
    snapshot: str | None,
    format_name: str,
    output: Path | None,
    state: Path | None,
    jobs: int | None,
    as_of: str | None,
) -> int:
    """Take a census: one row for each subject, and what they add up to.

    SOURCE is a snapshot (folder or zip), a dump of the Hub's listing (Parquet or JSON Lines, a
    file or a pattern), or a text file with one id a line.
    """
    from provenance.census.aggregate import aggregate
    from provenance.census.table import Table

    kind = RepoKind(kind_name)
    if format_name == "parquet" and output is None:
        raise UsageError("--format parquet needs -o FILE")
    with Table() as table:
        _fill(table, source, kind, snapshot, state, jobs, parse_date(as_of))
        found = aggregate(table, kind.value)
        if format_name == "text":
            from provenance.census.summary import summary

            write_out(summary(found, source, terminal_width()), output)
        elif format_name == "html":
            from provenance.census.page import page

            write_out(page(found, source, parse_date(as_of).isoformat()), output)
        else:
            table.write(format_name, output, sys.stdout.buffer)
    if not found.total.subjects:
        announce(f"{source}: holds no {kind.value}")
        return Exit.NOTHING
    return Exit.INCOMPLETE if found.unread else Exit.OK


def _fill(
    table: Table,
    source: str,
    kind: RepoKind,
    snapshot: str | None,
    state: Path | None,
    jobs: int | None,
    as_of: datetime.date,
) -> None:
    """Bring the rows of any source into the table."""
    from provenance.census.state import RowFile

    if _is_listing(source):
        from provenance.census.listing import read_listing
        from provenance.corpus.sources import list_files

        read_listing(table, list_files([source]), kind)
        return
    refs, place = _refs(source, kind, snapshot)
    asked = "\n".join([*(ref.id for ref in refs), kind.value, as_of.isoformat(), place or "hub"])
    question = f"{source}, {kind.value}s, {hashlib.sha256(asked.encode()).hexdigest()[:16]}"
    with _row_file(state) as path:
        with RowFile(path, question) as rows:
            todo = [ref for ref in refs if ref.id not in rows.done]
            done, started = len(refs) - len(todo), time.monotonic()
            for some in _rows(todo, place, as_of, jobs):
                rows.add(some)
                done += len(some)
                _show(done, len(refs), started)
        _show_end()
        table.read_rows(path)


def _is_listing(source: str) -> bool:
    from provenance.corpus.sources import format_of

    return format_of(source) is not None and not Path(source).is_dir()


def _refs(source: str, kind: RepoKind, snapshot: str | None) -> tuple[list[RepoRef], str | None]:
    """The subjects, and the snapshot that they are read from; ``None`` for the live Hub."""
    path = Path(source).expanduser()
    if path.is_dir() or path.suffix == ".zip" or source == "bundled":
        from provenance.hub.snapshot import open_snapshot

        opened = open_snapshot(source)
        return [RepoRef(kind, repo_id) for repo_id in opened.ids(kind)], source
    if not path.is_file():
        raise UsageError(
            f"{source!r} is no snapshot, no listing (.parquet, .jsonl) and no file of ids here"
        )
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{source!r} is no text: a file of ids has one id a line") from None
    refs: list[RepoRef] = []
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            refs.append(parse_repo(text, kind))
        except UsageError as error:
            raise UsageError(f"{source}:{number}: {error}") from None
    return list(dict.fromkeys(refs)), snapshot


def _rows(
    refs: Sequence[RepoRef], snapshot: str | None, as_of: datetime.date, jobs: int | None
) -> Iterator[Sequence[CensusRow]]:
    from provenance.census.cards import snapshot_rows, source_rows

    if snapshot is not None:
        yield from snapshot_rows(snapshot, refs, as_of, jobs)
        return
    from provenance.sources import open_source

    yield from source_rows(open_source(None), refs, as_of, jobs or 8)


@contextmanager
def _row_file(state: Path | None) -> Iterator[Path]:
    """Where rows are kept: the state file, or one that goes when the census is done."""
    if state is not None:
        yield state
        return
    handle, name = tempfile.mkstemp(prefix="provenance-census-", suffix=".jsonl")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _show(done: int, known: int, started: float) -> None:
    if sys.stderr.isatty():
        rate = done / max(time.monotonic() - started, 1e-6)
        line = f"\r\x1b[K{done:,} of {known:,} subjects, {rate:,.0f} a second"
        print(line, end="", file=sys.stderr, flush=True)


def _show_end() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
