"""``provenance census SOURCE``: many subjects, one table."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.completing import complete_snapshot
from provenance.cli.exits import Exit
from provenance.cli.options import (
    announce,
    as_of_option,
    color_option,
    output_option,
    parse_date,
    terminal_width,
    use_color,
    write_out,
)
from provenance.cli.progress import progress_bar, quiet_option, verbose_option
from provenance.cli.writing import by_ending
from provenance.errors import UsageError
from provenance.refs import RepoKind, RepoRef

if TYPE_CHECKING:
    import datetime

    from provenance.hub.listing import ListingFilter, SearchableHub
    from provenance.surveying.aggregate import Aggregates
    from provenance.surveying.row import CensusRow
    from provenance.surveying.state import RowFile
    from provenance.surveying.subjects import Subjects
    from provenance.surveying.table import CensusTable

_LOG = logging.getLogger(__name__)
_FORMATS = ("text", "csv", "jsonl", "parquet", "html")
_ENDINGS = {
    ".txt": "text", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".html": "html", ".htm": "html",
}  # fmt: skip


@click.command()
@click.argument("source", required=False, metavar="[SOURCE]")
@click.option(
    "--kind",
    "kind_name",
    type=click.Choice([k.value for k in RepoKind]),
    default="dataset",
    show_default=True,
)
@click.option("--author", metavar="NAME", help="What this user or organisation has on the Hub.")
@click.option("--search", metavar="WORDS", help="What the Hub finds for these words in ids.")
@click.option(
    "--filter",
    "tags",
    multiple=True,
    metavar="TAG",
    help="What has this tag on the Hub (task_categories:translation). Repeatable: all of them.",
)
@click.option(
    "--snapshot",
    metavar="PATH|bundled",
    shell_complete=complete_snapshot,
    help="Read from this snapshot, or the one that is shipped. Default: the live Hub.",
)
@click.option(
    "-f",
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    help="text and html: what it adds up to; the others: a row for each subject. "
    "Default: by the ending of the output file, else text.",
)
@output_option
@click.option("--state", type=click.Path(path_type=Path), help="Keep rows here, and go on.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Workers. Default: one a core.")
@as_of_option
@quiet_option
@verbose_option
@color_option
def census(
    source: str | None,
    kind_name: str,
    author: str | None,
    search: str | None,
    tags: tuple[str, ...],
    snapshot: str | None,
    format_name: str | None,
    output: Path | None,
    state: Path | None,
    jobs: int | None,
    as_of: str | None,
) -> int:
    """Take a census: one row for each subject, and what they add up to.

    SOURCE is a snapshot (folder or zip), a dump of the Hub's listing (Parquet or JSON Lines, a
    file or a pattern), or a text file with one id a line. Without it, --author, --search and
    --filter say what to list on the Hub.
    """
    from provenance.hub.listing import ListingFilter
    from provenance.surveying.aggregate import aggregate
    from provenance.surveying.table import CensusTable

    kind = RepoKind(kind_name)
    wanted = ListingFilter(author, search, tags)
    form = by_ending(format_name, output, _ENDINGS)
    if form == "parquet" and output is None:
        raise UsageError("--format parquet needs -o FILE")
    source = source if source is not None or wanted else snapshot
    if source is None and not wanted:
        raise UsageError("give a SOURCE, or say what to list: --author, --search or --filter")
    if source is not None and wanted and not _is_snapshot(source):
        raise UsageError("--author, --search and --filter narrow a snapshot or the Hub, no file")
    if source is not None and _is_listing(source) and (state is not None or snapshot is not None):
        raise UsageError(
            f"{source} is a listing, read at once and without cards: --state is not needed, "
            "and --snapshot says nothing"
        )
    with CensusTable() as table:
        if source is not None and _is_listing(source):
            title = _fill_listed(table, source, kind)
        else:
            title = _fill(table, source, kind, wanted, snapshot, state, jobs, parse_date(as_of))
        found = aggregate(table, kind.value)
        if form == "text":
            from provenance.escape import log_lines
            from provenance.surveying.summary import summary

            said = summary(found, title, terminal_width(), color=use_color(output))
            write_out(log_lines(said), output)
        elif form == "html":
            from provenance.surveying.page import page
            from provenance.vocabulary.keys import PUBLIC_HUB

            hub = _address() if snapshot is None and not _is_file(source) else PUBLIC_HUB
            write_out(page(found, title, parse_date(as_of).isoformat(), hub), output)
        else:
            table.write(form, output, sys.stdout.buffer)
    if source is not None and _is_snapshot(source):
        _say_left_out(source, kind)
    return _code_of(found, title)


def _code_of(found: Aggregates, title: str) -> int:
    if not found.total.subjects:
        announce(f"{title}: holds no {found.kind}")
        return Exit.NOTHING
    if found.unread:
        first = found.unread_first[0]
        announce(f"{found.total.unread:,} not examined; first: {first.id}: {first.reason}")
        return Exit.INCOMPLETE
    return Exit.OK


def _say_left_out(snapshot: str, kind: RepoKind) -> None:
    """Say what else a snapshot holds: a table is of one kind."""
    from provenance.hub.snapshot import open_snapshot

    held = open_snapshot(snapshot)
    for other in RepoKind:
        number = len(tuple(held.ids(other))) if other is not kind else 0
        if number:
            announce(f"not in this table: {number:,} of kind {other.value} (--kind {other.value})")


def _is_file(source: str | None) -> bool:
    """Whether the source holds the subjects itself, and does not only name them."""
    return source is not None and (_is_snapshot(source) or _is_listing(source))


def _address() -> str:
    from provenance.hub.open import open_hub

    return open_hub().name


def _is_listing(source: str) -> bool:
    from provenance.scanning.sources import format_of

    return format_of(source) is not None and not Path(source).is_dir()


def _fill_listed(table: CensusTable, source: str, kind: RepoKind) -> str:
    """Bring a dump of the Hub's listing into the table; returns what to call it."""
    from provenance.scanning.sources import list_files
    from provenance.surveying.listing import read_listing

    read_listing(table, list_files([source]), kind)
    return Path(source).name


def _fill(
    table: CensusTable,
    source: str | None,
    kind: RepoKind,
    wanted: ListingFilter,
    snapshot: str | None,
    state: Path | None,
    jobs: int | None,
    as_of: datetime.date,
) -> str:
    """Bring a row for each card into the table; returns what to call the subjects."""
    from provenance.hub.open import open_hub
    from provenance.surveying.state import RowFile

    if source is not None and _is_snapshot(source):
        snapshot = source
    hub = open_hub() if snapshot is None else None
    subjects = _subjects(source, kind, wanted, snapshot, hub)
    place = f"{snapshot or 'hub'}, {as_of.isoformat()}"
    question = f"{subjects.title}, {kind.value}s, {place}, {subjects.asked}"
    with _row_file(state) as path:
        with RowFile(path, question) as rows, _said_when_interrupted(state, rows):
            todo = [ref for ref in subjects.refs if ref.id not in rows.done]
            known, done = len(subjects.refs), len(subjects.refs) - len(todo)
            started, before = time.monotonic(), done
            with progress_bar() as show:
                for some in _rows(todo, subjects, snapshot, hub, as_of, jobs):
                    rows.add(some)
                    done += len(some)
                    _LOG.info("read %s of %s subjects", f"{done:,}", f"{known:,}")
                    if show is not None:
                        rate = (done - before) / max(time.monotonic() - started, 1e-6)
                        show(done, known, f"{done:,} of {known:,} subjects, {rate:,.0f} a second")
        table.read_rows(path)
    return subjects.title


@contextmanager
def _said_when_interrupted(state: Path | None, rows: RowFile) -> Iterator[None]:
    """Say on an interrupt what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        if state is None:
            announce("interrupted; nothing is kept: --state FILE would have kept what was done")
        else:
            announce(f"interrupted; {len(rows.done):,} rows are kept in {state}: run it again")
        raise click.Abort from None


def _is_snapshot(source: str) -> bool:
    path = Path(source).expanduser()
    return source == "bundled" or path.is_dir() or path.suffix == ".zip"


def _subjects(
    source: str | None,
    kind: RepoKind,
    wanted: ListingFilter,
    snapshot: str | None,
    hub: SearchableHub | None,
) -> Subjects:
    from provenance.surveying.subjects import in_file, in_snapshot, on_hub

    if source is not None and not _is_snapshot(source):
        path = Path(source).expanduser()
        if not path.is_file():
            raise UsageError(
                f"{source!r} is no snapshot, no listing (.parquet, .jsonl) and no file of ids "
                "here; for what an organisation has on the Hub, give --author"
            )
        return in_file(path, kind)
    if hub is not None:
        return on_hub(hub, kind, wanted)
    return in_snapshot(snapshot or "bundled", kind, wanted)


def _rows(
    refs: Sequence[RepoRef],
    subjects: Subjects,
    snapshot: str | None,
    hub: SearchableHub | None,
    as_of: datetime.date,
    jobs: int | None,
) -> Iterator[Sequence[CensusRow]]:
    from provenance.surveying.cards import snapshot_rows, source_rows

    if hub is not None:
        return source_rows(hub, refs, as_of, jobs or 8, subjects.listed)
    return snapshot_rows(snapshot or "bundled", refs, as_of, jobs)


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
