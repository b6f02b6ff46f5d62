"""Everything a report speaks of as one list: what bills of materials are written from."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from provenance.frozen import frozen
from provenance.render import links
from provenance.report.evidence import excerpt
from provenance.report.license import (
    NOASSERTION,
    NONE,
    LicenseConclusion,
    LicenseState,
    LicenseStatement,
    Meaning,
    Scope,
)
from provenance.report.lineage import Node, NodeKind
from provenance.report.report import Report
from provenance.report.serialize import to_json
from provenance.report.training import EvaluationSet, TrainingSet
from provenance.vocabulary.keys import PUBLIC_HUB

READ = "found"
_LONGEST = 120


@frozen
class Item:
    """One model or dataset of the report."""

    key: str
    """Node key; unique in the list. ``evaluation:…`` for what is only tested on."""
    model: bool
    name: str
    """Hub id; the declared name where the id is a guess or not known."""
    revision: str | None
    url: str | None
    """Its page on the Hub; ``None`` unless it was seen there and its identity is certain."""
    purl: str | None
    """Package URL of a model, under the same conditions."""
    status: str
    """The node's: ``found``, ``named``, ``not_in_snapshot`` …"""
    gated: bool | None
    state: LicenseState
    declared: tuple[str, ...]
    concluded: str
    conclusion: LicenseConclusion | None
    """With its statements; ``None`` for what was not looked up."""
    training_set: TrainingSet | None
    """What is known beyond the lineage; ``None`` for models and for sources of sets."""
    guessed: str | None = None
    """The id that the name was taken for, where that is a guess."""
    undeclared: bool = False
    """A model of which a card, or another source, was read and names no training data."""
    tested: bool = False
    """The subject is tested on it."""

    @property
    def license(self) -> str | None:
        """The concluded expression; ``None`` when nothing can be concluded."""
        return None if self.concluded in {NONE, NOASSERTION} else self.concluded

    @property
    def read(self) -> bool:
        """Whether its card was read."""
        return self.status == READ

    @property
    def status_words(self) -> str:
        """The status for people."""
        return self.status.replace("_", " ")

    @property
    def owner(self) -> str | None:
        """The Hub account that publishes it; ``None`` for what was not seen on the Hub."""
        head, slash, _ = self.name.partition("/")
        return head if slash and self.url else None


def inventory(report: Report) -> dict[str, Item]:
    """All things by key: the subject, then in the order of their keys, then evaluation sets."""
    sets = {s.key: s for s in report.training_sets}
    root = report.lineage.root
    items: dict[str, Item] = {}
    for node in sorted(report.lineage.nodes, key=lambda n: (n.key != root, n.key)):
        items[node.key] = _reached(report, node, sets.pop(node.key, None))
    for key, known in sets.items():
        items[key] = _declared(report, key, known)
    for tested in report.evaluation_sets:
        key = tested.key
        if key in items:
            items[key] = replace(items[key], tested=True)
        else:
            items[f"evaluation:{key}"] = _tested(f"evaluation:{key}", tested)
    return items


def _reached(report: Report, node: Node, training_set: TrainingSet | None) -> Item:
    conclusion = node.license if training_set is None else training_set.license
    if node.key == report.lineage.root:
        conclusion = report.license
    guess = training_set is not None and training_set.guess
    seen = node.status in {READ, "gated"} and not guess
    model = node.kind is NodeKind.MODEL
    url = links.repository_url(report, node.key) if seen else None
    return Item(
        key=node.key,
        model=model,
        name=training_set.name if training_set is not None and guess else node.id,
        revision=None if guess else node.revision,
        url=url,
        purl=_purl(report, node) if url and model else None,
        status=node.status,
        gated=node.gated,
        state=conclusion.state,
        declared=conclusion.declared,
        concluded=conclusion.concluded,
        conclusion=conclusion,
        training_set=training_set,
        guessed=node.id if guess else None,
        undeclared=node.undeclared,
    )


def _declared(report: Report, key: str, known: TrainingSet) -> Item:
    """A set that the lineage does not hold."""
    seen = known.resolved and not known.guess
    return Item(
        key=key,
        model=False,
        name=known.name if known.guess else known.id or known.name,
        revision=None if known.guess else known.revision,
        url=links.dataset_url(report, known.id) if seen else None,
        purl=None,
        status=READ if known.resolved else "unresolved",
        gated=None,
        state=known.license.state,
        declared=known.license.declared,
        concluded=known.license.concluded,
        conclusion=known.license,
        training_set=known,
        guessed=known.id if known.guess else None,
    )


def _tested(key: str, tested: EvaluationSet) -> Item:
    """A set that is named for evaluation only: it is not looked up."""
    return Item(
        key=key,
        model=False,
        name=tested.id or tested.name,
        revision=None,
        url=None,
        purl=None,
        status="not_followed",
        gated=None,
        state=LicenseState.UNRESOLVED,
        declared=(),
        concluded=NOASSERTION,
        conclusion=None,
        training_set=None,
        tested=True,
    )


def _purl(report: Report, node: Node) -> str:
    """Package URL (ECMA-427, type ``huggingface``), with the endpoint where it is another."""
    version = f"@{quote(node.revision.lower(), safe='')}" if node.revision else ""
    endpoint = links.hub(report)
    elsewhere = "" if endpoint == PUBLIC_HUB else f"?repository_url={quote(endpoint, safe=':/')}"
    return f"pkg:huggingface/{quote(node.id)}{version}{elsewhere}"


def observed(item: Item) -> Iterator[tuple[str, LicenseStatement]]:
    """Every license that some place names for the thing or a part of it, once each.

    Terms that narrow use in words stand as those words, cut to a line; what only points elsewhere
    or reserves rights names nothing and is left out.
    """
    seen = set()
    for statement in item.conclusion.statements if item.conclusion else ():
        if statement.scope in {Scope.CODE, Scope.UPSTREAM}:
            continue
        words = excerpt(statement.raw, _LONGEST) if statement.meaning is Meaning.RESTRICTS else ""
        shown = statement.expression or words
        if shown and shown not in seen:
            seen.add(shown)
            yield shown, statement


def license_sentence(item: Item) -> str:
    """What is known of the license and why, in one or two sentences."""
    if not item.read and item.conclusion is None:
        return f"Not read ({item.status_words}): nothing is known of its license."
    reason = item.conclusion.reason if item.conclusion else ""
    state = f"License {item.state.value}{f': {reason}' if reason else ''}."
    if item.declared:
        return f"{state} Declared: {', '.join(item.declared)}."
    if item.read:
        return f"{state} Its license tag declares nothing."
    return f"{state} Its card was not read ({item.status_words})."


def document_uuid(report: Report) -> str:
    """A UUID that equal reports share: version 5 (RFC 9562) of the report's SHA-256."""
    digest = hashlib.sha256(to_json(report).encode("utf-8")).hexdigest()
    return str(uuid.uuid5(uuid.NAMESPACE_OID, digest))


def timestamp(report: Report) -> str:
    """The report's date as an instant (RFC 3339, UTC)."""
    return f"{report.as_of}T00:00:00Z"
