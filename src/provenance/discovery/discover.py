"""Everything one subject says about its training, gathered and merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.cards import Card
from provenance.discovery.align import DeclaredSet, RecordFinder, align
from provenance.discovery.config_files import CONFIG_NAMES, ConfigRefusedError, config_discovery
from provenance.discovery.front_matter import front_matter_discovery
from provenance.discovery.links import link_discovery
from provenance.discovery.prose import prose_discovery
from provenance.discovery.tables import table_discovery
from provenance.names import normalize
from provenance.report.training import (
    BaseModelMention,
    Discovery,
    EvaluationSet,
    Mention,
    MixtureTotal,
    Role,
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a subject declares, one entry a thing."""

    sets: tuple[DeclaredSet, ...]
    evaluation: tuple[EvaluationSet, ...]
    base_models: tuple[BaseModelMention, ...]
    totals: tuple[MixtureTotal, ...]

    @property
    def undeclared(self) -> bool:
        """Whether no training data is named at all."""
        return not self.sets


def wanted_files(card: Card, files: Sequence[str] | None) -> tuple[str, ...]:
    """Files to read beside the card: those there when known, else those the card names."""
    if files is not None:
        return tuple(name for name in CONFIG_NAMES if name in files)
    return tuple(name for name in CONFIG_NAMES if name in card.body)


def discover(
    card: Card,
    files: Mapping[str, bytes],
    known: Callable[[str], str | None],
) -> tuple[Discovery, tuple[str, ...]]:
    """Mentions of a card and of the files beside it, and what could not be read.

    ``known`` gives the Hub dataset id of a name or alias, or ``None``.
    """
    problems: list[str] = []
    found = [front_matter_discovery(card), table_discovery(card), link_discovery(card)]
    for path in sorted(files):
        try:
            found.append(config_discovery(files[path], card.repo, card.revision, path))
        except ConfigRefusedError as error:
            problems.append(f"{path} was not read: {error}")
    prose = prose_discovery(card, known)
    if any(m.role is not Role.EVALUATION for d in found for m in d.mentions):
        prose = replace(prose, mentions=tuple(m for m in prose.mentions if not _described(m)))
    return merge([*found, prose]), tuple(problems)


_QUANTITY_FIRST = re.compile(r"(?i)^[~≈]?\d[\d.,]*\s?(?:[kmbt]|bn|million|billion|trillion)?\b")


def _described(mention: Mention) -> bool:
    """Whether words describe data ("1B sentence pairs") rather than name a set.

    Beside sets that are named, such words speak of the whole, and would count it twice.
    """
    if mention.id is not None or mention.url is not None:
        return False
    bare = mention.name.islower() and " " in mention.name
    return bare or _QUANTITY_FIRST.match(mention.name) is not None


def merge(found: Sequence[Discovery]) -> Discovery:
    """Several discoveries as one, in order."""
    return Discovery(
        mentions=tuple(m for d in found for m in d.mentions),
        totals=tuple(t for d in found for t in d.totals),
        base_models=tuple(b for d in found for b in d.base_models),
    )


def declare(discovery: Discovery, find_record: RecordFinder) -> Declaration:
    """Merge mentions into sets; evaluation-only sets apart, base models once each."""
    sets = align(discovery.mentions, find_record)
    return Declaration(
        sets=tuple(s for s in sets if s.role is not Role.EVALUATION),
        evaluation=tuple(
            EvaluationSet(s.name, s.id, s.evidence) for s in sets if s.role is Role.EVALUATION
        ),
        base_models=_base_models(discovery.base_models),
        totals=discovery.totals,
    )


def _base_models(mentions: Sequence[BaseModelMention]) -> tuple[BaseModelMention, ...]:
    """Each base model once: mentions by id first, then names that match none of them."""
    kept: dict[str, BaseModelMention] = {}
    names: set[str] = set()
    for mention in sorted(mentions, key=lambda m: m.id is None):
        key = mention.id.lower() if mention.id else f"named:{normalize(mention.name)}"
        tail = normalize((mention.id or mention.name).rpartition("/")[2])
        if key in kept or (mention.id is None and tail in names):
            continue
        names.add(tail)
        kept[key] = mention
    return tuple(kept.values())
