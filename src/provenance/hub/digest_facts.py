"""What a digest holds: sourced facts on repositories, in place of their cards.

A digest is no copy of anything: each fact says where it was read and when, and what it does not
hold is not known. See ``docs/digest.md``.
"""

from __future__ import annotations

from provenance.frozen import frozen
from provenance.report.evidence import FactSource


@frozen
class DigestedLicense:
    """One place saying one thing about a license."""

    value: str
    """The tag's value, an SPDX id, or words; empty: the place was read and gives none."""
    meaning: str
    """A :class:`~provenance.license.Meaning`."""
    origin: str
    """A :class:`~provenance.license.Origin`: which kind of place it was read in."""
    source: FactSource
    expression: str | None = None
    """SPDX expression, family or ``LicenseRef-…``, where one is named."""
    restrictions: tuple[str, ...] = ()
    """Values of :class:`~provenance.license.Restriction`, sorted."""
    part: str | None = None
    """The configuration or subset that it is about; ``None``: all of it."""


@frozen
class NamedFact:
    """Something that a repository says it was made from: a source dataset or a base model."""

    name: str
    source: FactSource
    id: str | None = None
    """Hub id."""
    relation: str = "unknown"
    """Of base models: the Hub's ``base_model_relation``."""


@frozen
class SizeFact:
    """Rows and bytes of one configuration; ``None``: not stated."""

    source: FactSource
    rows: int | None = None
    bytes: int | None = None


@frozen
class AmountFact:
    """How much of one published measure a set is given."""

    unit: str
    basis: str
    """Where it is published, in words."""
    value: float
    row: str
    """The row it stands in; sets with the same row share its value."""
    among: int = 1
    """How many sets share the row."""


@frozen
class SetFact:
    """A training set that a model names."""

    name: str
    declared_in: str
    """A :class:`~provenance.training.DeclaredIn`."""
    source: FactSource
    id: str | None = None
    """Hub dataset id, as the model gives it."""
    url: str | None = None
    record: str | None = None
    """Key of the catalogue's record on the set that is meant."""
    amounts: tuple[AmountFact, ...] = ()


@frozen
class TotalFact:
    """A total that a publisher states for one measure."""

    unit: str
    basis: str
    value: float
    source: FactSource


@frozen
class Declared:
    """What a model says it was trained on and made from. Both empty: it was read and names none."""

    training_sets: tuple[SetFact, ...] = ()
    base_models: tuple[NamedFact, ...] = ()
    totals: tuple[TotalFact, ...] = ()


@frozen
class RepositoryFacts:
    """Everything a digest holds on one repository."""

    licenses: tuple[DigestedLicense, ...] = ()
    derived_from: tuple[NamedFact, ...] = ()
    """Datasets only."""
    sizes: tuple[SizeFact, ...] = ()
    """Datasets only, one for each configuration."""
    declared: Declared | None = None
    """Models only; ``None``: no fact says what it names."""


@frozen
class NamedFacts:
    """What a digest holds on a set that goes by a name: it adds to the catalogue's record."""

    key: str
    """The record's key, or one that the catalogue does not have."""
    name: str | None = None
    """For a key that the catalogue does not have."""
    hub_id: str | None = None
    licenses: tuple[DigestedLicense, ...] = ()


@frozen
class DigestData:
    """The file ``facts.json``."""

    schema: str
    repositories: dict[str, RepositoryFacts]
    """``models/<id>`` or ``datasets/<id>`` → its facts."""
    named: tuple[NamedFacts, ...] = ()
    """Sets without a repository of their own."""
