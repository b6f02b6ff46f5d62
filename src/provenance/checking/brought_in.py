"""What a change puts where the search does not look: left out, ignored, shadowed, elsewhere."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from provenance.checking.base import Base, scan_base
from provenance.checking.gate import by_key
from provenance.checking.lock import LOCK_NAME
from provenance.checking.loosened import (
    Allowance,
)
from provenance.checking.references.files import (
    CheckedFolder,
    changed_files,
    differing_files,
    excluded_by,
    ignored_files,
    submodules,
    tracked_files,
)
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.rules import Rules
from provenance.checking.references.search import DiskReader, Scan, is_here, scan_files
from provenance.checking.run import (
    LazyJudge,
    judge,
    lock_of,
    outside,
    read_here,
    rooted,
)
from provenance.frozen import frozen
from provenance.policy import Policy
from provenance.report.checked import (
    CheckFinding,
    Loosened,
    Loosening,
    Reference,
)
from provenance.report.finding import Severity


@frozen
class Sides:
    """Rules of the game: those of the base, and those of the change where the base allows it."""

    old_rules: Rules
    old_policy: Policy
    old_excludes: tuple[str, ...]
    rules: Rules
    policy: Policy
    excludes: tuple[str, ...]
    before_rules: Rules
    """What the base is searched by: the change's own where they only find more."""
    before_excludes: tuple[str, ...]
    allow: Allowance
    items: tuple[Loosening, ...]
    policy_changed: bool


def top_of(repository: CheckedFolder) -> Path:
    """The top of the git repository that the folder is in."""
    depth = len(PurePosixPath(repository.prefix).parts)
    root = Path(os.path.abspath(repository.root))  # noqa: PTH100  links are not followed
    return root.parents[depth - 1] if depth else root


def inside_of(repository: CheckedFolder, path: Path) -> str | None:
    """The path from the top of the repository, by its words: a link of the change leads nowhere."""
    plain = os.path.relpath(Path(os.path.abspath(path)), top_of(repository))  # noqa: PTH100
    return None if plain.startswith("..") else PurePosixPath(*Path(plain).parts).as_posix()


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
        *_left_out(repository, base, sides, now, before, lazy_judge),
        *_shadowed(repository, base, sides, now, lazy_judge),
        *_new_submodules(repository, base, sides),
        *_edited_cards(repository, base, lazy_judge.request.cards, sides.allow),
    ]


def _left_out(
    repository: CheckedFolder,
    base: Base,
    sides: Sides,
    scan: Scan,
    before: Scan,
    lazy_judge: LazyJudge,
) -> list[Loosening]:
    """References that the change brings in where nothing is searched, and that would fail."""
    matcher = excluded_by(sides.excludes)
    changed = [n for n in changed_files(repository, base.commit) if matcher.fullmatch(n)]
    changed += _newly_ignored(repository, base)
    changed = outside(sorted(set(changed)), lazy_judge.request.apart)
    if not changed or lazy_judge.request.no_default_excludes:
        return []
    hidden = _hidden(repository, sides, changed, lazy_judge)
    old = scan_base(base, sides.old_rules, ())
    searched = set(by_key(scan.references))
    known = set(by_key(old.references))
    moved = set(by_key(before.references)) - searched
    differing = {n for n in differing_files(repository, base.commit) if matcher.fullmatch(n)}
    grown = _grown([r for r in old.references if r.file in differing], hidden.references)
    keys = set(by_key(hidden.references)) - searched - (known - moved - grown)
    references = tuple(r for r in hidden.references if r.key in keys)
    hidden = rooted(replace(hidden, references=references), repository.prefix)
    left_out = replace(hidden, problems=())
    return [
        sides.allow.of(
            Loosened.PATHS,
            f"{failing.place.file}, which is not searched, names {failing.key} ({failing.codes})",
            failing.place.file,
            failing.place.line,
        )
        for failing in (_failing(left_out, sides, repository, lazy_judge) if references else ())
    ] + [
        sides.allow.of(
            Loosened.PATHS,
            f"{p.file} is left out and could not be searched: {p.message}",
            p.file,
        )
        for p in (() if lazy_judge.request.allow_unreadable else hidden.problems)
        if kind_of(p.file) in _CODE
    ]


_CODE = frozenset({"python", "notebook", "shell", "script", "mixed"})
"""Kinds of files that can load something by themselves."""


def _hidden(
    repository: CheckedFolder, sides: Sides, changed: list[str], lazy_judge: LazyJudge
) -> Scan:
    """What the changed files that are left out refer to, by functions of the others too."""
    paths = set(changed)
    if any(kind_of(name) in {"python", "notebook"} for name in changed):
        matcher = excluded_by(sides.excludes)
        tracked = outside(tracked_files(repository, everything=False), lazy_judge.request.apart)
        paths |= {n for n in tracked if kind_of(n) == "python" and not matcher.fullmatch(n)}
    scan = scan_files(sorted(paths), DiskReader(repository.root), sides.rules, (), jobs=1)
    mine = frozenset(changed)
    return replace(
        scan,
        references=tuple(r for r in scan.references if r.file in mine),
        local=tuple(r for r in scan.local if r.file in mine),
        problems=tuple(p for p in scan.problems if p.file in mine),
    )


def _grown(old: Iterable[Reference], new: Iterable[Reference]) -> set[str]:
    """What is named more often than before: code that only moves names nothing more often."""
    more = Counter(r.key for r in new)
    more.subtract(Counter(r.key for r in old))
    return {key for key, count in more.items() if count > 0}


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
        for failing in _failing(hidden, sides, repository, lazy_judge)
        if failing.read or lazy_judge.request.locked  # a lock tells nothing of what it has not
    ]


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


@frozen
class _Failing:
    """One thing that would fail if it were searched for."""

    key: str
    codes: str
    place: Reference
    read: bool
    """Whether its repository could be read."""


def _failing(
    hidden: Scan, sides: Sides, repository: CheckedFolder, lazy_judge: LazyJudge
) -> list[_Failing]:
    lock = lock_of(read_here(repository, LOCK_NAME), required=lazy_judge.request.locked)
    judgements, fired_findings = judge(hidden, lock, sides.policy, lazy_judge)
    grave: dict[str, list[CheckFinding]] = {}
    for fired in fired_findings:
        if fired.counts and fired.references and fired.finding.severity in _GRAVE:
            grave.setdefault(fired.target, []).append(fired)
    return [
        _Failing(
            key,
            ", ".join(sorted({f.finding.code for f in findings})),
            findings[0].references[0],
            key in judgements and judgements[key].found,
        )
        for key, findings in sorted(grave.items())
    ]


_GRAVE = frozenset({Severity.ERROR, Severity.INCOMPLETE})


def _newly_ignored(repository: CheckedFolder, base: Base) -> list[str]:
    """Files here that git ignores by a pattern that the base does not have."""
    paths = []
    patterns: dict[str, set[str]] = {}
    for path, source, pattern in ignored_files(repository):
        if Path(source).is_absolute() or source.startswith(".git/"):
            continue  # the user's own file, no part of the change
        if source not in patterns:
            data = base.read(source) or b""
            patterns[source] = set(_lines(data))
        if pattern not in patterns[source]:
            paths.append(path)
    return paths


def _lines(data: bytes) -> Iterable[str]:
    return (line.strip() for line in data.decode("utf-8", "replace").split("\n"))
