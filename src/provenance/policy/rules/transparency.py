"""EU AI Act rules (AIA…): what a public summary of training content needs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from provenance.policy.model import Policy
from provenance.policy.rules.documented import (
    documented_sets,
    has,
    hit,
    signals_of,
)
from provenance.policy.rules.rule import Hit, On, RuleSection, declare
from provenance.privacy.general_purpose import OTHER
from provenance.report.facts import Facts
from provenance.report.finding import Severity
from provenance.report.lineage import EdgeKind
from provenance.vocabulary.statuses import Status
from provenance.vocabulary.topics import Topic

_THERE = frozenset({Status.FOUND, Status.NOT_IN_DIGEST})
"""Of what a digest holds no fact on, nobody has looked whether it can be resolved."""


@declare(
    "AIA001",
    "no_training_data",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.MODELS,
    title="No training data declared",
    description="The model names no training data at all, so no summary of the content used "
    "for training can be drawn up from what it documents.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content (July 2025).",
    looks_at="Every place where a card or the files beside it name training data.",
    remedy="Name the training data in the card (`datasets:`) or publish the summary.",
)
def _none_declared(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if facts.undeclared and facts.subject.kind == "model" and not facts.card_unread:
        yield Hit(
            subject=facts.lineage.root,
            name=facts.subject.id,
            message=f"{facts.subject.id} declares no training data",
        )


@declare(
    "AIA002",
    "unresolved_content",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    title="Content that cannot be resolved",
    description="A training set or a base model is named that cannot be found, so it cannot "
    "be described in a summary of training content.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content; recital 109: whoever modifies a model "
    "describes the modification only.",
    looks_at="Sets and base models of the lineage whose card could not be read.",
    remedy="Name it by an address that a reader can follow.",
)
def _unresolved_content(facts: Facts, policy: Policy) -> Iterator[Hit]:
    nodes = {node.key: node for node in facts.lineage.nodes}
    for item in facts.training_sets:
        node = nodes.get(item.key)
        if not item.resolved and (node is None or node.status not in _THERE):
            yield hit(item, "cannot be resolved", "sets cannot be resolved")
    targets = {e.target: e for e in facts.lineage.edges if e.kind is EdgeKind.FINETUNED_FROM}
    for node in facts.lineage.nodes:
        if node.key in targets and node.status not in _THERE:
            yield Hit(
                subject=node.key,
                name=node.id,
                message=f"base model {node.id} cannot be resolved",
                together="base models cannot be resolved",
                evidence=targets[node.key].evidence,
                key="base",
            )


@declare(
    "AIA003",
    "source_type",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.SETS,
    title="Type of source cannot be told",
    description="Nothing in the card lets one assign the set to a type of source: public, "
    "private, scraped, from users, synthetic or other.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content (July 2025), section 2.",
    looks_at="`language_creators`, `source_datasets` and words on where the data comes from.",
    remedy="Ask the publisher where the data comes from, and say so in the summary.",
)
def _source_type(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        if not has(
            item,
            Topic.SOURCE_TYPE,
            Topic.FOUND,
            Topic.CRAWL,
            Topic.SYNTHETIC,
            Topic.USER_CONVERSATIONS,
        ):
            yield hit(
                item, "does not say what type of source it is", "do not say what type they are"
            )


@declare(
    "AIA004",
    "crawl_undescribed",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.SETS,
    title="Crawl without crawler, period or domains",
    description="The set was crawled or scraped and the card leaves out which crawler was "
    "used, when, or which domains it read.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content (July 2025), section 2.3.",
    looks_at="Words on crawling, and on crawlers, dates and domains in the card.",
    remedy="Ask the publisher for the crawler, the period and the domains.",
)
def _crawl(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        crawl = signals_of(item, Topic.CRAWL)
        if not crawl:
            continue
        needed = (Topic.CRAWLER, Topic.CRAWL_PERIOD, Topic.CRAWL_DOMAINS)
        left_out = [topic.value.replace("crawl-", "") for topic in needed if not has(item, topic)]
        if left_out:
            words = ", ".join(left_out)
            yield hit(
                item,
                f"was crawled and leaves out: {words}",
                f"were crawled and leave out: {words}",
                (crawl[0].evidence,),
                words,
            )


@declare(
    "AIA005",
    "tdm_reservation",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.SETS,
    title="Reservations of rights not addressed",
    description="The set was crawled or scraped and the card does not say how reservations "
    "against text and data mining (robots.txt and the like) were treated.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(c); Directive (EU) 2019/790 Art. "
    "4(3); section 3.1 of the Commission's template for the public summary of training "
    "content.",
    looks_at="Words on robots.txt, opt-outs and text and data mining in the card.",
    remedy="Ask the publisher how reservations were honoured.",
)
def _tdm(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        crawl = signals_of(item, Topic.CRAWL)
        if crawl and not has(item, Topic.TDM_RESERVATION):
            yield hit(
                item,
                "was crawled and says nothing about reservations of rights",
                "were crawled and say nothing about reservations of rights",
                (crawl[0].evidence,),
            )


@declare(
    "AIA006",
    "generator",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.SETS,
    title="Synthetic data without its generator",
    description="The set holds synthetic or machine-translated data and the card does not "
    "name what generated it.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content (July 2025), section 2.5.",
    looks_at="Words on synthetic data, and names of models and programs, in the card.",
    remedy="Ask the publisher which model or program generated the data, under which terms.",
)
def _generator(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        synthetic = signals_of(item, Topic.SYNTHETIC)
        if synthetic and not has(item, Topic.GENERATOR):
            yield hit(
                item,
                "holds synthetic data and does not name its generator",
                "hold synthetic data and do not name its generator",
                (synthetic[0].evidence,),
            )


@declare(
    "AIA007",
    "size",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.SETS,
    title="Size not documented",
    description="Neither the model nor the set's card says how large the set is. The "
    "summary asks for ranges for the whole model by modality, which cannot be added up "
    "without it.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and the Commission's template for "
    "the public summary of training content (July 2025), section 1.",
    looks_at="Published mixtures, `dataset_info` and `size_categories`.",
    remedy="Document the size in the card (`dataset_info`, `size_categories`).",
)
def _size(facts: Facts, policy: Policy) -> Iterator[Hit]:
    for item in documented_sets(facts):
        weight = item.weight
        sizes = (weight.published, weight.tokens, weight.rows, weight.bytes)
        if all(size is None for size in sizes) and not has(item, Topic.SIZE):
            yield hit(item, "documents no size", "document no size")


@declare(
    "AIA008",
    "no_summary",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.MODELS,
    title="No summary of training content linked",
    description="The model's card links no public summary of the content used for its "
    "training. The duty is for providers of general-purpose models, indicated by more "
    "than 10^23 FLOP of training and the generation of language, images or video; it "
    "holds since 2 August 2025, and from 2 August 2027 for models placed on the market "
    "before. A model whose task is another, or whose training took less by what its card "
    "states, is not spoken of; where the card does not say, that is said.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(d) and Art. 111(3); the Commission's "
    "guidelines on general-purpose models (C(2025) 7719) and template (C(2025) 8311).",
    looks_at="Links and file names of the model's repository; its `pipeline_tag`, and words on "
    "parameters, tokens and FLOP.",
    remedy="Publish the summary, or link it from the card.",
)
def _summary(facts: Facts, policy: Policy) -> Iterator[Hit]:
    if _read_model(facts) and not any(s.topic == Topic.SUMMARY.value for s in facts.transparency):
        yield from _general_purpose(facts, "links no public summary of its training content")


_INDICATED_FLOP = 1e23
_DUE_SINCE = datetime.date(2025, 8, 2)


def _general_purpose(facts: Facts, says: str) -> Iterator[Hit]:
    """What is missing, of a model that is indicated to be a general-purpose one or may be."""
    told = {signal.topic: signal for signal in facts.transparency}
    task, compute = told.get(Topic.MODALITY.value), told.get(Topic.COMPUTE.value)
    other = task is not None and task.detail == OTHER
    little = compute is not None and float(compute.detail) < _INDICATED_FLOP
    if facts.as_of < _DUE_SINCE or other or little:
        return
    if task is not None and compute is not None:
        about = (
            f"it is indicated to be a general-purpose model (about {float(compute.detail):.0e} FLOP"
            " of training): due since 2 August 2025, by 2 August 2027 if on the market before"
        )
    else:
        lacks = ["task"] * (task is None) + ["training compute"] * (compute is None)
        about = (
            "whether it is a general-purpose model, of which that is asked, is not observable: its "
            f"card states no {' and no '.join(lacks)}"
        )
    evidence = tuple(signal.evidence for signal in (task, compute) if signal is not None)
    name = facts.subject.id
    yield Hit(
        subject=facts.lineage.root, name=name, message=f"{name} {says}; {about}", evidence=evidence
    )


def _read_model(facts: Facts) -> bool:
    """Whether the subject is a model whose card was read: a digest holds no card."""
    subject = facts.subject
    return subject.kind == "model" and subject.status is Status.FOUND and not subject.digested


@declare(
    "AIA009",
    "no_copyright_policy",
    RuleSection.TRANSPARENCY,
    Severity.NOTE,
    on=On.MODELS,
    title="No copyright policy named",
    description="The model's card names no policy on how Union copyright law, reservations "
    "included, is complied with. The law asks providers of general-purpose models for a "
    "policy, not for a line on the card: that none is named here does not show that there "
    "is none. Which models it speaks of, and since when: as AIA008.",
    basis="Regulation (EU) 2024/1689 Art. 53(1)(c) and Art. 111(3); the Commission's "
    "guidelines on general-purpose models (C(2025) 7719).",
    looks_at="Words on a copyright policy and on reservations of rights in the model's card.",
    remedy="Put a copyright policy in place and link it from the card.",
)
def _copyright(facts: Facts, policy: Policy) -> Iterator[Hit]:
    wanted = {Topic.COPYRIGHT_POLICY.value, Topic.TDM_RESERVATION.value}
    if _read_model(facts) and not any(s.topic in wanted for s in facts.transparency):
        yield from _general_purpose(facts, "names no copyright policy")
