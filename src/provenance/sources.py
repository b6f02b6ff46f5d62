"""Opening what a user named: subjects, and the source that they are read from."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.errors import UsageError
from provenance.hub.interface import CardSource
from provenance.refs import LocalFolder, RepoRef, parse_subject


def open_source(snapshot: str | None) -> CardSource:
    """The live Hub (``None``), a snapshot's folder or zip, or ``bundled``.

    Raises:
        UsageError: the snapshot is not usable.

    """
    if snapshot is None:
        from provenance.hub.live import LiveHub

        return LiveHub()
    from provenance.hub.snapshot import open_snapshot

    return open_snapshot(snapshot)


def open_subjects(texts: Sequence[str], snapshot: str | None) -> tuple[list[RepoRef], CardSource]:
    """Parse subjects and open the source that they are read from.

    Raises:
        UsageError: a subject or the snapshot is not usable.

    """
    refs: list[RepoRef] = []
    folders: dict[RepoRef, LocalFolder] = {}
    for text in texts:
        subject = parse_subject(text)
        if not isinstance(subject, LocalFolder):
            refs.append(subject)
            continue
        ref = RepoRef(subject.kind, subject.path.resolve().name)
        if ref in folders and folders[ref].path.resolve() != subject.path.resolve():
            raise UsageError(f"two folders are named {ref.id!r}: audit them one at a time")
        folders[ref] = subject
        refs.append(ref)
    source = open_source(snapshot)
    if folders:
        from provenance.hub.local import WithFolders

        source = WithFolders(source, {ref: folder.path for ref, folder in folders.items()})
    return list(dict.fromkeys(refs)), source
