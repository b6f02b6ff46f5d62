from __future__ import annotations

import builtins
import datetime
from pathlib import Path
from types import ModuleType

import pytest

import provenance
from provenance import PolicyError, UsageError, audit, load_policy

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
    assert report.as_of == "2026-01-02"
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
