"""Spark as users meet it: a process of its own, against servers in processes of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from tests.scanning import awkward, spark_servers

from provenance.cli.exits import Exit
from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.layout import FileCount
from provenance.scanning.scan import scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.spark_session import innermost_cause
from provenance.scanning.state import Question

_COMMAND = [sys.executable, "-c", "import sys; from provenance.cli import main; sys.exit(main())"]
_OF_EACH_KIND = ("a-struct.parquet", "f-not-utf8.parquet", "h.jsonl.gz", "i-cut.jsonl.gz", "l.csv",
                 "m-ragged.csv", "p.arrow", "r.jsonl.zst")  # fmt: skip
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "SPARK_REMOTE"} | {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_DRIVER_MEMORY": "512m",
    "JAVA_TOOL_OPTIONS": spark_servers.JAVA,
}


def scan(
    *sources: Path, options: Sequence[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, "scan", *map(str, sources), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
        env=_ENVIRONMENT if environment is None else environment,
    )


def counts(state: Path) -> dict[str, FileCount]:
    decoder = msgspec.json.Decoder(FileCount)
    found = [decoder.decode(line) for line in state.read_bytes().splitlines()[1:]]
    return {Path(count.file.path).name: count for count in found}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return awkward.write(tmp_path_factory.mktemp("awkward") / "corpus")


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, FileCount]:
    engine = DuckDBEngine()
    found = scan_files(list_files([str(folder)]), Question(), engine)
    engine.close()
    return {Path(count.file.path).name: count for count in found}


def hold_equal(
    sources: list[Path], expected: dict[str, FileCount], master: str, state: Path
) -> None:
    """The state keeps what was counted, stderr names what was not; together they are all files."""
    done = scan(*sources, options=["--engine", "spark", "--master", master, "--state", str(state)])
    assert done.returncode == Exit.INCOMPLETE, done.stderr
    found = counts(state)
    for name, count in found.items():
        assert count.groups == expected[name].groups, name
        assert count.unreadable_rows == expected[name].unreadable_rows, name
    said = [line for line in done.stderr.splitlines() if " files, " not in line]
    assert all(line.startswith("provenance: ") and ": not counted: " in line for line in said)
    assert not any("error occurred while calling" in line for line in said)
    failed = {Path(line.split(": ")[1]).name for line in said}
    assert found.keys() | failed == expected.keys()
    assert failed == {name for name, count in expected.items() if count.error is not None}


def test_standalone_cluster_counts_the_same(
    folder: Path, expected: dict[str, FileCount], tmp_path: Path
) -> None:
    """Files of each format and one of each kind of failure: two cold executors take their time."""
    few = {name: expected[name] for name in _OF_EACH_KIND}
    with spark_servers.standalone(tmp_path) as master:
        hold_equal([folder / name for name in few], few, master, tmp_path / "state")


def test_spark_connect_counts_the_same(
    folder: Path, expected: dict[str, FileCount], tmp_path: Path
) -> None:
    with spark_servers.connect(tmp_path) as master:
        hold_equal([folder], expected, master, tmp_path / "state")


def refused(folder: Path, *options: str, environment: dict[str, str] | None = None) -> str:
    spark_servers.need_spark()
    done = scan(folder, options=["--engine", "spark", *options], environment=environment)
    assert done.returncode == Exit.USAGE, done.stderr
    [line] = done.stderr.splitlines()
    return line.removeprefix("provenance: error: ")


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_servers_that_do_not_answer(folder: Path, closed_port: int) -> None:
    address = f"127.0.0.1:{closed_port}"
    line = refused(folder, "--master", f"spark://{address}")
    assert line == f"no Spark master answers: {address}: Connection refused"
    line = refused(folder, "--master", f"sc://{address}")
    assert line == f"no Spark Connect server answers at {address}"


def test_urls_that_are_none(folder: Path) -> None:
    assert "spark://HOST:PORT" in refused(folder, "--master", "spark://somewhere")
    line = refused(folder, "--master", "sc://host/;token=c2VjcmV0==")
    assert "no Spark Connect URL" in line
    assert "c2VjcmV0" not in line


def test_variable_that_would_switch_to_connect(folder: Path) -> None:
    environment = {**_ENVIRONMENT, "SPARK_REMOTE": "sc://localhost"}
    assert "SPARK_REMOTE is set" in refused(folder, environment=environment)


def test_without_java(folder: Path, tmp_path: Path) -> None:
    environment = {**_ENVIRONMENT, "JAVA_HOME": str(tmp_path)}
    line = refused(folder, environment=environment)
    assert line.startswith("Java does not start (")
    assert "Java 17 or later" in line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("[PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03\n\nJVM stacktrace:\n\tat",
         "[PATH_NOT_FOUND] Path does not exist: file:/x."),
        ("An error occurred while calling o1.text.\n: java.lang.RuntimeException: no s3a\n\tat b",
         "no s3a"),
        ("An error occurred while calling o1.count.\n: org.apache.spark.SparkException: x:\n\tat\n"
         "Caused by: org.apache.spark.SparkException: y\n\tat d\nCaused by: java.io.EOFException: "
         "Unexpected end\n\t... 3 more", "Unexpected end"),
        ('<_Rendezvous of RPC that terminated with:\n\tstatus = X\n\tdetails = "gone"\n>',
         'details = "gone"'),
        ("", "ValueError"),
    ],
)  # fmt: skip
def test_account_is_the_innermost_cause_in_one_line(said: str, line: str) -> None:
    assert innermost_cause(ValueError(said)) == line
