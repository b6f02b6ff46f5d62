"""JSON reports: the schema that is shipped, the way out and the way back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import factory
from tests.render.golden import GOLDEN

from provenance.errors import UsageError
from provenance.render import FORMATS
from provenance.render.difference.compare import compare
from provenance.render.difference.pages import difference_text
from provenance.render.page import Page
from provenance.report.report import Report, Tool
from provenance.report.serialize import (
    from_json,
    reports_from_json,
    to_json,
    to_json_lines,
)

SCHEMA = files("provenance.report").joinpath("report-2.json").read_text(encoding="utf-8")
REPORTS = [factory.report, factory.undeclared, factory.passing, factory.hostile]


@pytest.mark.parametrize("make", REPORTS)
def test_a_report_comes_back_as_it_was(make: Callable[[], Report]) -> None:
    text = to_json(make())
    assert from_json(text) == make()
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize("make", REPORTS)
def test_a_report_validates(make: Callable[[], Report]) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA)).validate(json.loads(to_json(make())))


def test_the_shipped_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(SCHEMA))


def test_the_schema_describes_fields() -> None:
    weight = json.loads(SCHEMA)["$defs"]["Coverage"]["properties"]
    assert "unattributed" in weight["lacking"]["description"]


def test_the_schema_refuses_a_wrong_state() -> None:
    broken = json.loads(to_json(factory.report()))
    broken["license"]["state"] = "fine"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, json.loads(SCHEMA))


def test_whole_numbers_have_no_point() -> None:
    assert '"total": 1170060424,' in to_json(factory.report())


@given(st.text(st.characters(codec=None)))
def test_nothing_unseen_is_written_and_nothing_lost(text: str) -> None:
    report = replace(factory.passing(), tool=Tool("provenance", text))
    written = to_json(report)
    assert not set(written) & set("\x7f\x9b\u202e\u200b\u2028\ufeff\ud800")
    assert from_json(written).tool.version == text


def test_a_date_is_a_date_in_python_and_text_in_json() -> None:
    report = factory.report()
    assert report.as_of == datetime.date(2026, 11, 23)
    written = json.loads(to_json(report))
    assert written["as_of"] == "2026-11-23"
    assert SCHEMA.count('"format": "date"') == 3
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize("text", ["yesterday", "", "2026-02-30", "2026-11", "2026-11-23T00:00:00Z"])
@pytest.mark.parametrize(("holder", "name"), [((), "as_of"), (("source",), "date")])
def test_a_date_that_is_none_is_told_in_one_line(
    holder: tuple[str, ...], name: str, text: str
) -> None:
    broken = json.loads(to_json(factory.report()))
    (broken[holder[0]] if holder else broken)[name] = text
    with pytest.raises(UsageError, match=rf"^not a valid report: [^\n]*{name}[^\n]*$"):
        from_json(json.dumps(broken))


def test_several_reports_stand_one_a_line() -> None:
    reports = (factory.report(), factory.passing())
    text = to_json_lines(reports)
    assert text.count("\n") == 2
    assert reports_from_json(text) == reports
    assert reports_from_json(to_json(reports[0]) + to_json(reports[1])) == reports
    with pytest.raises(UsageError, match="2 are there"):
        from_json(text)


def _with(**changes: object) -> str:
    return json.dumps({**json.loads(to_json(factory.passing())), **changes})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("{", "line 1, column 2"),
        ("[]", "schema_version"),
        ("7", "schema_version"),
        ('{"schema_version": "9"}', "found '9'"),
        ('{"schema_version": "1"}', "missing required field `tool`"),
        (_with(verdict="fine"), r"\$\.verdict"),
        (_with(coverage=[{"total": float("nan")}]), "NaN"),
        ("[" * 200_000, "deeply"),
        ('{"total": ' + "9" * 5_000 + "}", "too many digits"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        from_json(text)
    assert "\n" not in str(caught.value)


def test_a_number_beyond_all_measure_is_refused() -> None:
    text = to_json(factory.passing()).replace('"total": 284300000', '"total": 1e999')
    with pytest.raises(UsageError, match="out of range"):
        from_json(text)


def test_a_report_of_the_first_version_is_read_with_a_word_on_what_it_counts() -> None:
    text = (GOLDEN / "rich-schema-1.json").read_text("utf-8")
    old = from_json(text)
    assert old.schema_version == "1"
    assert "counted as lacking" in old.notes[0].message
    (head,) = [c for c in old.coverage if c.headline]
    assert (head.not_examined, head.lacking) == (0, 774510424)
    assert all(n.license.concluded for n in old.lineage.nodes)
    assert from_json(to_json(old)) == old
    for render in FORMATS.values():
        assert render(old, Page())
    assert "counted as lacking" in " ".join(FORMATS["text"](old, Page()).split())
    now = replace(old, schema_version="2", notes=old.notes[1:])
    assert "counted as lacking" in difference_text(compare(old, now), Page(120))
