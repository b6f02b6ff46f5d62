"""Conditions that a sentence sets outright, wherever on a card it stands.

:mod:`unread` takes parts of a condition for one where terms are expected. A sentence of the table
here says so much that it is one below any heading: in a summary, among ethics or sources, and in
a clause that tells something harmless as well.
"""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.knowledge import read_table
from provenance.licensing.lookalikes import without_denied
from provenance.licensing.sieve import Sifted

_I = re.IGNORECASE
ANSWERS = "answers"
"""The kind of conditions that hold among the rules for contributors as well."""
_CONSENT = "consent"
"""The kind that is told of those who were asked: what they agreed to, and nothing else."""
_ACTS = {row[0]: row[1] for row in read_table("licensing", "acts", "name", "pattern")}
"""Classes of words that rows name in angle brackets: acts, things, persons, denials."""


def _spelled(pattern: str) -> str:
    """A row's pattern with the classes that it names written out."""
    return _CLASS.sub(lambda m: _ACTS[m[1]], pattern)


_CLASS = re.compile(r"(?<!\(\?)<(\w+)>")
_KINDS, _PATTERNS = zip(*read_table("licensing", "conditions", "kind", "pattern"), strict=True)
_CONDITIONS = Sifted(map(_spelled, _PATTERNS))
_NEEDS_NOT = re.compile(
    r"\b(?:(?:no\sone|nobody|none)\s(?:needs?|has|have)\sto|need\snot|needn['’]t|(?:do|does)(?:\snot|n['’]t)\s(?:need|have)\sto|there\s(?:is|are)\sno)\b",
    _I,
)
"""Who says what need not be done asks for nothing: "no one needs to clear it with us"."""
_TOLD = re.compile(
    r"\b(?:was|were|had|did)\b|\b(?:we|i|annotators|authors|participants|speakers|workers|volunteers|contributors|reviewers)\s(?:\w+ly\s)?(?!release|licen|provide|offer|lend|give|open|may|can|must|reserve|would|do\b|ask|request|require)\w{2,15}(?:ed|t|d)\b",
    _I,
)
"""Words of a tale of how a set was made."""
_OF_ANY_LICENSE = re.compile(
    r"\b(?:under|by|with|of)\s(?:this|the|that|its)\s(?:\w+\s)?licen[sc]e\b|\b(?:copyright|applicable)\slaws?\b",
    _I,
)
"""What every license says of itself: "use other than as authorised under this licence"."""


_STOPS = ".;,"


def outright_in(text: str, makers: bool = False) -> tuple[int, int] | None:
    """Where ``text`` (a sentence without names of licenses) sets a condition, or ``None``.

    ``makers``: whether it stands where those are spoken to who add to the set.
    """
    if text.rstrip("*_ \n)").endswith(("?", "？")):
        return None
    text = without_denied(text)
    spans = _CONDITIONS.spans(text)
    conditions = [
        (*span, _KINDS[number])
        for number, span in spans.items()
        if not makers or _KINDS[number] == ANSWERS
    ]
    for start, end, kind in sorted(conditions):
        clause = _clause_of(text, start, end)
        told = _TOLD.search(clause) or _OF_ANY_LICENSE.search(clause)
        if not _NEEDS_NOT.search(clause) and (kind == _CONSENT or not told):
            return start, end
    return None


def _clause_of(text: str, start: int, end: int) -> str:
    """The clause around a match: from the last stop before it to the first one after it."""
    before = max(text.rfind(stop, 0, start) for stop in _STOPS)
    after = min((at for stop in _STOPS if (at := text.find(stop, end)) >= 0), default=len(text))
    return text[before + 1 : after]
