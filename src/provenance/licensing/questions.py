"""Questions on licensing, as "Datasheets for Datasets" (Gebru et al., 2018) asks them of a set.

They are longer than a heading that only names a license, and what stands below is their answer.
"""

from __future__ import annotations

from provenance import lazy_re as re

_I = re.IGNORECASE
_QUESTION = re.compile(
    r"\W*(?:[a-z]?\d{1,3}(?:\.\d{1,3}){0,3}\W{1,3})?(?:under|what|which|how|will|is|are|has|have|do|does)\b[^?]{0,200}?\b"
    r"(?:licen[sc](?:es?|ed|ing)|terms\sof\suse|(?:ip-based|regulatory|export)\s(?:\w+\s){0,3}restrictions|export\scontrols?)\b",
    _I,
)
_OF_OTHERS = re.compile(
    r"[^?]{0,300}\b(?:external\sresources|rely\son|source\sdata|other\sdata\s?sets|code|software|scripts?)\b",
    _I,
)
"""Words of a question on what the set was made with, and not on the set."""
_BOLD = re.compile(r"\s*(?:[-*+]\s+)?(?:\d{1,3}[.)]\s)?\*\*([^*\n]{8,400}\?)\W*")
_SHORT = 60
"""Longest heading, in characters, that only names what stands below it."""


def asks_for_license(heading: str) -> bool:
    """Whether a heading asks for the license of the set, or for what restricts it.

    "Will the dataset be distributed under a copyright or other intellectual property (IP) license,
    and/or under applicable terms of use (ToU)?" does.
    """
    asks = "?" in heading and _QUESTION.match(heading) is not None
    return asks and _OF_OTHERS.match(heading) is None


def asks_of_others(heading: str) -> bool:
    """Whether a heading asks for the licenses of what the set was made with or rests on."""
    return len(heading) > _SHORT and "?" in heading and _OF_OTHERS.match(heading) is not None


def is_bold_question(text: str) -> bool:
    """Whether a paragraph is only such a question in bold, which stands for a heading."""
    bold = _BOLD.fullmatch(text) if "**" in text and "?" in text else None
    return bold is not None and asks_for_license(bold[1])
