"""Bills of materials: valid by their schemas, and read back by libraries not written here."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_python_model import v3_0_1 as spdx
from tests.render import factory
from tests.render.golden import assert_golden

from provenance.render import FORMATS, Page
from provenance.render.inventory import document_uuid, inventory, timestamp
from provenance.report import Report

MAKERS = [factory.report, factory.undeclared, factory.passing, factory.hostile]
VERSIONS = {"cyclonedx": SchemaVersion.V1_6, "cyclonedx-1.7": SchemaVersion.V1_7}


def _text(name: str, report: Report) -> str:
    return FORMATS[name](report, Page())


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("name", VERSIONS)
def test_cyclonedx_is_valid(name: str, make: Callable[[], Report]) -> None:
    problem = JsonStrictValidator(VERSIONS[name]).validate_str(_text(name, make()))
    assert problem is None, str(problem)[:2000]


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
    assert "CC-BY-SA-3.0" in {getattr(entry, "value", None) for entry in wiki.licenses}
    talk = {p.name: p.value for p in _component(bom, "example-lab/forum-talk").properties}
    assert talk["provenance:license:state"] == "none"
    refs = {d.ref.value: len(d.dependencies) for d in bom.dependencies}
    assert refs[factory.CARD] == 8


def test_cyclonedx_links_the_model_card_to_its_data() -> None:
    bom = json.loads(_text("cyclonedx", factory.report()))
    card = bom["metadata"]["component"]["modelCard"]["modelParameters"]["datasets"]
    known = {component["bom-ref"] for component in bom["components"]}
    assert {entry["ref"] for entry in card} <= known
    assert len(card) == 7
    conflict = [a for a in bom["annotations"] if a["text"].startswith("license-conflict")]
    assert conflict[0]["subjects"] == ["datasets/stanford-ish/inference-pairs"]


def test_cyclonedx_names_a_model_by_package_url() -> None:
    bom = json.loads(_text("cyclonedx", factory.report()))
    subject = bom["metadata"]["component"]
    assert subject["purl"] == f"pkg:huggingface/example-lab/sentence-owl@{factory.DATA_SHA}"


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


def test_a_date_that_is_none_is_not_passed_on() -> None:
    assert timestamp(factory.report()) == "2026-11-23T00:00:00Z"
    assert timestamp(factory.hostile()) == "1970-01-01T00:00:00Z"


def test_what_the_lineage_lacks_is_listed_still() -> None:
    base = factory.report()
    bare = replace(base, lineage=replace(base.lineage, nodes=()))
    assert [item.name for item in inventory(bare).values()] == [
        s.id or s.name for s in base.training_sets
    ]
    bom = json.loads(_text("cyclonedx", bare))
    assert bom["metadata"]["component"]["name"] == "example-lab/sentence-owl"
