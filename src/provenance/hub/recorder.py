"""Remembers what a source answered and writes it as a snapshot that answers the same."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import msgspec

from provenance.confine import read_inside
from provenance.errors import OutputError, UsageError
from provenance.hub.digest import FACTS
from provenance.hub.digest_facts import DigestData, RepositoryFacts
from provenance.hub.info import RepoInfo, Sibling
from provenance.hub.interface import Absent, CardSource, Repository
from provenance.hub.manifest import MANIFEST, Manifest, RecordedAbsence, parse_manifest
from provenance.hub.snapshot import CARD, INFO
from provenance.hub.tree import is_safe_path
from provenance.hub.wrapped import WrappedSource
from provenance.refs import RepoRef, is_repo_id

_RESERVED = frozenset({CARD, INFO})
_MAX_MANIFEST = 1_000_000_000


@dataclass(slots=True)
class _Record:
    repository: Repository
    files: dict[str, bytes] = field(default_factory=dict)


class Recorder(WrappedSource):
    """Remembers every answer of another source.

    Failures are not remembered: a snapshot lacks what could not be read.
    """

    def __init__(self, inner: CardSource) -> None:
        super().__init__(inner)
        self._lock = threading.Lock()
        self._records: dict[RepoRef, _Record] = {}
        self._absent: dict[RepoRef, Absent] = {}

    def fetch(self, ref: RepoRef) -> Repository | Absent:
        """See :class:`provenance.hub.interface.CardSource`."""
        answer = self.inner.fetch(ref)
        with self._lock:
            if isinstance(answer, Absent):
                self._absent[ref] = answer
            else:
                self._records.setdefault(ref, _Record(answer))
        return answer

    def describe(self, repository: Repository) -> Repository:
        """See :class:`provenance.hub.interface.CardSource`."""
        described = self.inner.describe(repository)
        with self._lock:
            self._records.setdefault(repository.ref, _Record(described)).repository = described
        return described

    def read_file(self, repository: Repository, path: str) -> bytes | None:
        """See :class:`provenance.hub.interface.CardSource`."""
        data = self.inner.read_file(repository, path)
        if data is not None:
            with self._lock:
                record = self._records.setdefault(repository.ref, _Record(repository))
                record.files[path] = data
        return data

    def write(
        self, folder: Path, *, name: str | None = None, date: datetime.date | None = None
    ) -> int:
        """Write what was recorded as a snapshot and return the number of repositories in it.

        ``name`` and ``date`` default to the source's own. The same answers give the same
        bytes. A snapshot that stands there already is replaced whole, or not at all.

        Raises:
            UsageError: ``folder`` is a file, holds something that is no snapshot, or cannot be
                written (also when two ids differ in case only and the file system ignores case);
                or a local folder that was read has a name that no Hub id can have.

        """
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise UsageError(f"{folder} is not a folder: name a new one, or a snapshot to replace")
        _check_replaceable(folder, folder)
        staging: Path | None = None
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.new-"))
            count = self._write_into(staging, name or self.name, date or self.date)
            staging.chmod(0o755)
            _swap(staging, folder)
        except OSError as error:
            what = error.strerror or str(error)
            raise OutputError(f"{folder} cannot be written: {what}") from error
        finally:
            if staging is not None:
                shutil.rmtree(staging, ignore_errors=True)
        return count

    def _write_into(self, root: Path, name: str, date: datetime.date | None) -> int:
        with self._lock:
            records, absent = dict(self._records), dict(self._absent)
        for ref in records:
            if not is_repo_id(ref.id):
                raise UsageError(f"the folder {ref.id!r} needs a name that can be a Hub id")
        digest = self.digest
        folders = _folders(records)
        if digest is not None:
            facts = {path: _facts_of(record.repository) for path, record in folders.items()}
            _write_json(root / FACTS, DigestData(digest.schema, facts, digest.named))
        else:
            for path, record in folders.items():
                _write_repository(root, path, record)
        renamed = {
            ref.path: record.repository.path
            for ref, record in records.items()
            if ref.path != record.repository.path
        }
        manifest = Manifest(
            name=name,
            endpoint=self.name if "://" in self.name else None,
            date=date,
            absent={str(r): RecordedAbsence(a.why.value, a.detail) for r, a in absent.items()},
            renamed=renamed,
            files=tuple(sorted(_files_below(root))),
        )
        _write_json(root / MANIFEST, manifest)
        return len(folders)


def _facts_of(repository: Repository) -> RepositoryFacts:
    if repository.facts is None:
        raise UsageError(f"{repository.id} is a card, and a digest keeps facts only")
    return repository.facts


def _check_replaceable(folder: Path, shown: Path) -> None:
    """Refuse a folder, ``shown`` to the user, that holds anything but a snapshot written here.

    Raises:
        UsageError: a file in it is not among those that its manifest lists, or it cannot be read.

    """
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    try:
        data = read_inside(folder / MANIFEST, _MAX_MANIFEST)
        manifest = parse_manifest(data, str(shown / MANIFEST))
    except FileNotFoundError:
        raise UsageError(
            f"{shown} holds files and is no snapshot: nothing was written there"
        ) from None
    except OSError as error:
        raise UsageError(f"{shown / MANIFEST} cannot be read: {error.strerror}") from None
    known = {MANIFEST, *manifest.files}
    for file in _files_below(folder):
        if file not in known:
            raise UsageError(
                f"{shown} holds {file}, which its {MANIFEST} does not list: nothing was written "
                "there; name a new folder, or remove it yourself"
            )


def _files_below(root: Path) -> Iterator[str]:
    """Paths of everything below ``root`` that is no folder; a link is never followed."""
    for folder, folders, files in os.walk(root):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, n).relative_to(root).as_posix() for n in sorted([*files, *links]))


def _folders(records: dict[RepoRef, _Record]) -> dict[str, _Record]:
    """Snapshot folder → what goes there; the same commit read by several names is one."""
    folders: dict[str, _Record] = {}
    for ref in sorted(records, key=lambda ref: (ref.revision or "", ref)):
        record = records[ref]
        repository = record.repository
        path = repository.path
        base = folders.get(path)
        if ref.revision not in {None, "main"} and (
            base is None
            or repository.revision is None
            or base.repository.revision != repository.revision
            or ref.revision != repository.revision
        ):
            path = f"{path}@{quote(ref.revision or '', safe='')}"
        folders[path] = _merged(folders.get(path), record)
    return folders


def _merged(first: _Record | None, second: _Record) -> _Record:
    if first is None:
        return _Record(second.repository, dict(second.files))
    known = first.repository if first.repository.files is not None else second.repository
    return _Record(known, first.files | second.files)


def _write_repository(root: Path, path: str, record: _Record) -> None:
    repository = record.repository
    folder = root / path
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    info = RepoInfo(
        id=repository.id,
        sha=repository.revision,
        gated=repository.gated,
        siblings=None
        if repository.files is None
        else tuple(Sibling(name) for name in repository.files),
        main_size=repository.bytes,
    )
    _write_json(folder / INFO, info)
    if repository.readme is not None:
        (folder / CARD).write_bytes(repository.readme)
    for name, data in record.files.items():
        if name not in _RESERVED and is_safe_path(name):
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def _write_json(file: Path, value: Manifest | RepoInfo | DigestData) -> None:
    compact = msgspec.json.encode(value, order="deterministic")
    file.write_bytes(msgspec.json.format(compact, indent=2) + b"\n")


def _swap(staging: Path, folder: Path) -> None:
    """Put ``staging`` where ``folder`` is; what was there goes only when the new one stands."""
    if not folder.exists():
        staging.rename(folder)
        return
    old = staging.with_name(f"{staging.name}.old")
    folder.rename(old)
    try:
        _check_replaceable(old, folder)  # what came while the new one was written, too
        staging.rename(folder)
    except (OSError, UsageError):
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
