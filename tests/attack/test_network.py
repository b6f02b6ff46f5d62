"""Interrupts while a server drips, and certificates of corporate networks."""

from __future__ import annotations

import signal
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.certificates import sign
from tests.hub.server import LocalHub, Repo

from provenance.hub.pace import RequestLimits

from .hostile import CARD, SLOW, slow
from .program import PROGRAM, environment, run


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until another process or thread did something.

    Raises:
        AssertionError: it did not within a minute.

    """
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("fault", "deep"), [(SLOW[0], True), (SLOW[3], True), *[(fault, False) for fault in SLOW[:5]]]
)
def test_the_first_interrupt_is_enough(
    hub: LocalHub, tmp_path: Path, fault: str, deep: bool
) -> None:
    hub.repos["models/acme/tiny"] = Repo({"README.md": CARD})
    hub.script = [*([lambda _: False] if deep else []), *[slow()[fault]] * 9]
    begun = time.monotonic()
    running = subprocess.Popen(
        [*PROGRAM, "audit", "acme/tiny"],
        cwd=tmp_path,
        env=environment(tmp_path, hub.url),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    wait_for(lambda: hub.pieces >= 5)
    started = time.monotonic() - begun
    running.send_signal(signal.SIGINT)
    sent = time.monotonic()
    _, said = running.communicate(timeout=RequestLimits().answer)
    assert running.returncode == 130
    assert said.decode().strip().endswith("interrupted")
    assert time.monotonic() - sent < 8 * started
    assert len(hub.seen) == 1 + deep


@pytest.fixture
def secure(hub: LocalHub, tmp_path: Path) -> tuple[str, Path]:
    """The Hub over TLS with a certificate of its own: its address and the certificate."""
    sign(tmp_path, "authority", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    key, certificate = tmp_path / "authority.key", tmp_path / "authority.pem"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    hub.socket = context.wrap_socket(hub.socket, server_side=True)
    hub.repos["models/acme/tiny"] = Repo({"README.md": CARD})
    return hub.url.replace("http:", "https:"), certificate


class TestCertificates:
    def test_an_unknown_authority_is_said_at_once(
        self, secure: tuple[str, Path], hub: LocalHub, tmp_path: Path
    ) -> None:
        greeted: list[object] = []
        assert isinstance(hub.socket, ssl.SSLSocket)
        hub.socket.context.sni_callback = lambda *greeting: greeted.append(greeting)
        done = run("audit", "acme/tiny", cwd=tmp_path, env=environment(tmp_path, secure[0]))
        assert b"certificate was not accepted" in done.stdout + done.stderr
        assert b"SSL_CERT_FILE" in done.stdout + done.stderr
        assert b"try again later" not in done.stdout + done.stderr
        assert done.returncode == 3
        assert len(greeted) == 1  # what a second attempt does not mend is not tried again

    @pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
    def test_one_that_the_environment_names(
        self, secure: tuple[str, Path], tmp_path: Path, variable: str
    ) -> None:
        env = environment(tmp_path, secure[0], **{variable: str(secure[1])})
        done = run("audit", "acme/tiny", "--format", "json", cwd=tmp_path, env=env)
        assert b'"revision": "aaaa' in done.stdout or b'"revision":"aaaa' in done.stdout
        assert b"certificate" not in done.stderr

    @pytest.mark.parametrize("content", [None, b"", b"no certificate"])
    def test_one_that_is_none(self, tmp_path: Path, content: bytes | None) -> None:
        place = tmp_path / "authority.pem"
        if content is not None:
            place.write_bytes(content)
        for variable in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            env = environment(tmp_path, "https://127.0.0.1:9", **{variable: str(place)})
            done = run("audit", "acme/tiny", cwd=tmp_path, env=env)
            assert done.returncode == 2, done.stderr
            assert f"{variable}={place} cannot be used".encode() in done.stderr
            assert done.stderr.count(b"\n") == 1

    def test_a_handshake_that_crawls_ends(self, hub: LocalHub, tmp_path: Path) -> None:
        """A plain server answers the handshake a byte at a time and never ends it."""
        import threading
        from socket import create_server

        listener = create_server(("127.0.0.1", 0))

        dripped: list[int] = []

        def drip() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    connection.sendall(b"\x16\x03\x03\x40\x00")
                    while True:
                        connection.sendall(b"\x02")
                        dripped.append(1)
                        time.sleep(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        begun = time.monotonic()
        running = subprocess.Popen(
            [*PROGRAM, "audit", "acme/tiny"],
            cwd=tmp_path,
            env=environment(tmp_path, f"https://127.0.0.1:{listener.getsockname()[1]}"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        wait_for(lambda: len(dripped) > 20)
        started = time.monotonic() - begun
        running.send_signal(signal.SIGINT)
        sent = time.monotonic()
        running.communicate(timeout=RequestLimits().answer)
        assert running.returncode == 130
        assert time.monotonic() - sent < 3 * started
        listener.close()


class TestProxies:
    def test_a_proxy_is_used_and_left_out(self, hub: LocalHub, tmp_path: Path) -> None:
        hub.repos["models/acme/tiny"] = Repo({"README.md": CARD})
        away = "http://hub.example"
        env = environment(tmp_path, away, HTTP_PROXY=hub.url, NO_PROXY="")
        run("audit", "acme/tiny", cwd=tmp_path, env=env)
        assert hub.seen[0].path.startswith(f"{away}/acme/tiny/resolve/")
        hub.seen.clear()
        env = environment(tmp_path, hub.url, HTTP_PROXY="http://127.0.0.1:9", NO_PROXY="127.0.0.1")
        run("audit", "acme/tiny", cwd=tmp_path, env=env)
        assert hub.seen[0].path.startswith("/acme/tiny/resolve/")


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:1", "foo://user:hidden@127.0.0.1", "http://[::1"]
)
def test_a_proxy_that_cannot_be_used(tmp_path: Path, proxy: str) -> None:
    env = environment(tmp_path, "https://hub.invalid", HTTPS_PROXY=proxy, NO_PROXY="")
    done = run("audit", "acme/tiny", cwd=tmp_path, env=env)
    assert (done.returncode, done.stderr.count(b"\n")) == (3, 1), done.stderr
    assert b"proxy" in done.stderr
    assert b"hidden" not in done.stderr
    assert b"fault of this program" not in done.stderr
