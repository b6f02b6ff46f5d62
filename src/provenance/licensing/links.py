"""License links: the symbol that an address stands for."""

from __future__ import annotations

from urllib.parse import unquote

from provenance import lazy_re as re
from provenance.licensing import creative_commons
from provenance.licensing.known_terms import link_rows
from provenance.licensing.names import mentions, with_version
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, hub_licenses, spdx_ids

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"opendatacommons\.org/(?:licen[sc]es/)?(?:odc-)?by(?![a-z])", "ODC-By-1.0"),
    (r"opendatacommons\.org/(?:licen[sc]es/)?odbl", "ODbL-1.0"),
    (r"opendatacommons\.org/(?:licen[sc]es/)?(?:dbcl)", "LicenseRef-DbCL-1.0"),
    (r"opendatacommons\.org/(?:licen[sc]es/)?pddl", "PDDL-1.0"),
    (r"cdla\.(?:dev|io)/permissive-?(?:v)?2", "CDLA-Permissive-2.0"),
    (r"cdla\.(?:dev|io)/permissive", "CDLA-Permissive-1.0"),
    (r"cdla\.(?:dev|io)/sharing", "CDLA-Sharing-1.0"),
    (r"nationalarchives\.gov\.uk/doc/open-government-licence/version/3", "OGL-UK-3.0"),
    (r"nationalarchives\.gov\.uk/doc/open-government-licence", "OGL-UK"),
    (r"data\.norge\.no/nlod/(?:en|no)/2\.0", "NLOD-2.0"),
    (r"data\.norge\.no/nlod/(?:en|no)/1\.0", "NLOD-1.0"),
    (r"data\.norge\.no/nlod", "NLOD"),
    (r"etalab\.gouv\.fr/[^\s]{0,60}(?:licence-ouverte|open-licence)", "etalab-2.0"),
    (r"microsoft/computational-use-of-data-agreement", "C-UDA-1.0"),
    (r"microsoft/open-use-of-data-agreement", "O-UDA-1.0"),
    (
        r"(?:compvis/stable-diffusion-license|creativeml[-_]openrail)",
        "LicenseRef-CreativeML-OpenRAIL-M",
    ),
    (
        r"bigscience\.huggingface\.co/blog/bigscience-openrail-m",
        "LicenseRef-scancode-bigscience-open-rail-m",
    ),
    (
        r"(?:bigscience\.huggingface\.co/blog/the-bigscience-rail|bigscience/license)",
        "LicenseRef-scancode-bigscience-rail-1.0",
    ),
    (
        r"bigcode-(?:project\.org/docs/pages/)?(?:bigcode-openrail|model-license)|bigcode/bigcode-model-license-agreement",
        "LicenseRef-scancode-bigcode-open-rail-m-v1",
    ),
    (r"ai\.google\.dev/gemma/terms", "LicenseRef-scancode-gemma-tou-2024-04-01"),
    (r"commoncrawl\.org/terms", "LicenseRef-Common-Crawl-ToU"),
    (r"catalog\.ldc\.upenn\.edu/licen[sc]e", "LicenseRef-LDC-User-Agreement"),
    (r"nlm\.nih\.gov/databases/download/terms", "LicenseRef-NLM-Terms"),
    (r"coscl\.org\.cn/mulanpsl2", "MulanPSL-2.0"),
    (r"coscl\.org\.cn/mulanpsl(?![2-9])", "MulanPSL-1.0"),
    (r"govdata\.de/dl-de/zero-2-0", "DL-DE-ZERO-2.0"),
    (r"govdata\.de/dl-de/by-2-0", "DL-DE-BY-2.0"),
    (r"openmdw\.ai/licen[sc]e", "OpenMDW-1.0"),
    (
        r"llama\.com/llama3/licen[sc]e|llama\.meta\.com/llama3/licen[sc]e",
        "LicenseRef-Llama-3-Community",
    ),
    (r"llama\.com/llama3_1/licen[sc]e", "LicenseRef-scancode-llama-3.1-license-2024"),
    (r"llama\.com/llama3_2/licen[sc]e", "LicenseRef-scancode-llama-3.2-license-2024"),
    (r"llama\.com/llama3_3/licen[sc]e", "LicenseRef-scancode-llama-3.3-license-2024"),
    (r"llama\.com/llama4/licen[sc]e", "LicenseRef-scancode-llama-4-license-2025"),
    (r"unlicense\.org", "Unlicense"),
    (r"(?:www\.)?wtfpl\.net", "WTFPL"),
    (r"apache\.org/licen[sc]es/license-1\.1", "Apache-1.1"),
    (r"apache\.org/licen[sc]es/?(?:license-2|$|#|\))", "Apache-2.0"),
    (r"mozilla\.org/(?:en-us/)?mpl/2", "MPL-2.0"),
    (r"unicode\.org/(?:license|copyright)", "Unicode"),
    (r"msropendata\.com/licen[sc]es", "LicenseRef-MSR-Data-License"),
    (r"freebsd\.org/copyright/freebsd-doc-license", "LicenseRef-FreeBSD-Documentation"),
    (r"ojuba\.org/waqf", "LicenseRef-Waqf-2.0"),
    (r"allenai\.org/(?:licen[sc]es/)?impact-?(?:license-)?lr", "LicenseRef-AI2-ImpACT-LR"),
    (r"allenai\.org/(?:licen[sc]es/)?impact-?(?:license-)?mr", "LicenseRef-AI2-ImpACT-MR"),
    (r"openai\.com/policies/(?:[a-z-]*terms|usage)", "LicenseRef-OpenAI-Terms"),
)
_ROWS = link_rows() + _PATTERNS
_LINK = re.compile("|".join(f"(?P<L{i}>{p})" for i, (p, _) in enumerate(_ROWS)), re.IGNORECASE)
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
_OSI = {
    "apache-2-0": "Apache-2.0",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "mit-license": "MIT",
    "gpl-license": "GPL",
    "lgpl-license": "LGPL",
    "bsd-license": "BSD-2-Clause",
}
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
    match = _LINK.search(url)
    return _ROWS[int(match.lastgroup[1:])][1] if match and match.lastgroup else None


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
    found = mentions(f"{words} license")
    return found[0].symbol if found and found[0].symbol != PUBLIC_DOMAIN else None


_URL = re.compile(r"https?://[^\s<>\"'`|\]]{4,600}|(?<=\]\()[^\s()<>]{4,600}")


def urls(text: str) -> tuple[tuple[int, str], ...]:
    """Addresses in ``text`` with the offsets they begin at, without closing punctuation."""
    return tuple((m.start(), m[0].rstrip(").,;:!?*_")) for m in _URL.finditer(text))
