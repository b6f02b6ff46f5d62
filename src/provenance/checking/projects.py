"""Several projects in one repository: settings of each folder, one run, one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from provenance.checking.codes import rules_of
from provenance.checking.judging import ordered
from provenance.checking.references.rules_files import load_rules
from provenance.checking.run import Request
from provenance.checking.settings import read_settings
from provenance.errors import UsageError
from provenance.policy import load_policy
from provenance.report.checked import CheckResult, Comparison, ScanCounts, SetCounts
from provenance.report.finding import Verdict

_WORST = (Verdict.FAIL, Verdict.INCOMPLETE, Verdict.PASS)


def projects_of(request: Request) -> tuple[str, ...]:
    """Folders that the settings name, from the folder that is checked.

    Raises:
        UsageError: one of them is not there, or not below the folder.

    """
    projects = []
    for name in request.settings.projects:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise UsageError(f"pyproject.toml: projects: {name!r} is no folder below this one")
        if not (request.folder / name).is_dir():
            raise UsageError(f"pyproject.toml: projects: there is no folder {name!r}")
        projects.append(path.as_posix())
    return tuple(dict.fromkeys(projects))


def project_request(request: Request, name: str) -> Request:
    """What to check in one project: its own settings and policy, the flags of the whole.

    Raises:
        UsageError: its settings or rules are not usable.
        PolicyError: its policy is invalid.

    """
    folder = request.folder / name
    settings = read_settings(folder)
    if settings.projects:
        raise UsageError(f"{name}/pyproject.toml: projects have no projects of their own")
    configured = folder / settings.rules if settings.rules else None
    return replace(
        request,
        folder=folder,
        settings=settings,
        policy=load_policy(request.policy_name, folder),
        rules=request.rules if request.rules_file else load_rules(configured),
    )


def merged(results: Sequence[CheckResult]) -> CheckResult:
    """One report of several: everything of each, the worst verdict, numbers added up.

    A set that several projects use counts in each of them.
    """
    first = results[0]
    findings = ordered(f for r in results for f in r.findings)
    targets = {t.key: t for r in results for t in r.targets}
    names = list(dict.fromkeys(r.policy.name for r in results))
    return replace(
        first,
        policy=replace(first.policy, name=", ".join(names)),
        source=next((r.source for r in results if r.source.name != "none"), first.source),
        verdict=next(v for v in _WORST if any(r.verdict is v for r in results)),
        counts=ScanCounts(
            *(sum(getattr(r.counts, n) for r in results) for n in ScanCounts.__dataclass_fields__)
        ),
        share=_share([r.share for r in results]),
        targets=tuple(targets[key] for key in sorted(targets)),
        references=tuple(sorted((x for r in results for x in r.references), key=lambda x: x.order)),
        findings=findings,
        notes=tuple(sorted(n for r in results for n in r.notes)),
        problems=tuple(sorted(p for r in results for p in r.problems)),
        comparison=_comparison([r.comparison for r in results if r.comparison is not None]),
        loosened=tuple(sorted({x for r in results for x in r.loosened})),
        nothing_to_check=all(r.nothing_to_check for r in results),
        rules=rules_of(findings),
    )


def _share(shares: Sequence[SetCounts]) -> SetCounts:
    return SetCounts(*(sum(getattr(s, n) for s in shares) for n in SetCounts.__dataclass_fields__))


def _comparison(comparisons: Sequence[Comparison]) -> Comparison | None:
    if not comparisons:
        return None
    return replace(
        comparisons[0],
        before=_share([c.before for c in comparisons]),
        after=_share([c.after for c in comparisons]),
        new=sum(c.new for c in comparisons),
        gone=sum(c.gone for c in comparisons),
        policy_changed=any(c.policy_changed for c in comparisons),
        judged_by=", ".join(dict.fromkeys(c.judged_by for c in comparisons)),
        added=tuple(sorted({k for c in comparisons for k in c.added})),
        added_lacking=tuple(sorted({k for c in comparisons for k in c.added_lacking})),
        added_not_examined=tuple(sorted({k for c in comparisons for k in c.added_not_examined})),
        removed=tuple(sorted({k for c in comparisons for k in c.removed})),
        gone_targets=tuple(sorted({k for c in comparisons for k in c.gone_targets})),
    )
