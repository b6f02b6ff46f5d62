"""How sure a candidate is, from the words its readers saw: a sum of weights, as a probability.

Whether a name is of a training set and whether a phrase describes one are two questions: what was
observed has a weight for each.

The weights are data (``weights.json``), learned from labelled cards by ``tasks/learn_reading.py``.
"""

from __future__ import annotations

import json
import math
from dataclasses import field
from functools import cache
from importlib.resources import files

from provenance.discovery.candidates import Candidate
from provenance.frozen import frozen


@frozen
class Weights:
    """What each observation is worth, in log odds."""

    base: float
    """Log odds of a name of which nothing is known."""
    by_feature: dict[str, float]
    """Of names."""
    counted: float
    """A candidate this sure is counted as a training set."""
    described: float
    """A description this sure is counted where the card names no set."""
    beside: float
    """A description this sure is counted beside named sets."""
    possible: float
    """A candidate this sure, and not counted, is shown as possible."""
    description_base: float = 0.0
    """Log odds of a description of which nothing is known."""
    of_descriptions: dict[str, float] = field(default_factory=dict)

    def of(self, candidate: Candidate) -> tuple[float, dict[str, float]]:
        """Base and weights of a name or of a description."""
        if candidate.proper:
            return self.base, self.by_feature
        return self.description_base, self.of_descriptions


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
        data["description_base"],
        data["of_descriptions"],
    )


def confidence(candidate: Candidate, weights: Weights) -> float:
    """Probability between 0 and 1 that the candidate names a training set of this model.

    The sum is exact before it is rounded: features have no order, and two candidates that tie must
    tie in every run.
    """
    base, by_feature = weights.of(candidate)
    seen = (by_feature.get(feature, 0.0) for feature in candidate.features)
    total = math.fsum((base, *seen))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
