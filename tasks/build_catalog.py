"""Make ``src/provenance/catalog/data/catalog.json`` from the sourced facts.

    python tasks/build_catalog.py [FACTS]

Facts whose confidence is ``recalled`` are left out. Byte-identical for the same facts.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import cast

from fact_sources import source_of
from sourced_facts import (
    ROOT,
    Facts,
    Reading,
    american,
    hub_id,
    licenses,
    listed,
    overlay,
    read,
    strings,
    verified,
)

from provenance.names import normalize
from provenance.refs import is_repo_id

TARGET = ROOT / "src" / "provenance" / "catalog" / "data" / "catalog.json"

_UNITS = {
    "percent": ("percent", 1.0),
    "weight_percent": ("percent of the weight", 1.0),
    "tokens_billion": ("tokens", 1e9),
    "tokens_million": ("tokens", 1e6),
    "effective_tokens_billion": ("tokens seen", 1e9),
    "gb": ("bytes", 1e9),
    "hours": ("hours", 1.0),
    "weight": ("sampling weight", 1.0),
    "proportion": ("sampling weight", 1.0),
    "tuples": ("tuples", 1.0),
}
"""Fields of a mixture's parts, with the unit they are shown in and its scale."""
_TOTALS = {
    "published_total_tokens_billion": ("tokens", 1e9),
    "published_total_tokens_million": ("tokens", 1e6),
    "published_total_hours": ("hours", 1.0),
    "total_tuples": ("tuples", 1.0),
    "total_weight": ("sampling weight", 1.0),
}


def _address(source: str) -> str:
    """Where a fact was read; of a copy of a card, the card's own address."""
    found = source_of(source)
    return found.url if found.title.startswith("card of ") and found.url else source


def build(facts: Path) -> str:
    """The catalogue as JSON text."""
    datasets = read(facts / "datasets.yaml")
    mixtures = listed(read(facts / "mixtures.yaml")["mixtures"])
    models = listed(read(facts / "models.yaml")["models"])
    added = overlay()
    entries = listed(datasets["datasets"])
    names = names_in_use(entries, models, mixtures, added)
    links = links_in_use(models)
    as_of = str(datasets["as_of"])
    data = {
        "as_of": as_of,
        "datasets": [record(d, names, links, added, as_of) for d in entries],
        "mixtures": [m for fact in mixtures if (m := mixture(fact, added, as_of)) is not None],
    }
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def names_in_use(
    datasets: list[Facts], models: list[Facts], mixtures: list[Facts], added: Facts
) -> dict[str, list[str]]:
    """Names that cards and mixtures give each set, by its key.

    A name counts only if all who use it mean one set and no other set has it as its own.
    """
    keys = {str(d["dataset_id"]) for d in datasets}
    own: dict[str, set[str]] = defaultdict(set)
    for dataset in datasets:
        key = str(dataset["dataset_id"])
        for name in (key, str(dataset["name"]), *strings(dataset.get("aliases"))):
            own[normalize(name)].add(key)
    meant: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = [r for m in models for r in listed(m.get("training_sets_in_prose")) if verified(r)]
    rows += [c for m in mixtures if verified(m) for c in listed(m["components"])]
    for row in rows:
        meaning, name = row.get("dataset_ref"), american(str(row["name"]))
        if re.search(str(added["not_sets"]), name) or name in strings(added["not_names"]):
            continue
        if isinstance(meaning, str) and meaning in keys:
            meant[normalize(name)][meaning].add(name)
    found: dict[str, list[str]] = defaultdict(list)
    for normalized, by_key in meant.items():
        if len(by_key) == 1 and len(normalized) >= 3:
            ((key, written),) = by_key.items()
            if own.get(normalized, {key}) == {key}:
                found[key] += sorted(written)[:1]
    for known, names in cast(dict[str, list[str]], added["aliases"]).items():
        found[known] += names
    return found


def links_in_use(models: list[Facts]) -> dict[str, list[str]]:
    """Links that model cards give each set, by its key; those to the Hub are ids already."""
    found: dict[str, list[str]] = defaultdict(list)
    for model in models:
        for row in listed(model.get("training_sets_in_prose")):
            key, url = row.get("dataset_ref"), str(row.get("url", ""))
            if isinstance(key, str) and verified(row) and url and "huggingface.co" not in url:
                found[key].append(url)
    return found


def record(
    fact: Facts, names: dict[str, list[str]], links: dict[str, list[str]], added: Facts, as_of: str
) -> Facts:
    """One set's record."""
    key = str(fact["dataset_id"])
    aliases = strings(fact.get("aliases"))
    urls = [a for a in aliases if "://" in a] + links.get(key, [])
    urls += strings(cast(Facts, added["urls"]).get(key))
    renamed = cast(dict[str, str], added["renamed"])
    dataset_id = hub_id(fact, added)
    older = [old for old, new in renamed.items() if new == dataset_id]
    return {
        "key": key,
        "name": str(fact["name"]),
        "hub_id": dataset_id,
        "aliases": sorted(
            {a for a in [*aliases, *older, *names.get(key, [])] if "://" not in a} - {dataset_id}
        ),
        "urls": sorted(set(urls)),
        "licenses": [license_fact(r, as_of) for r in licenses(fact)],
    }


def license_fact(reading: Reading, as_of: str) -> Facts:
    """A stated license: named terms, none, or words that name no one license."""
    meaning = "names" if reading.expression else "placeholder" if reading.nothing else "vague"
    return {
        "value": reading.words,
        "meaning": meaning,
        "expression": reading.expression,
        "restrictions": reading.restrictions,
        "source": _address(reading.source),
        "date": reading.date or as_of,
    }


def mixture(fact: Facts, added: Facts, as_of: str) -> Facts | None:
    """One published mixture; ``None`` when it is only remembered or belongs to no Hub model.

    A model that the facts name with a remark ("mosaicml/mpt-7b (parts)") is not one of its users.
    """
    key = str(fact["mixture_id"])
    named = cast(dict[str, list[str]], added["used_by"]).get(key, [])
    used_by = [
        m
        for m in [*strings(fact["used_by"]), *named]
        if is_repo_id(m.replace("*", "x")) and "/" in m
    ]
    if not verified(fact) or not used_by or key in strings(added["divides"]):
        return None
    parts = [
        part
        for part in listed(fact["components"])
        if not re.search(str(added["not_sets"]), str(part["name"]))
    ]
    if not parts:
        return None
    components = [
        {
            "name": american(str(part["name"])),
            "hub_id": ref if "/" in (ref := str(part.get("dataset_ref"))) else None,
            "amounts": sorted(
                {
                    unit: round(float(cast(float, part[field])) * scale, 6)
                    for field, (unit, scale) in _UNITS.items()
                    if isinstance(part.get(field), int | float)
                }.items()
            ),
        }
        for part in parts
    ]
    return {
        "key": key,
        "used_by": used_by,
        "components": components,
        "totals": [
            (unit, round(float(cast(float, fact[field])) * scale, 6))
            for field, (unit, scale) in sorted(_TOTALS.items())
            if isinstance(fact.get(field), int | float)
        ],
        "source": _address(str(fact["source"])),
        "date": str(fact.get("as_of", as_of)),
    }


def main() -> None:
    """Write the catalogue."""
    facts = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "facts"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(build(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
