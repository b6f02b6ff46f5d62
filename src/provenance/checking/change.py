"""A change held against its base: what it adds is judged by what the base decided."""

from __future__ import annotations

from collections.abc import Iterable

from provenance.checking.base import Base, policy_at, policy_today, scan_base
from provenance.checking.baseline import BASELINE_NAME, Baseline, read_baseline
from provenance.checking.brought_in import brought_in
from provenance.checking.codes import own_finding
from provenance.checking.gate import (
    Judgement,
    by_key,
    evaluation_only,
    lacking_by_set,
    share_of,
    unseen_by_set,
)
from provenance.checking.gate_edits import bytes_of, gate_edits
from provenance.checking.judging import against_base, with_baseline, with_ignores
from provenance.checking.lock import LOCK_NAME, Lock
from provenance.checking.loosened import (
    Allowance,
    baseline_items,
    exclude_items,
    ignore_items,
    known_ignores,
    lock_items,
    loosening_findings,
    policy_items,
    read_approvals,
    refused,
    rules_items,
    settings_items,
)
from provenance.checking.loosened_policy import policy_loosenings
from provenance.checking.references.files import (
    CheckedFolder,
    changed_files,
    renamed_files,
)
from provenance.checking.references.rules import Rules
from provenance.checking.references.rules_files import rules_with
from provenance.checking.references.search import Scan
from provenance.checking.run import (
    LazyJudge,
    Request,
    judge,
    lock_of,
    read_here,
    rooted,
    scan_tree,
)
from provenance.checking.settings import SETTINGS_NAME, Settings, parse_settings
from provenance.checking.sides import Sides, inside_of
from provenance.errors import UsageError
from provenance.frozen import frozen
from provenance.policy import Policy
from provenance.report.checked import (
    CheckFinding,
    Comparison,
    InlineIgnore,
    Loosened,
    Loosening,
)


@frozen
class Change:
    """What a change was found to do."""

    scan: Scan
    judgements: dict[str, Judgement]
    findings: list[CheckFinding]
    comparison: Comparison
    loosened: tuple[Loosening, ...]
    policy: Policy
    """The one that held for what is new."""


def judge_change(repository: CheckedFolder, base: Base, lazy_judge: LazyJudge) -> Change:
    """Judge a change by its base.

    Raises:
        UsageError: the lock, the baseline or a rules file is not usable.

    """
    sides = _sides(repository, base, lazy_judge)
    prefix = repository.prefix
    request = lazy_judge.request
    scan = scan_tree(repository, request, sides.rules, sides.excludes)
    before_scan = rooted(scan_base(base, sides.before_rules, sides.before_excludes), prefix)
    items = list(sides.items)

    lock = lock_of(read_here(repository, LOCK_NAME), required=request.locked)
    old_lock = lock_of(base.read(LOCK_NAME), required=False)
    judgements, findings = judge(scan, lock, sides.policy, lazy_judge, prefix + LOCK_NAME)
    unverified: list[CheckFinding] = []
    if request.locked and lock is not None:
        known = {} if old_lock is None else old_lock.by_key
        items += lock_items(known, lock.by_key, sides.allow, prefix + LOCK_NAME)
        unverified = _unverified(scan, known, lock, sides.allow)

    renamed = {prefix + n: prefix + o for n, o in renamed_files(repository, base.commit).items()}
    kept, added = known_ignores(_ignored_by(before_scan), _ignored_by(scan), renamed)
    ignored = ignore_items(added, sides.allow, {(i.file, i.line): n for i, n in _ignored_by(scan)})
    kept += [i for i, item in zip(added, ignored, strict=True) if item.allowed]
    old_baseline = _baseline(base.read(BASELINE_NAME))
    baseline = _baseline(read_here(repository, BASELINE_NAME))
    accepted = baseline_items(old_baseline, baseline, sides.allow, prefix + BASELINE_NAME)
    items += [*ignored, *accepted]
    holding = baseline.fingerprints
    if refused(accepted):
        holding &= old_baseline.fingerprints
    now = _Judged(scan, judgements, with_baseline(with_ignores(findings, kept), holding))

    if request.locked and old_lock is None:
        old_lock = Lock(policy=sides.old_policy.sha256, policy_name=sides.old_policy.name)
    old_judgements, old_found = judge(before_scan, old_lock, sides.old_policy, lazy_judge)
    old_found = with_ignores(old_found, before_scan.ignores)
    before = _Judged(
        before_scan, old_judgements, with_baseline(old_found, old_baseline.fingerprints)
    )
    items += brought_in(repository, base, sides, (before_scan, scan), lazy_judge)
    touched = {prefix + name for name in changed_files(repository, base.commit)}
    after = [
        *against_base(now.findings, before.findings, touched),
        *unverified,
        *loosening_findings(items),
    ]
    comparison = _comparison(base, sides, before, now, sum(f.counts for f in after))
    return Change(scan, judgements, after, comparison, tuple(sorted(set(items))), sides.policy)


@frozen
class _Judged:
    """One side of a change, judged."""

    scan: Scan
    judgements: dict[str, Judgement]
    findings: list[CheckFinding]


def _comparison(base: Base, sides: Sides, before: _Judged, now: _Judged, new: int) -> Comparison:
    """What became of the sets and the findings; ``new``: findings that count."""
    present = {f.fingerprint for f in now.findings}
    gone = [f for f in before.findings if f.counts and f.fingerprint not in present]
    sets_before, sets_now = lacking_by_set(before.judgements), lacking_by_set(now.judgements)
    unseen = unseen_by_set(now.judgements)
    arrived = sorted(_arrived(sets_before, sets_now, before.scan, now.scan))
    return Comparison(
        base=base.commit,
        before=share_of(before.judgements),
        after=share_of(now.judgements),
        new=new,
        gone=len({f.fingerprint for f in gone}),
        policy_changed=sides.policy_changed,
        judged_by=sides.policy.name,
        added=tuple(arrived),
        added_lacking=tuple(key for key in arrived if sets_now[key]),
        added_not_examined=tuple(key for key in arrived if unseen[key]),
        removed=tuple(sorted(set(sets_before) - set(sets_now))),
        gone_targets=tuple(sorted({f.target for f in gone})),
    )


def _ignored_by(scan: Scan) -> list[tuple[InlineIgnore, frozenset[str]]]:
    """Each ignore with the things that its line names; another revision is no other thing.

    The same thing for another use than evaluation is one: nothing was excused there before.
    """
    named: dict[tuple[str, int], set[str]] = {}
    for reference in scan.references:
        thing = f"{reference.kind}s/{reference.id}"
        used = () if evaluation_only([reference]) else (f"{thing} counts",)
        named.setdefault((reference.file, reference.line), set()).update((thing, *used))
    return [(i, frozenset(named.get((i.file, i.line), ()))) for i in scan.ignores]


def _arrived(before: Iterable[str], after: Iterable[str], old: Scan, new: Scan) -> set[str]:
    """Sets that were not there, and those now named in the code that were only behind a model."""
    named = set(by_key(new.references)) - set(by_key(old.references))
    return (set(after) - set(before)) | (named & set(after))


def _sides(repository: CheckedFolder, base: Base, lazy_judge: LazyJudge) -> Sides:
    request = lazy_judge.request
    prefix = repository.prefix
    new = request.settings
    try:
        old = parse_settings(base.read(SETTINGS_NAME))
    except UsageError:
        old = Settings()
    allow = _allowance(repository, base, old)
    old_policy = policy_at(base, request.policy_name)
    policy_changes = [] if old_policy is None else policy_loosenings(old_policy, request.policy)
    eased = policy_items(policy_changes, allow, prefix)
    if old_policy is None:
        what = "the base's policy cannot be read, so nothing shows what the change eases"
        eased = [allow.of(Loosened.POLICY, what, prefix + SETTINGS_NAME)]
    excludes = exclude_items(old, new, allow, prefix)
    old_rules = _rules_at(base, old, lazy_judge)
    held = old_policy is not None and refused(eased)
    policy = old_policy if held and old_policy is not None else request.policy
    stricter = None if request.locked else _stricter_today(base, request, old_policy, policy)
    rules = rules_items(old_rules, request.rules, allow, prefix + (new.rules or SETTINGS_NAME))
    items = [
        *eased,
        *excludes,
        *rules,
        *settings_items(old, new, allow, prefix),
        *gate_edits(repository, base, allow),
    ]
    return Sides(
        old_rules=old_rules,
        old_policy=stricter or old_policy or request.policy,
        old_excludes=request.excludes(old),
        rules=old_rules if refused(rules) else request.rules,
        policy=stricter or policy,
        excludes=request.excludes(old if refused(excludes) else new),
        before_rules=old_rules if rules else request.rules,
        before_excludes=request.excludes(old if excludes else new),
        allow=allow,
        items=tuple(items),
        policy_changed=old_policy is None or old_policy.sha256 != request.policy.sha256,
    )


def _stricter_today(
    base: Base, request: Request, old: Policy | None, decided: Policy
) -> Policy | None:
    """The policy of the target branch today, where it has become stricter than what was decided.

    A branch from an old commit brings none of that along. Both sides are judged by it then: what
    stood there already is no news of the change.
    """
    today = policy_today(base, request.policy_name)
    if today is None or old is None or today.sha256 in {old.sha256, decided.sha256}:
        return None
    return today if policy_loosenings(today, decided) else None


def _allowance(repository: CheckedFolder, base: Base, settings: Settings) -> Allowance:
    """What the base allows; its approvals are read from the base, or from outside the repository.

    Raises:
        UsageError: the base names approvals that are not there.

    """
    kinds = frozenset(settings.allow_changes)
    name = settings.approvals
    if name is None:
        return Allowance(kinds)
    inside = inside_of(repository, repository.root / name)
    given = repository.root / name
    data = bytes_of(given, given.parent) if inside is None else base.read_top(inside)
    if data is None:
        raise UsageError(f"{SETTINGS_NAME}: approvals: there is no {name} to read at the base")
    return Allowance(kinds, read_approvals(data.decode("utf-8", "replace")), name)


def _rules_at(base: Base, settings: Settings, lazy_judge: LazyJudge) -> Rules:
    """Rules as the base has them; a file outside the repository is the same for both."""
    given = lazy_judge.request.rules_file
    if given is None:
        name = settings.rules
        return rules_with(None if name is None else base.read(name), name or "")
    inside = inside_of(base.repository, given)
    if inside is None:
        return lazy_judge.request.rules
    return rules_with(base.read_top(inside), str(given))


def _baseline(data: bytes | None) -> Baseline:
    return Baseline() if data is None else read_baseline(data)


def _unverified(
    scan: Scan, known: dict[str, Judgement], lock: Lock, allow: Allowance
) -> list[CheckFinding]:
    """Entries that the change adds and that a run without a network has to believe."""
    if Loosened.LOCK in allow.kinds:
        return []
    groups = by_key(scan.references)
    findings = []
    for key, entry in sorted(lock.by_key.items()):
        before = known.get(key)
        if key in groups and (before is None or before.card != entry.card):
            message = f"{key} is new in the lock file, and nothing but the lock file vouches for it"
            findings.append(own_finding("LCK006", message, target=key, references=groups[key]))
    return findings
