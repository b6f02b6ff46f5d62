"""What a new policy lets through that the old one did not, by what they decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.frozen import frozen
from provenance.licensing import group_names
from provenance.policy import Policy
from provenance.policy.model import (
    Accepts,
    Bound,
    Clarification,
    Decision,
    PolicyException,
    Terms,
    Unexamined,
)
from provenance.policy.terms import blocked_by, decide_license
from provenance.report.checked import Loosened
from provenance.vocabulary.identifiers import spdx_ids
from provenance.vocabulary.restrictions import Restriction

_STRICT = {Decision.ALLOW: 0, Decision.REVIEW: 1, Decision.UNRECOGNIZED: 1, Decision.DENY: 2}
_NAMED = 4
"""Licenses named in one line."""
_LAST = 99
"""Rank of a rule that is switched off: behind every severity."""


@frozen
class PolicyChange:
    """One way in which the new policy lets more through."""

    kind: Loosened
    what: str
    file: str
    line: int


def policy_loosenings(old: Policy, new: Policy) -> list[PolicyChange]:
    """Everything that ``new`` decides more kindly than ``old``; empty when it is as strict."""
    if old.sha256 == new.sha256:
        return []
    words = [*_words(old, new), *_profiles(old, new)]
    plain = [PolicyChange(Loosened.POLICY, text, new.name, 1) for text in words]
    return [*plain, *_exceptions(old, new), *_clarifications(old, new)]


def _words(old: Policy, new: Policy) -> Iterator[str]:
    yield from _terms(old.terms, new.terms, "")
    yield from _role_terms(old, new)
    yield from _levels(old, new)
    yield from _grace(old, new)
    yield from _thresholds(old, new)
    yield from _shares(old, new)
    yield from _uses(old, new)
    yield from _own_rules(old, new)


def _own_rules(old: Policy, new: Policy) -> Iterator[str]:
    """Rules of the policy's own whose condition changed; one that is gone counts as off."""
    after = {rule.code: rule.when for rule in new.own_rules}
    for rule in old.own_rules:
        if after.get(rule.code, rule.when) != rule.when:
            yield f"{rule.code}: its condition is another"


def _profiles(old: Policy, new: Policy) -> Iterator[str]:
    """What a profile decides more kindly than what held for its models before."""
    before = {profile.models: profile.policy for profile in old.profiles}
    after = {profile.models: profile.policy for profile in new.profiles}
    for models in sorted({*before, *after}):
        for text in _words(before.get(models, old), after.get(models, new)):
            yield f"profile {', '.join(models)}: {text}"
    if [p.models for p in old.profiles] != [p.models for p in new.profiles if p.models in before]:
        yield "profiles: those there were are tried in another order, or one is gone"


def _grace(old: Policy, new: Policy) -> Iterator[str]:
    for code, until in sorted(new.grace.items()):
        if code not in old.grace or old.grace[code] < until:
            yield f"{code}: only warns until {until}"


def _shares(old: Policy, new: Policy) -> Iterator[str]:
    after = {(s.licenses, s.measure): s.max_fraction for s in new.shares}
    for share in old.shares:
        now = after.get((share.licenses, share.measure))
        if now is None:
            yield f"share of {share.name} ({share.measure}): taken away"
        elif now > share.max_fraction:
            yield f"share of {share.name} ({share.measure}): {share.max_fraction:g} becomes {now:g}"


def _terms(old: Terms, new: Terms, of: str) -> Iterator[str]:
    if old == new:
        return
    if old.listed and not new.listed:
        yield f"licenses{of}: nothing is listed any more"
        return
    if not old.listed:
        return
    symbols = sorted({*spdx_ids().values(), *_entries(old), *_entries(new)} - set(group_names()))
    eased: dict[tuple[Decision, Decision], list[str]] = {}
    for symbol in symbols:
        before, after = decide_license(symbol, old)[0], decide_license(symbol, new)[0]
        if _STRICT[after] < _STRICT[before]:
            eased.setdefault((before, after), []).append(symbol)
    for (before, after), names in sorted(eased.items()):
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"licenses{of}: {before} becomes {after} for {', '.join(names[:_NAMED])}{more}"
    unnamed = sorted((old.deny - new.deny) & set(group_names()))
    if unnamed and not eased:
        yield f"licenses{of}: {', '.join(unnamed)} no longer denied"


def _entries(terms: Terms) -> frozenset[str]:
    return terms.allow | terms.review | terms.deny


def _role_terms(old: Policy, new: Policy) -> Iterator[str]:
    for role in sorted({*old.role_terms, *new.role_terms}):
        yield from _terms(old.terms_for(role), new.terms_for(role), f" of {role} sets")


def _levels(old: Policy, new: Policy) -> Iterator[str]:
    for code, before in sorted(old.levels.items()):
        after = new.levels.get(code)
        if _rank(before) < _rank(after):
            yield f"{code}: {_word(before)} becomes {_word(after)}"


def _rank(level: object) -> int:
    rank = getattr(level, "rank", _LAST)
    return rank if isinstance(rank, int) else _LAST


def _word(level: object) -> str:
    return "off" if level is None else str(level)


def _thresholds(old: Policy, new: Policy) -> Iterator[str]:
    after = {(t.measure, t.reading): t for t in new.thresholds}
    for before in old.thresholds:
        name = f"threshold of {before.measure} ({before.reading})"
        now = after.get((before.measure, before.reading))
        if now is None:
            yield f"{name}: taken away"
            continue
        limits = (
            (name, before.max_fraction_lacking, now.max_fraction_lacking),
            (
                f"{name}, not examined",
                before.max_fraction_not_examined,
                now.max_fraction_not_examined,
            ),
        )
        for limit, was, becomes in limits:
            if was is not None and (becomes is None or becomes > was):
                word = "unlimited" if becomes is None else f"{becomes:g}"
                yield f"{limit}: {was:g} becomes {word}"
        if before.bound is Bound.UPPER and now.bound is not Bound.UPPER:
            yield f"{name}: held against {now.bound}, no longer against {before.bound}"
    if old.count_unexamined is Unexamined.LACKING and new.count_unexamined is Unexamined.APART:
        yield "count_unexamined: lacking becomes apart"


def _uses(old: Policy, new: Policy) -> Iterator[str]:
    gone = sorted(_blocked(old) - _blocked(new))
    if gone:
        yield f"use: {', '.join(new.use) or 'none'} is not blocked by {', '.join(gone)}"
    for name in ("check_subject", "check_inherited"):
        if getattr(old, name) and not getattr(new, name):
            yield f"{name}: switched off"
    longest, now = old.settings.max_exception_days, new.settings.max_exception_days
    if now > longest:
        yield f"max_exception_days: {longest} becomes {now}"


def _blocked(policy: Policy) -> set[Restriction]:
    """Terms that block any of the policy's uses."""
    return {term for use in policy.use for term in blocked_by(use)}


def _exceptions(old: Policy, new: Policy) -> Iterator[PolicyChange]:
    for number, exception in enumerate(new.exceptions):
        if not _covered(exception, old.exceptions):
            what = (
                f"{exception.named} until {exception.expires}, {exception.reason} "
                f"by {exception.owner}: {exception.comment}"
            )
            yield _at(new, f"/exceptions/{number}", what)


def _covered(exception: PolicyException, before: Iterable[PolicyException]) -> bool:
    """Whether an exception of the same thing already ran as long and pinned no more."""
    return any(
        o.reason == exception.reason
        and o.covers(exception.subject)
        and o.expires >= exception.expires
        and o.accepts in {Accepts(), exception.accepts}
        and set(o.rules) >= set(exception.rules)
        for o in before
    )


def _clarifications(old: Policy, new: Policy) -> Iterator[PolicyChange]:
    known = {_undated(c) for c in old.clarifications}
    for number, clarification in enumerate(new.clarifications):
        if _undated(clarification) not in known:
            fact = clarification.license or clarification.personal_data or "nothing"
            what = (
                f"clarification of {clarification.subject}: {fact}, "
                f"by {clarification.owner}: {clarification.comment}"
            )
            yield _at(new, f"/clarifications/{number}", what)


def _undated(clarification: Clarification) -> Clarification:
    return replace(clarification, comment="", owner="")


def _at(policy: Policy, pointer: str, what: str) -> PolicyChange:
    origin = next(
        (o for p, o in sorted(policy.origins.items()) if f"{p}/".startswith(f"{pointer}/")),
        None,
    )
    file, line = (policy.name, 1) if origin is None else (origin.file, origin.line)
    return PolicyChange(Loosened.EXCEPTIONS, what, file, line)
