"""Sets whose records state their license, each its own: what says so, and in which column."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.cards.card import Card
from provenance.cards.yaml_tree import Scalar, YamlMapping, YamlNode, YamlSequence
from provenance.report.license import RECORDS

_I = re.IGNORECASE
_RECORD = r"(?:records?|documents?|samples?|rows?|entr(?:y|ies)|examples?|instances?|images?|files?|items?|texts?|pages?|articles?|clips?|recordings?|posts?|questions?|comments?|videos?|photos?|books?|works?|songs?|tracks?|answers?|messages?|tweets?|repositor(?:y|ies)|papers?)"
_OWN = re.compile(
    rf"\b(?:each|every|individual)\s(?:\w+\s){{0,2}}?{_RECORD}\b[^.;]{{0,40}}?\b(?:has|have|carr(?:y|ies)|states?|comes?\swith|keeps?|lists?|gives?|includes?|contains?|retains?|with|under|holds?|is\slabell?ed\swith)\s"
    rf"(?:(?:its|their|an?|the|own|individual|specific|respective|original)\s){{0,3}}licen[sc](?:e|ing)s?\b(?!\s(?:file|text|plate))"
    rf"|\blicen[sc]es?\s(?:[^.;\s]+\s){{0,6}}?(?:for|of|in|with|by|per|to)\s(?:each|every)\s(?:\w+\s)?{_RECORD}\b"
    rf"|\b(?:per|by)[-\s](?:record|document|sample|row|entry|example|instance|image|file|item|text|article|clip|repository)\slicen[sc](?:e|ing)"
    rf"|\blicen[sc](?:es?|ed|e\s(?:information|metadata))\s(?:varies|vary|differs?|(?:is|are)\s(?:given|stated|recorded|stored|listed))\s(?:\w+\s){{0,3}}?(?:by|per|between|across|from|for\seach)\s(?:\w+\s)?{_RECORD}\b"
    rf"|\b{_RECORD}\s(?:each\s)?(?:come|comes|are\sprovided|carry)\swith\s(?:their\s(?:own\s)?)?licen[sc]e(?:s|\sinformation|\smetadata)\b"
    r"|\b(?:see|check|consult|in)\sthe\s[`\"*_]{0,3}licen[sc]e[`\"*_]{0,3}\s(?:column|field|key|attribute)\b",
    _I,
)
_DENIED = re.compile(
    r"\b(?:not|no|without|never)\b[^.;]{0,40}\b(?:include|contain|state|have|list|available|information)|\bfilter|\bonly\s(?:\w+\s){0,3}(?:with|under)",
    _I,
)
_QUOTED = re.compile(r"[`\"']((?!un)[\w.]{0,40}licen[sc]es?[\w.]{0,20})[`\"']", _I)
_INSIDE = re.compile(r"[\"']metadata[\"']\s*:\s*\{[^{}]{0,600}$", _I)
MAX_FEATURES = 2_000
"""Most nodes of a front matter's features looked through for the column."""


def stated_by_records(text: str) -> bool:
    """Whether a sentence says that records state their license, each its own.

    - "Each image has its own license, see the column `license`": yes.
    - "We kept only files with a permissive license": no, that is how the set was made.
    """
    return _OWN.search(text) is not None and _DENIED.search(text) is None


def part_of_records(card: Card, text: str) -> str:
    """What such a sentence speaks of: each record, with the column where the card names it."""
    column = _column(card, text)
    return RECORDS if column is None else f"{RECORDS} ({column})"


def _column(card: Card, text: str) -> str | None:
    """The column that holds the license: named in the sentence, the features or a sample."""
    quoted = _QUOTED.search(text)
    if quoted is not None:
        return quoted[1]
    listed = _feature(card.get("dataset_info"), [MAX_FEATURES])
    if listed is not None:
        return listed
    shown = _QUOTED.search(card.body)
    if shown is None:
        return None
    inside = _INSIDE.search(card.body, max(shown.start() - 700, 0), shown.start())
    return f"metadata.{shown[1]}" if inside is not None else shown[1]


def _feature(node: YamlNode | None, left: list[int]) -> str | None:
    left[0] -= 1
    if left[0] < 0:
        return None
    if isinstance(node, YamlSequence):
        return next((f for item in node.items if (f := _feature(item, left)) is not None), None)
    if not isinstance(node, YamlMapping):
        return None
    for key, value in node.entries:
        if key.text == "name" and isinstance(value, Scalar) and _NAME.fullmatch(value.text):
            return value.text
        feature = _feature(value, left)
        if feature is not None:
            return feature
    return None


_NAME = re.compile(r"\w{0,20}licen[sc]es?\w{0,20}", _I)
