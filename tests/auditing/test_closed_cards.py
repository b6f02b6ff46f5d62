"""Cards with closed or restricted terms pass under no preset, and plainly open ones do."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.closed_cards import CLOSED, OPEN, Told

import provenance

POLICIES = ("default", "commercial", "strict", "open-data")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with every invented card: ``closed/0``, …, ``open/0``, …."""
    root = tmp_path_factory.mktemp("cards")
    for owner, cards in (("closed", CLOSED), ("open", OPEN)):
        for number, told in enumerate(cards):
            place = root / "datasets" / owner / f"owls{number}"
            for name, text in {"README.md": told.card, **told.files}.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_text(text, "utf-8")
    return root


def verdicts(owner: str, cards: list[Told], snapshot: Path, policy: str) -> list[tuple[str, str]]:
    subjects = [f"datasets/{owner}/owls{number}" for number in range(len(cards))]
    reports = provenance.audit(subjects, snapshot=snapshot, policy=f"builtin:{policy}@1")
    return [(str(t), r.verdict.value) for t, r in zip(cards, reports, strict=True)]


@pytest.mark.parametrize("policy", POLICIES)
def test_no_closed_card_passes(snapshot: Path, policy: str) -> None:
    found = verdicts("closed", CLOSED, snapshot, policy)
    assert len(found) > 40
    assert [told for told, verdict in found if verdict == "pass"] == []


@pytest.mark.parametrize("policy", ["default", "open-data"])
def test_open_cards_pass(snapshot: Path, policy: str) -> None:
    found = verdicts("open", OPEN, snapshot, policy)
    assert [told for told, verdict in found if verdict != "pass"] == []
