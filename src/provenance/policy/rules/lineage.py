"""Lineage rules (LIN…): what of the lineage could not be followed."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.model import Policy
from provenance.policy.rules.items import listed
from provenance.policy.rules.remedies import remedy_for
from provenance.policy.rules.rule import Hit, RuleSection, declare
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseState
from provenance.report.lineage import EdgeKind, Node, NodeKind
from provenance.vocabulary.statuses import Status

_NOT_SAVED = "Run the audit against the Hub, or check the name: the snapshot does not hold it."


def _bases(facts: Facts) -> Iterator[tuple[Node, tuple[Evidence, ...]]]:
    """Models that something was made from, each once, with where that is stated."""
    nodes = {node.key: node for node in facts.lineage.nodes}
    seen = set()
    for edge in facts.lineage.edges:
        if edge.kind is EdgeKind.FINETUNED_FROM and edge.target not in seen:
            seen.add(edge.target)
            if edge.target in nodes:
                yield nodes[edge.target], edge.evidence


@declare(
    "LIN001",
    "unresolved_base",
    RuleSection.LINEAGE,
    Severity.INCOMPLETE,
    title="Base model cannot be examined",
    description="The subject was made from a model that is not found or private, gated, withdrawn "
    "or named only in words. What that model was trained on is unknown, and part of the lineage.",
    basis="Unknown is never a pass; Regulation (EU) 2024/1689 recital 109 (the duty "
    "of whoever modifies a model is limited to the modification, so the base's provider "
    "answers for the rest).",
    looks_at="`finetuned_from` steps of the lineage and the status of their targets.",
    remedy="Name the base model by its Hub id in the card (`base_model:`) or give access to it.",
    floor=Severity.INCOMPLETE,
)
def _unresolved_base(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for node, evidence in _bases(facts):
        if node.status is not Status.FOUND:
            named = node.kind is NodeKind.NAMED
            why = node.why
            if named:
                why = "it is named only in words"
            yield Hit(
                subject=node.key,
                name=node.id,
                message=f"base model {node.id} cannot be examined: {why}",
                together="base models cannot be examined",
                evidence=evidence,
                remedy="" if named else remedy_for(node.license),
            )


@declare(
    "LIN002",
    "undeclared_base",
    RuleSection.LINEAGE,
    Severity.INCOMPLETE,
    title="Base model names no training data",
    description="The subject was made from a model that names no training data and no base model "
    "of its own, so part of what it learnt from is unknown.",
    basis="Unknown is never a pass; Regulation (EU) 2024/1689 Art. 53(1)(d).",
    looks_at="The cards of base models.",
    remedy="Ask the publisher of the base model to name its training data.",
    floor=Severity.INCOMPLETE,
)
def _undeclared_base(facts: Facts, policy: Policy) -> Iterator[Hit]:
    made = {e.source for e in facts.lineage.edges if e.kind is EdgeKind.FINETUNED_FROM}
    for node, evidence in _bases(facts):
        if node.status is Status.FOUND and node.undeclared and node.key not in made:
            yield Hit(
                subject=node.key,
                name=node.id,
                message=f"base model {node.id} names no training data",
                together="base models name no training data",
                evidence=evidence,
            )


@declare(
    "LIN003",
    "truncated",
    RuleSection.LINEAGE,
    Severity.INCOMPLETE,
    title="Lineage not followed to its end",
    description="A bound of the walk (depth or number of repositories) was reached before the "
    "lineage ended.",
    basis="Unknown is never a pass.",
    looks_at="What the walk skipped.",
    remedy="Raise --max-depth or --max-repositories and run the audit again.",
    floor=Severity.INCOMPLETE,
)
def _truncated(facts: Facts, policy: Policy) -> Iterator[Hit]:
    skipped = facts.lineage.truncated
    if skipped:
        root = facts.lineage.root
        message = f"{len(skipped)} repositories were not followed: {listed(list(skipped))}"
        yield Hit(subject=root, name=facts.subject.id, message=message)


@declare(
    "LIN004",
    "subject_not_examined",
    RuleSection.LINEAGE,
    Severity.INCOMPLETE,
    title="The subject cannot be examined",
    description="The subject itself is not found or private, gated, withdrawn or was not reached.",
    basis="Unknown is never a pass.",
    looks_at="What the source of cards answered for the subject.",
    remedy="Check the name and revision, give access (HF_TOKEN), or run the audit again.",
    floor=Severity.INCOMPLETE,
)
def _subject(facts: Facts, policy: Policy) -> Iterator[Hit]:
    status = facts.subject.status
    if status is not Status.FOUND:
        root = facts.lineage.root
        why = status.words
        yield Hit(
            subject=root,
            name=facts.subject.id,
            message=f"{facts.subject.id} cannot be examined: {why}",
            remedy=_NOT_SAVED if status is Status.NOT_IN_SNAPSHOT else None,
        )


@declare(
    "LIN005",
    "unresolved_source",
    RuleSection.LINEAGE,
    Severity.WARNING,
    title="Source of a set cannot be examined",
    description="A training set says that it is made from something that cannot be examined, so "
    "terms inherited from there are unknown.",
    basis="Longpre et al. 2023 on licenses lost when data is repackaged.",
    looks_at="`derived_from` steps of the lineage and the status of their targets.",
    remedy="Look at the source's own terms; a clarification can record them.",
)
def _unresolved_source(facts: Facts, policy: Policy) -> Iterator[Hit]:
    nodes = {node.key: node for node in facts.lineage.nodes}
    for edge in facts.lineage.edges:
        child, parent = nodes.get(edge.source), nodes.get(edge.target)
        if edge.kind is not EdgeKind.DERIVED_FROM or child is None or parent is None:
            continue
        if parent.license_state is LicenseState.UNRESOLVED and parent.status is not Status.FOUND:
            yield Hit(
                subject=child.key,
                name=child.id,
                message=f"{child.id} is made from {parent.id}, which cannot be examined",
                together="are made from something that cannot be examined",
                evidence=edge.evidence,
            )


@declare(
    "LIN006",
    "disputed_base",
    RuleSection.LINEAGE,
    Severity.WARNING,
    title="The card names two different base models",
    description="The front matter's `base_model` and the card's text say that the model was made "
    "from different models. Licenses and training data are followed from the front matter's.",
    basis="Regulation (EU) 2024/1689 recital 109: what a model was made from is part of its "
    "documentation.",
    looks_at="`base_model` and tags in the front matter beside labels, tables and sentences.",
    remedy="Ask the publisher which one holds and correct the other place.",
)
def _disputed_base(facts: Facts, policy: Policy) -> Iterator[Hit]:
    bases = facts.bases_in_dispute
    if bases:
        message = f"the card names different base models: {listed([name for name, _ in bases])}"
        places = tuple(evidence for _, evidence in bases)
        yield Hit(
            subject=facts.lineage.root, name=facts.subject.id, message=message, evidence=places
        )


@declare(
    "LIN008",
    "disputed_data",
    RuleSection.LINEAGE,
    Severity.WARNING,
    title="Front matter and text disagree about the training data",
    description="The front matter's `datasets` lists a set, and the card's text says that it was "
    "not trained on, or links other sets and has no word of it. A set that the text denies is not "
    "counted; one that it only leaves out is.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d): what a model was trained on is made public.",
    looks_at="`datasets` in the front matter beside sentences and links of the card.",
    remedy="Ask the publisher which one holds and correct the other place.",
)
def _disputed_data(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for disputed in facts.disputed_data:
        says = (
            f"the front matter lists {disputed.name} and the text says that it was not trained on"
            if disputed.denied
            else f"the front matter lists {disputed.name} and the text names other training data"
        )
        places = (disputed.listed, disputed.against)
        yield Hit(
            subject=facts.lineage.root,
            name=facts.subject.id,
            message=says,
            evidence=places,
            key=disputed.name,
        )
