"""License links: the symbol that an address stands for."""

from __future__ import annotations

from urllib.parse import unquote

from provenance import lazy_re as re
from provenance.knowledge import read_table
from provenance.licensing import creative_commons
from provenance.licensing.known_terms import link_rows
from provenance.licensing.names import mentions, with_version
from provenance.licensing.sieve import Sifted
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, hub_licenses, spdx_ids

_PATTERNS = tuple(
    (pattern, symbol) for symbol, pattern in read_table("licensing", "links", "symbol", "pattern")
)
_ROWS = link_rows() + _PATTERNS
_LINKS = Sifted(pattern for pattern, _ in _ROWS)
_GNU = re.compile(
    r"gnu\.org/(?:copyleft/|(?:old-)?licen[sc]es/(?:old-licenses/)?)(fdl|agpl|lgpl|gpl)"
    r"(?:-(\d\.\d))?",
    re.IGNORECASE,
)
_BY_ID = re.compile(
    r"(?:opensource\.org/licen[sc]es?|spdx\.org/licen[sc]es|choosealicense\.com/licen[sc]es)"
    r"/([a-z0-9][a-z0-9.+-]{1,40}?)(?:\.html|\.php|\.txt|/|$|[?#])",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"img\.shields\.io/(?:badge|static)[^\s]{0,10}?/?licen[sc]e(?:-|%20|_|=|:)([^\s?&]{2,60})",
    re.IGNORECASE,
)
_OSI = {slug: symbol for symbol, slug in read_table("licensing", "osi_slugs", "symbol", "slug")}
"""Pages of opensource.org that are called otherwise than the license's id."""
MAX_URL = 600


def read_license_link(url: str) -> str | None:
    """Symbol for the address of a license text, deed or badge; ``None`` when it is none.

    Nothing is fetched: what is not known by its address alone stays unknown.
    """
    url = url[:MAX_URL]
    if "creativecommons" in url or "licensebuttons" in url:
        return creative_commons.read_link(url)
    gnu = _GNU.search(url)
    if gnu is not None:
        family = {"fdl": "GFDL"}.get(gnu[1].lower(), gnu[1].upper())
        return with_version(family, gnu[2])
    by_id = _BY_ID.search(url)
    if by_id is not None:
        return _id(by_id[1])
    badge = _BADGE.search(url)
    if badge is not None:
        return _badge(badge[1])
    spans = _LINKS.spans(url)
    return _ROWS[min((start, row) for row, (start, _) in spans.items())[1]][1] if spans else None


def _id(text: str) -> str | None:
    lowered = text.lower()
    if lowered in _OSI:
        return _OSI[lowered]
    hub = hub_licenses().get(lowered)
    if hub is not None:
        return hub.symbol
    return spdx_ids().get(lowered) or spdx_ids().get(f"{lowered}-only")


_COLOR = re.compile(
    r"-[a-z]{3,12}(?:\.svg|\.png)?$|-[0-9a-f]{3,6}(?:\.svg|\.png)?$|\.(?:svg|png)$", re.I
)


def _badge(text: str) -> str | None:
    words = _COLOR.sub("", unquote(text)).replace("--", "-").replace("__", "_").replace("_", " ")
    hub = hub_licenses().get(words.lower().strip())
    if hub is not None:
        return hub.symbol
    names = mentions(f"{words} license")
    return names[0].symbol if names and names[0].symbol != PUBLIC_DOMAIN else None


_URL = re.compile(r"https?://[^\s<>\"'`|\]]{4,600}|(?<=\]\()[^\s()<>]{4,600}")


def urls(text: str) -> tuple[tuple[int, str], ...]:
    """Addresses in ``text`` with the offsets they begin at, without closing punctuation."""
    return tuple((m.start(), m[0].rstrip(").,;:!?*_")) for m in _URL.finditer(text))
