"""Settings of a policy that can never have an effect: `provenance policy validate` refuses them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator

from provenance.amounts import place
from provenance.policy.accepting import last_day
from provenance.policy.document import Json
from provenance.policy.model import Accepts, Policy


def without_effect(policy: Policy, as_of: datetime.date) -> list[str]:
    """One line, with its place, for each part of a policy that does nothing on a date.

    Args:
        policy: the merged policy.
        as_of: the day that expiry is judged by.

    """
    idle = (
        *_dates(policy, as_of),
        *_exceptions(policy),
        *_clarifications(policy),
        *_lists(policy),
        *_thresholds(policy),
        *_profiles(policy),
    )
    return list(dict.fromkeys(f"{_place(policy, at)}: {says}" for at, says in idle))


def _place(policy: Policy, pointer: str) -> str:
    origin = policy.origins.get(pointer)
    return policy.name if origin is None else place(origin.file, origin.line)


def _on(policy: Policy, code: str) -> bool:
    """Whether a rule is on, in the policy or in one of its profiles."""
    every = (policy, *(profile.policy for profile in policy.profiles))
    return any(policy.levels[code] is not None for policy in every)


def _dates(policy: Policy, as_of: datetime.date) -> Iterator[tuple[str, str]]:
    latest = last_day(policy, as_of)
    most = policy.settings.max_exception_days
    dated = [
        *(
            (f"/exceptions/{i}/expires", e.named, e.expires)
            for i, e in enumerate(policy.exceptions)
        ),
        *((f"/grace/{code}", f"grace of {code}", until) for code, until in policy.grace.items()),
    ]
    for at, name, until in dated:
        if until < as_of:
            yield at, f"{name} expired on {until}"
        elif until > latest:
            yield at, f"{name} runs to {until}, over the {most} days of settings.max_exception_days"
    for index, clarification in enumerate(policy.clarifications):
        if clarification.expires is not None and clarification.expires < as_of:
            says = f"clarification of {clarification.subject} expired on {clarification.expires}"
            yield f"/clarifications/{index}/expires", says


def _exceptions(policy: Policy) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str, Accepts]] = set()
    for index, exception in enumerate(policy.exceptions):
        at = f"/exceptions/{index}"
        off = [code for code in exception.rules if not _on(policy, code)]
        if off:
            yield at, f"{exception.named}: {', '.join(off)} is switched off (ignore)"
        for code in exception.rules:
            key = (code, exception.subject, exception.accepts)
            if key in seen:
                yield at, f"{exception.named}: an earlier exception accepts the same"
            seen.add(key)
    for code in policy.grace:
        if not _on(policy, code):
            yield f"/grace/{code}", f"grace of {code}, which is switched off (ignore)"


def _clarifications(policy: Policy) -> Iterator[tuple[str, str]]:
    last: dict[tuple[str, str | None, bool, str], int] = {}
    for index, c in enumerate(policy.clarifications):
        key = (c.subject, c.revision, c.license is None, c.evidence_sha256)
        if key in last:
            says = f"clarification of {c.subject}: a later one replaces it"
            yield f"/clarifications/{last[key]}", says
        last[key] = index


def _lists(policy: Policy) -> Iterator[tuple[str, str]]:
    for name, code, rule in (("deny", "LIC001", "denied"), ("review", "LIC002", "needs_review")):
        at = f"/licenses/{rule}"
        if not _on(policy, code) and _same_file(policy, at, f"/licenses/{name}/"):
            yield at, f"licenses.{name} lists licenses, but {code} is switched off (ignore)"
    words = _words(json.loads(policy.document))
    for category in policy.categories:
        if category not in words:
            yield f"/licenses/categories/{category}", f"category {category!r} stands in no list"


def _same_file(policy: Policy, setting: str, prefix: str) -> bool:
    """Whether the file that sets something also sets what lies under a pointer.

    A file may well switch off what a policy that it extends asks for.
    """
    origin = policy.origins.get(setting)
    under = (o.file for at, o in policy.origins.items() if at.startswith(prefix))
    return origin is not None and origin.file in under


def _words(node: Json) -> set[str]:
    """Every single text in plain data; keys are none."""
    if isinstance(node, dict):
        return set().union(*(_words(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(_words(value) for value in node))
    return {node} if isinstance(node, str) else set()


def _thresholds(policy: Policy) -> Iterator[tuple[str, str]]:
    off = "/coverage/threshold"
    if not _on(policy, "COV001") and _same_file(policy, off, "/coverage/thresholds/"):
        yield off, "coverage.thresholds are set, but COV001 is switched off (ignore)"
    for index, threshold in enumerate(policy.thresholds):
        limits = (threshold.max_fraction_lacking, threshold.max_fraction_not_examined)
        if all(limit is None or limit >= 1 for limit in limits):
            says = (
                f"threshold ({threshold.measure}, {threshold.reading}) of 1: no fraction is above "
                "it; to take back one that is inherited, set coverage.threshold: ignore"
            )
            yield f"/coverage/thresholds/{index}", says


def _profiles(policy: Policy) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for index, profile in enumerate(policy.profiles):
        at = f"/profiles/{index}"
        if "*" in seen or seen.issuperset(profile.models):
            yield at, f"profile {profile.name}: an earlier one holds for the same models"
        if _without_profiles(profile.policy) == _without_profiles(policy):
            yield at, f"profile {profile.name} changes nothing"
        seen.update(profile.models)


def _without_profiles(policy: Policy) -> Json:
    document: dict[str, Json] = json.loads(policy.document)
    return {key: value for key, value in document.items() if key != "profiles"}
