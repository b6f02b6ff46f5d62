"""Minimal cards of datasets: tag, sources, sizes, and what is stated of the license."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

import yaml
from sourced_facts import (
    Facts,
    Reading,
    american,
    licenses,
    listed,
    sources,
    unique,
    values,
    verified,
)

from provenance.vocabulary.identifiers import PUBLIC_DOMAIN

NOTE = "A minimal card made from sourced facts, not the publisher's own text."
_SECONDARY = "ecosystem-graphs"
_CARD_TEXT = re.compile(r"\btext (?:and DPI )?(CC BY[A-Z -]* \d\.\d)")
_PART_CONFIG = re.compile(r"\d{8}\.|^[a-z]{2,3}(?:[-_.][A-Za-z]{2,4})?$")
"""Configurations that are one language or dump of several: their counts are not the set's."""


def document(front: Facts, lines: Iterable[str], read_at: list[str]) -> str:
    """Front matter, body and sources."""
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000) if front else ""
    body = "\n".join(lines).rstrip()
    where = "\n".join(f"- {american(source)}" for source in read_at)
    return f"---\n{head}---\n{body}\n\n## About this card\n\n{NOTE} Sources:\n\n{where}\n"


def dataset_card(fact: Facts, tagged: bool, own: bool, added: Facts) -> str | None:
    """A dataset's card; ``None`` when no verified fact says anything of its license.

    Args:
        fact: The facts.
        tagged: Whether the tag was read in this repository.
        own: Whether the repository is the set's own, not a copy that its facts list.
        added: The overlay.

    """
    tags = values(fact.get("hub_license")) if tagged else []
    readings = licenses(fact) if own or tagged else []
    stated, rest = _stated(readings, tagged, added)
    conflict = fact.get("license_conflict")
    if tagged and isinstance(conflict, dict) and verified(conflict):
        text = _CARD_TEXT.search(str(conflict["value"]))
        if text is not None:
            stated.append(text[1].replace(" ", "-"))
    if not tagged and not stated:
        return None
    front: Facts = {}
    if tags:
        front["license"] = tags[0] if len(tags) == 1 else tags
    origins = values(fact.get("source_datasets_tag"))
    if origins:
        front["source_datasets"] = origins
    infos = [info for size in listed(fact.get("size")) if (info := _info(size)) is not None]
    if infos:
        front["dataset_info"] = infos[0] if len(infos) == 1 else infos
    lines = [f"# {american(str(fact['name']))}", ""]
    if stated:
        lines += ["## Licensing Information", "", *(f"License: {s}\n" for s in unique(stated))]
    if rest:
        lines += ["## Notes", "", *(f"- {r.words}" for r in rest), ""]
    lines += _personal(fact)
    read_at = sources(
        fact.get("hub_license") if tagged else None,
        fact.get("source_datasets_tag"),
        fact.get("creator_license"),
        conflict,
        fact.get("size") if infos else None,
        fact.get("pii_section_in_card"),
    )
    return document(front, lines, read_at)


def card_of_copy(copy: Facts) -> str:
    """The card of a repository that the overlay gives a tag for."""
    return document({"license": str(copy["license"])}, [f"# {copy['name']}"], [str(copy["source"])])


def _stated(readings: list[Reading], tagged: bool, added: Facts) -> tuple[list[str], list[Reading]]:
    """Licenses that are stated, as written in a card, and the facts left for the notes.

    What a catalogue of others says counts only where no tag was read and nothing is against it.
    """
    silent = any(r.nothing for r in readings)
    stated: list[str] = []
    rest: list[Reading] = []
    for reading in readings:
        secondary = _SECONDARY in reading.source and (tagged or silent)
        line = None if secondary else _line(reading, cast(dict[str, str], added["lines"]))
        if line is None:
            rest.append(reading)
        else:
            stated.append(line)
    return stated, rest


def _line(reading: Reading, lines: dict[str, str]) -> str | None:
    """A license as a card would write it; ``None`` when the fact names none of the whole set."""
    for start, line in lines.items():
        if reading.words.startswith(start):
            return line
    if reading.expression == PUBLIC_DOMAIN:
        return "public domain"
    if reading.expression is None:
        return None
    return reading.expression.replace("AND LicenseRef-OpenAI-Terms", "and the OpenAI terms of use")


def _info(size: Facts) -> Facts | None:
    """A ``dataset_info`` block from counts read in a card."""
    rows, total = size.get("rows"), size.get("bytes")
    config = str(size.get("config", "default"))
    if not verified(size) or not isinstance(rows, dict) or _PART_CONFIG.match(config):
        return None
    info: Facts = {"config_name": config}
    info["splits"] = [{"name": str(k), "num_examples": v} for k, v in rows.items()]
    if isinstance(total, int):
        info["dataset_size"] = total
    return info


def _personal(fact: Facts) -> list[str]:
    """The card's section on personal data, as far as the facts tell what it holds."""
    section = values(fact.get("pii_section_in_card"))
    if section == ["empty"]:
        return ["## Personal and Sensitive Information", "", "[More Information Needed]", ""]
    return []
