"""Facts on models: tag, declared sets, base models and what was counted, each with its source."""

from __future__ import annotations

import re
from typing import cast

from dataset_facts import tag_facts
from fact_sources import source_of
from sourced_facts import Facts, american, listed, values, verified

from provenance.hub.digest_facts import (
    AmountFact,
    Declared,
    DigestedLicense,
    NamedFact,
    RepositoryFacts,
    SetFact,
    TotalFact,
)
from provenance.refs import RepoKind, is_repo_id, parse_hub_url
from provenance.report.evidence import FactSource
from provenance.report.training import DeclaredIn

_RELATIONS = {"finetune", "adapter", "merge", "quantized"}
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_UNIT = re.compile(
    r"(?:(thousand|million|billion|trillion) )?([A-Za-z-]+(?: [a-z]{2,})*)(?! x\d)\b"
)
_SIZE = re.compile(r"\((\d+B)\)$")
_SEVERAL = {
    "allnli": (
        ("SNLI", "snli", "https://nlp.stanford.edu/projects/snli/"),
        ("MultiNLI", "multi-nli", "https://cims.nyu.edu/~sbowman/multinli/"),
    ),
}
"""Rows that link two sets in the sentence-transformers cards; the facts keep one link a row."""
_REMARK = re.compile(r"; |, (?=[a-z0-9])|,? \((?!Python|Reddit|arXiv|2015)")
_CONFIG = "data_config.json"


def is_declared(fact: Facts) -> bool:
    """Whether verified facts say what the publisher names, be it nothing.

    A tag without sets says nothing of the text beside it: that no data is named anywhere is known
    of what was read whole only.
    """
    if any(verified(row) for row in listed(fact.get("training_sets_in_prose"))):
        return True
    if str(fact.get("no_declaration_confidence", "")).startswith("read"):
        return True
    tagged = fact.get("datasets_declared")
    return isinstance(tagged, dict) and verified(tagged) and bool(values(tagged))


def model_facts(
    fact: Facts, model_id: str, mixtures: list[Facts], added: Facts, keys: frozenset[str]
) -> RepositoryFacts:
    """What is known of ``model_id``: the model the facts are about, or a size or copy of it.

    Amounts are given for the model and its copies only; another size has amounts of its own.
    ``keys`` are those of the catalogue's records.
    """
    own = model_id.rpartition("/")[2].startswith(str(fact["model_id"]).rpartition("/")[2])
    licenses = model_license(fact, model_id) if own else []
    known = is_declared(fact) or (fact["declaration"] == "summary-file" and bool(mixtures))
    declared = _declared(fact, model_id, own, mixtures, added, keys) if known else None
    return RepositoryFacts(licenses=tuple(licenses), declared=declared)


def model_license(fact: Facts, model_id: str) -> list[DigestedLicense]:
    """The tag of the model's card."""
    return tag_facts(fact.get("card_license"), None)


def _declared(
    fact: Facts,
    model_id: str,
    own: bool,
    mixtures: list[Facts],
    added: Facts,
    keys: frozenset[str],
) -> Declared:
    tagged = fact.get("datasets_declared")
    sets: list[SetFact] = []
    if isinstance(tagged, dict) and verified(tagged):
        source = source_of(str(tagged["source"]), tagged.get("as_of"))
        for value in values(tagged):
            dataset_id = value if is_repo_id(value) else None
            sets.append(SetFact(value, DeclaredIn.FRONT_MATTER, source, dataset_id))
    rows = [r for r in listed(fact.get("training_sets_in_prose")) if verified(r)]
    named = _rows(rows, model_id, str(added["not_sets"]), own, keys)
    if fact["declaration"] == "summary-file" and mixtures:
        named = []  # named in another file than the card: the catalogue has them
    card = f"huggingface.co/{model_id} README"
    published = next((m for m in mixtures if card in str(m["source"])), None)
    if published is not None and not any(one.amounts for one in named):
        named = _mixture_rows(published, model_id, keys)
    totals = _totals(named, mixtures, model_id)
    files = [m for m in mixtures if str(m["mixture_id"]).endswith("data_config")]
    return Declared(
        training_sets=(*sets, *named, *(s for m in files for s in _file_rows(m, model_id))),
        base_models=_bases(fact, model_id),
        totals=totals,
    )


def _bases(fact: Facts, model_id: str) -> tuple[NamedFact, ...]:
    found = []
    for base in listed(fact.get("base_model")):
        if verified(base):
            name, relation = str(base["id"]), str(base.get("relation"))
            usable = name if is_repo_id(name) and "/" in name else None
            source = source_of(str(base["source"]), base.get("as_of"))
            known = relation if relation in _RELATIONS else "unknown"
            found.append(NamedFact(name, source, usable, known))
    return tuple(found)


def _rows(
    facts: list[Facts], model_id: str, not_sets: str, own: bool, keys: frozenset[str]
) -> list[SetFact]:
    found: list[SetFact] = []
    for index, fact in enumerate(facts):
        name = american(str(fact["name"]))
        size = _SIZE.search(name)
        if re.search(not_sets, name) or (size and f"-{size[1].lower()}" not in model_id.lower()):
            continue
        source = source_of(str(fact["source"]), fact.get("as_of"))
        unit, amount = _amount(fact) if own else (None, None)
        key = str(fact.get("dataset_ref"))
        members = _SEVERAL.get(key) or ((_plain(name, fact), key, fact.get("url")),)
        amounts: tuple[AmountFact, ...] = ()
        if unit is not None and amount is not None:
            basis = f"a table in {source.title}"
            amounts = (AmountFact(unit, basis, amount, f"row {index + 1}", len(members)),)
        place = DeclaredIn.TABLE if amounts else DeclaredIn.PROSE
        for words, record, url in members:
            address = str(url) if url else None
            found.append(
                SetFact(
                    name=words,
                    declared_in=place,
                    source=source,
                    id=_hub_id(words, address),
                    url=address,
                    record=record if record in keys else None,
                    amounts=amounts,
                )
            )
    return found


def _hub_id(name: str, url: str | None) -> str | None:
    """The id that a link to the Hub gives, or that the name is."""
    ref = parse_hub_url(url) if url else None
    if ref is not None:
        return ref.id if ref.kind is RepoKind.DATASET else None
    return name if "/" in name and is_repo_id(name) else None


def _amount(fact: Facts) -> tuple[str | None, float | None]:
    """Unit without its scale word, and the amount in it."""
    amount, words = fact.get("amount"), str(fact.get("unit", ""))
    unit = _UNIT.match(words)
    if not isinstance(amount, int | float) or unit is None or re.search(r" x\d", words):
        return None, None
    return unit[2], amount * _SCALES.get(unit[1] or "", 1)


def _plain(name: str, fact: Facts) -> str:
    """A set's name without remarks; a linked name is the link's own words."""
    return name if fact.get("url") else _REMARK.split(name)[0]


def _mixture_rows(mixture: Facts, model_id: str, keys: frozenset[str]) -> list[SetFact]:
    """Rows of a mixture that the model's card publishes, as shares."""
    source = source_of(str(mixture["source"]), mixture.get("as_of"))
    rows = []
    for index, part in enumerate(listed(mixture["components"])):
        share = part.get("percent")
        if share is None and isinstance(part.get("proportion"), int | float):
            share = round(cast(float, part["proportion"]) * 100, 6)
        amounts: tuple[AmountFact, ...] = ()
        if isinstance(share, int | float):
            basis = f"a table in {source.title}"
            amounts = (AmountFact("percent", basis, float(share), f"row {index + 1}"),)
        ref = str(part.get("dataset_ref"))
        name = american(str(part["name"]))
        record = ref if ref in keys else None
        rows.append(SetFact(name, DeclaredIn.TABLE, source, None, None, record, amounts))
    return rows


def _totals(rows: list[SetFact], mixtures: list[Facts], model_id: str) -> tuple[TotalFact, ...]:
    """The total that the publisher of a table of training tuples states."""
    counted = next((a for s in rows for a in s.amounts if a.unit == "training tuples"), None)
    for mixture in mixtures:
        total = mixture.get("total_tuples")
        if counted is not None and isinstance(total, int):
            source = source_of(str(mixture["source"]), mixture.get("as_of"))
            return (TotalFact(counted.unit, counted.basis, float(total), source),)
    return ()


def _file_rows(mixture: Facts, model_id: str) -> list[SetFact]:
    """Counts and sampling weights of a file of the repository, one entry for each component."""
    source: FactSource = source_of(str(mixture["source"]), mixture.get("as_of"))
    found = []
    for component in listed(mixture["components"]):
        name = str(component["name"])
        amounts = tuple(
            AmountFact(unit, _CONFIG, float(cast(float, component[field])), f"{_CONFIG}:{name}")
            for field, unit in (("tuples", "lines"), ("weight", "sampling weight"))
            if isinstance(component.get(field), int | float)
        )
        found.append(SetFact(name, DeclaredIn.CONFIG, source, amounts=amounts))
    return found
