"""The schema that DuckDB reads of a local file is the one that PyArrow reads of a remote one."""

from __future__ import annotations

import datetime
import decimal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.scanning.layout import DataFile, FileFormat
from provenance.scanning.probe import UnreadableFileError, _parquet, probe

TABLE = pa.table(
    {
        "nothing": pa.nulls(2),
        "fixed": pa.array([b"a", b"b"], pa.binary(1)),
        "bytes": pa.array([b"1", b"2"]),
        "dictionary": pa.array(["x", "y"], pa.dictionary(pa.int32(), pa.string())),
        "map": pa.array([[("k", "v")], None], pa.map_(pa.string(), pa.string())),
        "decimal": pa.array([decimal.Decimal("1.1"), None]),
        "small": pa.array([1, 2], pa.uint8()),
        "whole": pa.array([1, 2], pa.int64()),
        "half": pa.array([1.5, 2], pa.float16()),
        "date": pa.array([datetime.date(2020, 1, 1)] * 2),
        "moment": pa.array([1, 2], pa.timestamp("us")),
        "flag": [True, False],
        "records": pa.array([[{"license": "mit"}], []]),
        "pairs": pa.array([[1, 2], [3, 4]], pa.list_(pa.int8(), 2)),
        "inside": pa.array([{"license": None, "all": ["q"], "b": {"rights": "x"}}, None]),
        "license": pa.array([None, None], pa.string()),
        "LICENSE": ["a", None],
        "metadata": ['{"license": "mit", "n": 1}', "no json"],
        "info": pa.array([None, None], pa.string()),
        "with, comma": ["x", None],
    }
)


def file(path: Path) -> DataFile:
    return DataFile(str(path), FileFormat.PARQUET, "a", 1, "")


@pytest.mark.parametrize("table", [TABLE, TABLE.schema.empty_table()], ids=["rows", "empty"])
def test_both_readers_see_the_same(table: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "a[1]*.parquet"
    pq.write_table(table, path, row_group_size=1)
    with path.open("rb") as stream:
        expected = _parquet(stream)
    assert probe(file(path)) == expected


def test_a_damaged_file_is_said_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and nothing that a file of that kind would hold PAR1")
    with pytest.raises(UnreadableFileError) as raised:
        probe(file(path))
    assert "\n" not in str(raised.value)


def test_local_files_are_counted_without_pyarrow(tmp_path: Path) -> None:
    """It would be a third of what a small scan takes."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"license": ["mit", None], "text": ["a", "b"]}), path)
    program = (
        "import sys; from provenance.cli import run;"
        f"run(['scan', {str(path)!r}, '--exit-zero', '-o', {str(tmp_path / 'o.txt')!r}]);"
        "print(sorted({'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout == b"[]\n"
