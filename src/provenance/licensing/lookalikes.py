"""Sentences that look like a term of use and are none: denied, past, or of something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from provenance import lazy_re as re
from provenance.vocabulary.restrictions import Restriction

_I = re.IGNORECASE

NOT_SO = re.compile(
    r"非商[用業业][^。]{0,6}(?:を問わ|でも|均可|都可)|(?:不论|无论|不限)[^。]{0,10}商|"
    r"\bno\s(?:\w+\s)?(?:permission|consent|approval)\s(?:is\s)?(?:needed|required|necessary)\b[^.;]{0,40}\bcommercial|"
    r"(?:\bno\ses|\bis\snot|\bisn['’]t|\bdoes\snot\smean|\bn['’]est\spas|\bist\snicht|\bnon\sè|\bnão\sé)\W{1,3}(?:an?\s|una?\s|eine?\s)?[«\"“'‘]?\s?(?:non|no|não|nicht)[-\s]?[ck]om+er"
    r"|\b(?:is|are)\s(?:not|n['’]t)\s{1,9}an?\b(?:(?!\b(?:but|rather|instead|only)\b)[^.;:,–—]){1,60}?\bnon[-‐‑\s]?commercial\slicen[sc]e"
    r"|non?[-\s]?com+er\w{1,8}(?:\s+[^\s]{1,20}){0,6}?\s+(?:would\s(?:block|prevent|exclude|limit|restrict|hinder)|\w{3,12}ar[ií]an?\b|\w{3,12}ir[ií]an?\b|würde)",
    _I,
)
"""Who says that it is not so, or what would follow if it were, limits nothing."""
_OF_NAMES = re.compile(r"\bto\s(?:endorse|promote)\b|\bendorsement\b", _I)
"""What may not be done with the authors' names is no use of a set."""
_OF_HARM = re.compile(
    r"\bto\s(?:\w+\s){0,3}?(?:hateful|harmful|abusive|malicious|toxic|illegal|deceptive|misleading|defamatory)\b",
    _I,
)
"""A model that must not be trained to do harm may be trained to do anything else."""
_THAT_MISLEAD = re.compile(
    r"\bshould\snot\s(?:be\s)?(?:used\s)?(?:to\s)?(?:train|build|develop|create)\w*\s(?:\w+\s){0,3}?(?:models?|systems?)\s(?:that|which)\s(?!(?:\w+\s){0,3}compet)",
    _I,
)
"""Advice against one sort of models: "should not be used to train models that present guesses"."""
_CLAUSE = r"(?:(?!\s(?:and|but|while|whereas|yet|so)\s)[^.;,:]){0,120}"
"""The rest of what is said in one breath: what follows "and" may be a term all the same."""
_UNFIT = re.compile(
    r"\bnot\s(?:be\s)?(?:\w+ly\s|really\s|well\s)?(?:suit(?:ed|able)|useful|large\senough|big\senough|enough|sufficient|optimi[sz]ed)\b"
    + _CLAUSE,
    _I,
)
"""What a set is too small or too plain for is no ban."""
_EARLIER = re.compile(
    r"\b(?:earlier|previous|older|former|prior)\s(?:versions?|releases?|editions?)\s(?:was|were|had|used\sto)\b"
    + _CLAUSE
    + r"|\b(?:until|before)\s(?:\w+\s)?\d{4},?\s[^.;]{0,40}?\b(?:was|were|could|had)\b"
    + _CLAUSE,
    _I,
)
"""What held for a version before this one."""
_MADE_FOR = re.compile(
    r"\b(?:was|were)(?:\snot|n['’]t)\s(?:\w+ly\s)?(?:built|made|designed|created|collected|recorded|written)\s(?:for|to|as)\b",
    _I,
)
"""What a set was not made for tells of its making: "it was not built for competitive ends"."""
_NOT_BUT = re.compile(
    r"(?:\bnot|n['’]t)\s(?:(?!pre-?train|train|fine|tun|but\b)[\w'’-]{1,30}\s){1,12}(?=but\s)", _I
)
"""What is denied before "but" is not what follows it: "not use photos but train on drawings"."""
_NOT_ONLY = re.compile(
    r"\bnot\s(?:only|just|merely|solely|exclusively|limited|restricted|confined)\s(?:for|to|in)\s(?:[\w-]{1,30}\s?){1,4}",
    _I,
)
"""Who says "not only for research" names the first of several uses."""
_NEEDS_NONE = re.compile(
    r"\b(?:needs?|requires?|there\sis)\sno\s(?:\w+\s)?(?:permission|consent|approval|licen[sc]e)\b",
    _I,
)
"""Who says that no leave is needed asks for none."""


_MADE_FROM = re.compile(
    r"\b(?:derived|drawn|taken|collected|compiled|extracted|scraped|crawled|sourced|gathered|obtained|built|created"
    r"|constructed|assembled|adapted|harvested|downloaded|curated|generated|prepared|selected|sampled|translated"
    r"|based|come|comes|came)\s(?:\w{1,20}\s){0,3}?(?:from|out\sof|using|on)\s[^.;]{0,80}$",
    _I,
)
"""What stands before the name of a source: "derived from publicly available textbooks"."""
_PREDICATE = re.compile(
    r"(?:\b(?:is|are|be|been|was|were|and|or|which|that|but|now|made|may|can|hereby|will|they|it)|[,(])\s(?:\w{2,20}ly\s)?$",
    _I,
)
"""What stands before a verb or an adjective that says something, and is not part of a name."""
_AIMED = re.compile(
    r"\b(?:intended|meant|designed|created|developed|built|prepared|planned|suited|suitable|aimed)\s(?:\w{2,20}ly\s)?"
    r"(?:to\sbe|for|for\sthe|to)\s(?:\w{2,20}ly\s)?$"
    r"|\b(?:we|i)\s(?:have\s|had\s|also\s)?$",
    _I,
)
"""What a set is meant for, or what its makers do with it."""
_DONE = re.compile(r"\b(?:was|were|been)\s(?:\w{2,20}ly\s)?$", _I)
_TAKEN = re.compile(r"(?:use|obtain|access)", _I)
_BEFORE = 200
"""Characters before a grant that are looked at."""


def tells_a_purpose(text: str, at: int) -> bool:
    """Whether "… for research" at ``at`` only tells what something was made from or meant for.

    "Derived from available textbooks for research purposes" speaks of the textbooks, "intended to
    be used for research" of an aim, "was obtained for research" of the past: none restricts.
    """
    before = text[max(at - _BEFORE, 0) : at]
    if _AIMED.search(before) or (_TAKEN.match(text, at) and _DONE.search(before)):
        return True
    return _MADE_FROM.search(before) is not None and _PREDICATE.search(before) is None


Spans = dict[Restriction, tuple[int, int]]
"""Terms and where a text says them."""
_BOUNDARY = re.compile(
    r"[.;:!]\s|,?\s(?:and|but|yet|while|whereas|however|although|though|nor)\s", _I
)
"""Where one thing that a sentence says ends and the next begins."""


def drop_lookalikes(spans: Spans, text: str, read: Callable[[str], Spans]) -> None:
    """Take out of ``spans`` what only looks like a term, unless the rest of ``text`` says it too.

    ``read`` gives the terms of a text: the rest is read anew, so that a lookalike hides nothing
    but itself.
    """
    for pattern, terms in _WHOLE_CLAUSES:
        rest = _without(text, [_clause(text, *match.span()) for match in pattern.finditer(text)])
        _keep_what_is_left(spans, terms, rest, text, read)
    for pattern, alike in _WORDS:
        dropped = [match.span() for match in pattern.finditer(text)]
        told = [t for t in alike or tuple(spans) if _ends_within(spans.get(t), dropped)]
        _keep_what_is_left(spans, told, _without(text, dropped), text, read)


_WHOLE_CLAUSES: tuple[tuple[re.Pattern[str], tuple[Restriction, ...]], ...] = (
    (_OF_HARM, (Restriction.NO_TRAINING,)),
    (_THAT_MISLEAD, (Restriction.NO_TRAINING,)),
    (_OF_NAMES, (Restriction.USE_RESTRICTIONS,)),
    (_MADE_FOR, (Restriction.MODEL_OUTPUT_TERMS,)),
    (_NOT_BUT, (Restriction.NO_TRAINING,)),
    (NOT_SO, (Restriction.NON_COMMERCIAL,)),
)
_WORDS: tuple[tuple[re.Pattern[str], tuple[Restriction, ...]], ...] = (
    (_UNFIT, (Restriction.NO_TRAINING,)),
    (_NEEDS_NONE, (Restriction.USE_RESTRICTIONS,)),
    (_EARLIER, ()),
    (_NOT_ONLY, (Restriction.RESEARCH_ONLY,)),
)
"""Patterns that match all of what only looks so, and the terms it looks like: none are all."""


def without_denied(text: str) -> str:
    """``text`` with what is said not to be so blanked."""
    return _without(text, [_clause(text, *match.span()) for match in NOT_SO.finditer(text)])


def _keep_what_is_left(
    spans: Spans, terms: Sequence[Restriction], rest: str, text: str, read: Callable[[str], Spans]
) -> None:
    told = [term for term in terms if term in spans]
    if not told or rest == text:
        return
    left = read(rest)
    for term in told:
        del spans[term]
        if term in left:
            spans[term] = left[term]


def _ends_within(span: tuple[int, int] | None, places: Sequence[tuple[int, int]]) -> bool:
    return span is not None and any(start < span[1] <= end for start, end in places)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """What is said in one breath around a place."""
    first, last = 0, len(text)
    for match in _BOUNDARY.finditer(text):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            return first, match.start()
    return first, last


def _without(text: str, places: Sequence[tuple[int, int]]) -> str:
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
