"""How often each rule fires on real dataset cards, and what evaluating a policy costs.

Run by hand: ``python benchmarks/rules.py [SNAPSHOT] [--show CODE]``. Prints each rule's hit count
over every dataset of a snapshot under ``builtin:strict``; ``--show`` prints twenty random hits of
one rule with their evidence, to be read. Results and what a reader said: benchmarks/rules.md.
"""

from __future__ import annotations

import datetime
import os
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from provenance.auditing.audit import gather_all
from provenance.auditing.examine import Examiner
from provenance.cards.card import read_card
from provenance.catalog import load_catalog
from provenance.hub.snapshot import open_snapshot
from provenance.policy import load_policy
from provenance.policy.evaluation import evaluate
from provenance.policy.rules import all_rules
from provenance.privacy import read_personal_data
from provenance.refs import RepoKind, RepoRef
from provenance.report.facts import Facts
from provenance.report.finding import Finding

ROOT = Path(__file__).resolve().parents[1]
AS_OF = datetime.date(2026, 11, 22)
MODEL = "sentence-transformers/all-MiniLM-L6-v2"
SEED = 4
SHOWN = 20


def main() -> None:
    """Count, time and, when asked, show."""
    args = sys.argv[1:]
    show = args.pop(args.index("--show") + 1) if "--show" in args else None
    args = [a for a in args if a != "--show"]
    shared = Path(os.environ.get("PROVENANCE_SHARED", ROOT.parent / "shared"))
    snapshot = Path(args[0]) if args else shared / "corpus" / "hub-2023"
    facts = gathered(snapshot)
    policy = load_policy("builtin:strict", ROOT)
    if show is not None:
        sample(facts, show)
        return
    counts: Counter[str] = Counter()
    for one in facts:
        counts.update({f.code for f in evaluate(one, policy).findings})
    print(f"{len(facts):,} datasets of {snapshot.name}, policy {policy.name}")
    for rule in all_rules().values():
        hits = counts[rule.code]
        print(f"{rule.code:<8} {hits:>6,} {hits / len(facts):>7.1%}  {rule.title}")
    print(f"reading personal data: {reading(snapshot):.3f} ms a card (median of 5 passes)")
    print(f"evaluating strict: {evaluating(facts):.3f} ms a set (datasets, median of 5 passes)")
    model = gathered_model(snapshot)
    if model is not None:
        each = evaluating([model])
        print(f"evaluating strict: {each:.3f} ms a set ({MODEL}, {len(model.training_sets)} sets)")


def gathered(snapshot: Path) -> list[Facts]:
    """Facts of every dataset of a snapshot."""
    source = open_snapshot(str(snapshot))
    catalog = load_catalog()
    examiner = Examiner(source, catalog)
    folder = snapshot / "datasets"
    names = sorted(p.parent.relative_to(folder).as_posix() for p in folder.rglob("README.md"))
    return gather_all([RepoRef(RepoKind.DATASET, n) for n in names], examiner, catalog, AS_OF)


def gathered_model(snapshot: Path) -> Facts | None:
    """Facts of one model with many sets, where the snapshot holds it."""
    if not (snapshot / "models" / MODEL).is_dir():
        return None
    source = open_snapshot(str(snapshot))
    catalog = load_catalog()
    examiner = Examiner(source, catalog)
    return gather_all([RepoRef(RepoKind.MODEL, MODEL)], examiner, catalog, AS_OF)[0]


def evaluating(facts: list[Facts]) -> float:
    """Milliseconds a training set that evaluating the strict policy takes."""
    policy = load_policy("builtin:strict", ROOT)
    sets = sum(len(one.training_sets) for one in facts)
    passes = []
    for _ in range(5):
        started = time.process_time()
        for one in facts:
            evaluate(one, policy)
        passes.append((time.process_time() - started) / sets * 1000)
    return statistics.median(passes)


def reading(snapshot: Path) -> float:
    """Milliseconds a card that reading what it documents takes, after it was parsed."""
    files = sorted((snapshot / "datasets").rglob("README.md"))
    cards = [read_card(file.read_bytes(), "datasets/x") for file in files]
    for card in cards:
        _ = card.body
    passes = []
    for _ in range(5):
        started = time.process_time()
        for card in cards:
            read_personal_data(card)
        passes.append((time.process_time() - started) / len(cards) * 1000)
    return statistics.median(passes)


def sample(facts: list[Facts], code: str) -> None:
    """Twenty random hits of one rule, with what they rest on."""
    policy = load_policy("builtin:strict", ROOT)
    found: list[Finding] = [
        f for one in facts for f in evaluate(one, policy).findings if f.code == code
    ]
    # hundreds of cards of one owner share a sentence: reading it once is enough
    found = list({f.evidence[-1].excerpt if f.evidence else f.message: f for f in found}.values())
    random.Random(SEED).shuffle(found)  # noqa: S311  a sample to read, no secret
    print(f"{code}: {len(found)} findings; {min(SHOWN, len(found))} of them")
    for finding in found[:SHOWN]:
        print(f"- {finding.message}")
        for evidence in finding.evidence[:3]:
            print(f"    {evidence.path}:{evidence.line} {evidence.excerpt[:200]}")


if __name__ == "__main__":
    main()
