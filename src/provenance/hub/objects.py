"""Cards and datasets that are open in a Python program, as subjects of an audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from provenance.errors import UsageError
from provenance.hub.snapshot import CARD
from provenance.refs import RepoKind, RepoRef, is_repo_id

_SCHEME = "hf://datasets/"


@runtime_checkable
class CardLike(Protocol):
    """A ``ModelCard`` or ``DatasetCard`` of ``huggingface_hub``."""

    content: str
    """The whole README, front matter and all."""


def card_folder(card: CardLike, folder: Path) -> RepoRef:
    """Write the card into ``folder``; returns what it stands for, a subject of no Hub."""
    (folder / CARD).write_text(card.content, encoding="utf-8")
    kinds = [c.__name__ for c in type(card).__mro__]
    return RepoRef(RepoKind.DATASET if "DatasetCard" in kinds else RepoKind.MODEL, "local/card")


def origin_of_data(data: object) -> RepoRef:
    """The Hub dataset at the commit that a ``Dataset`` or ``DatasetDict`` was loaded from.

    What it holds in memory says neither who published it nor under which license: its card does.

    Raises:
        UsageError: it was not loaded from one Hub dataset.

    """
    origins = set(_origins(data))
    if len(origins) != 1:
        raise UsageError(
            f"this {type(data).__name__} does not say which one Hub dataset it was loaded from: "
            "give the dataset's name; its records are counted by scan()"
        )
    return origins.pop()


def _origins(data: object) -> Iterable[RepoRef]:
    if isinstance(data, Mapping):
        for split in data.values():
            yield from _origins(split)
        return
    checksums = getattr(getattr(data, "info", None), "download_checksums", None) or {}
    for address in checksums:
        if not str(address).startswith(_SCHEME):
            continue
        name, _, rest = str(address).removeprefix(_SCHEME).partition("@")
        revision = rest.partition("/")[0]
        if is_repo_id(name) and revision:
            yield RepoRef(RepoKind.DATASET, name, revision)
