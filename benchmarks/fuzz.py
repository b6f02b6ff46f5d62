"""Fuzz every reader of untrusted input for as long as wanted; see ``tests/attack/fuzzing.py``.

    python benchmarks/fuzz.py [--target NAME] [--seconds N] [--start SEED] [--keep FOLDER]

Inputs are made from the seed alone, so that a finding is made again by ``--start SEED --count 1``.
Prints how many inputs of each target were read, what failed, and the slowest input in CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.attack.fuzzing import SECONDS, targets, timed


def main() -> int:
    """Run until the time is over; exit 1 when an input failed or was slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", default="card", help="one target, or `all` by turns")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None, help="write failing inputs here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        known = targets(Path(folder))
        names = list(known) if asked.target == "all" else [asked.target]
        end = time.monotonic() + asked.seconds
        done, failed, slow, slowest = 0, 0, 0, (0.0, -1)
        while done < asked.count and time.monotonic() < end:
            seed = asked.start + done
            name = names[done % len(names)]
            try:
                took, data = timed(known[name], seed)
            except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
                failed += 1
                print(f"--- {name}, seed {seed}", file=sys.stderr)
                traceback.print_exc()
            else:
                slowest = max(slowest, (took, seed))
                if took > SECONDS:
                    slow += 1
                    print(f"--- {name}, seed {seed}: {took:.1f} s", file=sys.stderr)
                    if asked.keep is not None:
                        asked.keep.mkdir(parents=True, exist_ok=True)
                        (asked.keep / f"{name}-{seed}").write_bytes(data)
            done += 1
    print(
        json.dumps(
            {"target": asked.target, "start": asked.start, "inputs": done, "failed": failed,
             "over_2_s": slow, "slowest_s": round(slowest[0], 2), "slowest_seed": slowest[1]}
        )
    )  # fmt: skip
    return 1 if failed or slow else 0


if __name__ == "__main__":
    sys.exit(main())
