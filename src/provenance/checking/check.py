"""``provenance check``: references, judgements, and what counts, in that order."""

from __future__ import annotations

from dataclasses import replace

from provenance import __version__
from provenance.checking.base import open_base
from provenance.checking.baseline import BASELINE_NAME, read_baseline
from provenance.checking.change import judge_change
from provenance.checking.codes import rules_of
from provenance.checking.gate import share_of
from provenance.checking.judging import ordered, targets_of, verdict, with_baseline, with_ignores
from provenance.checking.lock import LOCK_NAME, Lock, make_lock
from provenance.checking.projects import merged, project_request, projects_of
from provenance.checking.references.files import open_repository
from provenance.checking.run import LazyJudge, Request, judge, lock_of, read_here, scan_tree
from provenance.report.checked import (
    CHECK_SCHEMA_VERSION,
    CheckResult,
    Comparison,
    Loosening,
    Suppression,
)
from provenance.report.report import PolicyInfo, Tool


def check_repository(request: Request) -> CheckResult:
    """Check a repository, and each project in it that its settings name, as one.

    Raises:
        UsageError: the folder, a project, the lock, the baseline or the base is not usable.
        PolicyError: the policy of a project is invalid.

    """
    projects = projects_of(request)
    results = [check_folder(request)]
    results += (_check_one(project_request(request, p)) for p in projects)
    return results[0] if len(results) == 1 else merged(results)


def check_folder(request: Request) -> CheckResult:
    """Check a folder without the projects in it, which have files of the gate of their own.

    Raises:
        UsageError: the folder, a project, the lock, the baseline or the base is not usable.

    """
    return _check_one(_without_projects(request))


def _without_projects(request: Request) -> Request:
    return replace(request, apart=tuple(f"{name}/" for name in projects_of(request)))


def _check_one(request: Request) -> CheckResult:
    repository = open_repository(request.folder)
    lazy_judge = LazyJudge(request)
    comparison: Comparison | None = None
    loosened: tuple[Loosening, ...] = ()
    policy = request.policy
    if request.diff_base is not None:
        base = open_base(repository, request.diff_base, request.apart, request.ci_target)
        change = judge_change(repository, base, lazy_judge)
        scan, judgements, fired = change.scan, change.judgements, change.findings
        comparison, loosened, policy = change.comparison, change.loosened, change.policy
    else:
        excludes = request.excludes(request.settings)
        scan = scan_tree(repository, request, request.rules, excludes)
        lock = lock_of(read_here(repository, LOCK_NAME), required=request.locked)
        judgements, fired = judge(scan, lock, policy, lazy_judge, repository.prefix + LOCK_NAME)
        data = read_here(repository, BASELINE_NAME)
        accepted = frozenset[str]()
        if data is not None:
            accepted = read_baseline(data).fingerprints
        fired = with_baseline(with_ignores(fired, scan.ignores), accepted)
    findings = ordered(fired)
    return CheckResult(
        schema_version=CHECK_SCHEMA_VERSION,
        tool=Tool("provenance", __version__),
        as_of=request.as_of,
        source=lazy_judge.info(),
        policy=PolicyInfo(policy.name, policy.sha256),
        verdict=verdict(findings, request.fail_on),
        counts=scan.counts,
        share=share_of(judgements),
        targets=targets_of(scan.references, judgements),
        references=scan.references,
        findings=findings,
        notes=scan.notes,
        problems=scan.problems,
        comparison=comparison,
        locked=request.locked,
        loosened=loosened,
        nothing_to_check=not scan.references and not findings,
        rules=rules_of(findings),
    )


def lock_repository(request: Request) -> Lock:
    """Look everything up and give the lock to write.

    Raises:
        UsageError: the folder is not usable.

    """
    repository = open_repository(request.folder)
    scan = scan_tree(
        repository, _without_projects(request), request.rules, request.excludes(request.settings)
    )
    judgements = LazyJudge(request).judge(scan, request.policy)
    return make_lock(judgements, request.policy)


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
