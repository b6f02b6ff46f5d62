"""What people expect of a command line, from the tools that they use every day."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.exits import Exit

COMMANDS = [
    "audit",
    "report",
    "diff",
    "check",
    "lock",
    "snapshot",
    "census",
    "scan",
    "policy",
    "init",
    "explain",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_short_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "-h"]) == Exit.OK
    assert "--help" in capsys.readouterr().out


@pytest.mark.parametrize("args", [["-V"], ["--version"], ["version"]])
def test_version(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == Exit.OK
    assert capsys.readouterr().out.startswith("provenance")


def test_a_command_that_is_mistyped(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["adit", "a/b"]) == Exit.USAGE
    assert "Did you mean audit?" in capsys.readouterr().err


def test_a_command_that_is_like_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["frobnicate"]) == Exit.USAGE
    assert "Commands: audit," in capsys.readouterr().err


def test_an_option_that_is_mistyped(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "--snapsht", "x", "a/b"]) == Exit.USAGE
    assert "--snapshot" in capsys.readouterr().err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == Exit.OK
    assert "_PROVENANCE_COMPLETE" in capsys.readouterr().out


@pytest.fixture
def report(tmp_path: Path) -> str:
    saved = tmp_path / "report.json"
    run(["audit", "gpt2", "--snapshot", "bundled", "-f", "json", "-o", str(saved), "--exit-zero"])
    return str(saved)


@pytest.mark.parametrize(
    ("environment", "args", "colored"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"CLICOLOR_FORCE": "1"}, [], True),
        ({"CLICOLOR_FORCE": "0"}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
    ],
)
def test_color(
    report: str,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
    environment: dict[str, str],
    args: list[str],
    colored: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["report", report, *args]) == Exit.OK
    assert (b"\x1b[" in capfdbinary.readouterr().out) is colored


def test_a_subject_that_a_snapshot_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "squad", "--snapshot", "bundled"]) == Exit.NOTHING
    assert "did you mean datasets/rajpurkar/squad" in capsys.readouterr().err


def test_subjects_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    given = io.TextIOWrapper(io.BytesIO(b"# a list\ngpt2\n\n"))
    monkeypatch.setattr("sys.stdin", given)
    run(["audit", "-", "--snapshot", "bundled", "--exit-zero"])
    assert "openai-community/gpt2" in capfd.readouterr().out


def test_standard_input_without_subjects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    assert run(["audit", "-", "--snapshot", "bundled"]) == Exit.USAGE
    assert "standard input names no subject" in capsys.readouterr().err


@pytest.mark.parametrize("place", [[], ["--snapshot", "bundled"]])
def test_what_a_snapshot_holds_can_be_listed_and_audited(
    place: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["snapshot", "list", *place]) == Exit.OK
    held = capfd.readouterr().out.splitlines()
    assert "datasets/rajpurkar/squad" in held
    assert held == sorted(held)
    given = io.TextIOWrapper(io.BytesIO("\n".join(held[:2]).encode()))
    monkeypatch.setattr("sys.stdin", given)
    run(["audit", "-", "--snapshot", "bundled", "--exit-zero"])
    assert held[0].partition("/")[2] in capfd.readouterr().out


def test_a_snapshot_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["snapshot", "gpt2", "--snapshot", "bundled"]) == Exit.USAGE
    assert "-o DIR" in capsys.readouterr().err


def test_a_snapshot_of_what_is_not_there_says_what_was_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["snapshot", "squad", "--snapshot", "bundled", "-o", str(tmp_path / "s")])
    assert "did you mean datasets/rajpurkar/squad" in capsys.readouterr().err


def test_verbose_says_what_is_read_and_only_while_it_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    args = ["audit", "gpt2", "--snapshot", "bundled", "--exit-zero"]
    assert run([*args, "-v"]) == Exit.OK
    said = capsys.readouterr().err
    assert "provenance: policy builtin:default@1, sha256" in said
    assert "provenance: cards from bundled" in said
    assert "provenance: read models/openai-community/gpt2: found" in said
    assert run(args) == Exit.OK
    assert "sha256" not in capsys.readouterr().err


def test_verbose_names_every_file_and_how_far_a_census_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "a.jsonl"
    data.write_text('{"license": "mit", "text": "x"}\n')
    assert run(["scan", str(data), "-v"]) == Exit.OK
    assert f"provenance: read {data}: 1 records" in capsys.readouterr().err
    run(["census", "bundled", "--kind", "model", "-j", "1", "-v"])
    assert "of 101 subjects" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "name", "starts"),
    [
        ("census bundled", "o.csv", "id,kind"),
        ("census bundled", "o.jsonl", "{"),
        ("census bundled", "o.html", "<!"),
        ("census bundled", "o.txt", "Census of"),
        ("diff {0} {0}", "d.json", "{"),
        ("diff {0} {0}", "d.md", "**"),
    ],
)
def test_the_name_of_the_output_says_the_format(
    report: str, tmp_path: Path, command: str, name: str, starts: str
) -> None:
    output = tmp_path / name
    run([*command.format(report).split(), "-o", str(output)])
    assert output.read_text().startswith(starts)


@pytest.mark.parametrize("command", ["census bundled", "diff {0} {0}", "audit gpt2", "report {0}"])
def test_a_name_that_says_no_format_is_refused(
    report: str, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "o.xyz"
    assert run([*command.format(report).split(), "-o", str(output)]) == Exit.USAGE
    assert "ending in .xyz" in capsys.readouterr().err
    assert not output.exists()


def test_a_census_of_the_shipped_snapshot_by_its_option(capfd: pytest.CaptureFixture[str]) -> None:
    run(["census", "--snapshot", "bundled"])
    by_option = capfd.readouterr().out
    run(["census", "bundled"])
    assert by_option == capfd.readouterr().out


def test_nothing_at_all_shows_the_help_and_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == Exit.USAGE
    told = capsys.readouterr().err
    assert told.startswith("Usage: provenance")
    assert "error" not in told.splitlines()[0]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (
            ["audit", "dataset/acme/owls", "--snapshot", "bundled"],
            "did you mean datasets/acme/owls?",
        ),
        (["audit", "a/b", "--snapshot", "bundeld"], "did you mean bundled?"),
        (["explain", "lic03"], "did you mean LIC003?"),
    ],
)
def test_what_was_meant(args: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == Exit.USAGE
    assert hint in capsys.readouterr().err
