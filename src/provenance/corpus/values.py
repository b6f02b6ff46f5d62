"""What one license value of a record means: normalised once for each distinct value."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from provenance.evidence import Evidence
from provenance.license import (
    NOASSERTION,
    NONE,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.licensing.conclude import conclude
from provenance.licensing.identifiers import is_family, is_specific
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.tags import Meant, named, read_tag, terms


class ValueKind(StrEnum):
    """What stands where a record's license should; each is counted apart."""

    NAMED = "named"
    NO_COLUMN = "no license column"
    NULL = "null"
    EMPTY = "empty string"
    EMPTY_LIST = "empty list"
    PLACEHOLDER = "placeholder"
    UNRECOGNISED = "unrecognised value"


_SAYS_NOTHING = frozenset({"no_license", "no-license", "no license", "nolicense", "noassertion"})
"""Words for "none was found" in The Stack v2 (``license_type``) and in SPDX documents."""
_KEYS = ("spdx_id", "spdx", "id", "key", "name", "license", "title", "url")
"""Keys of a structure that may name a license, best first (GitHub's API: ``spdx_id``, ``key``)."""
_MAX_DEPTH = 8


def conclude_value(value: str | None, evidence: Evidence) -> tuple[ValueKind, LicenseConclusion]:
    """The meaning of one value as JSON text; ``None`` where the file has no license column.

    A list is AND, as on the Hub. One member that is not recognised leaves the whole list
    ambiguous. Text that holds a JSON or Python list or object is read as one.
    """
    if value is None:
        return ValueKind.NO_COLUMN, _nothing("the file has no license column")
    parsed = _unwrapped(json.loads(value))
    if parsed is None:
        return ValueKind.NULL, _nothing("the record's license is null")
    texts = [text for text in _texts(parsed, 0) if text.strip()]
    if not texts:
        if isinstance(parsed, str):
            return ValueKind.EMPTY, _nothing("the record's license is an empty string")
        return ValueKind.EMPTY_LIST, _nothing("the record's list of licenses is empty")
    read = [(text, _meant(text)) for text in texts]
    conclusion = conclude([_statement(text, meant, evidence) for text, meant in read])
    unread = [text for text, meant in read if _unrecognised(text, meant)]
    if unread:
        reason = "a value that names no license known here"
        return ValueKind.UNRECOGNISED, _undecided(conclusion, reason)
    if any(meant.expression and not _specific(meant) for _, meant in read):
        return ValueKind.NAMED, _undecided(conclusion, "a license that could be several")
    if conclusion.state is LicenseState.NONE:
        return ValueKind.PLACEHOLDER, conclusion
    return ValueKind.NAMED, conclusion


def _nothing(reason: str) -> LicenseConclusion:
    return LicenseConclusion(LicenseState.NONE, (), NONE, reason, (), ())


def _undecided(conclusion: LicenseConclusion, reason: str) -> LicenseConclusion:
    """AND with an undecided member is undecided, however specific the others are."""
    return LicenseConclusion(
        LicenseState.AMBIGUOUS,
        conclusion.declared,
        NOASSERTION,
        reason,
        conclusion.restrictions,
        conclusion.statements,
    )


def _specific(meant: Meant) -> bool:
    return meant.meaning is not Meaning.FAMILY or is_specific(meant.expression or "")


def _unwrapped(value: object) -> object:
    """The list or object that a text holds; the value itself otherwise."""
    if not isinstance(value, str) or value.strip()[:1] not in {"[", "{"}:
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            found: object = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list | dict):
            return found
    return value


def _texts(value: object, depth: int) -> Iterator[str]:
    """The words of a value that may name a license."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool | int | float):
        yield str(value)
    elif isinstance(value, list) and depth < _MAX_DEPTH:
        for item in value:
            yield from _texts(item, depth + 1)
    elif isinstance(value, Mapping) and depth < _MAX_DEPTH:
        for key in _KEYS:
            found = list(_texts(value.get(key), depth + 1))
            if any(text.strip() for text in found):
                yield from found
                return


def _meant(text: str) -> Meant:
    """As a card's tag, but a link names its license better than the words around it.

    "Creative Commons - Attribution - https://creativecommons.org/licenses/by/4.0/" is how Common
    Pile writes CC-BY-4.0.
    """
    if text.strip().lower() in _SAYS_NOTHING:
        return Meant(Meaning.PLACEHOLDER, None)
    linked = {s for _, url in urls(text) if (s := read_license_link(url)) is not None}
    if len(linked) == 1 and not is_family(next(iter(linked))):
        return named(linked.pop())
    return read_tag(text)


def _unrecognised(text: str, meant: Meant) -> bool:
    return meant.meaning is Meaning.REFERS and not text.strip().startswith("LicenseRef-")


def _statement(text: str, meant: Meant, evidence: Evidence) -> LicenseStatement:
    return LicenseStatement(
        raw=text,
        meaning=meant.meaning,
        expression=meant.expression,
        restrictions=terms(meant.expression),
        scope=Scope.DATA,
        origin=Origin.TAG,
        evidence=evidence,
    )
