"""Names written as words of code: ``auto-wiki-qa``, ``jsquad``, ``fosd``.

A word in small letters names a set where it stands in a list of such words, some of which are
written as no word of a language is; alone it may be any word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from provenance import lazy_re as re
from provenance.discovery.name_looks import is_common
from provenance.discovery.prose_lexicon import METHOD, TASK
from provenance.discovery.prose_words import is_no_set

_WORD = re.compile(r"[A-Za-z][A-Za-z\d_.+-]{2,60}")
_SHAPED = re.compile(
    r"[^\W\d_]{2}[-_.]?\d|[^\W\d_]_[^\W\d_]|[a-z]-[a-z]|[a-z][A-Z]|^[A-Z]{3}|[A-Z]{2}$"
)
"""A digit, a hyphen, an underscore or a capital within: no word of a language."""
_PROCESS = re.compile(
    r"(?i)filter|clean|dedup|tokeni|process|augment|normali|shuffl|sampl|casing|training|tuning|packing|masking|[a-z]ing$|[a-z]tion$"
)
"""What is done with data, and tasks."""
_FEWEST = 2


@lru_cache(maxsize=1024)
def is_code(word: str) -> bool:
    """Whether ``word`` is one word and may be a name of code: none for a kind of data, no task."""
    if not _WORD.fullmatch(word) or is_no_set(word, True):
        return False
    parts = [p for p in re.split(r"[-_.+]", word) if p]
    if METHOD.search(" ".join(parts)) or _PROCESS.search(word):
        return False
    return not all(TASK.fullmatch(p) or is_common(p) for p in parts)


def is_shaped(word: str) -> bool:
    """Whether ``word`` is written as no word of a language is."""
    return _SHAPED.search(word) is not None


def are_codes(words: Iterable[str]) -> bool:
    """Whether a list of words is one of names: two in three may be, a third is shaped."""
    all_ = list(words)
    codes = [w for w in all_ if is_code(w)]
    shaped = [w for w in codes if is_shaped(w)]
    return (
        len(codes) >= _FEWEST and 3 * len(codes) >= 2 * len(all_) and 3 * len(shaped) >= len(all_)
    )
