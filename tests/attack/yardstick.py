"""How long an input may take, as times what an ordinary card takes in the same process.

A second is no measure: it hangs on the machine, on a tracer and on what else runs. An ordinary card
is read before, and again before a slow input is believed to be one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from tests.timing import cpu_seconds

from provenance.auditing.audit import audit_refs
from provenance.policy import load_policy
from provenance.refs import RepoKind, RepoRef

from .one_card import OneCard

TIMES = 45.0
"""Times an ordinary card that an input may take."""
_TIMES_OF = {"small card": 13.0, "large card": 180.0}
"""The same of a card of 1,500 bytes, of which the slowest known takes 5, and of one as large as
what is read of any; see ``test_time.py``."""
_PARAGRAPH = """\
It was gathered for Owl Post {0}, a corpus of letters that owls carry. They were written by hand,
and the names of those who sent them were left out. See the paper for how they were chosen.

| Part | Tokens | License |
|---|---|---|
| Owl Post {0} | 12M | CC-BY-4.0 |

- Owl Atlas {0}: maps of woods, MIT

## Evaluation {0}

It hears {0} of 100 owls.

"""
_SIZE = 12_000
"""Bytes of an ordinary card: as much as the cards that are changed have at most."""
_ROUNDS = 3


def ordinary() -> bytes:
    """A dataset card as many are, of prose, tables and lists."""
    parts = ["---\nlicense: mit\n---\n# Owl\n\n## Training data\n\n"]
    parts += (_PARAGRAPH.format(number) for number in range(_SIZE // len(_PARAGRAPH)))
    return "".join(parts).encode()


def measured() -> float:
    """Least CPU seconds of a few audits of the ordinary card."""
    policy, card = load_policy("default", Path("/")), OneCard(ordinary(), {})
    ref, day = RepoRef(RepoKind.DATASET, "acme/fuzzed"), datetime.date(2026, 1, 1)
    return min(
        cpu_seconds(lambda: audit_refs([ref], card, policy, as_of=day)) for _ in range(_ROUNDS)
    )


def times(name: str) -> float:
    """Times an ordinary card that an input of a target may take."""
    return _TIMES_OF.get(name, TIMES)


@dataclass
class Yardstick:
    """What an ordinary card takes, in CPU seconds."""

    unit: float = field(default_factory=measured)

    def allows(self, took: float, most: float) -> bool:
        """Whether CPU seconds are within ``most`` times an ordinary card's, before or after."""
        if took < most * self.unit:
            return True
        self.unit = measured()  # the machine may have slowed down
        return took < most * self.unit
