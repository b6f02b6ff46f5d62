"""Two or three words that stand alone and limit the use: "Academic use.", "Restricted"."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.vocabulary.restrictions import Restriction

_WHO = (
    r"(?:non-?profit|academic|research|educational|education|scientific|scholarly|teaching|study"
    r"|stud(?:y|ies|ying)|evaluation|universit(?:y|ies)|classroom|students?|academia|researchers)"
)
_MORE = rf"(?:\s?(?:,|/|&|and|or)\s?(?:\w+[\s-])?{_WHO}){{0,3}}"
_LEAD = r"[\W_]*+(?:(?:for|only|strictly|solely|just|licensed|license|limited\sto|restricted\sto|use|used|free)[\s:]+){0,3}"
_RESEARCH = re.compile(
    rf"{_LEAD}(?:non-?commercial\s)?{_WHO}{_MORE}\s(?:use|usage|purposes?|work|licen[sc]e|users|access)(?:\sonly)?[\W_]*"
    rf"|{_LEAD}{_WHO}{_MORE}(?:\s(?:use|purposes?))?[\s-]only[\W_]*",
    re.IGNORECASE,
)
_COMMERCE = re.compile(
    rf"{_LEAD}(?:non-?commercial|personal|private|hobby)(?:\s(?:use|usage|purposes?))?(?:\sonly)?[\W_]*|\W*(?:nc|no\scommercial\suse)\W*",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"[\W_]*+(?:(?:for|strictly|company|highly)\s)?(?:internal(?:\s(?:use|purposes?))?(?:\sonly)?|confidential|proprietary(?:\sdata)?|restricted(?:\s(?:use|access|data))?|closed|private"
    r"|not\sfor\s(?:public|general|external)\s(?:use|release)|(?:use|available|access)?\s?(?:with|by|on)\spermission(?:\sonly)?|permission\srequired|do\snot\suse|no\slicen[sc]e\sgranted)[\W_]*",
    re.IGNORECASE,
)


def alone(text: str) -> tuple[Restriction, ...]:
    """The term of a text that is nothing but these words; empty for any other."""
    if len(text) > _LONGEST:
        return ()
    if _RESEARCH.fullmatch(text):
        return (Restriction.RESEARCH_ONLY,)
    if _COMMERCE.fullmatch(text):
        return (Restriction.NON_COMMERCIAL,)
    return (Restriction.USE_RESTRICTIONS,) if _HOUSE.fullmatch(text) else ()


_LONGEST = 80
