from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provenance.errors import SourceError, UsageError
from provenance.scanning.duckdb_engine import DuckDBEngine
from provenance.scanning.layout import DataFile, FileCount, FileFormat, Plan
from provenance.scanning.scan import ScanProgress, _share, scan_files
from provenance.scanning.sources import list_files
from provenance.scanning.state import Question, StateFile

PROVENANCE = str(Path(sys.executable).with_name("provenance"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    licenses = ["mit", "", None, "cc-by-4.0", "unknown"]
    for i in range(120):
        table = pa.table({"license": [licenses[(i + j) % 5] for j in range(500)],
                          "text": ["x" * (j % 7) for j in range(500)]})  # fmt: skip
        pq.write_table(table, folder / f"part-{i:03}.parquet")
    return folder


class Counting:
    """An engine that notes which files it is asked for."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.inner = DuckDBEngine()

    def jobs(self, files: Sequence[DataFile]) -> int:
        return self.inner.jobs(files)

    def count(self, plan: Plan, population: int | None) -> FileCount:
        self.asked.append(plan.file.path)
        if plan.file.path.endswith("stop.csv"):
            raise SourceError("stop")
        return self.inner.count(plan, population)

    def rows(self, plan: Plan) -> int:
        return self.inner.rows(plan)

    def texts(self, plan: Plan, limit: int) -> list[str | None]:
        return self.inner.texts(plan, limit)

    def underway(self) -> float:
        return self.inner.underway()

    def interrupt(self) -> None:
        self.inner.interrupt()


def test_a_scan_goes_on_where_it_stopped_and_counts_what_changed(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text("license,text\nmit,x\n")
    (tmp_path / "stop.csv").write_text("license\nmit\n")
    files = list_files([str(tmp_path)])
    state = tmp_path / "state"
    engine = Counting()
    with StateFile(state, Question()) as kept, pytest.raises(SourceError, match="stop"):
        scan_files(files, Question(), engine, kept)
    with StateFile(state, Question()) as kept:
        done = {Path(f.path).name for f in files if kept.get(f) is not None}
    (tmp_path / "stop.csv").unlink()
    (tmp_path / "a.csv").write_text("license,text\nmit,x\nmit,y\n")
    engine.asked.clear()
    shown: list[ScanProgress] = []
    with StateFile(state, Question()) as kept:
        found = scan_files(list_files([str(tmp_path)]), Question(), engine, kept, shown.append)
    asked = {Path(p).name for p in engine.asked}
    # which files were kept before the stop depends on the workers; what was kept is not asked again
    assert not asked & (done - {"a.csv"})
    assert asked | done == {"a.csv", "b.csv", "c.csv"}
    assert "a.csv" in asked
    assert [c.population for c in found] == [2, 1, 1]
    assert (shown[-1].files, shown[-1].all_files, shown[-1].rows) == (3, 3, 4)
    assert shown[-1].bytes == shown[-1].all_bytes > shown[-1].resumed_bytes
    engine.inner.close()


def test_state_of_other_options_or_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s"
    StateFile(path, Question()).__exit__(None, None, None)
    with pytest.raises(UsageError, match=r"keeps another scan.*another --state"):
        StateFile(path, Question(license_column="x"))
    for content in ("hello\n", "hello"):
        path.write_text(content)
        with pytest.raises(UsageError, match="no state file"):
            StateFile(path, Question())
    with pytest.raises(UsageError, match="cannot be used"):
        StateFile(tmp_path, Question())


@pytest.mark.parametrize("torn", [b'{"file": {"path": "x"', b'{"file": 1}\n', b"\xff\n"])
def test_torn_lines_are_dropped(corpus: Path, tmp_path: Path, torn: bytes) -> None:
    files = list_files([str(corpus)])[:3]
    path = tmp_path / "s"
    engine = DuckDBEngine()
    with StateFile(path, Question()) as kept:
        found = scan_files(files, Question(), engine, kept)
    engine.close()
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    with StateFile(path, Question()) as kept:
        assert [kept.get(f) for f in files] == list(found)
    assert path.read_bytes() == whole


def test_an_empty_or_cut_header_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with StateFile(path, Question()):
        whole = path.read_bytes()
    for start in (b"", whole[:10]):
        path.write_bytes(start)
        with StateFile(path, Question()):
            assert path.read_bytes() == whole


def test_no_license_column_is_said_with_the_columns_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,x\n")
    engine = DuckDBEngine()
    files = list_files([str(tmp_path)])
    with pytest.raises(UsageError, match=r"--license-column; columns: id, text"):
        scan_files(files, Question(), engine)
    with pytest.raises(UsageError, match=r"no file has the column 'lic'"):
        scan_files(files, Question(license_column="lic"), engine)
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe")
    [count] = scan_files(list_files([str(tmp_path)]), Question(), engine)
    assert count.error is not None
    engine.close()


def found_in(folder: Path, question: Question) -> dict[str, FileCount]:
    engine = DuckDBEngine()
    found = scan_files(list_files([str(folder)]), question, engine)
    engine.close()
    return {Path(count.file.path).name: count for count in found}


def test_a_text_or_token_column_that_is_named_must_be_there(tmp_path: Path) -> None:
    table = pa.table({"license": ["mit"], "text": ["x"], "tokens": [[1]]})
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(UsageError, match=r"no file has the column 'body' or 'n'; columns: license"):
        found_in(tmp_path, Question(None, "body", "n"))
    with pytest.raises(UsageError, match=r"the column 'tokens' holds no numbers"):
        found_in(tmp_path, Question(None, None, "tokens"))


def test_a_license_that_lines_name_late_is_found(tmp_path: Path) -> None:
    bare = '{"text": "a", "meta": null}\n' * 300
    (tmp_path / "late.jsonl").write_text(bare + '{"meta": {"license": "mit"}}\n')
    (tmp_path / "never.jsonl").write_text(bare)
    (tmp_path / "long.jsonl").write_text(f'{{"text": "{"a" * 5_000_000}", "license": "mit"}}\n')
    for question in (Question(), Question(license_column="meta.license")):
        found = found_in(tmp_path, question)
        assert [g.value for g in found["late.jsonl"].groups] == ['"mit"', "null"]
        assert [g.value for g in found["never.jsonl"].groups] == ["null"]
    assert [g.value for g in found_in(tmp_path, Question())["long.jsonl"].groups] == ['"mit"']


def test_why_a_column_was_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("has_license\nyes\n")
    with pytest.raises(UsageError, match=r"found \(`has_license` holds a flag"):
        found_in(tmp_path, Question())


def scan(corpus: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [PROVENANCE, "scan", str(corpus), "--format", "json", "--as-of", "2026-01-01"]
    return subprocess.run([*command, *options], capture_output=True, check=False)


_STOPPED_AT_THE_SIXTH_FILE = """
import os, sys
from provenance.cli import run

stop, to_disk, written = int(sys.argv[1]), os.fsync, []

def fsync(file):
    to_disk(file)
    written.append(file)
    if len(written) == 7:  # the head of the state, and six files
        os.kill(os.getpid(), stop)

os.fsync = fsync
sys.exit(run(sys.argv[2:]))
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_and_resumed_gives_the_same_report(
    corpus: Path, tmp_path: Path, stop: signal.Signals
) -> None:
    """The signal comes when the sixth file is written, whatever the machine's load."""
    state = tmp_path / "state"
    program = [sys.executable, "-c", _STOPPED_AT_THE_SIXTH_FILE, str(int(stop))]
    process = subprocess.Popen(
        [*program, "scan", str(corpus), "--state", str(state), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = process.communicate(timeout=120)
    assert out == b""
    if stop is signal.SIGINT:
        assert process.returncode == 130, err
    done = state.read_bytes().count(b"\n") - 1
    assert 6 <= done < 120
    resumed = scan(corpus, "--state", str(state))
    assert resumed.stdout
    assert resumed.stdout == scan(corpus).stdout


def test_full_disk_is_said_and_the_state_is_still_good(corpus: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    limited = subprocess.run(
        ["bash", "-c", 'trap "" XFSZ; ulimit -f 16; exec "$@"', "-",
         PROVENANCE, "scan", str(corpus), "--state", str(state)],
        capture_output=True, check=False,
    )  # fmt: skip
    assert limited.returncode == 2
    assert b"state: cannot be written: File too large" in limited.stderr
    assert limited.stdout == b""
    assert scan(corpus, "--state", str(state)).stdout == scan(corpus).stdout


class Slow(Counting):
    """An engine in the middle of a file until somebody was shown how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = threading.Event()

    def count(self, plan: Plan, population: int | None) -> FileCount:
        assert self.shown.wait(60), "nobody was shown anything"
        return super().count(plan, population)

    def underway(self) -> float:
        return 7.0


def test_a_long_file_shows_how_far_it_is(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.scanning.scan._SHOW_EVERY_S", 0.01)
    files = list_files([str(corpus / "part-000.parquet")])
    shown: list[ScanProgress] = []
    engine = Slow()

    def show(progress: ScanProgress) -> None:
        shown.append(progress)
        engine.shown.set()

    scan_files(files, Question(), engine, None, show)
    assert (shown[0].files, shown[0].underway) == (0, 7.0)
    assert (shown[-1].files, shown[-1].rows) == (1, 500)


def test_duckdb_says_how_much_of_a_file_it_has_read(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    with file.open("w") as stream:
        stream.writelines(['{"license": "mit", "text": "' + "x" * 300 + '"}\n'] * 150_000)
    engine = DuckDBEngine()
    assert engine.underway() == 0.0
    seen: list[float] = []
    for _ in range(5):  # a busy machine may give the watcher no turn
        scan = threading.Thread(
            target=scan_files, args=(list_files([str(file)]), Question(), engine)
        )
        scan.start()
        while scan.is_alive():
            seen.append(engine.underway())
            time.sleep(0.002)
        if any(seen):
            break
    assert 0 < max(seen) <= file.stat().st_size
    assert engine.underway() == 0.0
    engine.close()


def test_a_file_that_failed_is_tried_again(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"license,text\nmit,\xe9\n")
    listed = list_files([str(file)])
    engine = DuckDBEngine()
    for _ in range(2):
        with StateFile(tmp_path / "state", Question()) as kept:
            [failed] = scan_files(listed, Question(license_column="license"), engine, kept)
        assert failed.error is not None
    file.write_bytes(b"license,text\nmit,eee\n"[: len(b"license,text\nmit,\xe9\n")])
    with StateFile(tmp_path / "state", Question()) as kept:
        [read] = scan_files(list_files([str(file)]), Question(), engine, kept)
    assert (read.error, read.population) == (None, 1)
    engine.close()


def test_a_file_that_was_changed_and_dated_back_is_counted_again(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"license,text\nmit,x\n")
    engine = DuckDBEngine()
    for value in (b"mit", b"gpl"):
        before = file.stat()
        file.write_bytes(b"license,text\n%s,x\n" % value)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        with StateFile(tmp_path / "state", Question()) as kept:
            [read] = scan_files(list_files([str(file)]), Question(), engine, kept)
        assert [group.value for group in read.groups] == [f'"{value.decode()}"']
        time.sleep(0.02)  # a file system's clock has ticks
    engine.close()


def test_a_file_that_does_not_say_when_it_changed_is_counted_again(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"license,text\nmit,x\n")
    stored = DataFile(f"local://{file}", FileFormat.CSV, "s", file.stat().st_size, "")
    engine = Counting()
    for _ in range(2):
        with StateFile(tmp_path / "state", Question()) as kept:
            [read] = scan_files([stored], Question(), engine, kept)
        assert (read.error, read.population) == (None, 1)
    assert len(engine.asked) == 2
    engine.inner.close()


def test_a_file_that_changes_while_it_is_read_is_not_counted(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("license,text\nmit,x\n")

    class Slow(Counting):
        def count(self, plan: Plan, population: int | None) -> FileCount:
            found = super().count(plan, population)
            if plan.file.path.endswith("a.csv"):
                (tmp_path / "a.csv").write_text("license,text\ngpl,x\n")
            return found

    engine = Slow()
    with StateFile(tmp_path / "state", Question()) as kept:
        found = scan_files(list_files([str(tmp_path)]), Question(), engine, kept)
        assert [count.error for count in found] == ["it changed while it was read", None]
        assert kept.get(found[0].file) is None
    engine.inner.close()


def test_records_are_shared_alike_where_sizes_are_not_known() -> None:
    known = DataFile("a.jsonl", FileFormat.JSONL, "s", 900, "v")
    stream = DataFile("datasets://a/b@c/d/train", FileFormat.STREAM, "s", 0, "v")
    assert _share(1000, [known, stream]) == {known: 500, stream: 500}
    assert _share(1000, [known]) == {known: 1000}


def test_a_remote_file_of_unknown_size_is_read() -> None:
    import fsspec

    fsspec.filesystem("memory").pipe("/sizeless/a.jsonl", b'{"license": null}\n')
    (file,) = list_files(["memory://sizeless"])
    engine = DuckDBEngine()
    [count] = scan_files([replace(file, size=0)], Question(), engine)
    assert count.population == 1
    engine.close()
