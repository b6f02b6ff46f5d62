"""Repositories made for each test, and the snapshot that they are judged by."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from provenance.checking.ci_target import BRANCHES
from provenance.cli import run

CARDS = {
    "models/org/clean": "---\nlicense: apache-2.0\ndatasets: [org/mit]\n---\n",
    "models/org/lacking": "---\nlicense: mit\ndatasets: [org/mit, org/none]\n---\n",
    "models/org/silent": "---\nlicense: mit\n---\n# A model\n",
    "datasets/org/mit": "---\nlicense: mit\n---\n",
    "datasets/org/none": "# A set\n",
    "datasets/org/research": "---\nlicense: cc-by-nc-4.0\n---\n",
}
IDENTITY = {
    "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip


class Checkout:
    """A git repository in a temporary folder, and the command run in it."""

    def __init__(self, root: Path, snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.snapshot = snapshot
        self._capsys = capsys
        self.err = ""

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True,
            env={**os.environ, **IDENTITY},
        )  # fmt: skip
        return done.stdout.strip()

    def write(self, name: str, text: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, message: str = "change") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, snapshot: bool = True) -> tuple[int, str]:
        source = ["--snapshot", str(self.snapshot)] if snapshot else []
        dated = [*arguments, "--as-of", "2026-01-01", *source]
        code = run([*dated, str(self.root)])
        captured = self._capsys.readouterr()
        self.err = captured.err
        return code, captured.out

    def check(self, *arguments: str, snapshot: bool = True) -> tuple[int, str]:
        return self.run("check", *arguments, snapshot=snapshot)


@pytest.fixture(autouse=True)
def _no_pull_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the CI says that runs these tests is of no repository made here."""
    for variable in BRANCHES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    root = tmp_path / "snap"
    for name, text in CARDS.items():
        folder = root / name
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(text)
    return root


@pytest.fixture
def checkout(tmp_path: Path, snapshot: Path, capsys: pytest.CaptureFixture[str]) -> Checkout:
    root = tmp_path / "work"
    root.mkdir()
    made = Checkout(root, snapshot, capsys)
    made.git("init", "-q", "-b", "main")
    return made
