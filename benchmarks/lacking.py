"""The part of the named training data that is known to lack a license: as read, and as labelled.

``python benchmarks/lacking.py [CORPUS] [SNAPSHOT LABELS]`` audits each labelled model card twice,
counting each set once: as it is written, and as a card whose front matter declares what its label
names and nothing else. No dataset card is there to read, so that what lacks is what a publisher
names in words that lead nowhere. Cards whose sets the reader of the labels was unsure of are left
out.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import provenance
from provenance.report.report import Report

ROOT = Path(__file__).resolve().parents[1]
WITHIN = 0.02


@dataclass(frozen=True)
class Counted:
    """Sets of one card: how many there are, and how many are known to lack."""

    sets: int
    lacking: int

    @property
    def share(self) -> float:
        """Part that lacks, 0-1; of no sets none."""
        return self.lacking / self.sets if self.sets else 0.0


def counted(report: Report) -> Counted:
    """What the report counts among the subject's own sets."""
    own = [s for s in report.training_sets if not s.via]
    return Counted(len(own), sum(s.license.lacks for s in own))


def _sum(several: Sequence[Counted]) -> Counted:
    return Counted(sum(c.sets for c in several), sum(c.lacking for c in several))


def as_labelled(sets: list[dict[str, str]], described: list[str]) -> str:
    """A card that declares what a label names, by id, link or words."""
    named = [s["hub_id"] or s.get("url") or s["name"] for s in sets] + described
    return f"---\nlicense: mit\ndatasets: {json.dumps(named)}\n---\n"


def compare(snapshot: Path, labels: Path) -> list[tuple[str, Counted, Counted]]:
    """Every card with what is read of it and what its label gives."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "sets" not in row["unsure"]]
    with tempfile.TemporaryDirectory() as folder:
        places = []
        for number, row in enumerate(rows):
            place = Path(folder) / str(number)
            place.mkdir()
            (place / "README.md").write_text(
                as_labelled(row["training_sets"], row["described"]), encoding="utf-8"
            )
            places.append(str(place))
        cards = [str(snapshot / "models" / row["model"]) for row in rows]
        read = provenance.audit(cards, snapshot=snapshot)
        told = provenance.audit(places, snapshot=snapshot)
    return [
        (row["model"], counted(one), counted(other))
        for row, one, other in zip(rows, read, told, strict=True)
    ]


def main(arguments: Sequence[str]) -> int:
    """Print every card that differs by more than two points, and the totals."""
    corpus = Path(arguments[0]) if arguments else ROOT.parent / "shared" / "corpus"
    snapshot, labels = corpus / "hub-modern", corpus / "labels" / "modern_models.jsonl"
    if arguments[1:]:
        snapshot, labels = (Path(a) for a in arguments[1:3])
    found = compare(snapshot, labels)
    apart = [one for one in found if abs(one[1].share - one[2].share) > WITHIN]
    for name, one, other in apart:
        print(f"{name}: {one.lacking} of {one.sets} read, {other.lacking} of {other.sets} labelled")
    read, told = (_sum(sides) for sides in zip(*((o[1], o[2]) for o in found), strict=True))
    print(f"cards within two points: {len(found) - len(apart)} of {len(found)}")
    print(f"of all sets lack: {read.share:.1%} as read, {told.share:.1%} as labelled")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
