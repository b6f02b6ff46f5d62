from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.scanning import awkward

from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.layout import FileCount, Plan
from provenance.scanning.probe import UnreadableFileError
from provenance.scanning.scan import Engine, scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.state import Question


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awkward.write(tmp_path_factory.mktemp("awkward") / "corpus")


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def counts(folder: Path, duck: DuckDBEngine) -> dict[str, FileCount]:
    return scanned(folder, duck)


def scanned(folder: Path, engine: Engine, sample: int | None = None) -> dict[str, FileCount]:
    found = scan_files(list_files([str(folder)]), Question(sample=sample), engine)
    return {Path(c.file.path).name: c for c in found}


def values(count: FileCount) -> dict[str | None, tuple[int, int | None, int | None]]:
    return {g.value: (g.rows, g.bytes, g.tokens) for g in count.groups}


def test_struct_field_with_null_structs(counts: dict[str, FileCount]) -> None:
    assert values(counts["a-struct.parquet"]) == {'"mit"': (1, 1, 1), "null": (2, 2, 3)}


def test_lists_keep_null_and_empty_apart_and_brackets_in_names_are_no_pattern(
    counts: dict[str, FileCount],
) -> None:
    assert values(counts["b[1].parquet"]) == {
        '["mit", null]': (2, 4, None), "[]": (1, 2, None), "null": (1, 0, None),
    }  # fmt: skip
    assert counts["b-no-rows.parquet"].groups == ()


def test_dictionary_text(counts: dict[str, FileCount]) -> None:
    assert values(counts["c-dictionary.parquet"]) == {'"mit"': (2, 1, 4), '""': (1, 2, 0)}


def test_file_without_license_column_counts_its_rows(counts: dict[str, FileCount]) -> None:
    assert values(counts["d-no-column.parquet"]) == {None: (2, None, None)}


def test_json_lines_of_mixed_types(counts: dict[str, FileCount]) -> None:
    for name in ("g.jsonl", "h.jsonl.gz", "r.jsonl.zst"):
        count = counts[name]
        assert count.unreadable_rows == awkward.LINES_UNREADABLE
        assert sum(g.rows for g in count.groups) == awkward.LINES_READABLE
        assert count.population == awkward.LINES_READABLE + awkward.LINES_UNREADABLE
        found = values(count)
        assert found['"mit"'] == (1, 3, 2)
        assert found["null"] == (2, 10, 0)
        assert found['"[\\"cc-by-4.0\\",null]"'] == (1, 1, 7)
        assert found['"{\\"name\\":\\"k\\"}"'] == (1, 5, 0)


def test_csv_cells(counts: dict[str, FileCount]) -> None:
    assert values(counts["l.csv"]) == {
        '"mit"': (1, 7, None), '""': (2, 2, None), "\"['mit']\"": (1, 1, None),
    }  # fmt: skip


def test_json_inside_text(counts: dict[str, FileCount]) -> None:
    expected = {'"mit"': (1, 1, None), "null": (2, 2, None)}
    assert values(counts["o.arrow"]) == values(counts["p.arrow"]) == expected
    assert counts["o.arrow"].columns.license is not None
    assert counts["o.arrow"].columns.license.path.steps == ("meta", "a.b", "license")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("va-hive.parquet", {'"mit"': (1, 1, None), "null": (1, 2, None)}),
        ("vb-hive.csv", {'"mit"': (1, 1, None)}),
        ("vc-binary.parquet", {'"mit"': (2, 3, None)}),
        ("vd-null-type.parquet", {"null": (2, 3, None)}),
        ("ve-filled.parquet", {'["mit"]': (1, None, None), "[]": (1, None, None)}),
        ("vf-numbers.parquet", {'"3"': (1, None, None), '"4"': (1, None, None)}),
        ("vg-flat.parquet", {'"mit"': (1, None, None), "null": (1, None, None)}),
        ("vk-spaces.csv", {'"mit"': (1, 1, None)}),
        ("vl-blank.csv", {'"mit"': (1, 1, None)}),
        ("vm-long.csv", {'"mit"': (1, 3_000_000, None)}),
        ("vn-late.jsonl", {"null": (300, 300, None)}),
    ],
)
def test_the_right_column_is_read(
    counts: dict[str, FileCount],
    name: str,
    expected: dict[str | None, tuple[int, int | None, int | None]],
) -> None:
    assert values(counts[name]) == expected


def test_columns_that_were_passed_over_are_kept(counts: dict[str, FileCount]) -> None:
    assert counts["ve-filled.parquet"].columns.others == ("license",)
    assert counts["va-hive.parquet"].columns.others == ()


def test_an_error_quotes_no_record_and_no_setting(counts: dict[str, FileCount]) -> None:
    assert counts["m-ragged.csv"].error == "line 3: more or fewer cells than the header"
    assert counts["n-latin1.csv"].error == "line 2: not UTF-8"
    said = " ".join(count.error or "" for count in counts.values())
    assert not any(word in said for word in ("Original Line", "SET ", "Possible", "ignore_errors"))
    assert counts["vj-semicolons.csv"].error == (
        "no comma in its header, but ';': cells end at commas"
    )


def test_a_cell_of_more_than_16_mb_is_named(tmp_path: Path, duck: DuckDBEngine) -> None:
    (tmp_path / "x.csv").write_text(f"license,text\nmit,{'a' * 17_000_000}\n")
    assert scanned(tmp_path, duck)["x.csv"].error == "line 2: longer than 16 MB"
    (tmp_path / "x.jsonl").write_text(f'{{"license": "{"a" * 40_000_000}"}}\n')
    assert scanned(tmp_path, duck)["x.jsonl"].error == "a line is longer than 16 MB"


def test_a_sample_of_a_file_with_a_column_of_row_numbers(
    tmp_path: Path, duck: DuckDBEngine
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"license": ["mit"] * 3000, "File_Row_Number": [7] * 3000})
    pq.write_table(table, tmp_path / "x.parquet")
    count = scanned(tmp_path, duck, 300)["x.parquet"]
    assert (count.error, count.population) == (None, 3000)
    assert 270 <= sum(g.rows for g in count.groups) <= 330


@pytest.mark.parametrize("ending", ["csv.zst", "csv.gz", "jsonl.zst", "json.gz"])
def test_compressed_text(tmp_path: Path, duck: DuckDBEngine, ending: str) -> None:
    import pyarrow as pa

    codec = "zstd" if ending.endswith("zst") else "gzip"
    text = "license,text\nmit,a\n" if "csv" in ending else '{"license": "mit", "text": "a"}\n'
    with pa.CompressedOutputStream(str(tmp_path / f"x.{ending}"), codec) as stream:
        stream.write(text.encode())
    assert values(scanned(tmp_path, duck)[f"x.{ending}"]) == {'"mit"': (1, 1, None)}


def test_texts_in_a_binary_column(tmp_path: Path, duck: DuckDBEngine) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"license": ["mit"] * 2, "content": [b"caf\xc3\xa9", b"\xff"]})
    pq.write_table(table, tmp_path / "x.parquet")
    count = scanned(tmp_path, duck)["x.parquet"]
    assert duck.texts(Plan(count.file, count.columns), 9) == ["café", None]


def test_unreadable_files_are_named_and_the_rest_is_counted(counts: dict[str, FileCount]) -> None:
    failed = {name for name, count in counts.items() if count.error is not None}
    assert failed == set(awkward.UNREADABLE)
    assert all(counts[name].groups == () for name in failed)
    assert counts["j-empty.jsonl"].error is None
    assert counts["k-empty.csv"].error is None


def test_long_values_are_cut(tmp_path: Path, duck: DuckDBEngine) -> None:
    (tmp_path / "x.csv").write_text(f"license\n{'y' * 5000}\n{'y' * 6000}\n")
    [group] = scanned(tmp_path, duck)["x.csv"].groups
    assert group.rows == 2
    assert group.value == '"' + "y" * 1000 + '"'


def test_memory_beyond_the_limit_is_an_error_that_says_so(tmp_path: Path) -> None:
    from provenance.errors import SourceError

    lines = "".join(f'{{"license": "{i:09}{"x" * 400}"}}\n' for i in range(60_000))
    (tmp_path / "x.jsonl").write_text(lines)
    engine = DuckDBEngine("8MB", str(tmp_path / "absent" / "x"))
    with pytest.raises(SourceError, match="--memory-limit"):
        scanned(tmp_path, engine)
    engine.close()


def test_settings_that_duckdb_refuses() -> None:
    from provenance.errors import UsageError

    with pytest.raises(UsageError, match="refuses its settings"):
        DuckDBEngine("much")


def test_nothing_is_downloaded(duck: DuckDBEngine) -> None:
    settings = duck._database.sql(
        "SELECT value FROM duckdb_settings() WHERE name IN "
        "('autoinstall_known_extensions', 'autoload_known_extensions')"
    ).fetchall()
    assert settings == [("false",), ("false",)]


def test_remote_files_are_read_through_fsspec(folder: Path, duck: DuckDBEngine) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    for name in ("a-struct.parquet", "h.jsonl.gz", "o.arrow", "l.csv"):
        system.pipe(f"/corpus/{name}", (folder / name).read_bytes())
    found = scan_files(list_files(["memory://corpus"]), Question(), duck)
    local = scanned(folder, duck)
    assert [Path(c.file.path).name for c in found] == [
        "a-struct.parquet", "h.jsonl.gz", "l.csv", "o.arrow",
    ]  # fmt: skip
    assert all(values(c) == values(local[Path(c.file.path).name]) for c in found)


def test_sample_is_spread_and_repeats(tmp_path: Path, duck: DuckDBEngine) -> None:
    lines = "".join(f'{{"license": "l{i // 1000}", "text": "abc"}}\n' for i in range(10_000))
    (tmp_path / "x.jsonl").write_text(lines)
    one, two = (scanned(tmp_path, duck, 500)["x.jsonl"] for _ in range(2))
    assert one == two
    assert one.population == 10_000
    assert 450 <= sum(g.rows for g in one.groups) <= 550
    assert len(one.groups) == 10
    assert all(40 <= g.rows <= 60 for g in one.groups)
    assert all(g.squares == 9.0 * g.rows for g in one.groups)


def test_texts_of_a_sample(tmp_path: Path, duck: DuckDBEngine) -> None:
    (tmp_path / "x.csv").write_text("license,text\n" + "mit,hello\n" * 100)
    count = scanned(tmp_path, duck)["x.csv"]
    assert duck.texts(Plan(count.file, count.columns), 10) == ["hello"] * 10
    assert 5 <= len(duck.texts(Plan(count.file, count.columns, 10), 100)) <= 15


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    pytest.importorskip("pyspark")
    from provenance.scanning.spark_engine import SparkEngine

    engine = SparkEngine("local[2]")
    yield engine
    engine.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_spark_counts_the_same(folder: Path, counts: dict[str, FileCount], spark: Engine) -> None:
    found = scanned(folder, spark)
    assert found.keys() == counts.keys()
    for name, count in found.items():
        expected = counts[name]
        assert count.groups == expected.groups, name
        assert count.unreadable_rows == expected.unreadable_rows, name
        assert (count.error is None) == (expected.error is None), name


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_spark_samples_and_gives_texts(tmp_path: Path, spark: Engine) -> None:
    lines = "".join(f'{{"license": "l{i // 1000}", "text": "abc"}}\n' for i in range(4_000))
    (tmp_path / "x.jsonl").write_text(lines)
    count = scanned(tmp_path, spark, 400)["x.jsonl"]
    assert count.population == 4000
    assert 320 <= sum(g.rows for g in count.groups) <= 480
    assert spark.texts(Plan(count.file, count.columns), 3) == ["abc"] * 3


def test_what_threads_use_is_imported_before_there_are_any() -> None:
    """Two files at once ended in exit 70 when one thread met the other's half-imported pyarrow."""
    program = (
        "import sys; from provenance.scanning.duckdb_engine import DuckDBEngine as E;"
        "from provenance.scanning.layout import DataFile, FileFormat;"
        "E().jobs([DataFile('a', FileFormat.JSONL, 'a', 1, '')] * 2);"
        "print('pyarrow' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout == b"True\n"


def test_ctrl_c_that_duckdb_saw_first_is_no_fault_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"license": "mit"}\n')
    (file,) = list_files([str(tmp_path / "a.jsonl")])
    engine = DuckDBEngine()
    with pytest.raises(KeyboardInterrupt), engine._cursor(file):
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
    engine.interrupt()
    with pytest.raises(UnreadableFileError), engine._cursor(file):
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
    engine.close()
