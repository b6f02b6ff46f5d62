"""Coverage nouns: of the training data, the fraction that lacks an explicit license."""

from __future__ import annotations

from enum import StrEnum

from provenance.frozen import frozen
from provenance.report.license import LicenseState


class MeasureKind(StrEnum):
    """What is counted, in the order in which the headline is chosen."""

    PUBLISHED = "published"
    TOKENS = "tokens"
    ROWS = "rows"
    BYTES = "bytes"
    DATASETS = "datasets"


class Reading(StrEnum):
    """How far a measure looks.

    ``direct``: the subject's own sets by their own license. ``inherited``: also what comes
    through base models, and a set lacks when anything it derives from lacks.
    """

    DIRECT = "direct"
    INHERITED = "inherited"


@frozen
class StateShare:
    """How much of a measure stands in one license state."""

    state: LicenseState
    sets: int
    weight: float
    not_examined: float = 0.0
    """Part of ``weight`` that this run could not see; of ``unresolved`` only."""


@frozen
class Coverage:
    """What lacks an explicit license and what was not examined, by one measure and reading.

    The answer is the interval from ``low`` to ``high``, both in 0-1: all that was not examined
    has a license, or all of it lacks. Sets of unknown weight widen it by all they may weigh.
    """

    measure: MeasureKind
    unit: str
    """``sets``, ``rows``, ``bytes``, ``tokens`` or the publisher's own unit."""
    reading: Reading
    total: float
    """Sum of known weights, and ``unattributed``."""
    lacking: float
    """Part of ``total`` that was examined and gives no explicit license: the states none and
    ambiguous, what is not locatable, and ``unattributed``."""
    conflicting: float
    """Part of ``total`` whose statements disagree; not in ``lacking``."""
    unattributed: float
    """Weight the publisher states but gives to no set; counted as lacking."""
    unknown: int
    """Number of sets (and undeclared base models) whose weight is unknown."""
    fraction: float | None
    """``lacking / total``; ``None`` when no weight is known (an undeclared model)."""
    low: float
    """Least that can lack. What was not examined is never in it."""
    high: float
    """Most that can lack."""
    headline: bool
    basis: str
    """Where the weights come from, in words."""
    by_state: tuple[StateShare, ...]
    """In the order of :class:`~provenance.report.license.LicenseState`, without empty states."""
    not_examined: float = 0.0
    """Part of ``total`` that this run could not see; not in ``lacking``."""
    database_only: float = 0.0
    """Part of ``total`` under a license of the database that gives no rights in its contents."""
    sampled: bool = False
    """Whether the numbers are those of a sample of the records."""

    @property
    def fraction_not_examined(self) -> float | None:
        """``not_examined / total``; ``None`` when no weight is known."""
        return self.not_examined / self.total if self.total > 0 else None
