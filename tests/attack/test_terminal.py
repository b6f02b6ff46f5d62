"""No text of a card, an id, a path or a file moves the cursor, colours or reorders a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.escape import unseen
from provenance.render import FORMATS

from .program import CHECK_FORMATS, checked_here, hostile_snapshot

WORDS = (
    "\x1b]0;owned\x07", "\x1b[2J\x1b[31mred", "a\rb", "x\u202ey", "x\u2066y\u2069", "mit\u200b",
    "\x9b1m", "line\u2028break", "\x08\x08hidden", "tag\U000e0041", "\x7f", "\ue000",
)  # fmt: skip
EVIL = "\n\n".join(word.replace("\n", " ") for word in WORDS)
UNSEEN = re.compile(unseen())
ALLOWED = {"\n"}
CARD = f"""---
license: {json.dumps(["mit", *WORDS])}
license_name: {json.dumps(WORDS[1])}
license_link: {json.dumps("https://example.org/" + WORDS[3])}
datasets: {json.dumps(["acme/words", *WORDS])}
base_model: {json.dumps(list(WORDS))}
language: {json.dumps(list(WORDS))}
tags: {json.dumps(list(WORDS))}
---
# {WORDS[0]}

{EVIL}

## Training data

Trained on the Words{WORDS[1]} dataset, {WORDS[3]} and [Owls{WORDS[4]}](https://example.org/{WORDS[1]}).

| Dataset | Tokens | License |
|---|---|---|
{"".join(f"| Set{n} {word} | 1,{n:03} | {word} |" + chr(10) for n, word in enumerate(WORDS))}

License: MIT {WORDS[1]}, see [terms{WORDS[3]}](https://example.org/{WORDS[0]})

## Personal data

Names{WORDS[1]} of people{WORDS[3]}.

```bibtex
@misc{{x, title={{ {WORDS[1]} {WORDS[3]} }}, url={{{WORDS[0]}}}}}
```
"""


def assert_plain(text: str, where: str) -> None:
    odd = [m.start() for m in UNSEEN.finditer(text) if m[0] not in ALLOWED]
    assert not odd, f"{where}: {text[max(0, odd[0] - 60) : odd[0] + 60]!r}"


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    return hostile_snapshot(tmp_path / "snapshot", CARD, EVIL)


@pytest.mark.parametrize("name", [f for f in FORMATS if f != "card-patch"])
@pytest.mark.parametrize("subject", ["acme/evil", "datasets/acme/evil"])
def test_reports(
    snapshot: Path, name: str, subject: str, capfd: pytest.CaptureFixture[str]
) -> None:
    more = ["--all"] if name == "text" else []
    arguments = ["audit", subject, "--snapshot", str(snapshot), "--format", name, *more]
    assert run(arguments) in ({0, 1, 3} if name != "art53" else {0, 1, 2, 3})
    out, err = capfd.readouterr()
    assert_plain(out, f"{name} of {subject}")
    assert_plain(err, f"stderr, {name} of {subject}")
    assert name != "text" or all(shown in out for shown in ("\\x1b", "\\u202e"))


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_checks(
    tmp_path: Path, snapshot: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {
        f"a{word}{number}.py": "from datasets import load_dataset\n"
        f"load_dataset({word!r})  # {WORDS[3]}\n"
        f'load_dataset("acme/evil", revision={word!r})\n'
        f'load_dataset("acme/{number}{WORDS[3]}")\n'
        for number, word in enumerate(WORDS)
    }
    out, err = checked_here(tmp_path / "repo", files, snapshot, name, capfd)
    assert_plain(out, name)
    assert_plain(err, f"stderr, {name}")


@pytest.mark.parametrize("word", WORDS)
def test_errors(tmp_path: Path, word: str, capfd: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "p.yaml"
    policy.write_text(f"{json.dumps(word)}: 1\nuse: [{json.dumps(word)}\n")
    for arguments in (
        ["audit", word], ["audit", f"a/{word}"], ["audit", "a/b", "--snapshot", word],
        ["explain", word], ["policy", "show", word], ["policy", "show", str(policy)],
        ["check", word], ["scan", word], ["census", word], [word], ["report", word],
        ["audit", "a/b", "--format", word], ["audit", "a/b", f"--{word}"],
    ):  # fmt: skip
        assert run(arguments) in {0, 1, 2, 3}
        out, err = capfd.readouterr()
        assert_plain(out + err, repr(arguments))
