"""What ``huggingface_hub`` reads by itself (``hf://``), held to the rules of the project's client.

Its file system follows redirects, knows a time limit between two pieces of an answer only, and
takes what comes for what it asked for: a listing that gives too small a size ends a file early. The
hooks here are called for every request and every redirect of one
(https://www.python-httpx.org/advanced/event-hooks/).
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

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
_ASKED = "provenance_asked"
"""Extension of a request: the address of the file that it and the redirects from it are for."""
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")
_SENT = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18})")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_sizes: dict[str, int] = {}
"""Bytes of each file that was listed, by its path without the revision."""


class AnotherFileError(OSError):
    """An answer is not the part of the file that was asked for."""


def expect(sizes: Mapping[str, int]) -> None:
    """Hold what is read of files to listed sizes, each by a path as ``datasets/a/b@sha/x.csv``."""
    _sizes.update({re.sub(r"@[^/]*", "", path, count=1): size for path, size in sizes.items()})


@contextmanager
def guarded(endpoint: str | None = None) -> Iterator[None]:
    """Let the library's session go only where a redirect of the Hub may lead, and end in time.

    Files that are read meanwhile fail with an :class:`OSError` where a redirect leads into this
    network or an answer is another one than was asked for, and with the library's own time-out
    where it takes too long. ``endpoint`` is the library's own where it is not given.
    """
    home = (endpoint or constants.ENDPOINT).rstrip("/")
    before = _http._GLOBAL_CLIENT_FACTORY  # the library gives no public way to put it back

    def client() -> httpx2.Client:
        made = before()
        hooks = made.event_hooks
        hooks["request"] = [*hooks["request"], lambda request: _prepare(request, home)]
        hooks["response"] = [*hooks["response"], lambda response: _check(response, home)]
        made.event_hooks = hooks
        return made

    set_client_factory(client)
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it warns of every further try
    try:
        yield
    finally:
        set_client_factory(before)
        _sizes.clear()
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
    if request.method == "GET" and url.startswith(f"{endpoint}/") and "/resolve/" in url:
        request.extensions = {_ASKED: url.removeprefix(f"{endpoint}/"), **request.extensions}
    if _ASKED in request.extensions:
        request.headers["accept-encoding"] = (
            "identity"  # a part of a coded file is none of the file
        )


def _check(response: httpx2.Response, endpoint: str) -> None:
    """Hold an answer with a file's bytes to what was asked.

    Raises:
        AnotherFileError: it is of another commit, in a coding, another part, or of another size.

    """
    asked = str(response.request.extensions.get(_ASKED, ""))
    if is_held() or not asked:
        return
    place, _, rest = unquote(asked).partition("/resolve/")
    revision, _, path = rest.partition("?")[0].partition("/")
    commit = response.headers.get("x-repo-commit", revision)
    if _COMMIT.fullmatch(revision) and commit != revision:
        raise AnotherFileError(f"{path}: answered with commit {commit[:40]!r}: check HF_ENDPOINT")
    if response.status_code in {200, 206}:
        why = _differs(response, _sizes.get(f"{place}/{path}"))
        if why is not None:
            raise AnotherFileError(f"{path}: {why}: not the file that is listed")


def _differs(response: httpx2.Response, size: int | None) -> str | None:
    """In what an answer is not the part of a file of ``size`` bytes that was asked for."""
    headers = response.headers
    coding = headers.get("content-encoding", "identity")
    if coding != "identity":
        return f"answered in the coding {coding[:40]!r}, which was not asked for"
    length = headers.get("content-length", "")
    asked = _RANGE.fullmatch(response.request.headers.get("range", ""))
    if response.status_code == 200:
        return _differs_whole(length, asked, size)
    sent = _SENT.fullmatch(headers.get("content-range", ""))
    if asked is None or sent is None:
        return "an answer in parts says not which"
    first, last, total = (int(number) for number in sent.groups())
    if size is not None and total != size:
        return f"it has {total} bytes instead of {size}"
    if (first, last) != (int(asked[1]), min(int(asked[2] or total), total - 1)):
        return "another part was sent"
    return None if length in {"", str(last - first + 1)} else "a part was sent in part"


def _differs_whole(length: str, asked: re.Match[str] | None, size: int | None) -> str | None:
    """The same of an answer of ``length`` bytes that is said to be the whole file."""
    if asked is not None and asked[1] != "0":
        return "all of it was sent for a part"
    last = int(asked[2]) + 1 if asked is not None and asked[2] else None
    wanted = {str(number) for number in (size, last) if number is not None}
    return f"{length or 'unknown'} bytes were sent" if wanted - {length} else None
