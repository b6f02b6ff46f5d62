"""What each license named in one sentence is for: the data, the code, a part, a source.

"Code: MIT; data: CC BY 4.0", "the lists are MIT, the dictionary is GPL-3.0" and "CC BY-SA 4.0 for
data; Apache-2.0 for code" give each name its own subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing.sentence import Name, without_names
from provenance.report.license import Scope

_CODE = (
    r"(?:source\s)?codes?|codebase|crawlers?|scrapers?|downloaders?|converters?|parsers?|extractors?|viewers?|plugins?|apps?|scripts?|software|tool(?:s|ing|kit)?|librar(?:y|ies)|loaders?|pipelines?|implementation|notebooks?"
    r"|workflow(?:\scode)?|container|programs?|utilities|repositor(?:y|ies)|framework|package"
)
_DATA = r"(?:this\s|our\s|the\s|all\s|released\s)*(?:datasets?|data|corpus|corpora|benchmark|database|data\sset|collection|data\sitself|release|resource|everything)"
_MODEL = r"(?:this\s|our\s|the\s|all\s|released\s)*(?:model(?:\sweights)?s?|weights|checkpoints?|parameters|models?\sand\sweights)"
_SEPARATORS = re.compile(r"[;.|\n]|,|\b(?:while|whereas|but|and)\b|·|•")
_AFTER = re.compile(
    r"(?:[^,;.|\n]|(?<=\d)\.(?=\d)){0,60}?(?:\bfor|\bcovers?|\bon|\bappl(?:y|ies)\s(?:only\s)?to)\s(?:the\s|all\s|any\s|our\s)*([A-Za-z][A-Za-z -]{2,50}?)(?=[,;.|\n)]|\sand\b|$)"
    r"|(?:[^,;.|\n]|(?<=\d)\.(?=\d)){0,16}-licen[sc]ed\s([A-Za-z][A-Za-z -]{2,40})"
    r"|(?:[^,;.|\n(]|(?<=\d)\.(?=\d)){0,30}\(\s*(?:for\s)?(?:the\s)?([A-Za-z][A-Za-z -]{2,30})\)"
)
_BEFORE = re.compile(
    r"(?:^|[\s\[(*_`>•-])(?:the\s|our\s|all\s|these\s|its\s){0,3}([A-Za-z][\w' /&-]{1,60}?)[\]*_`\"]{0,3}(?:\([^()\s]{0,200}\))?[*_]{0,2}\s?"
    r"(?::|=|–|—|\sis\b|\sare\b|\sremains?\b|\scomes?\b|\sunder\b|\slicen[sc]ed?\b|\sfalls?\b|\swas\b|\swere\b|\shas\b|\shave\b|\ssays?\b|\suses?\b|\sreleased\b|\sdistributed\b|\savailable\b)"
)
_NOT_A_PART = re.compile(
    r"licen[sc]|it\b|they|this|that|which|we\b|you|work|terms|copyright|attribution|note|usage|project$|card|materials?$|version|cc\b|creative|content$|under|released|available"
    r"|free|open|public|please|see|both|each|other|of$"
    r"|^(?:there|here|is|are|was|were|be|been|has|have|say|says|a|an|the|its?|his|her|their|such|these|those|now|then|thus|only|all|any|also|however|while)$"
    r"|\b(?:published|shared|made|provided|offered|issued|placed|hosted|stored|file)$"
    r"|governed|covered|subject|notice|information|paper|author|distributed|provided|except|unless|that|some|most|part|portions|http",
    re.IGNORECASE,
)
_LONGEST_PART = 60
_THINGS = re.compile(
    r"\b(?:data|datasets?|metadata|corpus|labels?|annotations?|splits?|texts?|images?|recordings?|benchmark|questions|prompts?|tasks?"
    r"|scenarios?|transcripts?|responses?|samples?|conversations?|records?|examples)\b",
    re.IGNORECASE,
)
"""Words for data beside code: "labels, splits and code: CC BY" is for the data too."""


@frozen
class TermsTarget:
    """What one name is for; ``scope`` is ``None`` where the sentence does not say."""

    scope: Scope | None
    part: str | None = None


def subjects_of(text: str, names: Sequence[Name], model_card: bool) -> list[TermsTarget]:
    """The subject of each name, in order."""
    subjects: list[TermsTarget] = []
    several = len({name.symbol for name in names}) > 1
    foreign = _FOREIGN.search(text)
    for index, name in enumerate(names):
        start = names[index - 1].at if index else 0
        end = names[index + 1].at if index + 1 < len(names) else len(text)
        if foreign is not None and name.at >= foreign.end():
            subjects.append(TermsTarget(Scope.CODE))
            continue
        told = _after(text[name.at : end], model_card) or _before(
            text[start : name.at], model_card, several and index > 0, several
        )
        if index and told.scope is None and _goes_on(text[start : name.at]):
            told = subjects[-1]
        subjects.append(told)
    return subjects


_FOREIGN = re.compile(
    r"(?:portions|parts)\sof\s(?:the|this|our)\s(?:project|code|codebase|repository|software)\s"
    r"(?:are|is|may\sbe)\s(?:\w+\s){0,4}separate\slicen[sc]e",
    re.IGNORECASE,
)
"""What follows names licenses of programs that the code uses."""
_ADDRESSES = re.compile(r"https?://[^\s<>()\[\]]{1,600}|\([^()\s]{0,300}\)")
_JOINS = frozenset({"or", "and", "either", "license", "licence", "licenses", "licences", "the"})


def _goes_on(between: str) -> bool:
    """Whether a name follows the one before it in a list: "A, B or C"."""
    words = re.findall(r"\w+", without_names(_ADDRESSES.sub(" ", between)).lower())
    return all(word in _JOINS for word in words)


def _after(text: str, model_card: bool) -> TermsTarget | None:
    match = _AFTER.match(text)
    if match is None:
        return None
    if _BOTH.match(text, match.end()) and not model_card:
        return TermsTarget(None)
    return _of(next(g for g in match.groups() if g), model_card)


_BOTH = re.compile(
    r"\sand\s(?:the\s|all\s|our\s)*(?:data|datasets?|metadata|corpus|annotations?|labels?|content|documentation|code)\b",
    re.IGNORECASE,
)
"""What goes on after "for the code": a license of both is of the set."""


def _before(text: str, model_card: bool, later: bool, several: bool) -> TermsTarget:
    clause = text
    if later:  # what stands before the separator speaks of the name before
        cuts = [m.end() for m in _SEPARATORS.finditer(text)]
        clause = text[cuts[0] :] if cuts else ""
    clause = _PROGRAM_FILE.sub("script", clause)
    for match in reversed(list(_BEFORE.finditer(clause))):
        told = _of(match[1], model_card)
        if told is not None:
            line = clause[: match.end()].rpartition("\n")[2]
            both = told.scope is Scope.CODE and _THINGS.search(line) is not None
            return TermsTarget(None) if both and not model_card else told
        name = " ".join(match[1].split()).strip(" -'&/")
        if not name or len(name) > _LONGEST_PART or _NOT_A_PART.search(name):
            continue
        if not several:
            return TermsTarget(None)
        return TermsTarget(Scope.UPSTREAM) if model_card else TermsTarget(Scope.PART, name)
    return TermsTarget(Scope.CODE if _ends_in_code(clause) else None)


def _ends_in_code(clause: str) -> bool:
    """Whether the last thing spoken of is code, and not "data and code", in any language."""
    nouns = list(_NOUNS.finditer(_ASIDE.sub(" ", clause)))
    if not nouns or nouns[-1].lastgroup != "code":
        return False
    joined = len(nouns) > 1 and nouns[-1].start() - nouns[-2].end() <= _JOINED
    return not (joined and nouns[-2].lastgroup == "data")


def names_code(label: str) -> bool:
    """Whether a label before a license names code only, in any language: "Código"."""
    return _ends_in_code(label) and _THINGS.search(label) is None


_ASIDE = re.compile(r"\([^()]{0,200}\)")
_JOINED = 7
"""Most characters between two nouns that are one subject: "datos y el código"."""
_NOUNS = re.compile(
    r"(?P<code>代码|源码|程序|コード|スクリプト|코드|소스|\b(?:(?:source|quell)?code|c[oó]digos?(?:\sfonte|\sfuente)?"
    r"|codice|broncode|kod(?:u|en|et|y)?|koda|код\w{0,3}|skripte?n?|mã\snguồn)\b|الكود|الشيفرة)"
    r"|(?P<data>数据|數據|資料|语料|データ|コーパス|데이터|말뭉치|\b(?:data(?:set)?s?|datos|dados|dati|daten|données|gegevens|dane"
    r"|korpus|corpus|данн\w{2,3}|корпус\w{0,2}|dữ\sliệu)\b|البيانات)",
    re.IGNORECASE,
)
"""What is spoken of in other languages; the word next to a license decides."""


_PROGRAM_FILE = re.compile(r"[\w-]{1,60}\.(?:py|sh|ipynb|js|cpp|toml|cff)\b")


def _of(words: str, model_card: bool) -> TermsTarget | None:
    """The scope of plain words for code, data and models."""
    plain = " ".join(re.sub(r"[^\w\s]", " ", words.lower()).split())
    if re.search(r"\b(?:original|underlying|upstream|source|raw)\s(?:data|datasets?|text)", plain):
        return TermsTarget(Scope.UPSTREAM)
    code = re.search(rf"\b(?:{_CODE})$", plain) is not None
    data = re.search(rf"\b(?:{_DATA})$|\b(?:data|dataset|corpus)\b", plain) is not None
    weights = re.search(rf"\b(?:{_MODEL})$", plain) is not None
    if model_card:
        if weights:
            return TermsTarget(Scope.DATA)
        if code:
            return TermsTarget(Scope.CODE)
        return TermsTarget(Scope.UPSTREAM) if data else None
    if data:
        return TermsTarget(Scope.DATA)
    if code or weights:
        return TermsTarget(Scope.CODE)
    return None


BADGE = re.compile(
    r"img\.shields\.io/[^\s)\"']{0,40}?licen[sc]e|!\[[^\]]{0,40}licen[sc]e[^\]]{0,40}\]\(",
    re.IGNORECASE,
)
"""A picture that shows a license, at the top of a README."""
CODE_BADGE = re.compile(r"(?:code|software)(?:%20|[\s_-])*licen[sc]e", re.IGNORECASE)
LABEL = re.compile(
    r"[\s*_`]*(?:data(?:set)?\s|model\s)?licen[sc](?:e|es|ing)"
    r"(?:\s(?:type|name|id|information|\((?:data|dataset|model)\)))?[\s*_`:]*",
    re.IGNORECASE,
)
"""The first cell of a row of metadata: "| License | CC BY 4.0 |"."""


ITEM = re.compile(
    r"\s*(?:[-*+•]|\d{1,2}[.)])\s+[\[*_`\"]{0,3}([^:\n|()\[\]<>=]{2,80}?)[\]*_`\"]{0,3}(?:\([^()\s]{0,300}\))?[*_]{0,2}\s?(?::|→|⟶|⇒|->|=>|\s[–—]\s)"
)
"""A list item that begins with the name of a part: "- Lists: MIT", "- Lists → MIT"."""
SUBSET = re.compile(
    r"\s*(?:[-*+•]|\d{1,2}[.)])\s+([^\n|<>=]{2,80}?)\s(?:is|are|was|were|comes?|from)\s",
    re.IGNORECASE,
)
"""A list item that tells where one part comes from: "- Exams are collected from … under …"."""
ABSENT = (
    r"not\s(?:re-?)?(?:distributed|included|shipped|hosted|released|published|provided)\b"
    r"(?:\s(?:here|at\sall|(?:in|with|by)\s(?:this|the)\s\w{1,20}))?"
)
"""Words that say of a part that a set does not hold it, where they are all that is said."""
_ABSENT_ITEM = re.compile(
    rf"[\s*_`\"]{{0,4}}(?:(?:is|are)\s)?{ABSENT}[\s*_`\".)]{{0,6}}$", re.IGNORECASE
)
_OF_USE = re.compile(
    r"\buse|usage|sharing|distribut|publi|access|resale|selling|training|copying|data-?set|\bdata$|corpus|collection$|files?$|everything",
    re.IGNORECASE,
)


def is_absent(text: str) -> bool:
    """Whether a list item says that the set does not hold a part: "- Drafts → not distributed"."""
    item = ITEM.match(text)
    if item is None or not may_be_part(item[1]) or _OF_USE.search(item[1]):
        return False
    return _ABSENT_ITEM.match(text, item.end()) is not None


def may_be_part(label: str) -> bool:
    """Whether a list item's label can name a part; of several things one of them is enough."""
    return not all(_NO_PART.search(word) for word in label.split(","))


_NO_PART = re.compile(
    r"attribution|commercial|share.?alike|derivative|licen[sc]|lizenz|лиценз|copyright|source|citation|link|note\b"
    r"|warning|terms|agreement|form\b|consent|homepage|repository|paper|url\b|contact|http",
    re.IGNORECASE,
)
"""Labels of list items that do not name a part of a set."""
