"""From references to judgements: every referenced repository is audited once."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping

from provenance.auditing.audit import EvaluationOptions, audit_refs
from provenance.auditing.walk import Bounds, WalkProgress
from provenance.catalog import load_catalog
from provenance.checking.references.roles import STRONG
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.hub.interface import Absent
from provenance.hub.memoized import MemoizedSource
from provenance.policy import Policy
from provenance.policy.terms import decide_expression
from provenance.refs import RepoKind, RepoRef, parse_repo
from provenance.report.checked import Reference, ReferenceKind, Registry, SetCounts, UsedFor
from provenance.report.finding import Finding, Verdict
from provenance.report.license import LicenseConclusion, Standing
from provenance.report.report import Report
from provenance.vocabulary.keys import dataset_key
from provenance.vocabulary.statuses import Status

_OF_THE_POLICY = "POL"
"""Codes about the policy file: said once, not at every reference."""


@frozen
class KnownSet:
    """A training set behind a reference, for counting."""

    key: str
    lacking: bool
    state: str = ""
    concluded: str = ""
    role: str = ""
    not_examined: bool = False


@frozen
class Judgement:
    """What was concluded on one referenced repository; a lock file holds just this."""

    key: str
    kind: ReferenceKind
    id: str
    revision: str | None
    card: str | None
    """SHA-256 of the card; ``None`` when there is none."""
    status: Status
    state: str
    concluded: str
    branch: str | None
    """The branch the policy takes where the license offers a choice."""
    verdict: Verdict
    undeclared: bool
    sets: tuple[KnownSet, ...]
    findings: tuple[Finding, ...]

    @property
    def found(self) -> bool:
        """Whether the repository could be read."""
        return self.status is Status.FOUND


@frozen
class ReferenceJudge:
    """Everything needed to judge a reference."""

    source: MemoizedSource
    policy: Policy
    as_of: datetime.date
    bounds: Bounds
    waived_on: datetime.date | None = None
    """Today: a date in the past revives no exception that has expired since."""
    progress: WalkProgress | None = None

    def judge(self, references: Iterable[Reference]) -> dict[str, Judgement]:
        """Judge what is referenced, by key; places without cards are left out."""
        wanted = sorted(subjects(references).items())
        reports = audit_refs(
            [ref for _, ref in wanted],
            self.source,
            self.policy,
            as_of=self.as_of,
            bounds=self.bounds,
            judging=EvaluationOptions(waived_on=self.waived_on),
            progress=self.progress,
        )
        return {
            key: judgement_of(key, report, self._card(ref), self.policy)
            for (key, ref), report in zip(wanted, reports, strict=True)
        }

    def _card(self, ref: RepoRef) -> str | None:
        answer = self.source.fetch(ref)
        if isinstance(answer, Absent) or answer.readme is None:
            return None
        return hashlib.sha256(answer.readme).hexdigest()


def by_key(references: Iterable[Reference]) -> dict[str, tuple[Reference, ...]]:
    """References by what they name, sorted; data used for evaluation only is left out.

    One reference for another use than evaluation counts the others to the same thing in.
    """
    grouped: dict[str, list[Reference]] = {}
    for reference in references:
        grouped.setdefault(reference.key, []).append(reference)
    return {
        key: tuple(sorted(group, key=lambda r: r.order))
        for key, group in sorted(grouped.items())
        if group[0].kind is not ReferenceKind.API and not evaluation_only(group)
    }


def evaluation_only(references: Iterable[Reference]) -> bool:
    """Whether a data set is used for evaluation only: listed, never counted.

    The name of a file is not enough to say so: anybody can choose it.
    """
    return all(
        r.kind is ReferenceKind.DATASET and r.role is UsedFor.EVALUATION and r.role_by in STRONG
        for r in references
    )


def subjects(references: Iterable[Reference]) -> dict[str, RepoRef]:
    """The repository behind each key; names of other places through the catalogue."""
    refs: dict[str, RepoRef] = {}
    for key, group in by_key(references).items():
        reference = group[0]
        kind = RepoKind(reference.kind.value)
        if reference.place is Registry.HUB:
            refs[key] = _repo(kind, reference)
            continue
        hub_id = load_catalog().known(reference.id)
        if hub_id is not None:
            refs[key] = RepoRef(kind, hub_id)
    return refs


def _repo(kind: RepoKind, reference: Reference) -> RepoRef:
    """The reference as a subject; a revision that cannot be one is left out."""
    at = f"@{reference.revision}" if reference.revision else ""
    try:
        return parse_repo(f"{kind.folder}/{reference.id}{at}")
    except UsageError:
        return RepoRef(kind, reference.id)


def judgement_of(key: str, report: Report, card: str | None, policy: Policy) -> Judgement:
    """What the gate keeps of a report."""
    kind = ReferenceKind(report.subject.kind)
    own_sets = tuple(s for s in report.training_sets if not s.via)
    if kind is ReferenceKind.DATASET:
        role = own_sets[0].role.value if own_sets else ""
        sets: tuple[KnownSet, ...] = (_known(dataset_key(report.subject.id), report.license, role),)
    else:
        sets = tuple(_known(s.key, s.license, s.role.value) for s in own_sets)
    chosen = decide_expression(
        report.license.concluded,
        policy.for_subject(report.subject.kind, report.subject.id).terms,
    ).chosen
    return Judgement(
        key=key,
        kind=kind,
        id=report.subject.id,
        revision=report.subject.revision,
        card=card,
        status=report.subject.status,
        state=report.license.state.value,
        concluded=report.license.concluded,
        branch=chosen[0] if chosen else None,
        verdict=report.verdict,
        undeclared=kind is ReferenceKind.MODEL
        and (report.undeclared or report.subject.status is not Status.FOUND),
        sets=tuple(sorted(set(sets), key=lambda s: (s.key, s.state, s.concluded, s.role))),
        findings=report.findings,
    )


def _known(key: str, conclusion: LicenseConclusion, role: str) -> KnownSet:
    return KnownSet(
        key,
        conclusion.lacks,
        conclusion.state.value,
        conclusion.concluded,
        role,
        conclusion.standing is Standing.NOT_EXAMINED,
    )


def lacking_by_set(judgements: Mapping[str, Judgement]) -> dict[str, bool]:
    """Every declared set behind all references, and whether it lacks an explicit license."""
    lacking: dict[str, bool] = {}
    for judgement in judgements.values():
        for known in judgement.sets:
            lacking[known.key] = lacking.get(known.key, False) or known.lacking
    return lacking


def unseen_by_set(judgements: Mapping[str, Judgement]) -> dict[str, bool]:
    """Every declared set behind all references, and whether none of them could examine it."""
    unseen: dict[str, bool] = {}
    for judgement in judgements.values():
        for known in judgement.sets:
            unseen[known.key] = unseen.get(known.key, True) and known.not_examined
    return unseen


def share_of(judgements: Mapping[str, Judgement]) -> SetCounts:
    """How much of the declared data behind all references lacks an explicit license.

    A set that one reference shows to lack lacks; one that no reference could examine is apart.
    """
    lacking, unseen = lacking_by_set(judgements), unseen_by_set(judgements)
    undeclared = {j.id for j in judgements.values() if j.undeclared}
    unread = {j.id for j in judgements.values() if j.undeclared and not j.found}
    return SetCounts(
        len(lacking), sum(lacking.values()), len(undeclared), sum(unseen.values()), len(unread)
    )


def about_policy(finding: Finding) -> bool:
    """Whether a finding is about the policy file, not about what was judged by it."""
    return finding.code.startswith(_OF_THE_POLICY)
