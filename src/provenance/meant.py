"""What somebody may have meant who wrote a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 1, alike: float = 0.6) -> list[str]:
    """The known words that are most like one, likeliest first; ``alike`` from 0 to 1, the same."""
    import difflib  # only after a mistake

    return difflib.get_close_matches(word, list(known), n=most, cutoff=alike)


def did_you_mean(words: Iterable[str]) -> str:
    """``; did you mean a or b?``, to end a message with; empty where there is no word."""
    listed = " or ".join(words)
    return f"; did you mean {listed}?" if listed else ""
