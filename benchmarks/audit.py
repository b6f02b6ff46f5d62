"""What an audit costs: latency against the critical path, requests, cards a second, start-up.

Run by hand: ``python benchmarks/audit.py [CORPUS]``. Prints ratios; see README, "Measured".
"""

from __future__ import annotations

import datetime
import hashlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
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
    long_lines()
    deep()
    ten()
    if corpus.is_dir():
        cards(corpus)
        network(corpus)
    else:
        print(f"{corpus} is absent: cards and network are not measured")


def start_up() -> None:
    """``--help`` and an audit of bundled facts over bare Python; whole processes, in turn."""
    program = str(Path(sys.executable).with_name("provenance"))
    bundled = [program, "audit", "datasets/rajpurkar/squad", "--snapshot", "bundled", "--exit-zero"]
    shown, audit = [], []
    for _ in range(RUNS):
        bare = seconds([sys.executable, "-c", "pass"])
        shown.append(seconds([program, "--help"]) - bare)
        audit.append(seconds(bundled) - bare)
    print(f"start-up: --help takes {spread(shown)} s over bare Python (goal <=0.15)")
    print(f"start-up: an audit of bundled facts takes {spread(audit)} s over it (goal <=0.25)")


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


@contextmanager
def served(hub: str) -> Iterator[str]:
    """The endpoint of a local Hub, in a process of its own, that answers after 50 ms."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.hub_server", hub, str(LATENCY_S * 1000)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        line = server.stdout.readline() if server.stdout else ""
        yield line.strip().partition("=")[2]
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True)
class Cost:
    """What one run of an audit took."""

    wall: float
    requests: int
    repositories: int
    critical: float
    """Seconds that its requests take when only those wait that must."""


def audited(endpoint: str, subjects: Sequence[str], cache: Path) -> Cost:
    """Audit in this process, start-up and report aside."""
    from provenance.auditing.audit import audit_refs
    from provenance.hub.live import LiveHub
    from provenance.policy import load_policy
    from provenance.refs import parse_repo

    policy = load_policy("default", ROOT)
    live = LiveHub(endpoint=endpoint, token="", cache=cache)
    refs = [parse_repo(subject) for subject in subjects]
    started = time.perf_counter()
    reports = audit_refs(refs, live, policy, as_of=datetime.date(2026, 11, 22))
    live.settle()
    wall = time.perf_counter() - started
    not_asked = {"named", "not_followed"}
    asked = {n.key for r in reports for n in r.lineage.nodes if n.status not in not_asked}
    steps = max(
        levels(r.lineage.root, [(e.source, e.target) for e in r.lineage.edges]) for r in reports
    )
    # one after another: the subject's card and listing, the cards of each level, and the listing
    # of a set whose card names no license
    return Cost(wall, live.requests, len(asked), (steps + 3) * LATENCY_S)


def network(corpus: Path) -> None:
    """One audit of a real model, cold cache."""
    with served(str(corpus / "hub-2023")) as endpoint:
        costs = [cold(endpoint, [MODEL]) for _ in range(RUNS)]
    say("network, one real model", costs)


def cold(endpoint: str, subjects: Sequence[str]) -> Cost:
    """An audit with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        return audited(endpoint, subjects, Path(cache))


def say(label: str, costs: Sequence[Cost]) -> None:
    """Median and range of a row."""
    print(
        f"{label}: {spread([c.wall / c.critical for c in costs])} times the critical path at "
        f"50 ms, {spread([c.requests / c.repositories for c in costs])} requests a repository "
        f"({costs[0].requests} for {costs[0].repositories}), {spread([c.wall for c in costs])} s"
    )


def spread(numbers: Sequence[float]) -> str:
    """``median (least to greatest)``."""
    return f"{statistics.median(numbers):.2f} ({min(numbers):.2f} to {max(numbers):.2f})"


def deep() -> None:
    """Three models in a row, 60 sets, 60 sources: cold, then warm, beside a bare client."""
    first, second, bare = [], [], []
    with served("deep") as endpoint:
        for _ in range(RUNS):
            with tempfile.TemporaryDirectory() as cache:
                first.append(audited(endpoint, ["made/m-0"], Path(cache)))
                second.append(audited(endpoint, ["made/m-0"], Path(cache)))
            bare.append(bare_client(endpoint))
    say("deep audit", first)
    say("the same again", second)
    ratio = [warm.wall / before.wall for warm, before in zip(second, first, strict=True)]
    print(f"the same again: {spread(ratio)} of the first run's time (goal <=0.3)")
    print(f"a bare client, every card at once: {spread(bare)} s")


def bare_client(endpoint: str) -> float:
    """Seconds that the cards alone take, all known beforehand, 32 at a time."""
    from benchmarks.hub_server import DEEP, invented

    paths = [path.removeprefix("models/") for path in invented(DEEP)]
    started = time.perf_counter()
    with httpx2.Client(limits=httpx2.Limits(max_connections=32)) as client:
        urls = [f"{endpoint}/{path}/resolve/main/README.md" for path in paths]
        with ThreadPoolExecutor(32) as pool:
            for answer in pool.map(client.get, urls):
                answer.raise_for_status()
    return time.perf_counter() - started


def ten() -> None:
    """Ten models that share sets: together, and one after another."""
    names = [f"made/m-{n}" for n in range(10)]
    together, alone, ratios = [], [], []
    with served("ten") as endpoint:
        for _ in range(RUNS):
            together.append(cold(endpoint, names))
            costs = [cold(endpoint, [name]) for name in names]
            alone.append(sum(c.requests for c in costs))
            ratios.append(together[-1].wall / sum(c.wall for c in costs))
    say("ten subjects", together)
    print(f"ten subjects: {spread(ratios)} of the time of one after another ({alone[0]} requests)")


def long_lines() -> None:
    """Quoting every name of one line, beside finding each with ``str.find``."""
    from provenance.cards.card import excerpt_around

    for size in (125_000, 500_000):
        names = [hashlib.sha256(str(n).encode()).hexdigest()[:12] for n in range(size // 30)]
        line = " ".join(f"[{name}](h/{name})" for name in names)
        ours, ratios = [], []
        for _ in range(5):
            started = time.perf_counter()
            for name in names:
                excerpt_around(line, name)
            ours.append(time.perf_counter() - started)
            started = time.perf_counter()
            for name in names:
                line.find(name)
            ratios.append(ours[-1] / (time.perf_counter() - started))
        print(
            f"one line of {size // 1000} kB, {len(names):,} quotes: {spread(ours)} s, "
            f"{spread(ratios)} times str.find of each"
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
