"""How fast, how often and how long one live Hub is asked."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from provenance.errors import SourceError
from provenance.frozen import frozen


@frozen
class RequestLimits:
    """Bounds on asking a Hub; times in seconds."""

    connect: float = 10.0
    """To open a connection."""
    read: float = 20.0
    """Between two pieces of an answer."""
    answer: float = 60.0
    """For one whole answer, however steadily it drips; no attempt begins after that."""
    attempts: int = 4
    """Times one question is asked before its failure is reported."""
    backoff: float = 0.5
    """Pause before the second attempt; doubles each time. ``Retry-After`` overrides it."""
    wait: float = 330.0
    """For all pauses of one question: a little over the Hub's quota window of 5 minutes."""
    requests: int = 20_000
    """HTTP requests in all."""


INTERRUPTED = threading.Event()
"""Set when the user interrupts: nothing waits for a network any more, in any thread."""


def pause(seconds: float) -> None:
    """Sleep, unless the user interrupts.

    Raises:
        SourceError: the user did.

    """
    if INTERRUPTED.wait(max(seconds, 0.0)):
        raise SourceError("interrupted")


_RATE_LIMIT = re.compile(r'"[^"]*"\s*;\s*r\s*=\s*(\d{1,9})\s*;\s*t\s*=\s*(\d{1,9})')


def asked_pause(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait before the next request, ``None`` when it does not say.

    Reads ``Retry-After`` in seconds (RFC 9110, 10.2.3) and ``RateLimit`` with no quota left
    (draft-ietf-httpapi-ratelimit-headers), which the Hub sends with every answer. Header names
    are lower case.
    """
    after = headers.get("retry-after", "").strip()
    if after.isascii() and after.isdigit():
        return float(after[:9])
    quota = _RATE_LIMIT.search(headers.get("ratelimit", ""))
    if quota is not None and int(quota[1]) == 0:
        return float(quota[2])
    return None


@dataclass(slots=True)
class Pace:
    """Counts requests and makes all threads pause together when the Hub asks for it.

    The Hub has one quota for its API and another for files: a ``bucket`` each.
    """

    limits: RequestLimits
    sent: int = 0
    clock: Callable[[], float] = time.monotonic
    """Seconds from any start."""
    sleep: Callable[[float], None] = pause
    _until: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, bucket: str, patience: float) -> float:
        """Wait until a request may be sent, count it, and return the seconds waited.

        Raises:
            SourceError: that would take longer than ``patience`` seconds, or the request budget
                is spent.

        """
        waited = 0.0
        while True:
            with self._lock:
                asked = self._until.get(bucket, 0.0) - self.clock()
                if asked <= 0:
                    if self.sent >= self.limits.requests:
                        raise SourceError(
                            f"the budget of {self.limits.requests:,} requests is spent: "
                            "audit less at once"
                        )
                    self.sent += 1
                    return waited
            if waited + asked > patience:
                raise SourceError(
                    f"the Hub asks to wait {asked:.0f} s (rate limit): try again then, or set "
                    "HF_TOKEN for a larger quota"
                )
            self.sleep(asked)
            waited += asked

    def hold(self, bucket: str, seconds: float) -> None:
        """Let no request of ``bucket`` out for ``seconds`` from now."""
        with self._lock:
            until = self.clock() + seconds
            self._until[bucket] = max(until, self._until.get(bucket, 0.0))
