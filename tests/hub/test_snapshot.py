from __future__ import annotations

import datetime
import json
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from provenance.errors import SourceError, UsageError
from provenance.hub.digest import Digest
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.snapshot import Snapshot, open_snapshot
from provenance.hub.tree import FolderTree
from provenance.refs import RepoKind, RepoRef

CARD = b"---\nlicense: mit\n---\n"
SHA = "b" * 40
FILES = {
    "models/acme/tiny/README.md": CARD,
    "models/acme/tiny/info.json": json.dumps(
        {
            "id": "acme/tiny",
            "sha": SHA,
            "gated": "auto",
            "siblings": [{"rfilename": "w.bin"}, {"rfilename": "README.md"}],
            "usedStorage": 99,
        }
    ).encode(),
    "models/bare/README.md": b"bare",
    "models/bare/conf/a.json": b"{}",
    "models/bare/nested/README.md": b"owned by bare",
    "datasets/acme/words/README.md": b"words",
    "datasets/acme/words/LICENSE": b"terms",
    "datasets/acme/words/data/x.csv": b"1",
    "datasets/acme/empty/info.json": b'{"sha": null, "mainSize": 7, "siblings": []}',
    "datasets/not--an--id/x/README.md": b"",
    "datasets/owner-only/name/deep/file": b"",
}


def model(repo_id: str, revision: str | None = None) -> RepoRef:
    return RepoRef(RepoKind.MODEL, repo_id, revision)


def dataset(repo_id: str, revision: str | None = None) -> RepoRef:
    return RepoRef(RepoKind.DATASET, repo_id, revision)


def write_folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root


def write_zip(path: Path, files: dict[str, bytes], prefix: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(prefix + name, data)
    return path


def fetched(source: Snapshot | Digest, ref: RepoRef) -> Repository:
    answer = source.fetch(ref)
    assert isinstance(answer, Repository), answer
    return answer


def why(source: Snapshot | Digest, ref: RepoRef) -> Absence:
    answer = source.fetch(ref)
    assert isinstance(answer, Absent), answer
    return answer.why


@pytest.fixture(params=["folder", "zip", "wrapped zip"])
def snapshot(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshot | Digest:
    if request.param == "folder":
        return open_snapshot(write_folder(tmp_path / "saved", FILES))
    prefix = "outer/" if "wrapped" in request.param else ""
    path = write_zip(tmp_path / "saved.zip", FILES, prefix)
    return open_snapshot(str(path))


class TestRead:
    def test_a_repository(self, snapshot: Snapshot | Digest) -> None:
        ref = model("acme/tiny")
        assert fetched(snapshot, ref) == Repository(ref, "acme/tiny", SHA, CARD, gated=True)
        assert snapshot.name == "saved"
        assert snapshot.date is None
        assert (snapshot.requests, snapshot.cached) == (0, 1)

    def test_files_of_info(self, snapshot: Snapshot | Digest) -> None:
        described = snapshot.describe(fetched(snapshot, model("acme/tiny")))
        assert described.files == ("README.md", "w.bin")
        assert described.bytes is None

    def test_files_of_the_folder(self, snapshot: Snapshot | Digest) -> None:
        described = snapshot.describe(fetched(snapshot, dataset("acme/words")))
        assert described.files == ("LICENSE", "README.md", "data/x.csv")
        assert described.revision is None

    def test_a_bare_name_shares_its_folder_with_an_owner(self, snapshot: Snapshot | Digest) -> None:
        described = snapshot.describe(fetched(snapshot, model("bare")))
        assert described.files == ("README.md", "conf/a.json")
        assert fetched(snapshot, model("bare/nested")).readme == b"owned by bare"

    def test_a_repository_without_card(self, snapshot: Snapshot | Digest) -> None:
        found = fetched(snapshot, dataset("acme/empty"))
        assert found.readme is None
        assert snapshot.describe(found).bytes == 7

    def test_a_file(self, snapshot: Snapshot | Digest) -> None:
        found = fetched(snapshot, dataset("acme/words"))
        assert snapshot.read_file(found, "LICENSE") == b"terms"
        for path in ("NOTICE", "../tiny/README.md", "/etc/passwd", "info.json", "data", ""):
            assert snapshot.read_file(found, path) is None

    def test_ids_are_sorted(self, snapshot: Snapshot | Digest) -> None:
        assert list(snapshot.ids(RepoKind.MODEL)) == ["acme/tiny", "bare", "bare/nested"]
        assert list(snapshot.ids(RepoKind.DATASET)) == ["acme/empty", "acme/words"]

    @pytest.mark.parametrize(
        "ref",
        [model("acme"), model("acme/gone"), model("Acme/tiny"), dataset("owner-only/name")],
    )
    def test_what_is_not_there(self, snapshot: Snapshot | Digest, ref: RepoRef) -> None:
        assert why(snapshot, ref) is Absence.NOT_IN_SNAPSHOT
        lost = Repository(ref, ref.id, None, None)
        assert snapshot.describe(lost) == lost
        assert snapshot.read_file(lost, "README.md") is None

    @pytest.mark.parametrize("name", ["../../etc", "/etc", "a/../b", "a\x00b", "."])
    def test_hostile_ids(self, snapshot: Snapshot | Digest, name: str) -> None:
        assert why(snapshot, model(name)) is Absence.NOT_FOUND

    def test_revisions(self, snapshot: Snapshot | Digest) -> None:
        for revision in ("main", SHA, SHA[:7]):
            assert fetched(snapshot, model("acme/tiny", revision)).revision == SHA
        for ref in (model("acme/tiny", "v1"), model("bare", SHA), model("acme/tiny", "c" * 40)):
            assert why(snapshot, ref) is Absence.NOT_IN_SNAPSHOT


class TestInfo:
    @pytest.mark.parametrize(
        ("info", "expected"),
        [
            ({"disabled": True}, Absence.WITHDRAWN),
            ({"gated": "manual", "siblings": [{"rfilename": "README.md"}]}, Absence.GATED),
            ({"siblings": [{"rfilename": "README.md"}]}, Absence.NOT_IN_SNAPSHOT),
        ],
    )
    def test_says_why_a_card_is_missing(
        self, tmp_path: Path, info: dict[str, object], expected: Absence
    ) -> None:
        files = {"datasets/a/b/info.json": json.dumps(info).encode()}
        assert why(open_snapshot(write_folder(tmp_path, files)), dataset("a/b")) is expected

    def test_a_defunct_data_set_is_withdrawn(self, tmp_path: Path) -> None:
        files = {"datasets/defunct-datasets/b/README.md": CARD}
        source = open_snapshot(write_folder(tmp_path, files))
        for name in ("defunct-datasets/b", "defunct-datasets/not-held"):
            assert why(source, dataset(name)) is Absence.WITHDRAWN

    @pytest.mark.parametrize("raw", [b"<html>", b"[]", b'{"sha": 3}', b"\xff\xfe"])
    def test_that_is_none_is_a_failure(self, tmp_path: Path, raw: bytes) -> None:
        files = {"models/a/b/README.md": CARD, "models/a/b/info.json": raw}
        with pytest.raises(SourceError, match=r"models/a/b/info\.json .* not an answer"):
            open_snapshot(write_folder(tmp_path, files)).fetch(model("a/b"))


class TestManifest:
    def open(self, root: Path, manifest: object) -> Snapshot | Digest:
        raw = json.dumps(manifest).encode()
        return open_snapshot(write_folder(root, FILES | {"snapshot.json": raw}))

    def test_names_dates_absences_and_renames(self, tmp_path: Path) -> None:
        source = self.open(
            tmp_path,
            {
                "schema": "1",
                "name": "spring",
                "date": "2025-04-01",
                "endpoint": "https://hub.example",
                "absent": {"models/x/y": {"why": "gated", "detail": "403 closed"}},
                "renamed": {"datasets/words": "datasets/acme/words"},
            },
        )
        assert (source.name, source.date) == ("spring", datetime.date(2025, 4, 1))
        ref = model("x/y")
        assert source.fetch(ref) == Absent(ref, Absence.GATED, "403 closed")
        old = fetched(source, dataset("words"))
        assert (old.id, old.readme) == ("acme/words", b"words")
        assert source.read_file(old, "LICENSE") == b"terms"

    def test_may_be_all_there_is(self, tmp_path: Path) -> None:
        write_folder(tmp_path, {"snapshot.json": b"{}"})
        assert why(open_snapshot(tmp_path), model("a/b")) is Absence.NOT_IN_SNAPSHOT

    @pytest.mark.parametrize(
        ("manifest", "words"),
        [
            ([], "Expected `object`"),
            ({"schema": "9"}, "schema '9' is not known"),
            ({"absent": {"models/a": {"why": "shy"}}}, "'shy' is not one of"),
            ({"renamed": {"models/a": "../../etc"}}, "is not models/<id>"),
            ({"renamed": {"models/a": "models/../b"}}, "is not models/<id>"),
            ({"date": "spring 2025"}, r"snapshot.json: .*\$\.date"),
            ({"date": "2025-04"}, r"snapshot.json: .*\$\.date"),
        ],
    )
    def test_errors(self, tmp_path: Path, manifest: object, words: str) -> None:
        with pytest.raises(UsageError, match=words) as raised:
            self.open(tmp_path, manifest)
        assert "\n" not in str(raised.value)


class TestOpening:
    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="does not exist"):
            open_snapshot(tmp_path / "gone")

    def test_no_snapshot(self, tmp_path: Path) -> None:
        write_folder(tmp_path, {"src/x.py": b""})
        with pytest.raises(UsageError, match="holds neither models/, datasets/"):
            open_snapshot(tmp_path)

    def test_no_zip(self, tmp_path: Path) -> None:
        (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 not really")
        with pytest.raises(UsageError, match="cannot be read as a zip"):
            open_snapshot(tmp_path / "x.zip")

    def test_a_manifest_that_leads_out(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in/snapshot.json").symlink_to("/etc/passwd")
        with pytest.raises(UsageError, match="leads out of"):
            open_snapshot(tmp_path / "in")


class TestHostileZips:
    @pytest.mark.parametrize(
        "name", ["../evil", "models/../../evil", "/etc/x", "models\\a", "C:/x", "models//a"]
    )
    def test_unsafe_names(self, tmp_path: Path, name: str) -> None:
        path = write_zip(tmp_path / "x.zip", {"models/a/README.md": CARD, name: b""})
        with pytest.raises(UsageError, match="unsafe name"):
            open_snapshot(path)

    def test_a_name_that_starts_with_a_zero(self, tmp_path: Path) -> None:
        path = write_zip(tmp_path / "x.zip", {"models/a/README.md": CARD, "ZZZZ": b""})
        path.write_bytes(path.read_bytes().replace(b"ZZZZ", b"\0ZZZ"))
        with pytest.raises(UsageError, match="unsafe name"):
            open_snapshot(path)

    def test_links(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("models/a/README.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
            out.writestr(link, "/etc/passwd")
        with pytest.raises(UsageError, match="holds the link"):
            open_snapshot(tmp_path / "x.zip")

    def test_a_name_that_stands_twice(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
            out.writestr("models/a/README.md", "one")
            with pytest.warns(UserWarning, match="Duplicate"):
                out.writestr("models/a/README.md", "two")
        with pytest.raises(UsageError, match="twice"):
            open_snapshot(tmp_path / "x.zip")

    def test_bombs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {"models/a/README.md": b"\0" * 3_000_000}
        source = open_snapshot(write_zip(tmp_path / "x.zip", files))
        monkeypatch.setattr("provenance.hub.snapshot.MAX_FILE_BYTES", 1_000_000)
        with pytest.raises(SourceError, match="larger than 1,000,000 bytes"):
            source.fetch(model("a"))

    def test_too_many_names(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("provenance.hub.tree.MAX_ENTRIES", 3)
        with pytest.raises(UsageError, match="more than 3 files"):
            open_snapshot(write_zip(tmp_path / "x.zip", FILES))

    def test_damage(self, tmp_path: Path) -> None:
        path = tmp_path / "x.zip"
        with zipfile.ZipFile(path, "w") as out:
            out.writestr("models/a/README.md", "some text")
            out.writestr("__MACOSX/models/a/._README.md", "junk")
        path.write_bytes(path.read_bytes().replace(b"some text", b"other txt"))
        with pytest.raises(SourceError, match=r"cannot read models/a/README\.md"):
            open_snapshot(path).fetch(model("a"))


class TestHostileFolders:
    def test_links_that_lead_out(self, tmp_path: Path) -> None:
        secret = write_folder(tmp_path / "outside", {"README.md": b"secret", "x/README.md": b"s"})
        root = write_folder(tmp_path / "in", {"models/a/x.txt": b"", "models/c/README.md": b"c"})
        (root / "models/a/README.md").symlink_to(secret / "README.md")
        (root / "models/b").symlink_to(secret)
        source = open_snapshot(root)
        for name in ("a", "b", "b/x"):
            with pytest.raises(SourceError, match="leads out of"):
                source.fetch(model(name))
        assert list(source.ids(RepoKind.MODEL)) == ["a", "c"]  # b is no folder of this snapshot

    def test_links_within_are_followed_and_loops_end(self, tmp_path: Path) -> None:
        root = write_folder(tmp_path, {"models/a/README.md": b"a", "models/a/sub/f": b""})
        (root / "models/b").symlink_to(root / "models/a")
        (root / "models/a/sub/up").symlink_to(root / "models/a")
        source = open_snapshot(root)
        found = fetched(source, model("b"))
        assert found.readme == b"a"
        assert source.describe(fetched(source, model("a"))).files == ("README.md", "sub/f")

    def test_a_pipe_is_no_card(self, tmp_path: Path) -> None:
        root = write_folder(tmp_path, {"models/a/info.json": b"{}"})
        os.mkfifo(root / "models/a/README.md")
        assert fetched(open_snapshot(root), model("a")).readme is None

    def test_a_huge_card(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root = write_folder(tmp_path, {"models/a/README.md": b"x" * 11})
        monkeypatch.setattr("provenance.hub.snapshot.MAX_FILE_BYTES", 10)
        with pytest.raises(SourceError, match="larger than 10 bytes"):
            open_snapshot(root).fetch(model("a"))

    def test_files_that_vanish(self, tmp_path: Path) -> None:
        root = write_folder(tmp_path, {"models/a/README.md": b"x", "models/b/c/README.md": b""})
        tree = FolderTree(root)
        assert tree.listing("models/a").files == {"README.md"}
        (root / "models/a/README.md").unlink()
        with pytest.raises(SourceError, match="cannot read"):
            tree.read("models/a/README.md", 10)
        shutil.rmtree(root / "models/b/c")
        assert tree.listing("models/b").folders == set()
        shutil.rmtree(root)
        with pytest.raises(SourceError, match="cannot list"):
            FolderTree(root).listing("")

    def test_folders_without_end(self, tmp_path: Path) -> None:
        deep = "/".join("d" * 50)
        root = write_folder(tmp_path, {"models/a/README.md": b"", f"models/a/{deep}/f": b""})
        source = open_snapshot(root)
        assert source.describe(fetched(source, model("a"))).files == ("README.md",)
