"""``provenance census SOURCE``: many subjects, one table."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
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
from provenance.cli.writing import chosen_format
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.refs import RepoKind, RepoRef
from provenance.render.formats import Format, Formats

if TYPE_CHECKING:
    import datetime

    from provenance.hub.listing import ListingFilter, SearchableHub
    from provenance.surveying.aggregate import Aggregates
    from provenance.surveying.row import CensusRow
    from provenance.surveying.state import RowFile
    from provenance.surveying.subjects import Subjects
    from provenance.surveying.table import CensusTable

_LOG = logging.getLogger(__name__)
CENSUS_FORMATS: Formats[CensusTable] = Formats(
    Format("text", "", "what it adds up to", suffixes=(".txt",)),
    Format("csv", "", "a row a subject", suffixes=(".csv",)),
    Format("jsonl", "", "a row a subject", suffixes=(".jsonl", ".ndjson")),
    Format("parquet", "", "a row a subject", suffixes=(".parquet",), binary=True),
    Format("html", "", "what it adds up to, as a page", suffixes=(".html", ".htm")),
)
"""Formats of a census, which are written below: rows as they come, sums when all are there."""


@frozen
class _Question:
    """What a census was asked for."""

    source: str | None
    kind: RepoKind
    wanted: ListingFilter
    snapshot: str | None
    state: Path | None
    jobs: int | None
    as_of: datetime.date

    @property
    def listing(self) -> str | None:
        """The dump of the Hub's listing that is the source, where it is one."""
        return self.source if self.source is not None and _is_listing(self.source) else None

    @property
    def held(self) -> str | None:
        """The snapshot that is the source, where it is one."""
        return self.source if self.source is not None and _is_snapshot(self.source) else None

    def check(self) -> None:
        """Refuse what says nothing, or what the source cannot do.

        Raises:
            UsageError: the message says what to give instead.

        """
        if self.source is None and not self.wanted:
            raise UsageError("give a SOURCE, or say what to list: --author, --search or --filter")
        if self.source is not None and self.wanted and self.held is None:
            raise UsageError(
                "--author, --search and --filter narrow a snapshot or the Hub, no file"
            )
        if self.listing is not None and (self.state is not None or self.snapshot is not None):
            raise UsageError(
                f"{self.source} is a listing, read at once and without cards: --state is not "
                "needed, and --snapshot says nothing"
            )


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
    type=click.Choice(tuple(CENSUS_FORMATS)),
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

    form = chosen_format(CENSUS_FORMATS, format_name, output)
    wanted = ListingFilter(author, search, tags)
    source = source if source is not None or wanted else snapshot
    asked = _Question(source, RepoKind(kind_name), wanted, snapshot, state, jobs, parse_date(as_of))
    asked.check()
    left_out: Mapping[RepoKind, int] = {}
    with CensusTable() as table:
        if asked.listing:
            title = _fill_listed(table, asked)
        else:
            subjects = _fill(table, asked)
            title, left_out = subjects.title, subjects.left_out
        sums = aggregate(table, asked.kind.value)
        if form.name in {"text", "html"}:
            _write_sums(form.name, sums, title, asked, output)
        else:
            table.write(form.name, output, sys.stdout.buffer)
    if asked.held is not None:
        _say_left_out(left_out)
    return _code_of(sums, title)


def _write_sums(
    form: str, sums: Aggregates, title: str, asked: _Question, output: Path | None
) -> None:
    """What the rows add up to, for a terminal or as a page."""
    if form == "text":
        from provenance.escape import log_lines
        from provenance.surveying.summary import summary

        text = summary(sums, title, terminal_width(), color=use_color(output))
        write_out(log_lines(text), output)
        return
    from provenance.surveying.page import page
    from provenance.vocabulary.keys import PUBLIC_HUB

    of_files = asked.snapshot is not None or asked.held is not None or asked.listing is not None
    hub = PUBLIC_HUB if of_files else _address()
    write_out(page(sums, title, asked.as_of, hub), output)


def _code_of(sums: Aggregates, title: str) -> int:
    if not sums.total.subjects:
        announce(f"{title}: holds no {sums.kind}")
        return Exit.NOTHING
    if sums.unread:
        first = sums.unread_first[0]
        announce(f"{sums.total.unread:,} not examined; first: {first.id}: {first.reason}")
        return Exit.INCOMPLETE
    return Exit.OK


def _say_left_out(left_out: Mapping[RepoKind, int]) -> None:
    """Say what else a snapshot holds: a table is of one kind."""
    for kind, number in left_out.items():
        if number:
            announce(f"not in this table: {number:,} of kind {kind.value} (--kind {kind.value})")


def _address() -> str:
    from provenance.hub.open import open_hub

    return open_hub().name


def _is_listing(source: str) -> bool:
    from provenance.scanning.sources import format_of

    return format_of(source) is not None and not Path(source).is_dir()


def _fill_listed(table: CensusTable, asked: _Question) -> str:
    """Bring a dump of the Hub's listing into the table; returns what to call it."""
    from provenance.scanning.sources import list_files
    from provenance.surveying.listing import read_listing

    source = asked.listing or ""
    read_listing(table, list_files([source]), asked.kind)
    return Path(source).name


def _fill(table: CensusTable, asked: _Question) -> Subjects:
    """Bring a row for each card into the table."""
    from provenance.hub.open import open_hub
    from provenance.surveying.state import RowFile

    snapshot = asked.held or asked.snapshot
    hub = open_hub() if snapshot is None else None
    subjects = _subjects(asked, snapshot, hub)
    place = f"{snapshot or 'hub'}, {asked.as_of.isoformat()}"
    question = f"{subjects.title}, {asked.kind.value}s, {place}, {subjects.asked}"
    with _row_file(asked.state) as path:
        with RowFile(path, question) as rows, _said_when_interrupted(asked.state, rows):
            todo = [ref for ref in subjects.refs if ref.id not in rows.done]
            new = _rows(todo, subjects, snapshot, hub, asked)
            _take(new, rows, len(subjects.refs), len(subjects.refs) - len(todo))
        table.read_rows(path)
    return subjects


def _take(new: Iterator[Sequence[CensusRow]], rows: RowFile, known: int, done: int) -> None:
    """Keep rows as they come, ``done`` of the ``known`` subjects being kept already."""
    started, before = time.monotonic(), done
    with progress_bar() as show:
        for some in new:
            rows.add(some)
            done += len(some)
            _LOG.info("read %s of %s subjects", f"{done:,}", f"{known:,}")
            if show is not None:
                rate = (done - before) / max(time.monotonic() - started, 1e-6)
                show(done, known, f"{done:,} of {known:,} subjects, {rate:,.0f} a second")


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


def _subjects(asked: _Question, snapshot: str | None, hub: SearchableHub | None) -> Subjects:
    from provenance.surveying.subjects import in_file, in_snapshot, on_hub

    if asked.source is not None and asked.held is None:
        path = Path(asked.source).expanduser()
        if not path.is_file():
            raise UsageError(
                f"{asked.source!r} is no snapshot, no listing (.parquet, .jsonl) and no file of "
                "ids here; for what an organisation has on the Hub, give --author"
            )
        return in_file(path, asked.kind)
    if hub is not None:
        return on_hub(hub, asked.kind, asked.wanted)
    return in_snapshot(snapshot or "bundled", asked.kind, asked.wanted)


def _rows(
    refs: Sequence[RepoRef],
    subjects: Subjects,
    snapshot: str | None,
    hub: SearchableHub | None,
    asked: _Question,
) -> Iterator[Sequence[CensusRow]]:
    from provenance.surveying.cards import snapshot_rows, source_rows

    if hub is not None:
        return source_rows(hub, refs, asked.as_of, asked.jobs or 8, subjects.listed)
    return snapshot_rows(snapshot or "bundled", refs, asked.as_of, asked.jobs)


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
