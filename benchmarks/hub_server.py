"""A local Hub that serves a snapshot's repositories with a delay, for benchmarks.

By hand, at the root: ``python -m benchmarks.hub_server SNAPSHOT [LATENCY_MS]``, then audit with
the printed ``HF_ENDPOINT``.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hub.server import Repo, running_hub

from provenance.hub.interface import Repository
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef


@contextmanager
def serve_snapshot(snapshot: Path, *, latency_s: float) -> Iterator[str]:
    """Serve the snapshot's repositories and give the endpoint's URL.

    Each request is answered after ``latency_s`` seconds. A repository without commit gets one
    made of its path.
    """
    with running_hub(latency_s) as hub:
        hub.repos = load(snapshot)
        yield hub.url


def load(snapshot: Path) -> dict[str, Repo]:
    """Every repository of a snapshot with all files it holds."""
    source = open_snapshot(snapshot)
    repos: dict[str, Repo] = {}
    for kind in RepoKind:
        for repo_id in source.ids(kind):
            found = source.fetch(RepoRef(kind, repo_id))
            if not isinstance(found, Repository):
                continue
            described = source.describe(found)
            files = {
                name: data
                for name in described.files or ()
                if (data := source.read_file(described, name)) is not None
            }
            sha = found.revision or hashlib.sha1(found.path.encode()).hexdigest()  # noqa: S324
            repos[found.path] = Repo(files, sha=sha, main_size=described.bytes)
    return repos


def main() -> None:
    """Serve until interrupted."""
    latency_ms = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    with serve_snapshot(Path(sys.argv[1]), latency_s=latency_ms / 1000) as endpoint:
        print(f"HF_ENDPOINT={endpoint}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


if __name__ == "__main__":
    main()
