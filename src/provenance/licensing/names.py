"""License names in running text: where they stand and which symbol they mean."""

from __future__ import annotations

from functools import lru_cache

from provenance import lazy_re as re
from provenance.frozen import frozen
from provenance.knowledge import read_table
from provenance.licensing import creative_commons
from provenance.licensing.known_terms import name_rows
from provenance.licensing.sieve import Sieve
from provenance.licensing.spellings import (
    CREATIVE_COMMONS,
    CREATIVE_COMMONS_HINTS,
    FIXED,
    MIT,
    VERSIONED,
)
from provenance.vocabulary.identifiers import PUBLIC_DOMAIN, family_of, spdx_ids, version_of


@frozen
class NameMention:
    """A license named at ``text[start:end]``."""

    start: int
    end: int
    symbol: str
    """SPDX id, ``LicenseRef-…`` or a family."""


_VERSION = re.compile(
    r"[\s,(_-]{0,3}(?:v(?:ersion|er)?\.?[\s_-]?)?(\d(?:\.\d){0,2}[a-z]?)(?![\d%a-z]|\.\d)",
    re.IGNORECASE,
)
_LATER = re.compile(r"\+|[\s,)(-]{1,3}or[\s-](?:\(at\syour\soption\)\s)?(?:any[\s-])?later", re.I)


@lru_cache(maxsize=1024)
def _pattern(rows: tuple[int, ...]) -> re.Pattern[str]:
    """One pattern for the rows of the table whose hints a text holds; ``-1`` is MIT, ``-2`` CC."""
    parts = []
    for row in rows:
        if row < 0:
            parts.append(f"(?P<CC>{CREATIVE_COMMONS})" if row == _CC else f"(?P<MIT>{MIT})")
        else:
            parts.append(f"(?P<N{row}>{_ROWS[row][1]})")
    return re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(parts) + ")", re.IGNORECASE)


_FIXED = name_rows() + FIXED
_ROWS = _FIXED + VERSIONED
_MIT, _CC = -1, -2
_SIEVE = Sieve((CREATIVE_COMMONS, MIT, *(pattern for _, pattern, _ in _ROWS)))


def may_name(text: str) -> bool:
    """Whether a license can be named in ``text``; most texts name none, and are told soon."""
    return bool(_SIEVE.may(text))


def _rows(text: str) -> tuple[int, ...]:
    through = _SIEVE.may(text)
    if not through:
        return ()
    lowered = text.lower()
    return tuple(n - 2 for n in through if _hinted(n - 2, lowered))


def _hinted(row: int, lowered: str) -> bool:
    if row == _CC:
        return any(hint in lowered for hint in CREATIVE_COMMONS_HINTS)
    return ("mit" if row == _MIT else _ROWS[row][0]) in lowered


MAX_TEXT = 4_000
"""Longest text searched for names, in characters; a longer one is searched up to here."""


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[NameMention, ...]:
    """Licenses named in ``text``, in order.

    A family that is named again with its version right beside it ("Creative Commons license
    (CC BY 4.0)") is one mention, the more specific one.
    """
    text = text[:MAX_TEXT]
    every: list[NameMention] = []
    at = 0
    rows = _rows(text)
    if not rows:
        return ()
    pattern = _pattern(rows)
    while (match := pattern.search(text, at)) is not None:
        mention = _mention(text, match)
        at = max(match.end(), match.start() + 1)
        if mention is not None:
            every.append(mention)
            at = max(at, mention.end)
    return _merged(text, every)


def _mention(text: str, match: re.Match[str]) -> NameMention | None:
    start, end = match.span()
    group = match.lastgroup or ""
    if group == "CC":
        name = creative_commons.read_name(text, start)
        return None if name is None else NameMention(start, name[1], name[0])
    if group == "MIT":
        return NameMention(start, end, "MIT-0" if match[0].lower() == "mit-0" else "MIT")
    row = int(group[1:])
    family = _ROWS[row][2]
    if row < len(_FIXED):
        return NameMention(start, end, family)
    version = _VERSION.match(text, end)
    if version is None:
        bare = family == "Apache" and "licen" not in match[0].lower()
        return None if bare else NameMention(start, end, family)
    later = _LATER.match(text, version.end())
    symbol = with_version(family, version[1], later is not None)
    return NameMention(start, later.end() if later else version.end(), symbol)


def with_version(family: str, version: str | None, later: bool = False) -> str:
    """SPDX id of ``family`` at ``version``; the family when SPDX has no such version.

    A GNU version without "or later" is "only": see ``tasks/build_licenses.py``.
    """
    if family == "Llama":
        return _LLAMA.get(version or "", "Llama")
    if version is None:
        return family
    version = version.lower().rstrip("-")
    for candidate in (version, version + ".0", version.removesuffix(".0")):
        for suffix in ("-or-later", "-only", "") if later else ("-only", ""):
            symbol = spdx_ids().get(f"{family}-{candidate}{suffix}".lower())
            if symbol is not None:
                return symbol
    return family


_LLAMA = {
    version: symbol for symbol, version in read_table("licensing", "llama", "symbol", "version")
}
_RESTATED = re.compile(r"[\s(\[\]*_`\"“,:–—-]{0,8}(?:licen[sc]e[ds]?)?[\s(\[\]*_`\"“:,–—-]{0,8}")


def _merged(text: str, overlapping: list[NameMention]) -> tuple[NameMention, ...]:
    kept: list[NameMention] = []
    for mention in overlapping:
        before = kept[-1] if kept else None
        if before is not None and _RESTATED.fullmatch(text, before.end, mention.start):
            restated = "(" in text[before.end : mention.start]
            joined = more_specific(before.symbol, mention.symbol, restated)
            if joined is not None:
                kept[-1] = NameMention(before.start, mention.end, joined)
                continue
        kept.append(mention)
    return tuple(kept)


def more_specific(symbol: str, other: str, restated: bool = False) -> str | None:
    """The symbol that two mentions side by side stand for when one says the other more exactly.

    ``restated`` says that the other stands in parentheses: "Creative Commons Attribution
    (CC BY-SA 4.0)" is one license, "CC BY, CC BY-SA" are two.
    """
    if symbol == other:
        return symbol
    if {symbol, other} == {PUBLIC_DOMAIN, "CC0-1.0"}:
        return "CC0-1.0"
    for less, more in ((symbol, other), (other, symbol)):
        if version_of(less) is not None:
            continue
        family = family_of(more)
        if family == less or (less == "CC" and more.startswith("CC")):
            return more
        if restated and family.startswith(f"{less}-"):
            return more
    return None
