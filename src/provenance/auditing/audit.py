"""The main job: from subjects to reports. No network of its own; the source is given."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version

from provenance.auditing.digested import catalog_of
from provenance.auditing.examine import Examined, Examiner
from provenance.auditing.faults import FailingSource, fault
from provenance.auditing.lineage import lineage_of
from provenance.auditing.measure import coverage_of
from provenance.auditing.mixture import published_mixtures
from provenance.auditing.output_terms import with_output_terms
from provenance.auditing.sets import notes_of, training_sets, unknown_bases
from provenance.auditing.walk import (
    DEFAULT_BOUNDS,
    Bounds,
    Progress,
    set_id,
    walk,
    with_renames_joined,
    with_sizes,
)
from provenance.catalog import Catalog
from provenance.hub.interface import CardSource, digest_of
from provenance.policy import Evaluation, Policy, clarify, clarify_personal_data, judge
from provenance.policy.accepting import licensed_separately
from provenance.policy.evaluation import policy_info
from provenance.policy.rules.items import set_key
from provenance.privacy import read_transparency
from provenance.refs import RepoKind, RepoRef
from provenance.report.facts import EarlierLicense, Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseConclusion, LicenseState, Standing
from provenance.report.report import (
    SCHEMA_VERSION,
    Note,
    Report,
    Source,
    Stats,
    SubjectInfo,
    Tool,
)
from provenance.report.training import PersonalData, PossibleSet, Signal, TrainingSet


@dataclass(frozen=True, slots=True)
class Judging:
    """How facts are held against the policy; see :func:`provenance.policy.evaluate`."""

    fail_on: Severity = Severity.ERROR
    exceptions: bool = True
    waived_on: datetime.date | None = None
    """The day that acceptances must still hold on, where it is later than that of the audit."""


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
    catalog = catalog_of(source)
    on = max(as_of, judging.waived_on or as_of).isoformat()
    found = [
        _surely(ref, source, policy, on, as_of, bounds, earlier, catalog, progress)
        for ref in subjects
    ]
    evaluations = judge(
        [facts for facts, _ in found],
        policy,
        fail_on=judging.fail_on,
        exceptions=judging.exceptions,
        waived_on=on,
    )
    return tuple(
        _report(facts, evaluation, policy, source, stats)
        for (facts, stats), evaluation in zip(found, evaluations, strict=True)
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


def _surely(
    ref: RepoRef,
    source: CardSource,
    policy: Policy,
    on: str,
    as_of: datetime.date,
    bounds: Bounds,
    earlier: tuple[EarlierLicense, ...],
    catalog: Catalog,
    progress: Progress | None,
) -> tuple[Facts, Stats]:
    """What is established of a subject: nothing, when this program fails on it."""
    rest = (policy, on, as_of, bounds, earlier, catalog, progress)
    try:
        return _established(ref, source, *rest)
    except Exception as error:  # noqa: BLE001  one subject never ends the audit of the others
        return _established(ref, FailingSource(source, fault(error)), *rest)


def _established(
    ref: RepoRef,
    source: CardSource,
    policy: Policy,
    on: str,
    as_of: datetime.date,
    bounds: Bounds,
    earlier: tuple[EarlierLicense, ...],
    catalog: Catalog,
    progress: Progress | None,
) -> tuple[Facts, Stats]:
    """Facts about one subject, with the policy's corrections, and what they cost."""
    started = time.monotonic()
    requests, cached = source.requests, source.cached
    examiner = Examiner(source, catalog, _ByPolicy(policy, on))
    held = partial(_held, policy, on)
    facts = gather(ref, source, catalog, examiner, as_of, bounds, progress, held)
    sent = source.requests - requests
    elapsed = round(time.monotonic() - started, 3) if sent else None
    return replace(facts, earlier=earlier), Stats(sent, source.cached - cached, elapsed)


def _held(policy: Policy, on: str, item: TrainingSet) -> str | None:
    """Words on the license that the organisation holds for a set by itself, if it does."""
    found = licensed_separately(policy, item, on)
    if found is None:
        return None
    under = f" under {found.accepts.license}" if found.accepts.license else ""
    return f"licensed separately{under}, says {found.owner}, until {found.expires}"


def _report(
    facts: Facts, evaluation: Evaluation, policy: Policy, source: CardSource, stats: Stats
) -> Report:
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("provenance", version("provenance-audit")),
        as_of=facts.as_of,
        source=Source(source.name, source.date, digest_of(source) is not None),
        subject=facts.subject,
        policy=policy_info(policy, facts),
        verdict=evaluation.verdict,
        undeclared=facts.undeclared,
        license=facts.license,
        coverage=facts.coverage,
        training_sets=facts.training_sets,
        evaluation_sets=facts.evaluation_sets,
        possible_sets=facts.possible_sets,
        lineage=facts.lineage,
        findings=evaluation.findings,
        notes=facts.notes,
        stats=stats,
        citations=facts.citations,
    )


def _not_held(_item: TrainingSet) -> None:
    return None


def gather(
    ref: RepoRef,
    source: CardSource,
    catalog: Catalog,
    examiner: Examiner,
    as_of: datetime.date,
    bounds: Bounds = DEFAULT_BOUNDS,
    progress: Progress | None = None,
    held: Callable[[TrainingSet], str | None] = _not_held,
) -> Facts:
    """Everything that can be established about one subject, before any policy.

    ``held`` says in words what license the organisation holds for a set by itself: such a set does
    not count as lacking, and a note says so. What its publisher states stays as it is.
    """
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
    sets, made = with_output_terms(sets)
    counted, notes = _counted(sets, held)
    return Facts(
        as_of=as_of.isoformat(),
        subject=SubjectInfo(
            ref.kind.value, root.id, root.revision, root.status, root.local, root.digest
        ),
        undeclared=_undeclared(root),
        license=root.license,
        coverage=coverage_of(counted, mixtures, unknown_bases(walked)),
        training_sets=sets,
        evaluation_sets=root.declaration.evaluation if root.declaration else (),
        lineage=lineage_of(walked, sets, catalog),
        notes=(*notes_of(walked, mixtures), *made, *notes),
        transparency=_transparency(root),
        citations=root.citations,
        possible_sets=_possible(root),
        bases_in_dispute=tuple(
            (b.id or b.name, b.evidence)
            for b in (root.declaration.bases_in_dispute if root.declaration else ())
        ),
        card_unread=_card_unread(root),
    )


def _counted(
    sets: tuple[TrainingSet, ...], held: Callable[[TrainingSet], str | None]
) -> tuple[tuple[TrainingSet, ...], tuple[Note, ...]]:
    """The sets as coverage counts them, and a note for each that is counted as licensed."""
    counted, notes = [], []
    for item in sets:
        open_ = item.inherited is not Standing.NOT_LACKING
        words = held(item) if open_ else None
        if words is None:
            counted.append(item)
            continue
        license_held = replace(item.license, state=LicenseState.EXPLICIT, cause=None)
        counted.append(
            replace(
                item,
                license=license_held,
                inherited_lacking=False,
                inherited_not_examined=False,
            )
        )
        says = f"{item.name} counts as licensed: {words}; its publisher states no explicit license"
        notes.append(Note(says, set_key(item)))
    return tuple(counted), tuple(notes)


def _card_unread(root: Examined) -> str | None:
    """Why the subject's own words are not known although there is a repository."""
    if root.digest:
        return "the source holds a digest of facts about it, not its card"
    if root.card is None:
        return None
    return next((p.message for p in root.card.problems if "front matter" in p.message), None)


def _transparency(root: Examined) -> tuple[Signal, ...]:
    """What a model's own card says for the AI Act's rules; nothing when it was not read."""
    if root.card is None or root.asked.kind is not RepoKind.MODEL:
        return ()
    return read_transparency(root.card, root.repository.files if root.repository else None)


def _possible(root: Examined) -> tuple[PossibleSet, ...]:
    """What the subject's card may name as training data, surest first."""
    found = root.declaration.possible if root.declaration else ()
    sets = [PossibleSet(s.name, s.id, s.confidence, s.declared_in, s.evidence) for s in found]
    return tuple(sorted(sets, key=lambda s: -s.confidence))


def _undeclared(root: Examined) -> bool:
    """Whether a model that was read names no training data. A dataset is its own data."""
    if root.asked.kind is RepoKind.DATASET or root.declaration is None:
        return False
    return root.declaration.undeclared
