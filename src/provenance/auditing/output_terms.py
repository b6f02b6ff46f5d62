"""Sets made with a model whose terms restrict training carry ``model-output-terms``. Pure."""

from __future__ import annotations

from dataclasses import replace

from provenance import lazy_re as re
from provenance.auditing.examined import ExaminedDataset, declaration_of
from provenance.auditing.sets import bases_of
from provenance.auditing.walk import Walk
from provenance.frozen import frozen
from provenance.privacy.distilled import lessons
from provenance.report.evidence import Evidence
from provenance.report.license import (
    LicenseConclusion,
    LicenseStatement,
    Meaning,
    Origin,
    Scope,
)
from provenance.report.report import Note
from provenance.report.training import PersonalData, TrainingSet
from provenance.vocabulary.generators import OutputTerms, output_terms
from provenance.vocabulary.keys import dataset_key
from provenance.vocabulary.restrictions import Restriction
from provenance.vocabulary.topics import AFFIRMED, DENIED, Topic

_MADE = re.compile(
    r"generat|creat|produc|written|writing|synthe|translat|annotat|draft|answer|caption|augment"
    r"|distil|author|生成|产生|改写"
)


@frozen
class _Made:
    """Terms of a generator, the line that names it, and the way to the card that has the line."""

    terms: OutputTerms
    evidence: Evidence
    way: tuple[str, ...] = ()
    """Keys of what lies between, nearest first; the last one's card has the line."""

    @property
    def words(self) -> str:
        terms = self.terms
        sure = "" if terms.verified else ", read only at second hand"
        return (
            f"made with {terms.family} ({terms.terms}, since {terms.since}{sure}: {terms.source})"
        )


def with_output_terms(
    walk: Walk, sets: tuple[TrainingSet, ...]
) -> tuple[tuple[TrainingSet, ...], tuple[Note, ...]]:
    """The sets with the terms of what made them, and a note for each that carries some.

    The terms go along everything that a set derives from, however far. A card that denies that its
    data was generated affirms nothing, carries nothing and hands nothing on.
    """
    carried, notes = [], []
    for item in sets:
        made = _reached(item, walk)
        if made is None:
            carried.append(item)
            continue
        way = f"derived from {' from '.join(made.way)}, " if made.way else ""
        says = f"{item.name} carries model-output-terms: {way}{made.words}"
        notes.append(Note(says, item.key))
        carried.append(replace(item, license=_carrying(item.license, made)))
    return tuple(carried), tuple(notes)


def taught(walk: Walk) -> tuple[LicenseConclusion, tuple[Note, ...]]:
    """The subject's license with the terms of a model that it, or a base of it, was taught by."""
    root = walk.root
    for model in (root, *(base for base, _ in bases_of(walk))):
        if model.card is None or declaration_of(model) is None:
            continue
        for words, evidence in lessons(model.card):
            terms = output_terms(words)
            if terms is not None:
                made = _Made(terms, evidence)
                way = "" if model is root else f"its base {model.path} was "
                says = (
                    f"{root.path} carries model-output-terms: {way}taught with what was "
                    f"{made.words}, {evidence.path}:{evidence.line}"
                )
                return _carrying(root.license, made), (Note(says, root.path),)
    return root.license, ()


def _reached(item: TrainingSet, walk: Walk) -> _Made | None:
    """The nearest card, its own first, that says that a restricted model made the data."""
    own_terms = _made(item.personal_data)
    if own_terms is not None or _denied(item.personal_data):
        return own_terms
    seen = {item.key}
    todo: list[tuple[str, tuple[str, ...]]] = [(key, (key,)) for key in item.derived_from]
    while todo:
        key, way = todo.pop(0)
        source = walk.examined.get(key)
        if not isinstance(source, ExaminedDataset) or key in seen:
            continue
        seen.add(key)
        made = _made(source.personal_data)
        if made is not None:
            return replace(made, way=way)
        if not _denied(source.personal_data):
            onward = [dataset_key(s.id) for s in source.sources if s.id is not None]
            todo += [(key, (*way, key)) for key in onward]
    return None


def _made(data: PersonalData) -> _Made | None:
    """The terms of the model that a card says made its set, in the line that says so."""
    topics = {Topic.SYNTHETIC.value, Topic.GENERATOR.value}
    for signal in data.signals:
        line = signal.evidence.excerpt.lower()
        if signal.topic in topics and signal.status in AFFIRMED and _MADE.search(line):
            terms = output_terms(line)
            if terms is not None:
                return _Made(terms, signal.evidence)
    return None


def _denied(data: PersonalData) -> bool:
    """Whether a card says that its data was not generated, and nowhere that it was."""
    statuses = {s.status for s in data.signals if s.topic == Topic.SYNTHETIC.value}
    return DENIED in statuses and not statuses & AFFIRMED


def _carrying(license_: LicenseConclusion, made: _Made) -> LicenseConclusion:
    term = Restriction.MODEL_OUTPUT_TERMS
    held = tuple(sorted({*license_.restrictions, term}, key=lambda carried: carried.value))
    statement = LicenseStatement(
        raw=made.evidence.excerpt,
        meaning=Meaning.RESTRICTS,
        expression=None,
        restrictions=(term,),
        scope=Scope.UPSTREAM,
        origin=Origin.BODY,
        evidence=made.evidence,
    )
    return replace(license_, restrictions=held, statements=(*license_.statements, statement))
