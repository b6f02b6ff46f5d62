"""What words about a license speak of: grants, reservations, placeholders, and their scope."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.licensing import clauses

_I = re.IGNORECASE

GRANTS = re.compile(
    r"\b(?:retain|keep|preserve|carry|include|reproduce)\s(?:the|this|its|our)\s(?:[\w.-]+\s){0,5}(?:attribution|notice|credit)s?\b|licen[sc](?:ed|ing)|licen[sc]es?\b[\s*_]{0,4}(?:is|are|:|=|\||–|-)|under\s|released|distributed"
    r"|provided|published|available|shared|dedicated|placed|in\sthe\spublic\sdomain|governed|covered|subject\sto|adopts?"
    r"|\b(?:is|are|uses?|has|have|with)\s(?:an?\s|the\s)?(?:\w+\s){0,3}licen[sc]e|rel=\"license\""
    r"|lizenz|licencia|licença|licenza|лиценз|ライセンス|许可|許可|라이선스",
    _I,
)
"""Words by which a license is given; needed outside a licensing section."""

_NEGATED = re.compile(
    r"\b(?:not|never|isn['’]t|aren['’]t|neither|without|unlike|rather\sthan|instead\sof)\s"
    r"(?:(?:an?|the|any|yet|currently|covered|released|licensed|available|distributed|published|made|be)"
    r"\s){0,4}(?:licensed|released|distributed|available|published|covered|under|by|open|license|in\sthe\spublic)"
    r"|\bno\slonger\s(?:\w+\s){0,3}(?:under|licensed|released|available|distributed|published|covered)\b"
    r"|\b(?:does|do)(?:\snot|n['’]t)\s(?:apply|extend)\sto\s(?:this|the|our)\s(?:\w+\s){0,2}(?:data|corpus|audio|recordings|images|texts?)"
    r"|\b(?:not\s(?:been\s)?able|unable)\sto\s(?:release|publish|licen[sc]e|distribute|share|offer|make|grant)\b"
    r"|\b(?:formerly|previously)\s(?:licensed\s|released\s|available\s|published\s)?(?:under\s)?(?:an?\s|the\s)?(?:CC|MIT|Apache|creative)\b(?!.{0,200}\bnow\s(?:under|licen|released|available))"
    r"|^\W*until\s(?:\w+\s)?\d{4}\b"
    r"|^(?:\W*licen[sc]e\W{1,8}|\W*)(?:currently\s)?(?:not\s(?:yet\s|currently\s)?|un-?)(?:declared|stated|specified|decided|defined|chosen|determined)\b"
    r"|\b(?:no|não|nicht|kein\w{0,2}|pas|non|niet|geen|nie|ikke|inte|не)\s(?:[\w'’]{1,20}\s){0,6}?(?:bajo|sob|unter|sous|sotto|onder|pod|под)\s(?:[\w'’]{1,20}\s){0,3}?(?:li[cz]en[czs]|лиценз)",
    _I,
)
_CODE = re.compile(
    r"\b(?:code|scripts?|software|toolkit|crawlers?|scrapers?|downloaders?|converters?|parsers?|extractors?|viewers?|plugins?|(?:web\s)?apps?|sdk|cli|(?:python|software|code)\slibrar\w+|librar(?:y|ies)\sused"
    r"|implementation|loader|tools?|github\srepo\w*|notebooks?|pipeline)\b",
    _I,
)
_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?|embeddings?)\b", _I)
_THIS_MODEL = re.compile(r"^\W*(?:this|the)\s(?:embedding|model)\b", _I)
_DATA = re.compile(
    r"\b(?:data|metadata|data-?sets?|corpus|corpora|database|annotations?|collection|benchmark|text|texts"
    r"|recordings?|images?|articles?|dumps?|labels?|transcriptions?|treebank|lexicon|files?)\b",
    _I,
)
_UPSTREAM = re.compile(
    r"\b(?:original(?:ly)?|sources?(?=\s(?:data|text|articles?|materials?|corp|documents?|code|project|dbpedia|is|are))|underlying|upstream|raw|based\son|derived\sfrom|extracted\sfrom"
    r"|(?:comes?|taken|collected|crawled|scraped|sourced|obtained)\sfrom|wikipedia|wikinews|wikimedia"
    r"|wikihow|wikisource|reddit|stack\s?(?:exchange|overflow)|project\sgutenberg|common\s?crawl|arxiv"
    r"|articles?|papers|books?|tweets|photos|images|videos|websites?|web\s?pages|third[-\s]part\w+"
    r"|parent|publisher)\b",
    _I,
)
_THIS = re.compile(
    r"(?:我们|我們|本|该|此)(?:数据|資料|项目|專案|模型|语料|代码|仓库|要求|开源|发布)|数据集|本(?:データ|コーパス|モデル)|このデータ|当データ|데이터\s?(?:셋|세트|는|은)|본\s?데이터"
    r"|(?:dieser?|die|der|das|unsere?)\s(?:daten|korpus|sammlung|modell)|(?:ces?|cet|les?|notre)\s(?:données|corpus|jeu|modèle|ensemble)|(?:este|estos|los|el|nuestro)\s(?:datos|conjunto|corpus|modelo)"
    r"|(?:questo|questi|il|i)\s(?:dati|dataset|corpus|modello)|(?:este|estes|os|o)\s(?:dados|conjunto|modelo)|(?:deze|de)\s(?:data|gegevens|dataset|corpus)|(?:ten|te|dane|zbiór|korpus)\s|датасет|корпус|набор\w*\sданных|данные"
    r"|\b(?:this|our|the|these|all)\s(?:\w+[\s-]){0,4}?(?:data-?sets?|data|corpus|corpora|database|benchmark"
    r"|works?|resource|collection|material|release|model|repository|project|compilation|treebank|card|annotations?)\b"
    r"|\bwe\s(?:\w+\s){0,2}(?:releas(?:e|ing)|publish|distribut(?:e|ing)|provid(?:e|ing)|shar(?:e|ing)|mak(?:e|ing)|licens(?:e|ing)|offer)"
    r"|^\W*data\s(?:is|are)\b(?!\s(?:\w+\s){0,3}(?:from|taken|collected|scraped|crawled|sourced|derived))"
    r"|^\W*(?:(?:and\s|so\s)?it\sis|licen[sc]ed\sunder|released\sunder|licen[sc]e\b|distributed\sunder|published\sunder)",
    _I,
)


def is_negated(text: str) -> bool:
    """Whether a sentence denies a license: "It is not released under an open license."."""
    return _NEGATED.search(text) is not None


_FILE = re.compile(
    r"`{0,2}(?:LICEN[SC]E|COPYING|NOTICE|CITATION|README|[\w/-]{1,60}\.(?:py|sh|ipynb|cff|toml|cfg|js|cpp))"
    r"(?:[.-]\w{1,12})?`{0,2}(?:\sfiles?)?"
)
"""Files of a repository: "the LICENSE file" is no file of data."""


_COMPOUND = re.compile(
    r"\b(?:data|dataset|corpus|annotation|label|labelling|labeling|image|audio|text|recording)\s(?=(?:tools?|scripts?|software|loaders?"
    r"|pipelines?|code|crawlers?|downloaders?|viewers?|parsers?|converters?)\b)",
    _I,
)
"""A word for data that only says which tool: "the annotation tool"."""


def speaks_of_code(before: str, model_card: bool) -> bool:
    """Whether the words before a license are about code, or on a data card about a model.

    "The scripts are MIT" is about code; "The repository holding this corpus is MIT" is not.
    """
    before = _COMPOUND.sub(" ", _FILE.sub(" ", before))
    if _DATA.search(before):
        return False
    return _CODE.search(before) is not None or (
        not model_card and _MODEL.search(before) is not None and not _THIS_MODEL.search(before)
    )


_FROM = re.compile(
    r"(?<!all\s)(?<!our\s)\boriginal(?:ly)?\s(?:\w+\s){0,3}(?:data|corpus|text|articles?|source|work|recordings?|content)"
    r"|\bsource\s(?:data|text|articles?|materials?|documents?|dbpedia|project|code|corp\w+)"
    r"|(?:extracted|derived|taken|collected|crawled|scraped|sourced|obtained)\sfrom"
    r"|\bbased\son\s(?:content|data|text|articles?|the\s(?:\w+\s){0,3}(?:data|corpus|articles?))"
    r"|\b(?:underlying|upstream|parent)\s",
    _I,
)


def speaks_of_source(before: str, licensing: bool) -> bool:
    """Whether the words before a license are about what the set was made from.

    In a licensing section (``licensing``) only words such as "the original corpus" or "extracted
    from" say so; elsewhere naming articles, photos or a web site is enough.
    """
    pattern = _FROM if licensing else _UPSTREAM
    return pattern.search(before) is not None and _OWN.search(before) is None


_OWN = re.compile(r"\b(?:this|our)\s(?:\w+\s){0,3}(?:data-?sets?|corpus|work|benchmark|data)\b", _I)


_BARE = re.compile(
    r"^[\W_]*(?:(?:please\s)?note[\W_]+|disclaimer[\W_]+|important[\W_]+|warning[\W_]+|usage[\W_]+|terms(?:\sof\suse)?[\W_]+|restrictions?[\W_]+|license[\W_]+)?(?:not|for|only|no|non-?commercial|strictly|please|you|users?|do\snot|don['’]t|must|may|any|commercial"
    r"|it|they|by\s|research|academic|education\w*|personal|internal|prohibited|forbidden|disallowed|permitted|allowed|permission|anyone|everyone|everybody|compan\w+|confidential|(?:usage|use|access|re-?use|distribution)\s(?:of\s(?:it|them|the\s\w+)\s)?(?:is|are)\s(?:\w+\s)?(?:restricted|limited|only|reserved|prohibited|forbidden|not)|reserved|restricted|limited|unauthori[sz]ed|students?|researchers|universities|firms|industry|strictly|scholarly|scientific|contact|nur|nicht|uniquement|solo|apenas|仅|不得|禁止|只)\b",
    _I,
)


def speaks_of_nothing_else(text: str) -> bool:
    """Whether a clause has no subject of its own: "Not to be used for …", "Research use only"."""
    return _BARE.search(text) is not None


def speaks_of_this(before: str) -> bool:
    """Whether the words before a license are about the very thing the card describes."""
    return _THIS.search(before) is not None


PLACEHOLDER = re.compile(
    r"[\s\[({<>*_`\"'-]*+(?:(?:more|needs?\smore)\sinformation(?:\sneeded)?|unk[now]{3,5}(?:\slicen[sc]e)?|none(?:\sgiven)?|n\s?/\s?a"
    r"|tbd|tba|todo|to\sbe\s(?:added|announced|determined|defined)|not\s(?:specified|applicable|available|known"
    r"|provided|stated|mentioned|found|indicated)|unspecified|no\slicen[sc]e(?:\s\w+){0,3}|pending|\?+"
    r"|coming\ssoon|no\sinformation(?:\s\w+){0,3}|needed|unclear"
    r"|provide\sthe\slicense\sand\slink\sto\sthe\slicense\swebpage\sif\savailable"
    r"|(?:the\s)?(?:data\s?set(?:'s)?\s)?licen[sc](?:e|ing)(?:\s\w+){0,2}\s(?:is|are)\s(?:unknown|not\s\w+|unclear)"
    r")[\s\])}<>*_`\"'.!:-]*+|(?=[^-]*-)[\s\[({<>*_`\"'-]*+[\s\])}<>*_`\"'.!:-]*+",
    _I,
)
"""A whole passage that says nothing, or is a dash."""

UNSAID = re.compile(
    r"licen[sc]\w*\s(?:\w+[\s,]+){0,14}?(?:(?:is|are)\s(?:currently\s)?)?(?:unknown|unclear|undetermined|tbd|to\sbe\s(?:added|defined|determined|announced|decided)"
    r"|not\s(?:\(?yet\)?\s)?(?:known|clear|included|specified|stated|given|provided|indicated|mentioned|available|defined"
    r"|explicitly))\b(?!\slicen)|no\s(?:explicit\s)?licen[sc]\w*\s(?:information\s)?(?:is|was|were|are)\s"
    r"(?:given|stated|specified|found|provided|mentioned|indicated)|no\sinformation\sis\s",
    _I,
)
"""A sentence saying that the license is not known: "The licensing status is unclear."."""

_RESERVED = re.compile(
    "|".join(
        (
            r"(?<!no\s)(?<!some\s)all\srights?\s(?:are\s|is\s)?reserved|(?:retain|keep|reserve)s?\s(?:all|every)\s(?:\w+\s)?rights?\b|\ball\srights\s(?:(?:(?:lie|rest|remain|stay|belong)s?\s)?(?:with|to)\s(?:the|their|its)\b|(?:(?:of|in|to)\s(?:the\s|this\s)?\w+\s)?belongs?\sto\b)",
            *clauses.ALL_RESERVED,
        )
    ),
    _I,
)
_OWNED = re.compile(
    r"(?:do|does|did)\s?n[o'’]t\s(?:\w+\s){0,2}(?:own|hold|have)\s(?:\w+\s){0,6}(?:copyright|rights?|text|data"
    r"|images?|content|audio|videos?|materials?)"
    r"|copyrights?\s(?:\w+\s){0,6}?(?:belongs?|remains?|owned|held|retained|reserved|property)"
    r"|(?:copyrights?|rights?)\s(?:\w+\s){0,6}?(?:lies?|rests?|stays?|remains?|vests?)\s(?:with|in|at)\b|\bbelongs?\sto\s(?:the|their|its|our|other|third)"
    r"|(?:under|subject\sto|protected\sby)\s(?:the\s)?copyright|(?:property|copyright)\sof\s(?:the|their|its)"
    r"|\b(?:is|are|remains?)\s(?:owned|held)\sby\b|\brights?\s(?:\w+\s){0,4}(?:is|are)\s(?:held|owned)|\bnot\sours\b|\bunder\sthe\scopyright\sof\b"
    r"|\bno\s(?:licen[sc]e|rights?)\s(?:is|are)\s(?:given|granted|provided|offered)\b"
    r"|rights?\s(?:\w+\s){0,4}belongs?\sto|(?:is|are)\s(?:the\s)?property\sof"
    r"|retains?\s(?:\w+\s){0,3}(?:copyright|rights|ownership)|copyrighted"
    r"|(?:not|never)\sbe\s(?:re-?)?distributed",
    _I,
)


@frozen
class Reservation:
    """Rights reserved in a sentence: where, and whether all of them."""

    at: int
    everything: bool


def reservation_in(text: str) -> Reservation | None:
    """What a sentence reserves: "all rights reserved", "we do not own the copyright"."""
    whole = _RESERVED.search(text)
    if whole is not None:
        return Reservation(whole.start(), everything=True)
    owned = _OWNED.search(text)
    return None if owned is None else Reservation(owned.start(), everything=False)


TEMPLATE_NOTE = re.compile(
    r"research\spurposes\sonly\.?\s+please\scheck\s(?:the\s)?dataset\slicen", _I
)
"""A note that card templates put below "Other Known Limitations"; it defers to the license."""

NO_GRANT = re.compile(
    r"\bno\s(?:licen[sc]es?|rights?|permissions?)\s(?:\w+\s){0,4}?(?:is|are|has\sbeen|have\sbeen)\s"
    r"(?:hereby\s|yet\s|currently\s)?(?:granted|given|offered)\b(?!\s(?:to|under|by|except|other|beyond|with)\b)",
    _I,
)
"""Words that give nothing: "no license is granted for future contents"."""
PROPOSED = re.compile(
    r"\b(?:proposed|provisional(?:ly)?|tentative(?:ly)?|envisaged|candidate)\s(?:\w+\s){0,2}"
    r"(?:licen[sc]e|default|terms|choice)|(?:hope|intend|plan|wish|aim)(?:s|ed|ing)?\sto\s(?:\w+\s){0,2}"
    r"(?:release|publish|licen[sc]e|distribute|share|make|be\sreleased)"
    r"|\b(?:tbd|tba)\b|\bdraft\s(?:\w+\s){0,2}(?:licen[sc]e|dua\b|agreement|terms)|\b(?:final|future)\s(?:\w+\s){0,2}(?:licen[sc]e|dua|agreement|terms)\s(?:is|are|will)\b|\b(?:to|must|should|needs?\sto|has\sto|still)\sbe\s(?:confirmed|determined|decided|defined|announced|finali[sz]ed|chosen|selected|clarified)\b"
    r"|\blicen[sc]e\s(?:\w+\s){0,3}(?:to\scome|pending|not\syet\s\w+)\b|(?:is|are)\sto\sbe\sdecided|\bunder\s(?:consideration|discussion|review)\b"
    r"|\bwill\sbe\s(?:re)?(?:licensed|released|published|available|made\savailable)\s(?:\w+\W+){0,8}?(?:after|once|when|upon|soon|later|as\ssoon)\b",
    _I,
)
"""Words by which a license is only thought of: "CC BY 4.0 is the proposed default"."""

WHOLE_SET = re.compile(
    r"\W*(?:the\s)?(?:(?:whole|entire|complete)\b|all\s(?:of\s)?(?:the\s)?(?:data|files|subsets|parts|contents?)\b)",
    re.IGNORECASE,
)
"""A license that is said to be the whole set's."""
PERHAPS = re.compile(
    r"\b(?:some|certain|several|individual)\s(?:\w+\s){0,6}(?:may|might|could)\s(?:also\s)?be\s(?:subject|governed|covered|under)\b",
    re.IGNORECASE,
)
"""That parts may be under other terms: beside a license for the whole a warning, and no term."""

LEGAL_CODE = re.compile(
    r"creative\scommons\scorporation|using\screative\scommons\spublic\slicenses|exercising\sthe\slicensed"
    r"\srights|permission\sis\shereby\sgranted,\sfree|redistribution\sand\suse\sin\ssource\sand\sbinary"
    r"|terms\sand\sconditions\sfor\suse,\sreproduction|permitted\sto\scopy\sand\sdistribute\sverbatim|gutenberg-tm|‘the\swork’:?\s|acting\sas\slicensor",
    _I,
)
"""Words of a license's own text: from there on a section recites it and says nothing else."""
GRANTED_ON_TERMS = re.compile(
    r"(?:under|subject\sto|bound\sby|agree\s(?:to|with|that))\s(?:\w+\s){0,4}(?:terms|conditions)"
    r"|(?:may|can)\sbe\s(?:freely\s)?used\s(?:\w+\s){0,3}(?:for\sany\spurpose|without\srestriction)"
    r"|freely\s(?:\w+\s){0,2}for\sany\spurpose|free\s(?:to|for)\s(?:any|all|every)\s(?:use|purpose)"
    r"|(?:using|downloading|accessing)\s(?:\w+\s){0,6},?\s?you\s(?:agree|are\sbound|accept)",
    _I,
)
"""A grant on terms that the card itself goes on to state or link."""
OF_EACH_OWNER = re.compile(
    r"\b(?:terms|conditions|licen[sc]es?|polic(?:y|ies))\b[^.;]{0,60}\b(?:of|by|from|on)\s(?:the\s|their\s|its\s)?"
    r"(?:\w+\s(?:of|behind)\s(?:the\s|their\s)?)?(?:respective|individual|each|original|underlying|corresponding|upstream)\s\w"
    r"|\b(?:respective|individual|each|original|underlying|corresponding|upstream)\s(?:\w+['’]?s?['’]?\s){0,3}(?:terms|conditions|licen[sc]es?|polic(?:y|ies))\b",
    _I,
)
"""Terms that others set, each for what is theirs: the card does not say which."""
BARE_MIT = re.compile(r"(?<![A-Za-z])MIT(?![A-Za-z])(?!\s(?:[A-Z][a-z]|CSAIL))")
LABELLED_MIT = re.compile(
    r"licen[sc]es?\b(?:\W{1,6}(?:under\s|type\W{1,3})?|[^.\n]{1,40}\s(?:is|are)\s)MIT"
    r"(?![A-Za-z])",
    _I,
)
