from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.cli.exits import Exit
from provenance.cli.options import write_out
from provenance.errors import SourceError, UsageError

PROVENANCE = str(Path(sys.executable).with_name("provenance"))


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 4 KiB: the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, small_files: None) -> None:
    output = tmp_path / "report.json"
    output.write_text("before")
    with pytest.raises(SourceError, match="cannot be written: File too large"):
        write_out("x" * 100_000, output)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["before"]


def test_a_place_that_is_not_there_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_out("x", tmp_path / "absent" / "report.json")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is absent")
@pytest.mark.parametrize(
    "command",
    [
        "audit sentence-transformers/all-MiniLM-L6-v2 --snapshot bundled",
        "census bundled -j 1",
        "policy schema",
    ],
)
def test_a_full_disk_behind_stdout_is_one_line(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [PROVENANCE, *command.split()], stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == Exit.INCOMPLETE
    assert done.stderr == (
        "provenance: error: the output cannot be written: No space left on device\n"
    )
