"""Whether the time of some work grows in proportion to its size, on machines that slow down.

A second is no measure: it hangs on the machine, on a tracer and on what else runs. Here the same
work is done at two sizes in turn, the least time of each counts, and a growth beyond the limit is
measured again, further apart, before it is believed.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

PAUSES_S = (0.0, 0.0, 0.0, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds of rest before each round but the first two: a slow phase of the machine passes."""


def cpu_seconds(run: Callable[[], object]) -> float:
    """CPU seconds of a run, without those of collecting what other tests left behind."""
    gc.disable()
    try:
        started = time.process_time()
        run()
        return time.process_time() - started
    finally:
        gc.enable()


def growth(
    small: Callable[[], object],
    large: Callable[[], object],
    *,
    most: float,
    floor: float = 0.0,
    seconds: Callable[[Callable[[], object]], float] = cpu_seconds,
) -> tuple[float, float]:
    """Hold ``large`` to at most ``most`` times the CPU seconds of ``small``.

    ``floor`` seconds are added to both, for what does not grow. Gives the least seconds of both.

    Raises:
        AssertionError: it grew by more in every round.

    """
    gc.collect()
    before = after = float("inf")
    for pause in PAUSES_S:
        time.sleep(pause)
        before = min(before, seconds(small) + floor)
        after = min(after, seconds(large) + floor)
        if after <= most * before:
            return before, after
    raise AssertionError(f"{before:.4f} s, the larger {after:.4f} s: over {most} times as much")
