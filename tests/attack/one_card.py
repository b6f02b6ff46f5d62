"""A source that has one card only."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from provenance.hub.interface import Absence, Absent, Repository
from provenance.refs import RepoRef


@dataclass
class OneCard:
    """A source that has one card, as a model and as a dataset, with a file or two beside it."""

    readme: bytes
    files: dict[str, bytes]
    name: str = "fuzz"
    date: datetime.date | None = None
    requests: int = 0
    cached: int = 0
    digest = None
    listing_is_free = False

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        if ref.id != "acme/fuzzed":
            return Absent(ref, Absence.NOT_FOUND, "only one is here")
        return Repository(ref, ref.id, "a" * 40, self.readme)

    def describe(self, repository: Repository) -> Repository:
        names = tuple(sorted({"README.md", *self.files}))
        return replace(repository, gated=False, files=names, bytes=10**6)

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        return self.files.get(path)
