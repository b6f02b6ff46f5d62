from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.exits import Exit
from provenance.cli.options import write_out
from provenance.errors import UsageError

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
    with pytest.raises(UsageError, match="cannot be written: File too large"):
        write_out("x" * 100_000, output)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["before"]


@pytest.mark.parametrize(
    "command", ["audit a/b --format json", "census bundled --kind model --format csv"]
)
def test_what_is_no_file_is_written_into_and_stays(tmp_path: Path, command: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    name, subject, *rest = command.split()
    source = ["--snapshot", "bundled"] if name == "audit" else ["-j", "1"]
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        try:
            subprocess.run(
                [PROVENANCE, name, subject, *rest, *source, "-o", str(pipe)],
                stderr=subprocess.DEVNULL, timeout=30, check=False,
            )  # fmt: skip
            said, _ = reader.communicate(timeout=10)
        finally:
            reader.kill()  # nobody writes into the pipe any more: it would be waited for for ever
    assert said.startswith("{" if name == "audit" else "id,kind,")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there" / "report.json")
    write_out("x", link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "report.json").read_text() == "x"


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
    assert done.returncode == Exit.USAGE
    assert done.stderr == (
        "provenance: error: the output cannot be written: No space left on device\n"
    )


@pytest.mark.parametrize("command", ["audit a/b", "scan x.csv", "census bundled", "report x.json"])
def test_a_folder_that_is_not_there_is_said_before_any_work(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command.split(), "-o", "not/there.json"]) == Exit.USAGE
    assert capsys.readouterr().err == (
        "provenance: error: not/there.json cannot be written: there is no folder not\n"
    )


def test_a_hyphen_is_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", "gpt2", "--snapshot", "bundled", "--exit-zero", "-o", "-"])
    assert "gpt2" in capsys.readouterr().out
    assert not Path("-").exists()
