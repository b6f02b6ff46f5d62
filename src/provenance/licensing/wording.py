"""What words about use mean: restrictions, grants, reservations, placeholders, and their scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from provenance import lazy_re as re
from provenance.licensing import clauses
from provenance.vocabulary.restrictions import Restriction

_I = re.IGNORECASE

_BOTH = re.compile(
    r"(?:academic|research|personal)\W+(?:\w+\W+){0,3}?(?:and|or|as\swell\sas)\s(?:(?!non?\b|not\b|never\b)\w+\s){0,2}commercial|"
    r"commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?non[-‐‑\s]{0,3}commercial"
    r"|non[-‐‑\s]{0,3}commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?commercial"
    r"|(?:even|including|also)\s(?:for\s)?commercial|free\sfor\scommercial"
    r"|(?<!not\s)(?<!nor\s)\balso\s(?:available|free|allowed|permitted)\sfor\s(?:free\s)?commercial\s(?:use|purpose)"
    r"|(?<!non-)(?<!non\s)(?<!non)commercial\suse\s(?:is\s)?(?:allowed|permitted|ok)|may\s(?:be\s)?used?\scommercially",
    _I,
)
_NON_COMMERCIAL = re.compile(
    r"non[-‐‑\s]{0,3}commer(?:ci|ic)al|not?\s(?:be\sused\s)?(?:for\s)?(?:any\s)?commer(?:ci|ic)al(?!ly\savail)"
    r"|(?:not|never|no)\s(?:\w+\s){0,6}(?:for\s)?(?:any\s)?commer(?:ci|ic)al(?:ly)?\s?(?:use|usage|purpose|gain|exploit|applic|product|activit|benefit|interest)"
    r"|(?:not|never)\s(?:be\s)?(?:us|exploit|s[eo]l[ld]|distribut|redistribut)\w{0,8}\s(?:\w+\s){0,6}?commercially\b"
    r"|commercial\s(?:use|usage|products?|purposes?|applications?|exploitation|users?)(?:\s\w{1,30}){0,4}?\s(?:requires?|needs?|must)\s"
    r"(?:\w+\s){0,6}?(?:licen[sc]|permission|consent|authori[sz]|agreement|approval|contact|ask|pay|purchase|obtain)"
    r"|\bnot\sfor\sprofit\b|for\s(?:non|not-for)-?profit\s(?:use|purposes?)|non-?profits?(?:\s\w{1,20}){0,2}\sonly\b"
    r"|\bcommercial(?:ly|\s(?:use|usage|purposes?|exploitation))?[\s|:*_–=-]{1,8}(?:[❌✗✘✖🚫⛔]"
    r"|no\b(?!\s(?:problem|restrict|limit|fee|permission|charge|additional|further|need|extra|issue))[\s|.*_]*$)"
    r"|\[\s\]\s(?:for\s)?commercial\b|\b(?:not?|never)\s(?:\w+\s){0,5}by\s(?:any\s)?for[-\s]profit"
    r"|\bnot\s(?:part\sof\s)?an?\s(?:for[-\s]profit|commercial)\s(?:entity|organi[sz]ation|company|user|institution)"
    r"|(?:for[-\s]profit\s(?:entit(?:y|ies)|organi[sz]ations?|institutions?)|\bcommercial\sentities|\bcompan(?:y|ies)|\bcorporations?|\bindustry(?:\susers?)?|\benterprises?)"
    r"\s(?:must|needs?|requires?|ha(?:s|ve)\sto|may\snot|cannot|(?:is|are)\snot)\s"
    r"(?:\w+\s){0,5}?(?:licen[sc]|permi|consent|authori[sz]|agreement|approval|contact|ask|pay|fee|purchase|obtain|allowed|use)"
    r"|\b(?:paid|fee)\sfor\s(?:compan|industr|commerc|business|corporat|enterprise)"
    r"|commer(?:ci|ic)al\suse\s(?:is|are)\s(?:not|strictly|prohibited|forbidden)"
    r"|commer(?:ci|ic)al\s(?:use|usage|purposes?)(?:\s\w{1,30}){0,4}\s?[:–-]?\s?[*_]{0,2}"
    r"(?:prohibited|forbidden|disallowed|not\s(?:allowed|permitted))"
    r"|(?:prohibit|forbid)\w{0,6}[:*_]{0,3}\s(?:\w+\s){0,4}commer(?:ci|ic)al"
    r"|nicht[-\s]?kommerziell|no\scomercial|fins\sno\scomercials|não[-\s]?comercia"
    r"|non\scommercia(?:le|li|ux)|некоммерческ|非商业|非商業|非営利|商用利用(?:不可|禁止)|비상업"
    r"|禁止商用|不得(?:用于)?商业",
    _I,
)
_NON_COMMERCIAL = re.compile("|".join((_NON_COMMERCIAL.pattern, *clauses.NON_COMMERCIAL)), _I)
_RESEARCH = (
    r"(?:academic|research|scientific|educational?|scholarly|teaching|non-?profit|evaluation"
    r"|personal)"
)
_RESEARCH_ONLY = re.compile(
    rf"(?:only|solely|exclusively|strictly|restricted|limited)\s(?:\w+\s){{0,4}}?"
    rf"(?:for|to)\s(?:the\spurposes?\sof\s)?(?:the\s|use\sin\s|non[-\s]?commercial\s|\w+,\s|and\s|or\s){{0,6}}"
    rf"{_RESEARCH}(?!ers)"
    rf"|\b{_RESEARCH}\w{{0,6}}(?:\W{{1,3}}(?:(?:and|or|&|/)\W{{1,2}})?\w{{1,20}}){{0,3}}\s(?:purposes?|use|usage)\s?only"
    rf"|(?:beyond|other\sthan)\s(?:\w+\s){{0,2}}?{_RESEARCH}"
    rf"|sole\spurpose\sof\s(?:\w+\s){{0,4}}{_RESEARCH}"
    rf"|{_RESEARCH}[-\s]only\b|(?:only|solely)\s(?:be\s)?(?:used?|allowed|available)\s(?:\w+\s){{0,3}}"
    rf"(?:for|in)\s(?:\w+\s){{0,2}}{_RESEARCH}"
    r"|\bonly\s(?:be\s)?(?:used|available|accessible|open|shared|released|provided)\s(?:\w+\s){0,2}(?:by|to|for|with)\s(?:\w+\s){0,2}"
    r"(?:academi|researchers?|scientists|universit|research\sinstitut)"
    r"|(?:to|for|by)\s(?:\w+\s){0,2}(?:researchers|scientists|academics)\sonly\b"
    rf"|for\spurposes\sof\s{_RESEARCH}\sresearch|\b(?:universit(?:y|ies)|academia|academics)\sonly\b"
    r"|\bonly\s(?:universities|academi(?:a|cs))\b"
    r"|только\s(?:для|в)\s(?:\w+\s)?(?:научн|исследоват)|仅(?:供|限|用于)(?:学术|科研|研究)"
    r"|研究(?:目的|用途)(?:のみ|に限|로만)|연구\s?(?:목적|용)(?:으로만|으로\s?만)",
    _I,
)
_RESEARCH_ONLY = re.compile("|".join((_RESEARCH_ONLY.pattern, *clauses.RESEARCH_ONLY)), _I)
_NO_TRAINING = re.compile("|".join(clauses.NO_TRAINING), _I)
_MODEL_OUTPUT = re.compile("|".join(clauses.MODEL_OUTPUT), _I)
_NO_DERIVATIVES = re.compile(
    r"no[-\s]derivative|(?:not|never)\s(?:be\s)?(?:modif|alter|adapt)\w+\s(?:the|this|or)|改変禁止",
    _I,
)
_REGISTRATION = re.compile(
    r"(?:agreement|form|licen[sc]e)\s(?:must|needs?\sto|has\sto|should)\sbe\s(?:signed|filled|completed)"
    r"|sign(?:ing|ed)?\s(?:a|an|the|this)\s(?:\w+\s){0,4}(?:agreement|dua\b|licen[sc]e)"
    r"|(?:fill|complet|sign)\w{0,4}\s(?:out\s|in\s)?(?:an?|the|this|our)\W{1,4}(?:\w+\W{1,2}){0,2}(?:questionnaire|form)\b"
    r"|requires?\s(?:an?\s)?(?:\w+\s){0,2}(?:registration|agreement|signature|membership)"
    r"|(?:upon|after|by|on)\s(?:request|registration|application)\b"
    r"|requests?\s(?:access|permission)\s(?:to|from|by)|members?\sonly",
    _I,
)
_REDISTRIBUTION = re.compile(
    r"(?:\b(?:(?:can)?not|never)\s(?:to\s)?be\s|(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)\b(?:(?:can)?not|never)\s)"
    r"(?:\w+\s){0,3}?(?:re-?)?(?:distribut|publish|shar|resell|sell\b|sold)\w*"
    r"|\bno\s(?:(?:further|commercial|public|re-?)\s?){0,2}(?:re-?)?(?:distribution|publication|sharing|resale)"
    r"|redistribution\s(?:is\s)?(?:not|prohibited|forbidden)",
    _I,
)


_TERMS_IN_WORDS: tuple[tuple[Restriction, re.Pattern[str], tuple[str, ...]], ...] = (
    # (restriction, pattern, lower-case strings of which every match holds one)
    (
        Restriction.NON_COMMERCIAL,
        _NON_COMMERCIAL,
        (
            *(
                "commer",
                "profit",
                "comerc",
                "kommer",
                "komercyj",
                "lucr",
                "коммерч",
                "商",
                "営利",
                "营利",
            ),
            *("營利", "비상업", "영리", "상업", "상용", "تجاري", "thương"),
            *("ticari", "kaupalli", "kereskedelmi", "komer", "комерційн", "търговск", "εμπορικ"),
            *("מסחרי", "พาณิชย์", "تجاری", "व्यावसायिक", "वाणिज्यिक"),
        ),
    ),
    (
        Restriction.RESEARCH_ONLY,
        _RESEARCH_ONLY,
        (
            *("research", "academic", "scientific", "education", "scholarly", "teaching", "profit"),
            *("evaluation", "personal", "научн", "исследоват", "学术", "科研", "研究", "연구"),
            *("forsch", "wissens", "akadem", "lehr", "recherche", "scientif", "académ", "enseign"),
            *("investiga", "pesquisa", "acad", "cient", "científ", "docen", "educa", "ricerca"),
            *("didatt", "onderzoek", "wetens", "onderwijs", "badawcz", "naukow", "badań"),
            *("forskning", "undervis", "vetensk", "vidensk", "vitensk", "образоват", "академич"),
            *("教学", "學術", "学術", "教育", "학술", "교육", "البحث", "كاديم", "علمي", "تعليم"),
            *("بحثية", "nghiên", "học", "giáo", "khoa", "araştırma", "bilimsel", "eğitim"),
            *("tutkimus", "tieteelli", "opetus", "kutatás", "tudományos", "oktatás", "výzkum"),
            *("výskum", "vědeck", "vedeck", "vzdělávac", "cercetare", "науков", "дослідн"),
            *("освітн", "изследов", "penelitian", "riset", "pendidikan", "penyelidikan", "έρευν"),
            *("ερευνητικ", "ακαδημ", "εκπαιδευ", "מחקר", "วิจัย", "ศึกษา", "پژوهش", "تحقیقات"),
            *("آموزش", "अनुसंधान", "शोध", "शैक्षणिक"),
        ),
    ),
    (
        Restriction.NO_TRAINING,
        _NO_TRAINING,
        (
            "train",
            "fine-tun",
            "finetun",
            "mining",
            "model",
            "tdm",
            "feed",
            "fed",
            "训练",
            "学習",
            "訓練",
        ),
    ),
    (
        Restriction.MODEL_OUTPUT_TERMS,
        _MODEL_OUTPUT,
        (*("compet", "openai", "anthropic", "chatgpt", "gpt", "claude", "gemini", "llama"),),
    ),
    (
        Restriction.NO_DERIVATIVES,
        _NO_DERIVATIVES,
        ("derivative", "modif", "alter", "adapt", "改変"),
    ),
    (
        Restriction.REGISTRATION,
        _REGISTRATION,
        (
            *("agreement", "form", "licen", "sign", "dua", "regist", "request", "applica"),
            *("member", "questionnaire"),
        ),
    ),
    (
        Restriction.USE_RESTRICTIONS,
        _REDISTRIBUTION,
        ("distribut", "publish", "shar", "sell", "sold", "resale"),
    ),
)
_FOR_RESEARCH = re.compile(
    r"(?:use[ds]?|free(?:ly)?|available|released|provided|licensed|permi\w{1,8}|granted|obtained|access\w{0,8}"
    rf"|distributed|allowed|offered)\W+(?:\w+\W+){{0,6}}?for\s(?:\w+\s){{0,3}}?{_RESEARCH}"
    r"(?:\W+(?:and|or|&)?\W?\w+)?\s(?:purposes?|use|usage|research)\b|(?:用于|供)(?:学术|科研|研究)",
    _I,
)
_ASK_FIRST = re.compile(
    r"\bfor\scommercial\s(?:use|usage|licen[sc]\w{1,4}|purposes?|applications?)\W{1,3}(?:please\s)?"
    r"(?:contact|ask|write|email|get\sin\stouch|reach)",
    _I,
)
"""In a licensing section who sends commercial users elsewhere grants them nothing here."""
_FOR_ACADEMIA = re.compile(
    r"\b(?:free(?:ly)?|licen[sc]ed?|available|permitted|allowed|granted|MIT|use)\W+(?:\w+\W+){0,6}?for\s(?:the\s)?"
    r"(?:academia|academics|universities|(?:academic|scientific|research)\s(?:institut\w{1,6}|users|organi[sz]ations?))\b"
    r"(?!,?\s(?:and|or|&|as\swell|,)\s)",
    _I,
)
"""In a licensing section who is named as the one to use it is the only one."""
_ADVICE = re.compile(r"\b(?:recommend|suggest|advise)", _I)


_IN_A_LICENSE = (
    (Restriction.MODEL_OUTPUT_TERMS, clauses.GENERATED),
    (Restriction.NON_COMMERCIAL, _ASK_FIRST),
    (Restriction.RESEARCH_ONLY, _FOR_RESEARCH),
    (Restriction.RESEARCH_ONLY, _FOR_ACADEMIA),
)
"""What closes a use only where a license is spoken of; beside a name a purpose is none."""
_NEAR = 40
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|prohibit\w{0,5}|forbid\w{0,5})\b(?!\s(?:restrict|limit|matter))"
    r"|n['’]t\b(?!\s(?:restrict|limit))",
    _I,
)
"""Words near a grant of both kinds of use that make it none: "not for research or commercial use"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Restrictions that a sentence says in words, sorted by value, and where they stand in it."""

    restrictions: tuple[Restriction, ...]
    at: int
    end: int
    """Where the last of them ends."""
    spans: tuple[tuple[int, int, Restriction], ...]
    """Where each of them stands, by place."""

    def pieces(self, most: int) -> Iterator[tuple[int, int, tuple[Restriction, ...]]]:
        """Start, end and restrictions of stretches of at most ``most`` characters.

        What stands further apart is quoted apart, so that each quotation holds what it is for; a
        single clause may be longer.
        """
        at, end, held = self.spans[0][0], 0, set[Restriction]()
        for start, stop, restriction in self.spans:
            if held and stop - at > most:
                yield at, end, tuple(sorted(held, key=lambda r: r.value))
                at, held = start, set()
            end = max(end, stop) if held else stop
            held.add(restriction)
        yield at, end, tuple(sorted(held, key=lambda r: r.value))


def limits_in(text: str, licensing: bool = False, named: bool = False) -> Limits | None:
    """Restrictions of use that ``text`` (a sentence or a line) says in words.

    "For commercial or non-commercial purposes" restricts nothing; "for research purposes only"
    and "not for commercial use" do. In a licensing section (``licensing``) a grant "for research
    purposes" grants no other: what is not granted is not allowed.
    """
    found: dict[Restriction, tuple[int, int]] = {}
    lowered = text.lower()
    hinted = [row for row in _TERMS_IN_WORDS if any(hint in lowered for hint in row[2])]
    if (not hinted and not licensing) or _ADVICE.search(text):
        return None
    for restriction, pattern, _ in hinted:
        match = pattern.search(text)
        if match is not None:
            found[restriction] = match.span()
    for restriction, pattern in _IN_A_LICENSE if licensing else ():
        match = pattern.search(text)
        if match is not None and not (named and pattern is _FOR_RESEARCH):
            found.setdefault(restriction, match.span())
    both = _BOTH.search(text)
    if both is not None and not _DENIES.search(text, max(both.start() - _NEAR, 0), both.end()):
        found.pop(Restriction.NON_COMMERCIAL, None)
        found.pop(Restriction.RESEARCH_ONLY, None)
    if not found:
        return None
    spans = tuple(sorted((at, end, term) for term, (at, end) in found.items()))
    terms = tuple(sorted(found, key=lambda r: r.value))
    return Limits(terms, spans[0][0], max(end for _, end, _ in spans), spans)


GRANTS = re.compile(
    r"licen[sc](?:ed|ing)|licen[sc]es?\b[\s*_]{0,4}(?:is|are|:|=|\||–|-)|under\s|released|distributed"
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
    r"|^\W*until\s(?:\w+\s)?\d{4}\b",
    _I,
)
_CODE = re.compile(
    r"\b(?:code|scripts?|software|toolkit|(?:python|software|code)\slibrar\w+|librar(?:y|ies)\sused"
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
    r"|\bwe\s(?:\w+\s){0,2}(?:release|publish|distribute|provide|share|make|license|offer)"
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


def speaks_of_code(before: str, model_card: bool) -> bool:
    """Whether the words before a license are about code, or on a data card about a model.

    "The scripts are MIT" is about code; "The repository holding this corpus is MIT" is not.
    """
    before = _FILE.sub(" ", before)
    if _DATA.search(before):
        return False
    return _CODE.search(before) is not None or (
        not model_card and _MODEL.search(before) is not None and not _THIS_MODEL.search(before)
    )


_FROM = re.compile(
    r"\boriginal(?:ly)?\s(?:\w+\s){0,3}(?:data|corpus|text|articles?|source|work|recordings?|content)"
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
    r"^[\W_]*(?:(?:please\s)?note[\W_]+|disclaimer[\W_]+|important[\W_]+|warning[\W_]+|usage[\W_]+|terms[\W_]+|restrictions?[\W_]+|license[\W_]+)?(?:not|for|only|no|non-?commercial|strictly|please|you|users?|do\snot|don['’]t|must|may|any|commercial"
    r"|it|they|by\s|research|academic|nur|nicht|uniquement|solo|apenas|仅|不得|禁止|只)\b",
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
    "|".join((r"(?<!no\s)(?<!some\s)all\srights?\s(?:are\s|is\s)?reserved", *clauses.ALL_RESERVED)),
    _I,
)
_OWNED = re.compile(
    r"(?:do|does|did)\s?n[o'’]t\s(?:\w+\s){0,2}(?:own|hold|have)\s(?:\w+\s){0,6}(?:copyright|rights?|text|data"
    r"|images?|content|audio|videos?|materials?)"
    r"|copyrights?\s(?:\w+\s){0,6}?(?:belongs?|remains?|owned|held|retained|reserved|property)"
    r"|(?:under|subject\sto|protected\sby)\s(?:the\s)?copyright|(?:property|copyright)\sof\s(?:the|their|its)"
    r"|rights?\s(?:\w+\s){0,4}belongs?\sto|(?:is|are)\s(?:the\s)?property\sof"
    r"|retains?\s(?:\w+\s){0,3}(?:copyright|rights|ownership)|copyrighted"
    r"|(?:not|never)\sbe\s(?:re-?)?distributed",
    _I,
)


@dataclass(frozen=True, slots=True)
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
    r"|(?:is|are)\sto\sbe\sdecided|\bunder\s(?:consideration|discussion|review)\b"
    r"|\bwill\sbe\s(?:re)?(?:licensed|released|published|available|made\savailable)\s(?:\w+\W+){0,8}?(?:after|once|when|upon|soon|later|as\ssoon)\b",
    _I,
)
"""Words by which a license is only thought of: "CC BY 4.0 is the proposed default"."""

LEGAL_CODE = re.compile(
    r"creative\scommons\scorporation|using\screative\scommons\spublic\slicenses|exercising\sthe\slicensed"
    r"\srights|permission\sis\shereby\sgranted,\sfree|redistribution\sand\suse\sin\ssource\sand\sbinary"
    r"|terms\sand\sconditions\sfor\suse,\sreproduction|permitted\sto\scopy\sand\sdistribute\sverbatim",
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
BARE_MIT = re.compile(r"(?<![A-Za-z])MIT(?![A-Za-z])(?!\s(?:[A-Z][a-z]|CSAIL))")
LABELLED_MIT = re.compile(
    r"licen[sc]es?\b(?:\W{1,6}(?:under\s|type\W{1,3})?|[^.\n]{1,40}\s(?:is|are)\s)MIT"
    r"(?![A-Za-z])",
    _I,
)
