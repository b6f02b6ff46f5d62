"""What is known, over generated hubs and real cards: lacking, not examined, and never a mix."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.memory_hub import MemoryHub

from provenance.auditing.audit import audit_refs, gather_all
from provenance.auditing.examine import Examiner, Extent
from provenance.auditing.walk import Bounds
from provenance.catalog import load_catalog
from provenance.hub.interface import Absence, CardSource
from provenance.hub.snapshot import open_snapshot
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef, parse_repo
from provenance.report.coverage import Coverage, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Verdict
from provenance.report.license import LicenseState, Standing
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_TODAY = datetime.date(2026, 1, 2)
_BOUNDS = Bounds(jobs=1)
_STEP = 40
"""Every how manieth card of a large snapshot is audited here."""
_RANK = {Verdict.FAIL: 0, Verdict.INCOMPLETE: 1, Verdict.PASS: 2}

_CARDS = {
    "mit": "---\nlicense: mit\n---\n",
    "silent": "---\nlanguage: en\n---\n",
    "family": "---\nlicense: cc\n---\n",
    "torn": "---\nlicense: mit\n---\n# License\nThe data is under CC BY-NC-SA 4.0.\n",
}
_ABSENT = {
    "gated": Absence.GATED,
    "away": Absence.NOT_FOUND_OR_PRIVATE,
    "gone": Absence.WITHDRAWN,
    "unsaved": Absence.NOT_IN_SNAPSHOT,
}
_KINDS = [*_CARDS, *_ABSENT, "failing", "words"]
_DRAWN = st.lists(st.sampled_from(_KINDS), max_size=7)


def _hub(kinds: Sequence[str], named: Sequence[str]) -> MemoryHub:
    """A hub of sets of these kinds, and a model that names ``named``."""
    front = f"license: mit\ndatasets: {json.dumps(list(named))}" if named else "license: mit"
    cards = {"models/org/model": f"---\n{front}\n---\n# A model\n"}
    absent, failing = {}, set()
    for index, kind in enumerate(kinds):
        path = f"datasets/org/set{index}"
        if kind in _CARDS:
            cards[path] = _CARDS[kind]
        elif kind in _ABSENT:
            absent[path] = _ABSENT[kind]
        elif kind == "failing":
            failing.add(path)
    return MemoryHub(cards, absent=absent, failing=frozenset(failing))


def _names(kinds: Sequence[str]) -> list[str]:
    return [
        f"in words number {index}" if kind == "words" else f"org/set{index}"
        for index, kind in enumerate(kinds)
    ]


def _audit(hub: CardSource, policy: str = "builtin:default@1") -> Report:
    judged = load_policy(policy, Path.cwd())
    (report,) = audit_refs([parse_repo("org/model")], hub, judged, as_of=_TODAY, bounds=_BOUNDS)
    return report


@settings(max_examples=40, deadline=None)
@given(_DRAWN)
def test_low_counts_what_lacks_and_high_what_may(kinds: list[str]) -> None:
    report = _audit(_hub(kinds, _names(kinds)))
    lacking = sum(kind in {"silent", "family", "words"} for kind in kinds)
    hidden = sum(kind in {*_ABSENT, "failing"} for kind in kinds)
    direct = [c for c in report.coverage if c.headline]
    assert len(direct) == bool(kinds)
    for coverage in direct:
        assert (coverage.lacking, coverage.not_examined) == (lacking, hidden)
        assert coverage.low == pytest.approx(lacking / len(kinds))
        assert coverage.high == pytest.approx((lacking + hidden) / len(kinds))
        _adds_up(coverage, report.training_sets)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(_KINDS), min_size=1, max_size=6),
    st.sampled_from(["builtin:default@1", "builtin:research@1", "builtin:open-data@1"]),
    st.data(),
)
def test_silence_is_never_better_than_disclosure(
    kinds: list[str], policy: str, data: st.DataObject
) -> None:
    """Naming nothing, or hiding the id of one set, never improves a verdict."""
    told = _audit(_hub(kinds, _names(kinds)), policy)
    silent = _audit(_hub(kinds, []), policy)
    assert _RANK[silent.verdict] <= _RANK[told.verdict]
    one = data.draw(st.integers(0, len(kinds) - 1))
    veiled = [*kinds[:one], "words", *kinds[one + 1 :]]
    assert _RANK[_audit(_hub(veiled, _names(veiled)), policy).verdict] <= _RANK[told.verdict]


def _sized_hub(kinds: Sequence[str], sizes: Sequence[int | None]) -> MemoryHub:
    """A hub of sets of these kinds, and a model whose table gives the sizes of some."""
    link = "[org/set{0}](https://huggingface.co/datasets/org/set{0})"
    rows = [f"| {link.format(i)} | {size or ''} |" for i, size in enumerate(sizes)]
    table = "\n".join(["| Dataset | Number of rows |", "|---|---|", *rows])
    cards = {f"datasets/org/set{i}": _CARDS[kind] for i, kind in enumerate(kinds)}
    cards["models/org/model"] = f"---\nlicense: mit\n---\n# M\n\n## Training data\n\n{table}\n"
    return MemoryHub(cards)


@settings(max_examples=30, deadline=None)
@given(
    sets=st.lists(
        st.tuples(st.sampled_from(["mit"] * 7 + ["silent"]), st.integers(1, 1000)),
        min_size=1,
        max_size=30,
    ),
    data=st.data(),
)
def test_hiding_sizes_never_makes_a_pass(
    tmp_path_factory: pytest.TempPathFactory, sets: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Even where the policy lets a single set without a license through."""
    policy = tmp_path_factory.mktemp("policy") / "lenient.yaml"
    lenient = "version: 1\nextends: [builtin:default@1]\nlicenses: {missing: warning}\n"
    policy.write_text(lenient)
    kinds, sizes = [kind for kind, _ in sets], [size for _, size in sets]
    told = _audit(_sized_hub(kinds, sizes), str(policy))
    hidden = data.draw(st.sets(st.integers(0, len(sets) - 1), min_size=1))
    fewer = [None if i in hidden else size for i, size in enumerate(sizes)]
    veiled = _audit(_sized_hub(kinds, fewer), str(policy))
    assert veiled.verdict is not Verdict.PASS or told.verdict is Verdict.PASS


def test_with_the_hub_down_nothing_is_known_and_nothing_fails() -> None:
    kinds = ["failing", "failing"]
    report = _audit(_hub(kinds, _names(kinds)))
    (head,) = [c for c in report.coverage if c.headline]
    assert report.verdict is Verdict.INCOMPLETE
    assert (head.low, head.high, head.lacking, head.not_examined) == (0, 1, 0, 2)


def _adds_up(coverage: Coverage, sets: Iterable[TrainingSet]) -> None:
    if coverage.fraction is None:
        return
    assert coverage.low - 1e-9 <= coverage.fraction <= coverage.high + 1e-9
    parts = sum(share.weight for share in coverage.by_state) + coverage.unattributed
    assert parts == pytest.approx(coverage.total)
    inherited = coverage.reading is Reading.INHERITED
    counted = [s for s in sets if inherited or not s.via]
    if coverage.measure.value == "datasets":
        known = sum(
            (s.inherited if inherited else s.license.standing) is Standing.LACKING for s in counted
        )
        assert coverage.low * coverage.total <= known + 1e-9


def _gathered(source: CardSource, refs: Iterable[RepoRef]) -> Iterable[Facts]:
    catalog = load_catalog()
    examiner = Examiner(source, catalog)
    return gather_all(list(refs), examiner, catalog, _TODAY, _BOUNDS)


@pytest.mark.parametrize(
    ("snapshot", "step"), [("bundled", 3), ("hub-modern", 3), ("hub-2023", _STEP)]
)
def test_real_reports_add_up(shared: Path, snapshot: str, step: int) -> None:
    place = snapshot if snapshot == "bundled" else shared / "corpus" / snapshot
    source = open_snapshot(place)
    refs = [RepoRef(kind, repo_id) for kind in RepoKind for repo_id in source.ids(kind)]
    for facts in _gathered(source, refs[::step]):
        for item in facts.training_sets:
            assert (item.license.cause is None) is (
                item.license.state is not LicenseState.UNRESOLVED
            )
        for coverage in facts.coverage:
            _adds_up(coverage, facts.training_sets)


@pytest.mark.parametrize(
    ("labels", "folder"),
    [("dataset_licenses.jsonl", None), ("modern_datasets.jsonl", "hub-modern")],
)
def test_what_lacks_is_what_the_labels_say(shared: Path, labels: str, folder: str | None) -> None:
    corpus = shared / "corpus"
    rows = [json.loads(line) for line in (corpus / "labels" / labels).read_text().splitlines()]
    scored = [row for row in rows if row["explicit"] is not None]
    lacking = said = 0
    for row in scored:
        source = open_snapshot(corpus / (folder or row["snapshot"]))
        examiner = Examiner(source, load_catalog())
        read = examiner.examine(RepoRef(RepoKind.DATASET, row["dataset"]), Extent.LICENSE)
        lacking += read.license.lacks
        said += not row["explicit"] and not row["conflict"]
    assert abs(lacking - said) / len(scored) <= 0.02
