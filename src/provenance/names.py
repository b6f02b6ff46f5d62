"""Comparing names of sets: exact after normalisation, never fuzzy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from provenance.knowledge import read_words

_PARENTHESES = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")
_DESCRIPTORS = frozenset(read_words("vocabulary", "form_words"))
"""Words that say what form a set has, not which set it is."""
_SHARED_PATHS = re.compile(
    r"(?i)arxiv\.org|doi\.org|aclanthology|aclweb|openreview|semanticscholar"
)


@lru_cache(maxsize=4096)
def normalize(name: str) -> str:
    """Letters and digits of ``name`` in lower case, without what stands in parentheses.

    >>> normalize("Natural Questions (NQ)")
    'naturalquestions'
    """
    text = unicodedata.normalize("NFKC", name).lower()
    bare = _PARENTHESES.sub(" ", text)
    joined = "".join(_WORD.findall(bare))
    return joined or "".join(_WORD.findall(text))


def normalize_tail(name: str) -> str:
    """:func:`normalize` of what stands after the last slash: an id without its owner.

    >>> normalize_tail("org/Wiki-40B")
    'wiki40b'
    """
    return normalize(name.rpartition("/")[2])


def name_key(name: str) -> str:
    """Like :func:`normalize`, also without words of form (pairs, captions, dataset).

    >>> name_key("embedding-data/flickr30k-captions".partition("/")[2]) == name_key("Flickr 30k")
    True
    """
    text = unicodedata.normalize("NFKC", name).lower().partition(":")[0]
    words = _WORD.findall(_PARENTHESES.sub(" ", text))
    return "".join(word for word in words if word not in _DESCRIPTORS)


def normalize_url(url: str) -> str | None:
    """A comparable form of a set's own page; ``None`` for papers and bare hosts."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/").lower()
    if not host or _SHARED_PATHS.search(host):
        return None
    segments = [s for s in path.split("/") if s]
    if host == "github.com" and len(segments) >= 2:
        segments = segments[:2] if len(segments) <= 4 else segments
    if segments and parts.fragment:
        # one page may describe many sets, each under its own heading
        segments = [*segments, f"#{parts.fragment.lower()}"]
    if not segments:
        return host if host.count(".") >= 1 and parts.scheme else None
    return f"{host}/{'/'.join(segments)}"
