"""From merged plain data, already checked, to a frozen :class:`Policy`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from provenance.errors import InternalError
from provenance.policy.document import Json
from provenance.policy.model import (
    AcceptanceReason,
    Accepts,
    Bound,
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
    """Build a policy from merged data that :func:`provenance.policy.problems.check` accepted."""
    licenses = _mapping(data.get("licenses"))
    coverage = _mapping(data.get("coverage"))
    settings = _mapping(data.get("settings"))
    categories = _categories(licenses)
    terms = _terms(licenses, categories)
    roles = _mapping(licenses.get("roles"))
    return Policy(
        name=name,
        sha256=sha256,
        use=tuple(IntendedUse(text) for text in _texts(data.get("use"))),
        terms=terms,
        role_terms=MappingProxyType(
            {Role(r): _role_terms(terms, _mapping(v), categories) for r, v in roles.items()}
        ),
        check_subject=licenses.get("check_subject") is not False,
        check_inherited=licenses.get("check_inherited") is True,
        levels=MappingProxyType(_levels(data) | _own_levels(data)),
        thresholds=tuple(
            Threshold(
                measure=_text(item.get("measure"), "headline"),
                reading=_text(item.get("reading"), "direct"),
                max_fraction_lacking=_fraction(item.get("max_fraction_lacking")),
                bound=Bound(_text(item.get("bound"), "point")),
                max_fraction_not_examined=_fraction(item.get("max_fraction_not_examined")),
            )
            for item in _mappings(coverage.get("thresholds"))
        ),
        shares=tuple(
            ShareLimit(
                name=", ".join(_texts(item["licenses"])),
                licenses=_expanded(_texts(item["licenses"]), categories),
                measure=_text(item.get("measure"), "headline"),
                max_fraction=_number(item["max_fraction"]),
            )
            for item in _mappings(_mapping(data.get("coverage")).get("shares"))
        ),
        grace=MappingProxyType({c: _text(d) for c, d in _mapping(data.get("grace")).items()}),
        categories=MappingProxyType(categories),
        count_unexamined=Unexamined(_text(coverage.get("count_unexamined"), "apart")),
        own_rules=tuple(_own_rule(item) for item in _mappings(data.get("rules"))),
        exceptions=tuple(_exception(item) for item in _mappings(data.get("exceptions"))),
        clarifications=tuple(
            _clarification(item) for item in _mappings(data.get("clarifications"))
        ),
        settings=PolicySettings(
            warn_before_expiry_days=_whole(settings.get("warn_before_expiry_days"), 30),
            max_exception_days=_whole(settings.get("max_exception_days"), 365),
        ),
        profiles=profiles,
        tests=tuple(_test(item) for item in _mappings(data.get("tests"))),
        document=document,
        origins=MappingProxyType(dict(origins)),
        directory=directory,
    )


def _levels(data: Mapping[str, Json]) -> dict[str, Severity | None]:
    levels: dict[str, Severity | None] = {}
    for rule in all_rules().values():
        word = _mapping(data.get(rule.section.value)).get(rule.name)
        if word is None:
            levels[rule.code] = rule.severity
        else:
            levels[rule.code] = None if word == IGNORE else Severity(str(word))
    return levels


def _own_rule(item: Mapping[str, Json]) -> OwnRule:
    return OwnRule(
        code=_text(item["code"]),
        when=_text(item["when"]),
        severity=Severity(_text(item.get("severity"), "error")),
        help=_text(item["help"]),
    )


def _own_levels(data: Mapping[str, Json]) -> dict[str, Severity | None]:
    """Severities of rules of one's own: those they state, or what ``severity`` says by code."""
    said = _mapping(data.get("severity"))
    levels: dict[str, Severity | None] = {}
    for item in _mappings(data.get("rules")):
        rule = _own_rule(item)
        word = said.get(rule.code)
        levels[rule.code] = (
            rule.severity if word is None else None if word == IGNORE else Severity(str(word))
        )
    return levels


def _categories(licenses: Mapping[str, Json]) -> dict[str, frozenset[str]]:
    stated = _mapping(licenses.get("categories"))
    return {name: frozenset(_texts(members)) for name, members in stated.items()}


def _expanded(names: Iterable[str], categories: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Names with each category replaced by what is in it, however deep."""
    found: set[str] = set()
    opened: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in categories:
            found.add(name)
        elif name not in opened:
            opened.add(name)
            waiting += categories[name]
    return frozenset(found)


def _terms(lists: Mapping[str, Json], categories: Mapping[str, frozenset[str]]) -> Terms:
    return Terms(
        allow=_expanded(_texts(lists.get("allow")), categories),
        review=_expanded(_texts(lists.get("review")), categories),
        deny=_expanded(_texts(lists.get("deny")), categories),
    )


def _role_terms(
    base: Terms, lists: Mapping[str, Json], categories: Mapping[str, frozenset[str]]
) -> Terms:
    """A role's lists laid over the policy's: what the role lists leaves the list it stood in."""
    own = _terms(lists, categories)
    if lists.get("extend") is False:
        return own
    named = own.allow | own.review | own.deny
    return Terms(
        allow=(base.allow - named) | own.allow,
        review=(base.review - named) | own.review,
        deny=(base.deny - named) | own.deny,
    )


def _exception(item: Mapping[str, Json]) -> PolicyException:
    accepts = _mapping(item.get("accepts"))
    evidence = _mapping(item.get("evidence"))
    file = f"{evidence['file']} (sha256 {evidence['sha256']})" if evidence else ""
    return PolicyException(
        rules=_texts(item.get("rules")) or (_text(item.get("rule")),),
        subject=_text(item["subject"]),
        reason=AcceptanceReason(_text(item["reason"])),
        comment=_maybe(item.get("comment")) or file,
        owner=_text(item["owner"]),
        expires=_text(item["expires"]),
        accepts=Accepts(
            license=_maybe(accepts.get("license")),
            revision=_maybe(accepts.get("revision")),
            evidence_sha256=_maybe(accepts.get("evidence_sha256")),
        ),
        evidence=file,
    )


def _clarification(item: Mapping[str, Json]) -> Clarification:
    return Clarification(
        subject=_text(item["subject"]),
        revision=_maybe(item.get("revision")),
        license=_maybe(item.get("license")),
        personal_data=_maybe(item.get("personal_data")),
        evidence_sha256=_text(item["evidence_sha256"]),
        comment=_text(item["comment"]),
        owner=_text(item["owner"]),
        expires=_maybe(item.get("expires")),
    )


def _test(item: Mapping[str, Json]) -> PolicyTest:
    expect = _mapping(item["expect"])
    return PolicyTest(
        name=_text(item["name"]),
        license=_maybe(item.get("license")),
        role=Role(_text(item.get("role"), "training")),
        card=_maybe(item.get("card")),
        decision=_maybe(expect.get("decision")),
        verdict=_maybe(expect.get("verdict")),
        findings=_texts(expect.get("findings")),
        absent=_texts(expect.get("absent")),
    )


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Json) -> list[Mapping[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _texts(value: Json) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _text(value: Json, default: str | None = None) -> str:
    if isinstance(value, str):
        return value
    if value is None and default is not None:
        return default
    raise InternalError(f"a checked policy holds {value!r} where text belongs")


def _maybe(value: Json) -> str | None:
    return None if value is None else _text(value)


def _fraction(value: Json) -> float | None:
    if value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    raise InternalError(f"a checked policy holds {value!r} where a number belongs")


def _number(value: Json) -> float:
    found = _fraction(value)
    if found is None:
        raise InternalError("a checked policy holds nothing where a number belongs")
    return found


def _whole(value: Json, default: int) -> int:
    return value if isinstance(value, int) else default
