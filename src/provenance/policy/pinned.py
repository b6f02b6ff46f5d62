"""Policies of other repositories and servers, pinned: where a copy is kept, and how it is fetched.

``provenance policy fetch`` alone reaches the network; an audit or a check reads the copy, and one
that is not there, or is not what it was pinned to, is an error.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from provenance.errors import PolicyError
from provenance.frozen import frozen
from provenance.policy.document import Json
from provenance.whole_file import replace_file

MAX_BYTES = 1_000_000
_SECONDS = 60
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_GIT_URL = re.compile(r"(?:https|ssh|file)://[^\s]+")
_HTTPS_URL = re.compile(r"https://[^\s]+")


@frozen
class Pinned:
    """One policy file elsewhere, pinned to a commit or a digest."""

    url: str
    pin: str
    """A whole commit id for a git repository, else the file's SHA-256."""
    path: str
    """Path in the repository; empty for a file that is fetched itself."""

    @property
    def shown(self) -> str:
        """How messages name it."""
        return f"{self.url}@{self.pin[:12]}:{self.path}" if self.path else self.url

    @property
    def copy(self) -> Path:
        """Where the copy is kept, below the user's cache or ``PROVENANCE_POLICIES``."""
        base = os.environ.get("PROVENANCE_POLICIES")
        cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        folder = Path(base) if base else Path(cache) / "provenance" / "policies"
        key = hashlib.sha256("\x1f".join((self.url, self.pin, self.path)).encode()).hexdigest()
        return folder / f"{key}.yaml"


def pinned_from(entry: Mapping[str, Json]) -> Pinned:
    """The policy that an entry of ``extends`` pins.

    Raises:
        PolicyError: the entry pins none; the message says what is wrong with it.

    """
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    if set(entry) == {"git", "rev", "path"} and len(texts) == len(entry):
        path = texts["path"]
        if not _GIT_URL.fullmatch(texts["git"]) or not _plain(texts["git"]):
            raise PolicyError(
                f"{texts['git']!r} is no address of a git repository (https, ssh or file)"
            )
        if not _COMMIT.fullmatch(texts["rev"]):
            raise PolicyError(
                "rev pins a commit: all of its hexadecimal digits; a branch or tag can move"
            )
        if path.startswith(("/", "-")) or ".." in path.split("/") or not path:
            raise PolicyError(f"{path!r} is no path in the repository")
        return Pinned(texts["git"], texts["rev"], path)
    if set(entry) == {"https", "sha256"} and len(texts) == len(entry):
        if not _HTTPS_URL.fullmatch(texts["https"]) or not _plain(texts["https"]):
            raise PolicyError(f"{texts['https']!r} is no https address")
        if not re.fullmatch(r"[0-9a-f]{64}", texts["sha256"]):
            raise PolicyError("a sha256 is 64 hexadecimal digits in lower case")
        return Pinned(texts["https"], texts["sha256"], "")
    raise PolicyError("an entry is a name, a file, {git, rev, path} or {https, sha256}")


def _plain(url: str) -> bool:
    """Whether a URL carries no user, password or control characters."""
    host = url.partition("://")[2].partition("/")[0]
    return url.isprintable() and ":" not in host.rpartition("@")[0]


def read_copy(pinned: Pinned) -> bytes:
    """The copy of a pinned policy.

    Raises:
        FileNotFoundError: it was not fetched.
        OSError: it cannot be read.
        PolicyError: it is not what it was pinned to.

    """
    data = pinned.copy.read_bytes()
    if not pinned.path and hashlib.sha256(data).hexdigest() != pinned.pin:
        raise PolicyError(f"the copy of {pinned.shown} is not what it is pinned to: fetch it again")
    return data


def fetch(pinned: Pinned) -> None:
    """Fetch a pinned policy and keep a copy.

    Raises:
        PolicyError: it cannot be reached, is too large, or is not what it is pinned to.

    """
    data = _from_git(pinned) if pinned.path else _from_https(pinned)
    pinned.copy.parent.mkdir(parents=True, exist_ok=True)
    replace_file(pinned.copy, data)


def _from_https(pinned: Pinned) -> bytes:
    import http.client  # slow to start, all three
    import ssl
    import urllib.request

    class OnlyHttps(urllib.request.HTTPRedirectHandler):
        """Follows no redirect to a connection that anybody on the way can read or change."""

        def redirect_request(
            self,
            req: urllib.request.Request,
            fp: IO[bytes],
            code: int,
            msg: str,
            headers: http.client.HTTPMessage,
            newurl: str,
        ) -> urllib.request.Request | None:
            if not newurl.lower().startswith("https://"):
                raise PolicyError(f"{pinned.shown} leads to {newurl}, which is no https address")
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    try:
        opener = urllib.request.build_opener(OnlyHttps)
        with opener.open(pinned.url, timeout=_SECONDS) as answer:
            data: bytes = answer.read(MAX_BYTES + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            raise PolicyError(
                f"{pinned.shown} cannot be fetched: the certificate of the server is not trusted: "
                f"{reason.verify_message}; where an authority of your own signs, name its file in "
                "SSL_CERT_FILE"
            ) from None
        raise PolicyError(f"{pinned.shown} cannot be fetched: {error}") from None
    return _checked(pinned, data)


def _checked(pinned: Pinned, data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise PolicyError(f"{pinned.shown} is larger than {MAX_BYTES:,} bytes")
    digest = hashlib.sha256(data).hexdigest()
    if not pinned.path and digest != pinned.pin:
        raise PolicyError(f"{pinned.shown} is pinned to {pinned.pin}, its sha256 is {digest}")
    return data


def _from_git(pinned: Pinned) -> bytes:
    with tempfile.TemporaryDirectory(prefix="provenance-policy-") as folder:
        _git(folder, pinned, "init", "--quiet", "--bare", ".")
        _git(folder, pinned, "fetch", "--quiet", "--depth=1", "--", pinned.url, pinned.pin)
        return _checked(pinned, _git(folder, pinned, "show", f"{pinned.pin}:{pinned.path}"))


def _git(folder: str, pinned: Pinned, *arguments: str) -> bytes:
    import subprocess

    environment = {
        **os.environ,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    try:
        done = subprocess.run(  # noqa: S603  arguments are checked above, no shell
            ["git", *arguments],  # noqa: S607  the user's own git
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PolicyError(f"{pinned.shown} cannot be fetched: {error}") from None
    if done.returncode != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        raise PolicyError(f"{pinned.shown} cannot be fetched: {lines[-1]}")
    return done.stdout
