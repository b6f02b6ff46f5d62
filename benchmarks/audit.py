"""What an audit costs: latency against the critical path, requests, cards a second, start-up.

Run by hand: ``python benchmarks/audit.py [CORPUS]``. Prints ratios; see README, "Measured".
"""

from __future__ import annotations

import datetime
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

LATENCY_S = 0.05
MODEL = "sentence-transformers/all-MiniLM-L6-v2"
RUNS = 7


def main() -> None:
    """Run every measurement that can be run here."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus"
    start_up()
    if corpus.is_dir():
        cards(corpus)
        network(corpus)
    else:
        print(f"{corpus} is absent: cards and network are not measured")


def start_up() -> None:
    """``provenance --help`` over bare Python; medians of whole processes, in turn."""
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(seconds([sys.executable, "-c", "pass"]))
        ours.append(seconds([str(Path(sys.executable).with_name("provenance")), "--help"]))
    extra = (statistics.median(ours) - statistics.median(bare)) * 1000
    print(f"start-up: --help takes {extra:.0f} ms over bare Python (goal <=150)")


def seconds(command: list[str]) -> float:
    """Wall seconds of one process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def cards(corpus: Path) -> None:
    """Concluding a card, against reading it and parsing its front matter alone."""
    from provenance.cards import read_card
    from provenance.licensing import conclude_card

    paths = sorted(corpus.glob("hub-2023/datasets/**/README.md"))

    def alone() -> None:
        for path in paths:
            text = path.read_bytes().decode("utf-8", "replace")
            if text.startswith("---"):
                end = text.find("\n---", 3)
                try:
                    yaml.load(text[3:end], Loader=yaml.CSafeLoader)
                except yaml.YAMLError:
                    continue

    def concluded() -> None:
        for path in paths:
            conclude_card(read_card(path.read_bytes(), "datasets/x"))

    def parsed() -> None:
        for path in paths:
            read_card(path.read_bytes(), "datasets/x")

    ratios, rates, bodies = [], [], []
    for _ in range(5):
        base, ours, read = timed(alone), timed(concluded), timed(parsed)
        ratios.append(ours / base)
        rates.append(len(paths) / ours)
        bodies.append((ours - read, base))
    print(
        f"cards: {statistics.median(rates):,.0f} concluded a second over {len(paths):,} cards, "
        f"{statistics.median(ratios):.2f} times front matter alone (goal <=2)"
    )
    body, base = (statistics.median(part) / len(paths) * 1000 for part in zip(*bodies, strict=True))
    print(f"bodies: {body:.2f} ms a card for licenses (goal <= {base:.2f} ms of parsing + 1 ms)")
    models(corpus)


def models(corpus: Path) -> None:
    """Reading training sets in the bodies of model cards."""
    from provenance.cards import read_card
    from provenance.catalog import load_catalog
    from provenance.discovery.body import body_discovery

    known = load_catalog().known
    cards = [
        read_card(p.read_bytes(), "models/x") for p in corpus.glob("hub-20*/models/**/README.md")
    ]

    def read() -> None:
        for card in cards:
            body_discovery(card, known)

    each = statistics.median(timed(read) for _ in range(5)) / len(cards) * 1000
    print(f"bodies: {each:.2f} ms a model card for training sets in prose (goal: as above)")


def timed(work: Callable[[], None]) -> float:
    """Wall seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def network(corpus: Path) -> None:
    """One audit, cold cache, over a local Hub of its own process that answers after 50 ms."""
    from provenance.auditing.audit import audit_refs
    from provenance.hub.live import LiveHub
    from provenance.policy import load_policy
    from provenance.refs import parse_repo

    policy = load_policy("default", ROOT)
    ratios, per_repository = [], []
    command = [sys.executable, "-m", "benchmarks.hub_server", str(corpus / "hub-2023")]
    server = subprocess.Popen(
        [*command, str(LATENCY_S * 1000)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        line = server.stdout.readline() if server.stdout else ""
        endpoint = line.strip().partition("=")[2]
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as cache:
                live = LiveHub(endpoint=endpoint, cache=Path(cache))
                started = time.perf_counter()
                (report,) = audit_refs(
                    [parse_repo(MODEL)], live, policy, as_of=datetime.date(2026, 11, 22)
                )
                wall = time.perf_counter() - started
            asked = [n for n in report.lineage.nodes if n.status not in {"named", "not_followed"}]
            edges = [(e.source, e.target) for e in report.lineage.edges]
            # one after another: the subject's card, its data_config.json, the cards of each level,
            # and the listing of a set whose card names no license
            critical = (levels(report.lineage.root, edges) + 3) * LATENCY_S
            ratios.append(wall / critical)
            per_repository.append(report.stats.requests / len(asked))
    finally:
        server.terminate()
        server.wait()
    print(
        f"network: {statistics.median(ratios):.2f} times the critical path at 50 ms (goal <=1.5); "
        f"{statistics.median(per_repository):.2f} requests a repository (goal <=1.2)"
    )


def levels(root: str, edges: list[tuple[str, str]]) -> int:
    """Steps from the subject to the furthest repository."""
    level, seen, depth = {root}, {root}, 0
    while True:
        level = {
            target
            for source, target in edges
            if source in level and target not in seen and not target.startswith("named:")
        }
        if not level:
            return depth
        seen |= level
        depth += 1


if __name__ == "__main__":
    main()
