"""What is written replaces nothing but what was written before."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from provenance.cli import run
from provenance.hub.recorder import Recorder
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind

from .program import within

SUBJECT = "sentence-transformers/all-MiniLM-L6-v2"


def take(folder: Path) -> int:
    return run(["snapshot", SUBJECT, "--snapshot", "bundled", "-o", str(folder)])


@pytest.mark.parametrize(
    "manifest", ["{}", '{"schema": "1"}', '{"schema": "1", "files": ["a"]}', "[1]", "", '{"a": 1}']
)
def test_a_foreign_folder_with_a_manifest_of_that_name(tmp_path: Path, manifest: str) -> None:
    folder = tmp_path / "photos"
    (folder / "2024").mkdir(parents=True)
    (folder / "snapshot.json").write_text(manifest)
    (folder / "2024/child.jpg").write_bytes(b"dear")
    (folder / "a").write_text("also dear")
    assert take(folder) == 2
    assert (folder / "2024/child.jpg").read_bytes() == b"dear"
    assert (folder / "a").read_text() == "also dear"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["photos"]


def test_a_snapshot_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    assert take(folder) in {0, 3}
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert take(folder) in {0, 3}
    assert before == {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert SUBJECT in list(open_snapshot(folder).ids(RepoKind.MODEL))


@pytest.mark.parametrize("name", ["notes.txt", "models/mine/card.txt", ".git/config"])
def test_a_snapshot_with_something_of_the_users(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "kept"
    take(folder)
    mine = folder / name
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    assert take(folder) == 2
    assert mine.read_text() == "mine"


def test_a_link_among_its_files(tmp_path: Path) -> None:
    folder, away = tmp_path / "kept", tmp_path / "away"
    take(folder)
    away.mkdir()
    (away / "dear").write_text("dear")
    (folder / "link").symlink_to(away)
    assert take(folder) == 2
    assert (away / "dear").read_text() == "dear"


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "loop"])
def test_a_manifest_that_is_no_file(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    manifest = folder / "snapshot.json"
    if kind == "pipe":
        os.mkfifo(manifest)
    elif kind == "folder":
        manifest.mkdir()
    else:
        manifest.symlink_to("/dev/zero" if kind == "device" else manifest)
    with within(20):
        assert take(folder) == 2
    assert os.path.lexists(manifest)


@pytest.mark.parametrize("listed", ["../dear", "/dear", "..", "a/../../dear"])
def test_a_manifest_that_lists_what_is_elsewhere(tmp_path: Path, listed: str) -> None:
    folder = tmp_path / "kept"
    take(folder)
    (tmp_path / "dear").write_text("dear")
    manifest = json.loads((folder / "snapshot.json").read_text())
    manifest["files"].append(listed.replace("/dear", str(tmp_path / "dear"), listed == "/dear"))
    (folder / "snapshot.json").write_text(json.dumps(manifest))
    assert take(folder) in {0, 2, 3}
    assert (tmp_path / "dear").read_text() == "dear"


def test_what_comes_while_the_new_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kept"
    take(folder)
    write = Recorder._write_into

    def slow(self: Recorder, *rest: Any) -> int:
        (folder / "dear").write_text("dear")
        return write(self, *rest)

    monkeypatch.setattr(Recorder, "_write_into", slow)
    assert take(folder) == 2
    assert f"{folder} holds dear" in capsys.readouterr().err
    assert (folder / "dear").read_text() == "dear"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept"]
