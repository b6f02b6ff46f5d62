"""What a name is the name of, where it is not a set: an organization, a place, a machine, a method.

Each kind has words of its own (a noun like "court", an ending like "tokenizer") and a list of
names that carry none. A kind is an observation that speaks against a name; it decides nothing.
"""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.prose_lexicon import (
    GENERIC,
    KINDS,
    KNOWN_NAMES,
    LANGUAGES,
)
from provenance.knowledge import alternatives, alternatives_by, read_words

COMPANIES = frozenset(read_words("discovery", "companies"))
"""Companies, laboratories, clouds and labelling services; those whose name is a set's, too, are left out."""
SUPERCOMPUTERS = frozenset(read_words("discovery", "supercomputers"))
"""Machines of the TOP500 and EuroHPC lists (https://top500.org/lists/top500/2025/06/)."""
PLACES = frozenset(read_words("discovery", "places"))
"""Countries, continents and a few cities: where something comes from."""
DOMAINS = frozenset(read_words("discovery", "domains"))
"""Fields, genres and kinds of scene: what data is about."""
NOTATIONS = frozenset(read_words("discovery", "notations"))
"""Programming languages, formats and encodings: what data is written in."""
SPLITS = frozenset(read_words("discovery", "splits"))
"""Parts into which a set is cut."""

STAGES = frozenset(read_words("discovery", "stages"))
"""Stages of training and what they are called for short."""

_ORGANIZATIONS = alternatives_by("discovery", "organizations", "where")
_ORGANIZATION = re.compile(r"\b(?:" + _ORGANIZATIONS["word"] + r")\b|" + _ORGANIZATIONS["inside"])
_METHOD_ENDING = re.compile(
    r"(?i)(?:^|[\s-])(?:" + alternatives("discovery", "method_endings") + ")$"
)
_WRITTEN = frozenset(
    {"code", "data", "documents", "files", "format", "notation", "programs", "representations"}
    | {"scripts", "source", "sources", "strings", "syntax", "text", "texts"}
)
_CODE_HOST = re.compile(r"(?i)\b(?:github|gitlab|bitbucket)\.(?:com|org|io)/")
_NUMBER = re.compile(r"[\s-]?[\d.]{1,4}$")
_PART = re.compile(r"[^\s,/&()]+")
_JOINS = frozenset(["and", "or", "of", "the", "in", "for", "from", "&", "with", "a"])


@lru_cache(maxsize=4096)
def kinds_of(name: str) -> tuple[str, ...]:
    """What ``name`` may be the name of instead of a set, as observations."""
    low = name.lower().removeprefix("the ").removesuffix("'s").strip()
    words = [w.strip("\"'“”.:;*_").lower() for w in _PART.findall(name)]
    told = [w for w in words if w not in _JOINS]
    seen = {
        "name: organization": _ORGANIZATION.search(name),
        "name: company": low in COMPANIES,
        "name: place": low in PLACES,
        "name: supercomputer": _NUMBER.sub("", low).replace(" ", "-") in SUPERCOMPUTERS,
        "name: method ending": _METHOD_ENDING.search(name),
        "name: code address": _CODE_HOST.search(name),
        "name: notation": not NOTATIONS.isdisjoint(told)
        and all(w in NOTATIONS or w in LANGUAGES or w in KINDS or w in _WRITTEN for w in told),
        "name: only a stage": told and STAGES.issuperset(told),
        "name: only a split": told and SPLITS.issuperset(told),
        "name: only a field": told
        and not SPLITS.issuperset(told)
        and not KNOWN_NAMES.search(name)
        and all(w in DOMAINS or w in KINDS or w in GENERIC or w in LANGUAGES for w in told),
    }
    return tuple(feature for feature, holds in seen.items() if holds)
