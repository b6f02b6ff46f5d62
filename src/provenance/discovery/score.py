"""How sure a candidate is, from the words its readers saw: a sum of weights, as a probability.

The weights are data (``weights.json``), learned from labelled cards by ``tasks/learn_reading.py``.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from provenance.discovery.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Weights:
    """What each observation is worth, in log odds."""

    base: float
    """Log odds of a candidate of which nothing is known."""
    by_feature: dict[str, float]
    counted: float
    """A candidate this sure is counted as a training set."""
    described: float
    """A description this sure is counted where the card names no set."""
    beside: float
    """A description this sure is counted beside named sets."""
    possible: float
    """A candidate this sure, and not counted, is shown as possible."""


@cache
def load_weights() -> Weights:
    """The weights that are shipped."""
    data = json.loads(files("provenance.discovery").joinpath("weights.json").read_text("utf-8"))
    return Weights(
        data["base"],
        data["weights"],
        data["counted"],
        data["described"],
        data["beside"],
        data["possible"],
    )


def confidence(candidate: Candidate, weights: Weights) -> float:
    """Probability between 0 and 1 that the candidate names a training set of this model.

    The sum is exact before it is rounded: features have no order, and two candidates that tie must
    tie in every run.
    """
    seen = (weights.by_feature.get(feature, 0.0) for feature in candidate.features)
    total = math.fsum((weights.base, *seen))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
