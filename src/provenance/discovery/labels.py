"""What a label says of the things under it: a heading, words before a colon, a table's header.

Most of what a card tells stands under a label, in any language. A label is read by its words
alone: one that speaks of training and of data labels training data, whatever else it says.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from provenance import lazy_re as re
from provenance.knowledge import alternatives_by
from provenance.report.training import Role


class LabelTopic(StrEnum):
    """What a label speaks of."""

    TRAINING_DATA = "training data"
    DATA = "data"
    """Data, without saying what for."""
    TRAINING = "training"
    """Training, without naming data."""
    EVALUATION = "evaluation"
    BASE = "base"
    """The model that this one was made from."""
    ABOUT_DATA = "about data"
    """How data looks or was made: format, size, statistics, preprocessing."""
    USE = "use"
    """How to use, cite or license the model, its limits, news of it."""
    OTHER = "other"


_LONGEST = 90
"""Characters of a label; a longer one is a sentence."""
_WORDS = alternatives_by("discovery", "labels", "topic")
"""What labels say of a topic, as alternatives of a pattern."""
_TRAINING = re.compile("(?i)" + _WORDS["training"])
_RL = re.compile(r"\bRL\b")
"""Of two capitals: reinforcement learning."""
_DATA = re.compile("(?i)" + _WORDS["data"])
_OF_ANOTHER = re.compile(r"(?i)^(?:" + _WORDS["of another"] + r")\b")
"""Data of a tool or of another model."""
_USED = re.compile(r"(?i)\bused?\b")
_AND = re.compile(r"(?i)\s(?:and|&|/)\s|\s?\(")
_EVALUATION = re.compile("(?i)" + _WORDS["evaluation"])
_BASE = re.compile("(?i)" + _WORDS["base"])
_NO_BASE = re.compile("(?i)" + _WORDS["no base"])
_ABOUT = re.compile("(?i)" + _WORDS["about"])
_ABOUT_NOT = re.compile(
    r"(?i)train(?:ing)? (?:data|corp)\w*.{0,12}\bdetails|\bdata.{0,6}\bdetails|datasets? details"
)
_USE = re.compile("(?i)" + _WORDS["use"])
_RESULTS = re.compile("(?i)" + _WORDS["results"])
_EVALUATION_FIRST = re.compile(r"(?i)^\W*(?:" + _WORDS["evaluation first"] + ")")
_PRETRAINING = re.compile("(?i)" + _WORDS["pretraining"])
_FINETUNING = re.compile("(?i)" + _WORDS["finetuning"])


_OF_CODE = re.compile("(?i)" + _WORDS["of code"])
"""Where to find code; "Model sources" is the heading of a template over a model's addresses."""


def _trains(text: str) -> bool:
    """Whether it speaks of training."""
    return _TRAINING.search(text) is not None or _RL.search(text) is not None


@lru_cache(maxsize=4096)
def topic_of(label: str) -> LabelTopic:
    """What ``label`` speaks of; :attr:`Topic.OTHER` for a sentence."""
    text = label.strip(" \t*_:#.-–—|()[]")
    return LabelTopic.USE if _OF_CODE.search(text[:_LONGEST]) else _topic_of(text)


def _topic_of(text: str) -> LabelTopic:
    if not text or len(text) > _LONGEST:
        return LabelTopic.OTHER
    if _BASE.search(text) and not _NO_BASE.search(text):
        return LabelTopic.BASE
    first = _AND.split(text, maxsplit=1)[0]
    if first != text and _DATA.search(first) and (_trains(first) or _ABOUT.search(text)):
        text = first
    data, training = _DATA.search(text), _trains(text) or _USED.search(text)
    about = _ABOUT.search(text) and not _ABOUT_NOT.search(text)
    if _EVALUATION.search(text):
        if (
            not _trains(text)
            or _EVALUATION_FIRST.match(text)
            or (not data and _RESULTS.search(text))
        ):
            return LabelTopic.EVALUATION
        if not data:
            return LabelTopic.TRAINING
    if data and (about or _OF_ANOTHER.match(text)):
        return LabelTopic.ABOUT_DATA
    if data and training:
        return LabelTopic.TRAINING_DATA
    if data:
        return LabelTopic.DATA if len(text.split()) <= 5 else LabelTopic.ABOUT_DATA
    return _other_topic(text)


def _other_topic(text: str) -> LabelTopic:
    """Topic of a label that speaks neither of data nor of a base model or evaluation."""
    if _USE.search(text):
        return LabelTopic.USE
    return LabelTopic.TRAINING if _trains(text) else LabelTopic.OTHER


@lru_cache(maxsize=1024)
def role_of(label: str) -> Role:
    """The role that a label or verb gives to what it names."""
    if _PRETRAINING.search(label):
        return Role.PRETRAINING
    return Role.FINETUNING if _FINETUNING.search(label) else Role.TRAINING


@lru_cache(maxsize=1024)
def section_topic(headings: tuple[str, ...]) -> tuple[LabelTopic, bool]:
    """Topic of the nearest heading that has one, and whether it is the innermost."""
    for depth, heading in enumerate(reversed(headings[-3:])):
        topic = topic_of(heading)
        if topic is LabelTopic.DATA and any(
            topic_of(h) is LabelTopic.EVALUATION for h in headings[-3:]
        ):
            return LabelTopic.EVALUATION, depth == 0
        if topic not in (LabelTopic.OTHER, LabelTopic.BASE):
            return topic, depth == 0
    return LabelTopic.OTHER, True
