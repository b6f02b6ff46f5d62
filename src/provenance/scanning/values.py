"""What one license value of a record means: normalised once for each distinct value."""

from __future__ import annotations

import ast
import gc
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from provenance.frozen import frozen
from provenance.licensing.conclude import conclude
from provenance.licensing.meanings import ReadValue, terms, union
from provenance.licensing.values import read_value
from provenance.report.evidence import Evidence
from provenance.report.license import (
    NONE,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.vocabulary.identifiers import LICENSE_REF
from provenance.vocabulary.restrictions import Restriction


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

    Read and concluded as a card's tag is, by the same reader: a list is AND, and one member that
    is not recognised, or that is denied ("not MIT"), leaves the whole ambiguous. Text that holds a
    JSON or Python list or object is read as one.
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
    return _concluded([(text, _meant(text)) for text in texts], evidence)


def _concluded(
    read: Sequence[tuple[str, ReadValue]], evidence: Evidence
) -> tuple[ValueKind, LicenseConclusion]:
    conclusion = conclude([_statement(text, meant, evidence) for text, meant in read])
    if all(meant.meaning is Meaning.PLACEHOLDER for _, meant in read):
        return ValueKind.PLACEHOLDER, conclusion
    if any(_unrecognised(text, meant) for text, meant in read):
        return ValueKind.UNRECOGNISED, conclusion
    return ValueKind.NAMED, conclusion


@frozen
class Outline:
    """What a conclusion comes to, without its statements: of many values nothing else is kept."""

    kind: ValueKind
    state: LicenseState
    concluded: str
    terms: str
    """What values must share to be one group: "gpl" and "cc" are both open, and not alike."""
    lacks: bool


_ANYWHERE = Evidence("corpus", None, "records", None, None, "")
"""Where a value is read makes no difference to what it comes to."""


def outline(value: str | None) -> Outline:
    """What :func:`conclude_value` comes to, wherever the value is read.

    Of values that are no names known here, some thousand different ones come to the same.
    """
    text = None if value is None else _single(value)
    if text is None:
        return _outlined(*conclude_value(value, _ANYWHERE))
    meant = _meant(text)
    if meant.meaning not in _ALIKE or text.strip().startswith(LICENSE_REF):
        return _outlined(*_concluded([(text, meant)], _ANYWHERE))
    shape = (
        meant.meaning,
        meant.expression is None,
        meant.restrictions,
        _unrecognised(text, meant),
    )
    known = _SHAPES.get(shape)
    if known is None:
        known = _SHAPES[shape] = _outlined(*_concluded([(text, meant)], _ANYWHERE))
    return known


_Shape = tuple[Meaning, bool, tuple[Restriction, ...], bool]
_SHAPES: dict[_Shape, Outline] = {}
_ALIKE = frozenset({Meaning.REFERS, Meaning.MODIFIED, Meaning.VAGUE})
"""Meanings of one value alone that its own words make no difference to."""


def _single(value: str) -> str | None:
    """The text that a value is, where it is no list or structure."""
    parsed = json.loads(value)
    if not isinstance(parsed, str) or not parsed.strip() or _unwrapped(parsed) is not parsed:
        return None
    return parsed


def _outlined(kind: ValueKind, conclusion: LicenseConclusion) -> Outline:
    undecided = kind is ValueKind.NAMED and conclusion.state is not LicenseState.EXPLICIT
    terms = ", ".join(conclusion.declared) if undecided else conclusion.concluded
    return Outline(kind, conclusion.state, conclusion.concluded, terms, conclusion.lacks)


_MANY = 4_000
"""Fewer values are read sooner than processes start."""
_PART = 1_000


def outlines(values: Sequence[str | None]) -> Iterator[Outline]:
    """:func:`outline` of each value, in order; of many on every processor."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if len(values) < _MANY or (workers or 1) == 1:
        yield from map(outline, values)
        return
    from concurrent.futures import ProcessPoolExecutor

    parts = [values[start : start + _PART] for start in range(0, len(values), _PART)]
    with ProcessPoolExecutor(workers, initializer=_keep_what_is_there) as pool:
        for distinct, numbers in pool.map(_numbered, parts):
            yield from map(distinct.__getitem__, numbers)


def _keep_what_is_there() -> None:
    """Let the collector look at what is new only: the tables of licenses stay."""
    gc.freeze()
    gc.set_threshold(20_000)


def _numbered(values: Sequence[str | None]) -> tuple[list[Outline], list[int]]:
    """The distinct outlines, and for each value which is its own: most are alike."""
    numbers: dict[Outline, int] = {}
    places = [numbers.setdefault(outline(value), len(numbers)) for value in values]
    return list(numbers), places


def _nothing(reason: str) -> LicenseConclusion:
    return LicenseConclusion(LicenseState.NONE, (), NONE, reason, (), ())


def _unwrapped(value: object) -> object:
    """The list or object that a text holds; the value itself otherwise."""
    if not isinstance(value, str) or value.strip()[:1] not in {"[", "{"}:
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            inner: object = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(inner, list | dict):
            return inner
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
            texts = list(_texts(value.get(key), depth + 1))
            if any(text.strip() for text in texts):
                yield from texts
                return


def _meant(text: str) -> ReadValue:
    if text.strip().lower() in _SAYS_NOTHING:
        return ReadValue(Meaning.PLACEHOLDER, None)
    return read_value(text)


_UNREAD = frozenset({Meaning.REFERS, Meaning.MODIFIED, Meaning.VAGUE, Meaning.PLACEHOLDER})


def _unrecognised(text: str, meant: ReadValue) -> bool:
    if meant.meaning is Meaning.VAGUE and text.strip().lower() == "other":
        return False  # the Hub's own id for terms that it does not list
    return meant.meaning in _UNREAD and not text.strip().startswith("LicenseRef-")


def _statement(text: str, meant: ReadValue, evidence: Evidence) -> LicenseStatement:
    return LicenseStatement(
        raw=text,
        meaning=meant.meaning,
        expression=meant.expression,
        restrictions=union([meant.restrictions, terms(meant.expression)]),
        scope=Scope.DATA,
        origin=Origin.RECORD,
        evidence=evidence,
    )
