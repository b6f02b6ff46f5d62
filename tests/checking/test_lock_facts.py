"""A lock that was forged with a digest of its own: what does not follow from its facts is said."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

import pytest
from tests.checking.conftest import Checkout

from provenance.checking.gate import Judgement
from provenance.checking.lock import LOCK_NAME, Lock, read_lock, write_lock
from provenance.cli.exits import Exit
from provenance.report.finding import Severity, Verdict, Waiver
from provenance.vocabulary.statuses import Status

TEXT = """from datasets import load_dataset
load_dataset('org/none')
load_dataset('org/research')
load_dataset('org/gone')
A.from_pretrained('org/lacking')
A.from_pretrained('org/silent')
"""
FORGED = Waiver("risk-accepted", "fine", "me@example.org", datetime.date(2099, 1, 1))


def clean(one: Judgement) -> Judgement:
    return dataclasses.replace(one, findings=(), verdict=Verdict.PASS)


def without_findings(one: Judgement) -> Judgement:
    return clean(one)


def with_a_verdict(one: Judgement) -> Judgement:
    return dataclasses.replace(one, verdict=Verdict.PASS)


def with_waivers(one: Judgement) -> Judgement:
    findings = tuple(dataclasses.replace(f, waiver=FORGED) for f in one.findings)
    return dataclasses.replace(one, findings=findings, verdict=Verdict.PASS)


def with_notes(one: Judgement) -> Judgement:
    findings = tuple(dataclasses.replace(f, severity=Severity.NOTE) for f in one.findings)
    return dataclasses.replace(one, findings=findings, verdict=Verdict.PASS)


def without_sets(one: Judgement) -> Judgement:
    return dataclasses.replace(clean(one), sets=(), undeclared=False)


def with_counts(one: Judgement) -> Judgement:
    sets = tuple(dataclasses.replace(s, lacking=False) for s in one.sets)
    return dataclasses.replace(clean(one), sets=sets)


def with_licensed_data(one: Judgement) -> Judgement:
    sets = tuple(
        dataclasses.replace(s, lacking=False, state="explicit", concluded="MIT") for s in one.sets
    )
    return dataclasses.replace(clean(one), sets=sets)


WAYS = [without_findings, with_a_verdict, with_waivers, with_notes, without_sets, with_counts]
KEYS = ["datasets/org/none", "datasets/org/research", "datasets/org/gone", "models/org/lacking",
        "models/org/silent"]  # fmt: skip


@pytest.fixture
def locked(checkout: Checkout) -> Checkout:
    checkout.write("t.py", TEXT)
    checkout.commit()
    checkout.run("lock")
    return checkout


def forge(checkout: Checkout, key: str, way: Callable[[Judgement], Judgement]) -> None:
    path = checkout.root / LOCK_NAME
    lock = read_lock(path.read_bytes(), LOCK_NAME)
    entries = tuple(way(j) if j.key == key else j for j in lock.repository)
    path.write_text(write_lock(Lock(lock.version, lock.policy, lock.policy_name, entries)))


def test_what_was_written_is_not_called_edited(locked: Checkout) -> None:
    assert "LCK005" not in locked.check("--locked", "--all", snapshot=False)[1]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("way", WAYS, ids=[w.__name__ for w in WAYS])
def test_a_new_digest_excuses_nothing(
    locked: Checkout, key: str, way: Callable[[Judgement], Judgement]
) -> None:
    before = (locked.root / LOCK_NAME).read_text()
    forge(locked, key, way)
    if (locked.root / LOCK_NAME).read_text() == before:
        pytest.skip("nothing to forge there")
    code, out = locked.check("--locked", "--all", snapshot=False)
    assert code == Exit.VIOLATED
    assert "LCK005" in out
    assert key in out


def test_a_set_has_the_license_of_its_data(locked: Checkout) -> None:
    forge(locked, "datasets/org/none", with_licensed_data)
    assert "LCK005" in locked.check("--locked", "--all", snapshot=False)[1]


def invented(one: Judgement) -> Judgement:
    """Card, license, data and verdict that all fit each other, and no card."""
    sets = tuple(
        dataclasses.replace(s, state="explicit", concluded="MIT", lacking=False, not_examined=False)
        for s in one.sets
    )
    return dataclasses.replace(
        clean(one), state="explicit", concluded="MIT", card="0" * 64, status=Status.FOUND, sets=sets
    )


def test_an_invented_entry_is_seen_where_a_snapshot_holds_the_card(locked: Checkout) -> None:
    forge(locked, "datasets/org/none", invented)
    assert "LCK0" not in locked.check("--locked", "--all", snapshot=False)[1], "it fits itself"
    code, out = locked.check("--locked", "--all")
    assert code == 1
    assert "LCK001" in out
    assert "datasets/org/none was MIT (explicit) when locked" in out.replace("\n  ", " ")


def test_a_lock_that_says_what_the_snapshot_says_stands(locked: Checkout) -> None:
    out = locked.check("--locked", "--all")[1]
    assert "LCK0" not in out
    assert "compared with" in out.replace("\n  ", " ")
