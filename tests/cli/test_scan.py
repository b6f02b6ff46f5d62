from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.exits import Exit
from provenance.cli.scan import describe
from provenance.scanning.scan import ScanProgress


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.csv").write_text("license,text\n" + "mit,hello\n" * 99 + ",x\n")
    return tmp_path / "corpus"


def test_report_in_text_json_and_by_ending(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["scan", str(corpus), "--name", "mine"])
    text = capsys.readouterr().out
    assert "corpus mine" in text
    assert "empty string" in text
    run(["scan", str(corpus), "--name", "mine", "--format", "json", "--as-of", "2026-01-01"])
    found = json.loads(capsys.readouterr().out)
    assert (found["subject"]["kind"], found["subject"]["id"]) == ("corpus", "mine")
    page = tmp_path / "page.html"
    run(["scan", str(corpus), "-o", str(page)])
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert [s["name"] for s in found["training_sets"]] == ["MIT", "empty string"]


def test_exit_codes(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(tmp_path / "absent")]) == Exit.USAGE
    assert run(["scan", str(corpus), "--engine", "duckdb", "--memory-limit", "much"]) == Exit.USAGE
    assert run(["scan", str(corpus), "--exit-zero"]) == Exit.OK
    (corpus / "b.parquet").write_bytes(b"PAR1")
    assert run(["scan", str(corpus)]) in {Exit.VIOLATED, Exit.INCOMPLETE}
    assert "b.parquet: not counted" in capsys.readouterr().err


def test_files_without_records_say_so_and_do_not_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.csv").write_text("license,text\n")
    assert run(["scan", str(tmp_path / "empty.csv")]) == Exit.INCOMPLETE
    out = " ".join(capsys.readouterr().out.split())
    assert "There are no records (0 were read), so there is nothing to count." in out
    assert "Name files that hold records" in out
    assert "Publish the sizes" not in out


def test_a_sample_is_called_an_estimate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("license,text\n" + "mit,x\n,x\n" * 1_000)
    run(["scan", str(tmp_path / "a.csv"), "--sample", "200"])
    assert "Estimated: about 1,0" in capsys.readouterr().out.replace("\n", " ")


def test_a_value_that_is_no_known_license_is_asked_where_the_records_come_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("license,text\n" + "mit,x\nhouse rules,x\n")
    run(["scan", str(tmp_path / "a.csv"), "--all"])
    out = " ".join(capsys.readouterr().out.split())
    assert "Ask where the records come from which terms these words stand for" in out
    assert "which version is meant" not in out


def test_personal_data_is_in_the_report(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("datafog_core")
    run(["scan", str(corpus), "--privacy"])
    assert "personal data: no e-mail addresses" in capsys.readouterr().out


def test_progress_line() -> None:
    at = ScanProgress(files=2, all_files=4, rows=1500, bytes=30_000_000, all_bytes=90_000_000,
                  resumed_bytes=10_000_000)  # fmt: skip
    assert describe(at, 10.0) == "2 of 4 files, 1,500 rows, 150 rows/s, 2.0 MB/s, 0:30 left"
    assert describe(at, 0.5) == "2 of 4 files, 1,500 rows"
    inside = replace(at, resumed_rows=1500, underway=30_000_000)
    assert describe(inside, 10.0) == (
        "2 of 4 files, 1,500 rows, 67 % of the bytes, 5.0 MB/s, 0:06 left"
    )


def test_spark_that_is_not_installed_is_said(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert run(["scan", str(corpus), "--engine", "spark"]) == Exit.USAGE
    assert "provenance-audit[spark]" in capsys.readouterr().err


def test_duckdb_that_is_not_installed_is_said(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert run(["scan", str(corpus)]) == Exit.USAGE
    assert run(["census", str(corpus / "a.jsonl")]) == Exit.USAGE
    assert capsys.readouterr().err.count("provenance-audit[scan]") == 2


def test_personal_data_without_its_package_is_said(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "datafog_core", None)
    assert run(["scan", str(corpus), "--privacy"]) == Exit.USAGE
    assert "provenance-audit[scan]" in capsys.readouterr().err


class _Terminal:
    """A stderr that says it is a terminal, or not."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal
        self.text = ""

    def isatty(self) -> bool:
        return self.terminal

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_a_bar_on_a_terminal_and_rare_elsewhere(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stderr = _Terminal(terminal)
    monkeypatch.setattr("sys.stderr", stderr)
    run(["scan", str(corpus), "--exit-zero"])
    assert ("1 of 1 files, 100 rows" in stderr.text) is terminal
    assert stderr.text.endswith(("\x1b[2K", "\x1b[?25h")) is terminal


def test_a_terminal_that_moves_no_cursor_shows_no_bar(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stderr = _Terminal(True)
    monkeypatch.setattr("sys.stderr", stderr)
    run(["scan", str(corpus), "--exit-zero"])
    assert stderr.text == ""


def test_quiet_shows_no_progress(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = _Terminal(True)
    monkeypatch.setattr("sys.stderr", stderr)
    run(["scan", str(corpus), "--exit-zero", "-q"])
    assert stderr.text == ""


@pytest.mark.parametrize(
    "args",
    [["--master", "local[2]"], ["--engine", "spark", "--memory-limit", "1GB"]],
)
def test_options_of_the_other_engine_are_refused(
    corpus: Path, capsys: pytest.CaptureFixture[str], args: list[str]
) -> None:
    assert run(["scan", str(corpus), *args]) == Exit.USAGE
    assert "of --engine" in capsys.readouterr().err
