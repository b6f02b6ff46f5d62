"""What a census says in words and numbers, alike at a terminal and on a page. Pure."""

from __future__ import annotations

from dataclasses import replace

from provenance.amounts import aligned_percent, verb
from provenance.surveying.aggregate import Aggregates, GroupShare

METADATA_ONLY = (
    "From a listing: only metadata was read, no card. What a card says, and where it contradicts "
    "the metadata, is not seen."
)

BY_DOWNLOADS = (
    "By downloads: what part of a group's downloads is of subjects that lack. Of downloads: the "
    "group's part of all."
)


def percent(part: int, whole: int) -> str:
    """A part of a whole; of nothing there is none."""
    return aligned_percent(part / whole) if whole else "–"


def unread(sums: Aggregates) -> tuple[GroupShare, ...]:
    """Those that were not examined by why, each in words."""
    return tuple(replace(part, name=part.name.replace("_", " ")) for part in sums.unread)


def interval(sums: Aggregates) -> str | None:
    """What was not examined, and the bounds that it leaves; ``None`` when all was."""
    total = sums.total
    if not total.unread:
        return None
    low = percent(total.lacking, total.subjects)
    high = percent(total.lacking + total.unread, total.subjects)
    return (
        f"{total.unread:,} of the {total.subjects:,} {sums.kind}s "
        f"{verb(total.unread, 'was', 'were')} not examined: "
        f"of all of them {low} to {high} lack one"
    )


def headline(sums: Aggregates) -> str:
    """What lacks of what was examined, without a full stop; never of what was not."""
    total, many = sums.total, f"{sums.kind}s"
    if not total.read:
        return f"none of the {many} was examined: what lacks a license is not known"
    whole = f"the {total.read:,} {many} examined" if total.unread else f"{total.read:,} {many}"
    share = percent(total.lacking, total.read)
    return f"{share} lack an explicit license ({total.lacking:,} of {whole})"


def of_all(sums: Aggregates) -> str:
    """What the numbers of the tables are parts of."""
    whole = f"share: of all {sums.total.subjects:,} {sums.kind}s"
    return f"{whole}; lacking: of those examined in the row"


def further(sums: Aggregates) -> list[str]:
    """Sentences that follow the headline."""
    total, many = sums.total, f"{sums.kind}s"
    lines = []
    if total.downloads_read:
        share = percent(total.downloads_lacking or 0, total.downloads_read)
        lines.append(f"{share} of {total.downloads_read:,} downloads are of {many} that lack one")
    if sums.undeclared is not None:
        share = percent(sums.undeclared, sums.looked)
        looked = f"{sums.looked:,} {many} whose data was looked for"
        lines.append(f"{share} of the {looked} name none ({sums.undeclared:,})")
    if sums.mean_lacking is not None:
        lines.append(
            f"at least {aligned_percent(sums.mean_lacking)} of the named training data lacks a "
            "license (mean of what is known to lack, over models that name any)"
        )
    return lines
