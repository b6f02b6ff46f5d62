"""``provenance check``: references, judgements, and what counts, in that order."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from provenance.auditing.walk import DEFAULT_BOUNDS, Bounds, Progress
from provenance.checking.base import Base, open_base, policy_at, scan_base
from provenance.checking.baseline import BASELINE_NAME, read_baseline
from provenance.checking.codes import rules_of
from provenance.checking.gate import Gate, Judgement, Remembering, by_key, share_of
from provenance.checking.judging import (
    against_base,
    findings_at_lines,
    lock_findings,
    ordered,
    problem_findings,
    targets_of,
    unlocked_findings,
    verdict,
    with_baseline,
    with_ignores,
)
from provenance.checking.lock import LOCK_NAME, Lock, make_lock, read_lock
from provenance.checking.references.files import (
    DEFAULT_EXCLUDES,
    Repository,
    open_repository,
    tracked_files,
)
from provenance.checking.references.rules import Rules
from provenance.checking.references.search import DiskReader, Scan, scan_files
from provenance.errors import UsageError
from provenance.hub.interface import CardSource
from provenance.policy import Policy
from provenance.report.checked import (
    CHECK_SCHEMA_VERSION,
    CheckFinding,
    CheckResult,
    Comparison,
    Share,
    Suppression,
)
from provenance.report.report import PolicyInfo, Source, Tool


@dataclass(frozen=True, slots=True)
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
    excludes: Sequence[str] = DEFAULT_EXCLUDES
    everything: bool = False
    """Search files that git does not track too."""
    allow_unreadable: bool = False
    locked: bool = False
    diff_base: str | None = None
    bounds: Bounds = DEFAULT_BOUNDS
    jobs: int | None = None
    """Processes that search files; ``None``: as many as there are processors."""
    progress: Progress | None = None


@dataclass(slots=True)
class _Door:
    """The source, opened when it is first needed."""

    request: Request
    _source: Remembering | None = field(default=None)

    def source(self) -> Remembering:
        if self._source is None:
            self._source = Remembering(self.request.open_source())
        return self._source

    def judge(self, scan: Scan, policy: Policy) -> dict[str, Judgement]:
        if not by_key(scan.references):
            return {}
        request = self.request
        gate = Gate(self.source(), policy, request.as_of, request.bounds, request.progress)
        return gate.judge(scan.references)

    def info(self) -> Source:
        if self._source is None:
            return Source(LOCK_NAME if self.request.locked else "none", None)
        return Source(self._source.name, self._source.date)


def check_repository(request: Request) -> CheckResult:
    """Check a repository.

    Raises:
        UsageError: the folder, the lock, the baseline or the base is not usable.

    """
    repository = open_repository(request.folder)
    door = _Door(request)
    scan = _scan(repository, request)
    lock = _lock_of(_read(repository, LOCK_NAME), request.locked)
    judgements, found = _judge(scan, lock, request.policy, door)
    found = _suppressed(found, scan, request, _accepted(_read(repository, BASELINE_NAME)))
    share = share_of(judgements)
    comparison = None
    if request.diff_base is not None:
        base = open_base(repository, request.diff_base)
        found, comparison = _compared(found, share, base, door)
    findings = ordered(found)
    return CheckResult(
        schema_version=CHECK_SCHEMA_VERSION,
        tool=Tool("provenance", version("provenance-audit")),
        as_of=request.as_of.isoformat(),
        source=door.info(),
        policy=PolicyInfo(request.policy.name, request.policy.sha256),
        verdict=verdict(findings),
        counts=scan.counts,
        share=share,
        targets=targets_of(scan.references, judgements),
        references=scan.references,
        findings=findings,
        notes=scan.notes,
        problems=scan.problems,
        comparison=comparison,
        locked=request.locked,
        rules=rules_of(findings),
    )


def lock_repository(request: Request) -> Lock:
    """Look everything up and give the lock to write.

    Raises:
        UsageError: the folder is not usable.

    """
    repository = open_repository(request.folder)
    scan = _scan(repository, request)
    judgements = _Door(request).judge(scan, request.policy)
    return make_lock(judgements, request.policy)


def _scan(repository: Repository, request: Request) -> Scan:
    return scan_files(
        tracked_files(repository, everything=request.everything),
        DiskReader(repository.root),
        request.rules,
        request.excludes,
        request.jobs,
    )


def _judge(
    scan: Scan, lock: Lock | None, policy: Policy, door: _Door
) -> tuple[dict[str, Judgement], list[CheckFinding]]:
    """Judgements of everything referenced, and all findings before anything suppresses them."""
    request = door.request
    references = scan.references
    extra: list[CheckFinding] = []
    if request.locked and lock is not None:
        wanted = _hub_keys(scan)
        referenced = by_key(references)
        judgements = {k: j for k, j in lock.by_key.items() if k in referenced}
        extra += unlocked_findings(references, wanted, lock, policy.sha256)
    else:
        judgements = door.judge(scan, policy)
        if lock is not None:
            extra += lock_findings(references, judgements, lock)
    found = findings_at_lines(references, judgements, policy.name, request.as_of)
    if not request.allow_unreadable:
        found += problem_findings(scan.problems)
    return judgements, found + extra


def _hub_keys(scan: Scan) -> list[str]:
    return [key for key, group in by_key(scan.references).items() if group[0].place.value == "hub"]


def _suppressed(
    found: list[CheckFinding], scan: Scan, request: Request, accepted: frozenset[str]
) -> list[CheckFinding]:
    return with_baseline(with_ignores(found, scan.ignores), accepted)


def _compared(
    found: list[CheckFinding], share: Share, base: Base, door: _Door
) -> tuple[list[CheckFinding], Comparison]:
    """Findings with those of the merge base suppressed, and the comparison in numbers."""
    request = door.request
    old_policy = policy_at(base, request.policy_name)
    policy = old_policy or request.policy
    scan = scan_base(base, request.rules, request.excludes)
    lock = _lock_of(base.read(LOCK_NAME), required=False)
    if request.locked and lock is None:
        lock = Lock(1, policy.sha256, policy.name)
    judgements, before = _judge(scan, lock, policy, door)
    before = _suppressed(before, scan, request, _accepted(base.read(BASELINE_NAME)))
    after = against_base(found, before)
    present = {f.fingerprint for f in found}
    return after, Comparison(
        base=base.commit,
        before=share_of(judgements),
        after=share,
        new=sum(f.counts for f in after),
        gone=len({f.fingerprint for f in before if f.counts} - present),
        policy_changed=old_policy is None or old_policy.sha256 != request.policy.sha256,
    )


def _read(repository: Repository, name: str) -> bytes | None:
    path = repository.root / name
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from None


def _lock_of(data: bytes | None, required: bool) -> Lock | None:
    if data is not None:
        return read_lock(data, LOCK_NAME)
    if required:
        raise UsageError(f"there is no {LOCK_NAME} here: run `provenance lock` and commit the file")
    return None


def _accepted(data: bytes | None) -> frozenset[str]:
    return frozenset() if data is None else frozenset(read_baseline(data, BASELINE_NAME).findings)


def unaccepted(result: CheckResult) -> CheckResult:
    """The result as if there were no baseline, to write one."""
    return replace(
        result,
        findings=tuple(
            replace(f, suppressed=Suppression.NO, reason="")
            if f.suppressed is Suppression.BASELINE
            else f
            for f in result.findings
        ),
    )
