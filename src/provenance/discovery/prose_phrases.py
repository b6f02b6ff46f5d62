"""A part of a sentence that may name sets, and what ends one or speaks of another subject."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.discovery.bounds import most
from provenance.discovery.prose_lexicon import any_of
from provenance.frozen import frozen
from provenance.report.training import Role

_END_WORDS = any_of(
    r"""which|that|where|whereas|while|when|because|so|but|after|before|until|without|within|during
    | since|if|then|has|have|had|is|are|was|were|can|could|will|would|should|hence|thus|achiev\w+
    | reach\w+|resulting|making|leading|aiming|in\sorder|who|whose|due|thanks
    | consists?|contain(?:s|ing)?
    | cover(?:s|ing)|provided|introduced|released|created|proposed|described|presented|converted
    | respectively|whereby|hoping|see|we|i|it|they|follow\w+\s(?:by|the)|there|compared|technical
    | against
    | surpass\w*|outperform\w*|beats|exceed\w*|scor(?:es|ed|ing)|ranks|ranked|attain\w*
    | obtain(?:s|ed)|yields?|showed|shows|performs
    | to\s(?:be|do|make|predict|produce|generate|detect|answer|identify|improve|get|perform
    |recogni\w+|extract|classify|help|provide|evaluate|learn|obtain|return|preserve)
    | (?:and|then)\s(?:(?:then|further|also|subsequently|finally|is|was|were|are)\s){0,2}(?:
    evaluated|tested|pre-?trained|trained|used|released|converted|it|we|has|uses?|our\smodel
    |this\smodel|the\smodel|the\sresulting)
    | and\s(?:then\s)?(?:fine|initiali|optimi)\w*
    | без | ohne | sans | sin
    | (?:(?:e|y|et|und|и)\s)?(?:depois|después|luego|posteriormente|ensuite|puis|poi|anschließend|danach|затем|потом)
    | as\s(?:a|an|the|part|described|follows|in|released|is)"""
)
END = re.compile(
    rf"(?i)\s(?:{_END_WORDS})\b|\s[-–—]{{1,3}}\s|[!?]\s|;\s|\.\s*$|(?<=\w{{4}})\.\s(?=[a-z])"
)
NOT_DONE = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""can(?:not)?|could|may|might|should|would|must|will|want(?:ed)?|wish|plan|needs?|you|how
        | when|often|usually|typically|intended|before|easy|ability|able|possible|please|useful
        | let|to\sencourage|not|supports?|enabl(?:es|ing)|allow(?:s|ing)"""
    )
    + r")\b[\w\s,'’*/-]{0,45}$"
)
_OTHER_SUBJECT = re.compile(
    r"(?i)\b(?:"
    + any_of(
        r"""by\scontrast|in\scontrast|unlike|compared\s(?:to|with)|in\scomparison|others?|another|whereas
        | original\w*|teacher|parent|competitor|previous|existing|tokeni[sz]ers?
        | vocabular(?:y|ies)|embeddings?
        | (?<!this\s)(?<!our\s)(?:classifiers?|filters?|detectors?|labell?ers?)
        | reward\smodel|annotator|underlying
        | judge|grader|verifier|reference\smodel|draft\smodel|proxy\smodel
        | (?:the|its)\sbase\s(?:language\s)?model
        | systems|they"""
    )
    + r")\b"
)
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
