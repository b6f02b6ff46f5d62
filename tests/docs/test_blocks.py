"""The commands of every other page, run over a repository, data and a Hub that have what they name.

Whether a verdict is good is not asked here; that a command line is right and answers is.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hub.server import LocalHub, Repo, running_hub

from provenance.cli.exits import Exit

from .test_commands import PAGES, ROOT, RUN, commands

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
NOT_RUN = {
    r"^(pip|uvx|make|\.ci/run)\b": "installs, or runs these tests",
    r"s3://|hdfs://|spark://": "needs a store or a cluster",
    r"--engine spark": "needs Java: tests/scanning runs it",
    r"owner/name@revision": "needs the files API of the Hub: tests/scanning runs it",
}
"""What stands in a page and is not run here, and why."""
ANSWERED = {Exit.OK, Exit.VIOLATED, Exit.INCOMPLETE}
CARD = b"---\nlicense: mit\n---\n# x\n"


def _pages() -> list[Path]:
    own = [p for p in PAGES if p not in RUN and "adr" not in p.parts and "rules" not in p.parts]
    return [p for p in own if any(_runnable(p))]


def _runnable(page: Path) -> Iterator[str]:
    for line in commands(page):
        if not any(re.search(pattern, line) for pattern in NOT_RUN):
            yield line


@pytest.fixture(scope="module")
def hub() -> Iterator[LocalHub]:
    with running_hub() as started:
        model = b"---\nlicense: mit\ndatasets: [squad]\n---\n# x\n"
        started.repos = {
            "models/owner/model": Repo({"README.md": model}, revisions=("main", "v1.0")),
            "models/google/legal": Repo({"README.md": model}),
            "datasets/squad": Repo({"README.md": CARD}),
            "datasets/google/legal": Repo({"README.md": CARD}),
        }
        yield started


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A repository with everything that the pages name."""
    for name, text in {
        "train.py": 'from datasets import load_dataset\nload_dataset("squad")\n',
        "provenance.yaml": "version: 1\nextends: builtin:default@1\n",
        "my-model/README.md": CARD.decode(),
        "snapshot/models/google/m/README.md": CARD.decode(),
        "snapshot/datasets/google/d/README.md": CARD.decode(),
        "ids.txt": "google/d\n",
        "data/a.csv": "license,text\nmit,some words\n,none\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with zipfile.ZipFile(tmp_path / "snapshot.zip", "w") as zipped:
        zipped.writestr("models/google/m/README.md", CARD)
    rows = pa.table({"id": ["a/b"], "tags": [["license:mit"]]})
    pq.write_table(rows, tmp_path / "datasets.parquet")
    with pa.CompressedOutputStream(str(tmp_path / "part-1.jsonl.zst"), "zstd") as stream:
        stream.write(b'{"license": "mit", "text": "x"}\n')
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    subprocess.run([*git, "update-ref", "refs/remotes/origin/main", "HEAD"], check=True)
    return tmp_path


@pytest.mark.parametrize("page", _pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_of_a_page_answers(page: Path, workspace: Path, hub: LocalHub) -> None:
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PROVENANCE_", "HF_"))},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(workspace / ".git" / "hf"),
    }
    for line in _runnable(page):
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=workspace,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in ANSWERED, f"{line}\n{done.stderr}"


def test_nothing_is_left_out_without_need() -> None:
    """A reason that no line needs any more is struck out."""
    lines = [line for page in PAGES for line in commands(page)]
    for pattern in NOT_RUN:
        assert any(re.search(pattern, line) for line in lines), pattern
