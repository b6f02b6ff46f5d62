"""Subjects that are audited together: one walk, each repository once, the same reports."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory_hub import MemoryHub

from provenance.auditing import walk
from provenance.auditing.audit import audit_refs
from provenance.auditing.walk import Bounds
from provenance.discovery import DeclaredSet
from provenance.hub.interface import Absent, Repository
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef, parse_repo
from provenance.report.report import Report, Stats

TODAY = datetime.date(2026, 11, 1)
POLICY = load_policy("builtin:default", Path("/"))


class CountingHub(MemoryHub):
    """Counts listings too."""

    def __init__(self, cards: dict[str, str]) -> None:
        super().__init__(cards, sizes=dict.fromkeys(cards, 1000))
        self.listed: list[str] = []

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        self.requests += 1
        return super().fetch(ref)

    def describe(self, repository: Repository) -> Repository:
        self.listed.append(repository.path)
        return super().describe(repository)


def model(*sets: str, base: str = "") -> str:
    lines = ["license: mit", "datasets:", *(f"- {name}" for name in sets)]
    return (
        "---\n" + "\n".join([*lines, *([f"base_model: {base}"] if base else [])]) + "\n---\n# M\n"
    )


CARDS = {
    "models/a/one": model("d/shared", "d/one", base="a/base"),
    "models/a/two": model("d/shared", "d/two", base="a/one"),
    "models/a/base": model("d/shared", "d/base"),
    "datasets/d/shared": "---\nlicense: mit\n---\n",
    "datasets/d/one": "---\nsource_datasets: [d/shared, d/base]\n---\n",
    "datasets/d/two": "no license",
    "datasets/d/base": "---\nlicense: other\n---\n",
}


def audited(
    hub: MemoryHub, subjects: tuple[str, ...], bounds: Bounds | None = None
) -> tuple[Report, ...]:
    refs = [parse_repo(subject) for subject in subjects]
    reports = audit_refs(refs, hub, POLICY, as_of=TODAY, bounds=bounds or Bounds())
    return tuple(replace(report, stats=Stats(0, 0, None)) for report in reports)


ALL = ("a/one", "a/two", "datasets/d/one", "a/base", "a/missing")


def test_each_repository_is_asked_for_once() -> None:
    hub = CountingHub(CARDS)
    audited(hub, ALL)
    assert max(Counter(hub.asked).values()) == 1
    assert max(Counter(hub.listed).values()) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(ALL), min_size=1, unique=True),
    st.integers(1, 4),
    st.integers(1, 6),
    st.integers(1, 8),
)
def test_reports_are_those_of_each_alone(
    subjects: list[str], depth: int, repositories: int, jobs: int
) -> None:
    bounds = Bounds(depth, repositories, jobs)
    together = audited(CountingHub(CARDS), tuple(subjects), bounds)
    alone = [audited(CountingHub(CARDS), (one,), bounds)[0] for one in subjects]
    # findings for which the policy is to blame stand in the first report alone
    assert [r.training_sets for r in together] == [r.training_sets for r in alone]
    assert [r.lineage for r in together] == [r.lineage for r in alone]
    assert [r.verdict for r in together] == [r.verdict for r in alone]
    assert [r.coverage for r in together] == [r.coverage for r in alone]


def test_a_fault_ends_one_subject_only(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = walk.set_id

    def failing(declared: DeclaredSet, catalog: object) -> str | None:
        if declared.id == "d/two":
            raise RuntimeError("broken")
        return whole(declared, catalog)  # type: ignore[arg-type]

    monkeypatch.setattr(walk, "set_id", failing)
    good, bad = audited(CountingHub(CARDS), ("a/one", "a/two"))
    assert good.subject.status == "found"
    assert bad.subject.status == "unreachable"
    assert "RuntimeError" in (bad.lineage.nodes[0].detail or "")
    assert bad.verdict.value != "pass"


def test_the_first_report_has_the_cost_of_all() -> None:
    hub = CountingHub(CARDS)
    refs = [RepoRef(RepoKind.MODEL, "a/one"), RepoRef(RepoKind.MODEL, "a/two")]
    reports = audit_refs(refs, hub, POLICY, as_of=TODAY)
    assert [report.stats.requests for report in reports] == [len(hub.asked), 0]
