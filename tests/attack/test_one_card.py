"""One card, answer or archive stops nothing but its own examination."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.cards import read_card
from provenance.cli import run
from provenance.refs import RepoKind, RepoRef
from provenance.report.serialize import from_json
from provenance.surveying.cards import RowReader, snapshot_reader

from .cards import CARDS, CONFIGS, INFOS, broken_zips, name_of, write_snapshot

VERDICTS = {0, 1, 3}
MOST = 80
"""Times the CPU seconds of an ordinary card that any other may take: the worst took 22 times."""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("evil")
    write_snapshot(root)
    return root


IDS = [
    pytest.param(f"evil/{group}-{number}", id=name)
    for group, names in (("cards", CARDS), ("configs", CONFIGS), ("infos", INFOS))
    for number, name in enumerate(names)
]


def audited(snapshot: Path, subject: str, output: Path) -> tuple[int, float]:
    """The exit code of an audit, and its CPU seconds."""
    start = time.process_time()
    code = run(["audit", subject, "--snapshot", str(snapshot), "-o", str(output)])
    return code, time.process_time() - start


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> float:
    """CPU seconds of a card as most are, on this machine."""
    folder = tmp_path_factory.mktemp("ordinary")
    card = folder / "models" / "acme" / "tiny" / "README.md"
    card.parent.mkdir(parents=True)
    card.write_text("---\nlicense: mit\n---\n# tiny\n\n" + "It was trained on owls. \n" * 20)
    return min(audited(folder, "models/acme/tiny", folder / "out.json")[1] for _ in range(6))


@pytest.mark.parametrize("repo_id", IDS)
@pytest.mark.parametrize("kind", ["models", "datasets"])
def test_one_alone(
    snapshot: Path, tmp_path: Path, ordinary: float, kind: str, repo_id: str
) -> None:
    output = tmp_path / "report.json"
    code, took = audited(snapshot, f"{kind}/{repo_id}", output)
    assert code in VERDICTS, name_of(repo_id)
    report = from_json(output.read_text())
    numbers = [n for c in report.coverage for n in (c.total, c.lacking, c.fraction, c.low, c.high)]
    assert all(n is None or 0 <= n < 1e300 for n in numbers), report.coverage
    assert took < MOST * ordinary, f"{name_of(repo_id)}: {took:.1f} s, others {ordinary:.3f} s"


@pytest.mark.parametrize("name", ["text", "markdown", "html", "csv", "cyclonedx", "spdx"])
def test_every_format(snapshot: Path, tmp_path: Path, name: str) -> None:
    for number, _ in enumerate(CARDS):
        output = tmp_path / f"{number}.txt"
        arguments = ["audit", f"evil/cards-{number}", "--snapshot", str(snapshot)]
        code = run([*arguments, "--format", name, "-o", str(output)])
        assert code in VERDICTS, list(CARDS)[number]


def test_all_together(snapshot: Path, tmp_path: Path) -> None:
    output = tmp_path / "all.jsonl"
    ids = [str(p.values[0]) for p in IDS]
    arguments = ["audit", "acme/good", *ids, "acme/good", "--snapshot", str(snapshot)]
    code = run([*arguments, "--format", "json", "-o", str(output)])
    assert code in VERDICTS
    assert len(output.read_text().splitlines()) == len(ids) + 1


@pytest.mark.parametrize("kind", ["models", "datasets"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_census(snapshot: Path, tmp_path: Path, kind: str, jobs: str) -> None:
    output = tmp_path / "rows.csv"
    arguments = ["census", str(snapshot), "--kind", kind.removesuffix("s"), "-j", jobs]
    code = run([*arguments, "--format", "csv", "-o", str(output)])
    assert code in VERDICTS
    assert len(output.read_text().splitlines()) == len(IDS) + 2


def _fails_on(method: Callable[..., object]) -> Callable[..., object]:
    """The same, that fails on one repository as no card is known to make it fail."""

    def failing(*args: object, **more: object) -> object:
        if any("evil/cards-0" in str(arg) for arg in args):
            raise RuntimeError
        return method(*args, **more)

    return failing


def test_a_fault_of_the_program_on_one(
    snapshot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.auditing.examine.read_card", _fails_on(read_card))
    output = tmp_path / "all.jsonl"
    arguments = ["audit", "acme/good", "evil/cards-0", "--snapshot", str(snapshot)]
    assert run([*arguments, "--format", "json", "-o", str(output)]) in VERDICTS
    good, failed = [json.loads(line) for line in output.read_text().splitlines()]
    assert good["subject"]["status"] == "found"
    assert (failed["subject"]["status"], failed["verdict"]) == ("unreachable", "incomplete")


def test_a_fault_of_the_program_on_one_of_a_census(
    snapshot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RowReader, "_read", _fails_on(RowReader._read))
    taker = snapshot_reader(str(snapshot), datetime.date(2026, 1, 1))
    for repo_id, status in (("evil/cards-0", "unreachable"), ("acme/good", "found")):
        assert taker.row(RepoRef(RepoKind.MODEL, repo_id)).status == status


@pytest.mark.parametrize("fault", broken_zips())
def test_a_zip_with_a_damaged_card(tmp_path: Path, fault: str) -> None:
    archive = tmp_path / "cards.zip"
    archive.write_bytes(broken_zips()[fault])
    output = tmp_path / "all.jsonl"
    arguments = ["audit", "acme/bad", "acme/good", "--snapshot", str(archive)]
    assert run([*arguments, "--format", "json", "-o", str(output)]) in {1, 2, 3}
    if output.exists():
        bad, good = [json.loads(line) for line in output.read_text().splitlines()]
        assert bad["subject"]["status"] != "found" or bad["license"]["concluded"] == "MIT"
        assert good["license"]["concluded"] == "MIT"


@pytest.mark.parametrize("subject", ["a" * 5000, "a/" + "b" * 5000, "datasets/" + "x/" * 2500])
def test_a_subject_of_5000_characters(
    snapshot: Path, subject: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", subject, "--snapshot", str(snapshot)]) in {2, 3}
    assert len(capsys.readouterr().err) < 2000


def test_an_output_on_a_loop(
    snapshot: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)
    assert run(["audit", "acme/good", "--snapshot", str(snapshot), "-o", str(loop)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["pyproject.toml", "provenance.yaml"])
@pytest.mark.parametrize("command", [["check"], ["lock"], ["policy", "show"], ["audit", "acme/x"]])
def test_a_nested_settings_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], name: str
) -> None:
    (tmp_path / name).write_text("a = " + "[" * 50_000 + "]" * 50_000)
    monkeypatch.chdir(tmp_path)
    more = ["--snapshot", "bundled"] if command[0] != "policy" else []
    assert run([*command, *more]) in {0, 1, 2, 3, 4}


MANY = "9" * 5_000
DEEP = "[" * 50_000
FILES = {
    "a.toml": f'model = "acme/tiny"\na = {MANY}\n',
    "b.toml": f"a = {DEEP}",
    "a.json": f'{{"a": {MANY}}}',
    "b.json": DEEP,
    "a.yaml": f"a: {MANY}",
    "b.yaml": f"a: {DEEP}",
    "a.cfg": f"a = {MANY}",
    "a.py": f"x = {MANY}\n",
    "b.py": f"import datasets\ndatasets.load_dataset('{{{MANY}}}'.format('a/b'))\n",
    "c.py": f"x = {'(' * 5_000}\n",
    "d.py": "x = " + "-" * 50_000 + "1\n",
    "e.py": "x = a" + ".b" * 50_000 + "\n",
    "a.ipynb": f'{{"cells": [{MANY}]}}',
    "b.ipynb": f'{{"cells": {DEEP}',
    "a.sh": f"curl -d '{DEEP}' x\npython train.py --datasets '{DEEP}'\n",
    "Dockerfile": f"CMD {DEEP}\nRUN {DEEP}\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_repository(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(FILES[name])
    (tmp_path / "good.py").write_text("from datasets import load_dataset\nload_dataset('a/b')\n")
    code = run(["check", str(tmp_path), "--snapshot", "bundled", "--format", "json"])
    out, err = capsys.readouterr()
    assert code in {0, 1, 3}, err
    assert "a/b" in out
    assert "internal" not in err


@pytest.mark.parametrize("name", ["provenance.lock", "provenance.baseline.json", "pyproject.toml"])
@pytest.mark.parametrize("text", [f"a = {MANY}", f"a = {DEEP}", DEEP, f'{{"a": {MANY}}}'])
def test_a_file_of_the_gate(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(f"{text}\n# provenance\n")
    assert run(["check", str(tmp_path), "--snapshot", "bundled"]) == 2
    assert capsys.readouterr().err.count("\n") <= 2


@pytest.mark.parametrize("text", [f'{{"a": {MANY}}}', DEEP, f'{{"a": -{MANY}e9}}', "1e999"])
def test_a_saved_report(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.json").write_text(text)
    (tmp_path / "b.json").write_text(text)
    for command in (["report", "a.json"], ["diff", "a.json", "b.json"]):
        assert run([command[0], *(str(tmp_path / name) for name in command[1:])]) == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("closed", ["1", "2", "1 2"])
@pytest.mark.parametrize(
    "command",
    [
        ["audit", "sentence-transformers/all-MiniLM-L6-v2", "--snapshot", "bundled"],
        ["audit", "no/such", "--snapshot", "bundled"],
        ["census", "bundled", "--kind", "dataset"],
        ["check", "--snapshot", "bundled"],
        ["--help"],
        ["no-such-command"],
    ],
    ids=lambda c: c[0] if c[-1] != "no/such" and c else "x",
)
def test_closed_streams(tmp_path: Path, closed: str, command: list[str]) -> None:
    import shlex
    import subprocess

    from .program import PROGRAM, environment

    ends = " ".join(f"{n}>&-" for n in closed.split())
    line = f"exec {shlex.join([*PROGRAM, *command])} {ends}"
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1, 2, 3, 4}, done.stderr
    assert b"Traceback" not in done.stderr
    if "1" in closed.split() and command[0] != "no-such-command" and "no/such" not in command:
        assert done.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize(
    "command",
    [
        ["audit", "sentence-transformers/all-MiniLM-L6-v2", "--snapshot", "bundled"],
        [
            "audit",
            "sentence-transformers/all-MiniLM-L6-v2",
            "--snapshot",
            "bundled",
            "-o",
            "/dev/full",
        ],
        ["census", "bundled", "--kind", "dataset"],
        ["census", "bundled", "--kind", "dataset", "--format", "csv"],
        ["census", "bundled", "--kind", "dataset", "--state", "/dev/full"],
        ["check", "--snapshot", "bundled"],
        ["policy", "show"],
        ["explain", "--all"],
        ["--help"],
        ["version"],
    ],
    ids=" ".join,
)
def test_a_full_disk(tmp_path: Path, command: list[str]) -> None:
    import subprocess

    from .program import PROGRAM, environment

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *command], cwd=tmp_path, env=environment(tmp_path), stdout=full,
            stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") <= 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_what_is_written_at_the_very_end(tmp_path: Path) -> None:
    """What is still buffered when a command is done is written before its code is given."""
    import subprocess
    import sys

    from .program import environment

    program = "import provenance.cli as c; c.run = lambda a: print('x') or 0; c.main()"
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE,
            env=environment(tmp_path, PYTHONUNBUFFERED=""), check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr


def test_nothing_of_a_folder_that_is_checked_is_run(tmp_path: Path) -> None:
    """Its modules have the names of ours and of what starts an interpreter or a tool."""
    import subprocess
    import sys

    from .program import environment

    owned, repo = tmp_path / "owned", tmp_path / "repo"
    repo.mkdir()
    run_me = f"open({str(owned)!r}, 'w').close()\nimport datasets\ndatasets.load_dataset('a/b')\n"
    ours = ("json", "yaml", "click", "provenance", "train", "__init__", "__main__")
    for name in (*ours, "sitecustomize", "usercustomize", "conftest", "setup"):
        (repo / f"{name}.py").write_text(run_me)
    (repo / "x.pth").write_text(f"import os; open({str(owned)!r}, 'w')")
    (repo / "template.jinja").write_text("{{ cycler.__init__.__globals__.os.system('false') }}")
    (repo / "Makefile").write_text(f"all:\n\ttouch {owned}\n")
    done = subprocess.run(
        [Path(sys.executable).with_name("provenance"), "check", ".", "--snapshot", "bundled"],
        cwd=repo, env=environment(tmp_path), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode in {1, 3}, done.stderr
    assert b"a/b" in done.stdout
    assert not owned.exists()
