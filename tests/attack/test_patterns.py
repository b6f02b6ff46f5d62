"""Every compiled pattern takes time in proportion to its text, on texts made to slow it down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from tests.timing import cpu_seconds, growth

from .growth import long_texts, methods, patterns, runner, texts

FIRST = (60, 250, 1_000)
"""Short texts come first, so that a pattern that explodes is caught while it is short."""
EXPLODES = 1.0
"""CPU seconds for at most 1,000 characters."""
NOTICEABLE = 0.003
"""A text of 1,000 characters that is done sooner is of no pattern that grows as the square."""
MOST = 2 * 1.3
"""Growth a doubling: 1.3 beyond linear."""
PATTERNS = patterns()
LONG = 6_000
LONG_NOTICEABLE = 0.004
"""A long text that is done sooner is of no pattern that grows as the square."""


def slowest(pattern: re.Pattern[Any], method: str) -> list[int]:
    """Numbers of the texts that are worth a longer look, slowest first."""
    run = runner(pattern, method)
    found: list[tuple[float, int]] = []
    for size in FIRST:
        found = []
        for number, text in enumerate(texts(pattern, size)):
            took = cpu_seconds(partial(run, text))
            assert took < EXPLODES, f"{took:.1f} s for {size} characters: {text[:60]!r}"
            if took > NOTICEABLE:
                found.append((took, number))
    return [number for _, number in sorted(found, reverse=True)[:4]]


def slowest_long(pattern: re.Pattern[Any], method: str) -> list[int]:
    """Numbers of the long texts that are worth a longer look, slowest first."""
    run = runner(pattern, method)
    took = [
        (cpu_seconds(partial(run, text)), n) for n, text in enumerate(long_texts(pattern, LONG))
    ]
    return [n for used, n in sorted(took, reverse=True)[:3] if used > LONG_NOTICEABLE]


def grows(
    name: str,
    method: str,
    make: Callable[[re.Pattern[Any], int], Iterator[Any]],
    chosen: list[int],
    size: int,
) -> None:
    """Hold the growth from half of ``size`` to ``size`` on the chosen texts."""
    pattern: re.Pattern[Any] = PATTERNS[name]
    run = runner(pattern, method)
    half, whole = list(make(pattern, size // 2)), list(make(pattern, size))
    for number in chosen:
        try:
            growth(
                partial(run, half[number]),
                partial(run, whole[number]),
                most=MOST,
                seconds=least_of_three,
            )
        except AssertionError as error:
            raise AssertionError(f"{name}.{method}: {error}: {half[number][:60]!r}") from error


def least_of_three(run: Callable[[], object]) -> float:
    """Short runs hang on what the processor did just before."""
    return min(cpu_seconds(run) for _ in range(3))


def check(name: str) -> None:
    pattern: re.Pattern[Any] = PATTERNS[name]
    for method in methods(name):
        grows(name, method, texts, slowest(pattern, method), 4_000)
        grows(name, method, long_texts, slowest_long(pattern, method), LONG)


@pytest.mark.parametrize("name", PATTERNS)
def test_grows_with_its_text(name: str) -> None:
    check(name)


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 250
