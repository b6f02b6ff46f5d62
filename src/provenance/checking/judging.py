"""From judgements to findings at lines, and what suppresses them. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from provenance.checking.codes import own_finding
from provenance.checking.gate import Judgement, about_policy, by_key
from provenance.checking.lock import LOCK_NAME, Lock, as_of_now, edits_of
from provenance.policy import Policy
from provenance.policy.evaluation import judge_api_model, verdict_of
from provenance.policy.rules import all_rules
from provenance.report.checked import (
    CheckFinding,
    FileProblem,
    InlineIgnore,
    Reference,
    ReferenceKind,
    Registry,
    Suppression,
    Target,
)
from provenance.report.evidence import Evidence, excerpt
from provenance.report.finding import Finding, Severity, Verdict, fingerprint
from provenance.vocabulary.statuses import Status


def findings_at_lines(
    references: Sequence[Reference],
    judgements: Mapping[str, Judgement],
    policy: Policy,
    as_of: datetime.date,
    waived_on: datetime.date | None = None,
    *,
    locked: bool = False,
) -> list[CheckFinding]:
    """Every finding of a judgement, at the places that reference what it is about.

    Args:
        references: what the search found.
        judgements: by the key of what is referenced.
        policy: what models behind an API are judged by.
        as_of: the day that waivers are held against.
        waived_on: the day that exceptions are held against.
        locked: judgements are those of a lock: what helps is another lock, not another snapshot.

    """
    findings: list[CheckFinding] = []
    for key, group in by_key(references).items():
        judgement = judgements.get(key)
        if judgement is not None:
            findings += (
                _placed(_with_remedy(as_of_now(f, as_of), judgement, locked), key, group)
                for f in judgement.findings
                if not about_policy(f)
            )
        elif group[0].place is not Registry.HUB:
            message = (
                f"{group[0].id} comes from {group[0].place.value}: it has no card, "
                "and the catalogue does not know it"
            )
            findings.append(own_finding("CHK002", message, target=key, references=group))
    findings += api_findings(references, policy, as_of, waived_on)
    return findings + _of_the_policy(judgements, policy.name, as_of)


_NOT_EXAMINED = frozenset({"LIN004", "COV002", "COV005", "LIC013"})
"""Rules that fire on a repository because it could not be read."""


def _with_remedy(finding: Finding, judgement: Judgement, locked: bool) -> Finding:
    """The finding with the remedy that fits a repository that could not be read."""
    if judgement.found or finding.code not in _NOT_EXAMINED or finding.subjects:
        return finding
    if judgement.status is Status.NOT_IN_SNAPSHOT:
        return replace(finding, help=_NOT_IN_THE_LOCK if locked else _NOT_IN_SNAPSHOT)
    return replace(finding, help=all_rules()["LIN004"].remedy)


_NOT_IN_SNAPSHOT = (
    "The snapshot does not hold it: add it there, or look it up from the Hub (without --snapshot)."
)
_NOT_IN_THE_LOCK = (
    "The lock was written where its card could not be read: run `provenance lock` where it can "
    "(with the Hub, or a snapshot that holds it) and commit the file."
)


def api_findings(
    references: Iterable[Reference],
    policy: Policy,
    as_of: datetime.date,
    waived_on: datetime.date | None = None,
) -> list[CheckFinding]:
    """What the policy says of each model behind an API, at its places."""
    groups: dict[str, list[Reference]] = {}
    for reference in references:
        if reference.kind is ReferenceKind.API:
            groups.setdefault(reference.key, []).append(reference)
    findings = []
    for key, group in sorted(groups.items()):
        places = tuple(sorted(group, key=lambda r: r.order))
        for finding in judge_api_model(group[0].id, policy, as_of, waived_on):
            first = places[0]
            shown = Evidence(".", None, first.file, first.line, None, excerpt(finding.message))
            findings.append(_placed(replace(finding, evidence=(shown,)), key, places))
    return findings


def _placed(finding: Finding, key: str, group: tuple[Reference, ...]) -> CheckFinding:
    first = group[0]
    waived = finding.waiver
    return CheckFinding(
        finding=finding,
        target=key,
        references=group,
        file=first.file,
        line=first.line,
        column=first.column,
        fingerprint=fingerprint(finding.code, key, finding.fingerprint),
        suppressed=Suppression.NO if waived is None else Suppression.WAIVED,
        reason="" if waived is None else waived.comment or waived.reason,
    )


def _of_the_policy(
    judgements: Mapping[str, Judgement], policy_name: str, as_of: datetime.date
) -> list[CheckFinding]:
    """Findings about the policy file that hold for everything judged, once each."""
    by_message: dict[tuple[str, str], list[Finding]] = {}
    for judgement in judgements.values():
        for finding in judgement.findings:
            if about_policy(finding):
                by_message.setdefault((finding.code, finding.message), []).append(finding)
    findings = []
    for (code, message), same in sorted(by_message.items()):
        if len(same) == len(judgements):
            finding = as_of_now(same[0], as_of)
            line = next((e.line for e in finding.evidence if e.line), 1)
            mark = fingerprint(code, policy_name, message)
            findings.append(CheckFinding(finding, policy_name, (), policy_name, line, 1, mark))
    return findings


def problem_findings(problems: Iterable[FileProblem]) -> list[CheckFinding]:
    """One finding for each file that was not searched."""
    return [
        own_finding(
            "CHK001", f"{p.file}: {p.message}", target=p.file, file=p.file, line=p.line or 1
        )
        for p in problems
    ]


def lock_findings(
    references: Iterable[Reference], judgements: Mapping[str, Judgement], lock: Lock
) -> list[CheckFinding]:
    """What changed since the lock: licenses, data that is named, repositories that vanished."""
    findings = []
    before = lock.by_key
    for key, group in by_key(references).items():
        old, new = before.get(key), judgements.get(key)
        if old is None or new is None:
            continue
        if old.found and not new.found:
            message = f"{key} was {old.concluded} when locked and is now {new.status}"
            findings.append(own_finding("LCK002", message, target=key, references=group))
        elif new.found and (old.state, old.concluded) != (new.state, new.concluded):
            message = (
                f"{key} was {old.concluded} ({old.state}) when locked "
                f"and is now {new.concluded} ({new.state})"
            )
            findings.append(own_finding("LCK001", message, target=key, references=group))
        elif new.found and {s.key for s in old.sets} != {s.key for s in new.sets}:
            message = f"{key} names other data now than when it was locked"
            findings.append(own_finding("LCK001", message, target=key, references=group))
    return findings


def edited_findings(lock: Lock, policy: Policy, file: str) -> list[CheckFinding]:
    """What shows that the lock file is not what was written."""
    return [
        own_finding("LCK005", f"the lock file was edited: {what}", target=LOCK_NAME, file=file)
        for what in edits_of(lock, policy)
    ]


def unlocked_findings(
    references: Iterable[Reference], keys: Iterable[str], lock: Lock, policy_sha256: str
) -> list[CheckFinding]:
    """What a check without a network cannot answer from the lock."""
    findings = []
    groups = by_key(references)
    for key in sorted(set(keys) - set(lock.by_key)):
        message = f"{key} is not in the lock file"
        findings.append(own_finding("LCK003", message, target=key, references=groups[key]))
    if lock.policy != policy_sha256:
        message = f"the lock file was written under another policy ({lock.policy_name})"
        findings.append(
            own_finding("LCK004", message, target="provenance.lock", file="provenance.lock")
        )
    return findings


def with_ignores(
    findings: Iterable[CheckFinding], ignores: Iterable[InlineIgnore]
) -> list[CheckFinding]:
    """Apply inline ignores; those without a reason or of nothing are findings themselves."""
    good: dict[tuple[str, int, str], InlineIgnore] = {}
    extra: list[CheckFinding] = []
    every = tuple(ignores)
    for ignore in every:
        if not ignore.codes or not ignore.reason:
            what = "no code" if not ignore.codes else "no reason"
            extra.append(
                own_finding(
                    "CHK003",
                    f"{ignore.file}: an ignore comment gives {what}",
                    target=ignore.file,
                    file=ignore.file,
                    line=ignore.at,
                )
            )
            continue
        for code in ignore.codes:
            good[ignore.file, ignore.line, code] = ignore
    used: set[tuple[str, int, str]] = set()
    kept = [_ignored(finding, good, used) for finding in findings]
    for place in sorted(set(good) - used):
        file, _, code = place
        extra.append(
            own_finding(
                "CHK004",
                f"{file}: an ignore comment for {code} matches no finding",
                target=file,
                file=file,
                line=good[place].at,
            )
        )
    return kept + extra


def _ignored(
    finding: CheckFinding,
    good: Mapping[tuple[str, int, str], InlineIgnore],
    used: set[tuple[str, int, str]],
) -> CheckFinding:
    """The finding at the places that no comment ignores; suppressed when none is left."""
    code = finding.finding.code
    if not finding.references:
        return finding
    places = [(r.file, r.line, code) for r in finding.references]
    used |= {p for p in places if p in good}
    left = [r for r, p in zip(finding.references, places, strict=True) if p not in good]
    if not left:
        if finding.suppressed is not Suppression.NO:
            return finding
        reason = good[places[0]].reason
        return replace(finding, suppressed=Suppression.IGNORED, reason=reason)
    first = left[0]
    return replace(
        finding, references=tuple(left), file=first.file, line=first.line, column=first.column
    )


def with_baseline(findings: Iterable[CheckFinding], accepted: frozenset[str]) -> list[CheckFinding]:
    """Suppress what the baseline holds."""
    return [
        replace(f, suppressed=Suppression.BASELINE, reason="in the baseline")
        if f.counts and not accepted.isdisjoint(_known_as(f))
        else f
        for f in findings
    ]


def _known_as(fired: CheckFinding) -> tuple[str, ...]:
    """Its fingerprint; of a pinned repository also the one it had before the pin."""
    name, at, _ = fired.target.partition("@")
    inner = fired.finding
    return (
        fired.fingerprint,
        *((fingerprint(inner.code, name, inner.fingerprint),) if at else ()),
    )


def against_base(
    findings: Iterable[CheckFinding],
    before: Iterable[CheckFinding],
    changed: Collection[str] = (),
) -> list[CheckFinding]:
    """Suppress what was there, just as grave, at the merge base.

    Not that one of the ``changed`` files cannot be searched: nobody knows what the change put in.
    """
    ranks = {f.fingerprint: f.finding.severity.rank for f in before if f.counts}
    return [
        replace(f, suppressed=Suppression.BEFORE, reason="there before this change")
        if f.counts
        and min(ranks.get(mark, 99) for mark in _known_as(f)) <= f.finding.severity.rank
        and not (f.finding.code == "CHK001" and f.file in changed)
        else f
        for f in findings
    ]


def ordered(findings: Iterable[CheckFinding]) -> tuple[CheckFinding, ...]:
    """Most severe first, then by place; what does not count last."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                not f.counts, f.finding.severity.rank, f.file, f.line, f.finding.code, f.target,
                f.fingerprint,
            ),
        )
    )  # fmt: skip


def verdict(findings: Iterable[CheckFinding], fail_on: Severity = Severity.ERROR) -> Verdict:
    """The gate's answer: fail before incomplete before pass."""
    return verdict_of((replace(f.finding, waiver=None) for f in findings if f.counts), fail_on)


def targets_of(
    references: Iterable[Reference], judgements: Mapping[str, Judgement]
) -> tuple[Target, ...]:
    """One row for each thing that is referenced, sorted by key."""
    groups: dict[str, list[Reference]] = {}
    for reference in references:
        groups.setdefault(reference.key, []).append(reference)
    rows = []
    for key, group in sorted(groups.items()):
        judged = judgements.get(key)
        first = group[0]
        rows.append(
            Target(
                key=key,
                kind=first.kind,
                id=first.id if judged is None else judged.id,
                revision=first.revision if judged is None else judged.revision,
                status=Status.NOT_AUDITED if judged is None else judged.status,
                verdict=Verdict.INCOMPLETE if judged is None else judged.verdict,
                license_state="" if judged is None else judged.state,
                concluded="" if judged is None else judged.concluded,
                references=len(group),
                audited=judged is not None,
            )
        )
    return tuple(rows)
