"""A local Hub that serves a snapshot's repositories with a delay, for benchmarks.

By hand, at the root: ``python -m benchmarks.hub_server SNAPSHOT [LATENCY_MS]``, then audit with
the printed ``HF_ENDPOINT``. ``deep`` and ``ten`` in place of a snapshot are invented Hubs.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from pathlib import Path

from tests.hub.server import Repo, running_hub

from provenance.hub.interface import Repository
from provenance.hub.snapshot import open_snapshot
from provenance.refs import RepoKind, RepoRef


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


DEEP, TEN = "deep", "ten"
"""Names of invented Hubs, in place of a snapshot's path."""


def invented(name: str) -> dict[str, Repo]:
    """``deep``: three models in a row, 60 sets, a source of each. ``ten``: ten models share them.

    Every third set gives no license, so that its files are listed too.
    """
    repos: dict[str, Repo] = {}

    def add(path: str, *front: str) -> None:
        lines = ("---", *front, "---", f"# {path}", "Some words on it.", "")
        readme = "\n".join(lines).encode()
        repos[path] = Repo({"README.md": readme}, sha=hashlib.sha1(readme).hexdigest())  # noqa: S324

    sets = [f"data/set-{n:02d}" for n in range(60)]
    for n, item in enumerate(sets):
        license_ = () if n % 3 == 0 else ("license: cc-by-4.0",)
        add(f"datasets/{item}", *license_, f"source_datasets: [sources/from-{n:02d}]")
        add(f"datasets/sources/from-{n:02d}", "license: mit")
    for n in range(10):
        chosen = sets[n::2] if name == TEN else sets[20 * (n % 3) : 20 * (n % 3) + 20]
        base = (f"base_model: made/m-{n + 1}",) if n < 2 else ()
        add(f"models/made/m-{n}", "license: mit", *base, f"datasets: [{', '.join(chosen)}]")
    return repos


def main() -> None:
    """Serve until interrupted."""
    latency_s = float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0
    with running_hub(latency_s) as hub:
        hub.repos = invented(sys.argv[1]) if sys.argv[1] in {DEEP, TEN} else load(Path(sys.argv[1]))
        endpoint = hub.url
        print(f"HF_ENDPOINT={endpoint}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


if __name__ == "__main__":
    main()
