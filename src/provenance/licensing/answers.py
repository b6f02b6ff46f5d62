"""Pictures of a license and answers to questions on use that set a condition."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from provenance import lazy_re as re
from provenance.licensing.alone import alone
from provenance.licensing.harmless import PASSING_ON
from provenance.licensing.limits import limits_in
from provenance.licensing.narrowing import STRONG
from provenance.licensing.sentence import without_names
from provenance.licensing.unread import ACT, PURPOSE, Surroundings, condition_in

_I = re.IGNORECASE


def unread_answers(text: str, heading: str = "") -> Iterator[tuple[int, int]]:
    """Where a picture of the license, or the answer to a question on use, sets a condition.

    The question may be the ``heading`` over ``text``.
    """
    if heading.endswith("?") and _of_use(heading):
        what_not = _ASKS_WHAT_NOT.search(heading) is not None
        refused = _names_a_use(text) if what_not else _REFUSED.match(f"{heading} {text}")
        if refused:
            yield 0, len(text)
    for badge in _BADGE.finditer(text):
        label, value = (unquote(x).replace("--", "-").replace("_", " ") for x in badge.groups())
        shown = without_names(f"{label}: {value}")
        if (
            PURPOSE.search(value)
            or alone(value)
            or limits_in(shown, licensing=True)
            or condition_in(shown, Surroundings.TERMS)
        ):
            yield badge.span()
    for answer in _REFUSED.finditer(text):
        question = answer[0].partition("?")[0]
        if _of_use(question):
            yield answer.span()


_ASKS_WHAT_NOT = re.compile(r"\b(?:should|must|may|can)(?:\snot|n['’]t|not)\b|\bnot\sbe\b", _I)
"""What asks for unfit uses: "Are there tasks for which it should not be used?"."""
_ANSWERED = re.compile(r"^[\s>*+•-]*(?:yes\b\W*)?", _I)
_SHORT_USE = 80
"""Characters of an answer that only names a use."""


def _names_a_use(text: str) -> bool:
    """Whether an answer to the question what a set is not for names a use that closes it.

    "Yes, commercial products." does; what it is merely unfit for ("navigation") does not.
    """
    use = _ANSWERED.sub("", text, count=1) if len(text) <= _SHORT_USE else ""
    limits = limits_in(f"must not be used for {use}", licensing=True)
    return limits is not None and bool(STRONG & set(limits.restrictions))


def _of_use(question: str) -> bool:
    return any(p.search(question) for p in (ACT, PASSING_ON, _TAKES))


_TAKES = re.compile(r"\b(?:put|build|make|take|include|combine|work|add|bring)\b", _I)


_BADGE = re.compile(
    r"shields\.io/badge/((?:data[-_%20]{0,3})?(?:licen[sc]e|use|usage|terms|access))-([^\s)\"'?]{1,80}?)-\w{3,12}(?:\.svg|\.png)?(?=[)\"'?\s>])",
    _I,
)
_REFUSED = re.compile(
    r"\b(?:can|may|could|am|are|is|does|do)\s[^?\n]{1,120}\?[\W]{0,8}(?:a(?:nswer)?:\s)?(?:it\s(?:isn['’]t|is\snot)|you\s(?:can(?:no|['’])t|may\snot)|no\b(?!\s(?:problem|need))|sorry|sadly|regrettably|alas|afraid|i['’]m\safraid|we['’]re\safraid|unfortunately|only\b|never|not\s|ask\b|please\s(?:ask|contact))",
    _I,
)
