"""Rows of tables that say what may be done: "| Commercial use | no |", in either direction."""

from __future__ import annotations

from provenance import lazy_re as re
from provenance.licensing.alone import alone
from provenance.licensing.limits import limits_in
from provenance.licensing.sentence import without_names
from provenance.licensing.unread import Surroundings, condition_in
from provenance.licensing.who import is_research
from provenance.vocabulary.restrictions import Restriction

_I = re.IGNORECASE
_OF_USE: tuple[tuple[re.Pattern[str], Restriction], ...] = (
    (
        re.compile(
            r"(?:for\s)?commercial(?:ly)?(?:\s(?:use|usage|purposes?|exploitation|products?|users?))?"
            r"(?:\s(?:allowed|permitted|ok))?",
            _I,
        ),
        Restriction.NON_COMMERCIAL,
    ),
    (
        re.compile(
            r"(?:ai|ml|llm|model|machine\slearning)[\s-](?:model\s)?training(?:\s(?:allowed|permitted))?"
            r"|training\s(?:of\s)?(?:ai\s)?models(?:\s(?:allowed|permitted))?",
            _I,
        ),
        Restriction.NO_TRAINING,
    ),
    (
        re.compile(r"derivatives?(?:\sworks?)?(?:\s(?:allowed|permitted))?", _I),
        Restriction.NO_DERIVATIVES,
    ),
    (
        re.compile(r"re-?distribut(?:ion|e)(?:\s(?:allowed|permitted))?|resale|copying", _I),
        Restriction.USE_RESTRICTIONS,
    ),
)
"""What a row speaks of, and the term that "no" beside it is."""
_TERMS = re.compile(
    r"(?:terms|conditions)(?:\sof\suse)?|(?:usage|use)(?:\s(?:rights|terms|restrictions?|policy))?"
    r"|(?:permitted|allowed)\suses?|rights|restrictions?|permissions?|allowed\sfor",
    _I,
)
_NO = re.compile(
    r"[\W_]*(?:[❌✗✘✖✕🚫⛔]|(?:no|nope|never|not\s(?:allowed|permitted|ok|possible)|(?:is\s|strictly\s)?(?:prohibited|forbidden)"
    r"|disallowed|(?:only\s)?(?:with|after|upon)\s(?:\w+\s){0,2}(?:permission|consent|approval|licen[sc]e|agreement)"
    r"|(?:on|upon|by)\srequest|requires\s.{1,80}|nc)\b[\W_]*$)",
    _I,
)
_OF_TAKING = re.compile(
    r"(?:who\s(?:may|can)\b.{0,25}|(?:how\sto\s)?(?:access|obtain|availability)|(?:data\s)?(?:sharing|publication|resale|redistribution|publish\b.{0,20}|sell\b.{0,20}|share\b.{0,20})|licen[sc](?:e|ing)(?:\s\w+)?|.{0,12}\buse\b.{0,12}|eligib\w+|audience|users?)",
    _I,
)
"""Labels of further rows that may hold a condition."""
_ON_ASKING = re.compile(
    r"[\W_]*+(?:no|never|ask|on\sapplication|(?:on|by|upon)\s(?:reasonable\s|written\s)?(?:request|arrangement|agreement|invitation)|\w+\sonly|restricted|limited|closed|internal|members|accredited\b.{0,40}|registered\b.{0,40}|(?:academic|research|educational|scholarly)\b.{0,40})[\W_]*",
    _I,
)


def unread_in_row(header: tuple[str, ...], row: tuple[str, ...]) -> int | None:
    """The cell of a row on use that sets a condition no rule understands, by number."""
    if (
        len(row) < _PAIR
        or (row == header and not _is_use(row))
        or (header and _NAMES.fullmatch(header[0]) and not _LICENSE.fullmatch(header[0]))
    ):
        return None
    label = " ".join(re.sub(r"[*_`:?<>]+", " ", row[0]).split())
    if _QUESTION.match(row[0]) and _REFUSING.match(row[1]):
        return 1
    if _BAN.match(row[0]) and _YES.fullmatch(row[1]):
        return 1
    if header and _USES.fullmatch(header[0]) and _NO.match(row[1]):
        return 1
    if len(label) > _LONGEST_LABEL or not (_TERMS.fullmatch(label) or _OF_TAKING.fullmatch(label)):
        return None
    value = without_names(" ".join(row[1:]))
    if _BY_WHOM.match(value) and len(value.split()) <= _FEW and not _ANYONE.search(value):
        return 1
    told = _ON_ASKING.fullmatch(value) or condition_in(value, Surroundings.TERMS)
    return 1 if told else None


def _is_use(header: tuple[str, ...]) -> bool:
    """Whether the head of a table is itself a row on use: "| Usage | by pupils |"."""
    label = " ".join(re.sub(r"[*_`:?<>]+", " ", header[0]).split())
    value = " ".join(header[1:])
    told = _TERMS.fullmatch(label) or _OF_TAKING.fullmatch(label)
    return len(header) == _PAIR and bool(told) and not _HEAD.fullmatch(value)


_HEAD = re.compile(
    r"\W*(?:\w+\s)?(?:values?|descriptions?|details?|allowed|permitted|granted|notes?|status|comments?|examples?|info\w*|meaning|answers?|text|explanation|count|number)\W*",
    _I,
)
"""What a table's second column is called."""
_BY_WHOM = re.compile(r"\W*(?:by|within|among|inside)\s(?=\w)", _I)
_ANYONE = re.compile(
    r"\b(?:any|all|every|public|everyone|anyone|anybody|commercial|default|design|hand|means|humans?|using|calling|running|loading|\w+ing)\b",
    _I,
)
_FEW = 5
"""Most words of a value that is only for whom."""
_QUESTION = re.compile(
    r"\W*(?:can|may|am|is|are|do|could)\s.{1,120}\b(?:use|sell|share|train|publish|copy|product|commercial|redistribute|upload|modify|build)\w{0,4}\b.{0,80}\?\W*$",
    _I,
)
_REFUSING = re.compile(
    r"\W*(?:no\b(?!\s(?:problem|need))|not\b|only\b|never|sorry|unfortunately|ask\b|after\b|with\b|upon\b)",
    _I,
)
_BAN = re.compile(
    r"\W*no\s(?:re-?)?(?:sale|sell\w*|distribut\w+|publi\w+|shar\w+|copy\w*|derivat\w+|use|training|host\w*|upload\w*)\b",
    _I,
)
_YES = re.compile(r"[\W_]*+(?:yes|true|applies|required)?[\W_]*+", _I)
_LICENSE = re.compile(r"\W*licen[sc](?:e|ing)\W*", _I)
"""A header that is itself the first row of metadata."""
_USES = re.compile(
    r"\W*(?:uses?(?:\scases?)?|purposes?|activity|rights?|permissions?|who|users?|audience|action)\W*",
    _I,
)
"""Heading of a column of uses, beside which another says whether they are allowed."""
_PAIR = 2
_NAMES = re.compile(
    r"[\W_]*(?:name|data-?set|corpus|corpora|model|source|subset|part|split|system|method|license|licence|resource|work|benchmark|id|tool|platform|provider|version)s?\b.*",
    _I,
)
"""A first column of names: its rows are of other things."""


def use_terms(header: tuple[str, ...], row: tuple[str, ...]) -> tuple[tuple[int, Restriction], ...]:
    """Which cells of a row close a use, by number, and with which term.

    A row's first cell may say what it is about ("| Commercial use | no |"), or a column's heading
    in a table that describes one thing; a table of several things is about those.
    """
    if len(row) > 1 and (told := _closed(row[0], " ".join(row[1:]))):
        return tuple((1, term) for term in told)
    if row == header or len(row) != len(header) or _NAMES.fullmatch(header[0]):
        return ()
    closed = ((i, _closed(h, cell)) for i, (h, cell) in enumerate(zip(header, row, strict=True)))
    return tuple((i, term) for i, told in closed for term in told)


def _closed(label: str, value: str) -> tuple[Restriction, ...]:
    """Terms of a label with its value."""
    name = " ".join(re.sub(r"[*_`:?<>]+", " ", label).split())
    if not name or len(name) > _LONGEST_LABEL or not value.strip():
        return ()
    for pattern, term in _OF_USE:
        if pattern.fullmatch(name):
            return (term,) if _NO.match(value) else ()
    if _TERMS.fullmatch(name) is None:
        return ()
    if _ALLOWED.match(name) and is_research(value) and len(value) <= _LONGEST_LABEL:
        return (Restriction.RESEARCH_ONLY,)
    limits = limits_in(without_names(value), licensing=True)
    return limits.restrictions if limits is not None else alone(value)


_ALLOWED = re.compile(r"(?:permitted|allowed)\b", _I)
_LONGEST_LABEL = 40
