"""Words of license values: what says nothing, what names no terms, what joins and what is filler."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.knowledge import alternatives, read_table, read_words
from provenance.vocabulary.restrictions import Restriction

NOTHING = re.compile("(?:" + alternatives("licensing", "values_of_nothing") + ")", re.IGNORECASE)
"""Values that stand where a license's name would, and name none."""
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
