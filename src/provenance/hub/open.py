"""Opening what a user named: subjects, and the source that they are read from."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from provenance.cards import read_card
from provenance.errors import UsageError
from provenance.hub.interface import CardSource
from provenance.hub.snapshot import CARD, MAX_FILE_BYTES
from provenance.hub.tree import FolderTree
from provenance.refs import LocalFolder, RepoKind, RepoRef, parse_subject

if TYPE_CHECKING:
    from provenance.hub.live import LiveHub


_LOG = logging.getLogger(__name__)


def open_hub(*, croissant: bool = False) -> LiveHub:
    """The live Hub; ``croissant``: with the descriptions that it makes of datasets.

    Raises:
        UsageError: the endpoint or the token in the environment is not usable.

    """
    from provenance.hub.live import LiveHub

    return LiveHub(croissant=croissant)


def open_source(snapshot: str | None, *, croissant: bool = False) -> CardSource:
    """The live Hub (``None``), a snapshot's folder or zip, or ``bundled``; see :func:`open_hub`.

    Raises:
        UsageError: the snapshot is not usable.

    """
    if snapshot is None:
        source: CardSource = open_hub(croissant=croissant)
    else:
        from provenance.hub.snapshot import open_snapshot

        source = open_snapshot(snapshot)
    _LOG.info("cards from %s", source.name)
    return source


_MODEL_KEYS = ("base_model", "pipeline_tag", "library_name", "datasets", "model-index")
_DATASET_KEYS = (
    "dataset_info", "task_categories", "size_categories", "source_datasets", "annotations_creators",
)  # fmt: skip


def _kind_of(folder: LocalFolder) -> RepoKind:
    """What a folder holds: by its card's own keys, else a model unless its place says otherwise."""
    card = read_card(FolderTree(folder.path).read(CARD, MAX_FILE_BYTES), "local")
    if card.get(*_MODEL_KEYS) is not None or (folder.path / "config.json").exists():
        return RepoKind.MODEL
    return RepoKind.DATASET if card.get(*_DATASET_KEYS) is not None else folder.kind


def _local_id(folder: LocalFolder) -> str:
    """An id for a folder that no Hub repository has: its base model may have the folder's name."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", folder.path.resolve().name).strip("-.")
    return f"local/{name or 'folder'}"


def open_subjects(
    texts: Sequence[str], snapshot: str | None, *, croissant: bool = False
) -> tuple[list[RepoRef], CardSource]:
    """Parse subjects and open the source that they are read from; see :func:`open_source`.

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
        ref = RepoRef(_kind_of(subject), _local_id(subject))
        if ref in folders and folders[ref].path.resolve() != subject.path.resolve():
            raise UsageError(f"two folders are named {ref.id!r}: audit them one at a time")
        folders[ref] = subject
        refs.append(ref)
    source = open_source(snapshot, croissant=croissant)
    if folders:
        from provenance.hub.local import WithFolders

        source = WithFolders(source, {ref: folder.path for ref, folder in folders.items()})
    return list(dict.fromkeys(refs)), source
