"""Sentences that set a condition no rule understands: what is forbidden, kept, asked for or paid.

The other readers know terms by their wording. Here only the parts of a condition are looked for,
a word that forbids or limits beside a word for an act, a person or a purpose, so that any wording
is noticed. What it asks for is not known; that it asks for something is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from provenance import lazy_re as re
from provenance.licensing import unread_words as words
from provenance.licensing.harmless import (
    ASKED,
    FORBIDS,
    LEAVE,
    LIMITS,
    ONLY_FOR,
    PASSING_ON,
    WHO,
    sets_none,
    without_harmless,
)
from provenance.licensing.links import urls
from provenance.licensing.lookalikes import without_denied
from provenance.licensing.narrowing import USE_HEADING
from provenance.licensing.passages import TermsPassage
from provenance.licensing.wording import speaks_of_code, speaks_of_source, speaks_of_this

_I = re.IGNORECASE


class Surroundings(Enum):
    """How much a sentence has to say to be taken for a condition of the set's use."""

    TERMS = auto()
    """Where license and terms are spoken of: a section, a gate, a license file, a row on use."""
    ADVICE = auto()
    """Where limits, aims and ethics are spoken of, and anywhere else: only what forbids passing
    on, asks for leave or says "only for" is a condition there; advice is none."""


_TERMS_HEADING = re.compile(
    r"^\W*(?:\w+\s){0,3}(?:terms|conditions|rules|polic(?:y|ies)|guidelines|restrictions?|agreements?|confidentiality)\b|^\W*(?:(?:the|data|dataset|allowed|permitted|prohibited|usage|use|access)\s)*(?:terms|conditions?|access\b|availability|permissions?|permitted|prohibited|restrictions?|rights|polic(?:y|ies)|rules|legal|agreements?|notices?|acceptable\suse|sharing\b|dos\sand\sdon|do['’]s\sand|disclaimer|usage\s(?:policy|terms|rights|restrictions?|notes?)"
    r"|obtaining\b|requesting\b|how\s(?:can|do|to)\s(?:i\s|we\s|you\s)?(?:get|obtain|access|request)\b|getting\s(?:access|the\sdata)|(?:data\s)?(?:requests?|applications?)$|rechtlich\w*|mentions\slégales|avisos?\slega\w+|note\slegali|juridisch\w*|prawne|правов\w+|(?:nutzungs)?bedingungen|termos|términos|termini|voorwaarden|warunki|koşullar|şartlar|nutzung(?!sbeispiel)|conditions|utilisation|uso\b|condiciones|condições|condizioni|gebruik|zasady|använd|vilkår|villkor|услови|использовани|使用|利用|사용|이용|شروط|điều\skhoản)",
    _I,
)
"""Headings below which terms are given, those of licensing sections aside."""
_ONLY_TERMS = re.compile(
    r"\W*(?:\w+\s){0,3}(?:terms|conditions|rules|restrictions?|agreements?|confidentiality)(?:\s(?:of|for|and)\s\w+){0,2}\W*",
    _I,
)


def gives_terms(heading: str) -> bool:
    """Whether nothing but terms is expected below a heading."""
    return _ONLY_TERMS.fullmatch(heading) is not None


def is_for_makers(heading: str) -> bool:
    """Whether those are spoken to below a heading who make a set or add to it."""
    return _OF_MAKERS.match(heading) is not None


_NOTE = re.compile(
    r"\s*(?:>|\\\*|\[\^[^\]]{1,20}\]:|⚠|❗|🚫|[*_]{0,3}(?:n\.?b\.?|note|notice|heads-?up|important|attention|warning|hinweis|achtung|nota|atención|注意)\b"
    r"|(?:<[^<>]{1,60}>|[*_]{1,3}){0,4}(?:terms|conditions|restrictions?|usage|use|access|permissions?)\b[^.\n<>*_:]{0,30}(?:[:*_]|</(?:summary|b|strong)>)"
    r"|[*_]{1,3}[^*_\n]{5,120}[*_]{1,3}\W*$)",
    _I,
)
"""How a note begins that stands for itself: a quotation, a footnote, a word of warning, a label."""
_OF_MAKERS = re.compile(
    r"\W*(?:\w+\s){0,2}?(?:contribut\w+|(?:how\sto\s)?add(?:ing)?\s(?:\w+\s){0,3}?(?:data|entr\w+|records?|samples?|examples?|items?|files?|languages?)"
    r"|(?:annotat\w+|label+ing|tagging|transcri\w+|translation|collection|collecting|curation|cleaning|filter\w*|naming|formatting|style|quality|coding|review\w*|editing|editorial"
    r"|publishing|inclusion|exclusion|selection|sampling|mapping|normali[sz]ation|segmentation|generation|construction|creation|validation|verification|scoring|grading|evaluation|data\sentry)"
    r"\s(?:\w+\s)?(?:rules|guidelines?|instructions|polic(?:y|ies)|conventions|standards|conditions|criteria|terms|process))\b",
    _I,
)
"""Headings below which those are spoken to who make a set or add to it, and not who take it."""
_THE_SET = re.compile(
    r"\b(?:this|the|our|these)\s(?:\w{1,20}\s)?(?:data\s?sets?|data|corpus|corpora|collection|release|benchmark|database|files)\b",
    _I,
)
_TAKING = re.compile(r"^\W*(?:by|before)\s(?:(?:down|up)?load|us|access|obtain|request)\w*", _I)
_OTHERS = re.compile(
    r"\b(?:models?\s(?:trained|that|should|must|are|were)|baselines?|leaderboard|submissions?|experiments?|systems?|results?|paper)\b"
    r"|^\W*(?:we|our\s(?:models?|experiments))\s(?!(?:share|lend|give|grant|license|publish|provide|release)\b)",
    _I,
)
"""Words of sentences on what somebody did with a set."""


LONGEST_NOTE = 400
"""Longest note, in characters; a longer quotation is of somebody's text."""


def place_of(passage: TermsPassage, text: str, model_card: bool) -> Surroundings | None:
    """How a sentence is read where it stands; ``None`` where no condition is looked for."""
    if passage.licensing:
        return Surroundings.TERMS
    if passage.source or passage.aside or model_card or _OTHERS.search(text):
        return None
    if is_for_makers(passage.heading):
        terms = _TERMS_HEADING.match(passage.heading) is not None
        told = _THE_SET.search(text) is not None
        return None if not told else Surroundings.TERMS if terms else Surroundings.ADVICE
    note = len(passage.text) <= LONGEST_NOTE and _NOTE.match(passage.text) is not None
    if note or _TERMS_HEADING.match(passage.heading):
        return Surroundings.TERMS
    told = USE_HEADING.search(passage.heading) is not None or _TAKING.match(text) is not None
    return Surroundings.ADVICE if told or speaks_of_this(text) else None


_DENIES = re.compile(words.DENIES, _I)
ACT = re.compile(words.ACT, _I)
PURPOSE = re.compile(words.PURPOSE, _I)
_LENT = re.compile(words.LENT, _I)
_PARTS_ELSEWHERE = re.compile(words.PARTS_ELSEWHERE, _I)
_ALONE = re.compile(f"{words.KEPT}|{words.PAID}|{words.WHOLE}", _I)
_FIRM = re.compile(words.FIRM, _I)
_ANY = re.compile(
    "|".join(
        (
            words.DENIES,
            words.FORBIDS,
            words.LIMITS,
            words.LEAVE,
            words.KEPT,
            words.PAID,
            words.WHOLE,
        )
    ),
    _I,
)
_TAG = re.compile(
    r"<[^<>]{1,300}>|(?<=\])\([^()\s]{0,300}\)|https?://\S{1,300}|[\w.+-]{1,60}@[\w.-]{1,80}"
)


_IN_DOUBT = re.compile(
    r"\b(?:if|should|in\scase|when|for)\b[^.]{0,60}\b(?:questions?|concerns?|doubts?|problems?|issues?|errors?|feedback|inquir\w+|enquir\w+|suggestions?|corrections?|object(?:ion|ions)?|unsure|fails?|broken|missing)\b[^.]{0,60}\b(?:contact|write|e?-?mail|reach|ask|open|let\sus|get\sin\stouch)\b"
    r"|\bif\syou\s(?:own|are\sthe\s(?:\w+\s)?owner|hold)\b|\bif\s(?:you|anyone)\b[^.]{0,30}\b(?:need|want|wish|would\slike)\b[^.]{0,20}\b(?:extended|larger|longer|bigger|older|newer|another)\s(?:\w+\s)?(?:version|copy|set|release|file)"
    r"|\b(?:if|should|when)\b[^.]{0,60}\b(?:infring\w+|breach\w*|violat\w+|your\srights|your\s(?:content|work)|removed|take[n]?\s?down)\b[^.]{0,80}\b(?:contact|write|e?-?mail|tell|let|notify|submit|we\swill)\b"
    r"|\b(?:neither|nor)\b[^.]{0,200}\bendors"
    r"|\bbei\s(?:fragen|problemen)\b|\b(?:pour|en\scas\sde)\s(?:toute\s)?question|\b(?:para|en\scaso\sde)\s(?:preguntas|dudas|dúvidas)|\bper\sdomande\b|如有(?:问题|疑问)|ご質問|質問は|문의"
    r"|\b(?:contact|write|e?-?mail|reach|ask|open|let\sus\sknow|get\sin\stouch)\b[^.]{0,60}\b(?:questions?|concerns?|doubts?|problems?|issues?|errors?|feedback|inquir\w+|enquir\w+|suggestions?|corrections?|fails?|broken|missing|does\snot\s(?:work|load))\b",
    _I,
)
"""Who has questions may ask; the set is given all the same."""


def condition_in(text: str, place: Surroundings) -> tuple[int, int] | None:
    """Where ``text`` (a sentence without names of licenses) sets a condition, or ``None``."""
    text = without_denied(text)
    asks = text.rstrip("*_ \n)").endswith(("?", "？"))
    if asks or _IN_DOUBT.search(text):
        return None
    if not _ANY.search(text):
        return _for_whom(text) if place is Surroundings.TERMS else None
    left = without_harmless(_TAG.sub(lambda m: " " * len(m[0]), text))
    if place is Surroundings.ADVICE:
        return _together(_told_as_advice(left))
    return _denied(left) or _for_whom(left) or _together(_told_as_terms(left))


def _for_whom(text: str) -> tuple[int, int] | None:
    """Where a value with no verb says whom or what a license is for: "CC BY 4.0 for members"."""
    short = len(_WORD.findall(text)) <= _LONGEST_VALUE
    match = _FOR_WHOM.search(text) if short and not _WIDE_OR_VERB.search(text) else None
    return None if match is None else match.span()


_LONGEST_VALUE = 9
"""Most words of a value beside a license's name."""
_FOR_WHOM = re.compile(
    rf"\b(?:for|to)\s(?:[\w-]{{1,30}}\s){{0,2}}(?:{words.WHO}|{words.PURPOSE})"
    rf"|\b(?:für|pour|para|per|voor|dla|til|för|для)\s(?:[\w-]{{1,30}}\s){{0,2}}(?:{words.WHO})"
    r"|[,/(–-]\s?(?:students?|members?|scholars|researchers|academics|scientists|partners|subscribers|customers|employees|staff|participants|non-?profits?|companies|firms|schools|teachers|hobby\w*|theses)\b",
    _I,
)
_WIDE_OR_VERB = re.compile(
    r"commer|\b(?:any|all|every\w*|both|industr\w*|business|public|see|is|are|was|were|be|been|has|have|may|can|will|must|shall|should|applies|made|provided|released|published|licensed|distributed|available|created|collected|meant|intended|useful|suited|thanks?)\b",
    _I,
)


_Pair = tuple[re.Match[str] | None, re.Match[str] | None]
"""Two parts of a condition, each where the words for it stand first."""


def _together(pairs: Iterator[_Pair]) -> tuple[int, int] | None:
    """Where the first two parts stand that are both there."""
    for match, other in pairs:
        if match is not None and other is not None:
            return min(match.start(), other.start()), max(match.end(), other.end())
    return None


def _told_as_advice(text: str) -> Iterator[_Pair]:
    firm = _FIRM.search(text)
    yield firm, PASSING_ON.search(text)
    yield firm, LEAVE.search(text)
    for pattern in (ONLY_FOR, _LENT, _PARTS_ELSEWHERE):
        match = pattern.search(text)
        yield match, match


def _told_as_terms(text: str) -> Iterator[_Pair]:
    alone = _ALONE.search(text)
    yield alone, alone
    passing, act, who, purpose, leave = (
        p.search(text) for p in (PASSING_ON, ACT, WHO, PURPOSE, LEAVE)
    )
    forbids, limits = FORBIDS.search(text), LIMITS.search(text)
    for match in (forbids, limits):
        for other in (passing, act, who, purpose, leave):
            yield match, other
    yield forbids, limits
    for other in (ASKED.search(text), who, passing):
        yield leave, other


def unknown_in(text: str, names: Sequence[int] = ()) -> tuple[int, int] | None:
    """The first clause that is neither a grant nor told of the set, where only those are expected.

    Of a licensing section every sentence is known for something; what is not may be a condition.
    ``names``: where the licenses stand that ``text`` names.
    """
    if text.rstrip("*_ ").endswith((":", "?", "？")) or urls(text):
        return None
    text = without_denied(text)
    if _TITLE.fullmatch(text) and not _OBLIGES.search(text):
        return None
    if _IN_DOUBT.search(text) or _OWNERS.match(text) or speaks_of_source(text, licensing=True):
        return None
    plain = _TAG.sub(lambda m: " " * len(m[0]), text)
    start = 0
    for cut in (*(m.start() for m in _PARTS.finditer(plain)), len(plain)):
        clause, at = plain[start:cut], start
        start = cut
        told = any(at <= name < _value_end(plain, cut) for name in names) or sets_none(clause)
        lead_in = _IF.match(clause) or (cut < len(plain) and _LEADS.match(clause))
        if told or lead_in or _is_told(clause) or of_code(clause):
            continue
        spoken = _SPOKEN.findall(clause)
        if (
            len(_WORD.findall(clause)) >= FEWEST_WORDS
            and len(spoken) > 1
            and _BEARING.search(clause)
        ):
            return at, cut
    return None


def _value_end(text: str, cut: int) -> int:
    """Where the value ends that a label before a colon has: "Maps and figures: CC BY 4.0"."""
    return cut + _AFTER_COLON if text.startswith(":", cut) else cut


_AFTER_COLON = 6
"""Characters after a colon in which the license stands that a label has."""


def of_code(text: str) -> bool:
    """Whether a sentence begins with code: "for use in apps" is not about those."""
    subject = " ".join(text.split()[:_SUBJECT])
    return _PROGRAM.search(subject) is not None and speaks_of_code(subject, model_card=False)


_PROGRAM = re.compile(
    r"\b(?:code|scripts?|software|toolkit|implementation|notebooks?|pipeline|librar(?:y|ies)|tools?)\b",
    _I,
)


_SUBJECT = 5
"""Words that a sentence names its subject in."""


def _is_told(clause: str) -> bool:
    """Whether a clause grants, says where to read, or tells of the set."""
    if _GRANTED.search(clause):
        return True
    return _DESCRIBED.search(clause) is not None and _OBLIGES.search(clause) is None


def asks_anything(text: str) -> bool:
    """Whether a license file without a license may set conditions: it neither grants nor points."""
    return not urls(text) and not _GRANTED.search(text) and len(_WORD.findall(text)) >= FEWEST_WORDS


def says_something(value: str) -> bool:
    """Whether a value that is to say conditions says one, in whatever words."""
    harmless = sets_none(value) or _GRANTED.search(value) or _NONE.fullmatch(value)
    return not harmless and not urls(value) and len(_WORD.findall(value)) > 1


_NONE = re.compile(
    r"\W*(?:no(?:ne)?|not|nothing|unknown|n/?a|see|as|like|cc|mit|apache)\b.*", _I | re.DOTALL
)
FEWEST_WORDS = 4
"""Fewest words of a clause that says something by itself."""
_GRANTED = re.compile(words.GRANTED, _I)
_DESCRIBED = re.compile(words.DESCRIBED, _I)
_BEARING = re.compile(
    "|".join(
        (
            words.BEARING,
            words.OBLIGES,
            words.LIMITS,
            words.ACT,
            words.PASSING_ON,
            words.LEAVE,
            words.WHO,
            words.PAID,
        )
    ),
    _I,
)
_OBLIGES = re.compile(words.OBLIGES, _I)
_LEADS = re.compile(r"\W*(?:by|if|when|in|for|as|to|since|because|with|although|according)\s", _I)
"""What stands before the clause that says something."""
_IF = re.compile(
    r"\W*(?:if|when|whenever)\s(?:you|anyone|one)\s(?:\w+\s){0,2}?(?:us|reus|find|build|work|publish|download|chang|adapt|remix)\w*",
    _I,
)
_TITLE = re.compile(r"[\s>*_#-]{0,12}[“\"«„][^”\"»\n]{5,300}[”\"»][\s*_.,]{0,12}")
"""A title in quotation marks alone."""
_OWNERS = re.compile(r"\W*(?:\(c\)|©|copyright)", _I)
_PARTS = re.compile(
    r"[;–—。！；]|:\s|\s(?:but|however|although|unless|except|while|whereas|otherwise)\s|,\s(?=(?:but|if|you|users?|all|any|every|no|only|others?|please)\b)",
    _I,
)
_SPOKEN = re.compile(
    r"(?<!\w)(?!(?:and|the|for|von|und|les|des|del|los|las)\b)[^\W\d_A-ZÀ-ÞА-Я][^\W\d_]{2,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0600-\u06ff]"
)
"""Words in lower case: names of people and places are none."""
_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def _denied(text: str) -> tuple[int, int] | None:
    """Where an act, a person or a leave stands right after a word that denies it."""
    inside = len(_PORTUGUESE.findall(text)) >= _SURELY
    ends = [m.end() for m in _DENIES.finditer(text) if not (inside and m[0].lower() == "no")]
    if not ends:
        return None
    things = sorted(m.span() for p in (ACT, PASSING_ON, LEAVE, WHO) for m in p.finditer(text))
    for end in ends:
        at = bisect_left(things, (end, 0))
        between = text[end : things[at][0]] if at < len(things) else "."
        if not {".", ";"} & set(between) and len(between.split()) <= _BETWEEN:
            return max(end - 1, 0), things[at][1]
    return None


_PORTUGUESE = re.compile(words.PORTUGUESE, _I)
_SURELY = 2
_BETWEEN = 5
"""Most words between a denial and what it denies."""
