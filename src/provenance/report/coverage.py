"""Coverage nouns: of the training data, the fraction that lacks an explicit license."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class StateShare:
    """How much of a measure stands in one license state."""

    state: LicenseState
    sets: int
    weight: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The fraction lacking an explicit license, by one measure and reading.

    ``fraction`` is ``lacking / total`` over known weights; ``low`` and ``high`` bound it over
    every possible weight of the sets whose weight is unknown. All three in 0–1.
    """

    measure: MeasureKind
    unit: str
    """``sets``, ``rows``, ``bytes``, ``tokens`` or the publisher's own unit."""
    reading: Reading
    total: float
    """Sum of known weights, and ``unattributed``."""
    lacking: float
    """Part of ``total`` in the states none, ambiguous, unresolved, and ``unattributed``."""
    conflicting: float
    """Part of ``total`` whose statements disagree; not in ``lacking``."""
    unattributed: float
    """Weight the publisher states but gives to no set; counted as lacking."""
    unknown: int
    """Number of sets (and undeclared base models) whose weight is unknown."""
    fraction: float | None
    """``None`` when nothing is known (an undeclared model)."""
    low: float
    high: float
    headline: bool
    basis: str
    """Where the weights come from, in words."""
    by_state: tuple[StateShare, ...]
    """In the order of :class:`~provenance.report.license.LicenseState`, without empty states."""
