"""Facts on datasets: tag, license stated otherwise, sources and sizes, each with its source."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from fact_sources import source_of
from sourced_facts import Facts, Reading, licenses, listed, strings, unique, values, verified

from provenance.hub.digest_facts import DigestedLicense, NamedFact, RepositoryFacts, SizeFact
from provenance.licensing import read_value
from provenance.licensing.meanings import terms
from provenance.refs import is_repo_id
from provenance.report.evidence import FactSource
from provenance.report.license import Meaning

_SECONDARY = "ecosystem-graphs"
_OTHERS = ("Data Provenance Collection", _SECONDARY)
"""Sources that say what others state: a catalogue's records, not the publisher's words."""
_CARD_TEXT = re.compile(r"\btext (?:and DPI )?(CC BY[A-Z -]* \d\.\d)")
_PART_CONFIG = re.compile(r"\d{8}\.|^[a-z]{2,3}(?:[-_.][A-Za-z]{2,4})?$")
"""Configurations that are one language or dump of several: their counts are not the set's."""


def dataset_facts(
    fact: Facts, repo_id: str, tagged: bool, own: bool, added: Facts
) -> RepositoryFacts:
    """What is known of the repository ``repo_id``; nothing where no verified fact speaks of it.

    Args:
        fact: The facts.
        repo_id: The repository.
        tagged: Whether the tag was read in this repository.
        own: Whether the repository is the set's own, not a copy that its facts list.
        added: The overlay.

    """
    tag = fact.get("hub_license")
    found = tag_facts(tag, repo_id) if tagged else []
    readings = licenses(fact) if own or tagged else []
    found += _stated(readings, repo_id, tagged, added)
    conflict = fact.get("license_conflict")
    if tagged and isinstance(conflict, dict) and verified(conflict):
        text = _CARD_TEXT.search(str(conflict["value"]))
        if text is not None:
            source = source_of(str(conflict["source"]), conflict.get("as_of"), repo_id)
            found.append(named_fact(text[1].replace(" ", "-"), "body", source))
    origins = fact.get("source_datasets_tag")
    sizes = [size for one in listed(fact.get("size")) if (size := _size(one, repo_id)) is not None]
    return RepositoryFacts(
        licenses=tuple(unique_facts(found)),
        derived_from=_derived(origins, repo_id) if tagged else (),
        sizes=tuple(sizes),
    )


def unique_facts(facts: list[DigestedLicense]) -> list[DigestedLicense]:
    """Facts in order, each once."""
    return list(dict.fromkeys(facts))


def tag_facts(tag: object, dataset_id: str | None) -> list[DigestedLicense]:
    """A tag's values; a tag that was looked for and not there is a fact too.

    ``dataset_id``: the dataset whose tag it is; ``None``: a model's.
    """
    if not isinstance(tag, dict) or not verified(tag):
        return []
    source = source_of(str(tag["source"]), tag.get("as_of"), dataset_id)
    return [tag_fact(value, source) for value in values(tag) or [""]]


def tag_fact(value: str, source: FactSource) -> DigestedLicense:
    """One value of a tag; empty: there is none."""
    return named_fact(value, "tag", source)


def named_fact(value: str, origin: str, source: FactSource) -> DigestedLicense:
    """A value that is a tag or a license's name, as the reader of tags understands it."""
    meant = read_value(value)
    return DigestedLicense(
        value=value,
        meaning=meant.meaning.value,
        origin=origin,
        source=source,
        expression=meant.expression,
        restrictions=tuple(
            sorted({r.value for r in (*terms(meant.expression), *meant.restrictions)})
        ),
    )


def found_fact(fact: Facts, origin: str, date: str) -> DigestedLicense:
    """A fact of ``bundled_facts.yaml``: a tag or name, words, or that a page gives nothing."""
    url, value = str(fact["url"]), str(fact["value"])
    title = str(fact.get("title") or re.sub(r"^https?://(?:www\.)?", "", url))
    source = FactSource(title, url, date)
    restrictions = tuple(strings(fact.get("restrictions")))
    if restrictions:
        return DigestedLicense(value, Meaning.RESTRICTS, origin, source, None, restrictions)
    if " " in value:
        return DigestedLicense(value, Meaning.REFERS, origin, source)
    return named_fact(value, origin, source)


def _stated(
    readings: list[Reading], repo_id: str, tagged: bool, added: Facts
) -> list[DigestedLicense]:
    """What is stated apart from the tag.

    What a catalogue of others says counts only where no tag was read and nothing is against it.
    """
    silent = any(r.nothing for r in readings)
    found = []
    for reading in readings:
        if _SECONDARY in reading.source and (tagged or silent):
            continue
        fact = _license(reading, cast(dict[str, str], added["lines"]), repo_id)
        if fact is not None:
            found.append(fact)
    return found


def _license(reading: Reading, lines: dict[str, str], repo_id: str) -> DigestedLicense | None:
    """A stated license; ``None`` when the fact is about code, scripts or metadata only."""
    source = source_of(reading.source, reading.date, repo_id)
    origin = (
        "catalog" if reading.source.startswith(_OTHERS) or _SECONDARY in reading.source else "body"
    )
    if reading.expression is not None:
        return DigestedLicense(
            reading.words,
            Meaning.NAMES,
            origin,
            source,
            reading.expression,
            tuple(reading.restrictions),
        )
    if reading.nothing:
        return DigestedLicense(reading.words, Meaning.PLACEHOLDER, origin, source)
    words = next((line for start, line in lines.items() if reading.words.startswith(start)), None)
    if words is None:
        return None
    narrows = {
        "non-commercial use only": "non-commercial",
        "academic research only": "research-only",
    }
    restrictions = tuple(sorted({r for word, r in narrows.items() if word in words}))
    meaning = Meaning.RESTRICTS if restrictions else Meaning.REFERS
    return DigestedLicense(reading.words, meaning, origin, source, None, restrictions)


def _derived(origins: object, repo_id: str) -> tuple[NamedFact, ...]:
    """What ``source_datasets`` names; ``original`` and ``extended`` name nothing."""
    if not isinstance(origins, dict) or not verified(origins):
        return ()
    source = source_of(str(origins["source"]), origins.get("as_of"), repo_id)
    found = []
    for value in unique(values(origins)):
        text = " ".join(value.split()).removeprefix("extended|")
        if text.lower() in {"original", "extended", "unknown", "none", "n/a", "other", ""}:
            continue
        name = text.removeprefix("other-")
        usable = name == text and is_repo_id(text)
        found.append(NamedFact(name, source, text if usable else None))
    return tuple(found)


def _size(size: Facts, repo_id: str) -> SizeFact | None:
    """Counts of one configuration: rows of the training splits where there are any, else of all."""
    rows, total = size.get("rows"), size.get("bytes")
    config = str(size.get("config", "default"))
    if not verified(size) or not isinstance(rows, dict) or _PART_CONFIG.match(config):
        return None
    counts = {str(k): v for k, v in rows.items() if isinstance(v, int)}
    train = [v for k, v in counts.items() if "train" in k.lower()] or list(counts.values())
    source = source_of(str(size["source"]), size.get("as_of"), repo_id)
    bytes_ = total if isinstance(total, int) else None
    return SizeFact(source, sum(train) if train else None, bytes_)


def merged(one: RepositoryFacts, two: RepositoryFacts) -> RepositoryFacts:
    """Two collections of facts on one repository."""
    return replace(
        one,
        licenses=tuple(unique_facts([*one.licenses, *two.licenses])),
        derived_from=one.derived_from or two.derived_from,
        sizes=one.sizes or two.sizes,
        declared=one.declared or two.declared,
    )
