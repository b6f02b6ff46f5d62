"""Defaults from ``pyproject.toml``: a closed set of keys, confined to the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.defaults import default_map
from provenance.cli.exits import Exit
from provenance.errors import UsageError


def _wrote(folder: Path, text: str) -> Path:
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_default_holds_until_something_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _wrote(tmp_path, '[tool.provenance]\nsnapshot = "bundled"\ncolor = "always"\n')
    inner = tmp_path / "src"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert run(["audit", "gpt2", "--exit-zero"]) == Exit.OK
    out = capfd.readouterr().out
    assert "Facts digested" in out
    assert "\x1b[" in out
    assert run(["audit", "gpt2", "--exit-zero", "--color", "never"]) == Exit.OK
    assert "\x1b[" not in capfd.readouterr().out


def test_a_path_is_meant_from_the_file_and_stays_inside(tmp_path: Path) -> None:
    _wrote(tmp_path, '[tool.provenance]\nsnapshot = "hub"\n')
    found = default_map(tmp_path)
    assert found["audit"] == {"snapshot": str((tmp_path / "hub").resolve())}
    for path in ("../elsewhere", "/etc"):
        _wrote(tmp_path, f'[tool.provenance]\nsnapshot = "{path}"\n')
        with pytest.raises(UsageError, match="leads out of the repository"):
            default_map(tmp_path)


def test_a_name_spelled_by_escapes_is_ours_too(tmp_path: Path) -> None:
    _wrote(tmp_path, '[tool."\\u0070rovenance"]\njobs = 2\n')
    assert default_map(tmp_path)["audit"] == {"jobs": 2}


def test_what_is_checked_does_not_choose_its_facts(tmp_path: Path) -> None:
    _wrote(tmp_path, '[tool.provenance]\nsnapshot = "bundled"\nmax-repositories = 1\njobs = 2\n')
    found = default_map(tmp_path)
    assert found["check"] == found["lock"] == found["baseline"] == {"jobs": 2}
    assert found["census"] == {"jobs": 2, "max_repositories": 1}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('snapshto = "x"', "did you mean snapshot"),
        ("fail-on = 1", "is no setting"),
        ("jobs = true", "a whole number"),
        ('quiet = "yes"', "true or false"),
        ("snapshot = 1", "must be text"),
        ('snapshot = "a\\u0000b"', "no possible path"),
    ],
)
def test_what_is_no_setting_is_said(tmp_path: Path, line: str, said: str) -> None:
    _wrote(tmp_path, f"[tool.provenance]\n{line}\n")
    with pytest.raises(UsageError, match=said):
        default_map(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "not toml [", "[tool]\nprovenance = 1", '[tool.provenance.check]\nrules = "x"']
)
def test_what_others_read_is_theirs_to_judge(tmp_path: Path, text: str) -> None:
    assert not any(default_map(_wrote(tmp_path, text)).values())


def test_nothing_is_read_above_the_repository(tmp_path: Path) -> None:
    _wrote(tmp_path, "[tool.provenance]\njobs = 3\n")
    inner = tmp_path / "other"
    (inner / ".git").mkdir(parents=True)
    assert default_map(inner) == {}


def test_a_value_that_the_option_refuses_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(_wrote(tmp_path, '[tool.provenance]\ncolor = "pink"\n'))
    assert run(["audit", "gpt2", "--snapshot", "bundled"]) == Exit.USAGE
    assert "pink" in capsys.readouterr().err
