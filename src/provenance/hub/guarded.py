"""What ``huggingface_hub`` reads by itself (``hf://``), held to the rules of the project's client.

Its file system follows redirects and knows a time limit between two pieces of an answer only. The
hook here is called for every request and every redirect of one
(https://www.python-httpx.org/advanced/event-hooks/).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx2
from huggingface_hub import constants, set_client_factory
from huggingface_hub.utils import _http

from provenance.errors import SourceError
from provenance.hub.hosts import check_elsewhere
from provenance.hub.wire import InsideError, hold, is_held, trace

ANSWER_S = 60.0
"""Seconds for an answer, and for as many bytes more as come in at :data:`SLOWEST`."""
SLOWEST = 20_000.0
"""Bytes a second: a large file takes long, a dripped one does not take for ever."""


@contextmanager
def guarded(endpoint: str | None = None) -> Iterator[None]:
    """Let the library's session go only where a redirect of the Hub may lead, and end in time.

    Files that are read meanwhile fail with an :class:`OSError` where a redirect leads into this
    network, and with the library's own time-out where an answer takes too long. ``endpoint`` is
    the library's own where it is not given.
    """
    home = (endpoint or constants.ENDPOINT).rstrip("/")
    before = _http._GLOBAL_CLIENT_FACTORY  # the library gives no public way to put it back

    def client() -> httpx2.Client:
        made = before()
        hooks = made.event_hooks
        hooks["request"] = [*hooks["request"], lambda request: _prepare(request, home)]
        made.event_hooks = hooks
        return made

    set_client_factory(client)
    try:
        yield
    finally:
        set_client_factory(before)
        hold(math.inf, math.inf, None)


def _prepare(request: httpx2.Request, endpoint: str) -> None:
    """Check where a request goes, and hold its answer.

    Raises:
        InsideError: a redirect leads into this network.

    """
    if is_held():  # the project's own client has seen to it
        return
    url = str(request.url)
    try:
        check_elsewhere(url, endpoint)
    except SourceError as error:
        raise InsideError(str(error)) from None
    host = urlsplit(url).hostname
    hold(ANSWER_S, SLOWEST, None if host == urlsplit(endpoint).hostname else host)
    request.extensions = {**request.extensions, "trace": trace}
