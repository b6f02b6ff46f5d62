"""Who may use something, and where, as an agreement asks one to say of oneself."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.vocabulary.restrictions import Restriction

_I = re.IGNORECASE
_SCHOLAR = (
    r"(?:student|academic|researcher|scientist|scholar|professor|teacher|educator|faculty|phd|postdoc"
    r"|universit|college|school|non-?profit|research\s(?:institut|organi[sz]ation|group|lab))"
)
_WHO: tuple[tuple[re.Pattern[str], Restriction], ...] = (
    (
        re.compile(
            rf"\b(?:i|we)\s?(?:am|are|['’]m|['’]re|work|stud(?:y|ies)|belong|represent)\s(?!(?:asking|going)\b)(?:\w+\s){{0,6}}?{_SCHOLAR}"
            rf"|\b(?:given|granted|restricted|limited|open|available|reserved|provided|only)\s(?:only\s)?(?:to|for)\s(?:\w+\s){{0,5}}?{_SCHOLAR}"
            rf"|\b(?:my|our)\s(?:organi[sz]ation|institution|employer|affiliation)\s(?:is|are)\s(?:\w+\s){{0,3}}?{_SCHOLAR}"
            r"|\b(?:my|our|the|intended)\s(?:\w+\s){0,2}(?:use|purpose|project)\s(?:is|are|will\sbe)\s(?:\w+\s){0,2}(?:academic|non-?commercial|non-?profit|scientific|educational|research)"
            rf"|\bonly\s(?:\w+\s){{0,3}}?{_SCHOLAR}\w{{0,8}}\s(?:will|may|can|are|get|receive)\b"
            rf"|\baccess\s(?:is\s)?(?:only\s)?(?:for|to|by)\s(?:[\w-]+\s){{0,3}}?{_SCHOLAR}"
            rf"|\b{_SCHOLAR}\w{{0,8}}\s(?:\w+\s){{0,3}}?only\b",
            _I,
        ),
        Restriction.RESEARCH_ONLY,
    ),
    (
        re.compile(
            r"\b(?:i|we)\s(?:do\snot|don['’]t|am\snot|are\snot)\s(?:\w+\s){0,5}?(?:compan(?:y|ies)|corporation|business|for-profit|commercial|industry)",
            _I,
        ),
        Restriction.NON_COMMERCIAL,
    ),
    (
        re.compile(
            r"\b(?:I|[Ww]e)\s(?:am|are|live|reside|work|will|study|do)\b(?:\s[\w,'’-]{1,20}){0,6}?\s(?:in|within|inside|outside|from)\s(?:the\s)?(?:[A-Z]{2,3}\b|[A-Z][a-z]{2,20})"
            r"|\b[Oo]nly\s(?:\w+\s){0,4}?(?:in|within|inside|outside)\s(?:the\s)?(?:[A-Z]{2,3}\b|[A-Z][a-z]{2,20})"
            r"|\b[Ww]ith\s(?:the\s)?members\sof\b"
            r"|\b(?:located|based|resident)\s(?:\w+\s)?(?:in|within|inside|outside)\s(?:the\s)?(?:[A-Z]{2,3}\b|[A-Z][a-z]{2,20})"
        ),
        Restriction.USE_RESTRICTIONS,
    ),
    (
        re.compile(
            r"\b(?:delete|destroy|erase)\s(?:\w+\s){0,6}?(?:after|at\sthe\send|once|when|within|by)\b",
            _I,
        ),
        Restriction.USE_RESTRICTIONS,
    ),
)
_RESEARCH = re.compile(
    rf"\b(?:research|academi|education|teaching|studies|study|learning|scientific|personal|hobby|non-?commercial|thesis)|{_SCHOLAR}",
    _I,
)
_WIDER = re.compile(
    r"\b(?:other|commercial|product|industr|business|compan|engineer|developer|startup|journalis|government|any)",
    _I,
)


def who_may(sentence: str) -> tuple[int, Restriction] | None:
    """Where a sentence of an agreement limits who may use a thing or where, and by which term."""
    for pattern, term in _WHO:
        match = pattern.search(sentence)
        if match is not None:
            return match.start(), term
    return None


def is_research(option: str) -> bool:
    """Whether an option to choose is a kind of research, study or private use."""
    text = option.replace("non-commercial", "research").replace("Non-commercial", "research")
    return _RESEARCH.search(text) is not None and _WIDER.search(text) is None
