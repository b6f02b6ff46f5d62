from __future__ import annotations

from pathlib import Path

import pytest
from tests.memory_hub import MemoryHub

from provenance.corpus.layout import DataFile, FileFormat, Listing
from provenance.corpus.remote import filesystem
from provenance.corpus.sources import format_of, list_files
from provenance.errors import SourceError, UsageError


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.parquet", FileFormat.PARQUET), ("A.JSONL.GZ", FileFormat.JSONL),
        ("x.json.zst", FileFormat.JSONL), ("x.csv", FileFormat.CSV), ("x.arrow", FileFormat.ARROW),
        ("x.json", None), ("README.md", None),
    ],
)  # fmt: skip
def test_format(name: str, expected: FileFormat | None) -> None:
    assert format_of(name) is expected


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.parquet", "a.csv", "sub/c.jsonl", ".cache/d.csv", "README.md"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path / "data"


def test_a_folder_is_searched_whole_without_what_is_hidden(folder: Path) -> None:
    found = list_files([str(folder)])
    assert [Path(f.path).name for f in found] == ["a.csv", "b.parquet", "c.jsonl"]
    assert [f.source for f in found] == [str(folder), str(folder), f"{folder}/sub"]
    assert all(f.size == 1 and f.version for f in found)


def test_files_and_patterns_count_once(folder: Path) -> None:
    found = list_files([str(folder / "a.csv"), f"{folder}/*.csv", f"{folder}/**/*.jsonl"])
    assert [Path(f.path).name for f in found] == ["a.csv", "c.jsonl"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{}/README.md", "of no format"), ("{}/*.arrow", "holds no file"),
        ("{}/none.csv", "is no file, folder"), ("nosuch://x/y", "no file system is known"),
    ],
)  # fmt: skip
def test_what_names_nothing(folder: Path, source: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list_files([source.format(folder)])


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no file to scan"):
        list_files([str(tmp_path)])


def test_a_store_whose_package_is_missing_says_which() -> None:
    with pytest.raises(UsageError, match="pip install gcsfs"):
        filesystem("gs://bucket/x.parquet")


def test_remote_files_folders_and_patterns() -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    for name in ("one.parquet", "deep/two.parquet", "deep/notes.txt"):
        system.pipe(f"/listed/{name}", b"x")
    paths = [f.path for f in list_files(["memory://listed"])]
    assert paths == ["memory://listed/deep/two.parquet", "memory://listed/one.parquet"]
    assert {f.source for f in list_files(["memory://listed"])} == {
        "memory://listed", "memory://listed/deep",
    }  # fmt: skip
    assert len(list_files(["memory://listed/*/*.parquet"])) == 1
    assert len(list_files(["memory://listed/one.parquet"])) == 1
    with pytest.raises(UsageError, match="holds no file to scan"):
        list_files(["memory://absent"])
    with pytest.raises(UsageError, match="of no format"):
        list_files(["memory://listed/deep/notes.txt"])


def test_a_store_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    def fail(*_: object, **__: object) -> bool:
        raise OSError("connection refused")

    monkeypatch.setattr(MemoryFileSystem, "isfile", fail)
    with pytest.raises(SourceError, match="connection refused"):
        list_files(["memory://x"])


def test_the_name_of_a_hub_dataset_is_listed_at_its_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    file = DataFile("x", FileFormat.CSV, "s", 1, "v")

    def note(source: str) -> Listing:
        asked.append(source)
        return Listing((file,))

    monkeypatch.setattr("provenance.corpus.sources._found", note)
    hub = MemoryHub({"datasets/ann/set": "", "datasets/new/set": ""},
                    renamed={"datasets/bob/set": "new/set"})  # fmt: skip
    assert list_files(["ann/set", "datasets/bob/set"], lambda: hub) == (file,)
    assert asked == ["hf://datasets/ann/set@abc", "hf://datasets/new/set@abc"]
    with pytest.raises(UsageError, match="not_found"):
        list_files(["ann/none"], lambda: hub)
    with pytest.raises(UsageError, match="is no file"):
        list_files(["ann/set"])


def test_a_pattern_keeps_the_folders_it_goes_through_apart(folder: Path) -> None:
    found = list_files([f"{folder}/**/*"])
    assert {f.source for f in found} == {str(folder), f"{folder}/sub"}
