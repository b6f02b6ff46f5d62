"""``provenance policy``, ``init`` and ``explain``, from arguments to exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from provenance.cli import run
from provenance.cli.exits import Exit


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def test_init_writes_a_policy_that_is_valid_and_tested(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init"]) == Exit.OK
    assert run(["policy", "validate"]) == Exit.OK
    assert run(["policy", "test"]) == Exit.OK
    assert "2 tests, 0 failed" in capsys.readouterr().out
    assert run(["init"]) == Exit.USAGE
    assert "exists already" in capsys.readouterr().err


def test_init_says_when_it_cannot_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "init", "-o", "no/such/folder.yaml"]) == Exit.USAGE
    assert "cannot be written" in capsys.readouterr().err


def test_validate_tells_everything_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    Path("provenance.yaml").write_text("licenses:\n  alow: [MIT]\nuse: [sale]\n")
    assert run(["policy", "validate"]) == Exit.USAGE
    err = capsys.readouterr().err
    assert "provenance.yaml:2:3" in err
    assert "provenance.yaml:3:7" in err
    assert "Traceback" not in err


def test_validate_refuses_what_is_out_of_date(capsys: pytest.CaptureFixture[str]) -> None:
    Path("p.yaml").write_text(
        "exceptions:\n  - rule: LIC003\n    subject: datasets/a/a\n    reason: temporary\n"
        "    comment: c\n    owner: o\n    expires: 2026-06-01\n"
    )
    assert run(["policy", "validate", "p.yaml", "--as-of", "2026-06-01"]) == Exit.OK
    assert run(["policy", "validate", "p.yaml", "--as-of", "2026-06-02"]) == Exit.USAGE
    assert "p.yaml:7: exception of LIC003 for datasets/a/a expired" in capsys.readouterr().err


def test_show_prints_origins_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "show", "commercial"]) == Exit.OK
    shown = capsys.readouterr().out
    assert "# policy builtin:commercial@1" in shown
    assert "# builtin:default@1:" in shown
    assert run(["policy", "show", "commercial", "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["use"] == ["commercial", "redistribute-weights"]


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "schema"]) == Exit.OK
    assert "licenses" in json.loads(capsys.readouterr().out)["properties"]


def test_a_failing_policy_test_is_a_violation(capsys: pytest.CaptureFixture[str]) -> None:
    Path("provenance.yaml").write_text(
        "use: [internal]\ntests: [{name: open, license: MIT, expect: {decision: allow}}]\n"
    )
    assert run(["policy", "test"]) == Exit.VIOLATED
    assert "FAIL open\n     decision is review, not allow" in capsys.readouterr().out
    Path("provenance.yaml").write_text("use: [internal]\n")
    assert run(["policy", "test"]) == Exit.NOTHING


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "lic001"]) == Exit.OK
    assert "LIC001: License denied by the policy" in capsys.readouterr().out
    assert run(["explain"]) == Exit.OK
    out = capsys.readouterr().out
    assert "GDPR017" in out
    assert "CHK001" in out
    assert run(["explain", "CHK001"]) == Exit.OK
    assert "CHK001: File not searched (incomplete)" in capsys.readouterr().out
    assert run(["explain", "LIC01"]) == Exit.USAGE
    assert "did you mean LIC0" in capsys.readouterr().err
