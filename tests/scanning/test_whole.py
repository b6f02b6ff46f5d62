from __future__ import annotations

import gzip
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest

from provenance.scanning.probe import UnreadableFileError
from provenance.scanning.whole import check_whole

TEXT = b'{"license": "mit"}\n' * 50_000


def never() -> bool:
    return False


@pytest.mark.parametrize("name", ["x.jsonl.zst", "x.CSV.GZ"])
def test_whole_cut_and_other_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    packed = pa.compress(TEXT, codec="zstd", asbytes=True) if "zst" in name else gzip.compress(TEXT)
    path.write_bytes(packed * 2)
    check_whole(str(path), never)
    with pytest.raises(UnreadableFileError, match="interrupted"):
        check_whole(str(path), lambda: True)
    path.write_bytes(packed + packed[:-5])
    with pytest.raises(UnreadableFileError, match="Truncated"):
        check_whole(str(path), never)
    path.write_bytes(TEXT)
    with pytest.raises(UnreadableFileError):
        check_whole(str(path), never)


def test_remote_gzip_is_not_fetched_twice(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe("/whole/x.jsonl.gz", TEXT)
    system.pipe("/whole/x.jsonl.zst", TEXT)
    check_whole("memory://whole/x.jsonl.gz", never)
    with pytest.raises(UnreadableFileError):
        check_whole("memory://whole/x.jsonl.zst", never)


def test_plain_files_are_not_opened() -> None:
    check_whole("/absent/x.jsonl", never)
