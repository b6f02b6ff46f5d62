"""A part of a sentence that may name sets, and what ends one or speaks of another subject."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.frozen import frozen
from provenance.knowledge import alternatives_by
from provenance.report.training import Role

_WORDS = alternatives_by("discovery", "clause_words", "what")
END = re.compile(
    rf"(?i)\s(?:{_WORDS['end of names']})\b|\s[-–—]{{1,3}}\s|[!?]\s|;\s|\.\s*$|(?<=\w{{4}})\.\s(?=[a-z])"
)
NOT_DONE = re.compile(r"(?i)\b(?:" + _WORDS["not done"] + r")\b[\w\s,'’*/-]{0,45}$")
_OTHER_SUBJECT = re.compile(r"(?i)\b(?:" + _WORDS["other subject"] + r")\b")
LONGEST_PHRASE = 1_000
"""Characters of one phrase that are read."""
MOST_VERBS = 20
"""Verbs of one sentence that are read."""
LONG_SENTENCE = "a sentence"
BEHIND = 240
"""Characters before a verb that are looked at."""
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while)\s|\bwhile\b|\bit (?:is|was)\b")


@frozen
class Phrase:
    """Part of a sentence that may name sets."""

    start: int
    """Offset within the sentence."""
    text: str
    role: Role
    seen: frozenset[str]
    """What governs it, in words."""
    subject: str = ""
    """Who was trained: before a passive verb, or after "used to train"."""


def some(pattern: re.Pattern[str], sentence: str) -> list[re.Match[str]]:
    """Where ``pattern`` is found, up to :data:`MOST_VERBS`."""
    return list(most(pattern.finditer(sentence), MOST_VERBS, LONG_SENTENCE))


def end_of_clause(sentence: str, start: int, limit: int) -> int | None:
    """Where what begins at ``start`` ends; ``None`` if it goes on to ``limit``.

    What stands in brackets goes on: "meetings (OwlSum, HeronBank; 60k pairs)".
    """
    inside = 0
    for end in END.finditer(sentence, max(0, start - 1), limit):
        if end.start() < inside:
            continue
        opened = sentence.rfind("(", start, end.start())
        closed = sentence.find(")", opened, limit) if opened >= 0 else -1
        if closed < end.start():
            return end.start()
        inside = closed
    return None


def words_before(sentence: str, end: int) -> str:
    """The last :data:`BEHIND` characters before ``end``."""
    return sentence[max(0, end - BEHIND) : end]


def is_other_subject(before: str) -> bool:
    """Whether the words before a verb make it speak of another model or of a tokenizer."""
    clause = _CLAUSE.split(before)[-1]
    return _OTHER_SUBJECT.search(clause) is not None
