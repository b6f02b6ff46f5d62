"""From merged plain data, already checked, to a frozen :class:`Policy`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from provenance.errors import InternalError
from provenance.policy.document import Json
from provenance.policy.model import (
    Bound,
    Clarification,
    Policy,
    PolicyException,
    PolicyTest,
    Reason,
    Settings,
    Terms,
    Threshold,
    Use,
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
) -> Policy:
    """Build a policy from merged data that :func:`provenance.policy.schema.check` accepted."""
    licenses = _mapping(data.get("licenses"))
    settings = _mapping(data.get("settings"))
    roles = _mapping(licenses.get("roles"))
    return Policy(
        name=name,
        sha256=sha256,
        use=tuple(Use(text) for text in _texts(data.get("use"))),
        terms=_terms(licenses),
        role_terms=MappingProxyType(
            {Role(role): _terms(_mapping(lists)) for role, lists in roles.items()}
        ),
        check_subject=licenses.get("check_subject") is not False,
        check_inherited=licenses.get("check_inherited") is True,
        levels=MappingProxyType(_levels(data)),
        thresholds=tuple(
            Threshold(
                measure=_text(item.get("measure"), "headline"),
                reading=_text(item.get("reading"), "direct"),
                max_fraction_lacking=_number(item["max_fraction_lacking"]),
                bound=Bound(_text(item.get("bound"), "point")),
            )
            for item in _mappings(_mapping(data.get("coverage")).get("thresholds"))
        ),
        exceptions=tuple(_exception(item) for item in _mappings(data.get("exceptions"))),
        clarifications=tuple(
            _clarification(item) for item in _mappings(data.get("clarifications"))
        ),
        settings=Settings(
            warn_before_expiry_days=_whole(settings.get("warn_before_expiry_days"), 30) or 0,
            max_exception_days=_whole(settings.get("max_exception_days"), None),
        ),
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


def _terms(lists: Mapping[str, Json]) -> Terms:
    return Terms(
        allow=frozenset(_texts(lists.get("allow"))),
        review=frozenset(_texts(lists.get("review"))),
        deny=frozenset(_texts(lists.get("deny"))),
    )


def _exception(item: Mapping[str, Json]) -> PolicyException:
    return PolicyException(
        rule=_text(item["rule"]),
        subject=_text(item["subject"]),
        reason=Reason(_text(item["reason"])),
        comment=_text(item["comment"]),
        owner=_text(item["owner"]),
        expires=_text(item["expires"]),
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


def _number(value: Json) -> float:
    if isinstance(value, int | float):
        return float(value)
    raise InternalError(f"a checked policy holds {value!r} where a number belongs")


def _whole(value: Json, default: int | None) -> int | None:
    return value if isinstance(value, int) else default
