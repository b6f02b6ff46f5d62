"""Everything one subject says about its training, gathered and merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from provenance.cards import Card
from provenance.discovery.align import DeclaredSet, RecordFinder, align
from provenance.discovery.body import body_discovery
from provenance.discovery.bounds import Watch, most, watched
from provenance.discovery.config_files import (
    ADAPTER_CONFIG,
    CONFIG_NAMES,
    ConfigRefusedError,
    config_discovery,
)
from provenance.discovery.disputes import elsewhere, listed_in_front
from provenance.discovery.front_matter import front_matter_discovery
from provenance.discovery.score import Weights, load_weights
from provenance.frozen import frozen
from provenance.names import normalize, normalize_tail
from provenance.report.training import (
    BaseModelMention,
    DeclaredIn,
    Discovery,
    DisputedData,
    EvaluationSet,
    MixtureTotal,
    Role,
)

MAX_MENTIONS = 5_000
"""Most mentions of data that are read of one repository; more leave what it declares open."""


@frozen
class Declaration:
    """What a subject declares, one entry a thing."""

    sets: tuple[DeclaredSet, ...]
    evaluation: tuple[EvaluationSet, ...]
    base_models: tuple[BaseModelMention, ...]
    totals: tuple[MixtureTotal, ...]
    possible: tuple[DeclaredSet, ...] = ()
    """Sets that may be training data: too unsure to be counted."""
    disputed_data: tuple[DisputedData, ...] = ()
    """What the front matter lists as training data and the text speaks against."""
    bases_in_dispute: tuple[BaseModelMention, ...] = ()
    """What the front matter and then the body say it was made from, if that is not one model."""
    nameless_bases: tuple[BaseModelMention, ...] = ()
    """What the front matter gives as a base model and is no model's name."""
    truncated: bool = False
    """Whether a bound was reached, so that more may be declared than stands here."""

    @property
    def undeclared(self) -> bool:
        """Whether no training data is named at all."""
        return not self.sets


def wanted_files(card: Card, files: Sequence[str] | None) -> tuple[str, ...]:
    """Files to read beside the card: those there when known, else those the card names.

    An adapter's configuration is asked only where the front matter names no base model.
    """
    names: tuple[str, ...] = CONFIG_NAMES
    if card.get("base_model", "base_models") is None:
        names = (*names, ADAPTER_CONFIG)
    if files is not None:
        return tuple(name for name in names if name in files)
    return tuple(name for name in names if name in card.body)


def discover(
    card: Card,
    files: Mapping[str, bytes],
    known: Callable[[str], str | None],
    weights: Weights | None = None,
) -> tuple[Discovery, tuple[str, ...]]:
    """Mentions of a card and of the files beside it, and what could not be read.

    ``known`` gives the Hub dataset id of a name or alias, or ``None``.
    """
    problems: list[str] = []
    with watched() as watch:
        front = front_matter_discovery(card)
        parts = [front, body_discovery(card, known, weights, listed_in_front(front.mentions))]
        for path in sorted(files):
            try:
                parts.append(config_discovery(files[path], card.repo, card.revision, path))
            except ConfigRefusedError as error:
                problems.append(f"{path} was not read: {error}")
        merged = _weigh_against_text(card, merge(parts), weights or load_weights())
        kept = tuple(most(merged.mentions, MAX_MENTIONS, f"{MAX_MENTIONS:,} mentions of data"))
    cut = bool(watch or problems) or card.truncated
    if watch:
        problems.append(_left_out(watch))
    return replace(merged, mentions=kept, truncated=cut), tuple(problems)


def _left_out(watch: Watch) -> str:
    """That a bound was reached, and of what."""
    stops = ", ".join(sorted(watch.stops))
    return f"not every name of data or of a base was read; more than is read: {stops}"


def _weigh_against_text(card: Card, merged: Discovery, weights: Weights) -> Discovery:
    """``merged`` with what the text speaks against; what it denies is for evaluation at most."""
    tags = listed_in_front(merged.mentions)
    in_text = [m for m in merged.mentions if m.declared_in is not DeclaredIn.FRONT_MATTER]
    disputed = merged.disputed_data or elsewhere(card, tags, in_text, weights.counted)
    lines = [d for d in merged.disputed_data if d.denied]
    refused = {d.listed for d in lines} | {(d.name, d.against.line) for d in lines}
    mentions = tuple(
        replace(m, role=Role.EVALUATION)
        if m.evidence in refused or (m.id, m.evidence.line) in refused
        else m
        for m in merged.mentions
    )
    return replace(merged, mentions=mentions, disputed_data=disputed)


def merge(parts: Sequence[Discovery]) -> Discovery:
    """Several discoveries as one, in order."""
    return Discovery(
        mentions=tuple(m for d in parts for m in d.mentions),
        totals=tuple(t for d in parts for t in d.totals),
        base_models=tuple(b for d in parts for b in d.base_models),
        nameless_bases=tuple(b for d in parts for b in d.nameless_bases),
        disputed_data=tuple(x for d in parts for x in d.disputed_data),
        truncated=any(d.truncated for d in parts),
    )


def declare(
    discovery: Discovery, find_record: RecordFinder, weights: Weights | None = None
) -> Declaration:
    """Merge mentions into sets; evaluation-only sets apart, base models once each."""
    sets = align(discovery.mentions, find_record)
    weights = weights or load_weights()
    training = [s for s in sets if s.role is not Role.EVALUATION]
    named = any(not s.described and s.confidence >= weights.counted for s in training)
    told = weights.beside if named else weights.described
    sure = [s for s in training if s.confidence >= (told if s.described else weights.counted)]
    counted = {id(s) for s in sure}
    return Declaration(
        sets=tuple(sure),
        possible=tuple(s for s in training if id(s) not in counted),
        evaluation=tuple(
            EvaluationSet(s.name, s.id, s.evidence)
            for s in sets
            if s.role is Role.EVALUATION and _can_be_found(s)
        ),
        base_models=_base_models(discovery.base_models),
        bases_in_dispute=_in_dispute(discovery.base_models),
        disputed_data=discovery.disputed_data,
        nameless_bases=discovery.nameless_bases,
        totals=discovery.totals,
        truncated=discovery.truncated,
    )


_WORDS_ONLY = frozenset({DeclaredIn.PROSE, DeclaredIn.TABLE})


def _can_be_found(item: DeclaredSet) -> bool:
    """Whether a set named for evaluation can be looked up, or stands where sets are declared.

    Sentences on results name metrics, tools and programs beside benchmarks, and no score tells them
    apart: words alone are not listed.
    """
    known = item.id is not None or item.record is not None or bool(item.urls)
    return known or not _WORDS_ONLY.issuperset(item.declared_in)


def _in_dispute(mentions: Sequence[BaseModelMention]) -> tuple[BaseModelMention, ...]:
    """Base models of the front matter and of the body, where no two may be one.

    A shorter name for the same model ("Llama" for ``org/Llama-3-8B``) is no dispute.
    """
    declared = [m for m in mentions if m.declared_in is DeclaredIn.FRONT_MATTER and m.id]
    in_text = [m for m in mentions if m.declared_in is not DeclaredIn.FRONT_MATTER]
    if not declared or not in_text:
        return ()
    names = [[normalize_tail(m.id or m.name) for m in g] for g in (declared, in_text)]
    if any(a in b or b in a for a in names[0] for b in names[1]):
        return ()
    return (*declared, *in_text)


def _base_models(mentions: Sequence[BaseModelMention]) -> tuple[BaseModelMention, ...]:
    """Each base model once: those the front matter declares, else those the body names."""
    declared = [m for m in mentions if m.declared_in is DeclaredIn.FRONT_MATTER]
    kept: dict[str, BaseModelMention] = {}
    names: set[str] = set()
    for mention in sorted(declared or mentions, key=lambda m: m.id is None):
        key = mention.id.lower() if mention.id else f"named:{normalize(mention.name)}"
        tail = normalize_tail(mention.id or mention.name)
        if key in kept or (mention.id is None and tail in names):
            continue
        names.add(tail)
        kept[key] = mention
    return tuple(kept.values())
