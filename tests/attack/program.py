"""Runs the program as a user does: another process, another environment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from provenance.cli import run as run_here

PROGRAM = (sys.executable, "-c", "from provenance.cli import main; main()")
_OURS = ("HF_", "PROVENANCE_", "SSL_CERT", "REQUESTS_CA", "CURL_CA", "GIT_", "GITHUB_")


def environment(home: Path, endpoint: str = "http://127.0.0.1:9", **more: str) -> dict[str, str]:
    """What a user's environment may hold, with nothing of this machine's Hub settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    hub = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "HF_TOKEN": "", "NO_PROXY": "127.0.0.1"}
    return kept | hub | {"HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"} | more


def run(
    *arguments: str | Path, cwd: Path, env: dict[str, str] | None = None, timeout: float = 30.0
) -> subprocess.CompletedProcess[bytes]:
    """Run to the end, within ``timeout`` seconds; output as bytes."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env=environment(cwd / "hf-home") if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout,
        check=False,
    )


class TooSlowError(Exception):
    """A command did not end in time."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """End what hangs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


CHECK_FORMATS = ("text", "concise", "json", "sarif", "gitlab", "junit", "markdown")
"""Formats of a check that people and their tools read; ``github`` is made of commands."""


def hostile_snapshot(root: Path, card: str, license_text: str) -> Path:
    """A snapshot whose one model and one dataset, ``acme/evil``, have these words as they are."""
    for kind in ("models", "datasets"):
        folder = root / kind / "acme/evil"
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(card, newline="")
        (folder / "LICENSE").write_text(license_text, newline="")
    return root


def checked_here(
    repository: Path,
    files: Mapping[str, str],
    snapshot: Path,
    name: str,
    capfd: pytest.CaptureFixture[str],
) -> tuple[str, str]:
    """Both streams of a check, in the format ``name``, of a repository that has these files."""
    repository.mkdir()
    for path, text in files.items():
        (repository / path).write_text(text)
    run_here(["check", str(repository), "--snapshot", str(snapshot), "--format", name])
    out, err = capfd.readouterr()
    return out, err


def said_here(
    arguments: list[str], cwd: Path, capfd: pytest.CaptureFixture[str], seconds: int = 60
) -> tuple[int, str]:
    """Exit code and both streams of a command run in this process, in another folder."""
    capfd.readouterr()
    with pytest.MonkeyPatch.context() as patch, within(seconds):
        patch.chdir(cwd)
        code = run_here(arguments)
    out, err = capfd.readouterr()
    return code, out + err
