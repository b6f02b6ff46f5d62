"""The main job: from subjects to reports. No network of its own; the source is given."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version

from provenance.auditing.examine import Examined, Examiner
from provenance.auditing.measure import coverage_of
from provenance.auditing.mixture import published_mixtures
from provenance.auditing.sets import lineage_of, notes_of, training_sets, unknown_bases
from provenance.auditing.walk import (
    DEFAULT_BOUNDS,
    Bounds,
    Progress,
    set_id,
    walk,
    with_renames_joined,
    with_sizes,
)
from provenance.catalog import Catalog, load_catalog
from provenance.hub.interface import CardSource
from provenance.policy import Policy, clarify, clarify_personal_data, evaluate
from provenance.privacy import read_transparency
from provenance.refs import RepoKind, RepoRef
from provenance.report.facts import EarlierLicense, Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseConclusion
from provenance.report.report import (
    SCHEMA_VERSION,
    PolicyInfo,
    Report,
    Source,
    Stats,
    SubjectInfo,
    Tool,
)
from provenance.report.training import PersonalData, Signal


@dataclass(frozen=True, slots=True)
class Judging:
    """How facts are held against the policy; see :func:`provenance.policy.evaluate`."""

    fail_on: Severity = Severity.ERROR
    exceptions: bool = True


STRICTLY_AS_WRITTEN = Judging()


def audit_refs(
    subjects: Iterable[RepoRef],
    source: CardSource,
    policy: Policy,
    *,
    as_of: datetime.date,
    bounds: Bounds = DEFAULT_BOUNDS,
    judging: Judging = STRICTLY_AS_WRITTEN,
    earlier: tuple[EarlierLicense, ...] = (),
    progress: Progress | None = None,
) -> tuple[Report, ...]:
    """Audit each subject and return one report for each, in order.

    Args:
        subjects: repositories to audit.
        source: where cards come from; see :mod:`provenance.hub`.
        policy: what to judge the facts by.
        as_of: the date that the reports speak for; expiry of exceptions is judged by it.
        bounds: limits of the walk through base models and source datasets.
        judging: what fails, and whether exceptions waive.
        earlier: licenses concluded before, to see what was relicensed.
        progress: called as repositories are examined.

    A subject that cannot be read has a report too: its ``subject.status`` says why and its
    verdict is never ``pass``.

    """
    catalog = load_catalog()
    return tuple(
        _audit_one(ref, source, policy, as_of, bounds, judging, earlier, catalog, progress)
        for ref in subjects
    )


@dataclass(frozen=True, slots=True)
class _ByPolicy:
    """Clarifications of one policy as of one date."""

    policy: Policy
    as_of: str

    def license(
        self, found: LicenseConclusion, path: str, revision: str | None
    ) -> LicenseConclusion:
        return clarify(found, path, revision, self.policy, self.as_of)

    def personal_data(self, found: PersonalData, path: str, revision: str | None) -> PersonalData:
        return clarify_personal_data(found, path, revision, self.policy, self.as_of)


def _audit_one(
    ref: RepoRef,
    source: CardSource,
    policy: Policy,
    as_of: datetime.date,
    bounds: Bounds,
    judging: Judging,
    earlier: tuple[EarlierLicense, ...],
    catalog: Catalog,
    progress: Progress | None,
) -> Report:
    started = time.monotonic()
    requests, cached = source.requests, source.cached

    clarifier = _ByPolicy(policy, as_of.isoformat())
    facts = gather(
        ref, source, catalog, Examiner(source, catalog, clarifier), as_of, bounds, progress
    )
    facts = replace(facts, earlier=earlier)
    evaluation = evaluate(facts, policy, fail_on=judging.fail_on, exceptions=judging.exceptions)
    sent = source.requests - requests
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("provenance", version("provenance-audit")),
        as_of=facts.as_of,
        source=Source(source.name, source.date),
        subject=facts.subject,
        policy=PolicyInfo(policy.name, policy.sha256),
        verdict=evaluation.verdict,
        undeclared=facts.undeclared,
        license=facts.license,
        coverage=facts.coverage,
        training_sets=facts.training_sets,
        evaluation_sets=facts.evaluation_sets,
        lineage=facts.lineage,
        findings=evaluation.findings,
        notes=facts.notes,
        stats=Stats(
            requests=sent,
            cached=source.cached - cached,
            elapsed_s=round(time.monotonic() - started, 3) if sent else None,
        ),
        citations=facts.citations,
    )


def gather(
    ref: RepoRef,
    source: CardSource,
    catalog: Catalog,
    examiner: Examiner,
    as_of: datetime.date,
    bounds: Bounds = DEFAULT_BOUNDS,
    progress: Progress | None = None,
) -> Facts:
    """Everything that can be established about one subject, before any policy."""
    root = examiner.examine(ref, subject=True)
    walked = with_renames_joined(walk(root, examiner, catalog, bounds, progress), catalog)
    root = walked.root
    declared = root.declaration.sets if root.declaration else ()
    totals = root.declaration.totals if root.declaration else ()
    mixtures = published_mixtures(declared, totals)
    weighed = {index for mixture in mixtures for index in mixture.sets}
    unsized = [set_id(s, catalog) for i, s in enumerate(declared) if i not in weighed]
    walked = with_sizes(walked, examiner, [i for i in unsized if i is not None], bounds.jobs)
    sets = training_sets(walked, catalog, mixtures, examiner.clarifier)
    return Facts(
        as_of=as_of.isoformat(),
        subject=SubjectInfo(ref.kind.value, root.id, root.revision, root.status, local=root.local),
        undeclared=_undeclared(root),
        license=root.license,
        coverage=coverage_of(sets, mixtures, unknown_bases(walked)),
        training_sets=sets,
        evaluation_sets=root.declaration.evaluation if root.declaration else (),
        lineage=lineage_of(walked, sets, catalog),
        notes=notes_of(walked, mixtures),
        transparency=_transparency(root),
        citations=root.citations,
    )


def _transparency(root: Examined) -> tuple[Signal, ...]:
    """What a model's own card says for the AI Act's rules; nothing when it was not read."""
    if root.card is None or root.asked.kind is not RepoKind.MODEL:
        return ()
    return read_transparency(root.card, root.repository.files if root.repository else None)


def _undeclared(root: Examined) -> bool:
    """Whether a model that was read names no training data. A dataset is its own data."""
    if root.asked.kind is RepoKind.DATASET or root.declaration is None:
        return False
    return root.declaration.undeclared
