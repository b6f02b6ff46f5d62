"""Restrictions of use that a sentence says in words: "for research only", "not commercially"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.knowledge import SPACE, read_rows
from provenance.licensing import clauses
from provenance.licensing.lookalikes import drop_lookalikes, tells_a_purpose
from provenance.licensing.sieve import Sifted
from provenance.vocabulary.restrictions import Restriction

_I = re.IGNORECASE

_BOTH = re.compile(
    r"(?:academic|research|personal)\W+(?:\w+\W+){0,3}?(?:and|or|as\swell\sas)\s(?:(?!non?\b|not\b|never\b)\w+\s){0,2}commercial|"
    r"commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?non[-‐‑\s]{0,3}commercial"
    r"|non[-‐‑\s]{0,3}commercial(?:ly)?\s?(?:,|and|or|/|&|as well as)+\s?(?:for\s)?commercial"
    r"|(?:even|including|also)\s(?:for\s)?commercial|free\sfor\scommercial"
    r"|(?<!not\s)(?<!nor\s)\balso\s(?:available|free|allowed|permitted)\sfor\s(?:free\s)?commercial\s(?:use|purpose)"
    r"|\b(?:se\s)?permite(?:n|m)?\s(?:el\s|o\s)?uso\scomercial|uso\scomercial\s(?:est[aá]\s)?permitido|usage\scommercial\s(?:est\s)?autorisé|kommerzielle\snutzung\s(?:ist\s)?(?:erlaubt|gestattet)"
    r"|(?<!non-)(?<!non\s)(?<!non)commercial\suse\s(?:is\s)?(?:allowed|permitted|ok)|may\s(?:be\s)?used?\scommercially",
    _I,
)
_NON_COMMERCIAL = re.compile(
    r"\bno\slicen[sc]e\s(?:is|are)\s(?:hereby\s)?granted\b[^.;]{0,140}?\bcommer(?:ci|ic)al|\b(?:interested\sin|for|want(?:s|ing)?|need(?:s|ing)?|regarding|about)\s(?:an?\s|any\s|the\s)?commercial\s(?:use|usage|licen[sc]\w{1,4}|purposes?|applications?|exploitation)(?:\s(?:of|or)\s\w{1,20}(?:\s\w{1,20})?){1,2}\W{1,3}(?:please\s|kindly\s)?(?:send|drop|contact|ask|write|e-?mail|get\sin\stouch|reach|inquire|enquire)"
    r"|\binterested\sin\scommercial\s\w{3,15}\W{1,3}(?:please\s|kindly\s)?(?:send|drop|contact|ask|write|e-?mail|get\sin\stouch|reach)"
    r"|non[-‐‑\s]{0,3}commer(?:ci|ic)al|not?\s(?:be\sused\s)?(?:for\s)?(?:any\s)?commer(?:ci|ic)al(?!ly\savail|[-\s](?:model|api|software|tool|librar|package|interest|relationship|support|provider|vendor|data|corp))"
    r"|(?:not|never|no|n['’]t|(?:refrain|abstain)\sfrom)\s(?:\w+\s){0,6}(?:for\s)?(?:any\s)?commer(?:ci|ic)al(?:ly)?\s?(?:use|usage|purpose|gain|exploit|applic|product|activit|benefit|interest|service)"
    r"|(?:not|never|n['’]t)\s(?:be\s)?(?:us|exploit|s[eo]l[ld]|distribut|redistribut)\w{0,8}\s(?:\w+\s){0,6}?commercially\b"
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
    r"|\b(?:not|never|n['’]t)\W+(?:\w+\s){0,5}?(?:used|exploited|sold|accessed|downloaded)\s(?:\w+\s){0,3}by\s(?:any\s)?(?:compan(?:y|ies)|business(?:es)?|corporations?|enterprises?|industry)\b"
    r"|\b(?:not|never|n['’]t|nor|forbidden|prohibited|illegal)\W+(?:[\w'’]+\s){0,8}?(?:for\s(?:any\s|financial\s|monetary\s|private\s)?(?:profit|gain|money)\b"
    r"|(?:make|earn)(?:s|ing)?\smoney|moneti[sz]\w{1,6}|in\s(?:an?|any|your|their)\s(?:\w+\s)?products?\b|in\sbusiness\b)"
    r"|\bunless\s(?:you\s(?:are|work\sfor)|the\suser\sis|used\sby|it\sis\sfor)\s(?:an?\s|any\s)?(?:\w+\s)?(?:compan|business|corporat|enterpris|for-profit|commercial|industr)"
    r"|\bfor\scommercial\s(?:use|usage|licen[sc]\w{1,4}|purposes?|applications?)(?:\s(?:inquir|enquir|option|term|question)\w{1,5})?\W{1,3}(?:please\s)?(?:contact|ask|write|email|get\sin\stouch|reach)"
    r"|\b(?:may|must|shall|can|do|should)\s?(?:not|n['’]t|never)\s(?:[\w'’-]+,?\s){0,20}?for\s(?:any\s)?commercial"
    r"|\b(?:companies|firms|businesses|corporations|enterprises|industry(?:\suse(?:rs)?)?|commercial\s(?:users?|entities|organi[sz]ations))\s(?:(?:and|or)\s\w+\s)?(?:please|must|shall|need|require|ha(?:ve|s)\sto|upon|only|by\sagreement|can(?:not|['’]t)|may\snot|are\s(?:not|excluded|asked))\b(?!\s(?:be\sable|also))"
    r"|\b(?:as\slong\sas|provided|if)\s(?:that\s)?(?:you|the\suser|it|your\s\w+)\s(?:is|are)\s(?:not|no)\s(?:an?\s|for\s)?(?:\w+\s)?(?:business|company|corporation|commercial|for-profit|profit)"
    r"|\bif\s(?:you|the\suser)\s(?:are|is|represent|work\sfor)\s(?:an?\s|from\s)?(?:\w+\s)?(?:compan\w{1,3}|business|corporation|commercial\s\w+)\b[^.;\n]{0,30}?\b(?:write|contact|ask|need|must|please|buy|obtain|get)\b"
    r"|\bunless\s(?:you\s)?(?:\w+\s){0,3}(?:sell|profit|commerc)|\bothers\s(?:must\s|have\sto\s|need\sto\s|shall\s)?pay\b"
    r"|\b(?:not|no)\s(?:for\s)?(?:commerce|profit-?\s?making|money-?\s?making)\b"
    r"|\b(?:contact|write|email|ask|reach|see)\s(?:[^\s]{1,60}\s){1,5}?(?:for|about|regarding|to\sobtain|to\sbuy)\s(?:an?\s|our\s)?commercial\s(?:licen|terms?\b|rights)|\b(?:commercial|enterprise|paid)\slicen[sc](?:es?|ing)\s(?:(?:is|are|can\sbe|may\sbe)\s)?(?:\w+\s)?(?:available|sold|offered|obtained|bought|purchased|on\s(?:demand|request)|from\sus)"
    r"|[❌✗✘✖🚫⛔]\W{0,4}(?:\w+\s){0,2}commercial"
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
    rf"|\b(?:allowed|permitted|open|available|given|granted|licen[sc]ed|released|provided)\s(?:\w+\s){{0,3}}?for\s(?:\w+\s){{0,2}}?{_RESEARCH}(?:\s\w+){{0,2}}\salone\b"
    rf"|(?:beyond|other\sthan)\s(?:\w+\s){{0,2}}?{_RESEARCH}(?!\s(?:domain|field|topic|text|article|paper|area|genre)s?\b)"
    rf"|\bmade\s(?:freely\s|publicly\s)?available\sto\s[^.;:]{{3,80}}?\sfor\s(?:\w+[\s-]){{0,2}}{_RESEARCH}\s(?:\w+\s)?purposes?\ssuch\sas\b"
    rf"|sole\spurpose\sof\s(?:\w+\s){{0,4}}{_RESEARCH}"
    rf"|{_RESEARCH}[-\s]only\b|(?:only|solely)\s(?:be\s)?(?:used?|allowed|available)\s(?:\w+\s){{0,3}}"
    rf"(?:for|in)\s(?:\w+\s){{0,2}}{_RESEARCH}"
    r"|\bonly\s(?:be\s)?(?:used|available|accessible|open|shared|released|provided)\s(?:\w+\s){0,2}(?:by|to|for|with)\s(?:\w+\s){0,2}"
    r"(?:academi|researchers?|scientists|universit|research\sinstitut)"
    r"|(?:to|for|by)\s(?:\w+\s){0,2}(?:researchers|scientists|academics)\sonly\b"
    rf"|\b(?:reserved|restricted|limited|confined)\s(?:for|to)\s(?:[\w-]+\s){{0,3}}?{_RESEARCH}(?!ers?\sto)"
    r"|\bonly\s(?:to\s)?be\sused\s(?:\w+\s){0,2}(?:in|by|for|at)\s(?:\w+\s){0,2}(?:academ|research|universit|schools?|science|teaching)"
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
    r"(?:\b(?:(?:can)?not|never)\s(?:to\s)?be\s|(?<!\bis\s)(?<!\bare\s)(?<!\bwas\s)(?<!\bwere\s)(?<!\bdoes\s)(?<!\bdid\s)(?<!\bwe\sdo\s)\b(?:(?:can)?not|never)\s)"
    r"(?:\w+\s){0,3}?(?:(?:re-?)?distribut(?!ions?\b|ional)|redistribution|publish|shar|resell|sell\b|sold)\w*"
    r"|\bnot\s(?:\w+\s){0,2}?(?:for|permit|allow)\s(?:\w+\s){0,2}?distribution\b"
    r"|\bno\s(?:(?:further|commercial|public|re-?)\s?){0,2}(?:re-?)?(?:distribution|publication|sharing|resale)"
    r"|redistribution\s(?:is\s)?(?:not|prohibited|forbidden)",
    _I,
)

_NARROWED = re.compile(
    "|".join((_REDISTRIBUTION.pattern, *clauses.PERMISSION, *clauses.INTERNAL, *clauses.ELSEWISE)),
    _I,
)


_HINTS: dict[str, tuple[str, ...]] = {}
for _terms, _word in read_rows("licensing", "hints", "terms", "word"):
    _HINTS[_terms] = (*_HINTS.get(_terms, ()), _word.replace(SPACE, " "))
_Row = tuple[Restriction, re.Pattern[str], tuple[str, ...]]
_TERMS_IN_WORDS: tuple[_Row, ...] = tuple(
    (restriction, pattern, _HINTS[restriction.value])
    for restriction, pattern in (
        (Restriction.NON_COMMERCIAL, _NON_COMMERCIAL),
        (Restriction.RESEARCH_ONLY, _RESEARCH_ONLY),
        (Restriction.NO_TRAINING, _NO_TRAINING),
        (Restriction.MODEL_OUTPUT_TERMS, _MODEL_OUTPUT),
        (Restriction.NO_DERIVATIVES, _NO_DERIVATIVES),
        (Restriction.REGISTRATION, _REGISTRATION),
        (Restriction.USE_RESTRICTIONS, _NARROWED),
    )
)
"""Restrictions, how they are said, and lower-case strings of which every match holds one."""
_FOR_RESEARCH = re.compile(
    r"(?:use[ds]?|free(?:ly)?|available|released|provided|licensed|permi\w{1,8}|granted|obtained|access\w{0,8}"
    rf"|distributed|allowed|offered)\W+(?:\w+\W+){{0,6}}?for\s(?:\w+\s){{0,3}}?{_RESEARCH}"
    r"(?:\W+(?:and|or|&)?\W?\w+)?\s(?:purposes?|use|usage|research|study|studies|work)\b|(?:用于|供)(?:学术|科研|研究)",
    _I,
)
_FOR_RESEARCH_ABROAD = re.compile(
    r"(?:разреш|использ|доступ|предостав)[^.;\n]{0,60}\sв\s(?:\w+\s){0,2}?(?:учебн|научн|исследоват|образоват)\w{0,10}(?:\sи\s\w+)?\sцел|\bfür\s(?:\w+\s){0,2}?(?:forschungs|lehr|unterrichts|wissenschaftliche\s|akademische\s)\w{0,3}zwecke"
    r"|à\sdes\sfins\s(?:de\s|d['’])?(?:recherche|enseignement|académique|pédagogique|scientifique|éducati)|(?:con|para|com)\sfin(?:e?s|alidades?)\s(?:de\s)?(?:investigaci|pesquisa|educati|académic|acadêmic|docente|didáctic|científic)|(?:per|a)\s(?:scopi|fini|scopo)\s(?:di\s)?(?:ricerca|didattic|accademic|scientific)"
    r"|voor\s(?:onderzoeks|onderwijs|wetenschappelijke\s)\w{0,3}doeleinden|do\scelów\s(?:badawcz|naukow|edukacyj|dydaktycz)|til\s(?:forsknings|undervisnings)\w{0,3}formål|för\s(?:forsknings|undervisnings)\w{0,3}ändamål|(?:研究|学術|教育)目的で|(?:연구|교육|학습)\s?목적으로",
    _I,
)
_WIDER_ABROAD = re.compile(
    r"commerc|comerc|kommer|komerc|коммер|商|상업|상용|любы|any|alle|tout|todo|każd", _I
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
    r"(?!,?\s(?:and|or|&|as\swell|,)\s)(?![^.;]{0,60}\b(?:and|or|&)\s(?:\w+\s){0,2}(?:firms?|compan\w+|business\w*|industr\w+|enterpris\w+|commerc\w+|any\w+|every\w+|all|others?)\b)",
    _I,
)
"""In a licensing section who is named as the one to use it is the only one."""
_ADVICE = re.compile(
    r"\b(?:recommend|suggest|advise|empf[oe]hl|recommand|recomend|raccomand|рекоменд|aanbevol|zaleca|rekommender|anbefal)|推奨|お勧め|建议|建議|推荐|推薦|권장",
    _I,
)


_IN_A_LICENSE: tuple[_Row, ...] = (
    # as above
    (
        Restriction.MODEL_OUTPUT_TERMS,
        clauses.GENERATED,
        ("gpt", "davinci", "openai", "claude", "gemini", "palm"),
    ),
    (Restriction.NON_COMMERCIAL, _ASK_FIRST, ("commercial",)),
    (
        Restriction.RESEARCH_ONLY,
        _FOR_RESEARCH,
        (
            *("academic", "research", "scientific", "education", "scholarly", "teaching", "profit"),
            *("evaluation", "personal", "学术", "科研", "研究"),
        ),
    ),
    (
        Restriction.RESEARCH_ONLY,
        _FOR_ACADEMIA,
        ("academi", "universities", "scientific", "research"),
    ),
)
"""What closes a use only where a license is spoken of; beside a name a purpose is none."""
_RESEARCH_GRANT = next(n for n, row in enumerate(_IN_A_LICENSE) if row[1] is _FOR_RESEARCH)
_IN_WORDS = Sifted(pattern.pattern for _, pattern, _ in _TERMS_IN_WORDS)
_GRANTS = Sifted((*(p.pattern for _, p, _ in _IN_A_LICENSE), _FOR_RESEARCH_ABROAD.pattern))
"""Those in a license by their number, and after them what grants research in other languages."""
_NEAR = 100
_DENIES = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|prohibit\w{0,5}|forbid\w{0,5})\b(?!\s(?:restrict|limit|matter|need|requir|only|just))"
    r"|n['’]t\b(?!\s(?:restrict|limit|need|requir|only|just))",
    _I,
)
"""Words near a grant of both kinds of use that make it none: "not for research or commercial use"."""


@frozen
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


def _hinted(
    rows: Sequence[_Row], spans: Mapping[int, tuple[int, int]], text: str
) -> Iterator[tuple[Restriction, tuple[int, int]]]:
    """Restrictions whose pattern matches at ``spans``, by the rows' order, and where."""
    lowered = text.lower()
    for number, (restriction, _, hints) in enumerate(rows):
        if number in spans and any(hint in lowered for hint in hints):
            yield restriction, spans[number]


def _looks_like(
    text: str, in_a_license: Mapping[int, tuple[int, int]], named: bool
) -> dict[Restriction, tuple[int, int]]:
    """Every restriction whose words stand in ``text``, and where."""
    by_term = dict(_hinted(_TERMS_IN_WORDS, _IN_WORDS.spans(text), text))
    for restriction, span in _hinted(_IN_A_LICENSE, in_a_license, text):
        if in_a_license.get(_RESEARCH_GRANT) is not span:
            by_term.setdefault(restriction, span)
        elif not named and (granted_for := _granted_for_research(text)) is not None:
            by_term.setdefault(restriction, granted_for)
    return by_term


def limits_in(text: str, licensing: bool = False, named: bool = False) -> Limits | None:
    """Restrictions of use that ``text`` (a sentence or a line) says in words.

    "For commercial or non-commercial purposes" restricts nothing; "for research purposes only"
    and "not for commercial use" do. In a licensing section (``licensing``) a grant "for research
    purposes" grants no other: what is not granted is not allowed.
    """
    in_a_license = _GRANTS.spans(text) if licensing else {}
    by_term = _looks_like(text, in_a_license, named)
    if by_term:

        def read(rest: str) -> dict[Restriction, tuple[int, int]]:
            return _looks_like(rest, _GRANTS.spans(rest) if licensing else {}, named)

        drop_lookalikes(by_term, text, read)
    granted = None if named else in_a_license.get(len(_IN_A_LICENSE))
    if granted is not None and not _WIDER_ABROAD.search(text):
        by_term.setdefault(Restriction.RESEARCH_ONLY, granted)
    if by_term.keys() & _OF_ONE_KIND and _grants_both(text):
        by_term.pop(Restriction.NON_COMMERCIAL, None)
        by_term.pop(Restriction.RESEARCH_ONLY, None)
    if not by_term or _ADVICE.search(text):
        return None
    spans = tuple(sorted((at, end, term) for term, (at, end) in by_term.items()))
    terms = tuple(sorted(by_term, key=lambda r: r.value))
    return Limits(terms, spans[0][0], max(end for _, end, _ in spans), spans)


def _granted_for_research(text: str) -> tuple[int, int] | None:
    """Where ``text`` gives something for research; what it is made from or meant for is no grant."""
    for match in _FOR_RESEARCH.finditer(text):
        if not tells_a_purpose(text, match.start()):
            return match.span()
    return None


_OF_ONE_KIND = {Restriction.NON_COMMERCIAL, Restriction.RESEARCH_ONLY}


def _grants_both(text: str) -> bool:
    """Whether research and commerce are both granted, and not both denied."""
    both = _BOTH.search(text)
    if both is None:
        return False
    clause = max(text.rfind(stop, 0, both.start()) for stop in ".;:")
    return _DENIES.search(text, max(both.start() - _NEAR, clause, 0), both.end()) is None


REFUSED = re.compile(
    r"\b(?:can|may)\s(?:i|we|you|it)\s[^?]{0,80}\b(?:commercial|products?|company|business)[^?]{0,40}\?\W{0,6}no\b",
    _I,
)
"""A question about commercial use and the answer no."""
