"""``provenance scan SOURCE…``: licenses record by record."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.amounts import percent
from provenance.cli.completing import complete_policy
from provenance.cli.exits import Exit, exit_for
from provenance.cli.options import (
    announce,
    as_of_option,
    color_option,
    exit_zero_option,
    output_option,
    parse_date,
)
from provenance.cli.progress import is_quiet, progress_bar, quiet_option, verbose_option
from provenance.cli.writing import chosen_format, format_option, write_rendered
from provenance.errors import UsageError
from provenance.render import REPORT_FORMATS

if TYPE_CHECKING:
    from provenance.hub.interface import CardSource
    from provenance.report.report import Note
    from provenance.scanning.layout import FileCount
    from provenance.scanning.scan import Engine, ScanProgress

_SETTLED_S = 1.0
"""Rates of a shorter time tell nothing."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--license-column", metavar="PATH", help="Column of the license (metadata.license).")
@click.option("--text-column", metavar="PATH", help="Column whose bytes are counted.")
@click.option("--token-column", metavar="PATH", help="Column that counts tokens.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Estimate from N records.")
@click.option("--privacy", is_flag=True, help="Look for personal data in a sample of the texts.")
@click.option("--state", type=click.Path(path_type=Path), help="Keep counts here, and go on.")
@click.option("--name", help="What the report calls the corpus. Default: the sources.")
@click.option(
    "--policy",
    "policy_name",
    metavar="NAME|FILE",
    shell_complete=complete_policy,
    help="As for audit.",
)
@format_option(
    REPORT_FORMATS, "As for audit. Default: by the ending of the output file, else text."
)
@output_option
@click.option("--all", "show_all", is_flag=True, help="text: list every group.")
@exit_zero_option
@as_of_option
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
)
@click.option("--memory-limit", metavar="SIZE", help="duckdb: as 100MB or 2GiB.")
@click.option("--temp-directory", metavar="DIR", help="duckdb: where to spill. Default: system.")
@click.option("--master", metavar="URL", help="spark: local[*], spark://… or sc://… (Connect).")
@quiet_option
@verbose_option
@color_option
def scan(
    sources: tuple[str, ...],
    license_column: str | None,
    text_column: str | None,
    token_column: str | None,
    sample: int | None,
    privacy: bool,
    state: Path | None,
    name: str | None,
    policy_name: str | None,
    format_name: str | None,
    output: Path | None,
    show_all: bool,
    exit_zero: bool,
    as_of: str | None,
    engine_name: str,
    memory_limit: str | None,
    temp_directory: str | None,
    master: str | None,
) -> int:
    """Scan data files: which records have an explicit license, by rows, bytes and tokens.

    SOURCE is a Parquet, JSON Lines (.gz, .zst), CSV or Arrow file, a folder, a pattern, a URL
    (s3://, gs://, hf://datasets/…), or the name of a Hub dataset.
    """
    from provenance.scanning.remote import held_as_hub
    from provenance.scanning.sources import list_sources

    _check_engine(engine_name, memory_limit, temp_directory, master)
    form = chosen_format(REPORT_FORMATS, format_name, output)
    with ExitStack() as stack:
        stack.enter_context(held_as_hub(sources))
        listing = list_sources(sources, _open_hub)  # a mistyped name is said before the rest starts
        from provenance.policy import load_policy
        from provenance.scanning.notes import column_notes, listing_notes
        from provenance.scanning.report import corpus_report
        from provenance.scanning.scan import scan_files
        from provenance.scanning.state import Question, StateFile
        from provenance.scanning.subject import corpus_facts

        policy = load_policy(policy_name, Path.cwd())
        question = Question(license_column, text_column, token_column, sample)
        kept = stack.enter_context(StateFile(state, question)) if state is not None else None
        engine = stack.enter_context(_engine(engine_name, memory_limit, temp_directory, master))
        show = stack.enter_context(_progress())
        counts = scan_files(listing.files, question, engine, kept, show)
        personal = _personal_data(counts, engine, sample) if privacy else ()
    notes = (*column_notes(counts), *listing_notes(listing), *personal)
    today = parse_date(as_of)
    rest = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    facts = corpus_facts(name or f"{sources[0]}{rest}", counts, today, notes)
    report = corpus_report(facts, policy, ", ".join(sources))
    for count in counts:
        if count.error is not None:
            announce(f"{count.file.path}: not counted: {count.error}")
    write_rendered(form, [report], output, show_all=show_all)
    code = exit_for(report.verdict)
    return Exit.OK if exit_zero else code


def _open_hub() -> CardSource:
    from provenance.hub.open import open_hub

    return open_hub()


def _check_engine(
    name: str, memory_limit: str | None, temp_directory: str | None, master: str | None
) -> None:
    """Refuse what the engine would leave unheard."""
    if name == "spark" and (memory_limit or temp_directory):
        raise UsageError("--memory-limit and --temp-directory are of --engine duckdb")
    if name == "duckdb" and master:
        raise UsageError("--master is of --engine spark")


@contextmanager
def _engine(
    name: str, memory_limit: str | None, temp_directory: str | None, master: str | None
) -> Iterator[Engine]:
    if name == "spark":
        from provenance.scanning.spark_engine import SparkEngine

        spark = SparkEngine(master)
        try:
            yield spark
        finally:
            spark.close()
        return
    from provenance.scanning.duckdb_engine import DuckDBEngine

    engine = DuckDBEngine(memory_limit, temp_directory)
    try:
        yield engine
    finally:
        engine.close()


@contextmanager
def _progress() -> Iterator[Callable[[ScanProgress], None]]:
    """How far the scan is: a bar on a terminal, a line every ten seconds elsewhere."""
    started = shown = time.monotonic()

    def show(progress: ScanProgress) -> None:
        nonlocal shown
        now = time.monotonic()
        if bar is not None:
            done = progress.bytes + progress.underway
            bar(done, progress.all_bytes, describe(progress, now - started, time_left=False))
        elif not is_quiet() and now - shown >= 10:
            shown = now
            print(describe(progress, now - started), file=sys.stderr, flush=True)

    with progress_bar() as bar:
        yield show


def _personal_data(
    counts: Sequence[FileCount], engine: Engine, sample: int | None
) -> tuple[Note, ...]:
    from provenance.scanning.personal import find_personal_data

    return find_personal_data(counts, engine, sample)


def describe(progress: ScanProgress, elapsed: float, *, time_left: bool = True) -> str:
    """One line on how far a scan is: files, rows, rates and the time left, once they are known."""
    now = progress.bytes + progress.underway
    read = now - progress.resumed_bytes
    line = f"{progress.files:,} of {progress.all_files:,} files, {progress.rows:,} rows"
    if progress.underway:
        line += f", {percent(now / max(progress.all_bytes, 1), 0)} of the bytes"
    if elapsed < _SETTLED_S or read <= 0:
        return line
    rows = (progress.rows - progress.resumed_rows) / elapsed
    rate = read / elapsed
    line += f", {rows:,.0f} rows/s" if rows else ""
    line += f", {rate / 1e6:,.1f} MB/s"
    if not time_left:
        return line
    seconds = round(max(progress.all_bytes - now, 0.0) / rate)
    return f"{line}, {seconds // 60}:{seconds % 60:02d} left"
