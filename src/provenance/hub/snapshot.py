"""A folder or zip laid out like the Hub, as a source of cards.

Layout: ``{models,datasets}/<id>/README.md``; beside it, each optional, ``info.json`` (the Hub
API's answer for the repository), ``LICENSE*`` and any other file. A repository read at another
revision than the one in ``<id>`` stands in ``<id>@<revision>`` (``/`` percent-encoded).
``snapshot.json`` at the root is the manifest, see :mod:`provenance.hub.manifest`.
"""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import msgspec

from provenance.errors import SourceError, UsageError
from provenance.frozen import frozen
from provenance.hub.digest import FACTS, Digest, read_digest
from provenance.hub.info import RepoInfo, parse_info
from provenance.hub.interface import Absence, Absent, Repository
from provenance.hub.manifest import MANIFEST, Manifest, parse_manifest
from provenance.hub.tree import FolderTree, Tree, ZipTree, is_safe_path, walk
from provenance.meant import did_you_mean, nearest
from provenance.refs import RepoKind, RepoRef, is_repo_id

BUNDLED = Path(__file__).resolve().parent / "snapshots" / "bundled"
"""The snapshot shipped in the package."""
CARD = "README.md"
INFO = "info.json"
MAX_FILE_BYTES = 16 * 1024 * 1024
"""Largest card or other file read, in bytes; the largest real cards have about 5 MB."""
MAX_INFO_BYTES = 64 * 1024 * 1024
"""Largest ``info.json`` or manifest read, in bytes."""
DEFUNCT = "defunct-datasets/"
"""Where the Hub moves data sets whose owners withdrew them."""
_COMMIT_PREFIX = re.compile(r"[0-9a-f]{7,40}")


def open_snapshot(path: str | Path) -> Snapshot | Digest:
    """Open the snapshot at ``path``, a folder or a zip file, or the one named ``bundled``.

    One that holds ``facts.json`` is a digest.

    Raises:
        UsageError: there is no such path, or it is no snapshot.

    """
    place = BUNDLED if path == "bundled" else Path(path).expanduser()
    if not place.exists():
        hint = did_you_mean(nearest(str(path), ["bundled"], alike=0.75))
        raise UsageError(
            f"{str(path)!r} does not exist: a snapshot is a folder or a zip file{hint}"
        )
    tree: Tree = FolderTree(place) if place.is_dir() else ZipTree(place)
    try:
        root = tree.listing("")
        raw = tree.read(MANIFEST, MAX_INFO_BYTES)
        facts = tree.read(FACTS, MAX_INFO_BYTES)
    except SourceError as error:
        raise UsageError(f"cannot open the snapshot {str(path)!r}: {error}") from error
    if not root.folders & {kind.folder for kind in RepoKind} and raw is None and facts is None:
        raise UsageError(
            f"{str(path)!r} is not a snapshot: it holds neither models/, datasets/ nor {MANIFEST}"
        )
    manifest = Manifest() if raw is None else parse_manifest(raw, f"{path}/{MANIFEST}")
    folder_name = place.resolve().stem if place.is_file() else place.resolve().name
    name = manifest.name or folder_name
    if facts is not None:
        return Digest(read_digest(facts, f"{path}/{FACTS}"), manifest, name)
    return Snapshot(tree, manifest, name)


@frozen
class _Found:
    folder: str
    id: str
    info: RepoInfo | None


class Snapshot:
    """A :class:`provenance.hub.interface.CardSource` over files; see :func:`open_snapshot`."""

    digest = None
    listing_is_free = True

    def __init__(self, tree: Tree, manifest: Manifest, name: str) -> None:
        self._tree = tree
        self._manifest = manifest
        self._name = name
        self._cached = 0
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The manifest's name, else the folder's or zip's."""
        return self._name

    @property
    def date(self) -> datetime.date | None:
        """ISO date the manifest gives."""
        return self._manifest.date

    @property
    def requests(self) -> int:
        """Always 0: nothing is sent."""
        return 0

    @property
    def cached(self) -> int:
        """Repositories and files given so far."""
        return self._cached

    def ids(self, kind: RepoKind) -> Iterator[str]:
        """Ids of the repositories held, sorted; one folder listing for each owner and repository.

        Raises:
            SourceError: a folder cannot be listed.

        """
        ids: list[str] = []
        for owner in self._tree.listing(kind.folder).folders:
            if is_repo_id(owner) and self._is_repository(f"{kind.folder}/{owner}"):
                ids.append(owner)
            for name in self._tree.listing(f"{kind.folder}/{owner}").folders:
                repo_id = f"{owner}/{name}"
                if is_repo_id(repo_id) and self._is_repository(f"{kind.folder}/{repo_id}"):
                    ids.append(repo_id)
        yield from sorted(ids)

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        entry = self._find(ref)
        if isinstance(entry, Absent):
            return entry
        readme = self._tree.read(f"{entry.folder}/{CARD}", MAX_FILE_BYTES)
        info = entry.info or RepoInfo()
        absence = _absence(entry.id, info, readme is not None)
        if absence is not None:
            return Absent(ref, *absence)
        self._count()
        return Repository(ref, entry.id, info.sha, readme, gated=info.is_gated)

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`.

        Without ``info.json`` the files are those in the folder.
        """
        entry = self._find(repository.ref)
        if isinstance(entry, Absent):
            return repository
        info = entry.info
        if info is None:
            return replace(repository, files=self._files_in(entry.folder))
        return replace(repository, files=info.files, bytes=info.bytes)

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`."""
        entry = self._find(repository.ref)
        if isinstance(entry, Absent) or not is_safe_path(path) or path == INFO:
            return None
        data = self._tree.read(f"{entry.folder}/{path}", MAX_FILE_BYTES)
        if data is not None:
            self._count()
        return data

    def _find(self, ref: RepoRef) -> _Found | Absent:
        if not is_repo_id(ref.id):
            return Absent(ref, Absence.NOT_FOUND, f"{ref.id[:96]!r} cannot be a Hub id")
        recorded = self._manifest.absent.get(str(ref))
        if recorded is not None:
            return Absent(ref, Absence(recorded.why), recorded.detail)
        path = self._manifest.renamed.get(ref.path, ref.path)
        repo_id = path.partition("/")[2]
        if ref.revision is not None:
            pinned = f"{path}@{quote(ref.revision, safe='')}"
            if self._is_repository(pinned):
                return _Found(pinned, repo_id, self._info(pinned))
        if not self._is_repository(path):
            if repo_id.startswith(DEFUNCT):
                return Absent(ref, Absence.WITHDRAWN, f"the Hub moved it to {repo_id}")
            return Absent(ref, Absence.NOT_IN_SNAPSHOT, f"snapshot {self._name} does not hold it")
        info = self._info(path)
        if not _is_at(info.sha if info else None, ref.revision):
            held = f"commit {info.sha}" if info and info.sha else "an unknown revision"
            detail = f"snapshot {self._name} holds it at {held}, not at {ref.revision}"
            return Absent(ref, Absence.NOT_IN_SNAPSHOT, detail)
        return _Found(path, repo_id, info)

    def _info(self, folder: str) -> RepoInfo | None:
        raw = self._tree.read(f"{folder}/{INFO}", MAX_INFO_BYTES)
        if raw is None:
            return None
        try:
            return parse_info(raw)
        except msgspec.DecodeError as error:
            where = f"{folder}/{INFO} in snapshot {self._name}"
            raise SourceError(f"{where} is not an answer of the Hub's API: {error}") from error

    def _is_repository(self, path: str) -> bool:
        """Whether a card or ``info.json`` stands in ``path``: not so in an owner's folder."""
        listing = self._tree.listing(path)
        return not {CARD, INFO}.isdisjoint(listing.files | listing.refused)

    def _files_in(self, folder: str) -> tuple[str, ...]:
        names: set[str] = set()
        if folder.count("/") == 1:  # a repository without owner shares its folder with an owner
            below = self._tree.listing(folder).folders
            names = {name for name in below if self._is_repository(f"{folder}/{name}")}
        return tuple(sorted(walk(self._tree, folder, skip=names)))

    def _count(self) -> None:
        with self._lock:
            self._cached += 1


def _absence(repo_id: str, info: RepoInfo, has_readme: bool) -> tuple[Absence, str] | None:
    """Why ``info.json`` or the id says that the repository cannot be read, if it does."""
    if info.disabled:
        return Absence.WITHDRAWN, f"{INFO} says that the Hub disabled it"
    if repo_id.startswith(DEFUNCT):
        return Absence.WITHDRAWN, f"the Hub moved it to {repo_id}"
    if has_readme or CARD not in (info.files or ()):
        return None
    if info.gated:
        return Absence.GATED, f"{INFO} says that it is gated, and its card is not in the snapshot"
    return Absence.NOT_IN_SNAPSHOT, f"{INFO} lists a card that is not in the snapshot"


def _is_at(sha: str | None, revision: str | None) -> bool:
    if revision in {None, "main"}:
        return True
    return (
        sha is not None
        and revision is not None
        and _COMMIT_PREFIX.fullmatch(revision) is not None
        and sha.startswith(revision)
    )
