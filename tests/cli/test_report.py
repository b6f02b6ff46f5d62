"""``provenance report`` and ``provenance diff`` as a user runs them."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pytest
from tests.render import factory

from provenance.cli import run
from provenance.render import FORMATS, Page
from provenance.report.serialize import to_json, to_json_lines


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(to_json(factory.report()), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_what_the_audit_would_have_written(
    name: str, saved: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["report", str(saved), "--format", name]) == 0
    assert capsysbinary.readouterr().out.decode() == FORMATS[name](factory.report(), Page(100))


@pytest.mark.parametrize(
    ("file", "starts"),
    [
        ("page.html", "<!DOCTYPE html>"),
        ("notes.md", "# ❌ FAIL"),
        ("bom.cdx.json", '{\n  "$schema": "http://cyclonedx.org'),
        ("bom.spdx.json", '{\n  "@context"'),
        ("again.json", '{\n  "schema_version"'),
        ("sets.csv", "subject,"),
        ("refs.bib", "% given by "),
        ("other.log", "model example-lab/sentence-owl"),
        ("report", "model example-lab/sentence-owl"),
        ("license.patch", "# "),
        ("NOTICE", "Attribution for example-lab/sentence-owl"),
        ("NOTICE.md", "# Attribution for `example-lab/sentence-owl`"),
    ],
)
def test_the_ending_of_the_file_says_the_format(file: str, starts: str, saved: Path) -> None:
    target = saved.with_name(file)
    assert run(["report", str(saved), "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith(starts)


@pytest.mark.parametrize("file", ["sheet.xlsx", "check.sarif", "page.pdf"])
def test_an_ending_that_stands_for_no_format_is_refused(
    file: str, saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = saved.with_name(file)
    assert run(["report", str(saved), "-o", str(target)]) == 2
    assert not target.exists()
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert target.suffix in error
    assert "--format" in error
    assert run(["report", str(saved), "-o", str(target), "--format", "text"]) == 0


def test_parquet_goes_to_a_file(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = saved.with_name("sets.parquet")
    assert run(["report", str(saved), "-o", str(target)]) == 0
    assert len(pandas.read_parquet(target)) == 9
    assert run(["report", str(saved), "--format", "parquet-findings"]) == 2
    assert "name a file with -o" in capsys.readouterr().err


def test_several_reports_become_one_frame(tmp_path: Path) -> None:
    lines = tmp_path / "reports.jsonl"
    lines.write_text(to_json_lines([factory.report(), factory.passing()]), encoding="utf-8")
    target = tmp_path / "sets.parquet"
    assert run(["report", str(lines), "-o", str(target)]) == 0
    assert len(pandas.read_parquet(target)) == 10
    assert run(["report", str(lines), "--format", "spdx"]) == 2
    csv = tmp_path / "sets.csv"
    assert run(["report", str(lines), "-o", str(csv)]) == 0
    assert len(pandas.read_csv(csv)) == 10
    assert csv.read_text(encoding="utf-8").count("subject_revision") == 1
    assert run(["report", str(lines), "--format", "csv-findings", "-o", str(csv)]) == 0
    listed = [f for report in (factory.report(), factory.passing()) for f in report.findings]
    assert len(pandas.read_csv(csv)) == len(listed)


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = to_json(factory.passing()).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert run(["report", "-", "--format", "json"]) == 0
    assert capsysbinary.readouterr().out == text


@pytest.mark.parametrize("content", [b"\xff\xfe", b"nothing", b"{}", b""])
def test_what_is_no_report_ends_in_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    assert run(["report", str(path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert run(["report", str(tmp_path / "absent.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_file_that_cannot_be_written(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = saved.parent / "absent" / "sets.parquet"
    assert run(["report", str(saved), "-o", str(nowhere)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_diff(saved: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    other = tmp_path / "other.json"
    other.write_text(to_json(factory.passing()), encoding="utf-8")
    assert run(["diff", str(saved), str(other)]) == 0
    assert "verdict: fail → pass" in capsysbinary.readouterr().out.decode()
    assert run(["diff", str(saved), str(other), "--format", "json"]) == 0
    assert run(["diff", str(saved), str(saved), "--format", "markdown"]) == 0
    assert b"Nothing changed." in capsysbinary.readouterr().out


def test_what_is_no_report_is_named(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    for args in (["report", str(broken)], ["diff", str(saved), str(broken)]):
        assert run(args) == 2
        assert f"error: {broken}: not a JSON report" in capsys.readouterr().err
