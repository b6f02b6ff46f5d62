"""What a clause says that sets no condition, whatever words for one stand in it."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing import unread_words as words

_I = re.IGNORECASE


def without_harmless(text: str) -> str:
    """``text`` with every clause blanked that is known to set no condition."""
    kept: list[str] = []
    start = 0
    for cut in (*(m.start() for m in _CLAUSE.finditer(text)), len(text)):
        clause = text[start:cut]
        start = cut
        beside = clause.startswith("(") and kept and not kept[-1].strip()
        if _tells(clause) or (beside and not _DEMANDS.search(clause)):
            kept.append(" " * len(clause))
        else:
            kept.append(_rest(clause) if _HARMLESS.search(clause) else clause)
    return "".join(kept)


def sets_none(clause: str) -> bool:
    """Whether a word in ``clause`` is one of clauses that set no condition."""
    return _tells(clause) or _HARMLESS.search(clause) is not None


def _tells(clause: str) -> bool:
    return _ANOTHER.match(clause) is not None or _TOLD.search(clause) is not None


def _rest(clause: str) -> str:
    """A clause with a harmless word in it: nothing of it, or what else it firmly asks.

    "Cite us and pay a fee": naming the makers is asked by the license anyway, the fee is not. Only
    words that stand beside a condition as easily as beside none are blanked by themselves, and
    none that is what a limit comes to ("only with credit").
    """
    blank = " " * len(clause)
    kept: list[str] = []
    start = 0
    for match in _HARMLESS.finditer(clause):
        if not _ASIDE.search(match[0]) or _COMES_TO.search(clause, 0, match.start()):
            return blank
        kept += [clause[start : match.start()], " " * len(match[0])]
        start = match.end()
    rest = "".join((*kept, clause[start:]))
    passed = FORBIDS.search(rest) and PASSING_ON.search(rest)
    asked = LEAVE.search(rest) and ASKED.search(rest)
    told = LIMITS.search(rest) and WHO.search(rest)
    firm = _PAID.search(rest) or ONLY_FOR.search(rest) or asked or passed or told
    return rest if firm else blank


_PAID = re.compile(words.PAID, _I)
_ASIDE = re.compile(
    r"warrant|liab|as.is\b|guarant|credit|attribut|\bcit|acknowledg|notice|zitier|namensnennung|citan|citar|citer|menci|署名|注明|出典|引用|출처|share.?alike"
    r"|same\slicen|free\sof\s(?:charge|cost)|royalty",
    _I,
)
"""Harmless words that say nothing of the rest of their clause."""
_COMES_TO = re.compile(
    r"\b(?:without|only|unless|until|except|if|when|where|provided|as\slong\sas|so\slong\sas|on\scondition|but)\W+(?:[\w'’]+\W+){0,5}$",
    _I,
)
"""What stands before a word that is itself all that a limit asks for."""
ONLY_FOR = re.compile(
    rf"\b(?:only|solely|exclusively|strictly|no\sother)\s(?:\w+\s){{0,4}}?(?:for|to|in|within)\s(?:\w+\s){{0,3}}?(?:{words.PURPOSE})|\b(?:{words.PURPOSE})\s(?:\w+\s){{0,3}}?(?:only|exclusively|(?:and\s)?(?:in\s|for\s)?no\sother)\b",
    _I,
)
"""A purpose named as the only one."""
_CLAUSE = re.compile(
    r"[;:()\[\]–—。！；，、]|,\s(?=(?:you|we|it|they|users?|the|this|these|please|which|who|ask|do|any|no)\b)|\.\s|\n\s*\n|\s(?:but|however|although|though|yet|while|whereas|aber|jedoch|mais|pero|mas|ma)\s"
    r"|\s(?:and|or|und|et|y|e)\s(?=(?:you\s|they\s|users?\s)?(?:(?:do|must|may|shall|can|should|will|is|are)\s(?:not|only)|not\s|never\s|no\s|only\s|nicht\s|ne\s))",
    _I,
)
_HARMLESS = re.compile(words.HARMLESS, _I)
FORBIDS = re.compile(words.FORBIDS, _I)
LIMITS = re.compile(words.LIMITS, _I)
LEAVE = re.compile(words.LEAVE, _I)
ASKED = re.compile(words.ASKED, _I)
PASSING_ON = re.compile(words.PASSING_ON, _I)
WHO = re.compile(words.WHO, _I)
_ANOTHER = re.compile(
    r"\W*+(?:(?:the|an?|every|each|all|any|some|other|most|many|our|its|such|these|those|this|both|remaining)\s){0,3}(?:\w[\w-]{0,30}\s){0,2}?"
    r"(?:tasks?|categor(?:y|ies)|predictions?|inference|baselines?|scripts?|tools?|notebooks?|harness(?:es)?|pipelines?|agents?|answers?|responses?|prompts?|metrics?|evaluations?"
    r"|loaders?|columns?|leaderboards?|questions?|solvers?|simulations?|endpoints?|drafts?|arms|generations|experiments?|procedures?|folds?)"
    r"\s(?:uses?|rel(?:y|ies)\son|calls?|loads?|reads?|writes?|is|are|was|were|must|may|should|can|cannot|will|has|have|needs?|runs?|do|does|requires?|only)\b",
    _I,
)
"""A clause that has another thing than the set for its subject: "Every task must run …"."""
_DEMANDS = re.compile(
    r"\b(?:not|no|never|only|must|may|shall|should|need|needs|requires?|without|except|unless|until|nobody|for)\b",
    _I,
)
"""Words without which a parenthesis only says more of what stands before it."""
_TOLD = re.compile(
    r"^\W*+(?:this|the|our)\s(?:data\s?set|corpus|collection|benchmark|release|repo(?:sitory)?|card|project|compilation|mirror|export|snapshot|dump)\s(?!(?:requires|needs|remains|stays|belongs|has|is|was|expires|ends|comes|falls|carries|prohibits|forbids|costs|allows|permits|excludes|restricts|limits|depends|serves)\b)\w{3,14}s\s"
    r"|\bconsult\s(?:with\s)?(?:an?|your|the|qualified|licensed)\s(?:[\w-]+\s){0,4}(?:attorney|lawyer|counsel|professionals?|experts?|physician|doctor|clinician|advis[eo]r|accountant|broker|specialist|authority)s?\b"
    r"|\bonly\s(?:so|to)\s(?:that\s)?(?:we\s(?:can|may|know)|count|track|know|understand|see|measure|keep\s(?:count|track))\b"
    r"|\bwe\s(?:have|had)\s(?:only|so\sfar|not\syet|currently)\s(?:only\s)?\w{3,12}ed\b|\bfreely\s\w{4,16}able\b|\breserved\s(?:\w+\s)?(?:doi|words?|names?|ids?|tokens?|fields?|slots?|range)\b"
    r"|\bno\s(?:[\w-]+\s){1,5}(?:has|have)\s(?:yet\s)?been\s\w{3,12}ed\b|\bneeds?\sno\s(?:permission|consent|licen[sc]e)\b"
    r"|\bearl(?:y|ier)\saccess\b|\b(?:pertenc\w+|pertenece\w*|appartien\w+|appartengono|gehör(?:t|en))\b",
    _I,
)
"""What tells of makers, of professionals to ask, or of whose something is."""
