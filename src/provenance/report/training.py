"""Training-set nouns: what a subject says it was trained on, before and after looking it up."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.evidence import Evidence
from provenance.report.license import LicenseConclusion, Standing, TagPlace
from provenance.vocabulary.keys import set_key


class Role(StrEnum):
    """What a set was used for. ``evaluation`` never counts."""

    PRETRAINING = "pretraining"
    FINETUNING = "finetuning"
    TRAINING = "training"
    EVALUATION = "evaluation"


class DeclaredIn(StrEnum):
    """Where a subject says that it was trained on a set."""

    FRONT_MATTER = "front_matter"
    TABLE = "table"
    PROSE = "prose"
    LINK = "link"
    CONFIG = "config"
    CODE = "code"
    CATALOG = "catalog"


@frozen
class Measure:
    """One published way of counting a mixture: two tables may count the same sets differently."""

    unit: str
    """What is counted: ``pairs``, ``tokens``, ``GB``, ``percent``, ``sampling weight`` …"""
    basis: str
    """Where it is published: ``README.md table, line 149`` or ``data_config.json``."""


@frozen
class Amount:
    """How much of one measure a mention gives to a set."""

    measure: Measure
    value: float
    row: str | None = None
    """Identifies the row or entry it stands in; mentions with the same row share its value."""
    among: int = 1
    """How many sets share the row (``AllNLI (SNLI and MultiNLI)`` is one count for two sets)."""


@frozen
class Mention:
    """One place naming one training set (or, with role ``evaluation``, an evaluation set)."""

    name: str
    """As written there, markup removed."""
    id: str | None
    """Hub dataset id written there; never invented."""
    url: str | None
    declared_in: DeclaredIn
    role: Role
    evidence: Evidence
    amounts: tuple[Amount, ...] = ()
    guess: bool = False
    """The identity or the role is uncertain; said to the reader."""
    confidence: float = 1.0
    """How sure it is that this was training data, between 0 and 1."""
    described: bool = False
    """Whether words describe the data and no name names it."""
    decided: tuple[str, ...] = ()
    """What weighed most for and against it, the heaviest first; empty where nothing was weighed."""


@frozen
class MixtureTotal:
    """A total the publisher states for one measure."""

    measure: Measure
    value: float
    evidence: Evidence


@frozen
class BaseModelMention:
    """One place naming a model that the subject was made from."""

    name: str
    id: str | None
    """Hub model id written there; ``None`` when it is named in words only."""
    relation: str
    """The Hub's ``base_model_relation``: ``finetune``, ``adapter``, ``merge``, ``quantized``; or
    ``unknown``."""
    declared_in: DeclaredIn
    evidence: Evidence


@frozen
class DisputedData:
    """A set that the front matter lists as training data and the text speaks against."""

    name: str
    """Its id, or its name where it has none."""
    listed: Evidence
    """Where the front matter lists it."""
    against: Evidence
    """The line of the text that it does not go with."""
    denied: bool = False
    """Whether the text says that it was not trained on; else it names other data instead."""


@frozen
class Discovery:
    """Everything one card and the files beside it say about training, before alignment."""

    mentions: tuple[Mention, ...]
    totals: tuple[MixtureTotal, ...] = ()
    base_models: tuple[BaseModelMention, ...] = ()
    nameless_bases: tuple[BaseModelMention, ...] = ()
    """What the front matter gives as a base model and is no model's name: a path, ``None``."""
    disputed_data: tuple[DisputedData, ...] = ()
    """What the front matter lists as training data and the text speaks against."""
    truncated: bool = False
    """Whether a bound was reached, so that more may be said than stands here."""


@frozen
class PublishedWeight:
    """A set's weight in one published measure."""

    unit: str
    basis: str
    value: float
    """For a row that several sets share, an equal part of it."""
    shared_with: tuple[str, ...] = ()
    """The other sets of such a row; the source does not say how it divides."""


@frozen
class Weight:
    """How much of the training a set was, by every measure known. ``None``: unknown."""

    published: float | None = None
    """Value in the first published measure, in ``unit``."""
    unit: str | None = None
    tokens: float | None = None
    rows: float | None = None
    bytes: float | None = None
    measures: tuple[PublishedWeight, ...] = ()
    """All published measures, the first being ``published``."""
    sources: tuple[Evidence, ...] = ()
    """Where rows, bytes and tokens were read."""


@frozen
class Signal:
    """One thing that a card documents or lets one suppose. Never a certainty."""

    topic: str
    """One of the topics of :mod:`provenance.vocabulary.topics`."""
    status: str
    """``documented`` (the card says so), ``indicated`` (a column, tag or word suggests it),
    ``denied`` (it says that it is not so) or ``undecided`` (it mentions it and says neither)."""
    detail: str
    """What exactly: ``e-mail``, ``health``, ``audio`` …; empty where the topic says it all."""
    evidence: Evidence


@frozen
class PersonalData:
    """What a dataset card says about personal data (documentation, not content)."""

    documented: str
    """``stated``, ``placeholder`` (a heading over nothing), ``absent`` or ``unknown``."""
    statement: str | None
    """``contains``, ``none`` or ``anonymised`` where the card says so, else ``None``."""
    categories: tuple[str, ...] = ()
    """Kinds named, sorted (``names``, ``health`` …)."""
    evidence: tuple[Evidence, ...] = ()
    signals: tuple[Signal, ...] = ()
    """What the card says that a privacy or transparency rule looks at, by topic, then line."""


@frozen
class CitationField:
    """One field of a BibTeX entry."""

    name: str
    """In lower case: ``title``, ``author`` …"""
    value: str
    """TeX text without the braces or quotes around it; white space folded."""


@frozen
class Citation:
    """A whole BibTeX entry that a card gives. Other entries are not carried."""

    kind: str
    """Entry type in lower case: ``article``, ``misc`` …"""
    key: str
    """Citation key as written; empty where the card gives none."""
    fields: tuple[CitationField, ...]
    """In the order written, each name once."""
    evidence: Evidence
    """The line that the entry opens on."""


@frozen
class TrainingSet:
    """One training set of the subject, looked up and concluded."""

    name: str
    id: str | None
    """Canonical Hub dataset id; ``None`` when only a name is known."""
    revision: str | None
    role: Role
    declared_in: tuple[DeclaredIn, ...]
    via: tuple[str, ...]
    """Base models it comes through, nearest first; empty for the subject's own sets."""
    weight: Weight
    evidence: tuple[Evidence, ...]
    resolved: bool
    """Whether its card (or a curated record) could be examined."""
    unresolved_reason: str | None
    guess: bool
    """Its identity is a guess; the name is certain, the id is not."""
    license: LicenseConclusion
    inherited_lacking: bool
    """Whether it or anything it derives from is known to lack explicit licensing."""
    personal_data: PersonalData
    derived_from: tuple[str, ...] = ()
    """Ids (``datasets/owner/name``) or names of its sources."""
    aliases: tuple[str, ...] = field(default=())
    """Other names and ids it was declared under."""
    citations: tuple[Citation, ...] = ()
    """What its own card gives to be cited, in the order written."""
    tag_place: TagPlace | None = None
    """Where its card's license tag stands or would stand; ``None`` unless the card was read and
    the tag is absent or a placeholder."""
    matched: str | None = None
    """Why this id, where the subject does not write it: what the tool took the name for."""
    confidence: float = 1.0
    """How sure the reading is that it was training data, between 0 and 1."""
    decided: tuple[str, ...] = ()
    """What weighed most for and against that, the heaviest first; empty if nothing was weighed."""
    inherited_not_examined: bool = False
    """Whether it or something it derives from was not examined, and nothing of it is known to
    lack."""

    @property
    def key(self) -> str:
        """Key of its node in a lineage."""
        return set_key(self.id, self.name)

    @property
    def inherited(self) -> Standing:
        """How it counts in the inherited reading."""
        if self.inherited_lacking:
            return Standing.LACKING
        unseen = self.inherited_not_examined or self.license.standing is Standing.NOT_EXAMINED
        return Standing.NOT_EXAMINED if unseen else Standing.NOT_LACKING


@frozen
class PossibleSet:
    """A set that may be training data, too unsure to be counted: in no fraction."""

    name: str
    id: str | None
    """Hub dataset id written there; never invented."""
    confidence: float
    """How sure the reading is, between 0 and 1."""
    declared_in: tuple[DeclaredIn, ...]
    evidence: tuple[Evidence, ...]
    decided: tuple[str, ...] = ()
    """What weighed most for and against it, the heaviest first."""


@frozen
class EvaluationSet:
    """A set named for evaluation only. Listed, never counted."""

    name: str
    id: str | None
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> str:
        """Key of its node in a lineage."""
        return set_key(self.id, self.name)
