"""Make the bundled digest from the sourced facts.

    python tasks/build_bundled.py [FACTS]

The digest holds facts only: ids, numbers, license names and links, each with its source and date.
Facts whose confidence is ``recalled`` are left out; what no verified fact speaks of is not in it.
Byte-identical for the same facts.
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

import msgspec
from audited_facts import Audited, data_provenance, mteb_tasks
from dataset_facts import dataset_facts, found_fact, merged, named_fact
from model_facts import model_facts
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

from provenance.hub.digest_facts import DigestData, NamedFacts, RepositoryFacts
from provenance.refs import is_repo_id
from provenance.report.evidence import FactSource

TARGET = ROOT / "src" / "provenance" / "hub" / "snapshots" / "bundled"
FOUND = ROOT / "tasks" / "bundled_facts.yaml"
_WITHDRAWN = re.compile(r"(?i)\bdefunct\b(?! \))|^withdrawn; ")
_NOTHING = RepositoryFacts()
_DEFAULTS = {"among": 1, "relation": "unknown"}


@dataclass
class Digest:
    """What is gathered."""

    added: Facts
    repositories: dict[str, RepositoryFacts] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, dict[str, str]] = field(default_factory=dict)

    def put(self, folder: str, repo_id: str, facts: RepositoryFacts) -> None:
        """Add facts on a repository to those that are there."""
        path = f"{folder}/{repo_id}"
        path = self.renamed.get(path, path)
        known = self.repositories.get(path)
        facts = facts if known is None else merged(known, facts)
        if facts != _NOTHING:
            self.repositories[path] = facts


def build(facts: Path) -> dict[str, str]:
    """Every file of the digest, by path."""
    datasets = read(facts / "datasets.yaml")
    models = listed(read(facts / "models.yaml")["models"])
    mixtures = [m for m in listed(read(facts / "mixtures.yaml")["mixtures"]) if verified(m)]
    found = read(FOUND)
    digest = Digest(overlay())
    entries = with_tags(listed(datasets["datasets"]), digest.added)
    _renames(digest, entries)
    _datasets(digest, entries)
    _found(digest, listed(found["licenses"]), str(found["read"]))
    _audited(digest, data_provenance(facts.parent / "corpus" / "dpi.jsonl"))
    _audited(digest, mteb_tasks())
    _withdrawn(digest, datasets)
    _models(digest, models, mixtures, frozenset(str(e["dataset_id"]) for e in entries))
    held = digest.repositories.keys() | digest.withdrawn.keys()
    digest.renamed = {old: new for old, new in digest.renamed.items() if new in held}
    manifest = {
        "schema": "1",
        "name": "bundled",
        "date": str(found["read"]),
        "renamed": dict(sorted(digest.renamed.items())),
        "absent": dict(sorted(digest.withdrawn.items())),
    }
    named = _named(listed(found["records"]), str(found["read"]))
    data = DigestData("1", dict(sorted(digest.repositories.items())), named)
    return {"facts.json": _facts_json(data), "snapshot.json": json.dumps(manifest, indent=1) + "\n"}


def _facts_json(data: DigestData) -> str:
    """One line a repository: readable in a diff."""
    plain = cast(dict[str, object], _pruned(msgspec.to_builtins(data.repositories)))
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in plain.items()]
    named = [
        json.dumps(_pruned(msgspec.to_builtins(one)), ensure_ascii=False) for one in data.named
    ]
    return (
        f'{{"schema": "{data.schema}", "named": [\n' + ",\n".join(named) + "\n],\n"
        '"repositories": {\n' + ",\n".join(lines) + "\n}}\n"
    )


def _pruned(value: object) -> object:
    """Without what is empty or at its default: an absent field reads as that."""
    if isinstance(value, dict):
        kept = {str(k): _pruned(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if not _is_default(k, v)}
    return [_pruned(v) for v in value] if isinstance(value, list | tuple) else value


def _is_default(key: str, value: object) -> bool:
    if key == "declared":
        return value is None  # empty: the model was read and names nothing
    if key == "value":
        return False
    return value in (None, []) or _DEFAULTS.get(key) == value


def _renames(digest: Digest, entries: Iterable[Facts]) -> None:
    renamed = cast(dict[str, str], digest.added["renamed"])
    digest.renamed.update({f"datasets/{a}": f"datasets/{b}" for a, b in renamed.items()})
    for fact in entries:
        dataset_id = hub_id(fact, digest.added)
        if dataset_id is not None:
            _rename(digest, "datasets", dataset_id, strings(fact.get("aliases")))


def _datasets(digest: Digest, entries: Iterable[Facts]) -> None:
    for fact in entries:
        dataset_id = hub_id(fact, digest.added)
        tagged = tagged_id(fact, dataset_id, digest.added)
        for repo_id in unique(i for i in (dataset_id, tagged) if i is not None):
            own, tag = repo_id == dataset_id, repo_id == tagged
            digest.put("datasets", repo_id, dataset_facts(fact, repo_id, tag, own, digest.added))
    for copy in listed(digest.added["cards"]):
        source = FactSource(str(copy["source"]), f"https://huggingface.co/datasets/{copy['id']}")
        tag_of_copy = named_fact(str(copy["license"]), "tag", source)
        digest.put("datasets", str(copy["id"]), RepositoryFacts(licenses=(tag_of_copy,)))


def _found(digest: Digest, facts: Iterable[Facts], date: str) -> None:
    for fact in facts:
        one = found_fact(fact, str(fact["origin"]), date)
        digest.put("datasets", str(fact["id"]), RepositoryFacts(licenses=(one,)))


def _named(facts: Iterable[Facts], date: str) -> tuple[NamedFacts, ...]:
    return tuple(
        NamedFacts(
            key=str(fact["key"]),
            name=cast(str | None, fact.get("name")),
            hub_id=cast(str | None, fact.get("hub_id")),
            licenses=(found_fact(fact, "catalog", date),) if "url" in fact else (),
        )
        for fact in facts
    )


def _audited(digest: Digest, audited: Audited) -> None:
    for repo_id, facts in audited.items():
        digest.put("datasets", repo_id, RepositoryFacts(licenses=tuple(facts)))


def _rename(digest: Digest, folder: str, repo_id: str, aliases: Iterable[str]) -> None:
    """Ids that only gained an owner lead to the present id."""
    for alias in aliases:
        if "/" not in alias and "/" in repo_id and alias == repo_id.rpartition("/")[2].lower():
            digest.renamed[f"{folder}/{alias}"] = f"{folder}/{repo_id}"


def _withdrawn(digest: Digest, datasets: Facts) -> None:
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
    gone.update(cast(dict[str, str], digest.added["withdrawn"]))
    for repo_id, source in gone.items():
        path = f"datasets/{repo_id}"
        if is_repo_id(repo_id) and repo_id != "None":
            digest.repositories.pop(path, None)
            digest.renamed.pop(path, None)
            detail = f"taken from the Hub, see {source}"
            digest.withdrawn[path] = {"why": "withdrawn", "detail": detail}


def _is_gone(status: str) -> bool:
    return _WITHDRAWN.search(status) is not None and not status.startswith("available")


def _models(
    digest: Digest, models: list[Facts], mixtures: list[Facts], keys: frozenset[str]
) -> None:
    for fact in models:
        model_id = str(fact["model_id"])
        if not is_repo_id(model_id):
            continue
        own = [m for m in mixtures if model_id in strings(m["used_by"])]
        aliases = [a for a in strings(fact.get("aliases")) if is_repo_id(a)]
        _rename(digest, "models", model_id, aliases)
        digest.put("models", model_id, model_facts(fact, model_id, own, digest.added, keys))
        for alias in aliases:
            if "/" in alias:
                digest.put("models", alias, model_facts(fact, alias, [], digest.added, keys))


def main() -> None:
    """Replace the digest."""
    facts = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "facts"
    files = build(facts)
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for path, text in files.items():
        (TARGET / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
