"""Nouns of a scan: files, the columns in them, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.frozen import frozen


class FileFormat(StrEnum):
    """Formats that are scanned."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    ARROW = "arrow"
    STREAM = "stream"
    """No file: a split of a Hub dataset, read by ``datasets``."""


@dataclass(frozen=True, slots=True, order=True)
class DataFile:
    """One file of a corpus."""

    path: str
    """Local path or URL, as the engine opens it."""
    format: FileFormat
    source: str
    """Group the file belongs to in the report: the folder or pattern it was found by."""
    size: int
    """In bytes, as stored."""
    version: str
    """Changes when the file does: the times in ns at which a local file's bytes and its entry
    were last changed, or a store's ETag or hash; empty where nothing tells."""


@frozen
class SourceListing:
    """What the sources of a scan name."""

    files: tuple[DataFile, ...]
    """Each once, sorted by path."""
    skipped: tuple[tuple[str, int], ...] = ()
    """Path and size in bytes of files in formats that are not read, largest first."""
    repeated: tuple[str, ...] = ()
    """Paths that lead to a file that is in ``files`` already: links, other spellings."""


@dataclass(frozen=True, slots=True, order=True)
class ColumnPath:
    """A column, perhaps nested: ``metadata.license`` is ``("metadata", "license")``."""

    steps: tuple[str, ...]
    json_from: int | None = None
    """From this step on the path leads into text holding JSON; ``None``: into no text."""

    def __str__(self) -> str:
        """The steps joined by dots, as ``--license-column`` takes them."""
        return ".".join(self.steps)


class Shape(StrEnum):
    """What a column holds, as far as it matters here."""

    TEXT = "text"
    NUMBER = "number"
    NESTED = "nested"
    """Lists and structures, grouped as they are."""
    BINARY = "binary"
    """Bytes: text that is not marked as such."""
    OTHER = "other"


@frozen
class Column:
    """A column that was found and what it holds."""

    path: ColumnPath
    shape: Shape


@frozen
class Columns:
    """The columns of one file that a scan reads. ``None``: the file has none."""

    license: Column | None
    text: Column | None
    tokens: Column | None
    others: tuple[str, ...] = ()
    """Further columns whose names could be the license's; they are not read."""


@frozen
class Plan:
    """How one file is read."""

    file: DataFile
    columns: Columns
    one_in: int = 1
    """Read about one record in this many, chosen by a hash of its position."""


@frozen
class Group:
    """Records of one file with the same license value."""

    value: str | None
    """The value as JSON text (``null``, ``"mit"``, ``["mit"]``), strings cut to
    :data:`MAX_VALUE` characters; ``None`` where the file has no license column."""
    rows: int
    bytes: int | None
    """Bytes of the text column in UTF-8; ``None`` where the file has none."""
    tokens: int | None
    """``None`` where the file has no token column."""
    squares: float = 0.0
    """Sum of the squared bytes, for the error of a sample; 0 in a full scan."""
    token_squares: float = 0.0
    """The same of the tokens."""
    uncounted: int = 0
    """Of ``rows``, those whose cell of the token column holds no number."""


@frozen
class FileCount:
    """What one file holds, or why it could not be read."""

    file: DataFile
    columns: Columns
    groups: tuple[Group, ...]
    unreadable_rows: int
    """Lines that are no JSON object in UTF-8, or rows the CSV reader refuses."""
    population: int
    """Records in the file; more than are in ``groups`` when only a sample was read."""
    error: str | None = None
    """One line on why nothing of the file was counted; ``None`` when it was."""


MAX_VALUE = 1000
"""License values are cut to this many characters; what differs only further on counts as one."""
