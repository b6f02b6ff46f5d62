from __future__ import annotations

from pathlib import Path

import pytest
from tests.memory_hub import MemoryHub

from provenance.errors import SourceError, UsageError
from provenance.scanning.layout import DataFile, FileFormat, SourceListing
from provenance.scanning.remote import filesystem
from provenance.scanning.sources import format_of, list_files, list_sources


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
        ("{}/none.csv", "there is no such file"), ("nosuch://x/y", "no file system is known"),
    ],
)  # fmt: skip
def test_what_names_nothing(folder: Path, source: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list_files([source.format(folder)])


@pytest.mark.parametrize(
    "source",
    [
        "missing.parquet", "data/missing.parquet", "nowhere/missing.jsonl.zst", "nowhere/x.parqut",
        "data/notes.txt", "nowhere/x.JSON", "x.cvs",
    ],
)  # fmt: skip
def test_a_missing_file_is_not_looked_for_on_the_hub(
    folder: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(UsageError, match="there is no such file") as raised:
        list_sources([source], lambda: pytest.fail("the Hub was opened"))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("source", ["nowhere/set-v1.2", "nowhere/set", "datasets/a/x.parquet"])
def test_a_name_with_a_dot_may_be_a_dataset(source: str) -> None:
    opened: list[str] = []

    def hub() -> MemoryHub:
        opened.append(source)
        raise SourceError("no network here")

    with pytest.raises(SourceError):
        list_sources([source], hub)
    assert opened


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
    file = DataFile("hf://x", FileFormat.CSV, "s", 1, "v")

    def note(source: str) -> SourceListing:
        asked.append(source)
        return SourceListing((file,))

    monkeypatch.setattr("provenance.scanning.sources._listed", note)
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


def test_a_file_counts_once_however_it_is_named(folder: Path) -> None:
    (folder / "sub" / "a-link.csv").symlink_to(folder / "a.csv")
    (folder / "b-hard.parquet").hardlink_to(folder / "b.parquet")
    ways = [str(folder), f"{folder}/sub/../a.csv", f"file://{folder}/a.csv"]
    listing = list_sources(ways)
    assert [f.path for f in listing.files] == [
        str(folder / "a.csv"), str(folder / "b-hard.parquet"), str(folder / "sub" / "c.jsonl"),
    ]  # fmt: skip
    assert listing.repeated == (
        str(folder / "b.parquet"), f"{folder}/sub/../a.csv", f"{folder}/sub/a-link.csv",
    )  # fmt: skip


def test_files_of_other_formats_are_listed_but_no_documents(folder: Path) -> None:
    for name, size in (("d.json", 5), ("e.tsv", 9), ("LICENSE.txt", 1), (".hidden.txt", 1)):
        (folder / name).write_text("x" * size)
    skipped = ((str(folder / "e.tsv"), 9), (str(folder / "d.json"), 5))
    assert list_sources([str(folder)]).skipped == skipped
    assert list_sources([f"{folder}/*"]).skipped == skipped


def test_json_that_is_named_is_read_as_lines(folder: Path) -> None:
    (folder / "d.json").write_text("{}")
    for source in (folder / "d.json", folder / "*.json"):
        [file] = list_files([str(source)])
        assert (Path(file.path).name, file.format) == ("d.json", FileFormat.JSONL)


def test_other_formats_in_a_store() -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    for name in ("a.csv", "b.json", "README.md"):
        system.pipe(f"/others/{name}", b"xy")
    assert list_sources(["memory://others"]).skipped == (("memory://others/b.json", 2),)
    assert [f.format for f in list_files(["memory://others/*.json"])] == [FileFormat.JSONL]


@pytest.mark.parametrize(
    ("url", "names", "expected"),
    [
        ("http://host/x.parquet", "http://host/x.parquet", "http://host/x.parquet"),
        ("hdfs://host:8020/c/*", "/c/x.parquet", "hdfs://host:8020/c/x.parquet"),
        ("hdfs:///c/*", "/c/x.parquet", "hdfs:///c/x.parquet"),
        ("s3a://bucket/c/*", "bucket/c/x.parquet", "s3a://bucket/c/x.parquet"),
    ],
)
def test_a_url_keeps_its_scheme_and_host(
    monkeypatch: pytest.MonkeyPatch, url: str, names: str, expected: str
) -> None:
    class Store:
        """Names files as the store of that scheme does, which is not installed here."""

        def _strip_protocol(self, asked: str) -> str:
            return names.replace("x.parquet", "*") if asked.endswith("*") else names

        def isfile(self, path: str) -> bool:
            return True

        def info(self, path: str) -> dict[str, object]:
            return {"name": path, "size": 1}

        def glob(self, path: str, detail: bool) -> dict[str, dict[str, object]]:
            return {names: {"size": 1, "type": "file"}}

    monkeypatch.setattr("provenance.scanning.sources.filesystem", lambda _: Store())
    assert [f.path for f in list_files([url])] == [expected]


@pytest.mark.parametrize(
    "source",
    ["https://me:secret@h.example/a.parquet", "s3://me:secret@b/a", "x::https://secret@h/a.csv"],
)
def test_an_address_with_a_password_is_refused_and_not_quoted(source: str) -> None:
    with pytest.raises(UsageError, match="user name") as raised:
        list_sources([source])
    assert "secret" not in str(raised.value)


class Store:
    """A store whose listing is an odd one."""

    def __init__(self, listing: object) -> None:
        self._listing = listing

    def _strip_protocol(self, path: str) -> str:
        return path.partition("://")[2]

    def isfile(self, path: str) -> bool:
        return False

    def find(self, path: str, detail: bool) -> object:
        if isinstance(self._listing, Exception):
            raise self._listing
        return self._listing


@pytest.mark.parametrize(
    "listing",
    [ValueError("invalid literal"), KeyError("Contents"), TypeError("None"), OSError(121, "x"),
     {"b/a.csv": {"size": -5, "type": "file"}}],
    ids=repr,
)  # fmt: skip
def test_a_listing_that_is_none(listing: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.scanning.sources.filesystem", lambda _: Store(listing))
    with pytest.raises(SourceError, match=r"cannot be listed|the store says"):
        list_files(["s3://b"])
