"""Phrases that describe data without naming it: "12 hours of recorded speech", "filtered web pages".

A phrase is grown from a word for material ("speech", "pages") over the words that belong to it,
word by word, so that its cost grows with the sentence alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from provenance import lazy_re as re
from provenance.discovery.described_words import (
    ACTIVITIES,
    AND,
    COLLECTIVE,
    COMPOUNDS,
    DATA,
    EMPTY,
    JOINS,
    MATERIAL,
    STOP_LEFT,
    STOP_RIGHT,
    UNITS,
)
from provenance.discovery.document import MARKS
from provenance.discovery.prose_lexicon import DETERMINERS, LANGUAGES
from provenance.discovery.prose_words import STRAY, has_proper, is_informative
from provenance.frozen import frozen

_CLOSES = re.compile(r"[.,;:!?)\]»]$|[,;:](?!\d)")
_TOKEN = re.compile(r"\S{1,80}")
_NUMBER = re.compile(r"[~≈<>+(]{0,2}\d[\d.,–-]{0,15}(?:[kKMBTGmbtg][Bb]?|bn)?\+?")
_AMOUNT = re.compile(r"\d|\b(?:million|billion|trillion|thousand)s?\b", re.I)
_NUMBERED = re.compile(
    r"[^\s\d]{0,20}\d\S{0,20}|\b(?:million|billion|trillion|thousand|tokens|words|hundred)s?\b",
    re.I,
)
_UNFIT = re.compile(r"(?i)\b\d+ ?khz\b|\b(?:evaluation|benchmark|validation|held-out) ")
"""A sampling rate tells how sound is stored, not what was heard; a benchmark is no training set."""
_ASIDE = re.compile(r"\([^()]{1,200}\)")
_MARK = re.compile(f"[{MARKS}]")
_MANNER = re.compile(
    r"(?i)\sin (?:an? |the )?(?:[\w-]{1,24} ){0,3}(?:fashion|manner|way|setting|format|total)\b.*$"
)
"""How it was trained: no part of a description."""
_LEFT, _RIGHT = 12, 14
"""Most words of a phrase before and after its first word for material."""
_LONGEST = 160
"""Characters; 27 words are longer only where they are no words of a language."""
_SETS = frozenset(["datasets", "corpora", "sources"])
_ORIGIN = re.compile(
    r"(?i)\b(?:public\w*|synthe\w+|generated|human\W(?:anno|gen|la|wri|cur|cre|pref|feed|ver)\w+|annotated|curated|collected|scraped|crawled|internal\w*"
    r"|proprietary|private\w*|licensed|online|web\b\w*|internet|open-?source\w*|in-house|user\W(?:gen|wri|sub|con|data|prom|int|post|comm)\w*|custom\w*"
    r"|filtered|labell?ed|selected|recorded|recordings|handwritten|hand-\w+|simulat\w+|self-\w+|pseudo\W?\w+)"
)
_OWN = re.compile(
    r"(?i)\b(?:synthe\w+|internal\w*|proprietary|private\w*|licensed|in-house|custom\w*|vendors?|"
    r"human\W(?:anno|gen|la)\w+|user\W(?:gen|wri|sub|con|data|prom|int|post|comm)\w*|generated|filtered|simulat\w+|recorded|pseudo\W?\w+|weakly)"
)
_SUMMARY = re.compile(
    r"(?i)\b(?:following|above|below|aforementioned|same|these|this|our|such|additional|multiple|several"
    r"|different|various|diverse|other|all|any|each|your|own|new)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?:[\w-]{1,20} ){0,3}(?:datasets|corpora|sources)\b"
)


@frozen
class Description:
    """A phrase that describes data."""

    start: int
    """Offset within the sentence."""
    text: str
    """As written, its marks in it."""
    seen: frozenset[str]
    """What its words say, as observations."""


def trimmed(text: str) -> str:
    """``text`` without marks around it and words at its end that only lead on ("from", "and")."""
    return _LEADS_ON.sub("", text.strip(STRAY)).strip(STRAY)


_LEADS_ON = re.compile(
    r"(?i)(?:\s(?:from|and|by|of|in|on|with|for|at|to|or|the|its|und|et|von|aus|mit|de|y|e|и|из|на)){1,3}$"
)


def _is_material(word: str) -> bool:
    """Whether it is a word for material; German ones are told by their last part."""
    return word in MATERIAL or (len(word) > _SHORTEST_COMPOUND and word.endswith(COMPOUNDS))


_SHORTEST_COMPOUND = 8


def descriptions(sentence: str) -> Iterator[Description]:
    """Phrases of ``sentence`` that describe data, each word in at most one of them."""
    sentence = _ASIDE.sub(lambda m: " " * len(m[0]), sentence)
    tokens = [(m.start(), m[0]) for m in _TOKEN.finditer(sentence)]
    words = [t.strip(STRAY).lower() for _, t in tokens]
    at = done = 0
    while at < len(tokens):
        if not _is_material(words[at]) or tokens[at][1].startswith("/"):
            at += 1
            continue
        first = _first(tokens, words, at, done)
        last = _last(tokens, words, at)
        start = tokens[first][0]
        text = sentence[start : tokens[last][0] + len(tokens[last][1])]
        text = trimmed(_MANNER.sub("", text))
        start = sentence.index(text, start) if text else start
        at = done = last + 1
        phrase = words[first : last + 1]
        if (
            _tells(phrase, text)
            and not _is_name(text)
            and not _UNFIT.search(text)
            and len(text) <= _LONGEST
            and not _MARK.search(text)
        ):
            before = words[first - 1] if first else ""
            if before == "to":
                continue  # "to reflect human preferences"
            several = {"description: of several sets"} if phrase[-1] in _SETS else set()
            yield Description(start, text, frozenset(_seen(text, phrase, before)) | several)


def _first(tokens: list[tuple[int, str]], words: list[str], at: int, floor: int) -> int:
    """Index of the first word of the phrase around the word at ``at``."""
    first = at
    while first > max(floor, at - _LEFT):
        before, closes = words[first - 1], _CLOSES.search(tokens[first - 1][1])
        if closes and not (
            _NUMBER.fullmatch(tokens[first - 1][1].rstrip(","))
            or _lists_adjectives(tokens[first - 1])
        ):
            break
        counted = _NUMBER.fullmatch(tokens[first][1]) is not None
        if (
            before in AND and not counted and first - 2 >= floor and _modifies(words[first - 2])
        ) or (before == "of" and first - 2 >= floor and _counts(words[first - 2])):
            first -= 2
        elif (
            before in STOP_LEFT or before in AND or not before or _MARK.search(tokens[first - 1][1])
        ):
            break
        else:
            first -= 1
    return first


def _lists_adjectives(token: tuple[int, str]) -> bool:
    """Whether it is the first of two adjectives with a comma ("synthetic, textbook-like data")."""
    return token[1].endswith(",") and _ORIGIN.fullmatch(token[1].strip(STRAY)) is not None


def _modifies(word: str) -> bool:
    return (
        word not in STOP_LEFT
        and word not in MATERIAL - {"text", "image", "code", "audio", "speech"}
        and word.isascii()
        and bool(word)
    )


def _counts(word: str) -> bool:
    return word in COLLECTIVE or word in MATERIAL or _NUMBER.fullmatch(word) is not None


def _last(tokens: list[tuple[int, str]], words: list[str], at: int) -> int:
    """Index of the last word of the phrase around the word at ``at``."""
    last = index = at
    while index + 1 < min(len(tokens), at + _RIGHT) and not _CLOSES.search(tokens[index][1]):
        index += 1
        word = words[index]
        if word in STOP_RIGHT or _MARK.search(tokens[index][1]):
            break
        if word == "by" and index + 1 < len(words) and words[index + 1].endswith("ing"):
            break
        if word in AND:
            ahead = words[index + 1 : index + 5]
            if ahead and (ahead[0] in _FROM or _NUMBER.fullmatch(tokens[index + 1][1])):
                break  # another set
            if not any(w in MATERIAL for w in ahead) or STOP_RIGHT.intersection(ahead[:2]):
                break
            continue
        if word not in JOINS and word not in DETERMINERS:
            last = index
    return last


def _is_name(text: str) -> bool:
    """Whether most of its words have a capital, or a parenthesis is cut: it describes nothing.

    What stands behind "tweets from", "recordings by", is where they are from, and names no set.
    """
    if text.count("(") != text.count(")"):
        return True
    words = [w for w in text.split() if w[0].isalpha()]
    behind = next((i for i, w in enumerate(words) if w.lower() in _FROM), len(words))
    head = {w.lower().strip(STRAY) for w in words[:behind]} - DATA
    if any(_is_material(w) for w in head):
        words = words[:behind]
    last = words[-1].strip(STRAY) if words else ""
    if last.islower() and _is_material(last) and last not in DATA:
        return False  # "comments", whoever's
    telling = [w for w in words if w.lower().strip(STRAY) not in EMPTY | MATERIAL | JOINS]
    if telling and all(has_proper(w) for w in telling):
        return True
    return 2 * sum(w[0].isupper() and w.lower() not in LANGUAGES for w in words[1:]) > len(words)


_FROM = frozenset(["from", "by", "of", "in", "about", "on", "aus", "von", "de", "из"])


def _tells(words: list[str], text: str) -> bool:
    """Whether it says more than that there is data, or how much."""
    if any(a in MATERIAL and b in ACTIVITIES for a, b in pairwise(words)):
        return False
    if _tells_more(words):
        return bool(_ORIGIN.search(text) or _AMOUNT.search(text) or is_informative(text))
    kinds = {w for w in words if w in MATERIAL} - DATA - UNITS
    return len(kinds) > 1 or (
        bool(kinds) and (_AMOUNT.search(text) or _ORIGIN.search(text)) is not None
    )


def _tells_more(words: list[str]) -> bool:
    """Whether a word is none for material, for an amount, or a general one."""
    known = MATERIAL | EMPTY | JOINS | AND | COLLECTIVE
    return any(w and w not in known and not _NUMBER.fullmatch(w) for w in words)


def _seen(text: str, words: list[str], before: str) -> Iterator[str]:
    if _AMOUNT.search(text):
        yield "description: amount"
    if _ORIGIN.search(text):
        yield "description: origin"
    if _SUMMARY.search(text) or _SUMMARY.fullmatch(before):
        yield "description: sums up"
    if not (_ORIGIN.search(text) or is_informative(_NUMBERED.sub(" ", text))):
        yield "description: only an amount"
    if before in {"this", "these", "those", "such", "its", "their", "your", "any", "each", "same"}:
        yield "description: points back"
    if before in {"the", "our"}:
        yield "description: the"
    if any(w in LANGUAGES for w in words):
        yield "description: language"
    if _OWN.search(text):
        yield "description: own origin"
    if has_proper(text):
        yield "description: holds a name"
    rest = [w for w in words if w not in EMPTY]
    yield f"description: {min(len(rest) // 3, 3)} thirds"
    material = next(w for w in words if _is_material(w))
    yield (
        "description: data word"
        if material in DATA or material.endswith("daten")
        else "description: material word"
    )
