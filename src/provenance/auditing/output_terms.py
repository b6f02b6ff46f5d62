"""Sets made with a model whose terms restrict training carry ``model-output-terms``. Pure."""

from __future__ import annotations

from dataclasses import replace

from provenance import lazy_re as re
from provenance.report.report import Note
from provenance.report.training import TrainingSet
from provenance.vocabulary.generators import OutputTerms, output_terms
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.topics import AFFIRMED, Topic

_MADE = re.compile(
    r"generat|creat|produc|written|writing|synthe|translat|annotat|draft|answer|caption|augment"
    r"|distil|author|生成|产生|改写"
)


def with_output_terms(
    sets: tuple[TrainingSet, ...],
) -> tuple[tuple[TrainingSet, ...], tuple[Note, ...]]:
    """The sets with the terms of what made them, and a note for each that carries some.

    A card that denies it affirms nothing, and carries nothing. What is derived from one of the sets
    carries its terms on.
    """
    found = {item.key: terms for item in sets if (terms := _terms(item)) is not None}
    if not found:
        return sets, ()
    carried, notes = [], []
    for item in sets:
        terms = found.get(item.key)
        source = next((s for s in item.derived_from if s in found), None)
        if terms is None and source is None:
            carried.append(item)
            continue
        held = terms or found[source or ""]
        made = "made" if terms is not None else f"derived from {source}, made"
        sure = "" if held.verified else ", read only at second hand"
        says = (
            f"{item.name} carries model-output-terms: {made} with {held.family} "
            f"({held.terms}, since {held.since}{sure}: {held.source})"
        )
        notes.append(Note(says, item.key))
        carried.append(_carrying(item))
    return tuple(carried), tuple(notes)


def _terms(item: TrainingSet) -> OutputTerms | None:
    """The terms of the model that a set's card says made it, in the line that says so."""
    topics = {Topic.SYNTHETIC.value, Topic.GENERATOR.value}
    for signal in item.personal_data.signals:
        line = signal.evidence.excerpt.lower()
        if signal.topic in topics and signal.status in AFFIRMED and _MADE.search(line):
            found = output_terms(line)
            if found is not None:
                return found
    return None


def _carrying(item: TrainingSet) -> TrainingSet:
    terms = {*item.license.restrictions, Restriction.MODEL_OUTPUT_TERMS}
    held = tuple(sorted(terms, key=lambda term: term.value))
    return replace(item, license=replace(item.license, restrictions=held))
