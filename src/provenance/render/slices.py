"""The parts of a measure by license state: what a bar draws and its legend says.

An explicit license that the policy refuses is a part of its own: it is no good news.
"""

from __future__ import annotations

from collections.abc import Set

from provenance.amounts import listing, percent
from provenance.frozen import frozen
from provenance.render.deciding import refused_keys
from provenance.render.sentences import (
    NOT_EXAMINED,
    NOT_LOCATABLE,
    UNATTRIBUTED,
    headline,
)
from provenance.report import shares
from provenance.report.coverage import Coverage, Reading
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.report.training import TrainingSet

DENIED = "denied"
SLICE_MEANING = {
    LicenseState.NONE.value: "no license is given",
    NOT_LOCATABLE: "named only in words that lead nowhere",
    LicenseState.AMBIGUOUS.value: "something is said, but no specific terms",
    UNATTRIBUTED: "weight that is given to no set",
    NOT_EXAMINED: "this run could not see it; not counted as lacking",
    LicenseState.CONFLICTING.value: "statements disagree; reported beside, not counted as lacking",
    DENIED: "specific terms are named, and the policy refuses them; not counted as lacking",
    LicenseState.EXPLICIT.value: "specific terms are named",
}
"""The parts of a bar, worst first, and what each means."""


@frozen
class Slice:
    """One part of a bar."""

    label: str
    """One of :data:`SLICE_MEANING`."""
    fraction: float
    """Of the bar, 0–1."""
    weight: float
    sets: int


def slices(report: Report, coverage: Coverage) -> tuple[Slice, ...]:
    """The parts of a measure's bar, worst first; none when the measure is empty.

    What lacks stands before what was not examined, so that the two are the interval's ends.
    """
    if coverage.total <= 0:
        return ()
    weights: dict[str, tuple[float, int]] = {UNATTRIBUTED: (coverage.unattributed, 0)}
    for share in coverage.by_state:
        if share.state is LicenseState.UNRESOLVED:
            # how its sets divide is not in a measure: they are counted where they do not
            seen = share.weight - share.not_examined
            sets = share.sets if seen <= 0 or share.not_examined <= 0 else 0
            weights[NOT_EXAMINED] = (share.not_examined, sets)
            weights[NOT_LOCATABLE] = (seen, sets)
        elif share.state is LicenseState.EXPLICIT:
            weight, sets = _denied(report, coverage)
            weight, sets = min(weight, share.weight), min(sets, share.sets)
            weights[DENIED] = (weight, sets)
            weights[share.state.value] = (share.weight - weight, share.sets - sets)
        else:
            weights[share.state.value] = (share.weight, share.sets)
    return tuple(
        Slice(label, min(1.0, weights[label][0] / coverage.total), *weights[label])
        for label in SLICE_MEANING
        if label in weights and weights[label][0] > 0
    )


def is_denied(item: TrainingSet, refused: Set[str]) -> bool:
    """Whether a set has an explicit license and stands among the refused keys."""
    return item.license.state is LicenseState.EXPLICIT and item.key in refused


def _denied(report: Report, coverage: Coverage) -> tuple[float, int]:
    """Weight and number of the sets that are refused in spite of an explicit license."""
    refused = refused_keys(report)
    fractions = [
        shares.weight_of(item, coverage) or 0.0
        for item in report.training_sets
        if is_denied(item, refused) and (coverage.reading is Reading.INHERITED or not item.via)
    ]
    return sum(fractions), len(fractions)


def lacking_sentence(report: Report) -> str | None:
    """What the answer's parts consist of; ``None`` where there is but one part."""
    coverage = headline(report)
    if report.undeclared or coverage is None:
        return None
    words = {
        LicenseState.NONE.value: "have no license",
        NOT_LOCATABLE: "are named only in words",
        LicenseState.AMBIGUOUS.value: "have terms that are not specific",
        UNATTRIBUTED: "are given to no set",
        NOT_EXAMINED: "could not be examined",
    }
    parts = {p.label: p.fraction for p in slices(report, coverage) if p.label in words}
    shown = [f"{percent(parts[state])} {words[state]}" for state in words if state in parts]
    if coverage.database_only and coverage.total:
        part = percent(coverage.database_only / coverage.total)
        shown.append(f"{part} are under a license of the database, not of its contents")
    elif len(shown) < 2:
        return None
    return f"Of the whole, {listing(shown)}."


def denied_sentence(report: Report) -> str | None:
    """How much is refused in spite of an explicit license; ``None`` where nothing is."""
    share = denied_share(report)
    return f"{percent(share)} has an explicit license that the policy refuses." if share else None


def denied_share(report: Report) -> float:
    """The part of the headline's measure that is refused in spite of an explicit license, 0–1."""
    coverage = headline(report)
    if report.undeclared or coverage is None:
        return 0.0
    return sum(p.fraction for p in slices(report, coverage) if p.label == DENIED)
