"""Words of license values: what says nothing, what names no terms, what joins and what is filler."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.knowledge import read_table, read_words
from provenance.vocabulary.restrictions import Restriction

NOTHING = re.compile(
    r"(?:un[ck]+[now]{3,5}|none|no|false|null|n/?a|nan|nil|tb[ad]|todo|array|undefined|missing|invalid|pending"
    r"|empty|nothing|never|x+|to[- ]do|noassertion|not?[- ]assertion|string|str|text|default|placeholder"
    r"|un(?:specified|clear|defined|determined|licensed|decided|declared|available|listed|disclosed|documented|sure)"
    r"|not?[- ](?:yet[- ])?(?:(?:explicitly|currently|clearly)[- ])?(?:specified|defined|available|applicable|known|given|stated|provided|mentioned"
    r"|found|indicated|listed|decided|disclosed|declared|determined|set|licensed|clear|sure|assigned|chosen|released)"
    r"|(?:(?:has|there[- ]is|with)[- ])?no[- ](?:explicit[- ]|formal[- ]|specific[- ]|known[- ]|clear[- ])?"
    r"(?:licen[sc]es?|licen[sc]ing|information|info|data|answer)"
    r"(?:[- ](?:information|info|given|specified|found|provided|file|stated|available|yet|mentioned|listed|needed))*"
    r"|none[- ](?:given|specified|yet|stated|found|provided|listed|declared|needed)|without[- ](?:a[- ])?licen[sc]e"
    r"|(?:more|needs?[- ]more)[- ]information[- ]?(?:needed)?|(?:will|to)[- ]be[- ](?:added|announced|determined|defined|decided|specified|provided|filled|confirmed)"
    r"(?:[- ](?:later|soon))?|coming[- ]soon|fill[- ](?:me[- ])?in|insert(?:[- ]\w+){0,3}|your[- ](?:license|licence)(?:[- ]here)?"
    r"|(?:the[- ])?licen[sc](?:es?|ing)(?:[- ](?:information|info|name|type|id|identifier|tag|key|here|of[- ]the[- ](?:dataset|model)))?"
    r"|license[- ](?:is[- ])?(?:unknown|unclear|not[- ]\w+|tb[ad]|pending|missing|none)"
    r"|unknown[- ]licen[sc]e|inconnue?|desconocid[ao]|desconhecid[ao]|unbekannt|keine(?:[- ]angabe)?|sconosciut[ao]|onbekend"
    r"|неизвестн\w*|未知|不明|無し|なし|无|없음|미정|未定|未指定|待定|غير[- ]معروف)",
    re.IGNORECASE,
)
EMPTY = re.compile(r"[\s?.,;:#*/_–—-]*|\[\s*\]|\{\s*\}|\(\s*\)")
UNSAID = re.compile(
    r"(?:un(?:known|specified|clear)|not?[\s-]?specified|more information needed)\b", re.IGNORECASE
)


VAGUE_WORDS = frozenset(read_words("licensing", "vague_words"))
"""Words that name no terms, alone or together."""


FILLER = re.compile(
    r"(?:the|an?|under|of|version|ver|v|lic|licen[sc]es?|licen[sc]ed|licencia|licença|licenza|lizenz|licence|open[- ]source|open[- ]data|public"
    r"|international(?:e|es|al)?|internacional|internazionale|unported|generic|universal|deed|legalcode|legal|only|spdx|osi|approved|id|identifier|data"
    r"|datasets?|content|contents|corpus|is|are|has|have|was|released|distributed|published|available|provided|this|text|full|type|tag|by|free|open|software"
    r"|agreement|terms|commons|creative|attribution|see|file|license\.txt|license\.md|html?|org|www|https?|or|later|and|as|in|on|to|for|all|any|"
    r"documentation|foundation|university|inc|international license|ライセンス|许可证?|许可协议|協議|协议|许可|라이선스|лицензи\w*|\d{4}|community|tou|notice|meta|mark|south africa|africa|germany|deutschland|france|japan|spain|españa|italy|italia|canada|australia|netherlands|nederland|austria|brazil|brasil|england|wales|uk|us|de|fr|it|es|jp|nl|at|au|za|br|non[- ]members?|igo|intergovernmental|south|new|zealand)",
    re.IGNORECASE,
)


DENIED = re.compile(
    r"\b(?:not|no\s+longer|never|neither|nor|except|excluding|without|unlike|instead\s+of)\b|n't\b",
    re.IGNORECASE,
)
"""Words under which a name need not hold: "not MIT", "no longer under the MIT license"."""


LIMIT_WORDS = re.compile(
    r"non|not|no|commercial(?:ly)?|noncommercial|research|academic|educational?|scientific|personal|only|use[ds]?|usage|purposes?|for|and|or|is|the|"
    r"licen[sc]e|strictly|solely|allowed|permitted|available|free",
    re.IGNORECASE,
)


AND = re.compile(
    r"(?:(?<!\s)\s+)?(?:,(?!\s*(?:v(?:er(?:sion)?)?\b|v?\.?\d|inc\b))|[;|&]|(?<=\w\w)\s*/\s*(?=\w\w)|(?<!\w)\+(?=\s*[A-Za-z])|\+(?=\s+[A-Za-z]))\s*(?:and\s+)?"
    r"|(?<!\s)\s+(?:and|und|et|y|e|と|および|及び|和)\s+",
    re.IGNORECASE,
)
"""Between names: not before a version ("Apache License, Version 2.0"), not in ``GPL-2.0+``."""
OR = re.compile(
    r"(?<![\s,])[\s,]+(?:or|oder|ou)\s+(?!\(?at\s|(?:any\s+)?(?:later|newer|greater|above|higher)\b)",
    re.IGNORECASE,
)
OPERATOR = re.compile(r"(?<![\w.-])(?:AND|OR|WITH)(?![\w.-])", re.IGNORECASE)
"""Of SPDX expressions."""

CODE_MEMBER = re.compile(
    r"\((?:for\s)?(?:the\s)?(?:source\s)?(?:code|software|scripts?|tools?)\)|\bfor\s(?:the\s)?(?:source\s)?(?:code|software|scripts)\s*$|^\s*(?:source\s)?(?:code|software|scripts)\s*[:=–-]",
    re.IGNORECASE,
)
"""A member of a list that is for the code: "MIT (code)"."""
DATA_MEMBER = re.compile(
    r"\((?:for\s)?(?:the\s)?(?:data|datasets?|content|text|annotations|model|weights)\)|\bfor\s(?:the\s)?(?:data|datasets?|content)\s*$|^\s*(?:data|datasets?|content)\s*[:=–-]",
    re.IGNORECASE,
)


CLOSED = {
    word: Restriction(terms)
    for terms, word in read_table("licensing", "closed_words", "terms", "word")
}
"""What one word alone below a heading "License" closes."""
