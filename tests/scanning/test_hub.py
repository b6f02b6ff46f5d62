"""Hub datasets by name, with the real clients against a Hub on localhost."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.hub.server import MAIN_SHA, LocalHub, Repo, running_hub

PROVENANCE = str(Path(sys.executable).with_name("provenance"))
ROWS = [
    {"text": "hello", "metadata": {"license": "mit", "about": "x" * 50}, "other": "y"},
    {"text": "né", "metadata": {"license": None, "about": None}, "other": "z"},
]


class Scan(Protocol):
    def __call__(self, *args: str, code: int) -> subprocess.CompletedProcess[str]: ...


def parquet(rows: Sequence[Mapping[str, object]], groups: int = 1) -> bytes:
    stream = io.BytesIO()
    pq.write_table(
        pa.Table.from_pylist(list(rows)), stream, row_group_size=max(1, len(rows) // groups)
    )
    return stream.getvalue()


@pytest.fixture
def hub() -> Iterator[LocalHub]:
    with running_hub() as running:
        yield running


@pytest.fixture
def scan(hub: LocalHub, tmp_path: Path) -> Scan:
    def run(*args: str, code: int) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "hf"),
            "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1", "HF_HUB_DISABLE_TELEMETRY": "1",
        }  # fmt: skip
        done = subprocess.run(
            [PROVENANCE, "scan", *args], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == code, done.stderr
        return done

    return run


def measured(stdout: str) -> dict[str, float]:
    """Fraction lacking by measure, direct."""
    return {
        c["measure"]: c["fraction"]
        for c in json.loads(stdout)["coverage"]
        if c["reading"] == "direct"
    }


def test_files_of_a_dataset_are_read_at_one_commit(hub: LocalHub, scan: Scan) -> None:
    hub.repos["datasets/acme/words"] = Repo(
        {
            "README.md": b"# Words\n",
            "data/a.parquet": parquet(ROWS, groups=2),
            "data/b.jsonl": b"".join(json.dumps(r).encode() + b"\n" for r in ROWS),
            "c.csv": b"license,text\nmit,abc\n,d\n",
        }
    )
    done = scan("acme/words", "--format", "json", code=1)
    found = measured(done.stdout)
    assert found["rows"] == 0.5
    assert found["bytes"] == pytest.approx((3 + 3 + 1) / (8 + 8 + 4))
    files = [s.path for s in hub.seen if "/resolve/" in s.path and "README" not in s.path]
    assert files
    assert all(f"/resolve/{MAIN_SHA}/" in path for path in files)


def test_only_wanted_columns_of_parquet_are_fetched(hub: LocalHub, scan: Scan) -> None:
    rows = [{"license": "mit", "noise": os.urandom(2000).hex()} for _ in range(2000)]
    data = parquet(rows, groups=4)
    assert len(data) > 4_000_000
    hub.repos["datasets/acme/words"] = Repo({"a.parquet": data})
    scan("acme/words", "--exit-zero", code=0)
    ranges = [s.headers["range"].removeprefix("bytes=") for s in hub.seen if "range" in s.headers]
    fetched = sum(int(last) - int(first) for first, _, last in (r.partition("-") for r in ranges))
    assert fetched < 1_000_000


def test_a_corrupt_file_is_named_and_the_rest_counted(hub: LocalHub, scan: Scan) -> None:
    hub.repos["datasets/acme/words"] = Repo({"a.parquet": b"PAR1 no", "b.parquet": parquet(ROWS)})
    done = scan("acme/words", "--exit-zero", code=0)
    assert "a.parquet: not counted" in done.stderr
    assert "1 of 2 files read" in done.stdout


def test_other_formats_are_streamed_by_datasets(hub: LocalHub, scan: Scan) -> None:
    pytest.importorskip("datasets")
    array = json.dumps(ROWS).encode()
    hub.repos["datasets/acme/words"] = Repo({"train.json": array, "test.json": array})
    done = scan("acme/words", "--format", "json", code=1)
    assert measured(done.stdout)["rows"] == 0.5
    assert "datasets://acme/words@" + MAIN_SHA in done.stdout
    sampled = scan("acme/words", "--sample", "60", "--exit-zero", code=0)
    assert "2 of 4 rows" in " ".join(sampled.stdout.split())
    refused = scan("acme/words", "--license-column", "nope", code=2)
    assert "metadata.license" in refused.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("acme/gated", "gated: "),
        ("acme/absent", "not_found_or_private"),
        ("acme/words@v9", "revision_not_found"),
        ("acme/script", "Dataset scripts are no longer supported"),
        ("acme/empty", "doesn't contain any data files"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    hub: LocalHub, scan: Scan, name: str, message: str
) -> None:
    hub.repos["datasets/acme/gated"] = Repo({"a.parquet": b""}, state="gated")
    hub.repos["datasets/acme/words"] = Repo({"a.parquet": b""})
    hub.repos["datasets/acme/script"] = Repo({"script.py": b"x"})
    hub.repos["datasets/acme/empty"] = Repo({"README.md": b"# x\n"})
    done = scan(name, code=2)
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
