from __future__ import annotations

import datetime
import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.surveying.aggregate import aggregate
from provenance.surveying.page import page
from provenance.surveying.row import CensusRow, sql_columns
from provenance.surveying.state import RowFile
from provenance.surveying.summary import summary
from provenance.surveying.table import CensusTable

ROW = CensusRow("a/b", "model", "a", "found", "none", "", "NONE", "", "r", "", "", "absent",
                True, 0, None, None, None, None)  # fmt: skip


def test_rows_are_kept_and_a_torn_line_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    with RowFile(path, "q") as file:
        file.add([ROW, replace(ROW, id="a/c")])
    with path.open("ab") as stream:
        stream.write(b'{"id": "a/torn", "ki')
    with RowFile(path, "q") as file:
        assert file.done == {"a/b", "a/c"}
        file.add([replace(ROW, id="a/d")])
    with RowFile(path, "q") as file:
        assert file.done == {"a/b", "a/c", "a/d"}


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    RowFile(path, "q").__exit__(None, None, None)
    with pytest.raises(UsageError, match="keeps another census"):
        RowFile(path, "other")
    path.write_text("hello\n")
    with pytest.raises(UsageError, match="no state file"):
        RowFile(path, "q")
    with pytest.raises(UsageError, match="cannot be used"):
        RowFile(tmp_path, "q")


def test_table_of_models(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    rows = [
        ROW,
        replace(ROW, id="a/c", undeclared=False, lacking=0.25, measure="rows"),
        replace(ROW, id="a/x", status="gated", state="unresolved", undeclared=None),
    ]
    with RowFile(path, "q") as file:
        file.add(rows)
    with CensusTable() as table:
        table.read_rows(path)
        found = aggregate(table, "model")
    assert (found.undeclared, found.mean_lacking) == (1, 0.25)
    assert [(s.name, s.subjects) for s in found.unread] == [("gated", 1)]
    for text in (summary(found, "s", 80), page(found, "s", datetime.date(2026, 1, 1))):
        assert "50.0 % of the 2 models whose data was looked for name none (1)" in text
        assert "25.0 % of the named training data" in text
        assert "gated" in text


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 64 KiB: the disk is full."""
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("format_name", ["csv", "jsonl"])
def test_full_disk_leaves_no_half_written_file(
    tmp_path: Path, small_files: None, format_name: str
) -> None:
    import io

    output = tmp_path / f"out.{format_name}"
    output.write_text("before")
    with CensusTable() as table:
        columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in sql_columns().items())
        table.database.execute(
            f"CREATE TABLE census AS SELECT * REPLACE ('a/' || i AS id, 'found' AS status) "  # noqa: S608
            f"FROM (SELECT {columns}), range(20000) t(i)"
        )
        table.database.execute("ALTER TABLE census DROP COLUMN i")
        with pytest.raises(
            UsageError, match=f"out.{format_name}: cannot be written: File too large"
        ):
            table.write(format_name, output, io.BytesIO())
    assert output.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == [output.name]


def test_full_disk_stops_the_rows_with_a_clear_error(tmp_path: Path, small_files: None) -> None:
    with RowFile(tmp_path / "s.jsonl", "q") as file, pytest.raises(UsageError, match="written"):
        file.add([replace(ROW, reason="x" * 1000)] * 200)


def test_cells_of_csv_are_harmless(tmp_path: Path) -> None:
    import csv
    import io

    from provenance.escape import csv_cell

    cells = ["=1", " =1", "\uff1d1", "-1", "|x", "plain", "a\x1b[31mb", "a\u202eb", "a\nb", "%x"]
    with CensusTable() as table:
        table.database.execute(
            "CREATE TABLE census AS SELECT unnest($1) AS id, 'dataset' AS kind, '' AS author, "
            "'found' AS status, 'none' AS state, '' AS declared, 'NONE' AS concluded, "
            "'' AS restrictions, 'r' AS reason, '' AS evidence, '' AS categories, "
            "'absent' AS personal_data, NULL AS undeclared, 0 AS training_sets, NULL AS measure, "
            "NULL AS lacking, NULL AS year, 0 AS downloads, NULL AS conflict, "
            "NULL AS lacking_low, NULL AS lacking_high",
            [cells],
        )
        stream = io.BytesIO()
        table.write("csv", None, stream)
    written = {row["id"] for row in csv.DictReader(io.StringIO(stream.getvalue().decode()))}
    assert all(text.isprintable() for text in written)
    quoted = {text for text in written if text.startswith("'")}
    assert len(quoted) == sum(csv_cell(cell).startswith("'") for cell in cells) == 6
