from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.scanning.sampling import (
    Stratum,
    Sums,
    amount_interval,
    proportion_interval,
    rows_interval,
    wilson,
)


def test_wilson_against_published_values() -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263 and 0/20."""
    low, high = wilson(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    low, high = wilson(0.0, 20)
    assert (low, round(high, 4)) == (0.0, 0.1611)


def test_one_stratum_of_a_large_population_is_wilson() -> None:
    stratum = Stratum(10**9, Sums(81, 81.0, 81.0), Sums(182, 182.0, 182.0))
    low, high = rows_interval([stratum])
    assert (low, high) == pytest.approx(wilson(81 / 263, 262), abs=1e-6)
    assert amount_interval([stratum]) == pytest.approx((low, high), abs=1e-6)


def test_what_was_read_whole_has_no_interval() -> None:
    strata = [Stratum(3, Sums(1, 5.0, 25.0), Sums(2, 15.0, 125.0))]
    assert rows_interval(strata) == pytest.approx((1 / 3, 1 / 3))
    assert amount_interval(strata) == pytest.approx((0.25, 0.25))


def test_strata_of_their_own_kind_are_narrower_than_one_mixed_stratum() -> None:
    apart = [Stratum(1000, Sums(95), Sums(5)), Stratum(1000, Sums(5), Sums(95))]
    mixed = [Stratum(2000, Sums(100), Sums(100))]
    low, high = rows_interval(apart)
    wide_low, wide_high = rows_interval(mixed)
    assert low < 0.5 < high
    assert high - low < 0.6 * (wide_high - wide_low)


def test_nothing_read_says_nothing() -> None:
    assert rows_interval([]) == amount_interval([]) == proportion_interval(0, 0) == (0.0, 1.0)
    assert amount_interval([Stratum(10, Sums(1), Sums(1))]) == (0.0, 1.0)


strata = st.lists(
    st.builds(
        lambda a, b, size, more: Stratum(
            a + b + more, Sums(a, a * size, a * size**2), Sums(b, b * 2.0, b * 4.0)
        ),
        st.integers(0, 50), st.integers(0, 50), st.floats(0.1, 100), st.integers(0, 10_000),
    ),
    max_size=5,
)  # fmt: skip


@given(strata)
def test_intervals_hold_the_estimate(found: list[Stratum]) -> None:
    for low, high in (rows_interval(found), amount_interval(found)):
        assert 0 <= low <= high <= 1
    used = [s for s in found if s.sampled]
    if used:
        whole = sum(s.population for s in used)
        share = sum(s.population * s.lacking.rows / s.sampled for s in used) / whole
        low, high = rows_interval(found)
        assert low - 1e-9 <= share <= high + 1e-9


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Samples as the scan takes them, from files in which 2 % to 60 % lack."""
    import numpy as np

    rng = np.random.default_rng(5)
    shares, sizes, taken = [0.02, 0.1, 0.6], [4000, 1000, 2500], [80, 30, 50]
    truth = sum(p * n for p, n in zip(shares, sizes, strict=True)) / sum(sizes)
    hits = 0
    for _ in range(1000):
        drawn = []
        for share, size, n in zip(shares, sizes, taken, strict=True):
            lacking = int(rng.hypergeometric(int(share * size), size - int(share * size), n))
            drawn.append(Stratum(size, Sums(lacking), Sums(n - lacking)))
        low, high = rows_interval(drawn)
        hits += low <= truth <= high
    assert 0.93 <= hits / 1000 <= 0.98
