"""What a reader should know of the files and columns that a scan did not read. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.amounts import plural
from provenance.report.report import Note
from provenance.scanning.layout import FileCount, SourceListing

_SHOWN = 3
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def listing_notes(listing: SourceListing) -> tuple[Note, ...]:
    """Files in formats that are not read, and paths that lead to a file that is counted already."""
    notes = []
    if listing.skipped:
        files = plural(len(listing.skipped), "file")
        named = _shown([f"{path} ({_size(size)})" for path, size in listing.skipped])
        notes.append(Note(f"{files} of other formats not read: {named}", None))
    if listing.repeated:
        paths = plural(len(listing.repeated), "path leads", "paths lead")
        named = _shown(listing.repeated)
        notes.append(Note(f"{paths} to a file that is counted once: {named}", None))
    return tuple(notes)


def column_notes(counts: Sequence[FileCount]) -> tuple[Note, ...]:
    """Columns that could have been taken for the license column and were not."""
    others = sorted({name for count in counts for name in count.columns.others})
    if not others:
        return ()
    shown = _shown([f"`{name}`" for name in others])
    return (
        Note(f"other columns named like a license, not read: {shown} (--license-column)", None),
    )


def _shown(words: Sequence[str]) -> str:
    rest = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")


def _size(size: int) -> str:
    """In powers of 1000, to three digits."""
    value, unit = float(size), 0
    while value >= 999.5 and unit + 1 < len(_UNITS):
        value, unit = value / 1000, unit + 1
    return f"{value:.3g} {_UNITS[unit]}"
