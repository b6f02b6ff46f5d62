"""From merged plain data, already checked, to a frozen :class:`Policy`.

The fields of :mod:`provenance.policy.model` say what is built: msgspec converts what stands in a
file as it stands in the model. Made by hand is only what a file writes otherwise.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

import msgspec

from provenance.errors import InternalError
from provenance.frozen import frozen
from provenance.policy.document import Json
from provenance.policy.model import (
    AcceptanceReason,
    Accepts,
    Clarification,
    IntendedUse,
    OwnRule,
    Policy,
    PolicyException,
    PolicySettings,
    PolicyTest,
    Profile,
    ShareLimit,
    Terms,
    Threshold,
    Unexamined,
    ValueOrigin,
)
from provenance.policy.rules import all_rules
from provenance.report.finding import Severity
from provenance.report.training import Role

IGNORE = "ignore"


@frozen
class _Lists:
    """License lists as written: ids, groups and categories of the organisation's own."""

    allow: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


@frozen
class _RoleLists(_Lists):
    extend: bool = True


@frozen
class _Licenses(_Lists):
    """The section ``licenses`` without its rules."""

    roles: Mapping[Role, _RoleLists] = field(default_factory=dict)
    categories: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    check_subject: bool = True
    check_inherited: bool = False


@frozen
class _Share:
    licenses: str | tuple[str, ...]
    max_fraction: float
    measure: str = "headline"


@frozen
class _Coverage:
    """The section ``coverage`` without its rules."""

    thresholds: tuple[Threshold, ...] = ()
    shares: tuple[_Share, ...] = ()
    count_unexamined: Unexamined = Unexamined.APART


@frozen
class _Document:
    """The document that an acceptance rests on."""

    file: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.file} (sha256 {self.sha256})"


@frozen
class _Exception:
    subject: str
    reason: AcceptanceReason
    owner: str
    expires: datetime.date
    rule: str | None = None
    rules: tuple[str, ...] = ()
    comment: str | None = None
    accepts: Accepts = field(default_factory=Accepts)
    evidence: _Document | None = None


@frozen
class _Merged:
    """Everything that a merged policy may hold, but the severity of each rule."""

    use: tuple[IntendedUse, ...] = ()
    licenses: _Licenses = field(default_factory=_Licenses)
    coverage: _Coverage = field(default_factory=_Coverage)
    grace: Mapping[str, datetime.date] = field(default_factory=dict)
    rules: tuple[OwnRule, ...] = ()
    exceptions: tuple[_Exception, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    settings: PolicySettings = field(default_factory=PolicySettings)
    tests: tuple[PolicyTest, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)


def build(
    data: Mapping[str, Json],
    *,
    name: str,
    sha256: str,
    document: str,
    origins: Mapping[str, ValueOrigin],
    directory: str,
    profiles: tuple[Profile, ...] = (),
) -> Policy:
    """Build a policy from merged data that :func:`provenance.policy.problems.check` accepted.

    Raises:
        InternalError: the data is none that the check accepts.

    """
    try:
        merged = msgspec.convert(data, _Merged)
    except msgspec.ValidationError as error:
        raise InternalError(f"a checked policy cannot be built: {error}") from error
    licenses, coverage = merged.licenses, merged.coverage
    categories = {k: frozenset(_listed(v)) for k, v in licenses.categories.items()}
    terms = _terms(licenses, categories)
    return Policy(
        name=name,
        sha256=sha256,
        use=merged.use,
        terms=terms,
        role_terms=MappingProxyType(
            {role: _role_terms(terms, v, categories) for role, v in licenses.roles.items()}
        ),
        check_subject=licenses.check_subject,
        check_inherited=licenses.check_inherited,
        levels=MappingProxyType(_levels(data) | _own_levels(merged)),
        thresholds=coverage.thresholds,
        shares=tuple(
            ShareLimit(
                name=", ".join(_listed(share.licenses)),
                licenses=_expanded(_listed(share.licenses), categories),
                measure=share.measure,
                max_fraction=share.max_fraction,
            )
            for share in coverage.shares
        ),
        grace=MappingProxyType(dict(merged.grace)),
        categories=MappingProxyType(categories),
        count_unexamined=coverage.count_unexamined,
        own_rules=merged.rules,
        exceptions=tuple(_exception(item) for item in merged.exceptions),
        clarifications=merged.clarifications,
        settings=merged.settings,
        profiles=profiles,
        tests=merged.tests,
        document=document,
        origins=MappingProxyType(dict(origins)),
        directory=directory,
    )


def _levels(data: Mapping[str, Json]) -> dict[str, Severity | None]:
    levels: dict[str, Severity | None] = {}
    for rule in all_rules().values():
        section = data.get(rule.section.value)
        word = section.get(rule.name) if isinstance(section, dict) else None
        levels[rule.code] = rule.severity if word is None else _level(str(word))
    return levels


def _own_levels(merged: _Merged) -> dict[str, Severity | None]:
    """Severities of rules of one's own: those they state, or what ``severity`` says by code."""
    return {
        rule.code: _level(merged.severity.get(rule.code, rule.severity)) for rule in merged.rules
    }


def _level(word: str) -> Severity | None:
    return None if word == IGNORE else Severity(word)


def _listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """A list; one word alone counts as a list of one."""
    return (value,) if isinstance(value, str) else value


def _expanded(names: Iterable[str], categories: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Names with each category replaced by what is in it, however deep."""
    members: set[str] = set()
    opened: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in categories:
            members.add(name)
        elif name not in opened:
            opened.add(name)
            waiting += categories[name]
    return frozenset(members)


def _terms(lists: _Lists, categories: Mapping[str, frozenset[str]]) -> Terms:
    return Terms(
        allow=_expanded(lists.allow, categories),
        review=_expanded(lists.review, categories),
        deny=_expanded(lists.deny, categories),
    )


def _role_terms(base: Terms, lists: _RoleLists, categories: Mapping[str, frozenset[str]]) -> Terms:
    """A role's lists laid over the policy's: what the role lists leaves the list it stood in."""
    of_role = _terms(lists, categories)
    if not lists.extend:
        return of_role
    named = of_role.allow | of_role.review | of_role.deny
    return Terms(
        allow=(base.allow - named) | of_role.allow,
        review=(base.review - named) | of_role.review,
        deny=(base.deny - named) | of_role.deny,
    )


def _exception(item: _Exception) -> PolicyException:
    return PolicyException(
        rules=item.rules or ((item.rule,) if item.rule is not None else ()),
        subject=item.subject,
        reason=item.reason,
        comment=item.comment or str(item.evidence),  # one of the two is there
        owner=item.owner,
        expires=item.expires,
        accepts=item.accepts,
    )
