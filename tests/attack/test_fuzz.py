"""Every reader of untrusted input on changed faults, for 30 seconds; ``benchmarks/fuzz.py``: hours.

Hypothesis gives the seeds and makes a failing one small; the inputs are made of the faults that
this folder holds, so that a reader that one of them breaks is found within seconds.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .fuzzing import SEEDS, longest, targets, timed

BUDGET_S = 3.5
"""For each target; with eight of them and what starts them about half a minute."""
_PLACE = tempfile.TemporaryDirectory()
TARGETS = targets(Path(_PLACE.name))


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_stops_it(name: str) -> None:
    end = time.monotonic() + BUDGET_S

    @settings(
        max_examples=5_000,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**63))
    def run(seed: int) -> None:
        if time.monotonic() > end:
            return
        took, data = timed(TARGETS[name], seed)
        assert took < longest(name), f"{name}, seed {seed}: {took:.1f} s for {len(data)} bytes"

    run()


def test_it_is_seeded_with_the_faults() -> None:
    assert len(SEEDS) > 40
