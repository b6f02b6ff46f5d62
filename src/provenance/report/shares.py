"""Shares in words: what every rule and every format says of a measure, and of a set's part in it.

Texts are plain and may hold a publisher's unit: whoever shows them escapes them.
"""

from __future__ import annotations

from provenance.amounts import percent, plural
from provenance.report.coverage import Coverage, MeasureKind, Reading
from provenance.report.training import PublishedWeight, TrainingSet


def measure_name(coverage: Coverage, sets: str = "training sets") -> str:
    """What is counted: ``published pairs``, ``rows``, ``training sets``.

    ``sets`` is what to call the sets: those of a dataset were trained on nothing.
    """
    if coverage.measure is MeasureKind.PUBLISHED:
        return f"published {'mixture' if coverage.unit == 'percent' else coverage.unit}"
    if coverage.measure is MeasureKind.DATASETS:
        return sets
    return coverage.measure.value


def is_open(coverage: Coverage) -> bool:
    """Whether anything from none to all may lack: then no single percentage means anything."""
    return (coverage.low, coverage.high) == (0.0, 1.0)


def is_exact(coverage: Coverage) -> bool:
    """Whether everything was examined and weighed: the answer is one number."""
    return coverage.low == coverage.high and not coverage.unknown


def span(coverage: Coverage) -> str:
    """The interval in a cell: ``7.1 %``, ``7.1 % to 69.2 %``, or ``not known``."""
    if is_open(coverage):
        return "not known"
    if coverage.low == coverage.high:
        return percent(coverage.low)
    return f"{percent(coverage.low)} to {percent(coverage.high)}"


def unseen(coverage: Coverage) -> list[str]:
    """What keeps the answer from being one number, part by part; empty when nothing does."""
    parts = []
    if coverage.not_examined > 0:
        parts.append(f"{percent(coverage.fraction_not_examined)} could not be examined")
    if coverage.unknown:
        parts.append(_unweighed(coverage.unknown))
    return parts


def _unweighed(number: int) -> str:
    return f"{plural(number, 'set')} of unknown size"


def answer(coverage: Coverage, sets: str = "training sets") -> str:
    """The whole answer of one measure, without a full stop; the same words everywhere.

    - ``7.1 % of the rows lack an explicit license``
    - ``at least 7.1 % of the rows lack an explicit license; 62.1 % could not be examined (so 7.1 %
      to 69.2 %)``
    - ``not known: 0 % known to lack, 100 % not examined``
    """
    if is_open(coverage):
        return _not_known(coverage)
    name = measure_name(coverage, sets)
    lack = "lack" if name.endswith("s") else "lacks"
    if coverage.reading is Reading.INHERITED:
        name += ", with what is inherited,"
    why = ", ".join(unseen(coverage))
    if coverage.sampled:
        sentence = f"about {percent(coverage.fraction)} of the {name} {lack} an explicit license"
        return f"{sentence}; {why} (so {span(coverage)})" if why else sentence
    sentence = f"{percent(coverage.low)} of the {name} {lack} an explicit license"
    if is_exact(coverage):
        return sentence
    if coverage.low == 0:
        verb = "are" if lack == "lack" else "is"
        sentence = f"0 % of the {name} {verb} known to lack an explicit license"
    else:
        sentence = f"at least {sentence}"
    return f"{sentence}; {why or 'shared rows may divide otherwise'} (so {span(coverage)})"


def sentence(coverage: Coverage, sets: str = "training sets") -> str:
    """The answer as the start of a text; what is not known is said the same everywhere."""
    text = answer(coverage, sets)
    return text if is_open(coverage) else text[:1].upper() + text[1:]


def _not_known(coverage: Coverage) -> str:
    parts = ["0 % known to lack"]
    if coverage.not_examined > 0 or not coverage.unknown:
        parts.append(f"{percent(coverage.fraction_not_examined)} not examined")
    if coverage.unknown:
        parts.append(_unweighed(coverage.unknown))
    return f"not known: {', '.join(parts)}"


def weight_of(item: TrainingSet, coverage: Coverage) -> float | None:
    """The weight of one set in one measure, in the measure's unit; ``None``: unknown."""
    if coverage.measure is MeasureKind.DATASETS:
        return 1.0
    if coverage.measure is MeasureKind.PUBLISHED:
        published = published_weight(item, coverage)
        return None if published is None else published.value
    known = {
        MeasureKind.ROWS: item.weight.rows,
        MeasureKind.BYTES: item.weight.bytes,
        MeasureKind.TOKENS: item.weight.tokens,
    }
    return known[coverage.measure]


def published_weight(item: TrainingSet, coverage: Coverage) -> PublishedWeight | None:
    """The set's entry in one published measure."""
    same = [m for m in item.weight.measures if m.unit == coverage.unit]
    return next((m for m in same if m.basis == coverage.basis), None)


def share_of(item: TrainingSet, coverage: Coverage | None) -> float | None:
    """The set's part of one measure's total, 0–1; ``None``: unknown or of another subject."""
    if coverage is None or coverage.total <= 0:
        return None
    if item.via and coverage.reading is Reading.DIRECT:
        return None
    weight = weight_of(item, coverage)
    return None if weight is None else weight / coverage.total
