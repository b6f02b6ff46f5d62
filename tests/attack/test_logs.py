"""No text of a card, an id or a file is a command in the log of a CI job."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.cli import run
from provenance.escape import log_lines, terminal, terminal_lines
from provenance.render import FORMATS

from .program import CHECK_FORMATS, checked_here, hostile_snapshot

COMMAND = re.compile(r"(?m)^\s*::|##(?:[A-Za-z]+)?\[")
"""What GitHub's, Azure's and TeamCity's runners take for a command."""
WORDS = (
    "::error file=a::owned", "::add-mask::e", "::stop-commands::x", "  ::set-output name=a::b",
    "##[error]owned", "x ##[add-mask]e", "##vso[task.setvariable variable=a]b", "##teamcity[x]",
    "\u3000::warning::w", "\t::debug::d", "###[error]x",
)  # fmt: skip
EVIL = "\n".join(WORDS)
FRONT = json.dumps(WORDS)
CARD = (
    f"""---
license: [{json.dumps(WORDS[0])}, {json.dumps(WORDS[4])}, mit]
license_name: {json.dumps(WORDS[5])}
license_link: {json.dumps(WORDS[6])}
datasets: {FRONT}
base_model: {FRONT}
language: {FRONT}
tags: {FRONT}
---
# {WORDS[0]}

{EVIL}

## Training data

Trained on ::error::owned and ##[error]owned and {"long " * 30}::error::x.
{EVIL}

| Dataset | Tokens |
|---|---|
"""
    + "\n".join(f"| {word} | 1,000,{n:03} |" for n, word in enumerate(WORDS))
    + f"""

License: {WORDS[0]}

## Personal data

{EVIL}

```bibtex
@misc{{x, title={{ ::error::owned ##[error]x }}, url={{::add-mask::e}}}}
```
"""
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return hostile_snapshot(tmp_path / "snapshot", CARD, EVIL)


def assert_no_command(text: str, where: str) -> None:
    found = COMMAND.search(text)
    assert found is None, f"{where}: {text[max(0, found.start() - 80) : found.end() + 80]!r}"


@pytest.mark.parametrize("width", ["40", "80", "140"])
@pytest.mark.parametrize("name", [f for f in FORMATS if f != "card-patch"])
def test_reports(
    snapshot: Path, name: str, width: str, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", width)
    for subject in ("acme/evil", "datasets/acme/evil"):
        more = ["--all"] if name == "text" else []
        arguments = ["audit", subject, "--snapshot", str(snapshot), "--format", name, *more]
        assert run(arguments) in ({0, 1, 3} if name != "art53" else {0, 1, 2, 3})
        out, err = capfd.readouterr()
        assert_no_command(out, f"{name} of {subject}")
        assert_no_command(err, f"stderr, {name} of {subject}")


def test_json_reads_back_the_same(snapshot: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["audit", "acme/evil", "--snapshot", str(snapshot), "--format", "json"])
    assert "##[error]owned" in json.dumps(json.loads(capfd.readouterr().out))


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_checks(
    tmp_path: Path, snapshot: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {
        f"{word}{number}.py": "from datasets import load_dataset\n"
        f"load_dataset({WORDS[number]!r})  # {WORDS[4]}\n"
        'load_dataset("acme/evil")\n'
        for number, word in enumerate(["::error::x", "##[error]x"])
    }
    files["bad.ipynb"] = '{"::error::x": '
    out, err = checked_here(tmp_path / "repo", files, snapshot, name, capfd)
    assert_no_command(out, name)
    assert_no_command(err, f"stderr, {name}")


@pytest.mark.parametrize("word", WORDS)
def test_errors(tmp_path: Path, word: str, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "p.yaml").write_text(f"{word}\n  {word}: [{word}\n")
    for arguments in (
        ["audit", word], ["audit", "a/b", "--snapshot", f"\n{word}"], ["explain", word],
        ["policy", "show", f"\n{word}"], ["policy", "show", str(tmp_path / "p.yaml")],
        ["check", f"\n{word}"], ["scan", f"\n{word}"], ["census", f"\n{word}"], [f"\n{word}"],
        ["audit", "a/b", "--format", f"\n{word}"], ["audit", "a/b", f"--{word}"],
        ["report", f"\n{word}"], ["audit", "a/b", "--as-of", f"\n{word}"],
    ):  # fmt: skip
        assert run(arguments) in {0, 1, 2, 3}
        out, err = capfd.readouterr()
        assert_no_command(out + err, repr(arguments))


TEXT = st.text(st.sampled_from(':# [\n\terov\u3000a\\"')) | st.text()


@given(TEXT)
def test_the_boundary(text: str) -> None:
    for made in (log_lines(text), terminal(text), terminal_lines(text)):
        assert_no_command(made, repr(text))
        assert log_lines(made) == made


@given(TEXT)
def test_json_stays_what_it_was(text: str) -> None:
    for ascii_only in (True, False):
        whole = json.dumps({text: [text]}, ensure_ascii=ascii_only, indent=1)
        assert json.loads(log_lines(whole)) == {text: [text]}
