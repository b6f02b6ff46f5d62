"""Terms that the field uses and SPDX does not list: how they are written, and their addresses.

The knowledge is ``vocabulary/data/known_terms.json``, written by ``tasks/build_licenses.py`` from
``tasks/licenses_curated.yaml``, each entry with its source.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from provenance import lazy_re as re


class _Term(msgspec.Struct):
    symbol: str
    source: str
    names: list[str]
    links: list[str]


class _Terms(msgspec.Struct):
    terms: list[_Term]


@cache
def _terms() -> tuple[_Term, ...]:
    data = (resources.files("provenance.vocabulary") / "data" / "known_terms.json").read_bytes()
    return tuple(msgspec.json.decode(data, type=_Terms).terms)


def name_rows() -> tuple[tuple[str, str, str], ...]:
    """Rows ``(hint, pattern, symbol)`` for the table of names; an empty hint is in every text."""
    return tuple((_hint(name), name, t.symbol) for t in _terms() for name in t.names)


def link_rows() -> tuple[tuple[str, str], ...]:
    """Rows ``(pattern, symbol)`` for the table of links."""
    return tuple((link, t.symbol) for t in _terms() for link in t.links)


_PLAIN = re.compile(r"[^\\()\[\]?*+|.{}^$]{3,}")


def _hint(pattern: str) -> str:
    """A string that every text the pattern matches holds: its plain start."""
    start = _PLAIN.match(pattern)
    if start is None:
        return ""
    end = start.end() - (pattern[start.end() : start.end() + 1] in {"?", "*", "{"})
    return pattern[:end].lower()
