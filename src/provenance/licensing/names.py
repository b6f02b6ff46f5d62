"""License names in running text: where they stand and which symbol they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.licensing import creative_commons
from provenance.licensing.identifiers import PUBLIC_DOMAIN, family_of, spdx_ids, version_of


@dataclass(frozen=True, slots=True)
class Mention:
    """A license named at ``text[start:end]``."""

    start: int
    end: int
    symbol: str
    """SPDX id, ``LicenseRef-…`` or a family."""


_LIC = r"(?:[\s_-]+(?:public|software|free|documentation)){0,2}(?:[\s,_-]*licen[sc]e[ds]?)?"

_FIXED: tuple[tuple[str, str], ...] = (
    # (pattern, symbol); names that have one version, or whose version is part of the pattern
    (r"creativeml[\s_-]*open[\s_-]?rail(?:[\s_-]*m|\+\+)?", "LicenseRef-CreativeML-OpenRAIL-M"),
    (r"bigscience[\s_-]*open[\s_-]?rail[\s_-]*m", "LicenseRef-scancode-bigscience-open-rail-m"),
    (
        r"(?:bigscience[\s_-]*(?:bloom[\s_-]*)?|bloom[\s_-]*)rail(?:[\s_-]*(?:license\s)?v?1\.0)?",
        "LicenseRef-scancode-bigscience-rail-1.0",
    ),
    (r"bigcode[\s_-]*open[\s_-]?rail[\s_-]*m", "LicenseRef-scancode-bigcode-open-rail-m-v1"),
    (r"open[\s_-]?rail\+\+(?:-m)?", "LicenseRef-OpenRAIL-PlusPlus-M"),
    (r"open[\s_-]?rail(?:[\s_-]*[mds](?![a-z]))?", "OpenRAIL"),
    (r"gemma[\s_-](?:terms\sof\suse|licen[sc]e)", "LicenseRef-scancode-gemma-tou-2024-04-01"),
    (r"expat[\s-]licen[sc]e", "MIT"),
    (
        r"(?:(?:two|2)[\s-]clause|simplified)[\s-]bsd|bsd[\s_-]*(?:2|two)[\s_-]?clause",
        "BSD-2-Clause",
    ),
    (r"bsd[\s_-]*3[\s_-]clause[\s_-]clear|clear\sbsd", "BSD-3-Clause-Clear"),
    (
        r"(?:(?:three|3)[\s-]clause|new|modified|revised)[\s-]bsd|bsd[\s_-]*(?:3|three)[\s_-]?clause",
        "BSD-3-Clause",
    ),
    (r"bsd[\s_-]*(?:4|four)[\s_-]?clause", "BSD-4-Clause"),
    (r"freebsd[\s-]documentation[\s-]licen[sc]e", "LicenseRef-FreeBSD-Documentation"),
    (r"bsd(?:[\s-]style)?[\s_-]licen[sc]e", "BSD"),
    (
        r"odc[\s_-]*(?:by|attribution)(?:[\s_-]*(?:v\.?\s?)?1\.0)?"
        r"|open\sdata\scommons[\s:,–-]*(?:licen[sc]e[\s:,–-]*)?(?:by|attribution)"
        r"(?:[\s-]licen[sc]e)?(?:[\s,(-]{1,3}odc-by\)?)?(?:\s(?:v|version\s)?1\.0)?",
        "ODC-By-1.0",
    ),
    (
        r"(?:odc[\s_-]*)?odbl(?:[\s_-]*v?1\.0)?|open\sdatabase\slicen[sc]e(?:[\s,]*\(?odbl\)?)?",
        "ODbL-1.0",
    ),
    (
        r"(?:odc[\s_-]*)?pddl(?:[\s_-]*v?1\.0)?|public\sdomain\sdedication\sand\slicen[sc]e",
        "PDDL-1.0",
    ),
    (r"open\suse\sof\sdata\sagreement|\bo-?uda\b(?:[\s_-]*v?1\.0)?", "O-UDA-1.0"),
    (r"computational\suse\sof\sdata(?:\sagreement)?|\bc-?uda\b(?:[\s_-]*v?1\.0)?", "C-UDA-1.0"),
    (r"cdla[\s_-]*permissive[\s_-]*(?:v(?:ersion)?[\s.]?)?2(?:\.0)?", "CDLA-Permissive-2.0"),
    (r"cdla[\s_-]*permissive(?:[\s_-]*(?:v(?:ersion)?[\s.]?)?1(?:\.0)?)?", "CDLA-Permissive-1.0"),
    (r"cdla[\s_-]*sharing(?:[\s_-]*(?:v(?:ersion)?[\s.]?)?1(?:\.0)?)?", "CDLA-Sharing-1.0"),
    (
        r"community\sdata\slicen[sc]e\sagreement[\s:,–-]*permissive[\s:,–-]*(?:v(?:ersion)?\s?)?2\.0",
        "CDLA-Permissive-2.0",
    ),
    (r"community\sdata\slicen[sc]e\sagreement[\s:,–-]*permissive", "CDLA-Permissive-1.0"),
    (r"community\sdata\slicen[sc]e\sagreement[\s:,–-]*sharing", "CDLA-Sharing-1.0"),
    (r"data\slicence\sgermany|datenlizenz\sdeutschland|dl-de(?:/|-)by", "DL-DE-BY-2.0"),
    (r"etalab(?:[\s-]*(?:open\slicen[sc]e\s?)?2\.0)?|licence\souverte(?:\s2\.0)?", "etalab-2.0"),
    (r"open\sgovernment\slicen[sc]e[\s–-]+canada", "OGL-Canada-2.0"),
    (r"(?:the\s)?unlicense\b", "Unlicense"),
    (r"wtfpl|do\swhat\sthe\sf\S{1,6}\syou\swant", "WTFPL"),
    (r"isc[\s-]licen[sc]e", "ISC"),
    (r"zlib[\s-]licen[sc]e", "Zlib"),
    (r"boost\ssoftware\slicen[sc]e", "BSL-1.0"),
    (r"postgresql\slicen[sc]e", "PostgreSQL"),
    (r"sil\sopen\sfont\slicen[sc]e|ofl[\s-]1\.1", "OFL-1.1"),
    (r"artistic[\s_-]licen[sc]e(?:[\s-]*(?:v|version\s)?2(?:\.0)?)?|artistic-2\.0", "Artistic-2.0"),
    (r"microsoft\spublic\slicen[sc]e|ms-pl", "MS-PL"),
    (r"lgpl-?lr|lesser\sgeneral\spublic\slicen[sc]e\sfor\slinguistic\sresources", "LGPLLR"),
    (r"unicode[\s,]{1,2}(?:inc\.?\s)?(?:data\sfiles\sand\ssoftware\s)?licen[sc]e", "Unicode"),
    (
        r"(?:ldc|linguistic\sdata\sconsortium)[\s(LDC)]{1,8}(?:user|licen[sc]e|non-?member|data)?\s?"
        r"(?:user\s|membership\s)?(?:agreement|licen[sc]es?)",
        "LicenseRef-LDC-User-Agreement",
    ),
    (r"(?:clarin[\s_-]*)pub(?:\+\w+|\b)", "LicenseRef-CLARIN-PUB"),
    (r"(?:clarin[\s_-]*)aca(?:\+\w+|\b)", "LicenseRef-CLARIN-ACA"),
    (r"(?:clarin[\s_-]*)res(?:\+\w+|\b)", "LicenseRef-CLARIN-RES"),
    (
        r"microsoft\sresearch\sdata\slicen[sc]e(?:\sagreement)?|msr-?la\b",
        "LicenseRef-MSR-Data-License",
    ),
    (r"waqf[\s-](?:public[\s-]licen[sc]e|v?2(?:\.0)?)(?:[\s-]v?2(?:\.0)?)?", "LicenseRef-Waqf-2.0"),
    (r"impact[\s-]licen[sc]e[\s-](?:for\s)?low[\s-]risk|impact[\s-]lr", "LicenseRef-AI2-ImpACT-LR"),
    (
        r"impact[\s-]licen[sc]e[\s-](?:for\s)?medium[\s-]risk|impact[\s-]mr",
        "LicenseRef-AI2-ImpACT-MR",
    ),
    (r"data\suse\sagreement|\bdua\b", "LicenseRef-DUA"),
    (r"decision\s(?:no\.?\s)?2011/833/eu", "LicenseRef-EU-Reuse"),
    (
        r"common\s?crawl(?:['’]s)?(?:\sfoundation)?\sterms(?:\sof\suse)?"
        r"|terms\sof\suse\s(?:of|from|for)\scommon\s?crawl",
        "LicenseRef-Common-Crawl-ToU",
    ),
    (r"openai(?:['’]s)?\s(?:usage\spolic|terms|tos)", "LicenseRef-OpenAI-Terms"),
    (r"physionet\scredentialed\shealth\sdata\slicen[sc]e", "LicenseRef-PhysioNet-Credentialed"),
    (
        r"(?<!non-)(?<!non )public[\s-]domain|gemeinfrei|dominio\spúblico|domaine\spublic"
        r"|パブリックドメイン|公有领域|общественн\w{2,4}\sдостояни\w{1,3}",
        PUBLIC_DOMAIN,
    ),
)

_VERSIONED: tuple[tuple[str, str], ...] = (
    # (pattern up to where the version may stand, family)
    (r"(?:apache|apl?2?(?=-2\.0)|asl(?=[\s-]?2))" + _LIC, "Apache"),
    (r"(?:gnu\s)?affero\sg(?:eneral|nu)\spublic\slicen[sc]e", "AGPL"),
    (r"agpl", "AGPL"),
    (r"(?:gnu\s)?(?:lesser|library)\sgeneral\spublic\slicen[sc]e", "LGPL"),
    (r"lgpl", "LGPL"),
    (r"(?:gnu\sfree\sdocumentation\slicen[sc]e|gfdl|gnu\sfdl)", "GFDL"),
    (
        r"(?:gnu\s)?(?:general|common)\spublic\slicen[sc]e(?:\s\(?gpl\)?)?"
        r"(?:[\s_-]+gpl)?",
        "GPL",
    ),
    (r"(?:gnu[\s-])?gpl(?![a-uw-z])(?:\spublic)?(?:\slicen[sc]e)?", "GPL"),
    (r"gnu\slicen[sc]e", "GPL"),
    (r"mozilla\spublic\slicen[sc]e", "MPL"),
    (r"mpl(?=[\s-]?[12])", "MPL"),
    (r"academic\sfree\slicen[sc]e", "AFL"),
    (r"afl(?=[\s-]?v?[1-3])", "AFL"),
    (r"eclipse\spublic\slicen[sc]e", "EPL"),
    (r"epl(?=[\s-]?[12]\.0)", "EPL"),
    (r"european\sunion\spublic\slicen[sc]e", "EUPL"),
    (r"eupl", "EUPL"),
    (r"educational\scommunity\slicen[sc]e", "ECL"),
    (r"open\ssoftware\slicen[sc]e", "OSL"),
    (r"(?:uk\s)?open\sgovernment\slicen[sc]e", "OGL-UK"),
    (r"ogl(?:[\s-]uk)?(?=[\s-]v?[123])", "OGL-UK"),
    (r"norwegian\slicen[sc]e\sfor\sopen\s(?:government|public)\sdata(?:\s\(?nlod\)?)?", "NLOD"),
    (r"nlod", "NLOD"),
    (r"llama[\s-]?v?(?=[1-4][\s.\d]{0,4}\s?(?:community|licen[sc]e|lcla))", "Llama"),
)

_MIT = (
    r"mit(?=[\s_-]{1,2}(?:open[\s-]?source\s)?licen[cs]e)|mit-0(?=\W|$)"
    r"|(?<=under )mit(?=\W|$)|(?<=under the )mit(?=\W|$)|(?<=under an )mit(?=\W|$)"
    r"|(?<=under a )mit(?=\W|$)|(?<=/licenses/)mit(?=\W|$)|(?<=license-)mit(?=\W|$)"
)
_CC = (
    r"creative[\s-]{0,2}commons|cc0|cc(?=[-–‐\s_]{0,2}(?:by|nc|sa|nd|zero|0|[1-4](?!\d)|licen[sc]e"
    r"|public[\s-]domain|attribution|non)(?![a-z]{3}))"
    r"|クリエイティブ・コモンズ|知识共享|크리에이티브\s커먼즈"
    r"|(?:by[-_](?:nc|sa|nd)|attribution(?=[\s–-]{1,3}(?:non|share|no\s?deriv|[1-4]\.0)))"
)


_VERSION = re.compile(
    r"[\s,(_-]{0,3}(?:v(?:ersion|er)?\.?[\s_-]?)?(\d(?:\.\d){0,2}[a-z]?)(?![\d%a-z]|\.\d)",
    re.IGNORECASE,
)
_LATER = re.compile(r"\+|[\s,)(-]{1,3}or[\s-](?:\(at\syour\soption\)\s)?(?:any[\s-])?later", re.I)


@cache
def _names() -> re.Pattern[str]:
    """All names in one pattern; compiled when first needed, for it takes tens of milliseconds."""
    parts = [f"(?P<CC>{_CC})", f"(?P<MIT>{_MIT})"]
    parts += [f"(?P<F{i}>{pattern})" for i, (pattern, _) in enumerate(_FIXED)]
    parts += [f"(?P<N{i}>{pattern})" for i, (pattern, _) in enumerate(_VERSIONED)]
    return re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(parts) + ")", re.IGNORECASE)


MAX_TEXT = 4_000
"""Longest text searched for names, in characters; a longer one is searched up to here."""


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """Licenses named in ``text``, in order.

    A family that is named again with its version right beside it ("Creative Commons license
    (CC BY 4.0)") is one mention, the more specific one.
    """
    text = text[:MAX_TEXT]
    found: list[Mention] = []
    at = 0
    while (match := _names().search(text, at)) is not None:
        mention = _mention(text, match)
        at = max(match.end(), match.start() + 1)
        if mention is not None:
            found.append(mention)
            at = max(at, mention.end)
    return _merged(text, found)


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    start, end = match.span()
    group = match.lastgroup or ""
    if group == "CC":
        name = creative_commons.read_name(text, start)
        return None if name is None else Mention(start, name[1], name[0])
    if group == "MIT":
        return Mention(start, end, "MIT-0" if match[0].lower() == "mit-0" else "MIT")
    index = int(group[1:])
    if group[0] == "F":
        return Mention(start, end, _FIXED[index][1])
    family = _VERSIONED[index][1]
    version = _VERSION.match(text, end)
    if version is None:
        bare = family == "Apache" and "licen" not in match[0].lower()
        return None if bare else Mention(start, end, family)
    later = _LATER.match(text, version.end())
    symbol = with_version(family, version[1], later is not None)
    return Mention(start, later.end() if later else version.end(), symbol)


def with_version(family: str, version: str | None, later: bool = False) -> str:
    """SPDX id of ``family`` at ``version``; the family when SPDX has no such version.

    A GNU version without "or later" is "only": see ``tasks/build_licenses.py``.
    """
    if family == "Llama":
        return _LLAMA.get(version or "", "Llama")
    if version is None:
        return family
    version = version.lower().rstrip("-")
    for candidate in (version, version + ".0", version.removesuffix(".0")):
        for suffix in ("-or-later", "-only", "") if later else ("-only", ""):
            symbol = spdx_ids().get(f"{family}-{candidate}{suffix}".lower())
            if symbol is not None:
                return symbol
    return family


_LLAMA = {
    "1": "LicenseRef-Llama-1",
    "2": "LicenseRef-scancode-llama-2-license-2023",
    "3": "LicenseRef-Llama-3-Community",
    "3.1": "LicenseRef-scancode-llama-3.1-license-2024",
    "3.2": "LicenseRef-scancode-llama-3.2-license-2024",
    "3.3": "LicenseRef-scancode-llama-3.3-license-2024",
    "4": "LicenseRef-scancode-llama-4-license-2025",
}
_RESTATED = re.compile(r"[\s(\[\]*_`\"“,:–—-]{0,8}(?:licen[sc]e[ds]?)?[\s(\[\]*_`\"“:,–—-]{0,8}")


def _merged(text: str, found: list[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for mention in found:
        before = kept[-1] if kept else None
        if before is not None and _RESTATED.fullmatch(text, before.end, mention.start):
            restated = "(" in text[before.end : mention.start]
            joined = more_specific(before.symbol, mention.symbol, restated)
            if joined is not None:
                kept[-1] = Mention(before.start, mention.end, joined)
                continue
        kept.append(mention)
    return tuple(kept)


def more_specific(one: str, other: str, restated: bool = False) -> str | None:
    """The symbol that two mentions side by side stand for when one says the other more exactly.

    ``restated`` says that the other stands in parentheses: "Creative Commons Attribution
    (CC BY-SA 4.0)" is one license, "CC BY, CC BY-SA" are two.
    """
    if one == other:
        return one
    if {one, other} == {PUBLIC_DOMAIN, "CC0-1.0"}:
        return "CC0-1.0"
    for less, more in ((one, other), (other, one)):
        if version_of(less) is not None:
            continue
        family = family_of(more)
        if family == less or (less == "CC" and more.startswith("CC")):
            return more
        if restated and family.startswith(f"{less}-"):
            return more
    return None
