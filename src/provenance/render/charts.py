"""Bars as inline SVG. Colours come from the page's style sheet by class, never from here.

The drawings hold no text: what they show is said in words beside them and in their label.
"""

from __future__ import annotations

from collections.abc import Sequence

from provenance.escape import html
from provenance.render import sentences
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_WIDE = 1000.0


def number(value: float) -> str:
    """A coordinate: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, width: float, height: float, css: str, title: str = "") -> str:
    """A rectangle; ``title`` is shown by the browser when it is pointed at."""
    inner = f"<title>{html(title)}</title>" if title else ""
    end = f">{inner}</rect>" if inner else "/>"
    at = "".join(f' {axis}="{number(value)}"' for axis, value in (("x", x), ("y", y)) if value)
    return f'<rect class="{css}"{at} width="{number(width)}" height="{number(height)}"{end}'


def state_bar(coverage: Coverage) -> str:
    """The parts of one measure by license state, and under them the interval of what lacks."""
    parts = sentences.slices(coverage)
    label = ", ".join(f"{p.label} {shares.percent(p.fraction)}" for p in parts) or "unknown"
    shapes, x = [rect(0, 0, _WIDE, 16, "track")], 0.0
    for part in parts:
        wide = part.fraction * _WIDE
        shapes.append(rect(x, 0, max(wide, 1.0), 16, f"s-{part.label.replace(' ', '-')}"))
        x += wide
    low, high = _clamp(coverage.low), _clamp(coverage.high)
    if low != high:
        shapes.append(rect(low * _WIDE, 21, max((high - low) * _WIDE, 2.0), 2, "whisker"))
        shapes += [rect(at * _WIDE - 1, 18, 2, 8, "whisker") for at in (low, high)]
    return (
        f'<svg class="bar" viewBox="0 0 1000 26" preserveAspectRatio="none" role="img" '
        f'aria-label="{html(label)}">{"".join(shapes)}</svg>'
    )


def sets_bar(report: Report, sets: Sequence[TrainingSet]) -> str:
    """All own sets by weight in the headline measure, coloured by state, lacking ones first.

    Each part carries the number of its row (``data-row``), counted in the order of ``sets``; the
    page's script names the part as the row does.
    """
    measure = sentences.headline(report)
    if measure is None or measure.total <= 0:
        return ""
    weighed = [(i, s, shares.share_of(s, measure)) for i, s in enumerate(sets)]
    parts = [(i, s, share) for i, s, share in weighed if share]
    parts.sort(key=lambda p: (sentences.STATES.index(p[1].license.state), -p[2], p[0]))
    shapes, x = [rect(0, 0, _WIDE, 40, "track")], 0.0
    for index, item, share in parts:
        wide = _clamp(share) * _WIDE
        state = item.license.state.value
        gap = 1.0 if wide > 4 else 0.0
        drawn = rect(x, 0, max(wide - gap, 0.2), 40, f"s-{state}")
        shapes.append(drawn.replace("<rect ", f'<rect data-row="{index}" ', 1))
        x += wide
    if measure.unattributed > 0:
        wide = _clamp(measure.unattributed / measure.total) * _WIDE
        title = f"given to no set: {shares.percent(measure.unattributed / measure.total)}"
        shapes.append(rect(x, 0, max(wide, 1.0), 40, "s-unattributed", title))
    label = f"{len(parts)} training sets by their share of the {shares.measure_name(measure)}"
    return (
        f'<svg class="sets-bar" viewBox="0 0 1000 40" preserveAspectRatio="none" role="img" '
        f'aria-label="{html(label)}">{"".join(shapes)}</svg>'
    )


def bar_caption(report: Report, sets: Sequence[TrainingSet]) -> str:
    """What the bar of all sets shows, and what it leaves out."""
    measure = sentences.headline(report)
    if measure is None:
        return ""
    own = [s for s in sets if not s.via]
    left_out = sum(shares.share_of(s, measure) is None for s in own)
    said = f"Each part is one set, as wide as its share of the {shares.measure_name(measure)}"
    if measure.unattributed > 0:
        said += f"; {shares.percent(measure.unattributed / measure.total)} is given to no set"
    if left_out:
        said += (
            f"; {left_out:,} of {sentences.plural(len(own), 'set')} "
            f"{'is' if left_out == 1 else 'are'} "
            "not in it, because the share is not known"
        )
    if inherited := len(sets) - len(own):
        said += f"; {sentences.plural(inherited, 'set')} of base models left out"
    return f"{said}. The same numbers are in the table."


def share_bar(share: float, state: str) -> str:
    """One set's share as a small bar; the number stands beside it."""
    return (
        '<svg class="mini" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f"{rect(0, 0, max(_clamp(share) * 100, 0.5), 1, f's-{state}')}</svg>"
    )


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
