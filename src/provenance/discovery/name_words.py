"""A name without what leads up to it or trails behind: articles, sizes, "dataset"."""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import (
    DETERMINERS,
    KINDS,
    LEADING,
    words_of,
)
from provenance.discovery.prose_words import STRAY, has_proper

_SIZE = re.compile(
    r"(?i)[~≈<>+]?\s?(?<![\w.])\d[\d.,–-]{0,15}\s?(?:%|[kmgt]i?b\b|[kmbt]\b|bn\b|thousand\b"
    r"|million\b|billion\b"
    r"|trillion\b)?\+?(?:\s(?:gi?b|mi?b))?\s{0,2}"
    r"(?:(?:word |multi-turn |sentence |training |plain |raw |english )?(?:tokens?|words?"
    r"|sentences?|pairs?"
    r"|documents?|examples?|samples?|articles?|books?|tweets?|reviews?|questions?|images?|hours?"
    r"|characters?|chars?|lines?|papers?|abstracts?|rows?|instances?|records?|files?|posts?"
    r"|sets?|cards|pages|dialogues?|utterances?|conversations?|text|data)\b)?"
)
_LEADS = LEADING | KINDS | words_of("treebank treebanks benchmark parallel speech-to-text")
_TRAILING = re.compile(
    r"(?i)(?:data-?sets?|datsets?|corpus|corpora|data|website|only|respectively|well|too|etc|training"
    r"|train|dev|test|validation|sets?|splits?|section|portion|notes|as|on|in|of|for|from|with|and|the"
    r"|is|are)[.:]?"
)
"""Words that end a phrase and are no part of a name."""
ARTICLE = re.compile(
    r"(?i)^(?:(?:a|an|the|our|all|only|ap?proximately|about|around|over|mainly|mostly|very|large"
    r"|huge|big|massive|\d+) +){1,4}"
)
_AFTER_TASK = re.compile(r"\b(?:tasks?|data-?sets?|corpus|benchmark) (?=[A-Z])")
_LABEL = re.compile(r"(?i)^(?:the )?(?:data-?sets?|corpus|corpora|data)\s*[:=-]\s+")
_SIZED_PART = re.compile(r"[~≈]?\d[\d.,]{0,15}\s?[kmgtb]{0,3}\s?[a-z]{0,12}", re.I)
_QUOTED = re.compile(r"\s*[\"“]([^\"“”]{3,80})[\"”]")
GLUE = "\u2060"
"""Stands for a space at which a phrase may not be cut."""


@lru_cache(maxsize=2048)
def bare_name(text: str) -> str:
    """A name without articles, sizes and "dataset" at its end."""
    quoted = _QUOTED.match(text)
    if quoted is not None and has_proper(quoted[1]):
        return tidy(quoted[1])
    bare = without_size(tidy(_LABEL.sub("", tidy(text.replace(GLUE, " ")))))
    stripped = _without_lead(bare)
    if not has_proper(stripped):
        stripped = bare if has_proper(bare) else ARTICLE.sub("", bare)
    task = _AFTER_TASK.search(stripped)
    if task is not None and has_proper(stripped[task.end() :]):
        stripped = stripped[task.end() :]
    cut = _without_trailing(stripped)
    return tidy(cut if has_proper(cut) else stripped)


def _without_trailing(text: str) -> str:
    """``text`` without words at its end that are no part of a name."""
    words = text.rstrip(" .:").split()
    while words and _TRAILING.fullmatch(words[-1]):
        words.pop()
    return " ".join(words)


def without_sizes(match: re.Match[str]) -> str:
    """Nothing for parentheses that hold only sizes: "(3 GB, 20M pairs)"."""
    parts = match[1].split(", ")
    return " " if all(_SIZED_PART.fullmatch(part.strip()) for part in parts) else match[0]


def _without_lead(text: str) -> str:
    """``text`` without the words that lead up to a name ("the full English version of").

    Adjectives go only in lower case: "Open Subtitles" keeps its first word.
    """
    words = text.split()
    start = 0
    for word in words:
        bare = word.strip(":,–-")
        if bare and bare not in _LEADS and bare.lower() not in DETERMINERS and not bare.isdigit():
            break
        start += 1
    return " ".join(words[start:])


def without_size(text: str) -> str:
    """``text`` without sizes at its start ("3 GB of")."""
    for _ in range(3):
        sized = _SIZE.match(text)
        if sized is None or not re.search(r"(?i)[a-z%]\s*$", sized[0]):
            break
        text = tidy(re.sub(r"(?i)^\W*of\s+", "", text[sized.end() :]))
    return text


def tidy(text: str) -> str:
    """``text`` without stray marks at its ends, its spaces single."""
    folded = " ".join(text.split())
    if folded.count("(") == folded.count(")") and folded.endswith(")"):
        return folded.lstrip(STRAY.replace("(", ""))
    return folded.strip(STRAY)
