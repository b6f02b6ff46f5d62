"""Every reader of untrusted input on some thousand changed faults; ``benchmarks/fuzz.py``: hours.

Hypothesis gives the seeds; the inputs are made of the faults that this folder holds, so that a
reader that one of them breaks is found within seconds.
"""

from __future__ import annotations

import random
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .fuzzing import SEEDS, targets, timed
from .yardstick import Yardstick, times

INPUTS = {
    "card": 25,
    "small card": 300,
    "large card": 12,
    "front matter": 2_000,
    "answer": 2_000,
    "policy": 1_600,
    "archive": 1_000,
    "repository": 450,
}
"""Inputs of each target: some seconds' worth, and the same number on any machine."""
_PLACE = tempfile.TemporaryDirectory()
TARGETS = targets(Path(_PLACE.name))


def problem_of(
    name: str, target: Callable[[random.Random], bytes], seed: int, yardstick: Yardstick
) -> str | None:
    """What is wrong with how one input was read, with all that makes it again."""
    try:
        took, data = timed(target, seed)
    except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
        return f"{name}, seed {seed}: {traceback.format_exc()}"
    if yardstick.allows(took, times(name)):
        return None
    return (
        f"{name}, seed {seed}: {took:.2f} s for {len(data)} bytes, over {times(name):.0f} times "
        f"the {yardstick.unit:.3f} s of an ordinary card"
    )


def read_all(
    name: str, target: Callable[[random.Random], bytes], inputs: int, yardstick: Yardstick
) -> None:
    """Read so many inputs of a target.

    Raises:
        AssertionError: one of them failed or took too long; target and seed are said.

    """
    problems: dict[int, str] = {}

    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**63))
    def run(seed: int) -> None:
        # what failed once has failed, also where a second reading is well or faster
        problem = problems.get(seed) or problem_of(name, target, seed, yardstick)
        if problem is not None:
            problems[seed] = problem
            raise AssertionError(problem)

    run()


@pytest.fixture(scope="module")
def yardstick() -> Yardstick:
    return Yardstick()


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_stops_it(name: str, yardstick: Yardstick) -> None:
    read_all(name, TARGETS[name], INPUTS[name], yardstick)


class TestWhatAFailureSays:
    @staticmethod
    def failing_once(fault: Callable[[], object]) -> Callable[[random.Random], bytes]:
        """A target whose fifth input meets a fault, and no reading after it does."""
        read: list[int] = []

        def target(rng: random.Random) -> bytes:
            read.append(rng.randrange(9))
            if len(read) == 5:
                fault()
            return b"input"

        return target

    def test_an_error_is_said_with_its_target_and_seed(self, yardstick: Yardstick) -> None:
        def fault() -> None:
            raise ZeroDivisionError("by no owl")

        target = self.failing_once(fault)
        with pytest.raises(AssertionError, match=r"(?s)owls, seed \d+: .*by no owl"):
            read_all("owls", target, 50, yardstick)

    def test_a_slow_input_is_said_with_its_target_and_seed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fault() -> None:
            sum(range(3_000_000))

        target = self.failing_once(fault)
        monkeypatch.setattr("tests.attack.yardstick.measured", lambda: 1e-4)
        with pytest.raises(AssertionError, match=r"owls, seed \d+: .* an ordinary card"):
            read_all("owls", target, 50, Yardstick(1e-4))


class TestYardstick:
    def test_a_machine_that_slowed_down_is_measured_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        units = [0.1, 0.4]
        monkeypatch.setattr("tests.attack.yardstick.measured", lambda: units.pop(0))
        yardstick = Yardstick(units.pop(0))
        assert yardstick.allows(0.9, 10)
        assert yardstick.allows(2.0, 10)
        assert not units

    def test_what_is_slow_by_both_measures_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tests.attack.yardstick.measured", lambda: 0.1)
        assert not Yardstick(0.1).allows(1.01, 10)


def test_it_is_seeded_with_the_faults() -> None:
    assert len(SEEDS) > 40
