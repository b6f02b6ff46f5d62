from __future__ import annotations

from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.personal import count_kinds, detector, find_personal_data
from provenance.scanning.scan import scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.state import Question

pytest.importorskip("datafog_core")


def test_kinds_are_counted_once_a_text_and_versions_are_no_addresses() -> None:
    texts = [
        "write to ann@example.org or bob@example.org",
        "host 192.0.2.7 answers",
        "needs version 1.2.3.4 and foo==10.0.0.1, v 4.3.2.1",
        "card 4111 1111 1111 1111",
        "nothing",
    ]
    assert count_kinds(texts, detector()) == {"EMAIL": 1, "IP_ADDRESS": 1, "CREDIT_CARD": 1}


def test_notes_hold_counts_and_intervals_and_no_value(tmp_path: Path) -> None:
    address = "ann.lee@example.org"
    rows = "".join(f"mit,{address if i % 10 == 0 else 'plain'}\n" for i in range(1000))
    (tmp_path / "a.csv").write_text("license,text\n" + rows)
    engine = DuckDBEngine()
    counts = scan_files(list_files([str(tmp_path)]), Question(), engine)
    whole, rest = find_personal_data(counts, engine, None)
    assert "no phone numbers, no IP addresses" in rest.message
    assert (
        whole.message == "personal data: e-mail addresses in all 1,000 records: 100 records (10 %)"
    )
    part, rest = find_personal_data(counts, engine, 200)
    assert "each at most" in rest.message
    assert "of 1,000 records" in part.message
    assert "95 % interval" in part.message
    assert address not in whole.message + part.message
    engine.close()


def test_none_found_and_no_text_column(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("license,text\nmit,plain\n")
    engine = DuckDBEngine()
    counts = scan_files(list_files([str(tmp_path)]), Question(), engine)
    assert (
        "no e-mail addresses, no phone numbers"
        in find_personal_data(counts, engine, None)[0].message
    )
    assert "in all 1 record" in find_personal_data(counts, engine, None)[0].message
    (tmp_path / "a.csv").write_text("license\nmit\n")
    bare = scan_files(list_files([str(tmp_path)]), Question(), engine)
    with pytest.raises(UsageError, match="--text-column"):
        find_personal_data(bare, engine, None)
    (tmp_path / "a.csv").unlink()
    [gone] = find_personal_data(counts, engine, None)[1:]
    assert "texts not examined" in gone.message
    engine.close()


def test_records_without_text_were_examined_and_a_cut_is_said(tmp_path: Path) -> None:
    long = "x " * 60_000 + "ann@example.org"
    rows = ['{"license": "mit"}'] * 9 + ['{"license": "mit", "text": "a@example.org"}', "[]"]
    (tmp_path / "a.jsonl").write_text("\n".join([*rows, f'{{"text": "{long}"}}']))
    engine = DuckDBEngine()
    counts = scan_files(list_files([str(tmp_path)]), Question(), engine)
    found = [note.message for note in find_personal_data(counts, engine, None)]
    assert "e-mail addresses in all 11 records: 1 record (9.09 %)" in found[0]
    assert "1 text is longer than 100,000 characters" in found[2]
    engine.close()
