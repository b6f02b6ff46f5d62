"""What license and privacy rules look at, one by one: sets, their sources, the subject itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.frozen import frozen
from provenance.policy.model import Policy
from provenance.policy.rules.rule import Hit
from provenance.report.evidence import Evidence
from provenance.report.facts import Facts
from provenance.report.license import (
    LicenseConclusion,
    Origin,
    names_symbol,
    rank_of,
    statement_behind,
)
from provenance.report.lineage import EdgeKind, Node
from provenance.report.training import Role, TrainingSet
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.statuses import Status


@frozen
class Licensed:
    """One thing whose license is held against the policy."""

    key: str
    name: str
    license: LicenseConclusion
    role: Role | None
    """``None``: the subject itself."""
    weight: float
    evidence: tuple[Evidence, ...]
    """Where it is declared; used where its license has no statement of its own."""


def bare_name(item: TrainingSet) -> str:
    """The set's name where its id ends in it, else its id."""
    return item.name if item.id is None or item.id.endswith(item.name) else item.id


def set_marks(item: TrainingSet) -> list[str]:
    """What to say beside the name: that the subject does not write the id, and the way to it."""
    marks = []
    if item.id is not None and bare_name(item) == item.id != item.name:
        marks = ["a guess"] if item.guess else ["matched"] if item.matched else []
    return marks + ([f"through {item.via[-1]}"] if item.via else [])


def set_name(item: TrainingSet) -> str:
    """Name for a reader, with what is to be said beside it."""
    marks = set_marks(item)
    return f"{bare_name(item)} ({', '.join(marks)})" if marks else bare_name(item)


def set_weight(item: TrainingSet) -> float:
    """What several sets are ordered by: published weight, else rows; own sets before others."""
    weight = item.weight.published if item.weight.published is not None else item.weight.rows
    return (weight or 0.0) if not item.via else -1.0


def set_items(facts: Facts) -> Iterator[Licensed]:
    """The training sets."""
    for item in facts.training_sets:
        yield Licensed(
            item.key, set_name(item), item.license, item.role, set_weight(item), item.evidence
        )


def subject_item(facts: Facts) -> Licensed | None:
    """The subject's own license; ``None`` for a dataset (it is its own set) or an absent one."""
    if facts.subject.kind != "model" or facts.subject.status is not Status.FOUND:
        return None
    return Licensed(
        facts.lineage.root, f"the model {facts.subject.id}", facts.license, None, float("inf"), ()
    )


def is_second_hand(item: Licensed) -> bool:
    """Whether facts of a digest or of the catalogue stand for what its publisher says."""
    statements = item.license.statements
    return bool(statements) and all(
        s.evidence.source is not None or s.origin is Origin.CATALOG for s in statements
    )


def licensed_items(facts: Facts, policy: Policy) -> Iterator[Licensed]:
    """The training sets and, where the policy checks it, the subject's own license."""
    yield from set_items(facts)
    subject = subject_item(facts) if policy.check_subject else None
    if subject is not None:
        yield subject


def license_evidence(
    item: Licensed, symbols: Iterable[str] = (), terms: Iterable[Restriction] = ()
) -> tuple[Evidence, ...]:
    """Where its license says what a finding claims, else the first place that declares the thing.

    Args:
        item: what the finding is about.
        symbols: licenses that the finding names; each is quoted where a statement names it.
        terms: terms that it names; each is quoted where a statement has it.

    Where nothing of the kind is stated, the statement that the state rests on.

    """
    ranked = sorted(item.license.statements, key=rank_of)
    statements = [next((s for s in ranked if names_symbol(s, symbol)), None) for symbol in symbols]
    statements += [next((s for s in ranked if term in s.restrictions), None) for term in terms]
    places = tuple(dict.fromkeys(s.evidence for s in statements if s is not None))
    return places or statement_evidence(item.license, item.evidence)


def statement_evidence(
    license_: LicenseConclusion, declared: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """The statement that a state rests on, else where the thing is declared."""
    best = statement_behind(license_)
    return declared[:1] if best is None else (best.evidence,)


def license_hit(
    item: Licensed,
    says: str,
    together: str,
    key: str = "",
    *,
    symbols: Iterable[str] = (),
    terms: Iterable[Restriction] = (),
) -> Hit:
    """A hit on one licensed thing: ``says`` follows its name in a sentence.

    ``symbols`` and ``terms`` are those that it speaks of; their statements are its evidence.
    """
    return Hit(
        subject=item.key,
        name=item.name,
        message=f"{item.name} {says}",
        together=together,
        evidence=license_evidence(item, symbols, terms),
        key=key,
        weight=item.weight,
    )


def ancestors(facts: Facts) -> Iterator[tuple[Node, Node, tuple[Evidence, ...]]]:
    """Each dataset or model with each of its parents, and where the step is stated.

    Pairs ``(child, parent, evidence)`` over ``derived_from`` and ``finetuned_from``, sorted.
    """
    nodes = {node.key: node for node in facts.lineage.nodes}
    for edge in facts.lineage.edges:
        if edge.kind is EdgeKind.TRAINED_ON:
            continue
        child, parent = nodes.get(edge.source), nodes.get(edge.target)
        if child is not None and parent is not None:
            yield child, parent, edge.evidence


def listed(names: list[str], shown: int = 4) -> str:
    """Names in a sentence: the first few, and how many more."""
    more = len(names) - shown
    text = ", ".join(names[:shown])
    return f"{text} and {more} more" if more > 0 else text
