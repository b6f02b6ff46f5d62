"""A file's redirect leads to the public web or to the endpoint's host, nowhere else."""

from __future__ import annotations

import socket

import pytest
from tests.hub.server import LocalHub, Repo, running_hub

from provenance.errors import SourceError
from provenance.hub.hosts import check_elsewhere, is_special
from provenance.hub.interface import Repository
from provenance.hub.live import LiveHub
from provenance.refs import RepoKind, RepoRef

HUB = "https://huggingface.co"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "0.0.0.0",  # noqa: S104
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "2002:7f00:1::", "ff02::1", "fec0::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "::7f00:1",
    ],
)  # fmt: skip
def test_special_addresses(address: str) -> None:
    assert is_special(address)
    if "%" not in address:
        host = f"[{address}]" if ":" in address else address
        with pytest.raises(SourceError, match="inside this network"):
            check_elsewhere(f"https://{host}/x", HUB)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert not is_special(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "017700000001", "127.1", "localhost"])
def test_other_ways_to_write_this_machine(host: str) -> None:
    with pytest.raises(SourceError, match="inside this network"):
        check_elsewhere(f"https://{host}/x", HUB)


def test_a_name_that_resolves_to_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 0)) for a in ("1.1.1.1", "10.1.2.3")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    with pytest.raises(SourceError, match=r"10\.1\.2\.3"):
        check_elsewhere("https://cdn.example.org/x", HUB)


@pytest.mark.parametrize("url", ["https://user@cdn.example/x", "https://u:p@huggingface.co/x"])
def test_user_names(url: str) -> None:
    with pytest.raises(SourceError, match="user name"):
        check_elsewhere(url, HUB)


@pytest.mark.parametrize("port", [1, 22, 25, 79, 445, 1023])
def test_ports_of_other_services(port: int) -> None:
    with pytest.raises(SourceError, match=f"port {port}"):
        check_elsewhere(f"https://1.1.1.1:{port}/x", HUB)


def test_a_mirror_at_home(hub: LocalHub, live: LiveHub) -> None:
    """The endpoint's own host may serve files at another port; no other private one may."""
    ref = RepoRef(RepoKind.MODEL, "acme/tiny")
    with running_hub() as other:
        other.repos[ref.path] = Repo({"LICENSE": b"long text"})
        place = f"{other.url}/acme/tiny/resolve/main/LICENSE"
        for url, followed in ((place, True), (place.replace("127.0.0.1", "127.0.0.2"), False)):
            hub.repos[ref.path] = Repo({"README.md": b"x"}, elsewhere={"LICENSE": url})
            repository = live.fetch(ref)
            assert isinstance(repository, Repository)
            described = live.describe(repository)
            if followed:
                live.read_file(described, "LICENSE")
            else:
                with pytest.raises(SourceError, match="inside this network"):
                    live.read_file(RepositoryAgain(described), "LICENSE")
            assert bool(other.seen) == followed
            other.seen.clear()


def RepositoryAgain(repository: Repository) -> Repository:  # noqa: N802
    """The same at another commit, so that nothing of it is cached."""
    from dataclasses import replace

    return replace(repository, revision=None)
