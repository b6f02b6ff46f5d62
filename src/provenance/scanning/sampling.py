"""Intervals of a stratified sample: each file is a stratum. Pure.

Sources: W. G. Cochran, Sampling Techniques, 3rd ed., 5.3 (stratified proportions), 6.11
(combined ratio estimate); E. B. Wilson, JASA 22 (1927) for the score interval; L. Kish, Survey
Sampling (1965), 8.2, for the effective sample size that carries a design into it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from provenance.frozen import frozen

Z95 = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


@frozen
class Sums:
    """Sampled records of a kind: how many, and the sum and squared sum of one measure of them."""

    rows: int = 0
    amount: float = 0.0
    """In the unit of the measure: bytes or tokens."""
    squares: float = 0.0


@frozen
class Stratum:
    """One file's sample."""

    population: int
    lacking: Sums
    other: Sums

    @property
    def sampled(self) -> int:
        """Records in the sample."""
        return self.lacking.rows + self.other.rows


def rows_interval(strata: Sequence[Stratum]) -> tuple[float, float]:
    """95 % interval of the fraction of records that lack."""
    used = [s for s in strata if s.sampled]
    whole = sum(s.population for s in used)
    if not whole:
        return 0.0, 1.0
    fraction = variance = 0.0
    for s in used:
        weight = s.population / whole
        share = s.lacking.rows / s.sampled
        fraction += weight * share
        if s.sampled > 1:
            variance += weight**2 * _unsampled(s) * share * (1 - share) / (s.sampled - 1)
    return _interval(fraction, variance, used)


def amount_interval(strata: Sequence[Stratum]) -> tuple[float, float]:
    """95 % interval of the fraction of the bytes or tokens that lack (combined ratio estimate)."""
    used = [s for s in strata if s.sampled]
    lacking = sum(s.population / s.sampled * s.lacking.amount for s in used)
    whole = lacking + sum(s.population / s.sampled * s.other.amount for s in used)
    if whole <= 0:
        return 0.0, 1.0
    ratio = lacking / whole
    variance = 0.0
    for s in used:
        if s.sampled < 2:
            continue
        residual = (1 - ratio) * s.lacking.amount - ratio * s.other.amount
        squared = (1 - ratio) ** 2 * s.lacking.squares + ratio**2 * s.other.squares
        spread = max(0.0, squared - residual**2 / s.sampled) / (s.sampled - 1)
        variance += s.population**2 * _unsampled(s) * spread / s.sampled
    return _interval(ratio, variance / whole**2, used)


def proportion_interval(hits: int, trials: int) -> tuple[float, float]:
    """95 % Wilson interval of a proportion in a simple random sample."""
    return wilson(hits / trials, trials) if trials else (0.0, 1.0)


def wilson(fraction: float, trials: float) -> tuple[float, float]:
    """Wilson's score interval for ``fraction`` seen in ``trials``."""
    square = Z95**2 / trials
    middle = (fraction + square / 2) / (1 + square)
    reach = math.sqrt(square * (fraction * (1 - fraction) + square / 4)) / (1 + square)
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return min(low, fraction), max(high, fraction)


def _unsampled(stratum: Stratum) -> float:
    """Share of the file that was not read: the finite population correction."""
    return max(0.0, 1 - stratum.sampled / stratum.population)


def _interval(fraction: float, variance: float, used: Sequence[Stratum]) -> tuple[float, float]:
    fraction = min(1.0, max(0.0, fraction))
    if all(s.sampled >= s.population for s in used):
        return fraction, fraction
    spread = fraction * (1 - fraction)
    sampled = sum(s.sampled for s in used)
    trials = spread / variance if variance > 0 and spread > 0 else float(sampled)
    return wilson(fraction, trials)
