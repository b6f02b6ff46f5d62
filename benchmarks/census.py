"""Measure ``provenance census``: cards of a snapshot, and a generated listing of a million.

python benchmarks/census.py cards [SNAPSHOT]
python benchmarks/census.py listing [ROWS]
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def parse_only(path: str, ids: list[str]) -> int:
    """Read cards and parse their front matter, no more."""
    from provenance.cards import read_card
    from provenance.hub.interface import Repository
    from provenance.hub.snapshot import open_snapshot
    from provenance.refs import RepoKind, RepoRef

    source = open_snapshot(path)
    for repo_id in ids:
        found = source.fetch(RepoRef(RepoKind.DATASET, repo_id))
        if isinstance(found, Repository):
            read_card(found.readme, found.path, found.revision)
    return len(ids)


def cards(path: str) -> None:
    """Cards a second on two processes: parsing alone, and the census; start-up kept apart."""
    from provenance.hub.snapshot import open_snapshot
    from provenance.refs import RepoKind, RepoRef
    from provenance.surveying.cards import snapshot_rows

    ids = list(open_snapshot(path).ids(RepoKind.DATASET))
    chunks = [ids[i : i + 100] for i in range(0, len(ids), 100)]
    refs = [RepoRef(RepoKind.DATASET, i) for i in ids]
    today = datetime.date(2026, 11, 1)
    for attempt in range(3):
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(parse_only, [path] * 2, [ids[:1]] * 2))
            started = time.perf_counter()
            sum(pool.map(parse_only, [path] * len(chunks), chunks))
            parsing = time.perf_counter() - started
        rows = snapshot_rows(path, refs, today, 2)
        begun = time.perf_counter()
        first = len(next(rows))
        started = time.perf_counter()
        done = sum(len(some) for some in rows)
        taking = (time.perf_counter() - started) * len(ids) / done
        print(
            f"run {attempt + 1}: parsing {len(ids) / parsing:,.0f} cards/s; census "
            f"{len(ids) / taking:,.0f} cards/s ({taking / parsing:.2f}x the time); "
            f"start-up and first {first}: {started - begun:.2f} s"
        )


_GENERATE = """
COPY (
  SELECT 'owner' || owner || '/set-' || i AS id, 'owner' || owner AS author,
    (1e6 / (1 + hash(i, 3) % 1000003))::BIGINT AS downloads,
    (2020 + hash(i, 4) % 7) || '-05-01T00:00:00.000Z' AS lastModified,
    list_concat(['task_categories:' || task, 'region:us', 'language:en'],
      CASE WHEN license = '' THEN [] ELSE ['license:' || license] END) AS tags
  FROM (
    SELECT i, (50000 * (hash(i, 1) % 100003 / 100003.0) ** 4)::BIGINT AS owner,
      ['translation', 'summarization', 'fill-mask'][(1 + hash(i, 5) % 3)::INT] AS task,
      CASE WHEN i % 500 = 0 THEN 'terms of collection ' || i ELSE
        ['mit', 'apache-2.0', 'cc-by-4.0', 'cc-by-sa-4.0', 'other', 'unknown', 'cc0-1.0', 'cc',
         'cc-by-nc-4.0', 'openrail', 'gpl-3.0', 'odc-by', '', '', ''][(1 + hash(i, 2) % 15)::INT]
      END AS license
    FROM range({rows}) t(i)
  )
) TO '{path}' (FORMAT parquet)
"""


def generate(path: Path, rows: int) -> None:
    """A listing like the Hub's: ids, tags, dates, downloads with a long tail."""
    import duckdb

    duckdb.sql(_GENERATE.format(rows=rows, path=path))


_SQL = """
import duckdb, sys
listed = duckdb.connect()
listed.execute(
    "CREATE VIEW listed AS SELECT id, author, downloads, left(lastModified, 4) AS year, "
    "list_filter(tags, lambda x: starts_with(x, 'license:')) AS license, "
    "list_filter(tags, lambda x: starts_with(x, 'task_categories:')) AS category "
    f"FROM read_parquet('{sys.argv[1]}')"
)
for group in ("license", "author", "category", "year"):
    listed.sql(
        f"SELECT {group}, count(*), sum(downloads) FROM listed GROUP BY 1 ORDER BY 2 DESC LIMIT 20"
    ).fetchall()
listed.sql("SELECT count(*) > count(DISTINCT id) FROM listed").fetchall()
listed.sql("SELECT * FROM listed ORDER BY downloads DESC, id LIMIT 1000").fetchall()
"""
"""The same questions in plain SQL: groups, repeated ids, the most downloaded."""


def listing(rows: int) -> None:
    """Processor time and peak memory of the whole command, and of plain SQL, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "datasets.parquet"
        generate(path, rows)
        size = path.stat().st_size / 1e6
        command = [str(Path(sys.executable).with_name("provenance")), "census", str(path)]
        for _ in range(5):
            peer, _ = spent([sys.executable, "-c", _SQL, str(path)])
            ours, peak = spent(command)
            print(
                f"{rows:,} rows, {size:,.0f} MB: {ours:.2f} s of processor time, {peak:,.0f} MB, "
                f"{ours / peer:.2f} times plain SQL"
            )


def spent(command: list[str]) -> tuple[float, float]:
    """Seconds of processor time and peak memory (MB) of one process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["cards", "listing"])
    parser.add_argument("argument", nargs="?")
    asked = parser.parse_args()
    if asked.what == "cards":
        cards(asked.argument or str(SHARED / "corpus" / "hub-2023"))
    else:
        listing(int(asked.argument or 1_000_000))


if __name__ == "__main__":
    main()
