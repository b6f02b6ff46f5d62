"""Precision and recall of what dataset cards are read to say about people, against labels.

Run by hand: ``python benchmarks/privacy_signals.py PART [-v]``, of open, shut, late, fresh, all.
Labels were made by reading 197 cards chosen by hash and 79 drawn with a seed; ``says`` counts as
positive, ``unsure`` is not scored, everything else is negative. The shut part was scored only once
the cues were final, the late and the fresh one before they were mended by it.
benchmarks/rules.md has the numbers.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from provenance.cards.card import read_card
from provenance.privacy import read_personal_data
from provenance.vocabulary.topics import DOCUMENTED, INDICATED, Topic

ROOT = Path(__file__).resolve().parents[1]
LABELS = Path(__file__).parent / "labels" / "privacy_signals.jsonl"
TOPICS: dict[str, tuple[Topic, ...]] = {
    "anonymised": (Topic.ANONYMISED,),
    "children": (Topic.CHILDREN,),
    "consent": (Topic.CONSENT,),
    "contact": (Topic.CONTACT, Topic.REMOVAL_ROUTE),
    "crawl": (Topic.CRAWL,),
    "criminal": (Topic.CRIMINAL,),
    "media": (Topic.PEOPLE_MEDIA,),
    "retention": (Topic.RETENTION,),
    "special": (Topic.SPECIAL_CATEGORY,),
    "synthetic": (Topic.SYNTHETIC,),
    "transfer": (Topic.TRANSFER,),
    "users": (Topic.USER_CONVERSATIONS,),
}


def main() -> None:
    """Score one part, or all."""
    part = sys.argv[1] if len(sys.argv) > 1 else "open"
    shared = Path(os.environ.get("PROVENANCE_SHARED", ROOT.parent / "shared")) / "corpus"
    counts: Counter[tuple[str, str]] = Counter()
    cards = 0
    for line in LABELS.read_text("utf-8").splitlines():
        label = json.loads(line)
        if part not in {"all", label["part"]}:
            continue
        cards += 1
        path = shared / label["snapshot"] / "datasets" / label["dataset"] / "README.md"
        signals = read_personal_data(read_card(path.read_bytes(), "datasets/x")).signals
        for name, topics in TOPICS.items():
            wanted = {topic.value for topic in topics}
            hits = [s for s in signals if s.topic in wanted and s.status in {DOCUMENTED, INDICATED}]
            if name in label["unsure"]:
                continue
            truth = name in label["says"]
            kind = ("tp" if hits else "fn") if truth else ("fp" if hits else "tn")
            counts[name, kind] += 1
            if "-v" in sys.argv and kind in {"fp", "fn"}:
                words = hits[0].evidence.excerpt[:150] if hits else ""
                print(f"{kind} {name:<10} {label['dataset']}: {words}")
    print(f"{cards} cards, part {part}")
    print(f"{'topic':<12}{'precision':>16}{'recall':>16}")
    for name in (*TOPICS, "pooled"):
        row = {k: sum(n for (t, kk), n in counts.items() if kk == k and name in {t, "pooled"})
               for k in ("tp", "fp", "fn")}  # fmt: skip
        print(f"{name:<12}{_ratio(row['tp'], row['fp']):>16}{_ratio(row['tp'], row['fn']):>16}")


def _ratio(hits: int, misses: int) -> str:
    whole = hits + misses
    return f"{hits}/{whole} {hits / whole:>4.0%}" if whole else "-"


if __name__ == "__main__":
    main()
