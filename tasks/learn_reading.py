"""Learn how sure a reader of cards may be, and measure it on cards that the weights did not see.

    python tasks/learn_reading.py CORPUS JUDGE [--write] [--all] [--more=LABELS:CARDS]
        [--from=WEIGHTS]

CORPUS holds snapshots and ``labels/``; JUDGE is the scoring script beside it. Needs scikit-learn,
which nothing else here does. Prints what comes out on the cards learned from and, by folds that
leave out whole families of cards, on cards that were not. ``--write`` ships the weights; ``--all``
learns from the cards of ``benchmarks/reading_split.json`` that are shut, too; ``--more`` from
labelled cards that stand elsewhere, in CARDS/<owner>/<name>/README.md; ``--from`` starts half-way
between the priors and weights that were learned before, from cards that are not at hand, too (folds
then are in part of cards that those weights saw).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_array

from provenance.cards import Card, read_card
from provenance.cards.yaml_tree import scalars
from provenance.catalog import load_catalog
from provenance.discovery import declare, discover
from provenance.discovery.body import candidates, is_name
from provenance.discovery.candidates import Candidate
from provenance.discovery.repeats import add_beside, restates
from provenance.discovery.score import Weights
from provenance.report.training import Role

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/provenance/discovery/weights.json"
SPLIT = json.loads((ROOT / "benchmarks/reading_split.json").read_text("utf-8"))
FOLDS = 10
STRENGTH = 1.0
"""How far labels move weights from their priors: the inverse of the penalty on the difference."""
EXAMPLE = 3.0
"""Cards that an example card counts for: it shows a convention without anything around it."""
WORTH = {"plain": 1.0, "short": 1.5}
"""The same of the examples of a file that shows one convention with many names."""
FEWEST = 3
"""Cards that must show a feature for it to get a weight."""
COUNTED, DESCRIBED, BESIDE, POSSIBLE = 0.78, 0.5, 0.7, 0.25
CATALOG = load_catalog()
PRIORS = json.loads((ROOT / "tasks/reading_priors.json").read_text("utf-8"))
"""What an observation is worth before any card was read; labels move it from there."""
START = -1.0
"""The same of a candidate of which nothing is known."""
_NAMES_ONLY = (
    "link:",
    "called:",
    "config:",
    "name: dataset link",
    "name: known",
    "name: in datasets",
)
"""Observations that only names have."""


@dataclass
class Start:
    """What weights start from: the priors, or these and weights that were learned before."""

    base: float
    by_feature: dict[str, float]


def starts(path: Path | None) -> tuple[Start, Start]:
    """Where weights of names and of descriptions start."""
    told = {f: w for f, w in PRIORS.items() if not f.startswith(_NAMES_ONLY) and " & " not in f}
    names, descriptions = Start(START, PRIORS), Start(START, told)
    if path is None:
        return names, descriptions
    old = json.loads(path.read_text("utf-8"))
    return (
        half_way(names, Start(float(old["base"]), old["weights"])),
        half_way(descriptions, Start(float(old["description_base"]), old["of_descriptions"])),
    )


def half_way(one: Start, other: Start) -> Start:
    """The mean of two starts; what only the first knows stays as it is there."""
    names = one.by_feature.keys() | other.by_feature.keys()
    mean = {
        f: (one.by_feature.get(f, 0.0) + other.by_feature.get(f, one.by_feature.get(f, 0.0))) / 2
        for f in sorted(names)
    }
    return Start((one.base + other.base) / 2, mean)


Row = tuple[frozenset[str], bool, bool]
"""Features of a candidate, whether a label says it is right, whether it is a name."""


@dataclass
class Labelled:
    """A labelled card and its candidates: features, and whether a label says it is right."""

    label: dict[str, Any]
    card: Card
    rows: list[Row]
    fold: int
    worth: float = 1.0


def family(model: str) -> str:
    """Cards that must stay together: an owner's, and owners whose cards are versions of theirs."""
    owner = model.partition("/")[0]
    return str(SPLIT["families"].get(owner, owner))


def load_judge(path: Path) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("judge", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    judge = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(judge)
    return judge


def load(corpus: Path, judge: ModuleType, shut: bool) -> list[Labelled]:
    """Labelled cards of both sets of labels; ``shut``: those that are shut, else the others."""
    found = []
    for name in ("modern_models", "model_training_sets"):
        for label in judge.rows(corpus / "labels" / f"{name}.jsonl"):
            if (label["model"] in SPLIT["shut"]) is not shut:
                continue
            label.pop("license", None)
            label.setdefault("kind", "2020")
            for snapshot in [label.get("snapshot", ""), *judge.SNAPSHOTS]:
                path = corpus / snapshot / "models" / label["model"] / "README.md"
                if path.is_file():
                    break
            card = read_card(path.read_bytes(), f"models/{label['model']}")
            fold = int(hashlib.sha256(family(label["model"]).encode()).hexdigest(), 16) % FOLDS
            found.append(Labelled(label, card, rows_of(card, label, judge), fold))
    return found


def load_more(labels: Path, cards: Path, judge: ModuleType) -> list[Labelled]:
    """Labelled cards beside those of the corpus; ``cards`` holds one folder a model."""
    found = []
    for label in judge.rows(labels):
        label.pop("license", None)
        path = cards / label["model"] / "README.md"
        card = read_card(path.read_bytes(), f"models/{label['model']}")
        fold = int(hashlib.sha256(family(label["model"]).encode()).hexdigest(), 16) % FOLDS
        found.append(Labelled(label, card, rows_of(card, label, judge), fold))
    return found


def load_asked(corpus: Path, judge: ModuleType) -> list[Labelled]:
    """The labelled cards that the command asks for."""
    cards = load(corpus, judge, shut=False)
    if "--all" in sys.argv:
        cards += load(corpus, judge, shut=True)
    for argument in [a for a in sys.argv[3:] if a.startswith("--more=")]:
        labels, _, folder = argument.removeprefix("--more=").partition(":")
        cards += load_more(Path(labels), Path(folder), judge)
    return cards


def load_examples(judge: ModuleType) -> list[Labelled]:
    """The example cards of the tests, in our own words. They are never held back."""
    found = []
    for path in sorted((ROOT / "tests/discovery/examples").glob("*.yaml")):
        for example in yaml.safe_load(path.read_text("utf-8")):
            if "sets" not in example and "described" not in example:
                continue
            label = {
                "model": "acme/finch",
                "training_sets": [{"name": n} for n in example.get("sets", [])],
                "described": example.get("described", []),
                "optional": example.get("may_say", []),
            }
            card = read_card(example["card"].encode(), "models/acme/finch")
            worth = WORTH.get(path.stem, EXAMPLE)
            found.append(Labelled(label, card, rows_of(card, label, judge), -1, worth))
    return found


def rows_of(card: Card, label: dict[str, Any], judge: ModuleType) -> list[Row]:
    """Candidates that a label speaks of, with its answer."""
    if "sets" in (label.get("unsure") or []):
        return []
    found = candidates(card, CATALOG.known)[1]
    named = {i for i, c in enumerate(found) if is_name(c) and is_right(c, label, judge)}
    told = label.get("described") or []
    if "described" not in label:
        told = [t["name"] for t in label["training_sets"]]
    rows = []
    for candidate in add_beside(found, named):
        mention = candidate.mention
        if mention.role is Role.EVALUATION or restates(candidate):
            continue
        shown = {"name": mention.name, "id": mention.id}
        if any(judge.same({"name": o}, shown) for o in label.get("optional") or []):
            continue
        right = is_right(candidate, label, judge) or any(judge.describes(d, shown) for d in told)
        if not candidate.proper and not right and named and "described" not in label:
            continue  # the labels of 2020 tell of descriptions only where nothing is named
        rows.append((candidate.features, right, candidate.proper))
    return rows


def is_right(candidate: Candidate, label: dict[str, Any], judge: ModuleType) -> bool:
    """Whether a label names the set that a candidate names."""
    shown = {"name": candidate.mention.name, "id": candidate.mention.id}
    return any(judge.same(t, shown) for t in label["training_sets"])


def learn(cards: list[Labelled], before: tuple[Start, Start] | None = None) -> Weights:
    """Weights of names and of descriptions; ``before``: where each starts."""
    of_names, of_descriptions = before or starts(None)
    base, names = fit(cards, True, of_names)
    description_base, descriptions = fit(cards, False, of_descriptions)
    return Weights(
        base, names, COUNTED, DESCRIBED, BESIDE, POSSIBLE, description_base, descriptions
    )


def fit(cards: list[Labelled], proper: bool, start: Start) -> tuple[float, dict[str, float]]:
    """Base and weights of a logistic regression; every card counts the same, however long."""
    kept = [(c, [r for r in c.rows if r[2] is proper]) for c in cards]
    shown = Counter(f for _, some in kept for f in frozenset().union(*[r[0] for r in some]))
    names = sorted({f for f, n in shown.items() if n >= FEWEST} | start.by_feature.keys())
    index = {f: i for i, f in enumerate(names)}
    rows = [(r, c.worth / len(some) ** 0.5) for c, some in kept for r in some]
    if not rows:
        return start.base, start.by_feature
    places = [(i, index[f]) for i, ((fs, _, _), _) in enumerate(rows) for f in fs & index.keys()]
    at = numpy.array(places).T
    matrix = csr_array((numpy.ones(len(places)), at), shape=(len(rows), len(names)))
    right = numpy.array([float(r[1]) for r, _ in rows])
    weigh = numpy.array([w for _, w in rows])
    weigh /= weigh.mean()
    prior = numpy.array([start.by_feature.get(f, 0.0) for f in names])

    def cost(w: Any) -> tuple[float, Any]:
        """Penalised log loss and its gradient; the penalty is on what differs from the prior."""
        z = matrix @ w[1:] + w[0]
        p = 1 / (1 + numpy.exp(-z))
        loss = weigh @ (numpy.logaddexp(0, z) - right * z)
        off = w[1:] - prior
        slope = weigh * (p - right)
        gradient = numpy.concatenate([[slope.sum()], matrix.T @ slope + off / STRENGTH])
        return float(loss + off @ off / (2 * STRENGTH)), gradient

    first = numpy.concatenate([[start.base], prior])
    best = minimize(cost, first, jac=True, method="L-BFGS-B").x
    by_feature = {f: round(float(w), 2) for f, w in zip(names, best[1:], strict=True)}
    return round(float(best[0]), 2), {f: w for f, w in by_feature.items() if abs(w) >= 0.05}


def report(card: Card, weights: Weights) -> dict[str, Any]:
    """What the judge reads of a report."""
    declared = declare(discover(card, {}, CATALOG.known, weights)[0], CATALOG.find, weights)
    own = card.repo.partition("/")[2]
    targets = [f"models/{b.id}" if b.id else f"named:{b.name}" for b in declared.base_models]

    def shown(sets: Any) -> list[dict[str, Any]]:
        return [
            {"name": s.name, "id": s.id, "role": str(s.role), "via": [],
             "declared_in": [str(p) for p in s.declared_in], "confidence": s.confidence}
            for s in sets
        ]  # fmt: skip

    return {
        "subject": {"id": own},
        "training_sets": shown(declared.sets),
        "possible_sets": shown(declared.possible),
        "lineage": {
            "edges": [
                {"kind": "finetuned_from", "source": f"models/{own}", "target": t} for t in targets
            ]
        },
        "undeclared": declared.undeclared,
    }


def say(title: str, cards: list[Labelled], reports: dict[str, Any], judge: ModuleType) -> None:
    """One line of figures, and how much the possible sets add."""
    labels = [c.label for c in cards]
    counts, _ = judge.score_models(labels, reports)
    added = 0
    for label in labels:
        if "sets" in (label.get("unsure") or []):
            continue
        shown = reports[label["model"]]
        pairs = judge.pair(label["training_sets"], shown["training_sets"])
        rest = [t for i, t in enumerate(label["training_sets"]) if i not in pairs]
        added += len(judge.pair(rest, shown["possible_sets"]))
    judge.say_models(counts, f"{title}: ")
    total = counts["tp"] + counts["fn"]
    print(f"    with the possible ones: recall={(counts['tp'] + added) / max(total, 1):.3f}")


def language(card: Card) -> str:
    """Language of a card's front matter: one, several or none."""
    node = card.get("language", "languages")
    found = [v.text.lower() for v in scalars(node)] if node is not None else []
    if len(found) > 1:
        return "several languages"
    return f"language {found[0]}" if found else "no language"


def by_group(title: str, cards: list[Labelled], reports: dict[str, Any], judge: ModuleType) -> None:
    """Figures by kind, year, language, and of cards without ``datasets:``."""
    groups: dict[str, list[Labelled]] = {}
    for one in cards:
        no_key = one.card.get("datasets", "dataset") is None
        for name in (one.label["kind"], str(one.label["year"]), language(one.card)):
            groups.setdefault(name, []).append(one)
        groups.setdefault("no datasets key" if no_key else "datasets key", []).append(one)
    for name in sorted(groups):
        say(f"{title}, {name}", groups[name], reports, judge)


def main() -> None:
    """Learn, measure, and perhaps write."""
    corpus, judge = Path(sys.argv[1]), load_judge(Path(sys.argv[2]))
    cards = load_asked(corpus, judge)
    asked = [a.removeprefix("--from=") for a in sys.argv[3:] if a.startswith("--from=")]
    before = starts(Path(asked[0])) if asked else None
    examples = load_examples(judge)
    weights = learn([*cards, *examples], before)
    seen = {c.label["model"]: report(c.card, weights) for c in cards}
    unseen: dict[str, Any] = {}
    for fold in range(FOLDS):
        held = [c for c in cards if c.fold == fold]
        other = learn([*[c for c in cards if c.fold != fold], *examples], before)
        unseen.update({c.label["model"]: report(c.card, other) for c in held})
    modern = [c for c in cards if c.label["kind"] != "2020"]
    old = [c for c in cards if c.label["kind"] == "2020"]
    for title, some in (("modern", modern), ("2020", old)):
        say(f"{title}, seen", some, seen, judge)
        say(f"{title}, unseen", some, unseen, judge)
    if "--by" in sys.argv:
        by_group("unseen", modern, unseen, judge)
    if "--shut" in sys.argv:
        shut = load(corpus, judge, shut=True)
        opened = {c.label["model"]: report(c.card, weights) for c in shut}
        say("shut", shut, opened, judge)
        by_group("shut", shut, opened, judge)
    if "--errors" in sys.argv:
        for one in judge.score_models([c.label for c in modern], unseen)[1]:
            print(*one)
    if "--write" in sys.argv:
        write(weights)


def write(weights: Weights) -> None:
    """Ship the weights."""
    shipped = {
        "counted": COUNTED,
        "described": DESCRIBED,
        "beside": BESIDE,
        "possible": POSSIBLE,
        "base": weights.base,
        "weights": dict(sorted(weights.by_feature.items())),
        "description_base": weights.description_base,
        "of_descriptions": dict(sorted(weights.of_descriptions.items())),
    }
    SHIPPED.write_text(json.dumps(shipped, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
