"""Measure ``provenance scan`` on generated records beside other ways to the same answer.

    python benchmarks/scan.py generate FOLDER [ROWS] [FILES]
    python benchmarks/scan.py compare FOLDER [--pandas] [--spark] [--memory-limit 100MB]
    python benchmarks/scan.py inside FOLDER
    python benchmarks/scan.py pairs FOLDER
    python benchmarks/scan.py values
    python benchmarks/scan.py small

Each way runs in a process of its own; times and peak memory are of that process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_GENERATE = """
COPY (
  SELECT i AS id,
    {{'license': CASE WHEN i % 7 = 0 THEN NULL ELSE license END, 'source': 'web'}} AS metadata,
    CASE i % 5 WHEN 0 THEN [] WHEN 1 THEN [license, 'apache-2.0'] WHEN 2 THEN NULL
      ELSE [license] END AS licenses,
    repeat('some words ', (1 + hash(i, 2) % 40)::INT) || md5(i::VARCHAR) || md5((-i)::VARCHAR)
      AS text
  FROM (
    SELECT i, ['mit', 'MIT License', 'cc-by-4.0', 'CC BY-SA 3.0', 'unknown', '', 'gpl', 'cc0-1.0']
      [(1 + hash(i, 1) % 8)::INT] AS license
    FROM range({start}, {end}) t(i)
  )
) TO '{path}' (FORMAT parquet)
"""
_FREE_TEXT = """
COPY (
  SELECT 'Used with the permission of archive ' || (i % {distinct}) || ', see the reading room'
    AS license, 'text' AS text FROM range(1000000) t(i)
) TO '{path}'
"""
_RAW = """
import duckdb, sys
connection = duckdb.connect()
if sys.argv[2]:
    connection.execute(f"SET memory_limit = '{sys.argv[2]}'")
rows = connection.sql(
    "SELECT metadata.license, count(*), sum(strlen(text)) "
    f"FROM read_parquet('{sys.argv[1]}/*.parquet') GROUP BY ALL"
).fetchall()
print(len(rows), sum(r[1] for r in rows))
"""
_PANDAS = """
import sys, pathlib, collections
import pandas as pd
rows, size = collections.Counter(), collections.Counter()
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.parquet')):
    frame = pd.read_parquet(path, columns=['metadata', 'text'])
    frame['license'] = frame['metadata'].map(lambda m: m['license'])
    frame['bytes'] = frame['text'].map(lambda t: len(t.encode()))
    for value, group in frame.groupby('license', dropna=False)['bytes']:
        rows[value] += len(group)
        size[value] += int(group.sum())
print(len(rows), sum(rows.values()))
"""
PROVENANCE = str(Path(sys.executable).with_name("provenance"))


def generate(folder: Path, rows: int, files: int) -> None:
    """Write ``files`` Parquet files with ``rows`` records in all."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    each = rows // files
    for n in range(files):
        path = folder / f"part-{n:03}.parquet"
        duckdb.sql(_GENERATE.format(start=n * each, end=(n + 1) * each, path=path))
    size = sum(p.stat().st_size for p in folder.glob("*.parquet"))
    print(f"{each * files:,} rows in {files} files, {size / 1e9:.2f} GB")


def measure(label: str, command: list[str], runs: int) -> None:
    """Run a command some times and print the least wall time and the greatest peak memory."""
    times, peaks = [], []
    for _ in range(runs):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        times.append(time.perf_counter() - started)
        peaks.append(usage.ru_maxrss / 1024)
        if process.returncode not in ({0, 1, 3} if command[0] == PROVENANCE else {0}):
            print(f"{label}: fails")
            return
    shown = ", ".join(f"{t:.2f}" for t in times)
    print(f"{label:34} {min(times):7.2f} s  {max(peaks):7,.0f} MB  (runs: {shown})", flush=True)


def inside(folder: str) -> None:
    """Counting alone, in this process: no start-up, no report."""
    import duckdb

    from provenance.scanning.duckdb_engine import DuckDBEngine
    from provenance.scanning.scan import scan_files
    from provenance.scanning.sources import list_files
    from provenance.scanning.state import Question

    files = list_files([folder])
    for column in ("metadata.license", "licenses"):
        for _ in range(4):
            started = time.perf_counter()
            query = f"SELECT {column}, count(*), sum(strlen(text)) FROM t GROUP BY ALL"  # noqa: S608
            duckdb.connect().sql(query.replace("FROM t", f"FROM '{folder}/*.parquet'")).fetchall()
            raw = time.perf_counter() - started
            engine = DuckDBEngine()
            started = time.perf_counter()
            scan_files(files, Question(license_column=column), engine)
            ours = time.perf_counter() - started
            engine.close()
            print(
                f"{column}: raw SQL {raw:.2f} s, scan {ours:.2f} s, {ours / raw:.2f}x", flush=True
            )


def compare(folder: str, runs: int, memory_limit: str, pandas: bool, spark: bool) -> None:
    """``scan`` beside raw SQL, pandas file by file and local Spark."""
    scan = [PROVENANCE, "scan", folder, "--license-column", "metadata.license"]
    limit = ["--memory-limit", memory_limit] if memory_limit else []
    for _ in range(2):
        measure("raw DuckDB SQL", [sys.executable, "-c", _RAW, folder, memory_limit], runs)
        measure("provenance scan", [*scan, *limit], runs)
    measure("provenance scan, list of licenses",
            [PROVENANCE, "scan", folder, "--license-column", "licenses", *limit], runs)  # fmt: skip
    measure("provenance scan --sample 20000", [*scan, *limit, "--sample", "20000"], runs)
    if pandas:
        measure("pandas, file by file", [sys.executable, "-c", _PANDAS, folder], 1)
    if spark:
        measure("provenance scan --engine spark", [*scan, "--engine", "spark"], 1)


def pairs(folder: str, runs: int) -> None:
    """Processor time of whole processes in turn: scans beside their SQL, a sample beside a scan."""
    scan = [PROVENANCE, "scan", folder, "--exit-zero", "--license-column"]
    ratios: dict[str, list[float]] = {"nested": [], "list": [], "sample": []}
    for _ in range(runs):
        raw = [sys.executable, "-c", _RAW, folder, ""]
        nested = spent([*scan, "metadata.license"])
        ratios["nested"].append(nested / spent(raw))
        listed = spent(
            [sys.executable, "-c", _RAW.replace("metadata.license", "licenses"), *raw[3:]]
        )
        ratios["list"].append(spent([*scan, "licenses"]) / listed)
        ratios["sample"].append(spent([*scan, "metadata.license", "--sample", "20000"]) / nested)
    for what, times in ratios.items():
        beside = "the full scan" if what == "sample" else "raw SQL"
        shown = f"{statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f})"
        print(f"{what}: {shown} times {beside}")


def values() -> None:
    """Time for a file with 1,000, 10,000 and 100,000 distinct free-text values."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        for distinct in (1_000, 10_000, 100_000):
            path = Path(folder) / f"v{distinct}.parquet"
            duckdb.sql(_FREE_TEXT.format(distinct=distinct, path=path))
            measure(f"{distinct:,} distinct values", [PROVENANCE, "scan", str(path)], 2)


def small() -> None:
    """Start-up: processor time of a scan of 100 records beside the same SQL, in turn."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        duckdb.sql(_GENERATE.format(start=0, end=100, path=Path(folder) / "a.parquet"))
        scan = [PROVENANCE, "scan", folder, "--license-column", "metadata.license", "--exit-zero"]
        ours, ratios = [], []
        for _ in range(7):
            peer = spent([sys.executable, "-c", _RAW, folder, ""])
            ours.append(spent(scan))
            ratios.append(ours[-1] / peer)
        print(
            f"100 records: {statistics.median(ours):.2f} ({min(ours):.2f} to {max(ours):.2f}) s of "
            f"processor time, {statistics.median(ratios):.2f} times raw SQL (goal <=0.45 s)"
        )


def spent(command: list[str]) -> float:
    """Seconds of processor time of one process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "what", choices=["generate", "inside", "pairs", "compare", "values", "small"]
    )
    parser.add_argument("folder", nargs="?", default="")
    parser.add_argument("rows", nargs="?", type=int, default=20_000_000)
    parser.add_argument("files", nargs="?", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory-limit", default="")
    parser.add_argument("--pandas", action="store_true")
    parser.add_argument("--spark", action="store_true")
    asked = parser.parse_args()
    if asked.what == "generate":
        generate(Path(asked.folder), asked.rows, asked.files)
    elif asked.what == "inside":
        inside(asked.folder)
    elif asked.what == "pairs":
        pairs(asked.folder, asked.runs)
    elif asked.what == "compare":
        compare(asked.folder, asked.runs, asked.memory_limit, asked.pandas, asked.spark)
    elif asked.what == "small":
        small()
    else:
        values()


if __name__ == "__main__":
    main()
