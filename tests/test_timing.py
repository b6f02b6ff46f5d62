"""The measure itself: what grows as the square is seen, what grows in proportion is not."""

from __future__ import annotations

import pytest
from tests.timing import growth


def work(steps: int) -> None:
    for _ in range(steps):
        pass


def test_in_proportion() -> None:
    growth(lambda: work(100_000), lambda: work(200_000), most=2.6)


def test_as_the_square() -> None:
    with pytest.raises(AssertionError, match="times as much"):
        growth(lambda: work(100_000), lambda: work(400_000), most=2.6)
