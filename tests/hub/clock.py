"""Clocks that move only when somebody sleeps, or asks them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Clock:
    """Seconds; a sleep is noted and moves it on."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Ticking:
    """Stands for the module ``time``: each question for the time takes ``tick`` seconds."""

    tick: float
    asked: int = 0

    def monotonic(self) -> float:
        self.asked += 1
        return self.asked * self.tick
