"""Asking a Hub over HTTP: the library's session, time limits, retries, the token to one origin."""

from __future__ import annotations

import logging
import ssl
import time
from urllib.parse import urlsplit

import httpx2
import huggingface_hub
from huggingface_hub import get_session
from huggingface_hub.errors import OfflineModeIsEnabled

from provenance.errors import SourceError
from provenance.hub.answers import Answer, origin_of
from provenance.hub.body import ACCEPTED, BrokenError, Decoder, TooLargeError
from provenance.hub.pace import INTERRUPTED, Pace, RequestLimits, asked_pause, pause
from provenance.hub.wire import InsideError, held_to, trace

_RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_BRIEF_S = 2.0
"""To open a connection to a host that never answered and was waited for once."""
_LOG = logging.getLogger(__name__)


class Client:
    """Sends requests one at a time for a thread; safe to call from several."""

    def __init__(self, origin: str, authorization: str | None, limits: RequestLimits) -> None:
        self._origin = origin
        self._authorization = authorization
        self._limits = limits
        self._pace = Pace(limits)
        self._answered: set[str] = set()
        """Hosts that gave any answer."""
        self._silent: set[str] = set()
        """Hosts that were waited for to the end, and never answered."""

    @property
    def authorized(self) -> bool:
        """Whether a token is sent."""
        return self._authorization is not None

    @property
    def sent(self) -> int:
        """Requests sent so far, repeated attempts included."""
        return self._pace.sent

    def get(
        self, url: str, bucket: str, cap: int, method: str = "GET", etag: str | None = None
    ) -> Answer:
        """Ask, with retries. Only failures that may pass are tried again.

        A host that could not be connected to and never answered before is waited for once: without
        a network every further question is asked once.

        Args:
            url: any address; the token goes to the Hub's own origin only.
            bucket: what the Hub counts the request under: ``files`` or ``api``.
            cap: most bytes of the answer's body.
            method: ``GET`` or ``HEAD``.
            etag: what is known already; the answer may be 304 without a body (RFC 9110, 13.1.2).

        Raises:
            SourceError: there is no whole answer within the limits.

        """
        start, waited, problem = time.monotonic(), 0.0, ""
        attempt = 0
        host = _host(url)
        attempts = 1 if host in self._silent else self._limits.attempts
        while attempt < attempts:
            waited += self._pace.take(bucket, self._limits.wait - waited)
            rest = self._limits.backoff * 2**attempt
            try:
                answer = self._once(method, url, cap, etag)
            except httpx2.InvalidURL as error:
                raise SourceError(f"cannot ask {url}: {error}") from error
            except BrokenError as error:
                problem = f"the answer broke off ({error})"
                self._heard(host)
            except httpx2.RequestError as error:
                _refuse_for_good(url, error)
                problem = _problem(error)
                _LOG.info("%s %s: %s", method, url, problem)
            else:
                _LOG.info("%s %s: %s", method, url, answer.message)
                self._heard(host)
                asked = asked_pause(answer.headers)
                if asked is not None:
                    self._pace.hold(bucket, asked)
                if answer.status not in _RETRIED:
                    return answer
                problem = f"answered {answer.message}"
                rest = 0.0 if asked is not None else rest  # ``take`` waits as long as asked
            attempt += 1
            if time.monotonic() - start - waited > self._limits.answer:
                break
            if attempt < attempts:
                pause(rest)
                waited += rest
        raise self._given_up(host, f"{url}: {problem}", attempt)

    def _given_up(self, host: str, problem: str, attempts: int) -> SourceError:
        if host not in self._answered:
            self._silent.add(host)
        times = "once" if attempts == 1 else f"{attempts} times"
        return SourceError(
            f"{problem}, {times}: try again later, or use --snapshot to audit offline"
        )

    def _heard(self, host: str) -> None:
        self._answered.add(host)
        self._silent.discard(host)

    def _elsewhere(self, url: str) -> str | None:
        """The host of an address that is not the endpoint's."""
        host = urlsplit(url).hostname
        return None if host == urlsplit(self._origin).hostname else host

    def _once(self, method: str, url: str, cap: int, etag: str | None) -> Answer:
        limits = self._limits
        headers = {
            "user-agent": f"provenance-audit; hf_hub/{huggingface_hub.__version__}",
            "accept-encoding": ACCEPTED,
        }
        if etag is not None:
            headers["if-none-match"] = f'"{etag}"'
        if self._authorization is not None and origin_of(url) == self._origin:
            headers["authorization"] = self._authorization
        silent = _host(url) in self._silent
        connect = min(limits.connect, _BRIEF_S) if silent else limits.connect
        timeout = httpx2.Timeout(limits.read, connect=connect)
        try:
            with (
                held_to(limits.answer, self._elsewhere(url)),
                _session().stream(
                    method,
                    url,
                    headers=headers,
                    timeout=timeout,
                    follow_redirects=False,
                    extensions={"trace": trace},
                ) as response,
            ):
                names = {name.lower(): value for name, value in response.headers.items()}
                wanted = method == "GET" and response.status_code == httpx2.codes.OK
                # only a file is decoded: what else is said stands in the headers
                decoder = Decoder(url, names if wanted else {}, cap)
                for piece in response.iter_raw():
                    decoder.feed(piece)
                body = decoder.whole()
        except OfflineModeIsEnabled as error:
            raise SourceError(f"offline: {url} was not asked (HF_HUB_OFFLINE is set)") from error
        except InsideError as error:
            raise SourceError(f"a redirect leads to {error}: not followed") from None
        except TooLargeError:
            raise SourceError(f"{url} is larger than {cap:,} bytes: not read") from None
        framed = decoder.gzip or "content-length" in names or "transfer-encoding" in names
        return Answer(url, response.status_code, names, body, framed)


def _session() -> httpx2.Client:
    """The library's session, which is opened with the first question.

    Raises:
        SourceError: the environment names a proxy of a kind that cannot be used.

    """
    try:
        return get_session()
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise SourceError(
            "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names cannot be used: "
            f"{str(error).partition(', but')[0].partition(': ')[0]}"
        ) from None


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # no address at all, which the attempt to ask it will say
        return ""


def _refuse_for_good(url: str, error: httpx2.RequestError) -> None:
    """Say at once what no second attempt mends.

    Raises:
        SourceError: the user interrupted, or the certificate was not accepted.

    """
    if INTERRUPTED.is_set():
        raise SourceError(f"interrupted: {url} was not read") from None
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        raise SourceError(
            f"{url}: the server's certificate was not accepted ({cause.verify_message}): behind a "
            "corporate proxy, set SSL_CERT_FILE to a file that holds its certificate authority"
        ) from None


def _problem(error: httpx2.RequestError) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return "no whole answer in time"
    if isinstance(error, httpx2.ConnectError):
        return f"cannot connect ({error})"
    return f"the answer broke off ({error or type(error).__name__})"
