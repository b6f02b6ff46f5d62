"""Which certificate authorities are trusted, by the variables that corporate networks set.

``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are what the HTTP library reads; ``REQUESTS_CA_BUNDLE`` and
``CURL_CA_BUNDLE``, a file or a folder each, stand in for them, as in requests and curl.
"""

from __future__ import annotations

import os
import ssl
from pathlib import Path

from provenance.errors import UsageError

_READ = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_FALLBACKS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def trust_environment() -> None:
    """Let the HTTP library trust what the environment names. Before the first request.

    Raises:
        UsageError: a variable names a place that is not there or holds no certificate.

    """
    name = next((name for name in (*_READ, *_FALLBACKS) if os.environ.get(name)), None)
    if name is None:
        return
    place = Path(os.environ[name])
    try:
        if place.is_dir():
            ssl.create_default_context(capath=str(place))
        else:
            ssl.create_default_context(cafile=str(place))
    except (OSError, ssl.SSLError) as error:
        why = error.strerror or "it holds no certificate"
        raise UsageError(f"{name}={place} cannot be used as certificates: {why}") from None
    if name in _FALLBACKS:
        os.environ["SSL_CERT_DIR" if place.is_dir() else "SSL_CERT_FILE"] = str(place)
