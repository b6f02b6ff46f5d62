"""From what a user names to the subjects of a census that are read card by card."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.hub.listing import Listed, ListingFilter, SearchableHub, list_repositories
from provenance.refs import RepoKind, RepoRef, parse_repo


@frozen
class Subjects:
    """What a census is taken of."""

    title: str
    """What the census calls them."""
    refs: tuple[RepoRef, ...]
    """Each once."""
    asked: str
    """What a state file is kept for: the same words mean that a census can go on."""
    listed: Mapping[str, Listed] = field(default_factory=dict)
    """What the Hub's listing said besides, by id."""
    left_out: Mapping[RepoKind, int] = field(default_factory=dict)
    """How many repositories of the other kind the place holds: a census is of one kind."""


def in_snapshot(snapshot: str, kind: RepoKind, wanted: ListingFilter) -> Subjects:
    """Every repository of a snapshot, or those of an author or with words in their ids.

    Raises:
        UsageError: the snapshot is not usable, or tags are asked for, which it does not index.

    """
    from provenance.hub.snapshot import open_snapshot

    if wanted.tags:
        raise UsageError("a snapshot cannot be searched by --filter; the live Hub can")
    held = open_snapshot(snapshot)
    refs = tuple(RepoRef(kind, i) for i in held.ids(kind) if _fits(i, wanted))
    others = {other: len(tuple(held.ids(other))) for other in RepoKind if other is not kind}
    return Subjects(_title(held.name, wanted), refs, _digest(refs), left_out=others)


def _fits(repo_id: str, wanted: ListingFilter) -> bool:
    owner = repo_id.partition("/")[0] if "/" in repo_id else ""
    by_author = wanted.author is None or owner.lower() == wanted.author.lower()
    return by_author and (wanted.search or "").lower() in repo_id.lower()


def on_hub(hub: SearchableHub, kind: RepoKind, wanted: ListingFilter) -> Subjects:
    """What the Hub lists for an author, a search or tags.

    Raises:
        SourceError: the Hub gave no listing.

    """
    listed = {entry.id: entry for entry in list_repositories(hub, kind, wanted)}
    title = _title(hub.name, wanted)
    refs = tuple(RepoRef(kind, repo_id) for repo_id in sorted(listed))
    return Subjects(title, refs, title, listed)


def in_file(path: Path, kind: RepoKind) -> Subjects:
    """One id a line; blank lines and what follows ``#`` are left out.

    Raises:
        UsageError: it is no text, or lines are no id or one of another kind; all are named.

    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(f"{str(path)!r} is no text: a file of ids has one id a line") from None
    refs = _refs(path, lines, kind)
    return Subjects(path.name, refs, _digest(refs))


_SHOWN = 10
"""Bad lines that an error names."""


def _refs(path: Path, lines: list[str], kind: RepoKind) -> tuple[RepoRef, ...]:
    """Each subject once; every line that is none of the kind is in one error."""
    refs: dict[RepoRef, None] = {}
    bad: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            ref = parse_repo(text, kind)
        except UsageError as error:
            bad.append(f"{path}:{number}: {error}")
            continue
        if ref.kind is kind:
            refs.setdefault(ref)
        else:
            bad.append(f"{path}:{number}: {text!r} is a {ref.kind.value}; give --kind or leave it")
    if bad:
        more = f"; and {len(bad) - _SHOWN:,} more lines" if len(bad) > _SHOWN else ""
        raise UsageError("; ".join(bad[:_SHOWN]) + more)
    return tuple(refs)


def _title(place: str, wanted: ListingFilter) -> str:
    parts = [f"author {wanted.author}"] if wanted.author else []
    parts += [f"search {wanted.search!r}"] if wanted.search else []
    parts += [f"tag {tag}" for tag in wanted.tags]
    return ", ".join([place, *parts])


def _digest(refs: tuple[RepoRef, ...]) -> str:
    return hashlib.sha256("\n".join(ref.id for ref in refs).encode()).hexdigest()[:16]
