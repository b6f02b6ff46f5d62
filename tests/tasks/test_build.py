"""What is shipped is what the scripts make from the facts."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from provenance.cards import read_card
from provenance.cards.yaml_tree import scalars
from provenance.hub.interface import Absence, Absent
from provenance.hub.snapshot import open_snapshot
from provenance.licensing import conclude_card
from provenance.refs import RepoKind, RepoRef
from provenance.report.license import LicenseState

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "src" / "provenance" / "hub" / "snapshots" / "bundled"
CARDS = sorted(BUNDLED.rglob("README.md"))
Facts = dict[str, object]


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tasks"))
    return importlib.import_module(name)


@pytest.fixture
def sourced(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return load("sourced_facts", monkeypatch)


def fact(value: object, source: str = "a page", **more: object) -> Facts:
    return {"value": value, "source": source, "confidence": "read", **more}


def test_the_catalogue_is_current(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build_catalog", monkeypatch)
    assert build.TARGET.read_text(encoding="utf-8") == build.build(shared / "facts")


def test_the_bundled_snapshot_is_current(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build_bundled", monkeypatch)
    shipped = {
        path.relative_to(BUNDLED).as_posix(): path.read_text(encoding="utf-8")
        for path in BUNDLED.rglob("*")
        if path.is_file()
    }
    assert shipped == build.build(shared / "facts")


def test_every_card_reads_and_says_where_it_was_read() -> None:
    assert len(CARDS) > 250
    for path in CARDS:
        text = path.read_text(encoding="utf-8")
        card = read_card(path.read_bytes(), path.parent.relative_to(BUNDLED).as_posix())
        assert card.problems == (), path
        body, _, about = text.partition("## About this card")
        assert "\n- " in about, path
        assert "licence" not in body, path
        for word in ("recalled", "general knowledge", "no set named", "mixtures.yaml"):
            assert word not in text, path


def test_the_manifest_leads_to_cards() -> None:
    manifest = json.loads((BUNDLED / "snapshot.json").read_text(encoding="utf-8"))
    assert manifest["name"] == "bundled"
    for old, new in manifest["renamed"].items():
        assert not (BUNDLED / old / "README.md").exists(), old
        assert (BUNDLED / new / "README.md").exists() or new in manifest["absent"], old
    for path, absence in manifest["absent"].items():
        assert Absence(absence["why"]) in {Absence.WITHDRAWN, Absence.NOT_IN_DIGEST}
        assert not (BUNDLED / path / "README.md").exists()


@pytest.mark.parametrize(
    ("dataset_id", "state"),
    [
        ("snli", LicenseState.CONFLICTING),
        ("multi_nli", LicenseState.EXPLICIT),
        ("asset", LicenseState.CONFLICTING),
        ("search_qa", LicenseState.NONE),
        ("flax-sentence-embeddings/stackexchange_xml", LicenseState.NONE),
        ("EleutherAI/pile", LicenseState.AMBIGUOUS),
        ("togethercomputer/RedPajama-Data-1T", LicenseState.NONE),
        ("HuggingFaceH4/ultrachat_200k", LicenseState.CONFLICTING),
        ("hltcoe/megawika", LicenseState.EXPLICIT),
        ("librispeech_asr", LicenseState.EXPLICIT),
    ],
)
def test_cards_support_the_state_their_facts_do(dataset_id: str, state: LicenseState) -> None:
    found = open_snapshot("bundled").fetch(RepoRef(RepoKind.DATASET, dataset_id))
    assert not isinstance(found, Absent)
    assert conclude_card(read_card(found.readme, found.path)).state is state


@pytest.mark.parametrize("dataset_id", ["eli5", "the_pile_books3", "defunct-datasets/eli5"])
def test_what_the_hub_withdrew_is_withdrawn(dataset_id: str) -> None:
    found = open_snapshot("bundled").fetch(RepoRef(RepoKind.DATASET, dataset_id))
    assert isinstance(found, Absent)
    assert found.why is Absence.WITHDRAWN


def test_the_first_model_shown_has_its_21_tags_and_its_total() -> None:
    path = BUNDLED / "models" / "sentence-transformers" / "all-MiniLM-L6-v2"
    card = read_card((path / "README.md").read_bytes(), "models/x")
    assert len(list(scalars(card.get("datasets")))) == 21
    assert "| **Total** | 1,170,060,424 |" in card.lines
    entries = json.loads((path / "data_config.json").read_text(encoding="utf-8"))
    assert sum(entry["lines"] for entry in entries) == 1_170_060_424


@pytest.mark.parametrize(
    ("value", "note", "expression", "nothing"),
    [
        ("MIT", None, "MIT", False),
        ("MIT (scripts)", None, None, False),
        ("MIT", "collection only", None, False),
        ("NONE (not released)", None, None, True),
        ("ODC-By-1.0 (earlier CC-BY-NC-2.0)", None, "ODC-By-1.0", False),
        ("CC-BY-NC-4.0 + OpenAI", None, "CC-BY-NC-4.0 AND LicenseRef-OpenAI-Terms", False),
        ("public domain", None, "LicenseRef-scancode-public-domain", False),
        ("per-file", None, None, False),
        ("Apache-2.0", "two records disagree", None, False),
    ],
)
def test_a_stated_license_is_read_for_the_whole_set_only(
    sourced: ModuleType, value: str, note: str | None, expression: str | None, nothing: bool
) -> None:
    more = {} if note is None else {"note": note}
    (reading,) = sourced.licenses({"creator_license": [fact(value, **more)]})
    assert (reading.expression, reading.nothing) == (expression, nothing)


def test_what_is_only_remembered_is_left_out(sourced: ModuleType) -> None:
    remembered = {"value": "MIT", "source": "x", "confidence": "recalled"}
    assert sourced.licenses({"creator_license": [remembered]}) == []
    assert sourced.values(remembered) == []
    assert sourced.sources(remembered, fact("x", "there", as_of="2025")) == ["there (2025)"]
    assert not sourced.verified({**remembered, "confidence": "read", "source": "general knowledge"})


@pytest.mark.parametrize(
    ("source", "dataset_id", "tagged"),
    [
        ("hub-2023/datasets/forum.md", "org/forum", "org/forum"),
        ("hub-2022/datasets/old/forum/README.md", "org/forum", None),
        ("hub-2023/datasets/copy_forum.md", "org/forum", "copy/forum"),
        ("hub-2023/datasets/elsewhere.md", "org/forum", None),
        ("hub-2023/datasets/squabble.md", "org/forum", "squabble"),
        ("https://huggingface.co/datasets/org/forum/tree/main", "org/forum", "org/forum"),
        ("a collection", "org/forum", "org/forum"),
    ],
)
def test_a_tag_belongs_to_the_card_it_was_read_in(
    sourced: ModuleType, source: str, dataset_id: str, tagged: str | None
) -> None:
    facts = {"hub_license": fact("mit", source), "aliases": ["copy/forum", "squabble"]}
    assert sourced.tagged_id(facts, dataset_id, {"renamed": {}}) == tagged


def test_another_size_of_a_model_takes_no_amounts(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = load("model_cards", monkeypatch)
    rows = [
        {**fact(None), "name": "Forum (7B)", "amount": 3, "unit": "trillion tokens"},
        {**fact(None), "name": "Forum, 9 languages", "amount": 2, "unit": "billion tokens"},
    ]
    model = {
        "model_id": "org/m-3b",
        "card_license": fact("mit"),
        "datasets_declared": fact([]),
        "declaration": "tag",
        "training_sets_in_prose": rows,
    }
    own = cards.model_card(model, "org/m-3b", [], {"not_sets": "^$"})
    assert "| Forum | 2,000,000,000 |" in own
    assert "7B" not in own
    other = cards.model_card(model, "org/m-7b", [], {"not_sets": "^$"})
    assert "2,000,000,000" not in other
    assert "Trained on Forum." in other
