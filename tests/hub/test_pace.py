"""How a Hub is asked, by a clock that moves only when somebody sleeps."""

from __future__ import annotations

import pytest

from provenance.errors import SourceError
from provenance.hub.pace import Pace, RequestLimits, asked_pause

from .clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(RequestLimits(requests=3), clock=clock, sleep=clock.sleep)


def test_nothing_is_waited_for_unasked(pace: Pace, clock: Clock) -> None:
    assert (pace.take("files", 5), pace.sent, clock.slept) == (0.0, 1, [])


def test_a_held_bucket_waits_what_is_left(pace: Pace, clock: Clock) -> None:
    pace.hold("files", 30)
    clock.now += 10
    assert pace.take("files", 60) == 20
    assert pace.take("files", 60) == 0
    assert clock.slept == [20]


def test_the_other_bucket_does_not_wait(pace: Pace, clock: Clock) -> None:
    pace.hold("files", 30)
    assert (pace.take("api", 0), clock.slept) == (0.0, [])


def test_the_longer_of_two_holds_counts(pace: Pace, clock: Clock) -> None:
    pace.hold("files", 30)
    pace.hold("files", 5)
    assert pace.take("files", 60) == 30


def test_more_than_the_patience_is_said_and_not_waited_for(pace: Pace, clock: Clock) -> None:
    pace.hold("files", 300)
    with pytest.raises(SourceError, match=r"asks to wait 300 s"):
        pace.take("files", 299)
    assert (pace.sent, clock.slept) == (0, [])


def test_the_budget(pace: Pace) -> None:
    for _ in range(3):
        pace.take("files", 0)
    with pytest.raises(SourceError, match="budget of 3 requests"):
        pace.take("api", 0)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "soon"}, None),
        ({"ratelimit": '"resolvers";r=0;t=12'}, 12.0),
        ({"ratelimit": '"resolvers";r=4;t=12'}, None),
        ({}, None),
    ],
)
def test_what_a_server_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_pause(headers) == seconds
