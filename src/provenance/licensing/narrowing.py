"""Clauses outside of a licensing section: whether they limit the use of the very set."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing.passages import Passage
from provenance.licensing.wording import Limits, speaks_of_nothing_else, speaks_of_this
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
    r"limitation|intended|\buses?\b|usage|disclaimer|scope|\bnotes?\b|notice|ethic|access|restrict"
    r"|warning|consideration|important|availability|声明|注意|限制|免责|nutzung|hinweis|uso|avis",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:we\s(?:only\s)?(?:used?|collect|select|obtain|choose|chose|filter|crawl|remove|exclude)|were\s(?:only\s)?(?:selected|collected)"
    r"|\bwe\s(?:did|have|had|could)\s?(?:not|n['’]t)\s(?:test|evaluat|assess|stud|consider|investigat|examin|includ|validat)\w*"
    r"|models?\s(?:trained|that)|baselines?|leaderboard|state-of-the-art)\b",
    re.IGNORECASE,
)


_DEONTIC = re.compile(
    r"^\W*(?:the|these|all)\s(?:\w+\s){0,2}(?:recordings?|images?|photos?|videos?|texts?|files?|audio|songs?"
    r"|pictures?|transcripts?|annotations?|labels?|samples?|documents?|articles?)\b.{0,120}?"
    r"\b(?:may|must|can|shall|should)\s(?:only\s|not\s)?(?:be\s)?(?:only\s)?(?:used|distributed|shared|sold)\b",
    re.IGNORECASE,
)
"""What may be done with the things that a set holds."""
_OF_DATA = re.compile(r"\b(?:data|datasets?|corpus|corpora)\b|数据|データ", re.IGNORECASE)
_OF_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?)\b|模型|モデル|모델", re.IGNORECASE)


def narrows_this(passage: Passage, text: str, limits: Limits, model_card: bool) -> bool:
    """Whether a sentence outside of a licensing section limits the use of this set.

    There "not shared" or "on request" mostly tell how the set was made; who may use it for what,
    and that it must not be distributed, is said of the set. A clause without a subject ("Not for
    commercial use"), and one below a heading on use or limits, speak of the set as well.
    """
    if model_card and _OF_DATA.search(text) and not _OF_MODEL.search(text):
        return False
    if not STRONG & set(limits.restrictions):
        return "distribut" in text.lower() and speaks_of_this(text)
    if speaks_of_this(text):
        return True
    if passage.source or _OF_OTHERS.search(text):
        return False
    if _DEONTIC.search(text):
        return True
    return speaks_of_nothing_else(text) or USE_HEADING.search(passage.heading) is not None
