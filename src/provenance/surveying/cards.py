"""Rows from cards: a snapshot by several processes, the live Hub by several threads."""

from __future__ import annotations

import datetime
import gc
import itertools
import multiprocessing
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import msgspec

from provenance.auditing.audit import gather_all
from provenance.auditing.digested import catalog_of
from provenance.auditing.examine import Examiner, Extent
from provenance.auditing.examined import (
    NO_PERSONAL_DATA,
    Examined,
    ExaminedDataset,
)
from provenance.auditing.faults import FailingSource, SubjectFailure
from provenance.auditing.walk import Bounds
from provenance.cards import Card
from provenance.cards.yaml_tree import scalars
from provenance.catalog import Catalog
from provenance.errors import InternalError, SourceError
from provenance.hub.info import decode
from provenance.hub.interface import CardSource
from provenance.hub.listing import Listed
from provenance.hub.snapshot import BUNDLED, INFO, MAX_INFO_BYTES, open_snapshot
from provenance.hub.tree import FolderTree, Tree, ZipTree
from provenance.privacy.personal_data import documented
from provenance.refs import RepoKind, RepoRef
from provenance.report.facts import Facts
from provenance.report.license import Cause, LicenseConclusion, LicenseState
from provenance.surveying.row import UNREADABLE, CensusRow
from provenance.vocabulary.statuses import Status

CHUNK = 100
"""Subjects handed to a worker at a time, and rows kept at a time."""
_BOUNDS = Bounds(jobs=1)
_UNLISTED = Listed()
_KINDS = {
    RepoKind.DATASET: ("task_categories",),
    RepoKind.MODEL: ("pipeline_tag",),
}


class RowReader:
    """Makes rows from one source."""

    def __init__(
        self, source: CardSource, as_of: datetime.date, listed: Callable[[Examined], Listed]
    ) -> None:
        self._source = source
        self._listed = listed
        self._catalog: Catalog = catalog_of(source)
        self._examiner = Examiner(source, self._catalog)
        self._as_of = as_of

    def row(self, ref: RepoRef) -> CensusRow:
        """The row of one subject. A source that fails is a status, not an error."""
        try:
            return self._read(ref)
        except Exception as error:  # noqa: BLE001  one subject never ends a census
            says = SubjectFailure.of(error).words
            failing = Examiner(FailingSource(self._source, says), self._catalog)
            return _row(failing.examine(ref), _UNLISTED)

    def _read(self, ref: RepoRef) -> CensusRow:
        if ref.kind is RepoKind.MODEL:
            return self._model(ref)
        examined = self._examiner.examine(ref, Extent.LICENSE)
        return _row(examined, self._listed(examined))

    def _model(self, ref: RepoRef) -> CensusRow:
        examined = self._examiner.examine(ref, Extent.SUBJECT)
        row = _row(examined, self._listed(examined))
        if not examined.found:
            return row
        (facts,) = gather_all([ref], self._examiner, self._catalog, self._as_of, _BOUNDS)
        row = replace(
            row,
            undeclared=_undeclared(facts, row.status),
            training_sets=sum(not s.via for s in facts.training_sets),
        )
        headline = next((c for c in facts.coverage if c.headline), None)
        if headline is None:
            # of data that is not named any part may lack
            return replace(row, lacking_low=0.0, lacking_high=1.0)
        return replace(
            row,
            measure=headline.measure.value,
            lacking=headline.fraction,
            lacking_low=headline.low,
            lacking_high=headline.high,
        )


def _undeclared(facts: Facts, status: str) -> bool | None:
    """Whether it names no data; ``None``: what cannot be read, or no fact is on, may name some."""
    if facts.undeclared:
        return True if status == Status.FOUND else None
    named = any(not item.via for item in facts.training_sets)
    return False if named or facts.card_unread is None else None


def _row(examined: Examined, listed: Listed) -> CensusRow:
    """What is known of any subject; what only a model has is left out."""
    conclusion = examined.license
    unexamined = examined.found and conclusion.state is LicenseState.UNRESOLVED
    year = (listed.last_modified or "")[:4]
    return CensusRow(
        id=examined.id,
        kind=examined.asked.kind.value,
        author=examined.id.partition("/")[0] if "/" in examined.id else "",
        status=_status(examined),
        state=conclusion.state.value,
        declared="; ".join(conclusion.declared),
        concluded=conclusion.concluded,
        restrictions="; ".join(r.value for r in conclusion.restrictions),
        reason=conclusion.reason,
        evidence=_place(conclusion),
        categories="; ".join(_categories(examined.card, examined.asked.kind)),
        personal_data="unknown" if unexamined else _personal_data(examined),
        undeclared=None,
        training_sets=None,
        measure=None,
        lacking=None,
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else None,
        downloads=_counted(listed.downloads),
        conflict=None
        if unexamined or not examined.found
        else conclusion.state is LicenseState.CONFLICTING,
    )


_SAID = frozenset({Cause.NOT_IN_DIGEST, Cause.OVER_BOUND})
"""Causes that are a status of their own: what is there makes sense, and says or was read too
little."""


def _status(examined: Examined) -> str:
    """That a subject was read, or why its license is not known."""
    conclusion = examined.license
    if not examined.found or conclusion.state is not LicenseState.UNRESOLVED:
        return examined.status
    cause = conclusion.cause
    return cause.value if cause is not None and cause in _SAID else UNREADABLE


def _counted(downloads: int | None) -> int | None:
    """A number of downloads that can be one."""
    return downloads if downloads is not None and downloads >= 0 else None


def _personal_data(examined: Examined) -> str:
    if not isinstance(examined, ExaminedDataset) or examined.card is None:
        return NO_PERSONAL_DATA.documented
    return "stated" if examined.croissant.personal_data else documented(examined.card)


def _place(conclusion: LicenseConclusion) -> str:
    if not conclusion.statements:
        return ""
    return conclusion.statements[0].evidence.place


def _categories(card: Card | None, kind: RepoKind) -> list[str]:
    if card is None:
        return []
    texts = (" ".join(s.text.split()) for s in scalars(card.get(*_KINDS[kind])) if not s.is_null)
    return list(dict.fromkeys(text for text in texts if text))


def snapshot_rows(
    path: str, refs: Iterable[RepoRef], as_of: datetime.date, jobs: int | None = None
) -> Iterator[Sequence[CensusRow]]:
    """Rows of a snapshot's subjects in the order of ``refs``, some at a time.

    Args:
        path: the snapshot, opened once by each process.
        refs: subjects; read as they are needed.
        as_of: date that coverage speaks for.
        jobs: processes; default one for each core. One is this process: no other is started,
            which a script without ``if __name__ == "__main__"`` could not do.

    Raises:
        UsageError: the snapshot is not usable.
        SourceError: a worker process died (out of memory, say).

    """
    workers = jobs or os.cpu_count() or 1
    if workers == 1:
        reader = snapshot_reader(path, as_of)
        remaining = iter(refs)
        while some := list(itertools.islice(remaining, CHUNK)):
            yield [reader.row(ref) for ref in some]
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_open, initargs=(path, as_of)
    ) as pool:
        try:
            yield from _in_order(pool, _snapshot_chunk, refs, workers)
        except BrokenProcessPool:
            raise SourceError(
                f"{path}: a worker process died, most likely for want of memory; "
                "--jobs 1 needs least, and --state keeps what was done"
            ) from None


def source_rows(
    source: CardSource,
    refs: Iterable[RepoRef],
    as_of: datetime.date,
    jobs: int,
    listed: Mapping[str, Listed],
) -> Iterator[Sequence[CensusRow]]:
    """Rows from any source in the order of ``refs``, by ``jobs`` threads.

    Args:
        source: where the cards are.
        refs: subjects; read as they are needed.
        as_of: date that coverage speaks for.
        jobs: threads.
        listed: what a listing said besides, by id.

    """
    reader = RowReader(source, as_of, lambda examined: listed.get(examined.asked.id, _UNLISTED))

    def chunk(some: Sequence[RepoRef]) -> list[CensusRow]:
        return [reader.row(ref) for ref in some]

    with ThreadPoolExecutor(jobs) as pool:
        yield from _in_order(pool, chunk, refs, jobs, size=10)


def _in_order(
    pool: ProcessPoolExecutor | ThreadPoolExecutor,
    work: Callable[[Sequence[RepoRef]], list[CensusRow]],
    refs: Iterable[RepoRef],
    workers: int,
    size: int = CHUNK,
) -> Iterator[Sequence[CensusRow]]:
    """Results in the order asked, with few chunks ahead, so that memory stays bounded."""
    waiting: list[Future[list[CensusRow]]] = []
    remaining = iter(refs)
    try:
        while some := list(itertools.islice(remaining, size)):
            waiting.append(pool.submit(work, some))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    except BaseException:
        for future in waiting:
            future.cancel()
        raise


def snapshot_reader(path: str, as_of: datetime.date) -> RowReader:
    """A reader of a snapshot, with what its ``info.json`` files say besides.

    Raises:
        UsageError: the snapshot is not usable.

    """
    source = open_snapshot(path)
    place = BUNDLED if path == "bundled" else Path(path).expanduser()
    tree = FolderTree(place) if place.is_dir() else ZipTree(place)
    return RowReader(source, as_of, lambda examined: _info(tree, examined))


def _info(tree: Tree, examined: Examined) -> Listed:
    """Downloads and date out of a snapshot: what a source of cards does not give."""
    data = tree.read(f"{examined.path}/{INFO}", MAX_INFO_BYTES) if examined.found else None
    try:
        return decode(data, Listed) if data else _UNLISTED
    except msgspec.MsgspecError:
        return _UNLISTED


_reader: RowReader | None = None
"""The worker process's own; made by :func:`_open`."""


def _open(path: str, as_of: datetime.date) -> None:
    global _reader  # noqa: PLW0603  a worker process has no other place to keep it
    _reader = snapshot_reader(path, as_of)
    # The catalogue stays and cards make no cycles: walking them over and over took a fifth.
    gc.freeze()
    gc.set_threshold(20_000)


def _snapshot_chunk(refs: Sequence[RepoRef]) -> list[CensusRow]:
    if _reader is None:
        raise InternalError("the worker was not opened")
    return [_reader.row(ref) for ref in refs]
