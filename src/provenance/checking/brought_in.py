"""What a change puts where the search does not look: left out, ignored, shadowed, elsewhere."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

from provenance.checking.base import Base
from provenance.checking.failing import failing_in
from provenance.checking.left_out import borrowed, left_out
from provenance.checking.loosened import Allowance
from provenance.checking.references.files import (
    CheckedFolder,
    changed_files,
    excluded_by,
    submodules,
    tracked_files,
    tracked_links,
)
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.search import Scan, is_here
from provenance.checking.run import LazyJudge
from provenance.checking.sides import Sides, inside_of, top_of
from provenance.report.checked import Loosened, Loosening
from provenance.vocabulary.statuses import Status


def brought_in(
    repository: CheckedFolder,
    base: Base,
    sides: Sides,
    scans: tuple[Scan, Scan],
    lazy_judge: LazyJudge,
) -> list[Loosening]:
    """What the change puts where nothing of it is searched; ``scans``: of the base, and now."""
    before, now = scans
    return [
        *left_out(repository, base, sides, now, before, lazy_judge),
        *borrowed(repository, base, sides, now, lazy_judge),
        *_linked(repository, base, sides),
        *_shadowed(repository, base, sides, now, lazy_judge),
        *_new_submodules(repository, base, sides),
        *_edited_cards(repository, base, lazy_judge.request.cards, sides.allow),
    ]


def _shadowed(
    repository: CheckedFolder, base: Base, sides: Sides, scan: Scan, lazy_judge: LazyJudge
) -> list[Loosening]:
    """References that a file or folder of the change hides, to what the Hub has and would fail."""
    before = sorted(blob.path for blob in base.here())
    new = tuple(reference for reference in scan.local if not is_here(reference.id, before))
    if not new:
        return []
    hidden = replace(scan, references=new, problems=())
    return [
        sides.allow.of(
            Loosened.PATHS,
            f"{failing.key} ({failing.codes}) has the name of a file or folder that the change "
            "adds",
            failing.place.file,
            failing.place.line,
        )
        for failing in failing_in(hidden, sides.policy, repository, lazy_judge)
        if failing.status in _THERE or lazy_judge.request.locked  # a lock has not all
    ]


_THERE = frozenset({Status.FOUND, Status.GATED, Status.WITHDRAWN, Status.REVISION_NOT_FOUND})
"""Where there is a repository of the name; else it stays that of a folder."""


def _linked(repository: CheckedFolder, base: Base, sides: Sides) -> list[Loosening]:
    """Links of the change to folders with code that is not searched where it stands."""
    before = base.links_here()
    matcher = excluded_by(sides.excludes)
    tracked = tracked_files(repository, everything=False)
    hidden = [n for n in tracked if kind_of(n) == "python" and matcher.fullmatch(n)]
    items = []
    for path, target in sorted(tracked_links(repository, everything=False).items()):
        leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        new = before.get(path) != target and not matcher.fullmatch(path)
        if new and any(name.startswith(f"{leads}/") for name in hidden):
            what = f"{path} leads to {leads}, where code is not searched"
            items.append(sides.allow.of(Loosened.PATHS, what, repository.prefix + path))
    return items


def _new_submodules(repository: CheckedFolder, base: Base, sides: Sides) -> list[Loosening]:
    """Other repositories that the change brings in or moves: no file of them is searched."""
    before = submodules(base.repository, base.commit)
    items = []
    for name, commit in sorted(submodules(repository).items()):
        if before.get(name) != commit:
            what = f"moves to {commit[:12]}" if name in before else "is a submodule"
            text = f"{name} {what}: nothing in it is searched"
            items.append(sides.allow.of(Loosened.PATHS, text, name))
    return items


def _edited_cards(
    repository: CheckedFolder, base: Base, cards: Path | None, allow: Allowance
) -> list[Loosening]:
    """Files of the snapshot that cards are read from, where the change brings them along."""
    inside = None if cards is None else inside_of(repository, cards)
    if inside is None:
        return []
    top = CheckedFolder(top_of(repository), git=True)
    edited = [
        name
        for name in changed_files(top, base.commit)
        if name == inside or name.startswith(f"{inside}/")
    ]
    what = "is edited, and cards are read from it"
    return [allow.of(Loosened.LOCK, f"{name} {what}", name) for name in edited]
