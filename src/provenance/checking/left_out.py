"""What a change brings into files that are not searched, or takes from them."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath

from provenance.checking.base import Base, scan_base
from provenance.checking.failing import ABSENT, failing_in
from provenance.checking.gate import by_key
from provenance.checking.git import git
from provenance.checking.references.files import (
    CheckedFolder,
    changed_files,
    differing_files,
    excluded_by,
    ignored_files,
    renamed_files,
    tracked_files,
)
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.search import DiskReader, Scan, is_here, scan_files
from provenance.checking.run import LazyJudge, outside, rooted
from provenance.checking.sides import Sides
from provenance.errors import UsageError
from provenance.report.checked import Loosened, Loosening, Reference


def left_out(
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
    old = scan_base(base, sides.old_rules, ())
    hidden = _hidden(repository, sides, changed, lazy_judge)
    named = _named(hidden, base)
    searched = set(by_key(scan.references))
    known = set(by_key(old.references))
    moved = set(by_key(before.references)) - searched
    differing = {n for n in differing_files(repository, base.commit) if matcher.fullmatch(n)}
    grown = _grown([r for r in old.references if r.file in differing], named)
    grown |= _taken_over(repository, base, old, named, matcher)
    keys = set(by_key(named)) - searched - (known - moved - grown)
    references = tuple(r for r in named if r.key in keys)
    hidden = rooted(replace(hidden, references=references), repository.prefix)
    locked = lazy_judge.request.locked
    would_fail = (
        failing_in(replace(hidden, problems=()), sides.policy, repository, lazy_judge)
        if references
        else ()
    )
    return [
        sides.allow.of(
            Loosened.PATHS,
            f"{failing.place.file}, which is not searched, names {failing.key} ({failing.codes})",
            failing.place.file,
            failing.place.line,
        )
        for failing in would_fail
        if locked or failing.status not in ABSENT
    ] + [
        sides.allow.of(
            Loosened.PATHS,
            f"{p.file} is left out and could not be searched: {p.message}",
            p.file,
        )
        for p in (() if lazy_judge.request.allow_unreadable else hidden.problems)
        if kind_of(p.file) in _CODE
    ]


def _named(hidden: Scan, base: Base) -> list[Reference]:
    """What is named: no folder of the base, and no folder of the change that hides a name."""
    before = sorted(blob.path for blob in base.here())
    return [r for r in (*hidden.references, *hidden.local) if not is_here(r.id, before)]


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


_PROSE = (".md", ".rst", ".txt", ".html", ".adoc")
_NO_NAME = frozenset({"__init__.py", "__main__.py", "conftest.py"})
"""Names of files of which every folder has one: only with their folder do they name one."""


def _taken_over(
    repository: CheckedFolder,
    base: Base,
    old: Scan,
    named: Iterable[Reference],
    matcher: re.Pattern[str],
) -> set[str]:
    """What a left-out file names that did not, where something that is searched runs that file.

    A set of the tests is no more used than before when another test takes it over; when a script
    runs the one that took it over, it is.
    """
    renamed = renamed_files(repository, base.commit)
    had = {(r.file, r.key) for r in old.references}
    taking: dict[str, set[str]] = {}
    for reference in named:
        place = renamed.get(reference.file, reference.file)
        if (place, reference.key) not in had:
            taking.setdefault(reference.file, set()).add(reference.key)
    return {
        key
        for path, keys in taking.items()
        if any(
            not matcher.fullmatch(name) and not name.endswith(_PROSE)
            for name in _naming(repository, path)
        )
        for key in keys
    }


def _naming(repository: CheckedFolder, path: str) -> list[str]:
    """Tracked files with the name of a file, or its module, in them."""
    name = PurePosixPath(path).name
    words = [path if name in _NO_NAME else name]
    if path.endswith(".py"):
        words.append(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    patterns = [part for word in words for part in ("-e", word)]
    with suppress(UsageError):  # git says so where nothing matches
        listed = git(
            repository.root, "grep", "-l", "-z", "-F", "-a", "--full-name", *patterns, "--", ":/"
        )
        names = (os.fsdecode(entry) for entry in listed.split(b"\0") if entry)
        return [name.removeprefix(repository.prefix) for name in names]
    return []


_IMPORTS = re.compile(
    rb"(?m)^[^\S\n]*(?:>>>[ ])?(?:from|import)\b[^\n(]{0,400}(?:\([^)]{0,4000}\)|[^\n]{0,400})|"
    rb"(?:import_module|__import__|run_path|run_module)\([^)\n]{0,400}"
)
_NAME = re.compile(rb"\w{1,100}")
_HOPS = 3
"""How many files that are not searched an import is followed through."""


def borrowed(
    repository: CheckedFolder, base: Base, sides: Sides, scan: Scan, lazy_judge: LazyJudge
) -> list[Loosening]:
    """What code of the change hands to functions of files that are not searched, and would fail."""
    matcher = excluded_by(sides.excludes)
    changed = [
        name
        for name in outside(changed_files(repository, base.commit), lazy_judge.request.apart)
        if kind_of(name) in {"python", "notebook"} and not matcher.fullmatch(name)
    ]
    tracked = tracked_files(repository, everything=False) if changed else []
    hidden = [n for n in tracked if kind_of(n) == "python" and matcher.fullmatch(n)]
    lenders = _imported(repository, changed, hidden)
    if not lenders:
        return []
    paths = sorted({*changed, *lenders})
    more = scan_files(paths, DiskReader(repository.root), sides.rules, (), jobs=1)
    here, mine = sorted(tracked), frozenset(changed)
    seen = {(r.file.removeprefix(repository.prefix), r.key) for r in scan.references}
    new = [
        r
        for r in more.references
        if r.file in mine and (r.file, r.key) not in seen and not is_here(r.id, here)
    ]
    if new:
        old = scan_base(base, sides.old_rules, ())
        known = {r.key for r in old.references if not matcher.fullmatch(r.file)}
        new = [r for r in new if r.key not in known]
    if not new:
        return []
    lent = rooted(replace(more, references=tuple(new), problems=()), repository.prefix)
    return [
        sides.allow.of(
            Loosened.PATHS,
            f"{failing.place.file} hands {failing.key} to code that is not searched "
            f"({failing.codes})",
            failing.place.file,
            failing.place.line,
        )
        for failing in failing_in(lent, sides.policy, repository, lazy_judge)
    ]


def _imported(repository: CheckedFolder, changed: Iterable[str], hidden: Iterable[str]) -> set[str]:
    """Files that are not searched and that the changed ones import, by the names in imports."""
    by_name: dict[bytes, list[str]] = {}
    for path in hidden:
        name = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
        by_name.setdefault(name.encode(), []).append(path)
    read = DiskReader(repository.root)
    lenders: set[str] = set()
    waiting = list(changed)
    for _ in range(_HOPS):
        names: set[bytes] = set()
        for path in waiting:
            with suppress(OSError):
                for line in _IMPORTS.findall(read(path)):
                    names.update(_NAME.findall(line))
        fresh = {path for name in names for path in by_name.get(name, ())} - lenders
        lenders |= fresh
        waiting = sorted(fresh)
    return lenders


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
