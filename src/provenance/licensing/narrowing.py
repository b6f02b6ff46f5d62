"""Clauses outside of a licensing section: whether they limit the use of the very set."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing.limits import Limits, limits_in
from provenance.licensing.passages import TermsPassage
from provenance.licensing.wording import speaks_of_code, speaks_of_nothing_else, speaks_of_this
from provenance.vocabulary.restrictions import Restriction

STRONG = frozenset(
    {
        Restriction.NON_COMMERCIAL,
        Restriction.RESEARCH_ONLY,
        Restriction.NO_TRAINING,
        Restriction.MODEL_OUTPUT_TERMS,
        Restriction.NO_DERIVATIVES,
    }
)
"""Terms that a clause says of the set wherever it stands."""
USE_HEADING = re.compile(
    r"limitation|intended|\buse[sd]?\b|\busing\b|usage|disclaimer|scope|\bnotes?\b|notice|ethic|access|restrict"
    r"|warning|consideration|important|availability|terms|rules|rights|permitted|prohibit|allowed|contact|polic|conditions|声明|注意|限制|免责|nutzung|hinweis|uso|avis",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:we\s(?:only\s)?(?:used?|collect|select|obtain|choose|chose|filter|crawl|remove|exclude)|were\s(?:only\s)?(?:selected|collected)"
    r"|\bwe\s(?:did|have|had|could)\s?(?:not|n['’]t)\s(?:test|evaluat|assess|stud|consider|investigat|examin|includ|validat)\w*"
    r"|models?\s(?:trained|that)|baselines?|leaderboard|state-of-the-art)\b",
    re.IGNORECASE,
)


_HOUSE = re.compile(
    r"^\W*(?:strictly\s|company\s)?(?:confidential|internal\suse|proprietary)\b", re.IGNORECASE
)
_AIM = re.compile(
    r"\bto\s(?:ensure|avoid|prevent|make\ssure)(?:\s\w+){0,3}\s(?:not|never|no)\b", re.IGNORECASE
)
"""What something was made for: "written by hand to ensure it is not in a training set"."""
_TESTED_WITH = re.compile(
    r"\b(?:annotat\w+|labell?ed|real|remaining|rest|other|hidden|held-?out|human|gold|test|validation|dev|evaluation|second|third|last|latter|split|subset|portion|part|half|samples?|examples?|images?|questions?|items?)\b"
    r"[^.;]{0,40}\b(?:is|are|was|were)\s(?:only|solely|exclusively|strictly)?\s?used\s(?:only|solely|exclusively|strictly)?\s?"
    r"(?:for|in|during)\s(?:\w+\s){0,2}(?:evaluat|test|validat|compar|benchmark)",
    re.IGNORECASE,
)
"""What a part was used for by those who made the set: "the annotated data is used solely for
evaluation purposes" tells of a split; "may only be used for evaluation" limits a use."""
_ASKED = re.compile(
    r"permission|consent|approv|authori[sz]|\bask\b|\bcontact\b|contract|licen[sc]|internal|confidential|restricted|otherwise|other\suse|embargo|member|partner|employee|staff|consorti|unauthori|\bok\b",
    re.IGNORECASE,
)
"""Words of a use that has to be asked for, or stays in the house."""
_TOLD = re.compile(
    r"\b(?:we|i)\s(?:\w+\s){0,3}(?:asked|obtained|received|had|have|got|used|were|collected|recorded)\b"
    r"|\b(?:was|were|has\sbeen|have\sbeen|had)\b|participants|subjects|patients|speakers|annotators|volunteers|\birb\b|ethic",
    re.IGNORECASE,
)
"""Words that tell how the set was made, and who was asked then."""


_TAGS = re.compile(r"<[^<>]{1,300}>")
_DEONTIC = re.compile(
    r"^\W*(?:the|these|all|any|our)\s(?:[\w'’-]{1,30}\s){1,4}?(?:may|must|can|shall|should|is\sto|are\sto)\s(?:only\s|not\s|never\s)?(?:be\s)?"
    r"(?:only\s)?(?:used|reused|distributed|redistributed|shared|sold|copied|exploited)\b"
    r"|^\W*(?:the|these|all|our)\s(?!(?:\w+\s)?(?:original|source|underlying|upstream|raw|previous|first|parent)\b)(?:[\w'’-]{1,30}\s){1,3}?(?:is|are)\s(?:strictly\s|provided\s|meant\s|intended\s)?(?:not|only)\sfor\b",
    re.IGNORECASE,
)
"""What may be done with the things that a set holds."""
_OF_DATA = re.compile(r"\b(?:data|datasets?|corpus|corpora)\b|数据|データ", re.IGNORECASE)
_OF_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?)\b|模型|モデル|모델", re.IGNORECASE)


_A_USE_OF_MANY = re.compile(
    r"[\W_]*non[-‐‑\s]?commercial\s(?:\w{3,20}\s){0,2}(?:research|stud(?:y|ies)|experiments?|work)\s(?:on|in|into|about|of)\s"
    r"(?!.{0,200}\b(?:only|solely|exclusively|must|not|prohibited|forbidden|disallowed|no)\b)",
    re.IGNORECASE,
)
"""A use that a set is meant for, by its topic: "non-commercial research on image quality"."""


def _tells_of_a_split(text: str) -> bool:
    """Whether the limits that ``text`` seems to set are all in its tale of a part."""
    told = _TESTED_WITH.search(text)
    return told is not None and limits_in(f"{text[: told.start()]}{text[told.end() :]}") is None


def narrows_this(passage: TermsPassage, text: str, limits: Limits, model_card: bool) -> bool:
    """Whether a sentence outside of a licensing section limits the use of this set.

    There "not shared" or "on request" mostly tell how the set was made; who may use it for what,
    and that it must not be distributed, is said of the set. A clause without a subject ("Not for
    commercial use"), and one below a heading on use or limits, speak of the set as well.
    """
    if model_card and _OF_DATA.search(text) and not _OF_MODEL.search(text):
        return False
    if _AIM.search(text) or _tells_of_a_split(text):
        return False
    if not STRONG & set(limits.restrictions):
        if Restriction.USE_RESTRICTIONS not in limits.restrictions or passage.source:
            return "distribut" in text.lower() and speaks_of_this(text)
        if _TOLD.search(text):
            return False
        asked = "distribut" in text.lower() or _ASKED.search(text) is not None
        house = _HOUSE.search(text) is not None
        told = house or USE_HEADING.search(passage.heading) is not None
        bare = speaks_of_nothing_else(text) and told
        return asked and (speaks_of_this(text) or bare)
    if speaks_of_this(text):
        return True
    if _A_USE_OF_MANY.match(text) and "intended" in passage.heading.lower():
        return False
    if passage.source or _OF_OTHERS.search(text):
        return False
    if _DEONTIC.search(text) and not speaks_of_code(text, model_card):
        return True
    plain = _TAGS.sub(" ", text)
    return speaks_of_nothing_else(plain) or USE_HEADING.search(passage.heading) is not None
