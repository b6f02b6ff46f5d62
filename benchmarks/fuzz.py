"""Fuzz every reader of untrusted input for as long as wanted; see ``tests/attack/fuzzing.py``.

    python benchmarks/fuzz.py [--target NAME] [--seconds N] [--start SEED]

Inputs are made from the seed alone, so that a finding is made again by ``--start SEED --count 1``.
Prints how many inputs were read, what failed, the slowest in CPU seconds and the most memory,
also as it goes. `small card` reads hundreds of short cards a second, `card` longer ones with files,
`large card` some of the largest size. Slow is what takes as long as 45 ordinary cards (a short one:
13), which is about 2 s on the machine that these bounds were set on.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.attack.fuzzing import targets, timed
from tests.attack.yardstick import TIMES, Yardstick, times

ENDED = 115.0
"""Ordinary cards after which an input is given up: one shall not take the time of thousands."""
EVERY = 20_000
"""Inputs between two lines on how far it came, so that a run that is ended has its count."""


class TooLongError(BaseException):
    """An input was given up; no error of the program, so that nothing there catches it."""


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError


@dataclass
class Run:
    """What a run found so far."""

    target: str
    start: int
    inputs: int = 0
    failed: int = 0
    slow: int = 0
    slowest_s: float = 0.0
    slowest_seed: int = -1
    yardstick: Yardstick = field(default_factory=Yardstick)

    def one(self, name: str, target: Callable[[random.Random], bytes]) -> None:
        """Read the next input of the target ``name``."""
        seed = self.start + self.inputs
        self.inputs += 1
        signal.setitimer(signal.ITIMER_VIRTUAL, ENDED * self.yardstick.unit)
        try:
            took, data = timed(target, seed)
        except TooLongError:
            self.slow += 1
            self.slowest_s, self.slowest_seed = ENDED * self.yardstick.unit, seed
            print(f"--- {name}, seed {seed}: given up", file=sys.stderr)
            traceback.print_exc()
            return
        except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
            self.failed += 1
            print(f"--- {name}, seed {seed}", file=sys.stderr)
            traceback.print_exc()
            return
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if took > self.slowest_s:
            self.slowest_s, self.slowest_seed = took, seed
        if not self.yardstick.allows(took, min(TIMES, times(name))):
            self.slow += 1
            print(f"--- {name}, seed {seed}: {took:.1f} s for {len(data)} bytes", file=sys.stderr)

    def line(self) -> str:
        """The numbers, with the most memory so far."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        return json.dumps(
            {"target": self.target, "start": self.start, "inputs": self.inputs,
             "failed": self.failed, "slow": self.slow, "slowest_s": round(self.slowest_s, 2),
             "slowest_seed": self.slowest_seed, "memory_mib": most}
        )  # fmt: skip


def main() -> int:
    """Run until the time is over; exit 1 when an input failed or was slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="card", help="one target, or `all` by turns")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--start", type=int, default=0)
    asked = parser.parse_args()
    signal.signal(signal.SIGVTALRM, _give_up)
    run = Run(asked.target, asked.start)
    with tempfile.TemporaryDirectory() as folder:
        known = targets(Path(folder))
        names = list(known) if asked.target == "all" else [asked.target]
        end = time.monotonic() + asked.seconds
        while run.inputs < asked.count and time.monotonic() < end:
            name = names[run.inputs % len(names)]
            run.one(name, known[name])
            if run.inputs % EVERY == 0:
                print(run.line(), flush=True)
    print(run.line())
    return 1 if run.failed or run.slow else 0


if __name__ == "__main__":
    sys.exit(main())
