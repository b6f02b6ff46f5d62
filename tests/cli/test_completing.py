"""What a shell completes, asked as a shell asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from provenance.checking.codes import OWN_RULES
from provenance.cli import cli
from provenance.cli.completing import CODES, PRESETS
from provenance.policy.presets import preset_names
from provenance.policy.rules import all_rules


def completed(*words: str) -> list[str]:
    """What the last word may become."""
    *before, given = words
    shell = ShellComplete(cli, {}, "provenance", "_PROVENANCE_COMPLETE")
    return [found.value for found in shell.get_completions(before, given)]


def test_the_lists_kept_are_those_of_the_rules_and_presets() -> None:
    assert set(CODES) == {*all_rules(), *OWN_RULES}
    assert preset_names() == PRESETS


@pytest.mark.parametrize("given", ["LIC01", "lic01"])
def test_codes(given: str) -> None:
    assert completed("explain", given) == [f"LIC01{n}" for n in range(10)]


@pytest.mark.parametrize("command", ["audit", "report", "scan"])
def test_formats(command: str) -> None:
    assert completed(command, "-f", "card") == ["card-patch"]


def test_formats_of_a_check_and_of_a_census() -> None:
    assert completed("check", "-f", "s") == ["sarif"]
    assert completed("census", "-f", "par") == ["parquet"]


@pytest.mark.parametrize(
    "words", [("audit", "--policy"), ("check", "--policy"), ("policy", "show")]
)
def test_policies(words: tuple[str, ...]) -> None:
    assert completed(*words, "comm")[0] == "commercial"


def test_ids_that_a_snapshot_holds() -> None:
    assert "rajpurkar/squad" not in completed("audit", "rajpurkar/squ")
    assert "datasets/rajpurkar/squad" in completed("audit", "datasets/rajpurkar/squ")
    assert "allenai/OLMo-7B" in completed("snapshot", "allenai/OLMo-")
    assert "models/allenai/OLMo-7B" in completed("audit", "models/allenai/OLMo-7")


def test_a_snapshot_named_before_is_the_one_asked(tmp_path: Path) -> None:
    card = tmp_path / "models" / "owl" / "nest" / "README.md"
    card.parent.mkdir(parents=True)
    card.write_text("# Nest\n")
    assert completed("audit", "--snapshot", str(tmp_path), "owl/")[0] == "owl/nest"
    assert completed("audit", "--snapshot", str(tmp_path / "none"), "owl/") == ["owl/"]
