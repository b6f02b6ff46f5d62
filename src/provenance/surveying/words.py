"""What a census says in words and numbers, alike at a terminal and on a page. Pure."""

from __future__ import annotations

from dataclasses import replace

from provenance.amounts import verb
from provenance.surveying.aggregate import Aggregates, GroupShare

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


def unread(found: Aggregates) -> tuple[GroupShare, ...]:
    """Those that were not examined by why, each in words."""
    return tuple(replace(part, name=part.name.replace("_", " ")) for part in found.unread)


def interval(found: Aggregates) -> str | None:
    """What was not examined, and the bounds that it leaves; ``None`` when all was."""
    total = found.total
    if not total.unread:
        return None
    low = percent(total.lacking, total.subjects)
    high = percent(total.lacking + total.unread, total.subjects)
    return (
        f"{total.unread:,} of the {total.subjects:,} {found.kind}s "
        f"{verb(total.unread, 'was', 'were')} not examined: "
        f"of all of them {low} to {high} lack one"
    )


def headline(found: Aggregates) -> str:
    """What lacks of what was examined, without a full stop; never of what was not."""
    total, many = found.total, f"{found.kind}s"
    if not total.read:
        return f"none of the {many} was examined: what lacks a license is not known"
    whole = f"the {total.read:,} {many} examined" if total.unread else f"{total.read:,} {many}"
    share = percent(total.lacking, total.read)
    return f"{share} lack an explicit license ({total.lacking:,} of {whole})"


def of_all(found: Aggregates) -> str:
    """What the numbers of the tables are parts of."""
    said = f"share: of all {found.total.subjects:,} {found.kind}s"
    return f"{said}; lacking: of those examined in the row"


def further(found: Aggregates) -> list[str]:
    """Sentences that follow the headline."""
    total, many = found.total, f"{found.kind}s"
    lines = []
    if total.downloads_read:
        share = percent(total.downloads_lacking or 0, total.downloads_read)
        lines.append(f"{share} of {total.downloads_read:,} downloads are of {many} that lack one")
    if found.undeclared is not None:
        share = percent(found.undeclared, found.looked)
        looked = f"{found.looked:,} {many} whose data was looked for"
        lines.append(f"{share} of the {looked} name none ({found.undeclared:,})")
    if found.mean_lacking is not None:
        lines.append(
            f"at least {100 * found.mean_lacking:.1f} % of the named training data lacks a license "
            "(mean of what is known to lack, over models that name any)"
        )
    return lines
