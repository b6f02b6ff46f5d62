from __future__ import annotations

from provenance.scanning.layout import Columns, DataFile, FileCount, FileFormat, SourceListing
from provenance.scanning.notes import column_notes, listing_notes


def test_what_was_not_read_is_named_with_its_size() -> None:
    skipped = (("big.json", 116_400_000), ("a.tsv", 2_000), ("b.txt", 7), ("c.xz", 1))
    [other, link] = listing_notes(SourceListing((), skipped, ("x/link.csv",)))
    assert other.message == (
        "4 files of other formats not read: big.json (116 MB), a.tsv (2 kB), b.txt (7 bytes) "
        "and 1 more"
    )
    assert link.message == "1 path leads to a file that is counted once: x/link.csv"
    assert listing_notes(SourceListing(())) == ()


def test_other_candidates_are_named() -> None:
    def count(*others: str) -> FileCount:
        file = DataFile("x", FileFormat.CSV, "s", 1, "")
        return FileCount(file, Columns(None, None, None, others), (), 0, 0)

    [note] = column_notes([count("licenses", "license"), count("license")])
    assert note.message == (
        "other columns named like a license, not read: `license`, `licenses` (--license-column)"
    )
    assert column_notes([count()]) == ()
