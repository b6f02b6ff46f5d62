"""Which changes are for the better and which for the worse; many are neither.

What lacks and what was not examined stand on one step: to have looked and found nothing is no
worse than not to have looked, and neither is a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from provenance.render import sentences, set_words
from provenance.report import shares
from provenance.report.finding import Finding, Severity, Verdict
from provenance.report.license import LicenseConclusion, LicenseState
from provenance.report.report import Report
from provenance.report.training import TrainingSet

_VERDICTS = (Verdict.PASS, Verdict.INCOMPLETE, Verdict.FAIL)
_BEST, _DISPUTED, _OPEN = range(3)


@dataclass(slots=True)
class Directions:
    """Sentences on what got better and what got worse, the weightiest first."""

    better: list[str] = field(default_factory=list)
    worse: list[str] = field(default_factory=list)

    def add(self, change: float, words: str) -> None:
        """``change``: below 0 is better, above 0 worse, 0 neither."""
        if change:
            (self.worse if change > 0 else self.better).append(words)


def directions(
    old: Report,
    new: Report,
    pairs: Iterable[tuple[TrainingSet, TrainingSet]],
    gone: Iterable[TrainingSet],
    fresh: Iterable[TrainingSet],
    findings: tuple[Sequence[tuple[Finding, Finding]], Sequence[Finding], Sequence[Finding]],
) -> Directions:
    """What got better and worse; ``findings`` are those in both reports, gone, and new."""
    ways = Directions()
    step = _VERDICTS.index(new.verdict) - _VERDICTS.index(old.verdict)
    ways.add(step, f"verdict: {old.verdict.value} → {new.verdict.value}")
    _share(old, new, ways)
    for before, after in pairs:
        change = f"{_stated_license(before.license)} → {_stated_license(after.license)}"
        words = f"{set_words.label(after)}: {change}"
        ways.add(_rank(after.license) - _rank(before.license), words)
    for item in gone:
        ways.add(
            -_rank(item.license),
            f"{set_words.label(item)} is gone: {_stated_license(item.license)}",
        )
    for item in fresh:
        ways.add(
            _rank(item.license), f"{set_words.label(item)} is new: {_stated_license(item.license)}"
        )
    kept, left, come = findings
    for finding, other in kept:
        if (finding.waiver is None) is not (other.waiver is None):
            continue  # somebody accepted it, or does no more: the thing itself is as it was
        words = f"{other.code} {other.message}"
        change = f"{finding.severity.value} → {other.severity.value}: {words}"
        ways.add(_weight(other) - _weight(finding), change)
    for finding in left:
        ways.add(
            -_weight(finding), f"gone: {finding.severity.value} {finding.code} {finding.message}"
        )
    for finding in come:
        ways.add(
            _weight(finding), f"new: {finding.severity.value} {finding.code} {finding.message}"
        )
    return ways


def _share(old: Report, new: Report, ways: Directions) -> None:
    """The headline's interval, where both speak of the same measure and its ends move one way."""
    before, other = sentences.headline(old), sentences.headline(new)
    if (
        before is None
        or other is None
        or (before.measure, before.unit) != (other.measure, other.unit)
    ):
        return
    moves = {_sign(other.low - before.low), _sign(other.high - before.high)} - {0}
    if len(moves) == 1:
        name = shares.measure_name(other, sentences.sets_word(new))
        words = f"lacking of the {name}: {shares.span(before)} → {shares.span(other)}"
        ways.add(moves.pop(), words)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _rank(license_: LicenseConclusion) -> int:
    if license_.state is LicenseState.EXPLICIT:
        return _BEST
    return _DISPUTED if license_.state is LicenseState.CONFLICTING else _OPEN


def _stated_license(license_: LicenseConclusion) -> str:
    license_words = set_words.license_words(license_)
    return f"{license_.state.value}, {license_words}" if license_words else license_.state.value


def _weight(finding: Finding) -> int:
    """0 for a note and for what is accepted."""
    if finding.waiver is not None or finding.severity is Severity.NOTE:
        return 0
    return len(Severity) - finding.severity.rank
