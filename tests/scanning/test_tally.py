from __future__ import annotations

import datetime
from pathlib import Path

from tests.scanning.test_subject import counted, failed, file

from provenance.policy import load_policy
from provenance.render import FORMATS
from provenance.render.page import Page
from provenance.report.records import MOST_VALUES, RecordAmount
from provenance.report.report import Report
from provenance.report.serialize import from_json, to_json
from provenance.scanning.layout import FileCount, Group
from provenance.scanning.report import corpus_report
from provenance.scanning.subject import corpus_facts

FORMATS_SHOWN = ("text", "markdown", "html", "csv-records")


def reported(*counts: FileCount) -> Report:
    facts = corpus_facts("mine", counts, datetime.date(2026, 1, 1))
    return corpus_report(facts, load_policy(None, Path("/")), "mine")


def shown(report: Report, name: str) -> str:
    return FORMATS[name](report, Page(80, False))


def test_sources_and_values_are_counted() -> None:
    one = counted(Group('"mit"', 3, 30, None), Group("null", 1, 10, None), unreadable=1)
    two = counted(Group('"mit"', 1, 4, None), source="more", population=10)
    counts = reported(one, two, failed("b.parquet")).records
    assert counts is not None
    data, more = counts.sources
    assert (data.source, data.unread_files) == ("data", 1)
    assert data.total == RecordAmount(5, None, None), (
        "an unreadable line has bytes of no known number"
    )
    assert data.lacking == RecordAmount(1, 10, 2.5)
    assert data.unread_rows == 1
    assert more.total == RecordAmount(10, 40, 10)
    mit, null = counts.values
    assert (mit.value, mit.kind, mit.concluded, mit.amount.rows) == ('"mit"', "named", "MIT", 13)
    assert (null.value, null.kind, null.state.value) == ("null", "null", "none")


def test_values_beyond_the_most_are_counted_together() -> None:
    groups = [Group(f'"x{i:05}"', 2, 2, None) for i in range(MOST_VALUES + 3)]
    counts = reported(counted(*groups)).records
    assert counts is not None
    assert (len(counts.values), counts.more_values, counts.more_rows) == (MOST_VALUES, 3, 6)


def test_files_without_text_have_no_known_bytes() -> None:
    counts = reported(counted(Group(None, 2, None, None))).records
    assert counts is not None
    assert counts.sources[0].total == RecordAmount(2, None, None)
    assert counts.values[0].kind == "no license column"


def test_every_format_shows_them_and_a_saved_report_the_same() -> None:
    hostile = '"<b>=1+1|`\\u001b[31m"'
    groups = [Group(f'"v{i}"', 100 - i, 4, None) for i in range(12)]
    report = reported(
        counted(Group(hostile, 900, 5, None), Group(None, 800, 1, None), *groups),
        failed("b.parquet"),
    )
    again = from_json(to_json(report))
    for name in FORMATS_SHOWN:
        text = shown(report, name)
        assert text == shown(again, name)
        assert "\x1b" not in text
        assert "<b>=" not in text or name != "html"
        assert "base models" not in text
    text = FORMATS["text"](report, Page(80, False, show_suppressed=True))
    assert "data (1 file not read)" in text
    assert "(no such column)" in text
    assert "… and 4 more values" in text
    assert "declared in" not in text
    assert max(map(len, text.splitlines())) <= 80
    rows = shown(report, "csv-records").splitlines()
    assert rows[1].startswith("mine,source,data,")
    assert len(rows) == 2 + 14


def test_a_report_of_cards_has_none() -> None:
    from tests.render.factory import passing

    assert shown(passing(), "csv-records").count("\n") == 1


def test_a_file_of_nothing_has_no_tables() -> None:
    empty = reported(FileCount(file("a"), counted().columns, (), 0, 0))
    assert "License values" not in shown(empty, "text")
