"""Read-only files under one root, a folder or a zip: nothing outside the root is ever read.

Names are compared exactly, also on file systems that ignore case, and a listing is read once:
the files must not change while they are read.
"""

from __future__ import annotations

import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from provenance.errors import SourceError, UsageError

MAX_ENTRIES = 2_000_000
"""Most files a zip may hold; the Hub has about as many repositories."""
_MAX_DEPTH = 32
_MAX_PATH = 1024


@dataclass(slots=True)
class FolderListing:
    """What stands directly in one folder."""

    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    """Links that lead out of the root."""


class Tree(Protocol):
    """Files under a root, named by ``/``-separated paths relative to it. Thread-safe."""

    def listing(self, path: str) -> FolderListing:
        """What stands in folder ``path``; empty when there is no such folder.

        Raises:
            SourceError: the folder cannot be listed.

        """

    def read(self, path: str, limit: int) -> bytes | None:
        """Bytes of a file, ``None`` when there is none.

        Raises:
            SourceError: the file is larger than ``limit`` bytes or cannot be read.

        """


def is_safe_path(path: str) -> bool:
    """Whether ``path`` is plain and relative: no ``..``, root, drive, backslash or control."""
    return (
        0 < len(path) <= _MAX_PATH
        and "\\" not in path
        and ":" not in path
        and path.isprintable()
        and all(part not in {"", ".", ".."} for part in path.split("/"))
    )


def walk(tree: Tree, path: str, skip: Set[str] = frozenset()) -> Iterator[str]:
    """Paths, relative to ``path``, of every file below it; ``skip`` names folders left out."""
    pending = [("", 0)]
    while pending:
        below, depth = pending.pop()
        listing = tree.listing(f"{path}/{below}".strip("/"))
        prefix = f"{below}/" if below else ""
        yield from (prefix + name for name in listing.files)
        if depth < _MAX_DEPTH:
            pending += [
                (prefix + name, depth + 1)
                for name in listing.folders
                if not (depth == 0 and name in skip)
            ]


class FolderTree:
    """A folder of the file system."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._listings: dict[str, FolderListing] = {}

    def listing(self, path: str) -> FolderListing:
        """See :class:`Tree`."""
        known = self._listings.get(path)
        if known is None:
            known = self._listings[path] = self._list(path)
        return known

    def read(self, path: str, limit: int) -> bytes | None:
        """See :class:`Tree`."""
        if not is_safe_path(path):
            return None
        parent, _, name = path.rpartition("/")
        listing = self.listing(parent)
        if name in listing.refused:
            raise SourceError(f"{self._root / path} is a link that leads out of {self._root}")
        if name not in listing.files:
            return None
        try:
            with (self._root / path).open("rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise SourceError(f"cannot read {self._root / path}: {error.strerror}") from error
        if len(data) > limit:
            raise SourceError(f"{self._root / path} is larger than {limit:,} bytes: not read")
        return data

    def _list(self, path: str) -> FolderListing:
        if path:
            parent, _, name = path.rpartition("/")
            above = self.listing(parent)
            if name in above.refused:
                raise SourceError(f"{self._root / path} is a link that leads out of {self._root}")
            if name not in above.folders:
                return FolderListing()
        listing = FolderListing()
        try:
            with os.scandir(self._root / path) as entries:
                for entry in entries:
                    self._sort_in(entry, listing)
        except OSError as error:
            raise SourceError(f"cannot list {self._root / path}: {error.strerror}") from error
        return listing

    def _sort_in(self, entry: os.DirEntry[str], listing: FolderListing) -> None:
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if not Path(target).is_relative_to(self._root):
                listing.refused.add(entry.name)
                return
            if self._root.joinpath(entry.path).parent.is_relative_to(target):
                return  # a link to a folder it stands in: a loop
        if entry.is_file():
            listing.files.add(entry.name)
        elif entry.is_dir():
            listing.folders.add(entry.name)


class ZipTree:
    """A zip file, read in place: nothing is extracted to disk.

    A single folder around everything (as archivers make it) is looked through.

    Raises:
        UsageError: not a zip, or one that holds unsafe, repeated or too many names.

    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UsageError(f"{str(path)!r} cannot be read as a zip file: {error}") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise UsageError(f"{str(path)!r} holds more than {MAX_ENTRIES:,} files")
        self._files = self._index(entries)
        self._prefix = self._wrapper()
        self._listings = self._fold()

    def _index(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        files: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.orig_filename
            if name.endswith("/") or name.startswith("__MACOSX/"):
                continue
            if not is_safe_path(name):
                raise UsageError(f"{str(self._path)!r} holds the unsafe name {name[:80]!r}")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise UsageError(f"{str(self._path)!r} holds the link {name[:80]!r}")
            if name in files:
                raise UsageError(f"{str(self._path)!r} holds {name[:80]!r} twice")
            files[name] = entry
        return files

    def _wrapper(self) -> str:
        tops = {name.partition("/")[0] for name in self._files}
        if len(tops) != 1 or tops <= {"models", "datasets"}:
            return ""
        top = tops.pop()
        return f"{top}/" if any(name.startswith(f"{top}/") for name in self._files) else ""

    def _fold(self) -> dict[str, FolderListing]:
        listings: dict[str, FolderListing] = {"": FolderListing()}
        for full in self._files:
            parent, _, name = full.removeprefix(self._prefix).rpartition("/")
            listings.setdefault(parent, FolderListing()).files.add(name)
            while parent:
                parent, _, name = parent.rpartition("/")
                above = listings.setdefault(parent, FolderListing())
                if name in above.folders:
                    break
                above.folders.add(name)
        return listings

    def listing(self, path: str) -> FolderListing:
        """See :class:`Tree`."""
        return self._listings.get(path) or FolderListing()

    def read(self, path: str, limit: int) -> bytes | None:
        """See :class:`Tree`."""
        entry = self._files.get(self._prefix + path)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            EOFError,
            ValueError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise SourceError(f"cannot read {path} in {self._path}: {error}") from error
        if len(data) > limit:
            raise SourceError(f"{path} in {self._path} is larger than {limit:,} bytes: not read")
        return data
