"""One side of a check: what to check and how, its references, and what is concluded on them."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from provenance.auditing.walk import DEFAULT_BOUNDS, Bounds, WalkProgress
from provenance.checking.ci_target import CiTarget
from provenance.checking.gate import Judgement, ReferenceJudge, by_key
from provenance.checking.judging import (
    edited_findings,
    findings_at_lines,
    lock_findings,
    problem_findings,
    unlocked_findings,
)
from provenance.checking.lock import LOCK_NAME, Lock, read_lock
from provenance.checking.references.files import CheckedFolder, tracked_files, tracked_links
from provenance.checking.references.rules import Rules
from provenance.checking.references.search import DiskReader, Scan, scan_files
from provenance.checking.settings import Settings
from provenance.confine import read_inside, repository_root
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.hub.interface import CardSource
from provenance.hub.memoized import MemoizedSource
from provenance.policy import Policy
from provenance.report.checked import CheckFinding
from provenance.report.finding import Severity
from provenance.report.report import Source


@frozen
class Request:
    """What to check, and how."""

    folder: Path
    policy: Policy
    rules: Rules
    open_source: Callable[[], CardSource]
    """Called only when something has to be looked up."""
    as_of: datetime.date
    policy_name: str | None = None
    """As given by the user, to find the policy of another commit."""
    settings: Settings = field(default_factory=Settings)
    """The repository's own, as they are in the work tree."""
    more_excludes: Sequence[str] = ()
    """Left out besides what the settings leave out."""
    no_default_excludes: bool = False
    apart: tuple[str, ...] = ()
    """Folders below this one that are checked on their own, each with a ``/`` at its end."""
    rules_file: Path | None = None
    """As given by the user; ``None``: the file that the settings name."""
    everything: bool = False
    """Search files that git does not track too."""
    allow_unreadable: bool = False
    locked: bool = False
    cards: Path | None = None
    """The snapshot that cards are read from, as given."""
    at_hand: bool = False
    """Cards are there without a network (a snapshot): a lock is compared with them."""
    fail_on: Severity = Severity.ERROR
    """The least severity that fails."""
    diff_base: str | None = None
    ci_target: CiTarget | None = None
    """What the CI says that the change is to be merged into."""
    bounds: Bounds = DEFAULT_BOUNDS
    jobs: int | None = None
    """Processes that search files; ``None``: as many as there are processors."""
    progress: WalkProgress | None = None
    waived_on: datetime.date | None = None
    """Today; see :class:`~provenance.checking.gate.ReferenceJudge`."""

    def excludes(self, settings: Settings) -> tuple[str, ...]:
        """Paths left out under settings of this or another commit."""
        configured = () if self.no_default_excludes else settings.exclude
        return (*configured, *self.more_excludes)


@dataclass(slots=True)
class LazyJudge:
    """Judges by the cards of a source that is opened when it is first needed."""

    request: Request
    _source: MemoizedSource | None = field(default=None)

    def source(self) -> MemoizedSource:
        """The source; every question is asked of it once."""
        if self._source is None:
            self._source = MemoizedSource(self.request.open_source())
        return self._source

    def judge(self, scan: Scan, policy: Policy) -> dict[str, Judgement]:
        """Judge everything that a scan found, by key."""
        if not by_key(scan.references):
            return {}
        request = self.request
        gate = ReferenceJudge(
            self.source(),
            policy,
            request.as_of,
            request.bounds,
            request.waived_on,
            request.progress,
        )
        return gate.judge(scan.references)

    def info(self) -> Source:
        """Where judgements came from."""
        if self.request.locked:
            compared = "" if self._source is None else f" compared with {self._source.name}"
            return Source(f"{LOCK_NAME}{compared}", None)
        if self._source is None:
            return Source("none", None)
        return Source(self._source.name, self._source.date, self._source.digest is not None)


def scan_tree(
    repository: CheckedFolder, request: Request, rules: Rules, excludes: Sequence[str]
) -> Scan:
    """References of the work tree, at paths from the top of the git repository."""
    tracked = tracked_files(repository, everything=request.everything)
    scan = scan_files(
        outside(tracked, request.apart),
        DiskReader(repository.root),
        rules,
        excludes,
        request.jobs,
        tracked_links(repository, everything=request.everything),
    )
    return rooted(scan, repository.prefix)


def outside(paths: Iterable[str], apart: tuple[str, ...]) -> list[str]:
    """Paths that are in none of the folders that are checked on their own."""
    return [path for path in paths if not path.startswith(apart)] if apart else list(paths)


def rooted(scan: Scan, prefix: str) -> Scan:
    """The same with every path from the top of the git repository."""
    if not prefix:
        return scan
    return replace(
        scan,
        references=tuple(replace(r, file=prefix + r.file) for r in scan.references),
        local=tuple(replace(r, file=prefix + r.file) for r in scan.local),
        notes=tuple(replace(n, file=prefix + n.file) for n in scan.notes),
        problems=tuple(replace(p, file=prefix + p.file) for p in scan.problems),
        ignores=tuple(replace(i, file=prefix + i.file) for i in scan.ignores),
    )


def judge(
    scan: Scan, lock: Lock | None, policy: Policy, lazy_judge: LazyJudge, lock_file: str = LOCK_NAME
) -> tuple[dict[str, Judgement], list[CheckFinding]]:
    """Judgements of everything referenced, and all findings before anything suppresses them."""
    request = lazy_judge.request
    references = scan.references
    extra = [] if lock is None else edited_findings(lock, policy, lock_file)
    if request.locked and lock is not None:
        wanted = hub_keys(scan)
        referenced = by_key(references)
        judgements = {k: j for k, j in lock.by_key.items() if k in referenced}
        extra += unlocked_findings(references, wanted, lock, policy.sha256)
        if request.at_hand:
            known = {key: j for key, j in lazy_judge.judge(scan, policy).items() if j.found}
            extra += lock_findings(references, known, lock)
    else:
        judgements = lazy_judge.judge(scan, policy)
        if lock is not None:
            extra += lock_findings(references, judgements, lock)
    findings = findings_at_lines(
        references,
        judgements,
        policy,
        request.as_of,
        request.waived_on,
        locked=request.locked,
    )
    if not request.allow_unreadable:
        findings += problem_findings(scan.problems)
    return judgements, findings + extra


def hub_keys(scan: Scan) -> list[str]:
    """Keys of what is looked up on the Hub."""
    return [key for key, group in by_key(scan.references).items() if group[0].place.value == "hub"]


MAX_GATE_BYTES = 50_000_000
"""Largest lock, baseline or list of approvals that is read."""


def read_here(repository: CheckedFolder, name: str) -> bytes | None:
    """Bytes of a file of the gate in the folder that is checked; ``None``: there is none.

    Raises:
        UsageError: it cannot be read.

    """
    path = repository.root / name
    if not os.path.lexists(path):
        return None
    try:
        return read_inside(path, MAX_GATE_BYTES, repository_root(path))
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None


def lock_of(data: bytes | None, *, required: bool) -> Lock | None:
    """The lock in some bytes.

    Raises:
        UsageError: they are no lock, or there is none and it is required.

    """
    if data is not None:
        return read_lock(data, LOCK_NAME)
    if required:
        raise UsageError(f"there is no {LOCK_NAME} here: run `provenance lock` and commit the file")
    return None
