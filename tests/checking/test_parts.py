"""Parts that commands reach in rare cases only."""

from __future__ import annotations

import datetime
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.memory_hub import MemoryHub

from provenance.checking import git as gate_git
from provenance.checking.base import open_base, scan_base
from provenance.checking.git import git, open_objects
from provenance.checking.lock import as_of_now
from provenance.checking.references.addresses import Named
from provenance.checking.references.files import (
    Blob,
    CheckedFolder,
    commit_files,
    excluded_by,
    open_repository,
    read_blobs,
)
from provenance.checking.references.names import Unnamed, name_of
from provenance.checking.references.rules_files import load_rules
from provenance.checking.references.search import search_part
from provenance.errors import UsageError
from provenance.hub import interface as hub_interface
from provenance.hub.memoized import MemoizedSource
from provenance.refs import RepoKind, RepoRef
from provenance.report.finding import Finding, Severity, Waiver


def test_files_that_cannot_be_read_are_problems() -> None:
    def reader(path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    found = search_part([("a.py", "python")], reader, load_rules())
    assert [p.message for p in found.problems] == ["cannot be read: Permission denied"]


def test_git_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git cannot be run"):
        git(tmp_path, "status")
    assert not open_repository(tmp_path).git


def test_blobs_that_are_missing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    repository = CheckedFolder(tmp_path, git=True)
    with pytest.raises(UsageError, match="is missing here"):
        read_blobs(repository, [Blob("a.py", "1" * 40, 1)])
    with pytest.raises(UsageError, match="git ls-tree"):
        commit_files(repository, "HEAD")


@pytest.mark.parametrize("files", [2, 20])
def test_files_of_the_base_are_read_by_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    """Also those that are read only because another file runs them."""
    for n in range(files):
        (tmp_path / f"job_{n}.inc").write_text(f"load_dataset('acme/set-{n}')\n")
    (tmp_path / "run.sh").write_text("".join(f"python job_{n}.inc\n" for n in range(files)))
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    base = open_base(open_repository(tmp_path), "HEAD")
    started: list[object] = []
    command = gate_git._command

    def counted(*asked: Any) -> list[str]:
        started.append(asked)
        return command(*asked)

    monkeypatch.setattr(gate_git, "_command", counted)
    scan = scan_base(base, load_rules(), ())
    assert {r.id for r in scan.references} == {f"acme/set-{n}" for n in range(files)}
    assert len(started) == 2


def test_objects_by_one_process(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    ids = [
        git(tmp_path, "hash-object", "-w", "--stdin", stdin=data).decode().strip()
        for data in (b"owl\n\n", b"")
    ]
    with open_objects(tmp_path) as content:
        assert [content(oid) for oid in ids] == [b"owl\n\n", b""]
        assert content("1" * 40) is None
        assert content(ids[0]) == b"owl\n\n"


@pytest.mark.parametrize(
    "program", ["exit 0", "read x; printf '1 blob 9\\nshort'", "exec sleep 60"]
)
def test_a_git_that_ends_or_hangs_gives_no_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    (tmp_path / "git").write_text(f"#!/bin/sh\n{program}\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setattr("provenance.checking.git._program", lambda: str(tmp_path / "git"))
    monkeypatch.setattr("provenance.checking.git.GIT_SECONDS", 0.5)
    with open_objects(tmp_path) as content, pytest.raises(UsageError, match="it ended, or gave"):
        content("1" * 40)


@pytest.mark.parametrize(
    ("pattern", "path", "excluded"),
    [
        ("tests/", "tests/a.py", True),
        ("tests/", "x/tests/a.py", False),
        ("**/tests/**", "tests/a.py", True),
        ("**/tests/**", "x/tests/y/a.py", True),
        ("**/tests/**", "contests/a.py", False),
        ("*.gen.py", "x/a.gen.py", True),
        ("a.py", "b/a.py", True),
        ("**/test_*.py", "test_a.py", True),
        ("**/test_*.py", "x/y/test_a.py", True),
        ("**/test_*.py", "x/test_set_maker/make.py", False),
        ("test_*", "x/test_set_maker/make.py", True),
        ("?_*.py", "x/a_b.py", True),
        ("?_*.py", "a/_b.py", False),
        ("a.b*", "axb", False),
        ("data/*", "data/x/y.py", True),
        ("a*" * 8 + "b", "a" * 60, False),
        ("*a*b*.py", "x/cab.py", True),
        ("a.?y", "x/a.py", True),
        ("a.?y", "x/a./y", False),
        ("[ab].py", "x/a.py", True),
    ],
)
def test_patterns(pattern: str, path: str, excluded: bool) -> None:
    assert (excluded_by([pattern]).fullmatch(path) is not None) == excluded
    assert excluded_by([]).fullmatch(path) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("org/m", Named("org/m")),
        ("org/m@v1", Named("org/m", "v1")),
        ("gpt2", Named("gpt2")),
        ("hf://datasets/org/d@v2/x", Named("org/d", "v2", RepoKind.DATASET)),
        ("https://huggingface.co/org/m/resolve/main/x", Named("org/m", None, RepoKind.MODEL)),
        ("hf-hub:org/m", Named("org/m")),
        ("hf://spaces/org/s/x", Unnamed("an address outside the Hub")),
        ("https://example.org/x", Unnamed("an address outside the Hub")),
        ("a/b/c", Unnamed("a local path")),
        ("C:\\x", Unnamed("a local path")),
        ("org/{name}", Unnamed("a placeholder")),
        ("two words", Unnamed("no Hub id")),
        ("1.5", Unnamed("no Hub id")),
        ("a--b", Unnamed("no Hub id")),
        ("x.json", Unnamed("a local path")),
        ("none", Unnamed("a placeholder")),
        ("org/none", Named("org/none")),
        ("openai/gpt-4o", Unnamed("a model of another service")),
        ("https://huggingface.co/" + "x" * 2000, Unnamed("an address outside the Hub")),
    ],
)
def test_names(text: str, expected: Named | Unnamed) -> None:
    assert name_of(text, load_rules()) == expected


def test_a_waiver_that_expired_since_the_lock() -> None:
    waiver = Waiver("vendor", "why", "me", datetime.date(2026, 6, 1))
    finding = Finding("LIC001", Severity.ERROR, "x", "m", (), "", "f", waiver)
    before, after = datetime.date(2026, 6, 1), datetime.date(2026, 6, 2)
    assert as_of_now(finding, before).waiver == waiver
    assert as_of_now(finding, after).waiver is None
    assert as_of_now(finding, after).help
    kept = replace(finding, waiver=replace(waiver, expires=None))
    assert as_of_now(kept, after).waiver == kept.waiver


def test_every_question_is_asked_once() -> None:
    hub = MemoryHub({"datasets/org/d": "x"}, files={"datasets/org/d": {"f": "t"}})
    source = MemoizedSource(hub)
    ref = RepoRef(RepoKind.DATASET, "org/d")
    answers = [source.fetch(ref) for _ in range(3)]
    assert hub.asked == ["datasets/org/d"]
    repository = answers[0]
    assert isinstance(repository, hub_interface.Repository)
    assert [source.read_file(repository, "f") for _ in range(2)] == [b"t", b"t"]
    assert source.describe(repository) == source.describe(repository)
    assert (source.name, source.date) == ("memory", datetime.date(2026, 1, 1))
    assert (source.requests, source.cached) == (0, 0)
