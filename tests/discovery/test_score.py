"""How sure a candidate is hangs on what was observed, and on no order."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import pytest

from provenance.discovery.candidates import Candidate
from provenance.discovery.score import Weights, confidence
from provenance.report.evidence import Evidence
from provenance.report.training import DeclaredIn, Mention, Role

WHERE = Evidence("models/acme/owl", None, "README.md", 1, None, "words")


def candidate(*features: str) -> Candidate:
    mention = Mention("Words", None, None, DeclaredIn.PROSE, Role.TRAINING, WHERE)
    return Candidate(mention, True, "", (1, 0), (1, 0), frozenset(features))


@pytest.mark.parametrize(
    ("large", "one", "less"), list(product(("a", "verb: train"), ("b", "name: date"), ("c", "d")))
)
def test_the_order_of_observations_changes_nothing(large: str, one: str, less: str) -> None:
    weights = Weights(0.0, {large: 1e16, one: 1.0, less: -1e16}, 0.8, 0.6, 0.9, 0.4)
    assert confidence(candidate(large, one, less), weights) == 1 / (1 + math.exp(-1.0))


def test_what_has_no_weight_counts_nothing() -> None:
    weights = Weights(0.0, {}, 0.8, 0.6, 0.9, 0.4)
    assert confidence(candidate("unheard of"), weights) == 0.5


def test_an_observation_has_one_weight_for_names_and_one_for_descriptions() -> None:
    weights = Weights(1.0, {"verb: on": 1.0}, 0.8, 0.6, 0.9, 0.4, -1.0, {"verb: on": -1.0})
    name = candidate("verb: on")
    assert confidence(name, weights) == 1 / (1 + math.exp(-2.0))
    assert confidence(replace(name, proper=False), weights) == 1 / (1 + math.exp(2.0))
