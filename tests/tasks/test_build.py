"""What is shipped is what the scripts make from the facts."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from provenance.auditing.digested import license_of
from provenance.cards import read_card
from provenance.hub.interface import Absence, Absent
from provenance.hub.snapshot import open_snapshot
from provenance.licensing import tag_statements
from provenance.policy.rules import Rule, all_rules
from provenance.refs import RepoKind, RepoRef
from provenance.report.license import LicenseState, Meaning

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "src" / "provenance" / "hub" / "snapshots" / "bundled"
DOCS = ROOT / "docs" / "rules"
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


def test_the_schema_of_reports_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    build = load("build_schema", monkeypatch)
    assert build.TARGET.read_text(encoding="utf-8") == build.json_schema()


class TestOfThePolicy:
    @pytest.fixture
    def build(self, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        return load("build_policy_docs", monkeypatch)

    @pytest.mark.parametrize("rule", all_rules().values(), ids=lambda r: r.code)
    def test_a_page_is_in_step_with_its_rule(self, build: ModuleType, rule: Rule) -> None:
        assert (DOCS / f"{rule.code}.md").read_text("utf-8") == build.page(rule)

    def test_no_page_is_left_over_and_the_index_is_in_step(self, build: ModuleType) -> None:
        pages = {path.stem for path in DOCS.glob("*.md")} - {"README"}
        assert pages == set(all_rules())
        assert (DOCS / "README.md").read_text("utf-8") == build.index_page()

    def test_its_schema_is_current(self, build: ModuleType) -> None:
        assert (ROOT / "policies" / "schema.json").read_text("utf-8") == build.schema_text()

    def test_presets_ship_as_they_are_read(self, build: ModuleType) -> None:
        shipped = ROOT / "src" / "provenance" / "policy" / "read_presets.json"
        assert shipped.read_text("utf-8") == build.read_again()


def sources(value: object) -> list[dict[str, str]]:
    """Every ``source`` in a JSON value."""
    if isinstance(value, list):
        return [one for item in value for one in sources(item)]
    if not isinstance(value, dict):
        return []
    own = [value["source"]] if isinstance(value.get("source"), dict) else []
    return own + [one for item in value.values() for one in sources(item)]


def test_every_fact_says_where_it_was_read() -> None:
    digest = json.loads((BUNDLED / "facts.json").read_text(encoding="utf-8"))
    assert len(digest["repositories"]) > 1_800
    assert [p.name for p in sorted(BUNDLED.iterdir())] == ["facts.json", "snapshot.json"]
    for path, facts in digest["repositories"].items():
        listed = [x for k, v in facts.items() if k != "declared" for x in v]
        declared = facts.get("declared") or {}
        listed += [x for v in declared.values() for x in v]
        assert all("source" in fact for fact in listed), path
    for source in sources(digest):
        assert source["title"]
        assert not set(source) - {"title", "url", "date"}
        for word in ("recalled", "general knowledge", "mixtures.yaml"):
            assert word not in source["title"], source


def test_the_manifest_leads_to_facts() -> None:
    manifest = json.loads((BUNDLED / "snapshot.json").read_text(encoding="utf-8"))
    held = json.loads((BUNDLED / "facts.json").read_text(encoding="utf-8"))["repositories"]
    assert manifest["name"] == "bundled"
    for old, new in manifest["renamed"].items():
        assert old not in held, old
        assert new in held or new in manifest["absent"], old
    for path, absence in manifest["absent"].items():
        assert Absence(absence["why"]) is Absence.WITHDRAWN
        assert path not in held


@pytest.mark.parametrize(
    ("dataset_id", "state"),
    [
        ("snli", LicenseState.CONFLICTING),
        ("multi_nli", LicenseState.AMBIGUOUS),
        ("asset", LicenseState.CONFLICTING),
        ("search_qa", LicenseState.NONE),
        ("flax-sentence-embeddings/stackexchange_xml", LicenseState.NONE),
        ("EleutherAI/pile", LicenseState.AMBIGUOUS),
        ("togethercomputer/RedPajama-Data-1T", LicenseState.NONE),
        ("HuggingFaceH4/ultrachat_200k", LicenseState.CONFLICTING),
        ("hltcoe/megawika", LicenseState.EXPLICIT),
        ("librispeech_asr", LicenseState.EXPLICIT),
        ("facebook/pmd", LicenseState.AMBIGUOUS),
        ("HPLT/HPLT2.0_cleaned", LicenseState.EXPLICIT),
    ],
)
def test_facts_support_the_state_they_are_of(dataset_id: str, state: LicenseState) -> None:
    found = open_snapshot("bundled").fetch(RepoRef(RepoKind.DATASET, dataset_id))
    assert not isinstance(found, Absent)
    assert found.facts is not None
    assert license_of(found.facts, found.path).state is state


@pytest.mark.parametrize("dataset_id", ["eli5", "the_pile_books3", "defunct-datasets/eli5"])
def test_what_the_hub_withdrew_is_withdrawn(dataset_id: str) -> None:
    found = open_snapshot("bundled").fetch(RepoRef(RepoKind.DATASET, dataset_id))
    assert isinstance(found, Absent)
    assert found.why is Absence.WITHDRAWN


def test_the_first_model_shown_has_its_21_tags_and_its_total() -> None:
    ref = RepoRef(RepoKind.MODEL, "sentence-transformers/all-MiniLM-L6-v2")
    found = open_snapshot("bundled").fetch(ref)
    assert not isinstance(found, Absent)
    declared = found.facts.declared if found.facts else None
    assert declared is not None
    assert sum(s.declared_in == "front_matter" for s in declared.training_sets) == 21
    assert [t.value for t in declared.totals] == [1_170_060_424]
    entries = [a for s in declared.training_sets for a in s.amounts if a.unit == "lines"]
    assert sum(a.value for a in entries) == 1_170_060_424


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
    facts = load("model_facts", monkeypatch)
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
    added = {"not_sets": "^$"}
    own = facts.model_facts(model, "org/m-3b", [], added, frozenset())
    (named,) = own.declared.training_sets
    assert (named.name, [(a.unit, a.value) for a in named.amounts]) == ("Forum", [("tokens", 2e9)])
    other = facts.model_facts(model, "org/m-7b", [], added, frozenset())
    assert [(s.name, s.amounts) for s in other.declared.training_sets] == [
        ("Forum", ()),
        ("Forum", ()),
    ]
    assert other.licenses == (), "a license read in one card is not another's"


@pytest.mark.parametrize(
    ("text", "as_of", "title", "url", "date"),
    [
        (
            "hub-2023/datasets/org_forum.md", "2023",
            "card of org/forum", "https://huggingface.co/datasets/org/forum", "2023",
        ),
        (
            "org/model README.md", "2025 (a copy)",
            "README.md of org/model", "https://huggingface.co/org/model", "2025",
        ),
        (
            "https://github.com/a/b README.md @1f", None,
            "github.com/a/b, README.md @1f", "https://github.com/a/b", None,
        ),
        ("GitHub copy, index id 1", None, "GitHub copy, index id 1", None, None),
    ],
)  # fmt: skip
def test_a_recorded_source_becomes_title_address_and_date(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    as_of: str | None,
    title: str,
    url: str | None,
    date: str | None,
) -> None:
    found = load("fact_sources", monkeypatch).source_of(text, as_of, "org/forum")
    assert (found.title, found.url, found.date) == (title, url, date)


def test_records_of_one_dataset_that_disagree_speak_of_their_parts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = "https://huggingface.co/datasets/org/mix"
    records = [
        ("a", page, [{"license": "MIT License", "url": "https://x.org/l"}]),
        ("b", f"{page}/viewer/b", [{"license": "Unspecified", "url": "None"}]),
        ("c", "https://huggingface.co/datasets/org/one", [{"license": "CC BY 4.0", "url": None}]),
        ("d", None, [{"license": "CC BY 4.0", "url": None}]),
    ]
    path = tmp_path / "dpi.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"uid": uid, "hub_url": url, "license_audited": audited})
            for uid, url, audited in records
        )
    )
    found = load("audited_facts", monkeypatch).data_provenance(path)
    assert {k: [(f.expression, f.meaning, f.part) for f in v] for k, v in found.items()} == {
        "org/mix": [("MIT", "names", "a"), (None, "placeholder", "b")],
        "org/one": [("CC-BY-4.0", "names", None)],
    }
    assert found["org/mix"][0].source.url == "https://x.org/l"


def test_what_tasks_of_mteb_say_is_measured_against_tags(
    monkeypatch: pytest.MonkeyPatch, shared: Path
) -> None:
    """Of the same names with a tag among the labelled corpora, how often both name one license.

    Measured: 15 of 20. Most tasks are over copies (``mteb/imdb``) of what the tag speaks of.
    """
    audited = load("audited_facts", monkeypatch)
    corpus = shared / "corpus"
    agreed, compared = 0, 0
    for repo_id, facts in audited.mteb_tasks().items():
        named = {f.expression for f in facts if f.meaning == Meaning.NAMES}
        places = (corpus / year / "datasets" / repo_id.rpartition("/")[2].lower() / "README.md"
                  for year in ("hub-2022", "hub-2023"))  # fmt: skip
        card = next((path for path in places if path.exists()), None)
        if card is None or not named:
            continue
        tags = tag_statements(read_card(card.read_bytes(), repo_id))
        tagged = {s.expression for s in tags if s.meaning is Meaning.NAMES}
        compared += bool(tagged)
        agreed += bool(tagged & named)
    assert compared >= 20
    assert agreed / compared >= 0.75, f"{agreed} of {compared}"


@pytest.mark.parametrize(
    ("more", "declared"),
    [
        ({}, False),
        ({"no_declaration_confidence": "unverified: the whole card was not read"}, False),
        ({"no_declaration_confidence": "read (whole card)"}, True),
        ({"training_sets_in_prose": [{**fact(None), "name": "no set named"}]}, True),
        ({"datasets_declared": fact(["org/forum"])}, True),
    ],
)
def test_an_empty_tag_alone_does_not_say_that_nothing_is_named(
    monkeypatch: pytest.MonkeyPatch, more: Facts, declared: bool
) -> None:
    facts = load("model_facts", monkeypatch)
    assert facts.is_declared({"datasets_declared": fact([]), **more}) is declared
