"""The repository as it was at the merge base, read from git's objects only."""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from provenance.cards.yaml_tree import YamlMapping, YamlRefusedError, parse, scalars
from provenance.checking.ci_target import CiTarget, hold_to_target, tip_of
from provenance.checking.git import open_objects
from provenance.checking.references.files import (
    MAX_BYTES,
    Blob,
    CheckedFolder,
    commit_files,
    commit_named,
    excluded_by,
    merge_base,
    missing_here,
    read_blobs,
)
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.search import Scan, scan_files
from provenance.errors import PolicyError
from provenance.frozen import frozen
from provenance.policy import Policy, load_policy
from provenance.policy.places import FILE_NAMES


@frozen
class Base:
    """A commit's files, and what of them was read."""

    repository: CheckedFolder
    commit: str
    blobs: tuple[Blob, ...]
    """Of the whole commit, by path from the top."""
    apart: tuple[str, ...] = ()
    """Folders below the one that is checked which are checked on their own."""
    links: tuple[Blob, ...] = ()
    """Symbolic links of the whole commit."""
    tip: str | None = None
    """Where the branch is today that the change is to be merged into, if that is further on."""

    def read(self, path: str) -> bytes | None:
        """One file's bytes by its path below the folder that is checked; ``None``: no such file."""
        return self.read_top(posixpath.normpath(self.repository.prefix + path))

    def read_top(self, path: str) -> bytes | None:
        """One file's bytes by its path from the top; ``None`` also for one that is too large."""
        wanted = [b for b in self.blobs if b.path == path and b.size <= MAX_BYTES]
        return read_blobs(self.repository, wanted).get(path)

    def links_here(self) -> dict[str, str]:
        """Where each link below the folder that is checked leads, by its path from there."""
        targets = read_blobs(self.repository, self._below(self.links))
        return {path: os.fsdecode(target) for path, target in targets.items()}

    def here(self) -> list[Blob]:
        """Files below the folder that is checked, by their path from there."""
        return self._below(self.blobs)

    def _below(self, blobs: Iterable[Blob]) -> list[Blob]:
        prefix = self.repository.prefix
        return [
            replace(blob, path=blob.path.removeprefix(prefix))
            for blob in blobs
            if blob.path.startswith(prefix)
            and not (self.apart and blob.path.removeprefix(prefix).startswith(self.apart))
        ]


def open_base(
    repository: CheckedFolder,
    reference: str,
    apart: tuple[str, ...] = (),
    target: CiTarget | None = None,
) -> Base:
    """The merge base of ``reference`` and HEAD.

    Raises:
        UsageError: there is none here, or it is no commit of the branch that the CI names.

    """
    commit = merge_base(repository, reference)
    if target is not None:
        hold_to_target(repository, target, reference, commit)
    tip = None if target is None else tip_of(repository, target)
    tip = tip or commit_named(repository, reference)
    return _base_at(repository, commit, apart, tip if tip != commit else None)


def _base_at(
    repository: CheckedFolder, commit: str, apart: tuple[str, ...] = (), tip: str | None = None
) -> Base:
    blobs = commit_files(repository, commit)
    files, links = ([b for b in blobs if b.link is link] for link in (False, True))
    return Base(repository, commit, tuple(files), apart, tuple(links), tip)


def policy_today(base: Base, name: str | None) -> Policy | None:
    """The policy of the target branch as it is today; ``None``: no other than the base's."""
    if base.tip is None:
        return None
    return policy_at(_base_at(base.repository, base.tip), name)


def scan_base(base: Base, rules: Rules, excludes: Sequence[str]) -> Scan:
    """References of the commit."""
    blobs = {blob.path: blob for blob in base.here()}
    matcher = excluded_by(excludes)
    wanted = [
        blob
        for blob in blobs.values()
        if kind_of(blob.path) and blob.size <= MAX_BYTES and not matcher.fullmatch(blob.path)
    ]
    paths = sorted(blobs)  # also of what is too large: names of things here
    with open_objects(base.repository.root) as content:
        reader = _BlobReader(blobs, read_blobs(base.repository, wanted), content)
        return scan_files(paths, reader, rules, excludes, jobs=1, links=base.links_here())


_TOO_LARGE = b"#" * (MAX_BYTES + 1)
"""Stands for a file that is not searched for its size: nothing in any language that is read."""


@frozen
class _BlobReader:
    """Files of a commit: those that are searched at once, others when one is asked for."""

    blobs: Mapping[str, Blob]
    contents: dict[str, bytes]
    content: Callable[[str], bytes | None]
    """An object's bytes by its id."""

    def __call__(self, path: str) -> bytes:
        """The file's bytes; of one beyond the bound as many bytes beyond it, without reading it."""
        if path not in self.contents:
            blob = self.blobs[path]
            if blob.size > MAX_BYTES:
                return _TOO_LARGE
            data = self.content(blob.oid)
            if data is None:
                raise missing_here(blob)
            self.contents[path] = data
        return self.contents[path]


def policy_at(base: Base, name: str | None) -> Policy | None:
    """The policy that held at the commit; ``None`` when it was invalid there.

    The policy's files are copied from git into a folder of their own, outside the work tree; the
    whole commit where that is not enough, for a policy may rest on any file (evidence, cards).
    """
    return _policy_of(base, name, whole=False) or _policy_of(base, name, whole=True)


def _policy_of(base: Base, name: str | None, *, whole: bool) -> Policy | None:
    with tempfile.TemporaryDirectory(prefix="provenance-") as folder:
        root = Path(folder)
        (root / ".git").mkdir()  # the search for a policy ends here
        prefix = PurePosixPath(base.repository.prefix)
        places = (*FILE_NAMES, "pyproject.toml", *((name,) if name else ()))
        _copy(base, root, [str(above / n) for above in (prefix, *prefix.parents) for n in places])
        if whole:
            _copy_all(base, root)
        here = root / prefix
        here.mkdir(parents=True, exist_ok=True)
        try:
            return load_policy(name, here)
        except PolicyError:
            return None


def _copy_all(base: Base, root: Path) -> None:
    """Copy every file of the commit that is no larger than what is searched."""
    wanted = [
        blob
        for blob in base.blobs
        if blob.size <= MAX_BYTES and not {"..", ".git"} & set(PurePosixPath(blob.path).parts)
    ]
    for path, data in read_blobs(base.repository, wanted).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _copy(base: Base, root: Path, start: Iterable[str]) -> None:
    """Copy policy files and whatever they extend."""
    waiting = [posixpath.normpath(name) for name in start]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name.startswith(("/", "../", "builtin:")):
            continue
        seen.add(name)
        data = base.read_top(name)
        if data is None:
            continue
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        folder = PurePosixPath(name).parent
        waiting += (posixpath.normpath(folder / extended) for extended in _extends(name, data))


def _extends(name: str, data: bytes) -> list[str]:
    """Files that a policy names: ``extends``, or ``policy`` of ``pyproject.toml``."""
    text = data.decode("utf-8", "replace")
    if name.endswith(".toml"):
        return [
            line.partition("=")[2].strip().strip("\"'")
            for line in text.split("\n")
            if line.replace(" ", "").startswith("policy=")
        ]
    try:
        tree = parse(text)
    except YamlRefusedError:
        return []
    return [s.text for s in scalars(tree.get("extends"))] if isinstance(tree, YamlMapping) else []
