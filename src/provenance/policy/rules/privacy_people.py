"""GDPR rules (GDPR…): people who need more care, and who answers for the data."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.model import Policy
from provenance.policy.rules.documented import (
    about_people,
    documented_sets,
    has,
    hit,
    signal_hits,
)
from provenance.policy.rules.items import ancestors
from provenance.policy.rules.rule import Hit, On, RuleSection, declare
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.vocabulary.statuses import Status
from provenance.vocabulary.topics import Topic


@declare(
    "GDPR011",
    "children",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Data of children indicated",
    description="The card suggests that the set holds data of children.",
    basis="GDPR recital 38 and Art. 6(1)(f) (the interests of a child weigh more).",
    looks_at="Words on children's speech, texts and images in the card.",
    remedy="Check what the data holds and on which basis children's data may be used; "
    "weigh their interests first.",
)
def _children(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        yield from signal_hits(
            item, Topic.CHILDREN, "suggests data of children", "suggest data of children"
        )


@declare(
    "GDPR012",
    "transfer",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="Transfer to a third country mentioned",
    description="The card mentions that data goes to, or comes from, a country outside the EEA.",
    basis="GDPR Art. 44 to 49.",
    looks_at="Words on third countries, standard contractual clauses and adequacy.",
    remedy="Check on which ground of chapter V the data is transferred.",
)
def _transfer(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        yield from signal_hits(
            item,
            Topic.TRANSFER,
            "mentions a transfer to a third country",
            "mention a transfer to a third country",
        )


@declare(
    "GDPR013",
    "user_conversations",
    RuleSection.PRIVACY,
    Severity.WARNING,
    on=On.SETS,
    title="Conversations of users",
    description="The set holds conversations, posts, comments or other messages that people "
    "wrote to each other, to the public or to a service, so they are to be informed "
    "unless an exemption holds.",
    basis="GDPR Art. 14 and its exemptions in Art. 14(5), such as information that "
    "would take a disproportionate effort; recitals 61 and 62.",
    looks_at="Words on conversations, chats and messages of users in the card.",
    remedy="Check how the people concerned were informed and whether they agreed.",
)
def _user_conversations(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        yield from signal_hits(
            item,
            Topic.USER_CONVERSATIONS,
            "holds conversations or messages of users",
            "hold conversations or messages of users",
        )


@declare(
    "GDPR014",
    "gate_terms",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="Access terms bind whoever copies the data",
    description="Access to the set is under terms that bind whoever copies it, such as no "
    "re-identification or deletion on request.",
    basis="The terms themselves: a contract with whoever accepts them.",
    looks_at="`extra_gated_prompt` and fields, and terms in the card's text.",
    remedy="Carry the terms on to everybody who gets a copy.",
)
def _gate_terms(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        yield from signal_hits(
            item,
            Topic.GATE_TERMS,
            "has access terms that bind a copier",
            "have access terms that bind a copier",
        )


@declare(
    "GDPR015",
    "withdrawn_upstream",
    RuleSection.PRIVACY,
    Severity.WARNING,
    title="Withdrawn upstream",
    description="The set, or something it is made from, was withdrawn or taken down. A copy "
    "kept from before the removal may hold what others asked to have erased.",
    basis="GDPR Art. 17(2) and Art. 19.",
    looks_at="Status of sets and their sources on the Hub, moves to `defunct-datasets`, "
    "and words in the card.",
    remedy="Find out why it was withdrawn; do not train on copies from before the removal.",
)
def _withdrawn(facts: Facts, policy: Policy) -> Iterator[Hit]:
    nodes = {node.key: node for node in facts.lineage.nodes}
    for item in facts.training_sets:
        node = nodes.get(item.key)
        moved = item.id is not None and item.id.startswith("defunct-datasets/")
        if moved or (node is not None and node.status is Status.WITHDRAWN):
            yield hit(item, "was withdrawn upstream", "were withdrawn upstream")
        else:
            yield from signal_hits(
                item, Topic.WITHDRAWN, "says that it was taken down", "say they were taken down"
            )
    for child, parent, evidence in ancestors(facts):
        if parent.status is Status.WITHDRAWN or parent.id.startswith("defunct-datasets/"):
            yield Hit(
                subject=child.key,
                name=child.id,
                message=f"{child.id} is made from {parent.id}, which was withdrawn",
                together="are made from something that was withdrawn",
                evidence=evidence,
                key="source",
            )


@declare(
    "GDPR016",
    "no_retention",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="No retention or update policy",
    description="The set is about people and the card says nothing on how long it is kept, or "
    "whether it is updated when people object.",
    basis="GDPR Art. 5(1)(d) and (e).",
    looks_at="Words on retention, updates and maintenance in the card.",
    remedy="Ask the publisher to document it in the dataset card.",
)
def _no_retention(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        concerned = about_people(item)
        if concerned and not has(item, Topic.RETENTION):
            yield hit(
                item,
                "is about people and states no retention or update policy",
                "are about people and state no retention or update policy",
                (concerned[0].evidence,),
            )


@declare(
    "GDPR017",
    "no_controller",
    RuleSection.PRIVACY,
    Severity.NOTE,
    on=On.SETS,
    title="No identifiable controller",
    description="The set is about people and the card names nobody who made it or answers "
    "for it. The publisher of a set need not be the controller of what is done with it.",
    basis="GDPR Art. 4(7) and Art. 14(1)(a).",
    looks_at="Curators, authors, contacts and citations in the card.",
    remedy="Ask the publisher to document it in the dataset card.",
)
def _no_controller(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        concerned = about_people(item)
        if concerned and not has(item, Topic.CONTROLLER, Topic.CONTACT):
            yield hit(
                item,
                "is about people and names nobody who answers for it",
                "are about people and name nobody who answers for them",
                (concerned[0].evidence,),
            )
