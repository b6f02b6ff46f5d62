from __future__ import annotations

import builtins
import datetime
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

import provenance
from provenance import (
    PolicyError,
    Report,
    Reports,
    UsageError,
    audit,
    census,
    check,
    load_policy,
    scan,
)
from provenance.cli import run
from provenance.report.report import TrainingSets
from provenance.report.serialize import from_json
from provenance.vocabulary.state_colors import STATE_COLORS

TODAY = datetime.date(2026, 1, 2)


@pytest.fixture
def snap(tmp_path: Path) -> Path:
    for name, text in {
        "models/org/model": "---\nlicense: mit\ndatasets: [org/set, org/gone]\n---\n",
        "datasets/org/set": "---\nlicense: mit\n---\n",
    }.items():
        path = tmp_path / "snap" / name / "README.md"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return tmp_path / "snap"


def test_a_report_in_one_call(snap: Path) -> None:
    report = audit("org/model", snapshot=snap, as_of=TODAY)
    assert report.as_of == TODAY
    assert [s.id for s in report.training_sets] == ["org/set", "org/gone"]
    strict = audit("org/model", snapshot=snap, policy="strict", as_of=TODAY)
    assert strict.policy.name != report.policy.name
    given = audit("org/model", snapshot=snap, policy=load_policy("strict", snap), as_of=TODAY)
    assert given == strict


def test_a_frame_has_one_row_a_set(snap: Path) -> None:
    frame = audit("org/model", snapshot=snap, as_of=TODAY).to_pandas()
    assert list(frame["state"]) == ["explicit", "unresolved"]
    assert frame.loc[0, "declared_in"] == "front_matter"
    assert frame["published"].isna().all()


def test_without_pandas_it_says_what_to_install(
    snap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **more: object) -> ModuleType:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **more)  # type: ignore[arg-type]

    report = audit("org/model", snapshot=snap, as_of=TODAY)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match="pip install"):
        report.to_pandas()


def test_errors_are_the_packages_own(snap: Path) -> None:
    with pytest.raises(UsageError):
        audit("../..", snapshot=snap)
    with pytest.raises(UsageError):
        audit("org/model", snapshot=snap / "missing")
    with pytest.raises(PolicyError):
        audit("org/model", snapshot=snap, policy="no-such-policy")


def test_the_public_names_are_there_and_no_others() -> None:
    for name in provenance.__all__:
        assert getattr(provenance, name) is not None
    with pytest.raises(AttributeError, match="no attribute"):
        provenance.nonsense  # noqa: B018


def test_two_folders_of_one_name_are_refused(tmp_path: Path, snap: Path) -> None:
    from provenance.hub.open import open_subjects

    for parent in ("a", "b"):
        (tmp_path / parent / "same").mkdir(parents=True)
        (tmp_path / parent / "same" / "README.md").write_text("x")
    texts = [str(tmp_path / parent / "same") for parent in ("a", "b")]
    with pytest.raises(UsageError, match="two folders"):
        open_subjects(texts, str(snap))
    refs, _ = open_subjects([texts[0], texts[0]], str(snap))
    assert len(refs) == 1


def test_a_folder_is_what_its_card_says(tmp_path: Path, snap: Path) -> None:
    from provenance.hub.open import open_subjects

    cards = {
        "datasets/model": "---\nbase_model: a/b\n---\n",
        "datasets/set": "---\nlicense: mit\n---\n",
        "plain/set": "---\ntask_categories: [qa]\n---\n",
        "plain/model": "---\nlicense: mit\n---\n",
    }
    kinds = {}
    for name, text in cards.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "README.md").write_text(text)
        (ref,), _ = open_subjects([str(tmp_path / name)], str(snap))
        kinds[name] = ref.kind.value
    assert kinds == {
        "datasets/model": "model",
        "datasets/set": "dataset",
        "plain/set": "dataset",
        "plain/model": "model",
    }


def test_a_report_says_what_it_is(report: Report) -> None:
    assert repr(report).startswith("<Report model openai-community/gpt2: ")
    assert len(repr(report)) < 300
    assert report.interval[0] <= (report.fraction or 0.0) <= report.interval[1]


def test_a_notebook_shows_a_card(report: Report) -> None:
    card = report._repr_html_()
    assert "<b>model openai-community/gpt2</b>" in card
    assert "its own license: not examined (no fact in the digest)" in card
    assert STATE_COLORS["none"][0] in card
    assert "<script" not in card


def test_training_sets_are_a_table_in_a_notebook_and_short_in_print() -> None:
    report = audit("google/flan-t5-base", snapshot="bundled", as_of=TODAY)
    assert re.fullmatch(r"<11 training sets: [a-z0-9 ,]+ explicit>", repr(report.training_sets))
    assert isinstance(report.training_sets, TrainingSets)
    assert report.training_sets._repr_html_().count("<tr>") == len(report.training_sets) + 1
    one = replace(report.training_sets[0], name="<img src=x>", id=None)
    hostile = replace(report, training_sets=(one,))
    assert repr(hostile.training_sets).startswith("<1 training set: ")
    assert isinstance(hostile.training_sets, TrainingSets)
    assert "<img" not in hostile.training_sets._repr_html_()
    assert repr(replace(report, training_sets=()).training_sets) == "<0 training sets>"
    assert repr(Reports((report, report))).count("\n") == 1


def test_a_card_escapes_what_is_outside(report: Report) -> None:
    hostile = replace(report, subject=replace(report.subject, id="a/<img src=x onerror=1>"))
    assert "<img" not in hostile._repr_html_()
    assert "<img" not in Reports((hostile,))._repr_html_()


def test_every_format_from_python(report: Report, tmp_path: Path) -> None:
    assert from_json(report.to_json()) == report
    report.to_html(tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert report.render("cyclonedx").startswith("{")
    with pytest.raises(UsageError, match="--format 'no-such'"):
        report.render("no-such")


def test_several_subjects_make_a_table() -> None:
    reports = audit(["gpt2", "bert-base-uncased"], snapshot="bundled")
    assert [r.subject.id for r in reports] == [
        "openai-community/gpt2",
        "google-bert/bert-base-uncased",
    ]
    assert reports._repr_html_().count("<tr>") == 3
    frame = reports.to_pandas()
    assert set(frame["subject"]) <= {f"models/{r.subject.id}" for r in reports}


def test_scan(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("license,text\n" + "mit,hello\n" * 99 + ",x\n")
    report = scan(tmp_path / "a.csv", policy="default")
    assert report.subject.kind == "corpus"
    assert report.fraction == pytest.approx(0.01)


def test_check(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "train.py").write_text(
        'from datasets import load_dataset\nload_dataset("rajpurkar/squad")\n'
    )
    subprocess.run(["git", "-C", str(tmp_path), "add", "-A"], check=True)
    result = check(tmp_path, snapshot="bundled")
    assert [r.key for r in result.references] == ["datasets/rajpurkar/squad"]


@pytest.fixture(scope="module")
def report() -> Report:
    return audit("gpt2", snapshot="bundled")


def test_a_lock_made_from_a_digest_is_read_back(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "train.py").write_text(
        'from datasets import load_dataset\nload_dataset("rajpurkar/squad")\n'
    )
    subprocess.run(["git", "-C", str(tmp_path), "add", "-A"], check=True)
    run(["lock", str(tmp_path), "--snapshot", "bundled", "-q"])
    fresh = check(tmp_path, snapshot="bundled")
    locked = check(tmp_path, locked=True)
    assert [f.finding.code for f in locked.findings] == [f.finding.code for f in fresh.findings]
    assert locked.findings[0].finding.evidence[0].path is None


def test_a_policy_by_its_name_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.yaml").write_text("version: 1\nextends: builtin:strict@1\n")
    assert load_policy("acme.yaml").name == load_policy("acme.yaml", tmp_path).name
    assert load_policy("strict").name == "builtin:strict@1"


def test_a_frame_says_share_lack_and_cause() -> None:
    frame = audit("sentence-transformers/all-MiniLM-L6-v2", snapshot="bundled").to_pandas()
    heaviest = frame.sort_values("share", ascending=False).iloc[0]
    assert heaviest["share"] == pytest.approx(0.62, abs=0.01)
    assert heaviest["lacks"]
    unseen = frame[frame["not_examined"]]
    assert len(unseen)
    assert unseen["lacks"].isna().all(), "what was not examined is neither"
    assert unseen["cause"].notna().all()
    assert frame["confidence"].between(0, 1).all()


def test_a_census(tmp_path: Path) -> None:
    taken = census("bundled", kind="model", as_of=TODAY)
    assert taken.totals.total.subjects == len(taken.rows) == len(taken.to_pandas())
    assert [r.id for r in taken.rows] == sorted(r.id for r in taken.rows)
    assert "of the" in repr(taken)
    assert "not examined" in taken._repr_html_()
    assert taken.to_html().startswith("<!doctype html>")
    run(["census", "bundled", "--kind", "model", "-o", str(tmp_path / "c.txt")])
    assert taken.to_text(80) == (tmp_path / "c.txt").read_text()
    one = census(snapshot="bundled", search="squad")
    assert 0 < len(one.rows) < 20


def test_a_census_of_a_file_of_ids(tmp_path: Path) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("rajpurkar/squad\nno/where\n")
    taken = census(ids, snapshot="bundled")
    assert [r.status for r in taken.rows] == ["not_in_digest", "found"]


@pytest.mark.parametrize("given", [{}, {"source": "no-such"}, {"source": "bundled", "kind": "x"}])
def test_a_census_of_nothing_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        census(**given)  # type: ignore[arg-type]


def test_a_dataset_that_is_open_is_scanned_as_it_is() -> None:
    datasets = pytest.importorskip("datasets")
    rows = {"license": ["mit"] * 8 + [None] * 2, "text": ["x"] * 10}
    data = datasets.Dataset.from_dict(rows)
    report = scan(data, policy="default", as_of=TODAY)
    assert report.fraction == pytest.approx(0.2)
    kept = data.filter(lambda row: row["license"] is not None)
    assert scan(kept, policy="default", as_of=TODAY).fraction == 0
    both = datasets.DatasetDict({"train": data, "test": kept})
    report = scan(both, policy="default", as_of=TODAY)
    assert report.fraction == pytest.approx(2 / 18)
    assert report.records is not None
    assert [s.source for s in report.records.sources] == ["DatasetDict[test]", "DatasetDict[train]"]
    again = scan(both, policy="default", as_of=TODAY)
    assert again.to_json() == report.to_json(), "no temporary folder is named"
    with pytest.raises(UsageError, match="no records that can be counted"):
        scan(data.to_iterable_dataset())


def test_a_card_that_is_open_is_audited() -> None:
    from huggingface_hub import DatasetCard, ModelCard

    text = "---\nlicense: mit\ndatasets: [rajpurkar/squad]\n---\n# x\n"
    report = audit(ModelCard(text), snapshot="bundled", as_of=TODAY)
    assert (report.subject.kind, report.subject.local) == ("model", True)
    assert [s.id for s in report.training_sets] == ["rajpurkar/squad"]
    assert report.license.concluded == "MIT"
    data = audit(DatasetCard("---\nlicense: mit\n---\n# x\n"), snapshot="bundled", as_of=TODAY)
    assert data.subject.kind == "dataset"


def test_a_dataset_that_is_open_stands_for_where_it_came_from() -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict({"text": ["x"]})
    with pytest.raises(UsageError, match="does not say which"):
        audit(data, snapshot="bundled")
    data.info.download_checksums = {"hf://datasets/rajpurkar/squad@main/plain/0.parquet": {}}
    for one in (data, datasets.DatasetDict({"train": data})):
        report = audit(one, snapshot="bundled", as_of=TODAY)
        assert report.lineage.root == "datasets/rajpurkar/squad"
    with pytest.raises(UsageError, match="does not say which"):
        audit(data.features, snapshot="bundled")
