"""What is beyond the bounds of a card is not read: neither a fact about it nor a pass."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.attack.fuzzing import OneCard

from provenance.auditing.audit import audit_refs
from provenance.cards.card import MAX_BODY_CHARS, read_card
from provenance.discovery.body import MAX_CANDIDATES
from provenance.discovery.discover import MAX_MENTIONS
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef
from provenance.report.finding import Verdict
from provenance.report.license import Cause, LicenseState
from provenance.report.report import Report

LINE = "nothing of note is said here\n"
LONG = LINE * (MAX_BODY_CHARS // len(LINE) + 1)


def audited(kind: RepoKind, card: str) -> Report:
    (report,) = audit_refs(
        [RepoRef(kind, "acme/fuzzed")],
        OneCard(card.encode(), {}),
        load_policy("default", Path("/")),
        as_of=datetime.date(2026, 1, 1),
    )
    return report


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_text_of_just_the_bound_is_read() -> None:
    text = "x" * MAX_BODY_CHARS
    assert not read_card(text.encode(), "models/a/b").truncated
    cut = read_card(f"{LINE}{text}".encode(), "models/a/b")
    assert cut.truncated
    assert cut.body == LINE.rstrip()
    assert "200,000 characters" in cut.problems[0].message


def test_a_license_beyond_it_is_not_lacking() -> None:
    report = audited(RepoKind.DATASET, f"# x\n{LONG}\n## License\n\nMIT\n")
    assert report.license.state is LicenseState.UNRESOLVED
    assert report.license.cause is Cause.OVER_BOUND
    assert report.verdict is Verdict.INCOMPLETE


def test_training_data_beyond_it_is_not_missing() -> None:
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{LONG}\nTrained on C4.\n")
    assert not report.training_sets
    assert "COV003" not in codes(report)
    assert {"COV006", "LIC018"} <= codes(report)
    assert report.verdict is Verdict.INCOMPLETE


def test_what_is_declared_before_it_may_be_little() -> None:
    before = "---\nlicense: mit\ndatasets: [squad]\n---\n"
    whole, cut = (audited(RepoKind.MODEL, before + text) for text in ("# x\n", LONG))
    for before_it, with_rest in zip(whole.coverage, cut.coverage, strict=True):
        assert with_rest.unknown == before_it.unknown + 1
        assert (with_rest.low, with_rest.high) == (0.0, 1.0)


@pytest.mark.parametrize(("sets", "cut"), [(MAX_MENTIONS, False), (MAX_MENTIONS + 1, True)])
def test_mentions(sets: int, cut: bool) -> None:
    names = ", ".join(f"a/s{n}" for n in range(sets))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [{names}]\n---\n")
    assert len(report.training_sets) == MAX_MENTIONS
    assert ("LIC018" in codes(report)) == cut
    assert any("5,000 mentions" in note.message for note in report.notes) == cut


@pytest.mark.parametrize(("items", "cut"), [(300, False), (MAX_CANDIDATES + 1, True)])
def test_places_that_may_name_data(items: int, cut: bool) -> None:
    listed = "\n".join(f"- Words-{n}" for n in range(items))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n## Training data\n\n{listed}\n")
    assert 0 < len(report.training_sets) <= MAX_CANDIDATES
    assert ("LIC018" in codes(report)) == cut
    assert any("not every name" in note.message for note in report.notes) == cut


LONG_TEXTS = {
    "lines": ("\n" * 20_500 + "Trained on the Words-1 dataset.\n", False),
    "a paragraph": ("word " * 4_100 + "end. Trained on the Words-1 dataset.\n", True),
    "items": ("- corpus\n" * 4_001 + "\nTrained on the Words-1 dataset.\n", True),
    "an item": ("## Training data\n\n- " + ", ".join(f"Words-{n}" for n in range(30)) + "\n", True),
    "a cell": (
        "| k | v |\n|---|---|\n| Training data | " + "Words-1 of plain text, " * 1_000 + "|\n",
        True,
    ),
    "a sentence": ("Trained on " + " and ".join(f"Words-{n}" for n in range(200)) + ".\n", True),
    "verbs": (", ".join(f"trained on Words-{n}" for n in range(40)) + ".\n", True),
    "what data holds": (
        "The training data consists of " + ", ".join(f"Words-{n}" for n in range(200)) + ".\n",
        True,
    ),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_what_is_left_out_is_said(name: str) -> None:
    text, cut = LONG_TEXTS[name]
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\ndatasets: [squad]\n---\n{text}")
    assert any("not every name" in note.message for note in report.notes) == cut
    assert ("LIC018" in codes(report)) == cut
    if not cut:
        assert [one.name for one in report.training_sets] == ["squad", "Words-1"]


FILLER = "of much text, which was found in many places and then was read again by people, "
TO_THE_END = {
    "called": "Training used {}.\n",
    "a label": f"**Training data:** {FILLER * 6}{{}}\n",
    "a cell": "| Key | Value |\n|---|---|\n| Training data | " + FILLER * 6 + "{} |\n",
}


@pytest.mark.parametrize("name", TO_THE_END)
def test_a_long_text_is_read_to_its_end(name: str) -> None:
    last = ", ".join(f"the Words-{n} dataset" for n in range(50))
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{TO_THE_END[name].format(last)}")
    assert "Words-49" in {one.name for one in report.training_sets}
    assert "LIC018" not in codes(report)


def test_a_name_behind_many_words() -> None:
    text = f"## Training data\n\nIt was trained with care. {'Such A Text ' * 40}is SQuAD.\n"
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{text}")
    assert "SQuAD" in {one.name for one in report.training_sets}


@pytest.mark.parametrize("words", [20, 200])
def test_an_item_of_one_long_list(words: int) -> None:
    text = f"## Training data\n\n- {'plain text of the web ' * words}, Words-1, Words-2\n"
    report = audited(RepoKind.MODEL, f"---\nlicense: mit\n---\n{text}")
    assert {"Words-1", "Words-2"} <= {one.name for one in report.training_sets}
