"""How licenses other than Creative Commons ones are written, and the symbol each means.

A row is ``(hint, pattern, symbol)``. ``hint`` is a lower-case string that stands in every text the
pattern matches, so that a text without it is never searched for it. At the same place the earlier
row wins. Patterns have no unbounded repetition over the same characters.
"""

from __future__ import annotations

from provenance.vocabulary.identifiers import PUBLIC_DOMAIN

_LIC = r"licen[sc]e"
_V1 = r"(?:[\s_-]*v?1\.0)?"
_NO = r"[\s_-]*(?:v(?:ersion)?[\s.]?)?"

FIXED: tuple[tuple[str, str, str], ...] = (
    # names that have one version, or whose version is part of the pattern
    (
        "creativeml",
        r"creativeml[\s_-]*open[\s_-]?rail(?:[\s_+-]*m\b|\+\+(?:-m)?)?",
        "LicenseRef-CreativeML-OpenRAIL-M",
    ),
    (
        "bigscience",
        r"bigscience[\s_-]*open[\s_-]?rail[\s_-]*m",
        "LicenseRef-scancode-bigscience-open-rail-m",
    ),
    (
        "rail",
        r"(?:bigscience[\s_-]*(?:bloom[\s_-]*)?|bloom[\s_-]*)rail(?:[\s_-]*(?:license\s)?v?1\.0)?",
        "LicenseRef-scancode-bigscience-rail-1.0",
    ),
    (
        "bigcode",
        r"bigcode[\s_-]*open[\s_-]?rail[\s_-]*m(?:[\s_-]*v?1(?:\.0)?)?",
        "LicenseRef-scancode-bigcode-open-rail-m-v1",
    ),
    ("rail++", r"open[\s_-]?rail\+\+(?:-m)?", "LicenseRef-OpenRAIL-PlusPlus-M"),
    ("rail", r"open[\s_-]?rail(?:[\s_-]*[mds](?![a-z]))?", "OpenRAIL"),
    (
        "gemma",
        rf"gemma[\s_-](?:terms\sof\suse|{_LIC})",
        "LicenseRef-scancode-gemma-tou-2024-04-01",
    ),
    (
        "openmdw",
        rf"openmdw(?:[\s_-]*{_LIC})?(?:[\s,_-]*(?:v(?:ersion)?[\s.]?)?1\.0)?(?![\d.])",
        "OpenMDW-1.0",
    ),
    ("expat", rf"expat[\s-]{_LIC}", "MIT"),
    ("bsd", r"(?:(?:two|2)[\s-]clause|simplified)[\s-]bsd", "BSD-2-Clause"),
    ("bsd", r"bsd[\s_-]*(?:2|two)[\s_-]?clause", "BSD-2-Clause"),
    ("bsd", r"bsd[\s_-]*3[\s_-]clause[\s_-]clear|clear\sbsd", "BSD-3-Clause-Clear"),
    ("bsd", r"(?:(?:three|3)[\s-]clause|new|modified|revised)[\s-]bsd", "BSD-3-Clause"),
    ("bsd", r"bsd[\s_-]*(?:3|three)[\s_-]?clause", "BSD-3-Clause"),
    ("bsd", r"bsd[\s_-]*(?:4|four)[\s_-]?clause", "BSD-4-Clause"),
    ("bsd", rf"freebsd[\s-]documentation[\s-]{_LIC}", "LicenseRef-FreeBSD-Documentation"),
    ("bsd", rf"bsd(?:[\s-]style)?[\s_-]{_LIC}", "BSD"),
    ("odc", r"odc[\s_-]*(?:by|attribution)(?:[\s_-]*(?:v\.?\s?)?1\.0)?", "ODC-By-1.0"),
    (
        "open data commons",
        rf"open\sdata\scommons[\s:,–-]*(?:{_LIC}[\s:,–-]*)?(?:by|attribution)(?:[\s-]{_LIC})?"
        r"(?:[\s,(-]{1,3}odc-by\)?)?(?:\s(?:v|version\s)?1\.0)?",
        "ODC-By-1.0",
    ),
    ("odbl", r"(?:odc[\s_-]*)?odbl(?:[\s_-]*v?1\.0)?", "ODbL-1.0"),
    ("open database", rf"open\sdatabase\s{_LIC}(?:[\s,]*\(?odbl\)?)?", "ODbL-1.0"),
    ("dbcl", r"dbcl(?:[\s_-]*v?1\.0)?", "LicenseRef-DbCL-1.0"),
    ("database contents", rf"database\scontents\s{_LIC}", "LicenseRef-DbCL-1.0"),
    ("pddl", r"(?:odc[\s_-]*)?pddl(?:[\s_-]*v?1\.0)?", "PDDL-1.0"),
    ("dedication and", rf"public\sdomain\sdedication\sand\s{_LIC}", "PDDL-1.0"),
    ("use of data", rf"open\suse\sof\sdata\sagreement{_V1}", "O-UDA-1.0"),
    ("uda", rf"o-?uda\b{_V1}", "O-UDA-1.0"),
    ("use of data", rf"computational\suse\sof\sdata(?:\sagreement)?{_V1}", "C-UDA-1.0"),
    ("uda", rf"c-?uda\b{_V1}", "C-UDA-1.0"),
    ("cdla", rf"cdla[\s_-]*permissive{_NO}2(?:\.0)?", "CDLA-Permissive-2.0"),
    ("cdla", rf"cdla{_NO}2(?:\.0)?", "CDLA-Permissive-2.0"),  # of 2.0 there is no other
    ("cdla", rf"cdla[\s_-]*permissive(?:{_NO}1(?:\.0)?)?", "CDLA-Permissive-1.0"),
    ("cdla", rf"cdla[\s_-]*sharing(?:{_NO}1(?:\.0)?)?", "CDLA-Sharing-1.0"),
    (
        "community data",
        rf"community\sdata\s{_LIC}\sagreement[\s:,–-]*permissive[\s:,–-]*(?:v(?:ersion)?\s?)?2\.0",
        "CDLA-Permissive-2.0",
    ),
    (
        "community data",
        rf"community\sdata\s{_LIC}\sagreement[\s:,–-]*permissive",
        "CDLA-Permissive-1.0",
    ),
    ("community data", rf"community\sdata\s{_LIC}\sagreement[\s:,–-]*sharing", "CDLA-Sharing-1.0"),
    (
        "germany",
        r"data\slicen[sc]e\sgermany[\s:,–-]{0,3}zero(?:[\s,–-]*(?:version\s)?2\.0)?",
        "DL-DE-ZERO-2.0",
    ),
    (
        "datenlizenz",
        r"datenlizenz\sdeutschland[\s:,–-]{0,3}zero(?:[\s,–-]*(?:version\s)?2\.0)?",
        "DL-DE-ZERO-2.0",
    ),
    ("dl-de", r"dl-de(?:/|-)zero(?:[-/]2[.-]0)?", "DL-DE-ZERO-2.0"),
    (
        "germany",
        r"data\slicen[sc]e\sgermany(?:[\s:,–-]{0,3}(?:attribution|by))?(?:[\s,–-]*(?:version\s)?2\.0)?",
        "DL-DE-BY-2.0",
    ),
    (
        "datenlizenz",
        r"datenlizenz\sdeutschland(?:[\s:,–-]{0,3}(?:namensnennung|by))?(?:[\s,–-]*(?:version\s)?2\.0)?",
        "DL-DE-BY-2.0",
    ),
    ("dl-de", r"dl-de(?:/|-)by(?:[-/]2[.-]0)?", "DL-DE-BY-2.0"),
    ("etalab", rf"etalab(?:[\s-]*(?:open\s{_LIC}\s?)?2\.0)?", "etalab-2.0"),
    ("licence ouverte", r"licence\souverte(?:\s2\.0)?", "etalab-2.0"),
    ("canada", rf"open\sgovernment\s{_LIC}[\s–-]+canada", "OGL-Canada-2.0"),
    (
        "mulan",
        r"mulan[\s_-]*(?:psl|permissive\ssoftware\slicen[sc]e)[\s,_-]*v?(?:ersion)?\s?1(?:\.0)?",
        "MulanPSL-1.0",
    ),
    (
        "mulan",
        r"mulan[\s_-]*(?:psl|permissive\ssoftware\slicen[sc]e)(?:[\s,_-]*v?(?:ersion)?\s?2(?:\.0)?)?",
        "MulanPSL-2.0",
    ),
    (
        "木",
        r"木[兰蘭][宽寬][松鬆][许許]可[证證][，,\s]*(?:第?\s?[一1]\s?版?|v1(?:\.0)?)",
        "MulanPSL-1.0",
    ),
    (
        "木",
        r"木[兰蘭][宽寬][松鬆][许許]可[证證](?:[，,\s]*(?:第?\s?[二2]\s?版?|v2(?:\.0)?))?",
        "MulanPSL-2.0",
    ),
    ("unlicense", r"unlicense\b", "Unlicense"),
    ("wtfpl", r"wtfpl", "WTFPL"),
    ("you want", r"do\swhat\sthe\sf\S{1,6}\syou\swant", "WTFPL"),
    ("isc", rf"isc[\s-]{_LIC}", "ISC"),
    ("zlib", rf"zlib[\s-]{_LIC}", "Zlib"),
    ("boost", rf"boost\ssoftware\s{_LIC}", "BSL-1.0"),
    ("postgresql", rf"postgresql\s{_LIC}", "PostgreSQL"),
    ("open font", rf"sil\sopen\sfont\s{_LIC}", "OFL-1.1"),
    ("ofl", r"ofl[\s-]1\.1", "OFL-1.1"),
    ("artistic", rf"artistic[\s_-]{_LIC}(?:[\s-]*(?:v|version\s)?2(?:\.0)?)?", "Artistic-2.0"),
    ("artistic", r"artistic-2\.0", "Artistic-2.0"),
    ("microsoft public", rf"microsoft\spublic\s{_LIC}", "MS-PL"),
    ("ms-pl", r"ms-pl", "MS-PL"),
    ("lgpl", r"lgpl-?lr", "LGPLLR"),
    ("linguistic", rf"lesser\sgeneral\spublic\s{_LIC}\sfor\slinguistic\sresources", "LGPLLR"),
    (
        "unicode",
        rf"unicode[\s,]{{1,2}}(?:inc\.?\s)?(?:data\sfiles\sand\ssoftware\s)?{_LIC}",
        "Unicode",
    ),
    (
        "ldc",
        rf"ldc\s(?:user\s|{_LIC}\s|non-?members?\s|membership\s|data\s){{0,2}}(?:agreement|{_LIC})",
        "LicenseRef-LDC-User-Agreement",
    ),
    (
        "linguistic data",
        rf"linguistic\sdata\sconsortium\s(?:\(ldc\)\s)?(?:user\s|membership\s)?(?:agreement|{_LIC})",
        "LicenseRef-LDC-User-Agreement",
    ),
    ("clarin", r"clarin[\s_-]*pub(?:\+\w{1,8}|\b)", "LicenseRef-CLARIN-PUB"),
    ("clarin", r"clarin[\s_-]*aca(?:\+\w{1,8}|\b)", "LicenseRef-CLARIN-ACA"),
    ("clarin", r"clarin[\s_-]*res(?:\+\w{1,8}|\b)", "LicenseRef-CLARIN-RES"),
    (
        "microsoft research",
        rf"microsoft\sresearch\sdata\s{_LIC}(?:\sagreement)?",
        "LicenseRef-MSR-Data-License",
    ),
    (
        "waqf",
        rf"waqf[\s-](?:(?:general[\s-])?public[\s-]{_LIC}|v?2(?:\.0)?)(?:[\s-]v?2(?:\.0)?)?",
        "LicenseRef-Waqf-2.0",
    ),
    (
        "impact",
        rf"impact[\s-](?:{_LIC}[\s-](?:for\s)?low[\s-]risk|lr\b)",
        "LicenseRef-AI2-ImpACT-LR",
    ),
    (
        "impact",
        rf"impact[\s-](?:{_LIC}[\s-](?:for\s)?medium[\s-]risk|mr\b)",
        "LicenseRef-AI2-ImpACT-MR",
    ),
    ("use agreement", r"data\suse\sagreement", "LicenseRef-DUA"),
    ("dua", r"dua\b", "LicenseRef-DUA"),
    ("2011/833", r"decision\s(?:no\.?\s)?2011/833/eu", "LicenseRef-EU-Reuse"),
    (
        "crawl",
        r"common\s?crawl(?:['’]s)?(?:\sfoundation)?\sterms(?:\sof\suse)?",
        "LicenseRef-Common-Crawl-ToU",
    ),
    (
        "crawl",
        r"terms\sof\suse\s(?:of|from|for)\s(?:the\s)?common\s?crawl",
        "LicenseRef-Common-Crawl-ToU",
    ),
    ("openai", r"openai(?:['’]s)?\s(?:usage\spolic|terms|tos)", "LicenseRef-OpenAI-Terms"),
    (
        "physionet",
        rf"physionet\scredentialed\shealth\sdata\s{_LIC}",
        "LicenseRef-PhysioNet-Credentialed",
    ),
    ("domain", r"(?<!non-)(?<!non )public[\s-]domain", PUBLIC_DOMAIN),
    ("gemeinfrei", r"gemeinfrei", PUBLIC_DOMAIN),
    ("dominio", r"dominio\spúblico", PUBLIC_DOMAIN),
    ("domaine", r"domaine\spublic", PUBLIC_DOMAIN),
    ("パブリック", r"パブリックドメイン", PUBLIC_DOMAIN),
    ("公有领域", r"公有领域", PUBLIC_DOMAIN),
    ("общественн", r"общественн\w{2,4}\sдостояни\w{1,3}", PUBLIC_DOMAIN),
)

_WORDS = rf"(?:[\s_-]+(?:public|software|free|documentation)){{0,2}}(?:[\s,_-]*{_LIC}[ds]?)?"

VERSIONED: tuple[tuple[str, str, str], ...] = (
    # the pattern reaches up to where a version may stand; the symbol is the family
    ("apache", r"apache" + _WORDS, "Apache"),
    ("asl", r"asl(?=[\s-]?2)", "Apache"),
    ("affero", rf"(?:gnu\s)?affero\sg(?:eneral|nu)\spublic\s{_LIC}", "AGPL"),
    ("agpl", r"agpl", "AGPL"),
    ("general public", rf"(?:gnu\s)?(?:lesser|library)\sgeneral\spublic\s{_LIC}", "LGPL"),
    ("lgpl", r"lgpl", "LGPL"),
    ("free documentation", rf"gnu\sfree\sdocumentation\s{_LIC}", "GFDL"),
    ("gfdl", r"gfdl", "GFDL"),
    ("gnu fdl", r"gnu\sfdl", "GFDL"),
    (
        "public licen",
        rf"(?:gnu\s)?(?:general|common)\spublic\s{_LIC}(?:\s\(?gpl\)?)?(?:[\s_-]+gpl)?",
        "GPL",
    ),
    ("gpl", rf"(?:gnu[\s-])?gpl(?![a-uw-z])(?:\spublic)?(?:\s{_LIC})?", "GPL"),
    ("gnu", rf"gnu\s{_LIC}", "GPL"),
    ("mozilla", rf"mozilla\spublic\s{_LIC}", "MPL"),
    ("mpl", r"mpl(?=[\s-]?[12])", "MPL"),
    ("academic free", rf"academic\sfree\s{_LIC}", "AFL"),
    ("afl", r"afl(?=[\s-]?v?[1-3])", "AFL"),
    ("eclipse", rf"eclipse\spublic\s{_LIC}", "EPL"),
    ("epl", r"epl(?=[\s-]?[12]\.0)", "EPL"),
    ("european union", rf"european\sunion\spublic\s{_LIC}", "EUPL"),
    ("eupl", r"eupl", "EUPL"),
    ("educational community", rf"educational\scommunity\s{_LIC}", "ECL"),
    ("open software", rf"open\ssoftware\s{_LIC}", "OSL"),
    ("government", rf"(?:uk\s)?open\sgovernment\s{_LIC}", "OGL-UK"),
    ("ogl", r"ogl(?:[\s-]uk)?(?=[\s-]v?[123])", "OGL-UK"),
    (
        "norwegian",
        rf"norwegian\s{_LIC}\sfor\sopen\s(?:government|public)\sdata(?:\s\(?nlod\)?)?",
        "NLOD",
    ),
    ("nlod", r"nlod", "NLOD"),
    ("llama", rf"llama[\s-]?v?(?=[1-4][\s.\d]{{0,4}}\s?(?:community|{_LIC}|lcla))", "Llama"),
)

MIT = (
    r"mit(?=[\s_-]{1,2}(?:open[\s-]?source\s)?licen[cs]e)|mit-0(?=\W|$)"
    r"|(?<=under )mit(?=\W|$)|(?<=under the )mit(?=\W|$)|(?<=under an )mit(?=\W|$)"
    r"|(?<=under a )mit(?=\W|$)|(?<=/licenses/)mit(?=\W|$)|(?<=license-)mit(?=\W|$)"
)
CREATIVE_COMMONS = (
    r"creative[\s-]{0,2}commons|cc0|cc(?=[-–‐\s_]{0,2}(?:by|nc|sa|nd|zero|0|[1-4](?!\d)|licen[sc]e"
    r"|public[\s-]domain|attribution|non)(?![a-z]{3}))"
    r"|クリエイティブ・コモンズ|知识共享|크리에이티브\s커먼즈"
    r"|(?:by[-_](?:nc|sa|nd)|attribution(?=[\s–-]{1,3}(?:non|share|no\s?deriv|[1-4]\.0)))"
)
CREATIVE_COMMONS_HINTS = (
    "cc",
    "commons",
    "by-",
    "by_",
    "attribution",
    "コモンズ",
    "知识",
    "커먼즈",
)
