"""Minimal cards of models: tag, declared sets, base models and tables of what was counted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import cast

from dataset_cards import document
from sourced_facts import Facts, american, listed, sources, unique, values, verified

from provenance.refs import is_repo_id

_RELATIONS = {"finetune", "adapter", "merge", "quantized"}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_UNIT = re.compile(
    r"(?:(thousand|million|billion|trillion) )?([A-Za-z-]+(?: [a-z]{2,})*)(?! x\d)\b"
)
_SIZE = re.compile(r"\((\d+B)\)$")
_SEVERAL = {
    "allnli": "AllNLI ([SNLI](https://nlp.stanford.edu/projects/snli/) and "
    "[MultiNLI](https://cims.nyu.edu/~sbowman/multinli/))"
}
"""Rows that link two sets in the sentence-transformers cards; the facts keep one link a row."""
_PLAIN = {"cc-stories": "CC-Stories", "sharegpt": "ShareGPT"}
"""Names of sets whose name in the card is a common word or an address."""


@dataclass(frozen=True)
class Row:
    """One set of a model's training data."""

    name: str
    """With its link, as Markdown."""
    unit: str | None
    amount: float | None


def is_declared(fact: Facts) -> bool:
    """Whether verified facts say what the card declares, be it nothing."""
    if any(verified(row) for row in listed(fact.get("training_sets_in_prose"))):
        return True
    if str(fact.get("no_declaration_confidence", "")).startswith("read"):
        return True
    return verified(fact.get("datasets_declared")) and fact["declaration"] != "prose-only"


def model_card(fact: Facts, model_id: str, mixtures: list[Facts], added: Facts) -> str:
    """The card of ``model_id``: the model the facts are about, or another size or copy of it.

    Amounts are given for the model and its copies only; another size has amounts of its own.
    """
    own = model_id.rpartition("/")[2].startswith(str(fact["model_id"]).rpartition("/")[2])
    front: Facts = {}
    tags = values(fact.get("card_license"))
    if tags:
        front["license"] = tags[0] if len(tags) == 1 else tags
    declared = values(fact.get("datasets_declared"))
    if declared:
        front["datasets"] = declared
    bases = [b for b in listed(fact.get("base_model")) if verified(b)]
    ids = [str(b["id"]) for b in bases if is_repo_id(str(b["id"])) and "/" in str(b["id"])]
    if ids:
        front["base_model"] = ids[0] if len(ids) == 1 else ids
        relations = {str(b["relation"]) for b in bases}
        if len(relations) == 1 and relations <= _RELATIONS:
            front["base_model_relation"] = relations.pop()
    facts = [r for r in listed(fact.get("training_sets_in_prose")) if verified(r)]
    rows = _rows(facts, model_id, str(added["not_sets"]), own)
    if fact["declaration"] == "summary-file" and mixtures:
        rows = []  # named in another file than the card: the catalogue has them
    card = f"huggingface.co/{model_id} README"
    published = [m for m in mixtures if card in str(m["source"])]
    if published and not any(row.amount is not None for row in rows):
        rows = _mixture_rows(published[0])
    total = next(
        (m["total_tuples"] for m in mixtures if isinstance(m.get("total_tuples"), int)), None
    )
    lines = [f"# {model_id.rpartition('/')[2]}", ""]
    words = [str(b["id"]) for b in bases if str(b["id"]) not in ids]
    if words:
        lines += [f"Fine-tuned from {', '.join(words)}.", ""]
    lines += _tables(rows, cast(int | None, total))
    read_at = sources(
        fact.get("card_license"), fact.get("datasets_declared"), bases, facts, published
    )
    return document(front, lines, read_at)


def _rows(facts: list[Facts], model_id: str, not_sets: str, own: bool) -> list[Row]:
    found = []
    for fact in facts:
        name = american(str(fact["name"]))
        size = _SIZE.search(name)
        if re.search(not_sets, name) or (size and f"-{size[1].lower()}" not in model_id.lower()):
            continue
        unit, amount = _amount(fact) if own else (None, None)
        found.append(Row(_link(fact, name), unit, amount))
    return found


def _amount(fact: Facts) -> tuple[str | None, float | None]:
    """Unit without its scale word, and the amount in it."""
    amount, words = fact.get("amount"), str(fact.get("unit", ""))
    unit = _UNIT.match(words)
    if not isinstance(amount, int | float) or unit is None or re.search(r" x\d", words):
        return None, None
    return unit[2], amount * _SCALES.get(unit[1] or "", 1)


def _link(fact: Facts, name: str) -> str:
    """A set's name without remarks, with its link when the card gives one."""
    key = str(fact.get("dataset_ref"))
    if key in _SEVERAL:
        return _SEVERAL[key]
    plain = " ".join(name.replace("|", "/").split())
    if fact.get("url"):
        return f"[{plain}]({fact['url']})"
    if key in _PLAIN:
        return _PLAIN[key]
    return re.split(r"; |, (?=[a-z0-9])|,? \((?!Python|Reddit|arXiv)", plain)[0]


def _mixture_rows(mixture: Facts) -> list[Row]:
    """Rows of a mixture that the model's card publishes, as shares."""
    rows = []
    for part in listed(mixture["components"]):
        share = part.get("percent")
        if share is None and isinstance(part.get("proportion"), int | float):
            share = round(cast(float, part["proportion"]) * 100, 6)
        rows.append(Row(american(str(part["name"])), "percent", cast(float | None, share)))
    return rows


def _tables(rows: list[Row], total: int | None) -> list[str]:
    """A table for each unit, and a sentence for each set that is not counted."""
    lines: list[str] = []
    if rows:
        lines += ["## Training data", ""]
    for unit in unique(row.unit for row in rows if row.unit is not None):
        header, sign = _header(unit)
        lines += [f"| Dataset | {header} |", "| --- | ---: |"]
        lines += [
            f"| {row.name} | {_number(row.amount)}{sign} |"
            for row in rows
            if row.unit == unit and row.amount is not None
        ]
        if total is not None and unit == "training tuples":
            lines.append(f"| **Total** | {total:,} |")
        lines.append("")
    rest = unique(row.name for row in rows if row.unit is None)
    if rest:
        # "GPT" in a name alone reads as a model's
        named = [f"the {name} dataset" if name.endswith("GPT") else name for name in rest]
        lines += [f"Trained on {name}.\n" for name in named]
    return lines


def _header(unit: str) -> tuple[str, str]:
    if unit == "percent":
        return "Share", "%"
    if unit == "weight":
        return "Sampling weight", ""
    return ("Size", f" {unit}") if unit.isupper() else (f"Number of {unit}", "")


def _number(amount: float) -> str:
    return f"{int(amount):,}" if amount == int(amount) else f"{amount:,}"


def data_config(mixture: Facts) -> str:
    """Counts and sampling weights, one entry for each component."""
    entries = [
        {"name": f"{c['name']}.jsonl.gz", "lines": c["tuples"], "weight": c["weight"]}
        for c in listed(mixture["components"])
    ]
    return json.dumps(entries, indent=2) + "\n"
