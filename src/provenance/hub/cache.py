"""What was read of known commits, kept on disk: a commit's files never change.

``<root>/<kind>/<owner--name>.cache`` holds everything kept of one repository. Its entries:
``refs/<revision>`` says which repository and commit a revision was last; ``<sha>/files/<file>``
is a file, ``<sha>/absent/<file>`` says that there is none, ``<sha>/info`` is the API's answer.
The file begins with a line that says which place it was written for and the SHA-256 of what
follows: one that was damaged, edited or put in another's place is as good as none.

What is new is written when :class:`FileCache` is done with, a file a repository, and now and then
before. A cache that cannot be read or written is an empty one: it only saves requests.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import msgspec

from provenance.confine import read_inside
from provenance.frozen import frozen
from provenance.hub.answers import COMMIT
from provenance.hub.info import RepoInfo, decode, parse_info
from provenance.refs import RepoKind, is_repo_id
from provenance.whole_file import replace_file

_MAX_NAME = 200
_MAX_HEAD = 4096
_PENDING = 64
"""Repositories whose news are held back at most."""
_AT_HAND = 32
"""Repositories that are read once and asked for several things."""


class PinnedCommit(msgspec.Struct, frozen=True):
    """The repository and commit a name and revision stood for."""

    id: str
    sha: str


@frozen
class CachedFile:
    """A known answer: the file's bytes, or ``None`` when the commit has no such file."""

    data: bytes | None


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    kept: float
    """Seconds since the epoch."""
    data: bytes


_Entries = dict[str, _Entry]
_decoder = msgspec.msgpack.Decoder(_Entries)


class FileCache:
    """See the module. ``root`` is the folder of one endpoint, from :func:`cache_folder`.

    Nothing larger than ``max_bytes`` is kept, and of one repository not more than that in all.
    Safe to call from several threads.
    """

    def __init__(self, root: Path, max_bytes: int) -> None:
        self._shelf = _Shelf(root, max_bytes)
        weakref.finalize(self, self._shelf.flush)

    def pinned(self, kind: RepoKind, repo_id: str, revision: str) -> PinnedCommit | None:
        """What ``revision`` was when last seen."""
        entry = self._shelf.get(_place(kind, repo_id), f"refs/{revision}")
        if entry is None:
            return None
        try:
            commit = decode(entry.data, PinnedCommit)
        except msgspec.DecodeError:
            return None
        return commit if is_repo_id(commit.id) and COMMIT.fullmatch(commit.sha) else None

    def remember(self, kind: RepoKind, repo_id: str, revision: str, pinned: PinnedCommit) -> None:
        """Keep what ``revision`` is now, and that its commit belongs to the repository."""
        for name in (revision, pinned.sha):
            if self.pinned(kind, repo_id, name) != pinned:
                data = msgspec.json.encode(pinned)
                self._shelf.put(_place(kind, repo_id), f"refs/{name}", data)

    def file(self, kind: RepoKind, pinned: PinnedCommit, path: str) -> CachedFile | None:
        """A file at a commit, ``None`` when not cached."""
        place = _place(kind, pinned.id)
        entry = self._shelf.get(place, f"{pinned.sha}/files/{path}")
        if entry is not None:
            return CachedFile(entry.data)
        absent = self._shelf.get(place, f"{pinned.sha}/absent/{path}")
        return None if absent is None else CachedFile(None)

    def keep(self, kind: RepoKind, pinned: PinnedCommit, path: str, data: bytes | None) -> None:
        """Keep a file at a commit, or that there is none."""
        known = self.file(kind, pinned, path)
        if known is None or known.data != data:
            folder = "absent" if data is None else "files"
            self._shelf.put(_place(kind, pinned.id), f"{pinned.sha}/{folder}/{path}", data or b"")

    def info(
        self, kind: RepoKind, pinned: PinnedCommit, max_age_s: float = math.inf
    ) -> RepoInfo | None:
        """The API's answer for a commit, where it was kept at most ``max_age_s`` seconds ago."""
        entry = self._shelf.get(_place(kind, pinned.id), f"{pinned.sha}/info")
        if entry is None or time.time() - entry.kept > max_age_s:
            return None
        with suppress(msgspec.DecodeError):
            return parse_info(entry.data)
        return None

    def keep_info(self, kind: RepoKind, pinned: PinnedCommit, data: bytes) -> None:
        """Keep the API's answer for a commit."""
        self._shelf.put(_place(kind, pinned.id), f"{pinned.sha}/info", data)

    def flush(self) -> None:
        """Write what is new now."""
        self._shelf.flush()


@dataclass(slots=True)
class _Shelf:
    """The files of a cache, and what is not written yet. Its own so that the end can write it."""

    root: Path
    max: int
    _new: dict[str, _Entries] = field(default_factory=dict)
    _at_hand: dict[str, _Entries] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, place: str, name: str) -> _Entry | None:
        with self._lock:
            entry = self._new.get(place, {}).get(name)
            read = self._at_hand.get(place)
        if entry is not None:
            return entry
        if read is None:
            read = self._read(place)
            with self._lock:
                while len(self._at_hand) >= _AT_HAND:
                    del self._at_hand[next(iter(self._at_hand))]
                self._at_hand[place] = read
        return read.get(name)

    def put(self, place: str, name: str, data: bytes) -> None:
        if len(quote(name, safe="/")) > _MAX_NAME or len(data) > self.max:
            return
        with self._lock:
            self._new.setdefault(place, {})[name] = _Entry(time.time(), data)
            many = len(self._new) >= _PENDING
        if many:
            self.flush()

    def flush(self) -> None:
        with self._lock:
            new, self._new = self._new, {}
            self._at_hand.clear()
        for place, entries in new.items():
            self._write(place, self._read(place) | entries)

    def _read(self, place: str) -> _Entries:
        """What was written of a repository; nothing when it is not there as it was written."""
        raw = read_bounded(self._file(place), 2 * self.max + _MAX_HEAD)
        head, _, body = (raw or b"").partition(b"\n")
        if head != _head(place, body):
            return {}
        with suppress(msgspec.DecodeError):
            return _decoder.decode(body)
        return {}

    def _write(self, place: str, entries: _Entries) -> None:
        """Write whole or not at all: readers in other processes see no half of a file."""
        size, kept = 0, {}
        for name, entry in sorted(entries.items(), key=lambda e: (-e[1].kept, e[0])):
            size += len(entry.data)
            if size > self.max:
                break  # what was kept first goes first
            kept[name] = entry
        body = msgspec.msgpack.encode(kept)
        file = self._file(place)
        with suppress(OSError):
            if not file.parent.is_dir():
                file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(file, _head(place, body) + b"\n" + body)

    def _file(self, place: str) -> Path:
        return self.root / f"{place}.cache"


def _place(kind: RepoKind, repo_id: str) -> str:
    return f"{kind.folder}/{repo_id.replace('/', '--')}"


def _head(place: str, body: bytes) -> bytes:
    return f"provenance-cache 2 {place} {hashlib.sha256(body).hexdigest()}".encode()


def read_bounded(file: Path, limit: int) -> bytes | None:
    """A file of at most ``limit`` bytes; ``None`` when larger or unreadable: not in the cache."""
    with suppress(OSError):
        return read_inside(file, limit)  # no pipe is waited for, no device read without an end
    return None


def cache_folder(home: Path, endpoint: str) -> Path:
    """Where files of ``endpoint`` are kept below ``home`` (``HF_HOME``)."""
    return home / "provenance" / hashlib.sha256(endpoint.encode()).hexdigest()[:16]
