"""Asking a Hub over HTTP: the library's session, time limits, retries, the token to one origin."""

from __future__ import annotations

import time

import httpx2
import huggingface_hub
from huggingface_hub import get_session
from huggingface_hub.errors import OfflineModeIsEnabled

from provenance.errors import SourceError
from provenance.hub.answers import Answer, origin_of
from provenance.hub.pace import Limits, Pace, asked_pause

_RETRIED = frozenset({408, 429, 500, 502, 503, 504})


class Client:
    """Sends requests one at a time for a thread; safe to call from several."""

    def __init__(self, origin: str, authorization: str | None, limits: Limits) -> None:
        self._origin = origin
        self._authorization = authorization
        self._limits = limits
        self._pace = Pace(limits)

    @property
    def authorized(self) -> bool:
        """Whether a token is sent."""
        return self._authorization is not None

    @property
    def sent(self) -> int:
        """Requests sent so far, repeated attempts included."""
        return self._pace.sent

    def get(self, url: str, bucket: str, cap: int, method: str = "GET") -> Answer:
        """Ask, with retries. Only failures that may pass are tried again.

        Args:
            url: any address; the token goes to the Hub's own origin only.
            bucket: what the Hub counts the request under: ``files`` or ``api``.
            cap: most bytes of the answer's body.
            method: ``GET`` or ``HEAD``.

        Raises:
            SourceError: there is no whole answer within the limits.

        """
        start, waited, problem = time.monotonic(), 0.0, ""
        attempt = 0
        while attempt < self._limits.attempts:
            waited += self._pace.take(bucket, self._limits.wait - waited)
            pause = self._limits.backoff * 2**attempt
            try:
                answer = self._once(method, url, cap)
            except httpx2.InvalidURL as error:
                raise SourceError(f"cannot ask {url}: {error}") from error
            except httpx2.RequestError as error:
                problem = _problem(error)
            else:
                asked = asked_pause(answer.headers)
                if asked is not None:
                    self._pace.hold(bucket, asked)
                if answer.status not in _RETRIED:
                    return answer
                problem = f"answered {answer.message}"
                pause = 0.0 if asked is not None else pause  # ``take`` waits as long as asked
            attempt += 1
            if time.monotonic() - start - waited > self._limits.answer:
                break
            if attempt < self._limits.attempts:
                time.sleep(pause)
                waited += pause
        times = "once" if attempt == 1 else f"{attempt} times"
        raise SourceError(
            f"{url}: {problem}, {times}: try again later, or use --snapshot to audit offline"
        )

    def _once(self, method: str, url: str, cap: int) -> Answer:
        limits = self._limits
        headers = {"user-agent": f"provenance-audit; hf_hub/{huggingface_hub.__version__}"}
        if self._authorization is not None and origin_of(url) == self._origin:
            headers["authorization"] = self._authorization
        timeout = httpx2.Timeout(limits.read, connect=limits.connect)
        stop = time.monotonic() + limits.answer
        body = bytearray()
        try:
            with get_session().stream(
                method, url, headers=headers, timeout=timeout, follow_redirects=False
            ) as response:
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > cap:
                        raise SourceError(f"{url} is larger than {cap:,} bytes: not read")
                    if time.monotonic() > stop:
                        raise httpx2.ReadTimeout("too slow")
        except OfflineModeIsEnabled as error:
            raise SourceError(f"offline: {url} was not asked (HF_HUB_OFFLINE is set)") from error
        names = {name.lower(): value for name, value in response.headers.items()}
        return Answer(url, response.status_code, names, bytes(body))


def _problem(error: httpx2.RequestError) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return "no whole answer in time"
    if isinstance(error, httpx2.ConnectError):
        return f"cannot connect ({error})"
    return f"the answer broke off ({error or type(error).__name__})"
