"""All references of a repository: files to finders, on as many processes as are worth it."""

from __future__ import annotations

import gc
import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from provenance.checking.references.files import MAX_BYTES, excluded_by
from provenance.checking.references.finders import search_file
from provenance.checking.references.kinds import kind_of
from provenance.checking.references.links import link_problems
from provenance.checking.references.python import module_resolver, module_texts
from provenance.checking.references.python_possible import Elsewhere, Text
from provenance.checking.references.python_values import Resolver
from provenance.checking.references.roles import with_roles
from provenance.checking.references.rules import Rules
from provenance.checking.references.run_files import search_run
from provenance.checking.references.sites import Gathered, Pending, weigh
from provenance.checking.references.unsaid import notes_of
from provenance.checking.references.wrappers import follow_wrappers
from provenance.frozen import frozen
from provenance.report.checked import (
    Confidence,
    FileProblem,
    InlineIgnore,
    Reference,
    RoleBasis,
    ScanCounts,
    ScanNote,
)

_POOL_FROM = 300
"""Fewer files are searched sooner than processes start."""
_MAX_HOPS = 5

Reader = Callable[[str], bytes]
"""Reads a file by its path; raises OSError."""


@frozen
class Scan:
    """Everything found in a repository's files; each part is sorted and without repeats."""

    references: tuple[Reference, ...]
    notes: tuple[ScanNote, ...]
    problems: tuple[FileProblem, ...]
    ignores: tuple[InlineIgnore, ...]
    counts: ScanCounts
    local: tuple[Reference, ...] = ()
    """What would be references, but for a file or folder of the same name here."""


@frozen
class DiskReader:
    """Files below a folder."""

    root: Path

    def __call__(self, path: str) -> bytes:
        """The file's bytes, one more than the bound when it is larger."""
        with (self.root / path).open("rb") as file:
            return file.read(MAX_BYTES + 1)


def scan_files(
    paths: Sequence[str],
    reader: Reader,
    rules: Rules,
    excludes: Sequence[str],
    jobs: int | None = None,
    links: Mapping[str, str] = MappingProxyType({}),
) -> Scan:
    """Search the files that a finder reads and no pattern excludes.

    Args:
        paths: every file of the repository.
        reader: gives their bytes.
        rules: what to look for.
        excludes: shell patterns of paths to leave out.
        jobs: processes; ``None``: as many as there are processors, one for a small repository.
        links: where each symbolic link of the repository leads.

    """
    matcher = excluded_by(excludes)
    readable = [(p, k) for p in paths if (k := kind_of(p)) is not None]
    wanted = [(p, k) for p, k in readable if matcher.fullmatch(p) is None]
    gathered = _search(wanted, reader, rules, jobs)
    seen = {path: target for path, target in links.items() if matcher.fullmatch(path) is None}
    gathered.problems += link_problems(seen, [path for path, _ in wanted])
    run = search_run(gathered, paths, matcher, reader, rules)
    python = [*(p for p, k in wanted if k == "python"), *run]
    notebooks = [p for p, k in wanted if k == "notebook"]
    follow_wrappers(gathered, python, notebooks, reader, rules)
    _resolve(gathered, [p for p, k in readable if k == "python"], reader, rules)
    kinds = [k for _, k in wanted]
    here = sorted(paths)
    references, local = _unique(with_roles(gathered.references), here)
    gathered.notes += notes_of(
        (place for place in gathered.unsaid if not is_here(place.text, here)),
        references,
        gathered.notes,
    )
    return Scan(
        references=references,
        notes=tuple(sorted(set(gathered.notes))),
        problems=tuple(
            sorted(set(gathered.problems), key=lambda p: (p.file, p.line or 0, p.message))
        ),
        ignores=tuple(sorted(set(gathered.ignores))),
        counts=ScanCounts(
            files=len(wanted),
            python=kinds.count("python"),
            notebooks=kinds.count("notebook"),
            shell=kinds.count("shell") + kinds.count("script"),
            configs=kinds.count("config") + kinds.count("settings"),
            cards=kinds.count("card"),
            excluded=len(readable) - len(wanted),
            others=sum(kinds.count(k) for k in ("foreign", "template", "mixed", "list")),
        ),
        local=local,
    )


def _search(
    wanted: Sequence[tuple[str, str]], reader: Reader, rules: Rules, jobs: int | None
) -> Gathered:
    workers = (
        jobs
        or (os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count())
        or 1
    )
    if len(wanted) < _POOL_FROM or workers == 1:
        return search_part(wanted, reader, rules)
    size = max(1, min(200, -(-len(wanted) // (workers * 4))))
    parts = [wanted[i : i + size] for i in range(0, len(wanted), size)]
    gathered = Gathered()
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(reader, rules)) as pool:
        for part in pool.map(_search_here, parts):
            gathered.extend(part)
    return gathered


_HERE: list[tuple[Reader, Rules]] = []
"""What a process of the pool searches with: sent with each part, the rules would forget each time
what they have compiled and which words they have seen."""


def _begin(reader: Reader, rules: Rules) -> None:
    """Let the collector look at what is new only: trees die by themselves, rules stay."""
    _HERE[:] = [(reader, rules)]
    gc.freeze()
    gc.set_threshold(20_000)


def _search_here(wanted: Sequence[tuple[str, str]]) -> Gathered:
    reader, rules = _HERE[0]
    return search_part(wanted, reader, rules)


def search_part(wanted: Iterable[tuple[str, str]], reader: Reader, rules: Rules) -> Gathered:
    """Search some files. What cannot be read is a problem, never an error."""
    gathered = Gathered()
    for path, kind in wanted:
        try:
            data = reader(path)
        except OSError as error:
            gathered.problems.append(FileProblem(path, None, f"cannot be read: {error.strerror}"))
            continue
        gathered.extend(search_file(path, kind, data, rules))
    return gathered


def _resolve(gathered: Gathered, python: Sequence[str], reader: Reader, rules: Rules) -> None:
    """Look names up that other files of the project define; those of libraries become notes."""
    project = _Project(_modules(python), reader)
    for pending in sorted(set(gathered.pending), key=_order):
        texts = project.texts(pending.module, pending.attribute)
        for text in texts:
            at = (text.file or pending.site.file, text.line, text.column + 1)
            gathered.add(
                weigh(pending.site, text.value, rules, confidence=Confidence.RESOLVED, at=at)
            )
        if not texts:
            site = pending.site
            message = f"{pending.attribute} of {pending.module} is known at run time only"
            gathered.notes.append(ScanNote(site.file, site.line, site.column, site.how, message))


def _order(pending: Pending) -> tuple[str, int, int, str, str]:
    site = pending.site
    return (site.file, site.line, site.column, pending.module, pending.attribute)


def _modules(paths: Sequence[str]) -> dict[str, str]:
    """Files by every dotted name that an import of the project can use (root, ``src``, below)."""
    by_name: dict[str, str] = {}
    for path in sorted(paths, key=lambda p: (p.count("/"), p)):
        parts = path.removesuffix(".py").split("/")
        if parts[-1] == "__init__":
            parts = parts[:-1]
        for start in range(len(parts)):
            by_name.setdefault(".".join(parts[start:]), path)
    return by_name


@dataclass(slots=True)
class _Project:
    """The project's own modules, each read once, when a name of it is asked for."""

    modules: Mapping[str, str]
    reader: Reader
    read: dict[str, Resolver | None] = field(default_factory=dict)

    def texts(self, module: str, attribute: str, hops: int = _MAX_HOPS) -> list[Text]:
        """Strings that a name of a module stands for, followed through further imports."""
        path = self.modules.get(module)
        if path is None and "." in module:  # a class of a module
            module, _, owner = module.rpartition(".")
            path, attribute = self.modules.get(module), f"{owner}.{attribute}"
        resolver = None if path is None or hops == 0 else self._resolver(path)
        if path is None or resolver is None:
            return []
        values = module_texts(resolver, path, attribute)
        texts = [value for value in values if isinstance(value, Text)]
        for value in values:
            if isinstance(value, Elsewhere):
                texts += self.texts(value.module, value.attribute, hops - 1)
        return texts

    def _resolver(self, path: str) -> Resolver | None:
        if path not in self.read:
            try:
                self.read[path] = module_resolver(self.reader(path), path)
            except OSError:
                self.read[path] = None
        return self.read[path]


def _unique(
    references: Iterable[Reference], here: Sequence[str]
) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
    """One reference a place and thing, the surest; and those that name a file or folder here."""
    local: set[Reference] = set()
    best: dict[tuple[str, int, int, str], Reference] = {}
    ranks = list(Confidence)
    every = list(references)
    pinned = {(r.file, r.line, r.column, r.kind, r.id) for r in every if r.revision is not None}
    for reference in sorted(every, key=lambda r: r.order):
        named = (reference.file, reference.line, reference.column, reference.kind, reference.id)
        likely = reference.revision is None and reference.confidence is Confidence.LIKELY
        if likely and named in pinned:
            continue  # by its name only, where a command or call beside says the revision
        if is_here(reference.id, here):
            local.add(reference)
            continue
        place = (reference.file, reference.line, reference.column, reference.key)
        other = best.get(place)
        if other is None or ranks.index(reference.confidence) < ranks.index(other.confidence):
            best[place] = reference if other is None else _graver(reference, other)
        else:
            best[place] = _graver(other, reference)
    return (
        tuple(sorted(best.values(), key=lambda r: r.order)),
        tuple(sorted(local, key=lambda r: r.order)),
    )


_WEAK = frozenset({RoleBasis.DEFAULT, RoleBasis.NONE})


def _graver(kept: Reference, other: Reference) -> Reference:
    """The reference with the role that counts most: one use for training makes it training."""
    order = ["training", "unknown", "inference", "evaluation"]
    graver = min((kept, other), key=lambda r: (r.role_by in _WEAK, order.index(r.role.value)))
    return replace(kept, role=graver.role, role_by=graver.role_by)


def is_here(name: str, paths: Sequence[str]) -> bool:
    """Whether ``name`` is one of the sorted ``paths``, or ``owner/name`` a folder of theirs."""
    at = bisect_left(paths, name)
    if at < len(paths) and paths[at] == name:
        return True
    inside = f"{name}/"
    at = bisect_left(paths, inside, lo=at)
    return "/" in name and at < len(paths) and paths[at].startswith(inside)
