"""Commands that the documentation shows: those of the tutorial and the how-tos run, all exist."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from provenance.cli import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
RUN = [ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]


def commands(page: Path) -> Iterator[str]:
    """The lines after ``$`` of every console block."""
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.strip().startswith("$ "):
                yield line.strip()[2:]


@pytest.mark.parametrize("page", RUN, ids=lambda p: p.stem)
def test_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    script = "\n".join(["set -euo pipefail", *commands(page)])
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith("PROVENANCE_")},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HF_HUB_OFFLINE": "1",
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _shown() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line in commands(page):
            for part in re.split(r"&&|\||;", line.partition("  #")[0]):
                if part.strip().startswith("provenance "):
                    yield str(page.relative_to(ROOT)), part.strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(_shown())))
def test_every_command_shown_exists_with_its_options(page: str, line: str) -> None:
    words = line.split()[1:]
    command: click.Command = cli
    context = click.Context(cli, info_name="provenance", **cli.context_settings)
    while words and isinstance(command, click.Group):
        found = command.get_command(context, words.pop(0))
        assert found is not None, f"{page}: {line}"
        command, context = found, click.Context(found, context, found.name)
    known = {o for p in command.get_params(context) for o in (*p.opts, *p.secondary_opts)}
    given = {w.partition("=")[0] for w in words if re.match(r"--?[a-z]", w)}
    assert given <= known | {"-h"}, f"{page}: {line}"


def test_the_page_of_commands_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tasks"))
    commands_page = importlib.import_module("build_command_docs").commands_page
    page = ROOT / "docs" / "reference" / "commands.md"
    assert page.read_text(encoding="utf-8") == commands_page()
