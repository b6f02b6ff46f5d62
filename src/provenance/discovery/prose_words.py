"""Whether words name a set: a proper name rather than a description, a method or a machine."""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import (
    GENERIC,
    KINDS,
    KNOWN_NAMES,
    LANGUAGES,
    LOWER_NAMES,
    MACHINE,
    METHOD,
    MODEL_WORD,
    NOT_A_NAME,
    OPENERS,
    TASK,
)

STRAY = " \t.,;:!?-–—*_\"'“”‘’«»()[]{}=/|~<>#\u200b\u200c\ufeff"
"""Characters that never start or end a name."""
_QUANTITY = re.compile(r"[~≈<>]?\d[\d.,–-]*(?:[kmgt]i?b?|bn?|[kmg]?hz|px|bit|fps)?")
_TABULAR = re.compile(r"(?i)\.(?:csv|tsv|jsonl?|txt|py|sh)$")
_SIZED_MODEL = re.compile(r"(?i)-(?:base|large|small|tiny|xl)\b")
_LONGEST_NAME = 160
_TOKEN = re.compile(r"[^\s()/,\[\]]+")
_SPACED = re.compile(r"[^\s/()]+")
_LETTER = re.compile(r"[^\W\d]")
_LETTERS_DIGIT = re.compile(r"[^\W\d_]{2}[-_.]?\d")
_PREFIXED = re.compile(r"(?i)(?:pre|post|mid|top|non|age|under|over)-\d+")
_JOINTS = re.compile(r"[-_]")
_ONLY_SIZE = re.compile(r"(?i)[\d.,–-]+\s?[kmgt]?i?b?")
_ENDS_IN_METHOD = re.compile(r"(?i)\b(?:techniques?|methods?|scripts?|papers?|systems?)$")
_DONE_BY = re.compile(
    r"(?:maintain|creat|provid|develop|releas|publish|curat|host|made|writt|corrig|mentain)\w*\s(?:by|from|for|via|with)\b"
)
_SHAPED = re.compile(r"[A-Z]-[a-z]+|[1-4][dD]")
"""``X-ray``, ``T-shirt``, ``3D``: capitals and digits that make no name."""


def has_proper(text: str) -> bool:
    """Whether some word is a proper name: a capital or a digit inside, and no language."""
    for word in _TOKEN.findall(text):
        if _proper_word(word.strip("\"'.:;*_-")):
            return True
    return KNOWN_NAMES.search(text) is not None


@lru_cache(maxsize=4096)
def _proper_word(word: str) -> bool:
    low = word.lower().removesuffix("'s").removesuffix("’s")
    if _QUANTITY.fullmatch(low):
        return False
    if (
        _PREFIXED.fullmatch(word)
        or _SHAPED.fullmatch(word)
        or len(word) < 2
        or low in LANGUAGES
        or low in GENERIC
        or low in KINDS
        or not _LETTER.search(word)
    ):
        return False
    if word[0].isupper() or any(c.isupper() for c in word[1:]):
        return not (word[0].isupper() and low in OPENERS)
    return (
        bool(_LETTERS_DIGIT.search(word))
        or not LOWER_NAMES.isdisjoint(_JOINTS.split(low))
        or (not word.isascii() and word.upper() == word.lower())
    )


def is_informative(name: str) -> bool:
    """Whether any word says more than that there is data in some language."""
    words = [w.lower().strip(STRAY) for w in _SPACED.findall(name)]
    return any(
        len(w) > 1 and w not in GENERIC and w not in LANGUAGES and not w.isdigit() for w in words
    )


def is_no_set(name: str, says_set: bool) -> bool:
    """Whether a phrase names a machine, a method, a task or a model rather than data."""
    if name.count("(") != name.count(")"):
        return True
    if NOT_A_NAME.match(name) or len(name) > _LONGEST_NAME or len(name) < 2:
        return True
    if not _LETTER.search(name):
        return True
    if _ONLY_SIZE.fullmatch(name):
        return True
    if MACHINE.search(name) or (METHOD.search(name) and not says_set):
        return True
    if _TABULAR.search(name) or _ENDS_IN_METHOD.search(name):
        return True
    if MODEL_WORD.search(name) and (not says_set or _SIZED_MODEL.search(name)):
        return True
    if "et al" in name or _DONE_BY.match(name):
        return True
    task = TASK.search(name)
    return task is not None and (not says_set or task.start() == 0)
