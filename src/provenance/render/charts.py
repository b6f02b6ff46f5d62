"""Bars as inline SVG. Colours come from the page's style sheet by class, never from here.

The drawings hold no text: what they show is said in words beside them and in their label.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from provenance import amounts
from provenance.escape import html
from provenance.render import sentences
from provenance.render.deciding import refused_keys
from provenance.render.slices import DENIED, is_denied, slices
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.license import LicenseConclusion, LicenseState, Standing
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_WIDE = 1000.0
_UNKNOWN_WIDE = 60.0
_UNKNOWN_GAP = 12.0


def number(value: float) -> str:
    """A coordinate: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> str:
    """A rectangle; ``title`` is shown by the browser when it is pointed at."""
    inner = f"<title>{html(title)}</title>" if title else ""
    end = f">{inner}</rect>" if inner else "/>"
    at = "".join(f' {axis}="{number(value)}"' for axis, value in (("x", x), ("y", y)) if value)
    return f'<rect class="{css}"{at} width="{number(width)}" height="{number(height)}"{end}'


def set_drawn_as(item: TrainingSet, refused: Set[str]) -> str:
    """As :func:`drawn_as` of a set; that the policy refuses an explicit license is a part too."""
    return DENIED if is_denied(item, refused) else drawn_as(item.license)


def drawn_as(license_: LicenseConclusion) -> str:
    """The part of a bar that a license counts to: its state, or which kind of unresolved it is."""
    if license_.state is not LicenseState.UNRESOLVED:
        return license_.state.value
    return "not-locatable" if license_.standing is Standing.LACKING else "not-examined"


def state_bar(report: Report, coverage: Coverage, limit: float | None = None) -> str:
    """The parts of one measure by license state, and under them the interval of what lacks.

    Where anything from none to all may lack the whole bar is drawn as not examined: its known
    parts would look like an answer. ``limit`` (0-1) is what a policy allows, a mark across.
    """
    parts = slices(report, coverage)
    label = ", ".join(f"{p.label} {amounts.percent(p.fraction)}" for p in parts) or "unknown"
    shapes, x = [rect(0, 4, _WIDE, 16, "track")], 0.0
    if shares.is_open(coverage):
        label = f"not known; of what is known: {label}" if parts else label
        shapes.append(rect(0, 4, _WIDE, 16, "s-not-examined"))
        parts = ()
    for part in parts:
        wide = part.fraction * _WIDE
        shapes.append(rect(x, 4, max(wide, 1.0), 16, f"s-{part.label.replace(' ', '-')}"))
        x += wide
    low, high = _clamp(coverage.low), _clamp(coverage.high)
    if low != high and parts:
        shapes.append(rect(low * _WIDE, 24, max((high - low) * _WIDE, 2.0), 2, "whisker"))
        shapes += [rect(at * _WIDE - 1, 22, 2, 6, "whisker") for at in (low, high)]
    if limit is not None:
        label += f"; the policy allows {amounts.percent(limit)}"
        shapes.append(rect(min(_clamp(limit) * _WIDE, _WIDE - 4), 0, 4, 24, "limit"))
    return (
        f'<svg class="bar" viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" '
        f'aria-label="{html(label)}">{"".join(shapes)}</svg>'
    )


def sets_bar(report: Report, sets: Sequence[TrainingSet]) -> str:
    """All own sets by weight in the headline measure, coloured by state, lacking ones first.

    Each part carries the number of its row (``data-row``), counted in the order of ``sets``; the
    page's script names the part as the row does. Sets whose share is not known are one part at the
    end, whose width says nothing.
    """
    measure = sentences.headline(report)
    if measure is None or measure.total <= 0:
        return ""
    refused = refused_keys(report)
    weighed = [(i, s, shares.share_of(s, measure)) for i, s in enumerate(sets)]
    parts = [(i, s, share) for i, s, share in weighed if share]
    parts.sort(key=lambda p: (sentences.STATES.index(p[1].license.state), -p[2], p[0]))
    unknown = sum(share is None for _, _, share in weighed)
    room = _WIDE - (_UNKNOWN_WIDE + _UNKNOWN_GAP if unknown else 0.0)
    shapes, x = [rect(0, 0, room, 40, "track")], 0.0
    for index, item, share in parts:
        wide = _clamp(share) * room
        gap = 1.0 if wide > 4 else 0.0
        drawn = rect(x, 0, max(wide - gap, 0.2), 40, f"s-{set_drawn_as(item, refused)}")
        shapes.append(drawn.replace("<rect ", f'<rect data-row="{index}" ', 1))
        x += wide
    if measure.unattributed > 0:
        wide = _clamp(measure.unattributed / measure.total) * room
        title = f"given to no set: {amounts.percent(measure.unattributed / measure.total)}"
        shapes.append(rect(x, 0, max(wide, 1.0), 40, "s-unattributed", title))
    if unknown:
        title = f"{amounts.plural(unknown, 'set')} of unknown share"
        shapes.append(rect(_WIDE - _UNKNOWN_WIDE, 0, _UNKNOWN_WIDE, 40, "s-not-examined", title))
    name = shares.measure_name(measure, sentences.sets_word(report))
    label = f"{len(parts)} {sentences.sets_word(report)} by their share of the {name}"
    return (
        f'<svg class="sets-bar" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" '
        f'aria-label="{html(label)}">{"".join(shapes)}</svg>'
    )


def bar_caption(report: Report, sets: Sequence[TrainingSet]) -> str:
    """What the bar of all sets shows, and what it leaves out."""
    measure = sentences.headline(report)
    if measure is None:
        return ""
    own_sets = [s for s in sets if not s.via]
    left_out = sum(shares.share_of(s, measure) is None for s in own_sets)
    name = shares.measure_name(measure, sentences.sets_word(report))
    caption = f"Each part is one set, as wide as its share of the {name}"
    if measure.unattributed > 0:
        caption += f"; {amounts.percent(measure.unattributed / measure.total)} is given to no set"
    if left_out:
        caption += (
            f"; {left_out:,} of {amounts.plural(len(own_sets), 'set')} "
            f"{amounts.verb(left_out, 'is', 'are')} "
            "of unknown share, drawn hatched at the end"
        )
    if inherited := len(sets) - len(own_sets):
        caption += f"; {amounts.plural(inherited, 'set')} of base models left out"
    return f"{caption}. The same numbers are in the table."


def share_bar(share: float, drawn_as: str) -> str:
    """One set's share as a small bar; the number stands beside it."""
    return (
        '<svg class="mini" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f"{rect(0, 0, max(_clamp(share) * 100, 0.5), 1, f's-{drawn_as}')}</svg>"
    )


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
