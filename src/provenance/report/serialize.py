"""Reports to JSON and back: the contract other programs rely on (``schema_version`` "2")."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from provenance.errors import UsageError
from provenance.escape import UNSEEN, unseen
from provenance.report.coverage import Coverage
from provenance.report.earlier import FIRST_VERSION, from_version_1
from provenance.report.report import SCHEMA_VERSION, Report

_UNSEEN = re.compile(unseen(UNSEEN[1:]))
"""What JSON lets one write as escapes; the first run, the C0 controls, it asks to."""


def to_json(report: Report) -> str:
    r"""The report as indented JSON with a final newline.

    Equal reports give equal bytes: fields stand in the order of :mod:`provenance.report.report`,
    a whole number has no decimal point, and invisible characters are written as ``\u`` escapes.
    """
    return _dump(report, indent=2) + "\n"


def to_json_lines(reports: Iterable[Report]) -> str:
    """Several reports, one a line (https://jsonlines.org)."""
    return "".join(_dump(report, indent=None) + "\n" for report in reports)


def from_json(text: str) -> Report:
    """Read one report written by :func:`to_json`.

    Raises:
        UsageError: not JSON, not one report, of another ``schema_version``, or a field is wrong.

    """
    reports = reports_from_json(text)
    if len(reports) != 1:
        raise UsageError(f"one JSON report was expected, {len(reports)} are there")
    return reports[0]


def reports_from_json(text: str) -> tuple[Report, ...]:
    """Read every report of a JSON or JSON Lines text.

    Raises:
        UsageError: not JSON, no report in it, of another ``schema_version``, or a field is wrong.

    """
    reports = tuple(_report(value) for value in _values(text))
    if not reports:
        raise UsageError("no JSON report is there: the text is empty")
    return reports


Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""A JSON value."""


def dump_json(value: Mapping[str, Json]) -> str:
    """Any JSON object in the same form as a report: indented, with invisible characters escaped."""
    return _dump(value, indent=2) + "\n"


def _dump(value: object, indent: int | None) -> str:
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        _whole(msgspec.to_builtins(value)),
        ensure_ascii=False,
        allow_nan=False,
        indent=indent,
        separators=separators,
    )
    return _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def _whole(value: object) -> object:
    """The same tree with whole floats as integers: ``3.0`` and ``3`` are one number in JSON."""
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _values(text: str) -> Iterator[object]:
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    text = text.removeprefix("\ufeff")
    position = _skip_space(text, 0)
    while position < len(text):
        try:
            value, end = decoder.raw_decode(text, position)
        except json.JSONDecodeError as error:
            raise UsageError(
                f"not a JSON report: {error.msg} at line {error.lineno}, column {error.colno}"
            ) from None
        except ValueError:
            raise UsageError("not a JSON report: a number in it has too many digits") from None
        except RecursionError:
            raise UsageError("not a JSON report: it is nested too deeply") from None
        yield value
        position = _skip_space(text, end)


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _refuse_constant(name: str) -> float:
    raise UsageError(f"not a JSON report: {name} is not a JSON number")


def _report(value: object) -> Report:
    version = value.get("schema_version") if isinstance(value, dict) else None
    if isinstance(value, dict) and version == FIRST_VERSION:
        value = from_version_1(value)
    elif version != SCHEMA_VERSION:
        raise UsageError(
            f"not a report of schema_version {SCHEMA_VERSION!r} (found {version!r}): "
            "make one with `provenance audit SUBJECT --format json`"
        )
    try:
        report = msgspec.convert(value, Report)
    except (msgspec.ValidationError, OverflowError, RecursionError) as error:
        raise UsageError(f"not a valid report: {error}") from None
    for coverage in report.coverage:
        if not all(map(math.isfinite, _amounts(coverage))):
            raise UsageError("not a valid report: a coverage number is out of range")
    return report


def _amounts(coverage: Coverage) -> tuple[float, ...]:
    return (
        coverage.total,
        coverage.lacking,
        coverage.not_examined,
        coverage.conflicting,
        coverage.database_only,
    )
