"""What a license is said not to cover: a part named by leaving it out, or by licensing no other.

"The license does not apply to the audio", "for the annotations only", "everything but the maps":
nothing is said of the terms of what is left, so that the whole cannot be as open as the license.
"""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.frozen import frozen

REST = "everything else"
"""The name of what is left where only what is covered is named."""
_I = re.IGNORECASE
_WORD = r"[\w'’/&-]{1,30}"
_LICENSE = r"(?:licen[sc]e[sd]?\b|licen[sc]ing\b|\s{3})"
_ONLY = r"(?:only|solely|exclusively|just|merely)"


_DETERMINERS = r"(?:(?:the|any|all|our|its|their|these|those|said|some|other|original)\s){0,3}"
_STOPS = r"(?!(?:is|are|was|were|and|or|but|under|which|that|because|as|by|in|on|from|of|for|with|if|unless|only|may|must|can|cannot|remains?)\b)"


def _part(name: str) -> str:
    """A pattern for the name of a part, up to four words."""
    return rf"{_DETERMINERS}(?P<{name}>{_STOPS}{_WORD}(?:\s{_STOPS}{_WORD}){{0,3}})"


_NOT_COVERED = re.compile(
    rf"\b(?:does|do|did|shall|will)(?:\s(?:explicitly|also|necessarily|therefore))?(?:\snot|n['’]t)\s(?:explicitly\s)?(?:apply|extend|pertain|cover|include|license|grant\s(?:you\s)?(?:any\s)?rights?)\s(?:to\s|over\s|in\s)?{_part('a')}"
    rf"|\bno\s(?:licen[sc]e|rights?|permissions?)\s(?:is|are)\s(?:given|granted|provided|offered)\s(?:for|to|in|over|on)\s{_part('e')}"
    rf"|\bexcludes?\s{_part('b')}|\bbut\snot\s(?:to\s|for\s|of\s|on\s)?{_part('c')}"
    rf"|\beverything\sbut\s{_part('f')}"
    rf"|\b(?:except(?:\sfor|ing)?|excluding|excepting|with\sthe\sexception\sof|other\sthan|apart\sfrom|but\sfor|save\sfor)\s{_part('d')}",
    _I,
)
_SUBJECT_OUT = re.compile(
    rf"{_part('a')}\s(?:is|are|remain)\s(?:explicitly\s|itself\s|themselves\s)?(?:not|never)\s(?:being\s)?(?:covered|included|licensed|part\b|subject)(?:\s(?:by|under|in|of|to|as))?(?:\s(?:this|the|our|that|any|its|open|same))*\s?(?:{_LICENSE}|grant\b)",
    _I,
)
_OWN_TERMS = re.compile(
    rf"{_part('a')}\s(?:is|are)\s(?:explicitly\s)?(?:excluded|exempt(?:ed)?|omitted)\sfrom\s(?:\w+\s){{0,3}}{_LICENSE}"
    rf"|(?:^|[.;,]\s){_part('b')}\s(?:have|has|keeps?|retains?|carry|comes?\swith|falls?\sunder|(?:is|are)\s(?:under|subject\sto|governed\sby)|remains?\sunder)\s(?:their|its)\s(?:own|respective)\s(?:\w+\s)?(?:terms|licen[sc]es?|copyrights?|conditions|rights)",
    _I,
)
_ONLY_COVERS = re.compile(
    rf"\b(?:appl(?:y|ies)|extends?|pertains?)\s(?:{_ONLY}\s)?to\s{_part('a')}\s{_ONLY}\b"
    rf"|\b(?:appl(?:y|ies)|extends?|pertains?)\s{_ONLY}\sto\s{_part('b')}|\b{_ONLY}\s(?:appl(?:y|ies)|extends?|pertains?)\sto\s{_part('c')}"
    rf"|\b(?:covers?\s{_ONLY}|{_ONLY}\scovers?)\s{_part('d')}|\b(?:is|are)\s(?:limited|restricted|confined)\sto\s{_part('e')}"
    rf"|^\W*{_ONLY}\s{_part('f')}\s(?:is|are)\s(?:\w+\s){{0,3}}(?:under|covered|licensed|released|available|open|published)"
    rf"|\b(?:for|on)\s{_part('g')}\s{_ONLY}\b|\bcovers?\s{_part('h')}\s(?:and\snothing\selse|alone)\b|\blicen[sc]e\s{_ONLY}\s{_part('i')}",
    _I,
)
_NO_THING = re.compile(
    r"\b(?:where|when|whenever|if|as|that|noted|stated|otherwise|indicated|specified|marked|mentioned|commercial(?:ly)?|purposes?|uses?|users?|compan\w+|trademarks?|logos?|names?"
    r"|patents?|warrant\w+|liabilit\w+|you|us|we|they|it|this|attribution|credit|citation|research|academic|education\w*|scientific|non|not|to|compliance|permission\w*|modifications?"
    r"|redistribut\w+|terms|conditions|license|licence|ones?|those|following|above|below|others?|time|first|reasons?|information|change\w*|version|years?|days?|english|all|many|most|each|every|therefore)\b"
    r"|^(?:underlying|upstream|original|source)\b.*\b(?:data-?sets?|databases?|corpus|corpora|benchmarks?|papers?|projects?)$",
    _I,
)
_OF_OTHERS = re.compile(
    r"^(?:sources?|originals?|third[-\s]party\s\w+|components?|parts?|subsets?|datasets?|individual\s\w+)$",
    _I,
)
"""What as a rule keeps its terms without the license being denied to a part of the set."""
_CODE = re.compile(
    r"\b(?:code|codebase|scripts?|software|tool\w*|program\w*|notebooks?|models?|weights|checkpoints?|repository|repo|files?\sin|dependenc\w+|librar\w+|packages?|website)\b",
    _I,
)
_WHOLE = re.compile(
    r"^(?:data-?sets?|data|corpus|corpora|database|benchmark|collection|work|content|contents|material|materials|release|resource|repository|package|project)$",
    _I,
)


_NOT_HELD = re.compile(
    r"\blinked(?:\s(?:to|only))?,?\s(?:rather\sthan|instead\sof|and\snot|not|but\snot)\s(?:being\s)?(?:re-?packaged|redistributed|included|copied|hosted|bundled|mirrored|shipped)\b"
    r"|\b(?:not|n['’]t|never)\s(?:\w+\s)?(?:a\s)?(?:part\sof|included|contained|distributed|shipped|hosted|redistributed)\s(?:in|with|by|here|within)?\s?(?:this|the)\s(?:data\s?set|corpus|release|repo|repository|card|package|download)\b",
    _I,
)
"""What is no part of a set needs no license there."""
_SPEAKS = re.compile(rf"{_LICENSE}|\bterms\b|\brights\b|\bby\s(?:this|that|the)\sgrant\b", _I)


@frozen
class LeftOut:
    """A part that a license does not cover, and where the words that say so stand."""

    part: str
    at: int
    end: int


def left_out(text: str, named: bool) -> LeftOut | None:
    """The first part that a sentence leaves out of the license it speaks of; ``None``: none.

    ``text`` has the names of licenses blanked; ``named`` says whether there were any. Code and
    models are no part of a set, and a license "except where noted" covers the whole.
    """
    if (not named and _SPEAKS.search(text) is None) or _NOT_HELD.search(text):
        return None
    for pattern in (_SUBJECT_OUT, _OWN_TERMS, _NOT_COVERED):
        for match in pattern.finditer(text):
            part = _thing(match)
            if part is None or (pattern is _OWN_TERMS and _OF_OTHERS.search(part)):
                continue
            if not _CODE.search(part) and not _is_whole(part):
                return LeftOut(part, match.start(), match.end())
    for match in _ONLY_COVERS.finditer(text):
        part = _thing(match)
        if part is not None and not _CODE.search(part) and not _is_whole(part):
            return LeftOut(REST, match.start(), match.end())
    return None


def _is_whole(part: str) -> bool:
    return _WHOLE.fullmatch(part) is not None


def _thing(match: re.Match[str]) -> str | None:
    """What a pattern captured, where it can be a part of a set."""
    words = next(g for g in match.groups() if g)
    part = " ".join(words.split()).strip(" -'’/&")
    return None if not part or _NO_THING.search(part) else part
