"""Policies as organisations write them, each with the verdicts that it must come to."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from provenance.policy.effects import without_effect
from provenance.policy.loading import load_policy
from provenance.policy.testing import run_tests

FOLDER = Path(__file__).parent / "organisations"
AS_OF = datetime.date(2026, 11, 29)
NAMES = sorted(path.name for path in FOLDER.glob("*.yaml"))


def test_there_are_twenty_five() -> None:
    assert len(NAMES) == 25


@pytest.mark.parametrize("name", NAMES)
def test_it_holds_what_it_says(name: str) -> None:
    if "\nrules:" in (FOLDER / name).read_text("utf-8"):
        pytest.importorskip("cel_expr_python", reason="the extra `rules` is not installed")
    found = load_policy(name, FOLDER)
    assert without_effect(found, AS_OF) == []
    results = run_tests(found, AS_OF)
    assert len(results) >= 2
    assert {r.name: r.wrong for r in results if r.wrong} == {}
