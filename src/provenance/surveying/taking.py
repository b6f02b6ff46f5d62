"""A whole census in memory: its rows and what they add up to."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import UsageError, missing_extra
from provenance.escape import html
from provenance.hub.listing import ListingFilter
from provenance.refs import RepoKind
from provenance.surveying.aggregate import Aggregates, aggregate
from provenance.surveying.row import COLUMNS, CensusRow
from provenance.surveying.state import RowFile
from provenance.surveying.table import CensusTable
from provenance.surveying.words import further, headline, interval

if TYPE_CHECKING:
    import pandas

_AT_A_TIME = 8
"""Requests to a live Hub."""


@dataclass(frozen=True, slots=True, repr=False)
class Census:
    """Many subjects: one row each, and the totals."""

    title: str
    """What the subjects were taken from."""
    as_of: datetime.date
    """Date the census speaks for."""
    rows: tuple[CensusRow, ...]
    """Sorted by id."""
    totals: Aggregates

    def to_pandas(self) -> pandas.DataFrame:
        """One row a subject, columns as in every format of a census.

        Raises:
            UsageError: pandas is not installed (the extra ``pandas``).

        """
        try:
            import pandas
        except ImportError:
            raise UsageError(missing_extra("pandas is not installed", "pandas")) from None
        return pandas.DataFrame.from_records([astuple(r) for r in self.rows], columns=COLUMNS)

    def to_text(self, width: int = 100) -> str:
        """The totals for a terminal of ``width`` columns."""
        from provenance.surveying.summary import summary

        return summary(self.totals, self.title, width)

    def to_html(self) -> str:
        """The totals and the first subjects as one page."""
        from provenance.surveying.page import page

        return page(self.totals, self.title, self.as_of)

    def __repr__(self) -> str:
        kind = f"{self.totals.kind}s"
        answer = headline(self.totals)
        return f"<Census of {self.title}: {len(self.rows):,} {kind}; {answer}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        bounds = interval(self.totals)
        lines = [headline(self.totals), *([bounds] if bounds else []), *further(self.totals)]
        told = "".join(f"<div>{html(line)}</div>" for line in lines)
        return f"<div><b>{html(f'Census of {self.title}')}</b>{told}</div>"


def take(
    source: str | None,
    kind: RepoKind,
    wanted: ListingFilter,
    snapshot: str | None,
    as_of: datetime.date,
    jobs: int | None,
) -> Census:
    """Take a census of a snapshot, of a file of ids, or of what ``wanted`` lists.

    Raises:
        UsageError: the source is not usable, or says nothing to take a census of.
        SourceError: the Hub gave no listing.

    """
    from provenance.hub.open import open_hub
    from provenance.surveying.cards import snapshot_rows, source_rows
    from provenance.surveying.subjects import in_file, in_snapshot, on_hub

    if source is None and snapshot is None and not wanted:
        raise UsageError("give a source, or say what to list: author, search or tags")
    ids = None if source is None or _is_snapshot(source) else Path(source).expanduser()
    if ids is None and source is not None:
        snapshot = source
    if ids is not None and not ids.is_file():
        raise UsageError(f"{source!r} is no snapshot and no file of ids here")
    hub = open_hub() if snapshot is None else None
    if ids is not None:
        subjects = in_file(ids, kind)
    elif hub is not None:
        subjects = on_hub(hub, kind, wanted)
    else:
        subjects = in_snapshot(snapshot or "bundled", kind, wanted)
    if hub is not None:
        taken = source_rows(hub, subjects.refs, as_of, jobs or _AT_A_TIME, subjects.listed)
    else:
        taken = snapshot_rows(snapshot or "bundled", subjects.refs, as_of, jobs)
    rows = sorted((row for some in taken for row in some), key=lambda row: row.id)
    return Census(subjects.title, as_of, tuple(rows), _added_up(rows, kind))


def _is_snapshot(source: str) -> bool:
    path = Path(source).expanduser()
    return source == "bundled" or path.is_dir() or path.suffix == ".zip"


def _added_up(rows: Sequence[CensusRow], kind: RepoKind) -> Aggregates:
    with tempfile.TemporaryDirectory(prefix="provenance-census-") as folder, CensusTable() as table:
        path = Path(folder) / "rows.jsonl"
        with RowFile(path, "in memory") as file:
            file.add(rows)
        table.read_rows(path)
        return aggregate(table, kind.value)
