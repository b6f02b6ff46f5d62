"""What one license value of a record means: normalised once for each distinct value."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from provenance.licensing.conclude import conclude
from provenance.licensing.links import read_license_link, urls
from provenance.licensing.tags import Meant, named, read_tag, terms
from provenance.report.evidence import Evidence
from provenance.report.license import (
    NOASSERTION,
    NONE,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.identifiers import (
    LICENSE_REF,
    is_family,
    is_specific,
    parse_expression,
    reference,
    spdx_ids,
    symbols_in,
)


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

    A list is AND, as on the Hub, and so is text that joins names by a comma, ``;``, ``|``, ``/``,
    ``+``, ``&`` or "and"; "or" is OR. One member that is not recognised, or that is denied ("not
    MIT"), leaves the whole ambiguous. Text that holds a JSON or Python list or object is read as
    one.
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
    read = [(part, _meant(part)) for text in texts for part in _parts(text)]
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
    return all(is_specific(symbol) for symbol in symbols_in(meant.expression or ""))


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


_AND = re.compile(
    r"\s*(?:,(?!\s*(?:v(?:er(?:sion)?)?\b|v?\.?\d))|[;|&]|(?<=\w\w)/(?=\w\w)|\+(?=\s*[A-Za-z]))\s*"
    r"|\s+and\s+",
    re.IGNORECASE,
)
"""Between names: not before a version ("Apache License, Version 2.0"), not in ``GPL-2.0+``."""
_OR = re.compile(
    r"[\s,]+or\s+(?!\(?at\s|(?:any\s+)?(?:later|newer|greater|above)\b)", re.IGNORECASE
)
_EXPRESSION = re.compile(r"\b(?:AND|OR|WITH)\b|\(.*\b(?:and|or)\b")
_OPERATOR = re.compile(r"\b(?:and|or|with)\b")
_DENIES = re.compile(r"\b(?:not|no\s+longer|never|neither|nor|except|excluding)\b|n't\b", re.I)


def _parts(text: str) -> list[str]:
    """The members of a text that joins names by AND; the text itself where it is one thing.

    An SPDX expression, a name that is known as a whole and a text with links are one thing.
    """
    whole = " ".join(text.split())
    if urls(whole) or _OR.search(whole) or _known(whole) or not _AND.search(whole):
        return [text]
    return [part for part in _AND.split(whole) if part.strip()]


def _known(text: str) -> bool:
    """Whether it is an SPDX expression with operators, every leaf of which is on SPDX's list.

    In lower case without parentheses it is words: "mit or gpl-3.0" may come with any other name.
    """
    if _EXPRESSION.search(text) is None or parse_expression(text) is None:
        return False
    return all(
        symbol.partition(" WITH ")[0].removesuffix("+").lower() in spdx_ids()
        for symbol in symbols_in(text)
    )


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
    if _known(text):
        return Meant(Meaning.NAMES, _OPERATOR.sub(lambda m: m[0].upper(), " ".join(text.split())))
    if not linked:
        branches = [part for part in _OR.split(" ".join(text.split())) if part.strip()]
        if len(branches) > 1:
            return _either(text, branches)
    meant = read_tag(text)
    if meant.meaning is not Meaning.PLACEHOLDER and _DENIES.search(text):
        return Meant(Meaning.REFERS, reference(text))
    return meant


def _either(text: str, branches: Sequence[str]) -> Meant:
    """OR of what each branch means; a branch that is not recognised leaves all of it so."""
    expressions = []
    for branch in branches:
        read = [(part, _meant(part)) for part in _parts(branch)]
        if any(m.meaning not in {Meaning.NAMES, Meaning.FAMILY} for _, m in read):
            return Meant(Meaning.REFERS, reference(text))
        symbols = [m.expression or "" for _, m in read]
        joined = " AND ".join(LICENSE_REF + s if is_family(s) else s for s in symbols)
        expressions.append(f"({joined})" if len(symbols) > 1 else joined)
    unique = list(dict.fromkeys(expressions))
    return Meant(Meaning.NAMES, " OR ".join(unique))


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
