"""What privacy and transparency rules share: sets whose card was read, and their signals."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.rules.items import set_name, set_weight
from provenance.policy.rules.rule import Hit
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.training import Signal, TrainingSet
from provenance.vocabulary.topics import AFFIRMED, Topic

_ABOUT_PEOPLE = frozenset(
    topic.value
    for topic in (
        Topic.SPECIAL_CATEGORY,
        Topic.CRIMINAL,
        Topic.IDENTIFYING_COLUMN,
        Topic.PEOPLE_MEDIA,
        Topic.CHILDREN,
        Topic.USER_CONVERSATIONS,
    )
)


def documented_sets(facts: Facts) -> Iterator[TrainingSet]:
    """The sets whose card was read: of the others nothing can be said here."""
    return (item for item in facts.training_sets if item.personal_data.documented != "unknown")


def signals_of(item: TrainingSet, topic: Topic) -> tuple[Signal, ...]:
    """The signals that affirm one topic, in the order of the card."""
    wanted = topic.value
    return tuple(
        s for s in item.personal_data.signals if s.topic == wanted and s.status in AFFIRMED
    )


def has(item: TrainingSet, *topics: Topic) -> bool:
    """Whether the card affirms one of the topics; a mention that denies it does not."""
    wanted = {topic.value for topic in topics}
    return any(
        signal.topic in wanted and signal.status in AFFIRMED
        for signal in item.personal_data.signals
    )


def about_people(item: TrainingSet) -> tuple[Signal, ...]:
    """Signals that the set is about people; what the card states comes first.

    Empty where the card says that there is no personal data.
    """
    data = item.personal_data
    if data.statement == "none":
        return ()
    indicated = tuple(s for s in data.signals if s.topic in _ABOUT_PEOPLE and s.status in AFFIRMED)
    if data.statement == "contains" and data.evidence:
        return (Signal("personal-data", "documented", "", data.evidence[-1]), *indicated)
    return indicated


def hit(
    item: TrainingSet,
    says: str,
    together: str,
    evidence: tuple[Evidence, ...] = (),
    key: str = "",
) -> Hit:
    """A hit on one set: ``says`` follows its name in a sentence."""
    name = set_name(item)
    where = evidence or item.evidence[:1]
    return Hit(
        subject=item.key,
        name=name,
        message=f"{name} {says}",
        together=together,
        evidence=where,
        key=key,
        weight=set_weight(item),
    )


def signal_hits(item: TrainingSet, topic: Topic, says: str, together: str) -> Iterator[Hit]:
    """One hit when the card has a signal of the topic, with the places of all of them."""
    signals = signals_of(item, topic)
    if signals:
        yield hit(item, says, together, tuple(s.evidence for s in signals), topic.value)
