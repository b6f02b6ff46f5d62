"""Where a name server or a redirect changes its mind: nothing inside this network is asked."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from huggingface_hub import HfFileSystem
from tests.hub.server import LocalHub, Repo, dripping, running_hub
from tests.scanning.test_hub import ROWS, parquet

from provenance.errors import SourceError
from provenance.hub.guarded import guarded
from provenance.hub.interface import Repository
from provenance.hub.live import LiveHub
from provenance.hub.wire import InsideError
from provenance.refs import RepoKind, RepoRef

from .program import environment, run

HOST = "cdn.example.org"


@pytest.fixture
def other() -> Iterator[LocalHub]:
    with running_hub() as running:
        yield running


@pytest.fixture(params=[1, 2])
def rebound(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is first looked up, or twice, and this machine afterwards."""
    look_up = socket.getaddrinfo
    times: list[None] = []

    def answer(host: object, port: object, *rest: object, **more: object) -> object:
        if host not in {HOST, HOST.encode()}:
            return look_up(host, port, *rest, **more)  # type: ignore[arg-type]
        times.append(None)
        address = "1.1.1.1" if len(times) < request.param else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0))]

    monkeypatch.setattr("socket.getaddrinfo", answer)


def place(other: LocalHub, path: str) -> str:
    return f"http://{HOST}:{other.server_port}/{path}"


@pytest.mark.usefixtures("rebound")
def test_a_license_link(hub: LocalHub, live: LiveHub, other: LocalHub) -> None:
    ref = RepoRef(RepoKind.MODEL, "acme/tiny")
    other.repos[ref.path] = Repo({"LICENSE": b"long text"})
    elsewhere = {"LICENSE": place(other, "acme/tiny/resolve/main/LICENSE")}
    hub.repos[ref.path] = Repo({"README.md": b"x"}, elsewhere=elsewhere)
    repository = live.fetch(ref)
    assert isinstance(repository, Repository)
    described = live.describe(repository)
    with pytest.raises(SourceError, match="inside this network"):
        live.read_file(described, "LICENSE")
    assert not other.seen


@pytest.mark.usefixtures("rebound")
def test_a_file_that_is_scanned(hub: LocalHub, other: LocalHub) -> None:
    name = "datasets/acme/words"
    other.repos[name] = Repo({"a.parquet": parquet(ROWS)})
    elsewhere = {"a.parquet": place(other, f"{name}/resolve/main/a.parquet")}
    hub.repos[name] = Repo({"a.parquet": parquet(ROWS)}, elsewhere=elsewhere)
    system = HfFileSystem(endpoint=hub.url, skip_instance_cache=True)
    with guarded(hub.url), pytest.raises(InsideError, match="inside this network"):
        system.cat_file(f"{name}/a.parquet")
    assert not [seen for seen in other.seen if "resolve" in seen.path]


def test_a_scan_of_a_redirect_inside(hub: LocalHub, other: LocalHub, tmp_path: Path) -> None:
    """The file is named as not counted; the other is counted."""
    name = "datasets/acme/words"
    inside = other.url.replace("127.0.0.1", "127.0.0.2")
    hub.repos[name] = Repo(
        {"README.md": b"# x\n", "a.parquet": parquet(ROWS), "b.parquet": parquet(ROWS)},
        elsewhere={"a.parquet": f"{inside}/{name}/resolve/main/a.parquet"},
    )
    env = environment(tmp_path / "hf", hub.url)
    done = run("scan", "acme/words", "--format", "json", cwd=tmp_path, env=env, timeout=120)
    assert b"inside this network" in done.stderr
    assert json.loads(done.stdout)["coverage"]
    assert not other.seen


def test_a_file_that_drips(hub: LocalHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes slower than a byte in the time of thousands ends; the library's limit is each."""
    name = "datasets/acme/words"
    monkeypatch.setattr("provenance.hub.guarded.ANSWER_S", 0.6)
    hub.repos[name] = Repo({"a.jsonl": b"x" * 1000})
    system = HfFileSystem(endpoint=hub.url, skip_instance_cache=True)
    system.info(f"{name}/a.jsonl")
    hub.script = [dripping(1_000, 0.05) for _ in range(8)]
    with guarded(hub.url), pytest.raises(httpx2.ReadTimeout, match="slow"):
        system.cat_file(f"{name}/a.jsonl")
