"""Asking git about a repository that is not trusted: it reads objects, and runs nothing.

A repository's own configuration can name programs: a remote that is fetched from when an object is
missing (``ext::``, ``uploadpack``, ``sshCommand``), a file-system monitor, hooks, conversions. A
folder in a pull request can look like a bare repository and bring such a configuration. None of
them is obeyed here; see git's documentation of the variables below.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from provenance.errors import InternalError, UsageError

GIT_SECONDS = 120.0
"""Longest one git call may take; the listing of a million files takes some seconds."""
_SETTINGS = {
    "core.quotepath": "off",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.untrackedCache": "false",
    "credential.helper": "",
    "diff.external": "",
    "protocol.allow": "never",
    "safe.bareRepository": "explicit",
}
_CONVERTING = frozenset({"diff", "status"})
"""Commands that compare the work tree, through the programs that its attributes name."""
_FLAGS = ("--no-optional-locks", "--no-pager", "--no-replace-objects")
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Output of a git command that reads. No optional lock is taken, so the index stays as it is.

    Raises:
        UsageError: git is absent, refuses, or takes longer than :data:`GIT_SECONDS`.

    """
    chosen = _SETTINGS | (_without_filters(folder) if arguments[0] in _CONVERTING else {})
    return _run(folder, chosen, arguments, stdin)


def _without_filters(folder: Path) -> dict[str, str]:
    """Settings that take away each program that a file of the work tree would go through."""
    pattern = r"^filter\..*\.(clean|smudge|process|required)$"
    try:
        listed = _run(folder, _SETTINGS, ("config", "-z", "--name-only", "--get-regexp", pattern))
    except UsageError:  # git's answer when there is none
        return {}
    names = {os.fsdecode(name) for name in listed.split(b"\0") if name}
    if any("=" in name for name in names):
        raise UsageError("git config: a filter has = in its name: it cannot be switched off")
    return {name: "false" if name.endswith(".required") else "" for name in sorted(names)}


def _run(
    folder: Path, chosen: Mapping[str, str], arguments: Sequence[str], stdin: bytes | None = None
) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  no shell; the arguments are ours
            _command(chosen, arguments),
            cwd=folder,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            check=False,
            env={**os.environ, **_ENVIRONMENT},
            timeout=GIT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"git {arguments[0]}: no answer within {GIT_SECONDS:.0f} s") from None
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}") from None
    if done.returncode != 0:
        why = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise UsageError(f"git {arguments[0]}: {why or f'exit {done.returncode}'}")
    return done.stdout


@contextmanager
def open_objects(folder: Path) -> Iterator[Callable[[str], bytes | None]]:
    """What gives an object's bytes by its id, ``None`` where it is missing: one process for all.

    Raises:
        UsageError: git cannot be run; in the reading: it ended, or took :data:`GIT_SECONDS`.

    """
    command = _command(_SETTINGS, ("cat-file", "--batch"))
    try:
        process = subprocess.Popen(  # noqa: S603  no shell; the arguments are ours
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT},
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror}") from None
    try:
        yield lambda oid: _object(process, oid)
    finally:
        process.kill()
        process.communicate()


def _object(process: subprocess.Popen[bytes], oid: str) -> bytes | None:
    """The next object of ``git cat-file --batch``."""
    if process.stdin is None or process.stdout is None:
        raise InternalError("git cat-file was started without pipes")
    watch = Timer(GIT_SECONDS, process.kill)
    watch.start()
    try:
        process.stdin.write(f"{oid}\n".encode())
        process.stdin.flush()
        head = process.stdout.readline()
        fields = head.split()
        if head and len(fields) != 3:  # "<oid> missing"
            return None
        size = int(fields[2]) if fields else 0
        data = process.stdout.read(size + 1)
    except BrokenPipeError:
        head = data = b""
    finally:
        watch.cancel()
    if not head or len(data) != size + 1:
        raise UsageError(f"git cat-file: it ended, or gave no answer within {GIT_SECONDS:.0f} s")
    return data[:-1]


def _command(chosen: Mapping[str, str], arguments: Sequence[str]) -> list[str]:
    settings = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
    return [_program(), *settings, *_FLAGS, *arguments]


def _program() -> str:
    """Git of the user's path, never one that stands in the folder where the user is.

    Raises:
        UsageError: there is none.

    """
    folders = (Path(entry) for entry in os.environ.get("PATH", os.defpath).split(os.pathsep))
    path = os.pathsep.join(str(folder) for folder in folders if folder.is_absolute())
    git = shutil.which("git", path=path)
    if git is None or not Path(git).is_absolute():
        raise UsageError("git cannot be run: it is not installed, or not in PATH")
    return git
