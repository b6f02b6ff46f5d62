"""The main job: from subjects to reports. No network of its own; the source is given."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import TypeVar

from provenance.auditing.digested import catalog_of
from provenance.auditing.examine import Examiner, Extent
from provenance.auditing.examined import Examined, ExaminedDataset, ExaminedModel, declaration_of
from provenance.auditing.faults import SubjectFailure
from provenance.auditing.lineage import lineage_of
from provenance.auditing.measure import coverage_of
from provenance.auditing.mixture import Mixture, published_mixtures
from provenance.auditing.output_terms import taught, with_output_terms
from provenance.auditing.sets import notes_of, training_sets, unknown_bases
from provenance.auditing.walk import (
    DEFAULT_BOUNDS,
    Bounds,
    Walk,
    WalkProgress,
    set_id,
    walk_all,
    with_renames_joined,
    with_sizes,
    without_size,
)
from provenance.catalog import Catalog
from provenance.discovery import Declaration
from provenance.frozen import frozen
from provenance.hub.interface import CardSource
from provenance.hub.memoized import MemoizedSource
from provenance.policy import Clarifications, Policy, judge
from provenance.policy.accepting import licensed_separately
from provenance.policy.evaluation import report_of
from provenance.privacy import read_transparency
from provenance.refs import RepoRef
from provenance.report.facts import EarlierLicense, Facts
from provenance.report.finding import Severity
from provenance.report.license import LicenseState, Standing
from provenance.report.report import (
    Note,
    Report,
    Source,
    Stats,
    SubjectInfo,
)
from provenance.report.training import PossibleSet, Signal, TrainingSet

_T = TypeVar("_T")
_U = TypeVar("_U")


@frozen
class EvaluationOptions:
    """How facts are held against the policy; see :func:`provenance.policy.evaluate`."""

    fail_on: Severity = Severity.ERROR
    exceptions: bool = True
    waived_on: datetime.date | None = None
    """The day that acceptances must still hold on, where it is later than that of the audit."""


AS_WRITTEN = EvaluationOptions()
_NOTHING_DECLARED = Declaration((), (), (), ())
"""Of a dataset, and of a model that was not read."""


def audit_refs(
    subjects: Iterable[RepoRef],
    source: CardSource,
    policy: Policy,
    *,
    as_of: datetime.date,
    bounds: Bounds = DEFAULT_BOUNDS,
    judging: EvaluationOptions = AS_WRITTEN,
    earlier: tuple[EarlierLicense, ...] = (),
    progress: WalkProgress | None = None,
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
    on = max(as_of, judging.waived_on or as_of)
    started = time.monotonic()
    requests, cached = source.requests, source.cached
    asked = MemoizedSource(source)
    gathered = gather_all(
        tuple(subjects),
        Examiner(asked, catalog, Clarifications.of(policy, on)),
        catalog,
        as_of,
        bounds,
        progress,
        partial(_held, policy, on),
    )
    sent = source.requests - requests
    elapsed = round(time.monotonic() - started, 3) if sent else None
    costs = chain([Stats(sent, source.cached - cached, elapsed)], repeat(Stats(0, 0, None)))
    evaluations = judge(
        [replace(facts, earlier=earlier) for facts in gathered],
        policy,
        fail_on=judging.fail_on,
        exceptions=judging.exceptions,
        waived_on=on,
    )
    named = Source(source.name, source.date, source.digest is not None)
    return tuple(
        report_of(facts, evaluation, policy, named, cost)
        for facts, evaluation, cost in zip(gathered, evaluations, costs, strict=False)
    )


def _held(policy: Policy, on: datetime.date, item: TrainingSet) -> str | None:
    """Words on the license that the organisation holds for a set by itself, if it does."""
    separate = licensed_separately(policy, item, on)
    if separate is None:
        return None
    under = f" under {separate.accepts.license}" if separate.accepts.license else ""
    return f"licensed separately{under}, says {separate.owner}, until {separate.expires}"


def _not_held(_item: TrainingSet) -> None:
    return None


def gather_all(
    refs: Sequence[RepoRef],
    examiner: Examiner,
    catalog: Catalog,
    as_of: datetime.date,
    bounds: Bounds = DEFAULT_BOUNDS,
    progress: WalkProgress | None = None,
    held: Callable[[TrainingSet], str | None] = _not_held,
) -> list[Facts]:
    """Everything that can be established about each subject, before any policy.

    All subjects are walked together, so that each repository is examined once. Of a subject that
    this program fails on nothing is established.

    ``held`` says in words what license the organisation holds for a set by itself: such a set does
    not count as lacking, and a note says so. What its publisher states stays as it is.
    """
    with ThreadPoolExecutor(max_workers=bounds.jobs) as pool:
        roots = list(pool.map(partial(examiner.examine, extent=Extent.SUBJECT), refs))
        walks = walk_all(roots, examiner, catalog, bounds, progress)
        weighed = _each(partial(_weighed, catalog), walks)
        unsized = {
            id(unsized): unsized
            for seen in weighed
            if isinstance(seen, _Weighed)
            for unsized in seen.unsized
        }
        sized = dict(zip(unsized, pool.map(examiner.with_hub_size, unsized.values()), strict=True))
    facts = partial(_facts, catalog=catalog, examiner=examiner, as_of=as_of, held=held)
    gathered = _each(lambda seen: facts(seen.with_sizes(sized)), weighed)
    return [
        _nothing(ref, examiner, catalog, as_of, held, outcome)
        if isinstance(outcome, SubjectFailure)
        else outcome
        for ref, outcome in zip(refs, gathered, strict=True)
    ]


def _each(
    make: Callable[[_T], _U], given: Iterable[_T | SubjectFailure]
) -> list[_U | SubjectFailure]:
    """What is made of each; a fault stands where one was given or came up."""
    made: list[_U | SubjectFailure] = []
    for item in given:
        try:
            made.append(item if isinstance(item, SubjectFailure) else make(item))
        except Exception as error:  # noqa: BLE001  one subject never ends the audit of the others
            made.append(SubjectFailure.of(error))
    return made


def _nothing(
    ref: RepoRef,
    examiner: Examiner,
    catalog: Catalog,
    as_of: datetime.date,
    held: Callable[[TrainingSet], str | None],
    failure: SubjectFailure,
) -> Facts:
    """The facts about a subject that this program failed on."""
    root = examiner.failed(ref, failure)
    walked = Walk(root, {root.asked.path: root, root.path: root}, ())
    return _facts(_weighed(catalog, walked), catalog, examiner, as_of, held)


@frozen
class _Weighed:
    """A finished walk, the mixtures that the subject publishes, and sets without a size."""

    walked: Walk
    mixtures: tuple[Mixture, ...]
    unsized: tuple[ExaminedDataset, ...]

    def with_sizes(self, sized: Mapping[int, ExaminedDataset]) -> _Weighed:
        """With the sizes that the Hub states, by the identity of what had none."""
        walked = with_sizes(self.walked, [sized[id(unsized)] for unsized in self.unsized])
        return replace(self, walked=walked, unsized=())


def _weighed(catalog: Catalog, walk: Walk) -> _Weighed:
    walked = with_renames_joined(walk, catalog)
    declared = declaration_of(walked.root) or _NOTHING_DECLARED
    mixtures = published_mixtures(declared.sets, declared.totals)
    weighed = {index for mixture in mixtures for index in mixture.sets}
    ids = [set_id(s, catalog) for i, s in enumerate(declared.sets) if i not in weighed]
    unsized = without_size(walked, [i for i in ids if i is not None])
    return _Weighed(walked, mixtures, tuple(unsized))


def _facts(
    seen: _Weighed,
    catalog: Catalog,
    examiner: Examiner,
    as_of: datetime.date,
    held: Callable[[TrainingSet], str | None],
) -> Facts:
    walked, mixtures = seen.walked, seen.mixtures
    root = walked.root
    ref = root.asked
    declared = declaration_of(root) or _NOTHING_DECLARED
    sets = training_sets(walked, catalog, mixtures, examiner.clarifications)
    sets, made = with_output_terms(walked, sets)
    license_, lessons = taught(walked)
    counted, notes = _counted(sets, held)
    return Facts(
        as_of=as_of,
        subject=SubjectInfo(
            ref.kind.value, root.id, root.revision, root.status, root.local, root.digest
        ),
        undeclared=_undeclared(root),
        license=license_,
        coverage=coverage_of(
            counted, mixtures, unknown_bases(walked), truncated=declared.truncated
        ),
        training_sets=sets,
        evaluation_sets=declared.evaluation,
        lineage=lineage_of(walked, sets, catalog),
        notes=(*notes_of(walked, mixtures), *made, *lessons, *notes),
        transparency=_transparency(root),
        citations=root.citations,
        possible_sets=_possible(declared),
        bases_in_dispute=tuple((b.id or b.name, b.evidence) for b in declared.bases_in_dispute),
        disputed_data=declared.disputed_data,
        card_unread=_card_unread(root),
        hub=examiner.hub,
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
        notes.append(Note(says, item.key))
    return tuple(counted), tuple(notes)


def _card_unread(root: Examined) -> str | None:
    """Why the subject's own words are not known although there is a repository."""
    if root.digest:
        return "the source holds a digest of facts about it, not its card"
    if root.card is None:
        return None
    declaration = declaration_of(root)
    if declaration is not None and declaration.truncated:
        return "it is longer than what is read of it"
    return root.card.unread_front_matter


def _transparency(root: Examined) -> tuple[Signal, ...]:
    """What a model's own card says for the AI Act's rules; nothing when it was not read."""
    if root.card is None or not isinstance(root, ExaminedModel):
        return ()
    return read_transparency(root.card, root.repository.files if root.repository else None)


def _possible(declared: Declaration) -> tuple[PossibleSet, ...]:
    """What the subject's card may name as training data, surest first."""
    sets = [
        PossibleSet(s.name, s.id, s.confidence, s.declared_in, s.evidence, s.decided)
        for s in declared.possible
    ]
    return tuple(sorted(sets, key=lambda s: -s.confidence))


def _undeclared(root: Examined) -> bool:
    """Whether a model that was read names no training data. A dataset is its own data."""
    declaration = declaration_of(root)
    return declaration is not None and declaration.undeclared
