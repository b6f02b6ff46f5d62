"""Which revision a command pins a model or data set to. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from provenance.checking.references.roles import words_of

_REVISION = re.compile(r"(?:--|\+{0,2})(?:[\w.]{1,60}\.)?([\w-]{0,60}?)[-_]?revision(?:=(.+))?")
"""``--revision``, ``--model_revision``, ``model_revision=``; not what only ends alike."""
_COMMIT = re.compile(r"[\w.-]{1,100}")
_OF_THE_MODEL = frozenset({"model", "pretrained", "base", "hf"})
"""First words of flags that a revision without a word of its own belongs to."""


def pin_of(how: str, texts: Sequence[str]) -> str | None:
    """The revision that a command gives to what stands under a flag.

    Args:
        how: the flag or key; empty for an argument without one.
        texts: the words of the command, without quotes.

    """
    if not any("revision" in text for text in texts):
        return None
    pins = dict(_pins(texts))
    first = next(iter(words_of(how)), "")
    if first in pins:
        return pins[first]
    return pins.get("model", pins.get("")) if first in _OF_THE_MODEL else None


def _pins(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Revisions by the word before theirs."""
    pins = []
    for text, after in pairwise([*texts, ""]):
        match = _REVISION.fullmatch(text)
        if match is None:
            continue
        value = match[2] or (after if text.startswith("--") else "")
        if _COMMIT.fullmatch(value) is not None and not value.startswith("-"):
            pins.append((match[1].replace("-", "_").partition("_")[0], value))
    return pins
