"""The walk: from subjects through base models and source datasets, bounded and cycle-safe.

Repositories are fetched level by level, each level concurrently and in sorted order, so that the
result depends neither on the number of workers nor on which answer came first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from provenance.auditing.examine import Examiner
from provenance.auditing.examined import Examined, ExaminedDataset, ExaminedModel
from provenance.auditing.faults import SubjectFailure
from provenance.catalog import Catalog
from provenance.discovery import DeclaredSet, join
from provenance.frozen import frozen
from provenance.refs import RepoKind, RepoRef
from provenance.vocabulary.keys import dataset_key, model_key

_LOG = logging.getLogger(__name__)
WalkProgress = Callable[[int, int], None]
"""Called with repositories examined and repositories known so far."""


@frozen
class Bounds:
    """Limits of the walk."""

    depth: int = 4
    """Steps from the subject; a set of the subject is one step away."""
    repositories: int = 1000
    jobs: int = 32


DEFAULT_BOUNDS = Bounds()


@frozen
class Walk:
    """Everything examined, by the path it was asked under."""

    root: Examined
    examined: dict[str, Examined]
    """Asked path (``datasets/squad``) to what was found there."""
    skipped: tuple[str, ...]
    """Paths not followed because a bound was reached, sorted."""

    def model(self, repo_id: str | None) -> ExaminedModel | None:
        """What was found under the id of a model, if it has one and was asked for."""
        examined = self.examined.get(model_key(repo_id)) if repo_id is not None else None
        return examined if isinstance(examined, ExaminedModel) else None

    def dataset(self, repo_id: str | None) -> ExaminedDataset | None:
        """What was found under the id of a dataset, if it has one and was asked for."""
        examined = self.examined.get(dataset_key(repo_id)) if repo_id is not None else None
        return examined if isinstance(examined, ExaminedDataset) else None


def walk_all(
    roots: Sequence[Examined],
    examiner: Examiner,
    catalog: Catalog,
    bounds: Bounds,
    progress: WalkProgress | None = None,
) -> list[Walk | SubjectFailure]:
    """Examine everything reachable from each root within ``bounds``, each repository once.

    All walks take a step together. One that this program fails on ends with the fault, and the
    others go on.
    """
    outcomes: list[Walk | SubjectFailure | None] = [None] * len(roots)
    walks = [_steps(root, catalog, bounds) for root in roots]
    known: dict[RepoRef, Examined] = {}
    answers: dict[int, list[Examined] | None] = dict.fromkeys(range(len(roots)))
    for root in roots:
        _LOG.info("read %s: %s", root.path, root.status.words)
    with ThreadPoolExecutor(max_workers=bounds.jobs) as pool:
        while answers:
            wanted: dict[int, list[RepoRef]] = {}
            for number, answered in answers.items():
                try:
                    wanted[number] = walks[number].send(answered)
                except StopIteration as end:
                    outcomes[number] = end.value
                except Exception as error:  # noqa: BLE001  the caller says it of one subject
                    outcomes[number] = SubjectFailure.of(error)
            todo = sorted({ref for refs in wanted.values() for ref in refs if ref not in known})
            before = len(known) + len(roots)
            for done, answer in enumerate(pool.map(examiner.examine, todo), 1):
                known[answer.asked] = answer
                _LOG.info("read %s: %s", answer.path, answer.status.words)
                if progress is not None:
                    progress(before + done, before + len(todo))
            answers = {number: [known[ref] for ref in refs] for number, refs in wanted.items()}
    return [outcome for outcome in outcomes if outcome is not None]


def _steps(
    root: Examined, catalog: Catalog, bounds: Bounds
) -> Generator[list[RepoRef], list[Examined] | None, Walk]:
    """One walk: gives what is to be examined for each step, and takes what was found, in order."""
    examined = {root.asked.path: root, root.path: root}
    frontier = sorted(set(_next(root, catalog)))
    skipped: set[str] = set()
    done = 1
    for depth in range(1, bounds.depth + 1):
        room = bounds.repositories - done
        todo = [ref for ref in frontier if ref.path not in examined]
        skipped.update(ref.path for ref in todo[room:])
        todo = todo[:room]
        if not todo:
            break
        answers = (yield todo) or []
        done += len(answers)
        for answer in answers:
            examined[answer.asked.path] = answer
        for answer in answers:
            examined.setdefault(answer.path, answer)
        frontier = sorted({ref for answer in answers for ref in _next(answer, catalog)})
        if depth == bounds.depth:
            skipped.update(ref.path for ref in frontier if ref.path not in examined)
    return Walk(root, examined, tuple(sorted(skipped)))


def without_size(walked: Walk, ids: Iterable[str]) -> list[ExaminedDataset]:
    """Those of ``ids`` that were found and whose card states no size in bytes."""
    datasets = (walked.dataset(dataset_id) for dataset_id in sorted(set(ids)))
    return [d for d in datasets if d is not None and d.found and d.sizes.bytes is None]


def with_sizes(walked: Walk, sized: Iterable[ExaminedDataset]) -> Walk:
    """The same walk with ``sized`` in place of what was found of the same repositories."""
    by_path: dict[str, Examined] = {dataset.path: dataset for dataset in sized}
    if not by_path:
        return walked
    examined = {key: by_path.get(seen.path, seen) for key, seen in walked.examined.items()}
    return replace(walked, examined=examined)


def with_renames_joined(walked: Walk, catalog: Catalog) -> Walk:
    """The same walk, where sets that one model names by an old and a new id are one set."""
    joined = {key: _joined(seen, walked, catalog) for key, seen in walked.examined.items()}
    return replace(walked, root=_joined(walked.root, walked, catalog), examined=joined)


def _joined(examined: Examined, walked: Walk, catalog: Catalog) -> Examined:
    if not isinstance(examined, ExaminedModel) or examined.declaration is None:
        return examined
    declaration = examined.declaration
    groups: dict[str, list[DeclaredSet]] = {}
    for index, declared in enumerate(declaration.sets):
        dataset = walked.dataset(set_id(declared, catalog))
        key = dataset.path if dataset is not None and dataset.found else f"#{index}"
        groups.setdefault(key, []).append(declared)
    if len(groups) == len(declaration.sets):
        return examined
    sets = tuple(join(group) if len(group) > 1 else group[0] for group in groups.values())
    return replace(examined, declaration=replace(declaration, sets=sets))


def set_id(declared: DeclaredSet, catalog: Catalog) -> str | None:
    """Hub id to look a declared set up under: its own, or the catalogue's for its record."""
    if declared.id is not None:
        return declared.id
    return catalog.hub_id(declared.record) if declared.record is not None else None


def _next(examined: Examined, catalog: Catalog) -> Iterable[RepoRef]:
    """Repositories one step away."""
    if isinstance(examined, ExaminedDataset):
        ids = [source.id for source in examined.sources]
        yield from (RepoRef(RepoKind.DATASET, i) for i in ids if i is not None)
    elif examined.declaration is not None:
        ids = [set_id(declared, catalog) for declared in examined.declaration.sets]
        yield from (RepoRef(RepoKind.DATASET, i) for i in ids if i is not None)
        ids = [base.id for base in examined.declaration.base_models]
        yield from (RepoRef(RepoKind.MODEL, i) for i in ids if i is not None)
