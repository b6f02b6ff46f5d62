"""Files of known commits, kept on disk: a commit's files never change.

``<root>/<kind>/<owner--name>/refs/<revision>.json`` says which repository and commit a revision
was last; ``…/<sha>/files/<file>`` holds a file, ``…/<sha>/absent/<file>`` says that there is none,
``…/<sha>/info.json`` is the API's answer. Names are percent-encoded, so none leaves its folder.
Every entry begins with a line that says which place it was written for and the SHA-256 of what
follows: an entry that was damaged, edited or put in another's place is as good as none.
A cache that cannot be read or written is an empty one: it only saves requests.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import msgspec

from provenance.hub.answers import COMMIT
from provenance.hub.info import RepoInfo, decode, parse_info
from provenance.refs import RepoKind, is_repo_id

_MAX_NAME = 200
_MAX_HEAD = 4096


class Pinned(msgspec.Struct, frozen=True):
    """The repository and commit a name and revision stood for."""

    id: str
    sha: str


@dataclass(frozen=True, slots=True)
class CachedFile:
    """A known answer: the file's bytes, or ``None`` when the commit has no such file."""

    data: bytes | None


class FileCache:
    """See the module. ``root`` is the folder of one endpoint, from :func:`cache_folder`."""

    def __init__(self, root: Path, max_bytes: int) -> None:
        self._root = root
        self._max = max_bytes

    def pinned(self, kind: RepoKind, repo_id: str, revision: str) -> Pinned | None:
        """What ``revision`` was when last seen."""
        raw = self._get(self._folder(kind, repo_id) / "refs" / f"{quote(revision, safe='')}.json")
        if raw is None:
            return None
        try:
            found = decode(raw, Pinned)
        except msgspec.DecodeError:
            return None
        return found if is_repo_id(found.id) and COMMIT.fullmatch(found.sha) else None

    def remember(self, kind: RepoKind, repo_id: str, revision: str, pinned: Pinned) -> None:
        """Keep what ``revision`` is now, and that its commit belongs to the repository."""
        for name in (revision, pinned.sha):
            file = self._folder(kind, repo_id) / "refs" / f"{quote(name, safe='')}.json"
            self._write(file, msgspec.json.encode(pinned))

    def file(self, kind: RepoKind, pinned: Pinned, path: str) -> CachedFile | None:
        """A file at a commit, ``None`` when not cached."""
        commit = self._folder(kind, pinned.id) / pinned.sha
        data = self._get(commit / "files" / quote(path, safe=""))
        if data is not None:
            return CachedFile(data)
        absent = self._get(commit / "absent" / quote(path, safe=""))
        return None if absent is None else CachedFile(None)

    def keep(self, kind: RepoKind, pinned: Pinned, path: str, data: bytes | None) -> None:
        """Keep a file at a commit, or that there is none."""
        folder = "absent" if data is None else "files"
        commit = self._folder(kind, pinned.id) / pinned.sha
        self._write(commit / folder / quote(path, safe=""), data or b"")

    def info(self, kind: RepoKind, pinned: Pinned) -> RepoInfo | None:
        """The API's answer for a commit."""
        raw = self._get(self._folder(kind, pinned.id) / pinned.sha / "info.json")
        with suppress(msgspec.DecodeError):
            return None if raw is None else parse_info(raw)
        return None

    def keep_info(self, kind: RepoKind, pinned: Pinned, data: bytes) -> None:
        """Keep the API's answer for a commit."""
        self._write(self._folder(kind, pinned.id) / pinned.sha / "info.json", data)

    def _folder(self, kind: RepoKind, repo_id: str) -> Path:
        return self._root / kind.folder / repo_id.replace("/", "--")

    def _get(self, file: Path) -> bytes | None:
        """What was written to ``file``, ``None`` when it is not there as it was written."""
        raw = read_bounded(file, self._max + _MAX_HEAD)
        head, _, data = (raw or b"").partition(b"\n")
        return data if head == self._head(file, data) else None

    def _head(self, file: Path, data: bytes) -> bytes:
        place = file.relative_to(self._root).as_posix()
        return f"provenance-cache 1 {place} {hashlib.sha256(data).hexdigest()}".encode()

    def _write(self, file: Path, data: bytes) -> None:
        """Write whole or not at all: readers in other processes see no half of a file."""
        if len(file.name) > _MAX_NAME or len(data) > self._max:
            return
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(self._head(file, data) + b"\n" + data)
                Path(name).replace(file)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise


def read_bounded(file: Path, limit: int) -> bytes | None:
    """A file of at most ``limit`` bytes; ``None`` when larger or unreadable: not in the cache."""
    with suppress(OSError):
        if file.stat().st_size <= limit:
            return file.read_bytes()
    return None


def cache_folder(home: Path, endpoint: str) -> Path:
    """Where files of ``endpoint`` are kept below ``home`` (``HF_HOME``)."""
    return home / "provenance" / hashlib.sha256(endpoint.encode()).hexdigest()[:16]
