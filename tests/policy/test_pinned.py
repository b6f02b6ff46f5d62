"""Policies of other repositories and servers: pinned, fetched by one command, read from a copy."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest
from tests.policy.facts_builder import policy

from provenance.errors import PolicyError
from provenance.policy.loading import fetch_pinned
from provenance.policy.model import IntendedUse
from provenance.policy.pinned import Pinned, fetch, pinned_from


@pytest.fixture(autouse=True)
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "copies"
    monkeypatch.setenv("PROVENANCE_POLICIES", str(folder))
    return folder


def repository(folder: Path, **files: str) -> str:
    """A git repository with files; its commit."""
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    git = ["git", "-c", "user.name=n", "-c", "user.email=n@example.org", "-C", str(folder)]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "m"],
                      ["config", "uploadpack.allowAnySHA1InWant", "true"]):  # fmt: skip
        subprocess.run([*git, *arguments], check=True, capture_output=True)
    done = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def extending(folder: Path, rev: str, path: str = "base.yaml") -> str:
    return f"extends: [{{git: 'file://{folder}', rev: {rev}, path: {path}}}]\n"


def test_a_policy_of_a_repository_is_read_once_it_was_fetched(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    rev = repository(origin, base="use: [research]\nlicenses: {missing: note}\n")
    text = extending(origin, rev) + "licenses: {other: note}\n"
    with pytest.raises(PolicyError, match="was not fetched yet: run `provenance policy fetch`"):
        policy(tmp_path, text)
    assert fetch_pinned("provenance.yaml", tmp_path) == [
        f"fetched file://{origin}@{rev[:12]}:base.yaml"
    ]
    found = policy(tmp_path, text)
    assert found.use == (IntendedUse.RESEARCH,)
    assert found.origins["/licenses/missing"].file.endswith(":base.yaml")


def test_what_a_fetched_policy_extends_is_fetched_too(tmp_path: Path) -> None:
    first = tmp_path / "first"
    rev = repository(first, base="use: [research]\n")
    second = tmp_path / "second"
    other = repository(second, base=extending(first, rev))
    text = extending(second, other)
    (tmp_path / "provenance.yaml").write_text(text)
    assert len(fetch_pinned("provenance.yaml", tmp_path)) == 2
    assert policy(tmp_path, text).use == (IntendedUse.RESEARCH,)


def test_a_fetched_policy_extends_no_files(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    rev = repository(origin, base="extends: [../../etc/p.yaml]\nuse: [research]\n")
    text = extending(origin, rev)
    (tmp_path / "provenance.yaml").write_text(text)
    fetch_pinned("provenance.yaml", tmp_path)
    with pytest.raises(PolicyError, match="a fetched policy extends no files"):
        policy(tmp_path, text)


def test_a_copy_that_is_not_what_it_is_pinned_to_is_refused(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"use: [research]\n").hexdigest()
    pinned = Pinned("https://example.org/p.yaml", digest, "")
    pinned.copy.parent.mkdir(parents=True)
    pinned.copy.write_bytes(b"use: [research]\n")
    text = f"extends: [{{https: 'https://example.org/p.yaml', sha256: '{digest}'}}]\n"
    assert policy(tmp_path, text).use == (IntendedUse.RESEARCH,)
    pinned.copy.write_bytes(b"use: [internal]\n")
    with pytest.raises(PolicyError, match="not what it is pinned to"):
        policy(tmp_path, text)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            {"git": "https://x.org/p.git", "rev": "main", "path": "p.yaml"},
            "a branch or tag can move",
        ),
        ({"git": "https://x.org/p.git", "rev": "0" * 12, "path": "p.yaml"}, "all of its"),
        ({"git": "ext::sh -c id", "rev": "0" * 40, "path": "p.yaml"}, "no address"),
        ({"git": "--upload-pack=x", "rev": "0" * 40, "path": "p.yaml"}, "no address"),
        ({"git": "https://u:secret@x.org/p", "rev": "0" * 40, "path": "p.yaml"}, "no address"),
        ({"git": "https://x.org/p.git", "rev": "0" * 40, "path": "../p.yaml"}, "no path"),
        ({"git": "https://x.org/p.git", "rev": "0" * 40, "path": "-p"}, "no path"),
        ({"https": "http://x.org/p.yaml", "sha256": "0" * 64}, "no https address"),
        ({"https": "https://x.org/p.yaml", "sha256": "0"}, "64 hexadecimal digits"),
        ({"https": "https://x.org/p.yaml"}, "an entry is a name"),
    ],
)
def test_an_entry_is_pinned(tmp_path: Path, entry: dict[str, str], says: str) -> None:
    with pytest.raises(PolicyError) as raised:
        pinned_from(dict(entry))
    assert says in str(raised.value)
    items = ", ".join(f"{key}: '{value}'" for key, value in entry.items())
    with pytest.raises(PolicyError):
        policy(tmp_path, f"extends: [{{{items}}}]\n")


def test_a_commit_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    repository(origin, base="use: [research]\n")
    with pytest.raises(PolicyError, match="cannot be fetched") as caught:
        fetch(Pinned(f"file://{origin}", "0" * 40, "base.yaml"))
    assert "\n" not in str(caught.value)


def test_nothing_is_fetched_where_nothing_is_pinned(tmp_path: Path) -> None:
    (tmp_path / "provenance.yaml").write_text("extends: [builtin:default@1]\n")
    assert fetch_pinned("provenance.yaml", tmp_path) == []
