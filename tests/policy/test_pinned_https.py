"""Policies fetched by https from a server whose certificate an authority of our own signs."""

from __future__ import annotations

import hashlib
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.certificates import sign
from tests.policy.facts_builder import policy

from provenance.errors import PolicyError
from provenance.policy.loading import fetch_pinned
from provenance.policy.model import IntendedUse
from provenance.policy.pinned import MAX_BYTES, Pinned, fetch

TEXT = b"use: [research]\nlicenses: {missing: note}\n"
LARGE = b"#" * (MAX_BYTES + 1)


class Handler(BaseHTTPRequestHandler):
    """A policy, one that is too large, two redirects, half an answer, and nothing else."""

    def do_GET(self) -> None:
        body = {"/p.yaml": TEXT, "/large.yaml": LARGE}.get(self.path)
        where = {"/moved": "/p.yaml", "/down": "http://localhost:1/p.yaml"}.get(self.path)
        if where is not None:
            self.send_response(302)
            self.send_header("Location", where)
        else:
            self.send_response(200 if body is not None or self.path == "/half" else 404)
        self.send_header("Content-Length", str(len(body or b"") or 10 * (self.path == "/half")))
        self.end_headers()
        self.wfile.write(body or b"")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing is written."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the certificate of an authority and one that it signed for ``localhost``."""
    folder = tmp_path_factory.mktemp("authority")
    sign(folder, "ca", "-subj", "/CN=Authority of a test")
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    leaf = ["-addext", "basicConstraints=critical,CA:FALSE"]
    sign(folder, "server", *name, *leaf, "-CA", "ca.pem", "-CAkey", "ca.key")
    return folder


@pytest.fixture
def server(
    authority: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setenv("PROVENANCE_POLICIES", str(tmp_path / "copies"))
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "server.pem", authority / "server.key")
    found = ThreadingHTTPServer(("localhost", 0), Handler)
    found.socket = context.wrap_socket(found.socket, server_side=True)
    thread = threading.Thread(target=found.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


def pinned(server: ThreadingHTTPServer, path: str, text: bytes = TEXT) -> Pinned:
    digest = hashlib.sha256(text).hexdigest()
    return Pinned(f"https://localhost:{server.server_port}{path}", digest, "")


def test_a_policy_of_a_server_is_read_once_it_was_fetched(
    server: ThreadingHTTPServer, tmp_path: Path
) -> None:
    one = pinned(server, "/p.yaml")
    text = f"extends: [{{https: '{one.url}', sha256: '{one.pin}'}}]\n"
    (tmp_path / "provenance.yaml").write_text(text)
    with pytest.raises(PolicyError, match="was not fetched yet"):
        policy(tmp_path, text)
    assert fetch_pinned("provenance.yaml", tmp_path) == [f"fetched {one.url}"]
    server.shutdown()
    assert policy(tmp_path, text).use == (IntendedUse.RESEARCH,)


def test_a_certificate_that_no_known_authority_signed_is_said_to_be_that(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    one = pinned(server, "/p.yaml")
    with pytest.raises(PolicyError, match=r"certificate of the server is not trusted: .*SSL_CERT_"):
        fetch(one)
    assert not one.copy.exists()


def test_a_certificate_for_another_name_is_refused(server: ThreadingHTTPServer) -> None:
    one = pinned(server, "/p.yaml")
    other = Pinned(one.url.replace("localhost", "127.0.0.1"), one.pin, "")
    with pytest.raises(PolicyError, match=r"not trusted: .*127\.0\.0\.1"):
        fetch(other)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/none.yaml", "cannot be fetched: HTTP Error 404"),
        ("/large.yaml", "is larger than"),
        ("/down", "leads to http://localhost:1/p.yaml, which is no https address"),
        ("/half", "cannot be fetched: IncompleteRead|its sha256 is"),
    ],
)
def test_what_is_not_the_policy_leaves_no_copy(
    server: ThreadingHTTPServer, path: str, said: str
) -> None:
    one = pinned(server, path)
    with pytest.raises(PolicyError, match=said):
        fetch(one)
    assert not one.copy.exists()


def test_a_redirect_within_https_is_followed_to_the_same_digest(
    server: ThreadingHTTPServer,
) -> None:
    one = pinned(server, "/moved")
    fetch(one)
    assert one.copy.read_bytes() == TEXT
    with pytest.raises(PolicyError, match="is pinned to"):
        fetch(pinned(server, "/moved", b"another"))
