"""CycloneDX ML-BOM, 1.6 and 1.7 (ECMA-424): the model, its data, licenses and what to mind.

Inline ``componentData`` has no license, so every dataset is a ``data`` component and the model
card refers to it (``modelParameters.datasets[].ref``). What has no field of its own is a property
under ``provenance:``.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from provenance.lineage import EdgeKind
from provenance.refs import is_repo_id
from provenance.render import words
from provenance.render.inventory import Item, document_uuid, inventory, timestamp
from provenance.render.page import Page
from provenance.report import Report
from provenance.serialize import Json, dump_json

_PREFIX = "provenance"


def render_1_6(report: Report, page: Page) -> str:
    """The report as CycloneDX 1.6 JSON."""
    return dump_json(_bom(report, "1.6"))


def render_1_7(report: Report, page: Page) -> str:
    """The report as CycloneDX 1.7 JSON."""
    return dump_json(_bom(report, "1.7"))


def _bom(report: Report, version: str) -> dict[str, Json]:
    items = inventory(report)
    root = report.lineage.root
    edges: dict[str, list[str]] = {key: [] for key in items}
    for edge in report.lineage.edges:
        if edge.target in items and edge.target not in edges.setdefault(edge.source, []):
            edges[edge.source].append(edge.target)
    subject = _component(items[root], report, version) if root in items else _bare(report)
    properties = [*_list(subject.get("properties")), *_measures(report)]
    subject["properties"] = properties
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{document_uuid(report)}",
        "version": 1,
        "metadata": {
            "timestamp": timestamp(report),
            "tools": {
                "components": [
                    {
                        "type": "application",
                        "name": report.tool.name,
                        "version": report.tool.version,
                    }
                ]
            },
            "component": subject,
            "properties": list(_facts(report)),
        },
        "components": [
            _component(item, report, version) for key, item in items.items() if key != root
        ],
        "dependencies": [
            {"ref": key, "dependsOn": list(targets)}
            for key, targets in edges.items()
            if key in items
        ],
        "annotations": list(_annotations(report, items)),
    }


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _bare(report: Report) -> dict[str, Json]:
    """The subject of a report whose lineage does not hold it."""
    return {"type": "data", "bom-ref": report.lineage.root, "name": report.subject.id}


def _component(item: Item, report: Report, version: str) -> dict[str, Json]:
    component: dict[str, Json] = {
        "type": "machine-learning-model" if item.model else "data",
        "bom-ref": item.key,
        "name": item.name,
    }
    if item.revision:
        component["version"] = item.revision
    licenses = _licenses(item, version)
    if licenses:
        component["licenses"] = licenses
    if item.model and is_repo_id(item.name):
        component["purl"] = _purl(item)
    if item.url:
        component["externalReferences"] = [{"type": "distribution", "url": item.url}]
    if item.model:
        trained: list[Json] = [
            {"ref": edge.target}
            for edge in report.lineage.edges
            if edge.source == item.key and edge.kind is EdgeKind.TRAINED_ON
        ]
        component["modelCard"] = {"modelParameters": {"datasets": trained}}
    else:
        component["data"] = [_data(item)]
    component["properties"] = list(_item_properties(item))
    return component


def _purl(item: Item) -> str:
    """Package URL of a Hub model (purl type ``huggingface``)."""
    version = f"@{quote(item.revision, safe='')}" if item.revision else ""
    return f"pkg:huggingface/{quote(item.name)}{version}"


def _licenses(item: Item, version: str) -> list[Json]:
    """Concluded as an expression; declared as names. 1.6 allows only one of the two."""
    concluded: list[Json] = []
    if item.license is not None:
        concluded = [{"expression": item.license, "acknowledgement": "concluded"}]
    names = [name for name in dict.fromkeys(item.declared) if name and name != "unknown"]
    declared: list[Json] = [
        {"license": {"name": name, "acknowledgement": "declared"}} for name in names
    ]
    return concluded + declared if version != "1.6" else concluded or declared


def _data(item: Item) -> dict[str, Json]:
    data: dict[str, Json] = {"type": "dataset", "name": item.name}
    if item.url:
        data["contents"] = {"url": item.url}
    personal = item.training_set.personal_data if item.training_set else None
    if personal and personal.categories:
        data["sensitiveData"] = list(personal.categories)
    return data


def _property(name: str, value: str) -> Json:
    return {"name": f"{_PREFIX}:{name}", "value": value}


def _item_properties(item: Item) -> Iterator[Json]:
    yield _property("license:state", item.state.value)
    yield _property("license:concluded", item.concluded)
    for name in item.declared:
        yield _property("license:declared", name)
    known = item.training_set
    if known is None:
        return
    yield _property("license:reason", known.license.reason)
    yield _property("role", known.role.value)
    for place in known.declared_in:
        yield _property("declared_in", place.value)
    for measure in known.weight.measures:
        yield _property(f"weight:{measure.unit}", words.count(measure.value))
    if known.unresolved_reason:
        yield _property("unresolved", known.unresolved_reason)
    for statement in known.license.statements:
        yield _property("license:evidence", words.place(statement.evidence, 40))


def _measures(report: Report) -> Iterator[Json]:
    for c in report.coverage:
        name = f"coverage:{c.measure.value}:{c.unit}:{c.reading.value}"
        yield _property(name, words.interval(c))
    yield _property("undeclared", "true" if report.undeclared else "false")


def _facts(report: Report) -> Iterator[Json]:
    yield _property("verdict", report.verdict.value)
    yield _property("policy", report.policy.name)
    yield _property("policy:sha256", report.policy.sha256)
    yield _property("source", words.source_words(report))
    yield _property("notice", words.footer(report))


def _annotations(report: Report, items: dict[str, Item]) -> Iterator[Json]:
    for finding in report.findings:
        about = [key for key in finding.subjects or (finding.subject,) if key in items]
        text = f"{finding.code} ({finding.severity.value}): {finding.message}"
        if finding.waiver is not None:
            text += f" [waived: {finding.waiver.reason}]"
        subjects: list[Json] = list(dict.fromkeys(about)) or [report.lineage.root]
        yield {
            "subjects": subjects,
            "annotator": {"component": {"type": "application", "name": report.tool.name}},
            "timestamp": timestamp(report),
            "text": text,
        }
