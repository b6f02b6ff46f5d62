"""Record nouns: what a scan counted, by source and by distinct license value."""

from __future__ import annotations

from provenance.frozen import frozen
from provenance.report.license import LicenseState

MOST_VALUES = 1000
"""Distinct values listed in a report; further ones are counted together."""


@frozen
class RecordAmount:
    """How much there is; estimates of a sample need not be whole numbers."""

    rows: float
    bytes: float | None
    """Of the text column in UTF-8; ``None`` where some of it has none."""
    tokens: float | None
    """Counted, or bytes / 4 where the report says that tokens are estimated."""


@frozen
class SourceRecords:
    """One source: the folder or pattern its files were found by."""

    source: str
    total: RecordAmount
    """All records; with unreadable lines among ``rows``, bytes and tokens are not known."""
    lacking: RecordAmount
    """Those without an explicit license."""
    unread_files: int
    """Files of which nothing is counted."""
    unread_rows: float = 0.0
    """Part of ``total`` that could not be read, and so was not examined."""


@frozen
class ValueRecords:
    """One distinct value of the license column, over all sources."""

    value: str | None
    """As JSON text (``null``, ``"mit"``, ``["mit"]``); ``None``: no such column in the file."""
    kind: str
    """``named``, ``no license column``, ``null``, ``empty string``, ``empty list``,
    ``placeholder`` or ``unrecognised value``."""
    state: LicenseState
    concluded: str
    """SPDX expression, ``NONE`` or ``NOASSERTION``."""
    amount: RecordAmount


@frozen
class RecordCounts:
    """What a scan counted."""

    sources: tuple[SourceRecords, ...]
    """By name."""
    values: tuple[ValueRecords, ...]
    """Most rows first; at most :data:`MOST_VALUES`."""
    more_values: int
    """Distinct values that are not listed."""
    more_rows: float
    """Rows with such values."""

    @property
    def empty(self) -> bool:
        """Whether all files were read and hold no record."""
        return all(s.total.rows == 0 and s.unread_files == 0 for s in self.sources)
