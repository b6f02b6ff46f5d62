"""Make the bundled snapshot from the sourced facts: our own minimal cards.

    python tasks/build_bundled.py [FACTS]

A card holds facts only: ids, numbers, license names, links, each with its source in the card's
last lines. Facts whose confidence is ``recalled`` are left out; what no verified fact speaks of
has no card, and the manifest says why. Byte-identical for the same facts.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from dataset_cards import card_of_copy, dataset_card
from model_cards import data_config, is_declared, model_card
from sourced_facts import (
    ROOT,
    Facts,
    hub_id,
    listed,
    overlay,
    read,
    strings,
    tagged_id,
    unique,
    verified,
    with_tags,
)

from provenance.refs import is_repo_id

TARGET = ROOT / "src" / "provenance" / "hub" / "snapshots" / "bundled"
_WITHDRAWN = re.compile(r"(?i)\bdefunct\b(?! \))|^withdrawn; ")
_UNSAID = "this snapshot holds no verified fact on it"


@dataclass
class Snapshot:
    """What is gathered for the manifest and the files."""

    added: Facts
    files: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    absent: dict[str, dict[str, str]] = field(default_factory=dict)

    def put(self, folder: str, repo_id: str, text: str | None) -> None:
        """Add a card, or say why there is none."""
        if text is not None:
            self.files[f"{folder}/{repo_id}/README.md"] = text
        elif f"{folder}/{repo_id}/README.md" not in self.files:
            self.absent.setdefault(
                f"{folder}/{repo_id}", {"why": "not_in_digest", "detail": _UNSAID}
            )


def build(facts: Path) -> dict[str, str]:
    """Every file of the snapshot, by path."""
    datasets = read(facts / "datasets.yaml")
    models = listed(read(facts / "models.yaml")["models"])
    mixtures = [m for m in listed(read(facts / "mixtures.yaml")["mixtures"]) if verified(m)]
    snapshot = Snapshot(overlay())
    _datasets(snapshot, with_tags(listed(datasets["datasets"]), snapshot.added))
    _withdrawn(snapshot, datasets)
    _models(snapshot, models, mixtures)
    snapshot.absent = {k: v for k, v in snapshot.absent.items() if _is_absent(snapshot, k, v)}
    manifest = {
        "schema": "1",
        "name": "bundled",
        "digest": True,
        "date": str(datasets["as_of"]),
        "renamed": dict(sorted(snapshot.renamed.items())),
        "absent": dict(sorted(snapshot.absent.items())),
    }
    files = {"snapshot.json": json.dumps(manifest, indent=1) + "\n", **snapshot.files}
    return dict(sorted(files.items()))


def _is_absent(snapshot: Snapshot, path: str, absence: dict[str, str]) -> bool:
    """Whether an absence stands: a card, or a new name with a card, comes first."""
    if absence["why"] == "withdrawn":
        snapshot.files.pop(f"{path}/README.md", None)
        snapshot.renamed.pop(path, None)
        return True
    return f"{path}/README.md" not in snapshot.files and path not in snapshot.renamed


def _datasets(snapshot: Snapshot, facts: Iterable[Facts]) -> None:
    renamed = cast(dict[str, str], snapshot.added["renamed"])
    snapshot.renamed.update({f"datasets/{a}": f"datasets/{b}" for a, b in renamed.items()})
    for fact in facts:
        dataset_id = hub_id(fact, snapshot.added)
        tagged = tagged_id(fact, dataset_id, snapshot.added)
        for repo_id in unique(i for i in (dataset_id, tagged) if i is not None):
            text = dataset_card(fact, repo_id == tagged, repo_id == dataset_id, snapshot.added)
            snapshot.put("datasets", repo_id, text)
        if dataset_id is not None:
            _rename(snapshot, "datasets", dataset_id, strings(fact.get("aliases")))
    for copy in listed(snapshot.added["cards"]):
        snapshot.put("datasets", str(copy["id"]), card_of_copy(copy))


def _rename(snapshot: Snapshot, folder: str, repo_id: str, aliases: Iterable[str]) -> None:
    """Ids that only gained an owner lead to the present id."""
    for alias in aliases:
        if "/" not in alias and "/" in repo_id and alias == _tail(repo_id):
            snapshot.renamed[f"{folder}/{alias}"] = f"{folder}/{repo_id}"


def _tail(repo_id: str) -> str:
    return repo_id.rpartition("/")[2].lower()


def _withdrawn(snapshot: Snapshot, datasets: Facts) -> None:
    """Sets that their hosts took from the Hub, under every id that the facts list."""
    gone: dict[str, str] = {}
    for aggregate in listed(datasets["aggregates"]):
        if "defunct-datasets" in str(aggregate["fact"]):
            for name in strings(aggregate["value"]):
                gone[name] = gone[f"defunct-datasets/{name}"] = str(aggregate["source"])
    for fact in listed(datasets["datasets"]):
        status = fact.get("status")
        if isinstance(status, dict) and verified(status) and _is_gone(str(status["value"])):
            for repo_id in (str(fact.get("hf_id")), *strings(fact.get("aliases"))):
                if "/" in repo_id or "_" in repo_id or repo_id == fact.get("hf_id"):
                    gone.setdefault(repo_id, str(status["source"]))
    gone.update(cast(dict[str, str], snapshot.added["withdrawn"]))
    for repo_id, source in gone.items():
        if is_repo_id(repo_id) and repo_id != "None":
            snapshot.absent[f"datasets/{repo_id}"] = {
                "why": "withdrawn",
                "detail": f"taken from the Hub, see {source}",
            }


def _is_gone(status: str) -> bool:
    return _WITHDRAWN.search(status) is not None and not status.startswith("available")


def _models(snapshot: Snapshot, models: list[Facts], mixtures: list[Facts]) -> None:
    for fact in models:
        model_id = str(fact["model_id"])
        declared = is_declared(fact)
        own = [m for m in mixtures if model_id in strings(m["used_by"])]
        text = model_card(fact, model_id, own, snapshot.added) if declared else None
        snapshot.put("models", model_id, text)
        aliases = [a for a in strings(fact.get("aliases")) if is_repo_id(a)]
        _rename(snapshot, "models", model_id, aliases)
        for alias in aliases:
            if "/" in alias and declared:
                snapshot.put("models", alias, model_card(fact, alias, [], snapshot.added))
        for mixture in own:
            if str(mixture["mixture_id"]).endswith("data_config"):
                snapshot.files[f"models/{model_id}/data_config.json"] = data_config(mixture)


def main() -> None:
    """Replace the snapshot."""
    facts = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "facts"
    shutil.rmtree(TARGET, ignore_errors=True)
    for path, text in build(facts).items():
        target = TARGET / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
