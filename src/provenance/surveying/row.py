"""The row of a census: what is known of one subject."""

from __future__ import annotations

from dataclasses import fields

from provenance.frozen import frozen
from provenance.vocabulary.statuses import Status


@frozen
class CensusRow:
    """One subject. The fields in this order are the columns of every format."""

    id: str
    kind: str
    """``dataset`` or ``model``."""
    author: str
    """First part of the id; empty for an id without owner."""
    status: str
    """``found``, ``listed`` (metadata only), ``unreadable`` (it is there and makes no sense),
    ``not_in_digest`` (the digest knows it and holds no fact on its license), ``over_bound`` (its
    card is longer than what is read of one), or why it is not to be had."""
    state: str
    """License state: explicit, ambiguous, conflicting, none or unresolved."""
    declared: str
    """What the tag means, joined by ``; ``."""
    concluded: str
    restrictions: str
    """Joined by ``; ``."""
    reason: str
    """One sentence on the conclusion."""
    evidence: str
    """Where the license is stated: ``README.md:3`` or a field of the listing; empty if nowhere."""
    categories: str
    """Task categories, or a model's pipeline tag, joined by ``; ``."""
    personal_data: str
    """Documentation of personal data: stated, placeholder, absent or unknown."""
    undeclared: bool | None
    """Whether a model names no training data; ``None`` for data sets and where not known."""
    training_sets: int | None
    """Number of a model's own training sets."""
    measure: str | None
    """What a model's coverage counts: published, tokens, rows, bytes, datasets."""
    lacking: float | None
    """Fraction of a model's training data without an explicit license, 0 to 1."""
    year: int | None
    """Of the last change, where the source says."""
    downloads: int | None
    """As the source gives it."""
    conflict: bool | None = None
    """Whether statements on the license disagree; ``None`` where the card was not read."""
    lacking_low: float | None = None
    """Least that :attr:`lacking` can be: all of unknown weight has a license."""
    lacking_high: float | None = None
    """Most that :attr:`lacking` can be; 1 where no data is named."""


UNREADABLE = "unreadable"
READ = (Status.FOUND.value, "listed")
"""Statuses of subjects whose license was read; of all others it is not known."""
COLUMNS = tuple(field.name for field in fields(CensusRow))
SQL_TYPES = {
    "conflict": "BOOLEAN",
    "undeclared": "BOOLEAN",
    "training_sets": "BIGINT",
    "lacking": "DOUBLE",
    "lacking_high": "DOUBLE",
    "lacking_low": "DOUBLE",
    "year": "BIGINT",
    "downloads": "BIGINT",
}
"""Types in the table; every other column is VARCHAR."""


def sql_columns() -> dict[str, str]:
    """Every column with its SQL type, in order."""
    return {name: SQL_TYPES.get(name, "VARCHAR") for name in COLUMNS}
