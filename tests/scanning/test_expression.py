from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.scan import scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.state import Question


@pytest.mark.parametrize("counts", [[5, None], [5, -1]])
def test_cells_that_are_no_count_are_told_from_zero(
    tmp_path: Path, counts: list[int | None]
) -> None:
    table = pa.table({"license": ["mit", None] * 50, "token_count": counts * 50})
    pq.write_table(table, tmp_path / "a.parquet")
    engine = DuckDBEngine()
    [count] = scan_files(list_files([str(tmp_path)]), Question(), engine)
    [sample] = scan_files(list_files([str(tmp_path)]), Question(sample=50), engine)
    engine.close()
    mit, null = count.groups
    assert (null.value, null.rows, null.uncounted) == ("null", 50, 50)
    assert (mit.tokens, mit.uncounted, mit.token_squares) == (250, 0, 0.0)
    for group in sample.groups:
        if group.value == '"mit"':
            assert group.token_squares == 25 * group.rows
