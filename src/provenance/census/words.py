"""What a census says in words and numbers, alike at a terminal and on a page. Pure."""

from __future__ import annotations

from provenance.census.aggregate import Aggregates

METADATA_ONLY = (
    "From a listing: only metadata was read, no card. What a card says, and where it contradicts "
    "the metadata, is not seen."
)


def percent(part: int, whole: int) -> str:
    """One decimal; what is not all or nothing is never shown as such."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "<0.1 %"
    if 99.9 < share < 100:
        return ">99.9 %"
    return f"{share:.1f} %"


def interval(found: Aggregates) -> str | None:
    """What could not be read, and the bounds that it leaves; ``None`` when all was read."""
    total = found.total
    if not total.unread:
        return None
    low = percent(total.lacking, total.subjects)
    high = percent(total.lacking + total.unread, total.subjects)
    return (
        f"{total.unread:,} of {total.subjects:,} could not be read: "
        f"of all {found.kind}s {low} to {high} lack one"
    )


def further(found: Aggregates) -> list[str]:
    """Sentences that follow the headline."""
    total, many = found.total, f"{found.kind}s"
    lines = []
    if total.downloads_read:
        share = percent(total.downloads_lacking or 0, total.downloads_read)
        lines.append(f"{share} of {total.downloads_read:,} downloads are of {many} that lack one")
    if found.undeclared is not None:
        share = percent(found.undeclared, found.looked)
        lines.append(f"{share} name no training data ({found.undeclared:,} of {found.looked:,})")
    if found.mean_lacking is not None:
        lines.append(
            f"at least {100 * found.mean_lacking:.1f} % of the named training data lacks a license "
            "(mean of what is known to lack, over models that name any)"
        )
    return lines
