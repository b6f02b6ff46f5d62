"""Make ``src/provenance/catalog/data/catalog.json`` from the sourced facts.

    python tasks/build_catalog.py [FACTS]

Facts whose confidence is ``recalled`` are left out. Byte-identical for the same facts.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import cast

import yaml

from provenance.licensing import symbols_in
from provenance.licensing.identifiers import spdx_ids
from provenance.refs import is_repo_id

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "provenance" / "catalog" / "data" / "catalog.json"

Facts = dict[str, object]

_EXPRESSION = re.compile(r"[A-Za-z0-9.+\-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+\-]+)*")
VERIFIED = {"read", "computed"}
_UNITS = {
    "percent": ("percent", 1.0),
    "weight_percent": ("percent of the weight", 1.0),
    "sample_percent": None,
    "tokens_billion": ("tokens", 1e9),
    "tokens_million": ("tokens", 1e6),
    "tokens_billion_llama": ("tokens", 1e9),
    "tokens_billion_olmo": ("tokens", 1e9),
    "effective_tokens_billion": ("tokens seen", 1e9),
    "effective_gib": ("bytes seen", 2.0**30),
    "raw_gib": ("bytes", 2.0**30),
    "size_gb": ("bytes", 1e9),
    "gb": ("bytes", 1e9),
    "hours": ("hours", 1.0),
    "weight": ("sampling weight", 1.0),
    "proportion": ("sampling weight", 1.0),
    "tuples": ("tuples", 1.0),
}
_TOTALS = {
    "published_total_tokens_billion": ("tokens", 1e9),
    "published_total_tokens_million": ("tokens", 1e6),
    "published_total_effective_gib": ("bytes seen", 2.0**30),
    "published_total_hours": ("hours", 1.0),
    "total_tuples": ("tuples", 1.0),
    "total_weight": ("sampling weight", 1.0),
}


def build(facts: Path) -> str:
    """The catalogue as JSON text."""
    datasets = read(facts / "datasets.yaml")
    rows = model_rows(read(facts / "models.yaml"))
    mixtures = read(facts / "mixtures.yaml")
    data = {
        "as_of": str(datasets["as_of"]),
        "datasets": [record(d, rows, str(datasets["as_of"])) for d in listed(datasets["datasets"])],
        "mixtures": [
            m for fact in listed(mixtures["mixtures"]) if (m := mixture(fact)) is not None
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def read(path: Path) -> Facts:
    """One facts file."""
    return cast(Facts, yaml.safe_load(path.read_text(encoding="utf-8")))


def listed(value: object) -> list[Facts]:
    """A list of mappings; a single mapping is a list of one; nothing is none."""
    if isinstance(value, dict):
        return [value]
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def verified(fact: Facts) -> bool:
    """Whether the fact was read or computed somewhere, not remembered."""
    return fact.get("confidence") in VERIFIED and fact.get("source") != "general knowledge"


def model_rows(models: Facts) -> dict[str, list[tuple[str, str | None]]]:
    """Names and links under which model cards list each set, by the set's key."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for model in listed(models["models"]):
        for row in listed(model.get("training_sets_in_prose")):
            key = row.get("dataset_ref")
            if isinstance(key, str) and verified(row) and row.get("url"):
                found.setdefault(key, []).append((str(row["name"]), str(row["url"])))
    return found


def record(fact: Facts, rows: dict[str, list[tuple[str, str | None]]], as_of: str) -> Facts:
    """One set's record."""
    key = str(fact["dataset_id"])
    hub_id = fact.get("hf_id")
    names = [str(a) for a in cast(list[object], fact.get("aliases") or [])]
    urls = [n for n in names if "://" in n]
    named = [n for n in names if "://" not in n]
    for name, url in rows.get(key, []):
        if url and "huggingface.co" not in url:
            urls.append(url)
        if len(rows[key]) == 1:
            named.append(name)
    return {
        "key": key,
        "name": str(fact["name"]),
        "hub_id": hub_id if isinstance(hub_id, str) and is_repo_id(hub_id) else None,
        "aliases": sorted(set(named)),
        "urls": sorted(set(urls)),
        "licenses": [
            license_fact(f, as_of) for f in listed(fact.get("creator_license")) if verified(f)
        ],
    }


def license_fact(fact: Facts, as_of: str) -> Facts:
    """A creator's license: named terms, none, or words that name no one license."""
    value = " ".join(str(fact["value"]).split()).replace("licence", "license")
    meaning, expression = "vague", None
    if re.match(r"NONE\b|(?i:none (?:stated|recorded|documented)|unknown\b|unspecified)", value):
        meaning = "placeholder"
    elif re.fullmatch(r"(?i)public domain(?: \(US government\))?", value):
        meaning, expression = "names", "LicenseRef-Public-Domain"
    elif _EXPRESSION.fullmatch(value) and all(known(s) for s in symbols_in(value)):
        meaning, expression = "names", value
    return {
        "value": value,
        "meaning": meaning,
        "expression": expression,
        "source": str(fact["source"]),
        "date": str(fact.get("as_of", as_of)),
    }


def known(symbol: str) -> bool:
    """Whether a symbol is an SPDX id or a reference to named terms."""
    return symbol.lower() in spdx_ids() or symbol.startswith("LicenseRef-")


def mixture(fact: Facts) -> Facts | None:
    """One published mixture; ``None`` when it is only remembered or names no Hub model."""
    used_by = [
        m
        for entry in cast(list[object], fact["used_by"])
        if is_repo_id((m := str(entry).split(" ")[0]).replace("*", "x"))
    ]
    if not verified(fact) or not used_by:
        return None
    components = []
    for part in listed(fact["components"]):
        amounts = sorted(
            {
                unit[0]: round(float(cast(float, part[k])) * unit[1], 6)
                for k, unit in _UNITS.items()
                if unit is not None and isinstance(part.get(k), int | float)
            }.items()
        )
        reference = part.get("dataset_ref")
        components.append(
            {
                "name": str(part["name"]),
                "record": reference if isinstance(reference, str) else None,
                "amounts": amounts,
            }
        )
    return {
        "key": str(fact["mixture_id"]),
        "used_by": used_by,
        "components": components,
        "totals": [
            (unit, round(float(cast(float, fact[k])) * scale, 6))
            for k, (unit, scale) in sorted(_TOTALS.items())
            if isinstance(fact.get(k), int | float)
        ],
        "source": str(fact["source"]),
        "date": str(fact.get("as_of", "")),
    }


def main() -> None:
    """Write the catalogue."""
    facts = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "facts"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(build(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
