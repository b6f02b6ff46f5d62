"""The walk and what is assembled from it, over a hub held in memory."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from tests.memory_hub import MemoryHub

from provenance.auditing.audit import audit_refs, gather_all
from provenance.auditing.examine import Examiner
from provenance.auditing.sets import NAMED_ONLY
from provenance.auditing.walk import Bounds
from provenance.catalog import load_catalog
from provenance.hub.interface import Absence, CardSource
from provenance.hub.snapshot import open_snapshot
from provenance.licensing import unresolved
from provenance.policy import load_policy
from provenance.policy.clarifications import Clarifications, Placed, evidence_sha256
from provenance.policy.model import Clarification
from provenance.refs import parse_repo
from provenance.report.coverage import MeasureKind, Reading
from provenance.report.facts import Facts
from provenance.report.finding import Verdict
from provenance.report.license import Cause, LicenseState, Standing
from provenance.report.lineage import EdgeKind
from provenance.report.training import DeclaredIn, TrainingSet

TODAY = datetime.date(2026, 1, 2)


def card(front: str = "", body: str = "") -> str:
    return f"---\n{front}\n---\n{body}\n"


def facts(hub: CardSource, subject: str = "org/model", bounds: Bounds | None = None) -> Facts:
    catalog = load_catalog()

    examiner = Examiner(hub, catalog)
    return gather_all([parse_repo(subject)], examiner, catalog, TODAY, bounds or Bounds())[0]


def by_name(found: Facts) -> dict[str, TrainingSet]:
    return {s.name: s for s in found.training_sets}


def test_sets_in_their_states() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [org/mit, org/unknown, org/gone, words of ours]"),
            "datasets/org/mit": card("license: mit"),
            "datasets/org/unknown": card("license: unknown"),
        }
    )
    found = facts(hub)
    states = {name: s.license.state for name, s in by_name(found).items()}
    assert states == {
        "org/mit": LicenseState.EXPLICIT,
        "org/unknown": LicenseState.NONE,
        "org/gone": LicenseState.UNRESOLVED,
        "words of ours": LicenseState.UNRESOLVED,
    }
    assert not found.undeclared
    direct = [c for c in found.coverage if c.headline]
    assert [(c.measure, c.low, c.high) for c in direct] == [(MeasureKind.DATASETS, 0.5, 0.75)]


_CITED = """# A model

It was trained on the dusty corpus (Meyer et al., 2021) and on
[other pages](https://zenodo.org/records/1).
"""


def test_what_is_lacking_and_what_was_not_examined_have_causes() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [org/gone, words of ours]", _CITED),
        }
    )
    found = facts(hub)
    causes = {name: s.license.cause for name, s in by_name(found).items()}
    assert causes.pop("org/gone") is Cause.NOT_FOUND_OR_PRIVATE
    assert causes.pop("words of ours") is Cause.NOT_LOCATABLE
    assert set(causes.values()) <= {Cause.OUTSIDE_SOURCES}
    assert not found.card_unread


def test_a_name_in_a_digest_is_not_all_that_its_publisher_says(tmp_path: Path) -> None:
    named = {"name": "words of ours", "declared_in": "prose", "source": {"title": "a page"}}
    held = {"models/org/model": {"declared": {"training_sets": [named]}}}
    data = json.dumps({"schema": "1", "repositories": held})
    (tmp_path / "facts.json").write_text(data, "utf-8")
    found = facts(open_snapshot(tmp_path))
    (one,) = found.training_sets
    assert (one.license.cause, one.license.standing) == (
        Cause.NOT_IN_DIGEST,
        Standing.NOT_EXAMINED,
    )
    assert found.card_unread


def test_an_undeclared_model_is_unknown() -> None:
    found = facts(MemoryHub({"models/org/model": card("license: mit", "# A model\n")}))
    assert found.undeclared
    assert all(c.fraction is None and c.high == 1.0 for c in found.coverage)


@pytest.mark.parametrize("why", list(Absence))
def test_an_absence_is_said_and_never_a_license(why: Absence) -> None:
    hub = MemoryHub(
        {"models/org/model": card("datasets: org/set")}, absent={"datasets/org/set": why}
    )
    (one,) = facts(hub).training_sets
    assert one.license.state is LicenseState.UNRESOLVED
    assert not one.resolved
    assert one.unresolved_reason
    node = next(n for n in facts(hub).lineage.nodes if n.key == "datasets/org/set")
    assert node.status == why.value


def test_a_failure_is_unreachable_and_no_absence() -> None:
    hub = MemoryHub(
        {"models/org/model": card("datasets: org/set")}, failing=frozenset({"datasets/org/set"})
    )
    found = facts(hub)
    assert found.training_sets[0].license.state is LicenseState.UNRESOLVED
    node = next(n for n in found.lineage.nodes if n.key == "datasets/org/set")
    assert node.status == "unreachable"
    assert any("could not be reached" in note.message for note in found.notes)


def test_a_subject_that_cannot_be_read_says_so() -> None:
    found = facts(MemoryHub({}, absent={"models/org/model": Absence.GATED}))
    assert found.subject.status == "gated"
    assert not found.undeclared
    assert found.license.state is LicenseState.UNRESOLVED


def test_renames_lead_to_one_node() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [old]"),
            "datasets/org/new": card("license: mit"),
        },
        renamed={"datasets/old": "org/new"},
    )
    found = facts(hub)
    (one,) = found.training_sets
    assert (one.id, one.aliases) == ("org/new", ("old",))
    node = next(n for n in found.lineage.nodes if n.id == "org/new")
    assert node.renamed_from == "old"


def test_sources_are_inherited_and_cycles_end() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: org/a"),
            "datasets/org/a": card("license: mit\nsource_datasets: [org/b, original]"),
            "datasets/org/b": card("source_datasets: 'extended|org/a'"),
        }
    )
    found = facts(hub)
    (one,) = found.training_sets
    assert one.license.state is LicenseState.EXPLICIT
    assert one.inherited_lacking
    assert one.derived_from == ("datasets/org/b",)
    kinds = {(e.source, e.target): e.kind for e in found.lineage.edges}
    assert kinds["datasets/org/b", "datasets/org/a"] is EdgeKind.DERIVED_FROM


def test_base_models_bring_their_sets() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: org/own\nbase_model: org/base"),
            "models/org/base": card("datasets: [org/old, org/own]\nbase_model: org/model"),
            "datasets/org/own": card("license: mit"),
            "datasets/org/old": card(""),
        }
    )
    found = facts(hub)
    assert [(s.name, s.via) for s in found.training_sets] == [
        ("org/own", ()),
        ("org/old", ("org/base",)),
    ]
    readings = {c.reading: c.fraction for c in found.coverage if c.measure is MeasureKind.DATASETS}
    assert readings == {Reading.DIRECT: 0.0, Reading.INHERITED: 0.5}


@pytest.mark.parametrize("base", ["org/missing", "org/silent", "a model in words"])
def test_an_unknown_base_opens_the_inherited_interval(base: str) -> None:
    hub = MemoryHub(
        {
            "models/org/model": card(f"datasets: org/own\nbase_model: {base}"),
            "models/org/silent": card("license: mit"),
            "datasets/org/own": card("license: mit"),
        }
    )
    inherited = [c for c in facts(hub).coverage if c.reading is Reading.INHERITED]
    assert all((c.low, c.high) == (0.0, 1.0) for c in inherited)


def test_bounds_are_kept_and_said() -> None:
    cards = {
        "models/org/model": card("datasets: [" + ",".join(f"org/s{i}" for i in range(9)) + "]")
    }
    cards |= {f"datasets/org/s{i}": card(f"source_datasets: org/t{i}") for i in range(9)}
    few = facts(MemoryHub(cards), bounds=Bounds(repositories=4))
    assert len(few.lineage.truncated) >= 6
    assert any("bound" in note.message for note in few.notes)
    assert sum(not s.resolved for s in few.training_sets) == 6
    shallow = facts(MemoryHub(cards), bounds=Bounds(depth=1))
    assert [k for k in shallow.lineage.truncated if k.startswith("datasets/org/t")]
    assert all(s.inherited_lacking for s in shallow.training_sets)


def test_sizes_come_from_the_card_then_from_the_hub() -> None:
    info = (
        "license: mit\ndataset_info:\n- config_name: a\n  splits:\n"
        "  - {name: train, num_examples: 10}\n  - {name: test, num_examples: 5}\n"
        "  dataset_size: 100\n- config_name: b\n  splits:\n  - {name: all, num_examples: 7}\n"
    )
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [org/stated, org/measured]"),
            "datasets/org/stated": card(info),
            "datasets/org/measured": card("license: mit"),
        },
        sizes={"datasets/org/measured": 50, "datasets/org/stated": 999},
    )
    sets = by_name(facts(hub))
    assert (sets["org/stated"].weight.rows, sets["org/stated"].weight.bytes) == (17, 100)
    assert (sets["org/measured"].weight.rows, sets["org/measured"].weight.bytes) == (None, 50)
    assert sets["org/measured"].weight.sources[0].path == "info.json"


def test_files_beside_the_card_are_read_and_trouble_said() -> None:
    hub = MemoryHub(
        {"models/org/model": card("license: mit")},
        files={
            "models/org/model": {
                "data_config.json": '[{"name": "forum/x.jsonl", "lines": 3}]',
                "data_mix.json": "{",
            }
        },
    )
    found = facts(hub)
    (one,) = found.training_sets
    assert (one.name, one.declared_in) == ("forum", (DeclaredIn.CONFIG,))
    assert any("data_mix.json was not read" in note.message for note in found.notes)


def test_a_license_file_named_in_words_is_read_without_a_listing() -> None:
    body = "\n## License\n\nSee the `LICENSE` file.\n"
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [org/a, org/b]"),
            "datasets/org/a": card("license: mit", body),
            "datasets/org/b": card("license: mit"),
        },
        files={
            f"datasets/org/{name}": {"LICENSE": "For research purposes only.\n"} for name in "ab"
        },
    )
    sets = by_name(facts(hub))
    assert sets["org/a"].license.state is LicenseState.CONFLICTING
    assert sets["org/b"].license.state is LicenseState.EXPLICIT


def test_a_dataset_is_its_own_set() -> None:
    hub = MemoryHub({"datasets/org/set": card("license: mit\nsource_datasets: org/other")})
    found = facts(hub, "datasets/org/set")
    (one,) = found.training_sets
    assert (one.id, one.license.concluded) == ("org/set", "MIT")
    assert one.inherited is Standing.NOT_EXAMINED
    assert not found.undeclared


def test_a_dataset_that_cannot_be_read_is_no_set_of_its_own() -> None:
    found = facts(MemoryHub({}), "datasets/org/gone")
    assert found.subject.status == "not_found"
    assert (found.training_sets, found.coverage) == ((), ())
    assert found.license.state is LicenseState.UNRESOLVED


def test_unreadable_front_matter_is_not_an_absent_license() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: org/set"),
            "datasets/org/set": "---\nlicense: [mit\n---\n",
        }
    )
    (one,) = facts(hub).training_sets
    assert one.license.state is LicenseState.UNRESOLVED
    assert not one.resolved


def test_the_number_of_workers_changes_nothing() -> None:
    cards = {
        "models/org/model": card("datasets: [" + ",".join(f"org/s{i}" for i in range(30)) + "]"),
        **{
            f"datasets/org/s{i}": card(f"license: mit\nsource_datasets: org/t{i % 7}")
            for i in range(30)
        },
        **{f"datasets/org/t{i}": card("license: cc") for i in range(7)},
    }
    assert facts(MemoryHub(cards), bounds=Bounds(jobs=1)) == facts(
        MemoryHub(cards), bounds=Bounds(jobs=16)
    )


def test_a_croissant_description_is_read_where_the_card_is_silent() -> None:
    description = (
        '{"conformsTo": "http://mlcommons.org/croissant/1.0",\n "license": "cc-by-4.0",\n'
        ' "isBasedOn": "https://huggingface.co/datasets/org/source",\n'
        ' "rai:personalSensitiveInformation": "none"}'
    )
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: org/set"),
            "datasets/org/set": card(""),
            "datasets/org/source": card("license: mit"),
        },
        files={"datasets/org/set": {"croissant.json": description}},
    )
    (one,) = facts(hub).training_sets
    assert (one.license.state, one.license.concluded) == (LicenseState.EXPLICIT, "CC-BY-4.0")
    assert one.license.statements[-1].evidence.path == "croissant.json"
    assert one.derived_from == ("datasets/org/source",)
    assert one.personal_data.documented == "stated"


def test_a_set_known_by_words_can_be_clarified() -> None:
    hub = MemoryHub({"models/org/model": card("datasets: [words of ours, other words]")})
    catalog = load_catalog()
    none = evidence_sha256(unresolved(NAMED_ONLY, Cause.NOT_LOCATABLE))
    ours = Clarification("named:words of ours", none, "a letter", "legal", license="MIT")
    examiner = Examiner(hub, catalog, Clarifications((Placed(ours, "provenance.yaml"),)))
    (found,) = gather_all([parse_repo("org/model")], examiner, catalog, TODAY)
    assert [(s.license.concluded, s.resolved) for s in found.training_sets] == [
        ("MIT", True),
        ("NOASSERTION", False),
    ]


def test_an_old_and_a_new_id_are_one_set() -> None:
    table = "\n## Training data\n\n| Dataset | Rows |\n|--|--|\n| New | 10 |\n| Other | 30 |\n"
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [old, org/new, org/other]", table),
            "datasets/org/new": card("license: mit"),
            "datasets/org/other": card(""),
        },
        renamed={"datasets/old": "org/new"},
    )
    found = facts(hub)
    assert [(s.id, s.weight.published) for s in found.training_sets] == [
        ("org/new", 10),
        ("org/other", 30),
    ]
    assert "old" in {found.training_sets[0].name, *found.training_sets[0].aliases}
    (headline,) = [c for c in found.coverage if c.headline]
    assert headline.fraction == 0.75
    assert headline.unknown == 0


CITED = "# Citation\n```\n@misc{%s,\n title={Owls}\n}\n```"


def test_what_cards_give_to_be_cited_is_carried() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [org/set, org/silent]", CITED % "model"),
            "datasets/org/set": card("license: mit", CITED % "set"),
            "datasets/org/silent": card("pretty_name: x"),
        },
        files={
            "datasets/org/silent": {
                "croissant.json": '{"@context": "http://mlcommons.org/croissant/1.0",\n'
                ' "citeAs": "@misc{silent, title={Owls}}"}'
            }
        },
    )
    found = facts(hub)
    assert [one.key for one in found.citations] == ["model"]
    sets = by_name(found)
    (cited,) = sets["org/set"].citations
    assert (cited.key, cited.evidence.repo, cited.evidence.line) == ("set", "datasets/org/set", 6)
    assert [one.key for one in sets["org/silent"].citations] == ["silent"]


def test_a_dataset_as_subject_carries_its_citation() -> None:
    found = facts(MemoryHub({"datasets/org/set": card("", CITED % "set")}), "datasets/org/set")
    assert found.training_sets[0].citations == found.citations != ()


def test_a_set_that_is_licensed_separately_does_not_lack_and_a_note_says_so(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "extends: [builtin:default@1]\nexceptions:\n"
        "  - {rules: [LIC003], subject: datasets/org/unknown, reason: licensed-separately,\n"
        "     accepts: {license: LicenseRef-acme}, comment: a contract, owner: legal,\n"
        "     expires: 2026-06-30}\n"
    )
    hub = MemoryHub(
        {
            "models/org/model": card("license: mit\ndatasets: [org/mit, org/unknown]"),
            "datasets/org/mit": card("license: mit"),
            "datasets/org/unknown": card("license: unknown"),
        }
    )
    by = load_policy("p.yaml", tmp_path)
    (report,) = audit_refs([parse_repo("org/model")], hub, by, as_of=TODAY)
    assert next(c.fraction for c in report.coverage if c.headline) == 0
    assert report.verdict is Verdict.PASS
    assert report.training_sets[1].license.state is LicenseState.NONE
    assert [n.message for n in report.notes if n.subject == "datasets/org/unknown"] == [
        "org/unknown counts as licensed: licensed separately under LicenseRef-acme, says legal, "
        "until 2026-06-30; its publisher states no explicit license"
    ]
    (late,) = audit_refs([parse_repo("org/model")], hub, by, as_of=datetime.date(2026, 7, 1))
    assert next(c.fraction for c in late.coverage if c.headline) == 0.5


def test_an_id_that_the_card_does_not_write_is_marked_as_the_tools_own() -> None:
    hub = MemoryHub(
        {
            "models/org/model": card("datasets: [old-name, org/mit]"),
            "datasets/org/new-name": card("license: mit"),
            "datasets/org/mit": card("license: mit"),
        },
        renamed={"datasets/old-name": "org/new-name"},
    )
    marks = {s.id: s.matched for s in facts(hub).training_sets}
    assert marks == {"org/new-name": "what old-name is called now", "org/mit": None}


def test_notices_link_to_the_hub_that_was_asked() -> None:
    cards = {
        "models/org/model": card("datasets: [org/data]"),
        "datasets/org/data": card("license: cc-by-4.0"),
    }
    for name, address in (
        ("https://hub.example.org/", "https://hub.example.org/datasets/org/data."),
        ("memory", "https://huggingface.co/datasets/org/data."),
    ):
        hub = MemoryHub(cards)
        hub.name = name
        ref = parse_repo("org/model")
        (report,) = audit_refs([ref], hub, load_policy("default"), as_of=TODAY)
        (owed,) = (f for f in report.findings if f.code == "LIC010")
        assert owed.help.endswith(address)
