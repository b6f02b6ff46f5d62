"""The stacked bar of a measure: which glyph and colour each part has, and how many cells."""

from __future__ import annotations

from provenance.frozen import frozen
from provenance.render import sentences
from provenance.render.slices import DENIED, slices
from provenance.report.coverage import Coverage
from provenance.report.license import LicenseState
from provenance.report.report import Report
from provenance.vocabulary.state_colors import TERMINAL_COLORS

STATE_COLOR = {
    **TERMINAL_COLORS,
    sentences.NOT_LOCATABLE: TERMINAL_COLORS["none"],
    sentences.NOT_EXAMINED: TERMINAL_COLORS["unresolved"],
}
"""Colours by name, as terminals know them, of states and of the parts of a bar."""
_GLYPH = {
    LicenseState.NONE.value: "█",
    sentences.NOT_LOCATABLE: "▓",
    LicenseState.AMBIGUOUS.value: "▒",
    sentences.UNATTRIBUTED: "▚",
    sentences.NOT_EXAMINED: "░",
    LicenseState.CONFLICTING.value: "═",
    DENIED: "╳",
    LicenseState.EXPLICIT.value: "·",
}


@frozen
class BarCells:
    """One part of a bar."""

    label: str
    glyph: str
    color: str
    cells: int
    fraction: float
    """Of the bar, 0–1."""
    sets: int
    """0 for weight that is given to no set."""


def bar_cells(report: Report, coverage: Coverage, width: int) -> tuple[BarCells, ...]:
    """The parts of a bar of ``width`` cells, worst first; none where the measure is empty."""
    parts = slices(report, coverage)
    cells = _apportion([p.fraction for p in parts], width)
    return tuple(
        BarCells(p.label, _GLYPH[p.label], STATE_COLOR[p.label], n, p.fraction, p.sets)
        for p, n in zip(parts, cells, strict=True)
    )


def _apportion(fractions: list[float], cells: int) -> list[int]:
    """Whole cells for each fraction: largest remainders, and one at least for what is not zero."""
    total = sum(fractions)
    if total <= 0:
        return [0 for _ in fractions]
    exact = [f / total * cells for f in fractions]
    given = [max(int(e), 1 if f > 0 else 0) for e, f in zip(exact, fractions, strict=True)]
    order = sorted(range(len(exact)), key=lambda i: (given[i] - exact[i], i))
    for index in order:
        if sum(given) >= cells:
            break
        given[index] += 1
    while sum(given) > cells:
        given[max(range(len(given)), key=lambda i: given[i])] -= 1
    return given
