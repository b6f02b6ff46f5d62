"""Make the bundled snapshot from the sourced facts: our own minimal cards.

    python tasks/build_bundled.py [FACTS]

A card holds facts only: ids, numbers, license names, links, each with its source in the card's
last lines. Facts whose confidence is ``recalled`` are left out; a dataset whose tag was not read
has no card. Byte-identical for the same facts.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
from build_catalog import Facts, listed, read, verified

from provenance.refs import is_repo_id

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "provenance" / "snapshots" / "bundled"
NOTE = "A minimal card made from sourced facts, not the publisher's own text."


def build(facts: Path) -> dict[str, str]:
    """Every file of the snapshot, by path."""
    datasets = listed(read(facts / "datasets.yaml")["datasets"])
    models = read(facts / "models.yaml")
    mixtures = listed(read(facts / "mixtures.yaml")["mixtures"])
    totals = {
        str(model): total
        for mixture in mixtures
        for model in cast(list[str], mixture["used_by"])
        if isinstance(total := mixture.get("total_tuples"), int)
    }
    files: dict[str, str] = {}
    for fact in datasets:
        card = dataset_card(fact)
        if card is not None:
            files[f"datasets/{fact['hf_id']}/README.md"] = card
    for fact in listed(models["models"]):
        if is_repo_id(str(fact["model_id"])):
            model_id = str(fact["model_id"])
            files[f"models/{model_id}/README.md"] = model_card(fact, totals.get(model_id))
    for mixture in mixtures:
        if str(mixture["mixture_id"]).endswith("data_config"):
            for model in cast(list[str], mixture["used_by"]):
                files[f"models/{model}/data_config.json"] = data_config(mixture)
    files["snapshot.json"] = manifest(datasets, listed(models["models"]), files, models)
    return files


def values(fact: object) -> list[str]:
    """The verified values of a fact that may be one or a list."""
    if not isinstance(fact, dict) or not verified(fact):
        return []
    value = fact.get("value")
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


def sources(*facts: object) -> list[str]:
    """Where verified facts were read, each once."""
    found: list[str] = []
    for fact in facts:
        for one in listed(fact):
            if verified(one) and one.get("source"):
                date = f" ({one['as_of']})" if one.get("as_of") else ""
                found.append(f"{one['source']}{date}")
    return list(dict.fromkeys(found))


def document(front: Facts, lines: Iterable[str], read_at: list[str]) -> str:
    """Front matter, body and sources."""
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000) if front else ""
    body = "\n".join(lines)
    listed_sources = "\n".join(f"- {source}" for source in read_at)
    return f"---\n{head}---\n{body}\n\n## About this card\n\n{NOTE} Sources:\n\n{listed_sources}\n"


def dataset_card(fact: Facts) -> str | None:
    """A dataset's card; ``None`` when its tag was not read or it has no Hub id."""
    tag = fact.get("hub_license")
    if not isinstance(tag, dict) or not verified(tag) or not is_repo_id(str(fact.get("hf_id"))):
        return None
    front: Facts = {}
    tags = values(tag)
    if tags:
        front["license"] = tags[0] if len(tags) == 1 else tags
    origins = values(fact.get("source_datasets_tag"))
    if origins:
        front["source_datasets"] = origins
    infos = [info for size in listed(fact.get("size")) if (info := dataset_info(size)) is not None]
    if infos:
        front["dataset_info"] = infos[0] if len(infos) == 1 else infos
    lines = [f"# {fact['name']}", ""]
    stated = [
        license_line(str(f["value"])) for f in listed(fact.get("creator_license")) if verified(f)
    ]
    if stated:
        lines += ["## Licensing Information", "", *stated]
    read_at = sources(
        tag, fact.get("source_datasets_tag"), fact.get("creator_license"), fact.get("size")
    )
    return document(front, lines, read_at)


def license_line(value: str) -> str:
    """What the creators state, as the name of a license or as nothing."""
    if re.match(r"(?i)none\b|unknown\b|unspecified", value):
        return "More Information Needed"
    return f"The data is licensed under {value.replace('licence', 'license')}."


def dataset_info(size: Facts) -> Facts | None:
    """A ``dataset_info`` block from counts read in a card."""
    rows, total = size.get("rows"), size.get("bytes")
    if not verified(size) or not isinstance(rows, dict):
        return None
    info: Facts = {"config_name": str(size.get("config", "default"))}
    info["splits"] = [{"name": str(k), "num_examples": v} for k, v in rows.items()]
    if isinstance(total, int):
        info["dataset_size"] = total
    return info


def model_card(fact: Facts, total: int | None) -> str:
    """A model's card: tag, declared sets, base models and a table of what it lists in words."""
    front: Facts = {}
    tags = values(fact.get("card_license"))
    if tags:
        front["license"] = tags[0] if len(tags) == 1 else tags
    declared = values(fact.get("datasets_declared"))
    if declared:
        front["datasets"] = declared
    bases = [b for b in listed(fact.get("base_model")) if verified(b)]
    ids = [str(b["id"]) for b in bases if is_repo_id(str(b["id"]))]
    if ids:
        front["base_model"] = ids[0] if len(ids) == 1 else ids
        relations = {str(b.get("relation")) for b in bases}
        if len(relations) == 1 and (relation := relations.pop()) in {
            "finetune", "adapter", "merge", "quantized",
        }:  # fmt: skip
            front["base_model_relation"] = relation
    rows = [r for r in listed(fact.get("training_sets_in_prose")) if verified(r)]
    lines = [f"# {str(fact['model_id']).rpartition('/')[2]}", ""]
    lines += training_tables(rows, total)
    read_at = sources(
        fact.get("card_license"), fact.get("datasets_declared"), fact.get("base_model"), rows
    )
    return document(front, lines, read_at)


def training_tables(rows: list[Facts], total: int | None) -> list[str]:
    """A table for each unit that several sets are counted in; the others in a list."""
    counted: dict[str, list[Facts]] = {}
    for row in rows:
        unit = str(row.get("unit", ""))
        if isinstance(row.get("amount"), int | float) and re.fullmatch(r"[a-z %]+", unit):
            counted.setdefault(unit, []).append(row)
    tables = {unit: group for unit, group in counted.items() if len(group) > 1}
    tabled = [id(row) for group in tables.values() for row in group]
    lines: list[str] = []
    for unit, group in tables.items():
        sign = "%" if unit == "percent" else ""
        header = "Share" if sign else f"Number of {unit}"
        lines += ["## Training data", "", f"| Dataset | {header} |", "| --- | ---: |"]
        for row in group:
            amount = cast(float, row["amount"])
            lines.append(f"| {link(row)} | {amount:,}{sign} |")
        if total is not None and unit == "training tuples":
            lines.append(f"| **Total** | {total:,} |")
        lines.append("")
    rest = [row for row in rows if id(row) not in tabled]
    if rest:
        lines += ["## Training data", "", *(f"- {link(row)}" for row in rest), ""]
    return lines


_SEVERAL = {
    "allnli": "AllNLI ([SNLI](https://nlp.stanford.edu/projects/snli/) and "
    "[MultiNLI](https://cims.nyu.edu/~sbowman/multinli/))"
}
"""Rows of the all-MiniLM-L6-v2 card that link two sets; the facts keep one link a row."""


def link(row: Facts) -> str:
    """A set's name, with its link when the card gives one."""
    if row.get("dataset_ref") in _SEVERAL:
        return _SEVERAL[str(row["dataset_ref"])]
    name = " ".join(str(row["name"]).replace("|", "/").split())
    return f"[{name}]({row['url']})" if row.get("url") else name


def data_config(mixture: Facts) -> str:
    """Counts and sampling weights, one entry for each component."""
    entries = [
        {"name": f"{c['name']}.jsonl.gz", "lines": c["tuples"], "weight": c["weight"]}
        for c in listed(mixture["components"])
    ]
    return json.dumps(entries, indent=2) + "\n"


def manifest(
    datasets: list[Facts], models: list[Facts], files: dict[str, str], facts: Facts
) -> str:
    """Name, date and the old ids that lead to a repository here."""
    renamed: dict[str, str] = {}
    for kind, key, entries in (
        ("datasets", "hf_id", datasets),
        ("models", "model_id", models),
    ):
        for fact in entries:
            target = f"{kind}/{fact.get(key)}"
            if f"{target}/README.md" not in files:
                continue
            for alias in cast(list[object], fact.get("aliases") or []):
                old = f"{kind}/{alias}"
                known = f"{old}/README.md" in files or old in renamed
                if is_repo_id(str(alias)) and str(alias) == str(alias).lower() and not known:
                    renamed[old] = target
    data = {
        "schema": "1",
        "name": "bundled",
        "date": str(facts["as_of"]),
        "renamed": dict(sorted(renamed.items())),
    }
    return json.dumps(data, indent=1) + "\n"


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
