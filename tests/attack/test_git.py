"""No program that a repository names is ever run, and no git call lasts for ever."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.checking import git as asking
from provenance.errors import UsageError

from .program import said_here, within

GIT = (
    "git",
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@example.org",
    "-c",
    "init.defaultBranch=main",
)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Two commits that load a model; ``HEAD~1`` can be compared with."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q")
    for number in range(2):
        name = f"m{number}"
        load = f'{name} = AutoModel.from_pretrained("acme/{name}")'
        code = f"from transformers import AutoModel\n{load}\n"
        (folder / "train.py").write_text(code)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", name)
    return folder


@pytest.fixture
def trap(tmp_path: Path) -> tuple[Path, Path]:
    """A program, and the file that it leaves behind when it is run."""
    program, mark = tmp_path / "trap.sh", tmp_path / "was-run"
    program.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(mark))}\nexit 1\n")
    program.chmod(0o755)
    return program, mark


def drop_base_blob(folder: Path) -> None:
    """Take away a blob of the older commit: a partial clone fetches it when it is asked for."""
    blob = git(folder, "rev-parse", "HEAD~1:train.py")
    path = folder / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(stat.S_IRWXU)
    path.unlink()


def partial(folder: Path, *settings: tuple[str, str]) -> None:
    for name, value in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.partialclonefilter", "blob:none"),
        *settings,
    ):
        git(folder, "config", name, value)
    drop_base_blob(folder)


def _ext(folder: Path, program: Path) -> None:
    partial(folder, ("remote.origin.url", f"ext::{program} %S x"), ("protocol.ext.allow", "always"))


def _upload_pack(folder: Path, program: Path) -> None:
    git(folder.parent, "clone", "-q", "--bare", str(folder), "away.git")
    away = f"file://{folder.parent / 'away.git'}"
    partial(folder, ("remote.origin.url", away), ("remote.origin.uploadpack", str(program)))


def _ssh(folder: Path, program: Path) -> None:
    url = "ssh://git@127.0.0.1:9/x"
    partial(folder, ("remote.origin.url", url), ("core.sshCommand", str(program)))


def _git_proxy(folder: Path, program: Path) -> None:
    partial(folder, ("remote.origin.url", "git://127.0.0.1:9/x"), ("core.gitProxy", str(program)))


def _rewritten(folder: Path, program: Path) -> None:
    partial(
        folder,
        ("remote.origin.url", "https://127.0.0.1:9/x"),
        (f"url.ext::{program} %S .insteadOf", "https://"),
        ("protocol.allow", "always"),
    )


def _helper(folder: Path, program: Path) -> None:
    """A remote helper: ``trap::x`` runs ``git-remote-trap`` of the path."""
    partial(folder, ("remote.origin.url", "trap::x"), ("protocol.allow", "always"))


def _credential(folder: Path, program: Path) -> None:
    url = "https://127.0.0.1:9/x"
    partial(folder, ("remote.origin.url", url), ("credential.helper", f"!{program}"))


def _fsmonitor(folder: Path, program: Path) -> None:
    git(folder, "config", "core.fsmonitor", str(program))


def _hooks(folder: Path, program: Path) -> None:
    hooks = folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in (
        "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman",
        "post-checkout", "query-watchman",
    ):  # fmt: skip
        shutil.copy(program, hooks / name)
    git(folder, "config", "core.hooksPath", str(hooks))


def _conversions(folder: Path, program: Path) -> None:
    (folder / ".gitattributes").write_text("* diff=trap filter=trap merge=trap\n")
    for name in ("diff.trap.textconv", "diff.trap.command", "diff.external", "filter.trap.clean",
                 "filter.trap.smudge", "filter.trap.process", "merge.trap.driver"):  # fmt: skip
        git(folder, "config", name, str(program))


def _filters(folder: Path, program: Path) -> None:
    """Changed files of the work tree go through what their attributes name."""
    _conversions(folder, program)
    git(folder, "config", "filter.trap.required", "true")
    git(folder, "config", "core.attributesFile", str(folder / ".gitattributes"))
    (folder / "train.py").write_text('AutoModel.from_pretrained("acme/m9")\n')
    os.utime(folder / "train.py", (1, 1))


def _odd_filter(folder: Path, program: Path) -> None:
    (folder / ".gitattributes").write_text("*.py filter=tr.ap\n")
    git(folder, "config", "filter.tr.ap.clean", str(program))
    git(folder, "config", "filter.tr.ap.process", str(program))
    (folder / "train.py").write_text('AutoModel.from_pretrained("acme/m8")\n')


def _submodule(folder: Path, program: Path) -> None:
    """Git asks a submodule for its state, by the submodule's own configuration."""
    inner = folder / "sub"
    inner.mkdir()
    git(inner, "init", "-q")
    (inner / "x.py").write_text("1\n")
    git(inner, "add", ".")
    git(inner, "commit", "-q", "-m", "x")
    sha = git(inner, "rev-parse", "HEAD")
    git(folder, "update-index", "--add", "--cacheinfo", f"160000,{sha},sub")
    git(folder, "commit", "-q", "-m", "sub")
    git(inner, "config", "core.fsmonitor", str(program))


def _programs(folder: Path, program: Path) -> None:
    for name in (
        "core.pager", "core.editor", "core.askPass", "gpg.program", "core.alternateRefsCommand",
        "sequence.editor", "pager.ls-files", "pager.ls-tree", "uploadpack.packObjectsHook",
        "alias.ls-files", "alias.rev-parse", "alias.cat-file",
    ):  # fmt: skip
        git(folder, "config", name, f"!{program}" if name.startswith("alias") else str(program))


def _included(folder: Path, program: Path) -> None:
    (folder / "git.cfg").write_text(f"[core]\n\tfsmonitor = {program}\n\tsshCommand = {program}\n")
    git(folder, "config", "include.path", "../git.cfg")


VECTORS: dict[str, Callable[[Path, Path], None]] = {
    f.__name__.strip("_"): f
    for f in (_ext, _upload_pack, _ssh, _git_proxy, _rewritten, _helper, _credential, _fsmonitor,
              _filters, _odd_filter, _submodule,
              _hooks, _conversions, _programs, _included)
}  # fmt: skip


@pytest.mark.parametrize("vector", VECTORS)
def test_no_program_of_the_repository_runs(
    repo: Path,
    trap: tuple[Path, Path],
    tmp_path: Path,
    vector: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, mark = trap
    helpers = tmp_path / "bin"
    helpers.mkdir()
    shutil.copy(program, helpers / "git-remote-trap")
    VECTORS[vector](repo, program)
    mark.unlink(missing_ok=True)
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:{helpers}")
    for arguments in (["check", "--diff-base", "HEAD~1"], ["check"], ["lock"], ["baseline"]):
        code, said = said_here([*arguments, "--snapshot", "bundled"], repo, capfd)
        assert not mark.exists(), f"the repository's program was run by {arguments}"
        assert code in {0, 1, 2, 3}, said


def test_a_folder_that_looks_like_a_bare_repository(
    repo: Path, trap: tuple[Path, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    """A pull request can hold such a folder as plain files; git would obey its config."""
    program, mark = trap
    inner = repo / "docs"
    git(repo, "clone", "-q", "--bare", ".", "docs")
    (inner / "config").write_text(
        "[core]\n\trepositoryformatversion = 1\n\tbare = false\n\tworktree = .\n"
        f"\tfsmonitor = {program}\n[extensions]\n\tpartialClone = origin\n"
        f'[remote "origin"]\n\tpromisor = true\n\turl = ext::{program} %S x\n'
        "[protocol]\n\tallow = always\n"
    )
    (inner / "train.py").write_text('AutoModel.from_pretrained("acme/x")\n')
    for pack in (inner / "objects/pack").glob("*"):
        pack.unlink()
    for arguments in (
        ["check"],
        ["check", "--diff-base", "HEAD"],
        ["check", "--diff-base", "main"],
    ):
        code, said = said_here([*arguments, "--snapshot", "bundled"], inner, capfd)
        assert not mark.exists()
        assert code in {0, 1, 2, 3}, said


def test_such_a_folder_is_not_taken_for_a_repository(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git looks for one above it, and takes the folder itself for none."""
    git(repo, "clone", "-q", "--bare", ".", "docs")
    monkeypatch.delenv("GIT_DIR", raising=False)
    with pytest.raises(UsageError, match="bare"):
        asking.git(repo / "docs", "rev-parse", "--git-dir")


def test_a_git_beside_the_code_is_not_run(
    repo: Path,
    trap: tuple[Path, Path],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, mark = trap
    shutil.copy(program, repo / "git")
    before = os.environ["PATH"]
    for path in ("", ".", "./"):
        monkeypatch.setenv("PATH", f"{path}:{before}")
        said_here(["check", "--snapshot", "bundled"], repo, capfd)
        assert not mark.exists()


def test_every_call_has_a_time_limit(
    repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow"
    slow.mkdir()
    os.mkfifo(slow / "never")  # nobody writes there: reading it ends by no time of its own
    (slow / "git").write_text(f"#!/bin/sh\nexec cat {slow / 'never'}\n")
    (slow / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow}:{os.environ['PATH']}")
    monkeypatch.setattr(asking, "GIT_SECONDS", 0.3)
    with within(60), pytest.raises(UsageError, match="no answer within"):
        asking.git(repo, "rev-parse", "HEAD")


def test_a_config_that_never_ends(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(repo / ".git/more")
    with (repo / ".git/config").open("a") as config:
        config.write("[include]\n\tpath = more\n")
    monkeypatch.setattr(asking, "GIT_SECONDS", 0.5)
    with within(60), pytest.raises(UsageError, match="no answer within"):
        asking.git(repo, "ls-files")


def test_a_partial_clone_is_said(repo: Path, capfd: pytest.CaptureFixture[str]) -> None:
    partial(repo, ("remote.origin.url", "https://127.0.0.1:9/x"))
    arguments = ["check", "--snapshot", "bundled", "--diff-base", "HEAD~1"]
    code, said = said_here(arguments, repo, capfd)
    assert (code, said.count("\n")) == (2, 1)
    assert "partial clone" in said
