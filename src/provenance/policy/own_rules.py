"""Rules of the organisation's own, in CEL: compiled, typed and bounded by Google's library.

https://cel.dev: no loops, no side effects, no input but the variables below. The library's own
limits hold (nesting 32, a budget of iterations); a rule is at most :data:`MAX_LENGTH` characters.
A rule that speaks of a set is held against every set, any other once against the subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from provenance.errors import PolicyError, missing_extra
from provenance.licensing import groups_of, symbols_in
from provenance.policy.model import OwnRule
from provenance.policy.rules.items import set_items
from provenance.policy.rules.rule import Hit
from provenance.report.coverage import Coverage
from provenance.report.facts import Facts
from provenance.report.shares import weight_of
from provenance.report.training import TrainingSet
from provenance.vocabulary.topics import AFFIRMED

if TYPE_CHECKING:
    from cel_expr_python import cel

MAX_LENGTH = 1_000
"""Characters of one rule."""
FactValue = str | bool | float | list[str]

SET_VARIABLES: Mapping[str, tuple[str, str]] = {
    "set.name": ("string", "name as declared"),
    "set.id": ("string", "Hub id; empty where only a name is known"),
    "set.role": ("string", "pretraining, finetuning or training"),
    "set.license": ("string", "concluded SPDX expression, NONE or NOASSERTION"),
    "set.license_state": ("string", "explicit, ambiguous, conflicting, none or unresolved"),
    "set.restrictions": ("list", "terms of the license, such as non-commercial"),
    "set.groups": ("list", "groups of the licenses named"),
    "set.share": ("double", "part of the headline measure, 0 to 1; may be unknown"),
    "set.rows": ("double", "rows; may be unknown"),
    "set.tokens": ("double", "tokens; may be unknown"),
    "set.bytes": ("double", "bytes; may be unknown"),
    "set.declared_in": ("list", "front_matter, table, prose …"),
    "set.via": ("list", "base models it comes through; empty for the subject's own"),
    "set.derived_from": ("list", "what it was made from"),
    "set.resolved": ("bool", "whether its card could be examined"),
    "set.personal_data": ("string", "stated, placeholder, absent or unknown"),
    "set.statement": ("string", "contains, none, anonymised or empty"),
    "set.signals": ("list", "topics that the card affirms, such as children"),
}
SUBJECT_VARIABLES: Mapping[str, tuple[str, str]] = {
    "subject.kind": ("string", "model, dataset or corpus"),
    "subject.id": ("string", "Hub id"),
    "subject.license": ("string", "concluded SPDX expression, NONE or NOASSERTION"),
    "subject.license_state": ("string", "explicit, ambiguous, conflicting, none or unresolved"),
    "subject.restrictions": ("list", "terms of its license"),
    "subject.tags": ("list", "tags and languages of its card"),
    "subject.undeclared": ("bool", "names no training data"),
    "subject.sets": ("list", "ids or names of its training sets"),
    "coverage.fraction": (
        "double",
        "headline: part that lacks an explicit license; may be unknown",
    ),
    "coverage.low": ("double", "least that may lack"),
    "coverage.high": ("double", "most that may lack"),
}


def compile_rule(when: str) -> tuple[cel.Expression, bool]:
    """A rule ready to run, and whether it speaks of a set.

    Raises:
        ValueError: it is too long, not CEL, names what there is not, compares what cannot be
            compared or with a word that cannot be, is no condition, or says the same of everything.
        PolicyError: the library is not installed.

    """
    if len(when) > MAX_LENGTH:
        raise ValueError(
            f"a rule has at most {MAX_LENGTH:,} characters; this one has {len(when):,}"
        )
    try:
        from cel_expr_python import cel
    except ImportError:
        raise PolicyError(
            missing_extra("the policy has rules in CEL, which are not read", "rules")
        ) from None
    every = {**SET_VARIABLES, **SUBJECT_VARIABLES}
    try:
        expression = _environment(every).compile(when)
    except RuntimeError as error:
        raise ValueError(f"not a CEL condition: {_words(error, every)}") from None
    if expression.return_type() != cel.Type.BOOL:
        raise ValueError("a rule is a condition: it must come to true or false")
    if _compiles({}, when):
        raise ValueError("the rule names no variable: it says the same of everything")
    from provenance.policy.closed_words import impossible_words

    wrong = impossible_words(when)
    if wrong is not None:
        raise ValueError(wrong)
    return expression, not _compiles(SUBJECT_VARIABLES, when)


def _environment(variables: Mapping[str, tuple[str, str]]) -> cel.Env:
    from cel_expr_python import cel

    types = {
        "string": cel.Type.STRING,
        "bool": cel.Type.BOOL,
        "double": cel.Type.DOUBLE,
        "list": cel.Type.List(cel.Type.STRING),
    }
    return cel.NewEnv(variables={name: types[kind] for name, (kind, _) in variables.items()})


def _compiles(variables: Mapping[str, tuple[str, str]], when: str) -> bool:
    try:
        _environment(variables).compile(when)
    except RuntimeError:
        return False
    return True


def _words(error: RuntimeError, known: Mapping[str, tuple[str, str]]) -> str:
    """The library's first line, without its own prefix, and what there is to name."""
    line = str(error).split("\n")[0]
    text = line.rpartition("<input>:")[2] or line
    listed = f" (there is {', '.join(sorted(known))})" if "undeclared reference" in text else ""
    return f"{text}{listed}"


_compiled = cache(compile_rule)


def own_hits(rule: OwnRule, facts: Facts) -> Iterator[tuple[Hit, bool]]:
    """Hits of a rule, and whether it was decided: a value that is not known leaves it open."""
    expression, per_set = _compiled(rule.when)
    subject = _of_subject(facts)
    things: list[tuple[str, str, float, dict[str, FactValue], TrainingSet | None]] = []
    if per_set:
        for item, licensed in zip(facts.training_sets, set_items(facts), strict=True):
            values = {**subject, **_of_set(item, facts)}
            things.append((licensed.key, licensed.name, licensed.weight, values, item))
    else:
        things.append((facts.lineage.root, facts.subject.id, 0.0, subject, None))
    for key, name, weight, values, thing in things:
        result = _evaluated(expression, values)
        if result is False:
            continue
        decided = result is True
        evidence = thing.evidence[:1] if thing is not None else ()
        says = rule.help if decided else f"cannot be decided, for want of a value: {rule.help}"
        yield (
            Hit(
                subject=key,
                name=name,
                message=f"{name}: {says}",
                together=f"sets: {says}",
                evidence=evidence,
                key=str(decided),
                weight=weight,
            ),
            decided,
        )


def _evaluated(expression: cel.Expression, values: Mapping[str, FactValue]) -> object:
    """What a rule comes to; an error or a bound reached is no answer."""
    try:
        return expression.eval(data=values).value()
    except RuntimeError:
        return None


def _of_subject(facts: Facts) -> dict[str, FactValue]:
    head = next((c for c in facts.coverage if c.headline), None)
    values: dict[str, FactValue | None] = {
        "subject.kind": facts.subject.kind,
        "subject.id": facts.subject.id,
        "subject.license": facts.license.concluded,
        "subject.license_state": facts.license.state.value,
        "subject.restrictions": [r.value for r in facts.license.restrictions],
        "subject.tags": list(facts.tags),
        "subject.undeclared": facts.undeclared,
        "subject.sets": [item.id or item.name for item in facts.training_sets],
        "coverage.fraction": None if head is None else head.fraction,
        "coverage.low": None if head is None else head.low,
        "coverage.high": None if head is None else head.high,
    }
    return _known(values)


def _of_set(item: TrainingSet, facts: Facts) -> dict[str, FactValue]:
    signals = item.personal_data.signals
    values: dict[str, FactValue | None] = {
        "set.name": item.name,
        "set.id": item.id or "",
        "set.role": item.role.value,
        "set.license": item.license.concluded,
        "set.license_state": item.license.state.value,
        "set.restrictions": [r.value for r in item.license.restrictions],
        "set.groups": sorted({g for s in symbols_in(item.license.concluded) for g in groups_of(s)}),
        "set.share": _share(item, facts),
        "set.rows": item.weight.rows,
        "set.tokens": item.weight.tokens,
        "set.bytes": item.weight.bytes,
        "set.declared_in": [place.value for place in item.declared_in],
        "set.via": list(item.via),
        "set.derived_from": list(item.derived_from),
        "set.resolved": item.resolved,
        "set.personal_data": item.personal_data.documented,
        "set.statement": item.personal_data.statement or "",
        "set.signals": sorted({s.topic for s in signals if s.status in AFFIRMED}),
    }
    return _known(values)


def _known(values: Mapping[str, FactValue | None]) -> dict[str, FactValue]:
    """Values that are known; a rule over one that is not cannot be decided."""
    return {
        name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in values.items()
        if value is not None
    }


def _share(item: TrainingSet, facts: Facts) -> float | None:
    head: Coverage | None = next((c for c in facts.coverage if c.headline), None)
    if head is None or head.total <= 0 or item.via:
        return None
    weight = weight_of(item, head)
    return None if weight is None else weight / head.total
