"""What a repository names is read inside of it: no other file is opened, waited for or quoted."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from provenance.confine import read_inside

from .program import said_here

SECRET = "correct-horse-battery-staple"  # noqa: S105  what must not be seen
VALID = "version: 1\nuse: internal\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "outside/secret.yaml"
    path.parent.mkdir()
    path.write_text(f"{SECRET}: [{SECRET}\n{SECRET}\n")
    return path


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    (folder / ".git").mkdir(parents=True)
    (folder / ".github").mkdir()
    return folder


def write_extends(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text(f"version: 1\nextends: [{outside}]\n")


def write_relative(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [../outside/secret.yaml]\n")


def write_chain(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [a.yaml]\n")
    (repo / "a.yaml").write_text(f"version: 1\nextends: [{outside}]\n")


def write_linked_base(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [a.yaml]\n")
    (repo / "a.yaml").symlink_to(outside)


def write_linked_folder(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [d/secret.yaml]\n")
    (repo / "d").symlink_to(outside.parent)


def write_linked(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").symlink_to(outside)


def write_linked_github(repo: Path, outside: Path) -> None:
    (repo / ".github/provenance.yaml").symlink_to(outside)


def write_pyproject(repo: Path, outside: Path) -> None:
    (repo / "pyproject.toml").write_text(f'[tool.provenance]\npolicy = "{outside}"\n')


def write_pyproject_up(repo: Path, outside: Path) -> None:
    text = '[tool.provenance]\npolicy = "../outside/secret.yaml"\n'
    (repo / "pyproject.toml").write_text(text)


def write_pyproject_link(repo: Path, outside: Path) -> None:
    (repo / "pyproject.toml").write_text('[tool.provenance]\npolicy = "p.yaml"\n')
    (repo / "p.yaml").symlink_to(outside)


def write_passwd(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [/etc/passwd]\n")


def write_fifo(repo: Path, outside: Path) -> None:
    os.mkfifo(repo / "provenance.yaml")


def write_fifo_base(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [a.yaml]\n")
    os.mkfifo(repo / "a.yaml")


def write_device(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [/dev/zero]\n")


def write_loop(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").symlink_to("provenance.yaml")


def write_folder_base(repo: Path, outside: Path) -> None:
    (repo / "provenance.yaml").write_text("version: 1\nextends: [.github]\n")


REFUSED = {
    f.__name__.removeprefix("write_"): f
    for f in (
        write_extends, write_relative, write_chain, write_linked_base, write_linked_folder,
        write_linked, write_linked_github, write_pyproject, write_pyproject_up,
        write_pyproject_link, write_passwd, write_fifo, write_fifo_base, write_device, write_loop,
        write_folder_base,
    )
}  # fmt: skip


@pytest.mark.parametrize("way", REFUSED)
def test_a_policy_of_the_repository(
    repo: Path, outside: Path, way: str, capfd: pytest.CaptureFixture[str]
) -> None:
    REFUSED[way](repo, outside)
    for command in (["policy", "show"], ["check", "--snapshot", "bundled"]):
        code, said = said_here(command, repo, capfd)
        assert code == 2, said
        assert SECRET not in said
        assert "root:" not in said
        assert "Traceback" not in said


def test_one_of_the_command_line(
    repo: Path, outside: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It may stand anywhere; what it names may not."""
    given = repo.parent / "given/p.yaml"
    given.parent.mkdir()
    given.write_text(f"version: 1\nextends: [{outside}]\n")
    audit = ["audit", "acme/x", "--snapshot", "bundled", "--policy", str(given)]
    code, said = said_here(audit, repo, capfd)
    assert code == 2
    assert SECRET not in said


def test_inside_is_still_read(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (repo / "policies").mkdir()
    (repo / "policies/base.yaml").write_text(VALID)
    (repo / ".github/provenance.yaml").write_text("version: 1\nextends: [../policies/base.yaml]\n")
    code, said = said_here(["policy", "show"], repo, capfd)
    assert code == 0, said
    (repo / ".github/provenance.yaml").unlink()
    (repo / "provenance.yaml").symlink_to("policies/base.yaml")
    assert said_here(["policy", "show"], repo, capfd)[0] == 0


@pytest.mark.parametrize("name", ["provenance.lock", "provenance.baseline.json", "pyproject.toml"])
def test_files_of_the_gate(
    repo: Path, outside: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (repo / name).symlink_to(outside)
    assert SECRET not in said_here(["check", "--snapshot", "bundled"], repo, capfd)[1]
    (repo / name).unlink()
    os.mkfifo(repo / name)
    assert said_here(["check", "--snapshot", "bundled"], repo, capfd)[0] == 2


@pytest.mark.parametrize("command", [["check"], ["lock"], ["audit", "acme/x"], ["policy", "show"]])
def test_a_broken_file_that_may_name_the_policy(
    repo: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    where = [] if command[0] == "policy" else ["--snapshot", "bundled"]
    (repo / "pyproject.toml").write_text("[tool.provenance]\npolicy = p.yaml\n")
    code, said = said_here([*command, *where], repo, capfd)
    assert (code, said.count("\n")) == (2, 1), said
    (repo / "pyproject.toml").write_text("[tool.x\n")  # another tool's to report
    assert said_here([*command, *where], repo, capfd)[0] != 2


@pytest.mark.parametrize(
    "name",
    ["provenance.yaml", "provenance.lock", "provenance.baseline.json", "pyproject.toml"],
)
def test_a_folder_in_the_place_of_a_file_of_the_gate(
    repo: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (repo / name).mkdir()
    code, said = said_here(["check", "--snapshot", "bundled"], repo, capfd)
    assert code == 2
    assert name in said
    assert "directory" in said


def test_a_card_of_a_folder(repo: Path, outside: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (repo / "README.md").symlink_to(outside)
    code, said = said_here(["audit", ".", "--snapshot", "bundled"], repo, capfd)
    assert code in {2, 3}
    assert SECRET not in said


def test_pipes_among_the_code(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("train.py", "README.md", "x.ipynb", "conf.yaml"):
        os.mkfifo(tmp_path / name)
    (tmp_path / "note.txt").write_text("not one file only")
    assert said_here(["check", "--snapshot", "bundled"], tmp_path, capfd)[0] in {0, 2}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_empty_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="no regular file") as raised:
        read_inside(tmp_path / "pipe", 100)
    assert raised.value.errno == errno.EINVAL


@pytest.mark.parametrize("command", ["lock", "baseline"])
@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_written_through_a_link(
    repo: Path, tmp_path: Path, command: str, there: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    dear = tmp_path / "dear"
    if there:
        dear.write_text("dear")
    for name in ("provenance.lock", "provenance.baseline.json"):
        (repo / name).symlink_to(dear)
    code, said = said_here([command, "--snapshot", "bundled"], repo, capfd)
    assert (code, said.count("\n")) == (2, 1), said
    assert (dear.read_text() if there else not dear.exists()) == ("dear" if there else True)
