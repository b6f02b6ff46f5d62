"""What changed between two reports: every field of both is compared, whatever it is called.

Only two things are set aside: what the audit cost, and where a conclusion is quoted from. Evidence
that moved is told apart from a conclusion that changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeAlias, TypeVar

import msgspec

from provenance.frozen import frozen
from provenance.render import set_words
from provenance.render.difference.direction import directions
from provenance.report import shares
from provenance.report.coverage import Coverage
from provenance.report.finding import Finding
from provenance.report.lineage import Edge, Node
from provenance.report.report import Report
from provenance.report.training import EvaluationSet, TrainingSet

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None
_T = TypeVar("_T")
_Facts: TypeAlias = dict[str, Value]

_EVIDENCE = frozenset({"evidence", "sources", "tag_place"})
"""Fields that say where something was read, at any depth."""
_PLACED = frozenset({"reason", "basis"})
"""Fields that may name a line in their words; another line alone is another place, no more."""
_LINE = re.compile(r"\bline \d+")
_KEYS = ("state", "unit")
"""Fields that tell the members of a list apart, where they differ in all of them."""
_APART = frozenset({"coverage", "training_sets", "evaluation_sets", "lineage", "findings", "stats"})
"""Fields of a report that are compared by themselves, or (``stats``) say only what it cost."""


@frozen
class ChangedValue:
    """One value that is not what it was."""

    what: str
    """The measure, set, node or finding it belongs to; ``report`` for the report itself."""
    field: str
    """Its name in the JSON report, dotted where it is nested: ``license.state``."""
    old: Value
    """As in the JSON report: numbers are numbers; ``None`` also where there was no such field."""
    new: Value


@frozen
class FindingLine:
    """A finding in short."""

    code: str
    severity: str
    subject: str
    message: str
    fingerprint: str


@frozen
class Difference:
    """Everything that changed, empty where nothing did."""

    old: str
    """``kind id@revision`` of the old report."""
    new: str
    report: tuple[ChangedValue, ...]
    """Verdict, policy, revision, source, date, tool, the subject's own license, notes."""
    coverage: tuple[ChangedValue, ...]
    sets_added: tuple[str, ...]
    sets_removed: tuple[str, ...]
    sets_changed: tuple[ChangedValue, ...]
    evaluation_sets: tuple[ChangedValue, ...]
    lineage_added: tuple[str, ...]
    lineage_removed: tuple[str, ...]
    lineage_changed: tuple[ChangedValue, ...]
    findings_new: tuple[FindingLine, ...]
    findings_gone: tuple[FindingLine, ...]
    findings_changed: tuple[ChangedValue, ...]
    evidence: tuple[str, ...]
    """What is quoted from another place, or in other words, than before."""
    better: tuple[str, ...] = ()
    """What of the above is for the better, in sentences; see :mod:`.direction`."""
    worse: tuple[str, ...] = ()

    @property
    def conclusions(self) -> bool:
        """Whether anything that the report concludes differs; its date alone does not count."""
        return bool(
            self.coverage
            or self.sets_added
            or self.sets_removed
            or self.sets_changed
            or self.evaluation_sets
            or self.lineage_added
            or self.lineage_removed
            or self.lineage_changed
            or self.findings_new
            or self.findings_gone
            or self.findings_changed
            or any(change.field != "as_of" for change in self.report)
        )

    @property
    def empty(self) -> bool:
        """Whether nothing changed but perhaps the date."""
        return not self.conclusions and not self.evidence


@frozen
class _Matched(Generic[_T]):
    """Things of two reports that are the same thing, and those without a counterpart."""

    pairs: tuple[tuple[_T, _T], ...]
    gone: tuple[_T, ...]
    new: tuple[_T, ...]


def compare(old: Report, new: Report) -> Difference:
    """What changed from ``old`` to ``new``.

    Sets are matched by id (or name) and way, findings by fingerprint; what is left over then by
    less, a set that has another id now by its name. Two that share an id are still compared one
    with one, so none can hide another.
    """
    measures = _matched(
        old.coverage, new.coverage, [_measure, lambda c: (c.measure, c.unit, c.reading)]
    )
    sets = _matched(
        old.training_sets, new.training_sets, [_exact, _label_and_via, _label, _name_and_via]
    )
    tests = _matched(old.evaluation_sets, new.evaluation_sets, [_exact_evaluation, _evaluation])
    nodes = _matched(old.lineage.nodes, new.lineage.nodes, [lambda n: n.key])
    edges = _matched(old.lineage.edges, new.lineage.edges, [_step])
    findings = _findings(old.findings, new.findings)
    moved = [
        *_moved([(old, new)], lambda _: "report", _APART),
        *_moved(measures.pairs, _measure),
        *_moved(sets.pairs, _set_name),
        *_moved(tests.pairs, _evaluation),
        *_moved(edges.pairs, _step),
        *_moved(findings.pairs, _finding_name),
    ]
    pairs_of_findings = (findings.pairs, findings.gone, findings.new)
    ways = directions(old, new, sets.pairs, sets.gone, sets.new, pairs_of_findings)
    return Difference(
        old=_name(old),
        new=_name(new),
        report=_changes("report", _facts(old, _APART), _facts(new, _APART)),
        coverage=_listed(measures, _measure),
        sets_added=tuple(_described(item) for item in sets.new),
        sets_removed=tuple(_described(item) for item in sets.gone),
        sets_changed=_changed(sets.pairs, _set_name),
        evaluation_sets=_listed(tests, _evaluation),
        lineage_added=(*map(_node, nodes.new), *map(_step, edges.new)),
        lineage_removed=(*map(_node, nodes.gone), *map(_step, edges.gone)),
        lineage_changed=(
            *_changes("lineage", _walk(old), _walk(new)),
            *_changed(nodes.pairs, lambda n: n.key),
            *_changed(edges.pairs, _step),
        ),
        findings_new=tuple(_line(f) for f in findings.new),
        findings_gone=tuple(_line(f) for f in findings.gone),
        findings_changed=_changed(findings.pairs, _finding_name),
        evidence=tuple(dict.fromkeys(moved)),
        better=tuple(ways.better),
        worse=tuple(ways.worse),
    )


def _matched(
    old: Sequence[_T], new: Sequence[_T], keys: Sequence[Callable[[_T], object]]
) -> _Matched[_T]:
    """Pairs of equal key, one with one in order, by the first key, what is left by the next."""
    partner: dict[int, int] = {}
    for key in keys:
        waiting: dict[object, list[int]] = {}
        taken = set(partner.values())
        for at, item in enumerate(old):
            if at not in taken:
                waiting.setdefault(key(item), []).append(at)
        for at, item in enumerate(new):
            if at not in partner and waiting.get(key(item)):
                partner[at] = waiting[key(item)].pop(0)
    taken = set(partner.values())
    return _Matched(
        tuple((old[partner[at]], item) for at, item in enumerate(new) if at in partner),
        tuple(item for at, item in enumerate(old) if at not in taken),
        tuple(item for at, item in enumerate(new) if at not in partner),
    )


def _findings(old: Sequence[Finding], new: Sequence[Finding]) -> _Matched[Finding]:
    """By fingerprint; then those of one rule on one thing that share a member, or are alone.

    A finding on several things has another fingerprint when one of them leaves.
    """
    same = _matched(old, new, [lambda f: (f.fingerprint, f.code), lambda f: f.fingerprint])
    pairs, gone, fresh = list(same.pairs), list(same.gone), []
    for item in same.new:
        alike = [f for f in gone if (f.code, f.subject) == (item.code, item.subject)]
        alone = sum((f.code, f.subject) == (item.code, item.subject) for f in same.new) == 1
        shared = {id(f): len({*f.subjects} & {*item.subjects}) for f in alike}
        best = max(alike, key=lambda f: shared[id(f)], default=None)
        single = best is not None and not best.subjects and not item.subjects
        if best is not None and (shared[id(best)] or (single and alone and len(alike) == 1)):
            gone = [f for f in gone if f is not best]
            pairs.append((best, item))
        else:
            fresh.append(item)
    return _Matched(tuple(pairs), tuple(gone), tuple(fresh))


def _facts(noun: object, without: Iterable[str] = ()) -> _Facts:
    """The fields of a noun as in JSON, nested ones by dotted names, evidence left out."""
    skipped = frozenset(without)
    return _flat("", {key: v for key, v in _built(noun).items() if key not in skipped})


def _built(noun: object) -> dict[str, Value]:
    """A noun's fields as in JSON, with tuples as lists."""
    built: dict[str, Value] = msgspec.to_builtins(noun)
    return {key: _as_list(value) for key, value in built.items()}


def _as_list(value: Value | tuple[Value, ...]) -> Value:
    if isinstance(value, dict):
        return {key: _as_list(inner) for key, inner in value.items()}
    return [_as_list(v) for v in value] if isinstance(value, list | tuple) else value


def _flat(prefix: str, fields: dict[str, Value]) -> _Facts:
    flat: _Facts = {}
    for key, value in fields.items():
        if key in _EVIDENCE:
            continue
        inner = _keyed(value) if isinstance(value, list) else value
        if isinstance(inner, dict):
            flat |= _flat(f"{prefix}{key}.", inner)
        else:
            flat[f"{prefix}{key}"] = _bare(inner)
    return flat


def _keyed(items: list[Value]) -> Value:
    """Members by the field that tells them apart; the list itself where none does."""
    for key in _KEYS:
        named = {m[key]: m for m in items if isinstance(m, dict) and isinstance(m.get(key), str)}
        if items and len(named) == len(items):
            return {str(k): {f: v for f, v in m.items() if f != key} for k, m in named.items()}
    return items


def _bare(value: Value) -> Value:
    """A value without evidence at any depth."""
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in _EVIDENCE}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def _quoted(value: Value) -> list[Value]:
    """Every piece of evidence in a value, and every line that a reason names, in order."""
    if isinstance(value, list):
        return [text for inner in value for text in _quoted(inner)]
    if not isinstance(value, dict):
        return []
    texts: list[Value] = []
    for key, inner in value.items():
        if key in _EVIDENCE:
            texts.append(inner)
        elif key in _PLACED and isinstance(inner, str):
            texts += _LINE.findall(inner)
        else:
            texts += _quoted(inner)
    return texts


def _walk(report: Report) -> _Facts:
    """What the lineage is about and where it was cut."""
    return {"root": report.lineage.root, "truncated": list(report.lineage.truncated)}


def _changes(what: str, old: _Facts, new: _Facts) -> tuple[ChangedValue, ...]:
    keys = dict.fromkeys([*new, *old])
    pairs = ((key, old.get(key), new.get(key)) for key in keys)
    return tuple(ChangedValue(what, key, a, b) for key, a, b in pairs if not _same(key, a, b))


def _same(field: str, old: Value, new: Value) -> bool:
    """Whether two values are equal, but perhaps for the line that a reason was read on."""
    if field.rpartition(".")[2] in _PLACED and isinstance(old, str) and isinstance(new, str):
        return _LINE.sub("line", old) == _LINE.sub("line", new)
    return old == new


def _changed(pairs: Iterable[tuple[_T, _T]], name: Callable[[_T], str]) -> tuple[ChangedValue, ...]:
    return tuple(
        change for a, b in pairs for change in _changes(name(b), _facts(a), _facts(b)) if a != b
    )


def _listed(matched: _Matched[_T], name: Callable[[_T], str]) -> tuple[ChangedValue, ...]:
    """Changes of pairs; what came or went is a change from or to nothing, field by field."""
    return (
        *_changed(matched.pairs, name),
        *(c for item in matched.gone for c in _changes(name(item), _facts(item), {})),
        *(c for item in matched.new for c in _changes(name(item), {}, _facts(item))),
    )


def _moved(
    pairs: Iterable[tuple[_T, _T]], name: Callable[[_T], str], without: Iterable[str] = ()
) -> list[str]:
    """Names of pairs whose evidence differs."""
    skipped = frozenset(without)
    moved = []
    for pair in pairs:
        a, b = (
            _quoted({k: v for k, v in _built(noun).items() if k not in skipped}) for noun in pair
        )
        if a != b:
            moved.append(name(pair[1]))
    return moved


def _name(report: Report) -> str:
    revision = f"@{report.subject.revision[:12]}" if report.subject.revision else ""
    return f"{report.subject.kind} {report.subject.id}{revision}"


def _measure(coverage: Coverage) -> str:
    basis = f" ({coverage.basis})" if coverage.measure.value == "published" else ""
    return f"{shares.measure_name(coverage)}, {coverage.reading.value}{basis}"


def _exact(item: TrainingSet) -> object:
    return item.id, item.name, item.via


def _label_and_via(item: TrainingSet) -> object:
    return set_words.label(item).casefold(), item.via


def _label(item: TrainingSet) -> object:
    return set_words.label(item).casefold()


def _name_and_via(item: TrainingSet) -> object:
    return item.name.casefold(), item.via


def _set_name(item: TrainingSet) -> str:
    way = f" (through {' → '.join(item.via)})" if item.via else ""
    return f"{set_words.label(item)}{way}"


def _exact_evaluation(item: EvaluationSet) -> object:
    return item.id, item.name


def _evaluation(item: EvaluationSet) -> str:
    return item.id or item.name


def _node(node: Node) -> str:
    return f"{node.key}: {node.license_state.value}, {node.concluded}"


def _step(edge: Edge) -> str:
    return f"{edge.source} {edge.kind.value.replace('_', ' ')} {edge.target}"


def _described(item: TrainingSet) -> str:
    license_ = set_words.license_words(item.license)
    return f"{_set_name(item)}: {item.license.state.value}{f', {license_}' if license_ else ''}"


def _finding_name(finding: Finding) -> str:
    return f"{finding.code} {finding.subject}"


def _line(finding: Finding) -> FindingLine:
    return FindingLine(
        finding.code, finding.severity.value, finding.subject, finding.message, finding.fingerprint
    )
