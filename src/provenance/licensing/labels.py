"""Labels that announce a license without a heading: "License", "**License:** …", in HTML."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing import clauses
from provenance.licensing.list_heads import MAX_HEAD
from provenance.licensing.questions import is_bold_question

_LABEL = re.compile(
    r"^[\s>*_#-]{0,12}(?:<(?:tr|h[1-6]|b|strong|p|th|td)>){0,2}(?:the\s)?(?:data(?:set)?\s)?"
    r"(?:licen[sc](?:es?|ing)|copyright|authori[sz]ation\stype)(?:\s(?:information|info))?[\s*_]{0,6}:?[\s*_]{0,6}"
    r"(?:</(?:h[1-6]|b|strong|p|th|td)>){0,2}\s{0,6}$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:[\s>*_#-]|<(?:b|strong|p|li|td|th|tr|table)>){0,8}(?:(?:data(?:set)?\s|model\s|usage\s(?:and\s)?|use\s(?:and\s)?)?licen[sc](?:e|es|ing)"
    r"|terms\sof\suse|usage\srights|authori[sz]ation\stype)(?:\s(?:and|&|/)\s\w+|\sinformation|\snotices?|\sterms)?(?:[\s*_]{0,4}(?:</(?:b|strong)>)?:|[*_]{2}|</(?:b|strong|th|td)>)[\s*_<]",
    re.IGNORECASE,
)
"""A label before a sentence: "**License:** …", "**Usage and License Notices**: …"."""
MAX_LABEL = 80
"""Longest label in bold, in characters, below which a license is looked for."""
_BOLD_LABEL = re.compile(
    r"\s*(?:\d{1,2}[.)]\s)?\*\*(?:\d{1,2}[.)]\s)?([^*\n]{3,60}?)\s?:?\*\*:?\s*"
)
_LICENSE_WORD = re.compile(rf"licen[sc](?:e|es|ing)\b|{clauses.LICENSE_HEADING}", re.IGNORECASE)
TAGS = re.compile(r"<[^<>]{1,300}>")
_PLAIN_TAG = re.compile(r"</?\w{1,10}(?:\s[^<>]{0,30})?>")
_ENDS_LABEL = re.compile(r"</(?:summary|dt|th|strong|b|h[1-6])>\s{0,4}:?", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether a paragraph is only a label "License" or a question on it, in Markdown or HTML."""
    if is_bold_question(text):
        return True
    bold = _BOLD_LABEL.fullmatch(text) if "**" in text and len(text) <= MAX_LABEL else None
    if bold is not None and _LICENSE_WORD.match(bold[1]):
        return True
    short = "<" in text and len(text) <= MAX_HEAD
    return _LABEL.fullmatch(_PLAIN_TAG.sub(" ", text) if short else text) is not None


def is_labelled(text: str) -> bool:
    """Whether a paragraph begins with a label that speaks of a license."""
    if _LABELLED.match(text) is not None:
        return True
    if "<" not in text:
        return False
    plain = TAGS.sub(" ", _ENDS_LABEL.sub(": ", text[:MAX_HEAD]))
    return _LABELLED.match(plain) is not None
