"""Whether a line that mentions something affirms it, denies it, or leaves it open.

A mention is not compliance: "anonymisation is planned", "was consent obtained? No" and "a
de-identification task" mention what they do not say of the set.
"""

from __future__ import annotations

from enum import StrEnum

from provenance import lazy_re as re
from provenance.knowledge import alternatives_by


class Polarity(StrEnum):
    """What a mention says."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    UNDECIDED = "undecided"


_WORDS = alternatives_by("privacy", "polarity", "what")
_NEGATED_BEFORE = re.compile(
    r"\b(?:" + _WORDS["denies before"] + r")\b[^.;:!?]{0,60}$|n't\b[^.;:]{0,60}$|non-$"
    r"|\b(?:" + _WORDS["denies before abroad"] + r")\b[^.;:!?]{0,60}$"
    r"|\b(?:" + _WORDS["takes out before"] + r")\b[^.;:!?]{0,25}$"
    "|(?:" + _WORDS["denies before in the east"] + ")[^。；：！？]{0,12}$"
)
_NEGATED_INSIDE = re.compile(r"\b(?:not|never)\b|n't\b")
_NEGATED_AFTER = re.compile(
    r"^[^.;!?|]{0,50}?\b(?:(?:is|are|was|were|has been|have been|had been|do|does|did|could|can)"
    r"(?: not\b|n't\b| never\b)|(?:is|are|was|were) (?:intentionally |deliberately )?"
    r"(?:" + _WORDS["denies after"] + "))"
    r"|^[^.;!?|]{0,20}\b(?:nicht|niet|not)\b(?! only)"
    r"|^[^。；！？]{0,12}(?:していません|されていません|しない|않)"
)
_OPEN_BEFORE = re.compile(
    r"\b(?:" + _WORDS["leaves open before"] + r")\b[^.;:!?]{0,25}$"
    r"|\b(?:" + _WORDS["compares before"] + r")\b[^.;:!?]{0,30}$"
)
_OPEN_AFTER = re.compile(r"^[^.;!?|]{0,40}\b(?:" + _WORDS["leaves open after"] + ")")
_FOR_A_TASK = re.compile(
    r"\b(?:" + _WORDS["of a task before"] + r") (?:\w{1,20} )?(?:for|of|on|to) (?:\w{1,20}[ -])?$"
    r"|\b(?:supports?|enables?) (?:\w{1,20}[ -]){0,3}$"
)
_UNREAL = re.compile(r"\b(?:" + _WORDS["unreal before"] + r")[ -](?:\w{1,20}[ -]){0,2}$")
"""Words before something that say that it is of nobody."""
_NAME_OF_TASK = re.compile(r"^(?:\w*[- ]){0,2}(?:" + _WORDS["name of a task after"] + r")\b")


def polarity_of(
    line: str, start: int, end: int, *, task: bool = False, people: bool = False
) -> Polarity:
    """What a lower-cased line says of the words from ``start`` to ``end``.

    Args:
        line: one line of text.
        start: offset of the words.
        end: offset behind them.
        task: whether the words can be the name of a task ("a de-identification task").
        people: whether the words are of people, who can be made up ("synthetic patient notes").

    """
    answer = _answer(line, end)
    if answer is not None:
        return _ANSWERS.get(answer, Polarity.UNDECIDED)
    before, after = line[max(0, start - 90) : start], line[end : end + 90]
    inside = _NEGATED_INSIDE.search(line[start:end])
    if inside or _NEGATED_BEFORE.search(before) or _NEGATED_AFTER.search(after):
        return Polarity.DENIED
    if _OPEN_BEFORE.search(before) or _OPEN_AFTER.search(after):
        return Polarity.UNDECIDED
    if task and (_NAME_OF_TASK.match(after) or _FOR_A_TASK.search(before)):
        return Polarity.UNDECIDED
    if people and _UNREAL.search(before):
        return Polarity.UNDECIDED
    return Polarity.AFFIRMED


def is_asked(line: str, end: int) -> bool:
    """Whether the words that end at an offset stand in a question without an answer."""
    return _answer(line, end) == ""


_ANSWERS = {
    **dict.fromkeys(("no", "none", "na", "n", "not", "never", "nein", "non"), Polarity.DENIED),
    **dict.fromkeys(("yes", "y", "ja", "oui"), Polarity.AFFIRMED),
}
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf)\.")
_QUESTION = re.compile(r"[^.!?]*\?\W*(\w*)")


def _answer(line: str, end: int) -> str | None:
    """The first word after the question that goes on at ``end``; ``None``: it is no question."""
    match = _QUESTION.match(_ABBREVIATION.sub("", line[end : end + 400]))
    return None if match is None else match[1]
