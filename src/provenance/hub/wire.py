"""Holds one answer to its time limit, whatever the server drips, and lets go on an interrupt.

A limit between two pieces of an answer is not enough: a header sent a byte at a time, endless
``103`` answers or a TLS handshake that crawls keep within it for hours. So every read of a
connection waits no longer than what is left of the whole answer's time. The connections are those
of the library's session: they are learned of by the client's ``trace`` extension
(https://www.python-httpx.org/advanced/extensions/#trace) when they are opened.
"""

from __future__ import annotations

import math
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import httpcore2

from provenance.hub.hosts import is_special
from provenance.hub.pace import INTERRUPTED

_SLICE = 0.2
"""Longest a read sleeps before it looks whether the user interrupted, in seconds."""


class _Limit(threading.local):
    """When the answer that this thread waits for must be whole, on the monotonic clock."""

    def __init__(self) -> None:
        self.stop = math.inf
        self.within = False
        """Whether this thread is inside :func:`held_to`."""
        self.slowest = math.inf
        """Bytes a second that give an answer more time; infinite: none does."""
        self.public: str | None = None
        """The host that must be a public one, where it is not the endpoint's own."""
        self.connecting = ""
        self.stream: httpcore2.NetworkStream | None = None
        self.watch: _Watch | None = None


_limit = _Limit()


@contextmanager
def held_to(seconds: float, public: str | None = None) -> Iterator[None]:
    """Hold what this thread reads to ``seconds`` from now.

    Args:
        seconds: for the whole answer.
        public: a host that may only be connected to at a public address. Its name was looked up
            before; what is asked here is where the connection leads, which another answer of its
            name server may have changed.

    """
    hold(seconds, math.inf, public)
    _limit.within = True
    try:
        yield
    finally:
        _limit.within = False
        hold(math.inf, math.inf, None)
        _unwatch()


def is_held() -> bool:
    """Whether this thread waits for an answer under :func:`held_to`."""
    return _limit.within


def hold(seconds: float, slowest: float, public: str | None) -> None:
    """Hold what this thread reads from now on, until it is told otherwise.

    Args:
        seconds: until an answer must be whole, and longer by what came at ``slowest``.
        slowest: bytes a second; infinite, where no answer is given more time.
        public: as :func:`held_to`.

    """
    _limit.stop = time.monotonic() + seconds
    _limit.slowest, _limit.public = slowest, public


def trace(event: str, info: Mapping[str, object]) -> None:
    """Told of what a connection does; new ones are guarded."""
    name = event.partition(".")[2]
    stream = info.get("return_value")
    if name == "start_tls.started":
        _watch_handshake()
    elif name.startswith("start_tls."):
        _unwatch()
    if name == "connect_tcp.started":
        _limit.connecting = str(info.get("host", ""))
    if name == "connect_tcp.complete" and isinstance(stream, httpcore2.NetworkStream):
        _refuse_inside(stream)
    opened = name in {"connect_tcp.complete", "start_tls.complete"}
    if opened and isinstance(stream, httpcore2.NetworkStream):
        _limit.stream = stream
        _guard(stream)


def _refuse_inside(stream: httpcore2.NetworkStream) -> None:
    """Close a connection that leads into this network, before anything is asked over it.

    Raises:
        InsideError: it does. One to a proxy is the user's own.

    """
    if _limit.public is None or _limit.connecting != _limit.public:
        return
    place = stream.get_extra_info("server_addr")
    address = str(place[0]) if isinstance(place, tuple) and place else ""
    if is_special(address):
        stream.close()
        raise InsideError(f"{_limit.public} is {address or 'no address'}, inside this network")


class InsideError(OSError):
    """A connection to a host that should be public leads into this network."""


def _guard(stream: httpcore2.NetworkStream) -> None:
    """Let every read of ``stream`` end with the limit of the thread that reads."""
    read = stream.read

    def bounded(max_bytes: int, timeout: float | None = None) -> bytes:
        quiet = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            left = min(quiet, _limit.stop) - time.monotonic()
            if INTERRUPTED.is_set():
                raise httpcore2.ReadError("interrupted")
            if left <= 0:
                raise httpcore2.ReadTimeout("too slow")
            with suppress(httpcore2.ReadTimeout):
                data = read(max_bytes, timeout=min(left, _SLICE))
                _limit.stop += len(data) / _limit.slowest
                return data

    stream.read = bounded  # type: ignore[method-assign]  # this connection's own, for its lifetime


def _watch_handshake() -> None:
    """Cut the connection when the TLS handshake outlasts the limit: its reads are OpenSSL's own."""
    raw = None if _limit.stream is None else _limit.stream.get_extra_info("socket")
    if not isinstance(raw, socket.socket) or math.isinf(_limit.stop):
        return
    twin = raw.dup()  # the handshake detaches the other
    _limit.watch = _Watch(twin, max(_limit.stop - time.monotonic(), 0.0))
    _limit.watch.start()


def _unwatch() -> None:
    watch, _limit.watch = _limit.watch, None
    if watch is not None:
        watch.over.set()


class _Watch(threading.Thread):
    """Shuts a socket down after ``seconds`` or on an interrupt, unless it is ``over`` before."""

    def __init__(self, twin: socket.socket, seconds: float) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self._twin = twin
        self._stop = time.monotonic() + seconds

    def run(self) -> None:
        with suppress(OSError), self._twin:
            while not self.over.wait(_SLICE):
                if INTERRUPTED.is_set() or time.monotonic() > self._stop:
                    self._twin.shutdown(socket.SHUT_RDWR)
                    return
