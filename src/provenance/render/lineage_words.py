"""What every renderer says of the lineage, as plain text; nothing is escaped here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from provenance.amounts import listing, plural
from provenance.render.set_words import label, named
from provenance.report.license import LicenseState, Standing
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.report import Report
from provenance.vocabulary.statuses import Status

LACKS = "lacks"
UNKNOWN = "unknown"
SOURCE_WORDS = {
    LACKS: "made from something that lacks a license",
    UNKNOWN: "made from something that could not be examined",
}
"""What is wrong with a source. Not having looked is never said to be a lack."""
_OPEN = {LicenseState.NONE: LACKS, LicenseState.AMBIGUOUS: LACKS, LicenseState.UNRESOLVED: UNKNOWN}


_MADE = {
    "finetune": "is a finetune of",
    "adapter": "is an adapter of",
    "merge": "is a merge of",
    "quantized": "is a quantized copy of",
}


def edge_trouble(edge: Edge, nodes: Mapping[str, Node]) -> str | None:
    """:data:`LACKS` or :data:`UNKNOWN` where a set that states a license has such a source."""
    if edge.kind is not EdgeKind.DERIVED_FROM or nodes[edge.source].license.lacks:
        return None
    return _OPEN.get(nodes[edge.target].license_state)


def source_troubles(report: Report) -> dict[str, str]:
    """What is wrong with the sources of sets that state a license, by the set's label.

    :data:`LACKS` where anything it derives from, at any distance, was seen to lack a license;
    :data:`UNKNOWN` where something could not be examined.
    """
    states = {n.key: n.license_state for n in report.lineage.nodes}
    targets: dict[str, list[str]] = defaultdict(list)
    for edge in report.lineage.edges:
        if edge.kind is EdgeKind.DERIVED_FROM:
            targets[edge.source].append(edge.target)
    troubles = {}
    for item in report.training_sets:
        worse = item.inherited is not Standing.NOT_LACKING
        if worse and item.license.standing is Standing.NOT_LACKING:
            reached = _reached(item.key, targets)
            known = {_OPEN.get(states.get(key, LicenseState.UNRESOLVED)) for key in reached}
            troubles[label(item)] = LACKS if LACKS in known else UNKNOWN
    return troubles


def _reached(start: str, targets: Mapping[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    todo = list(targets.get(start, ()))
    while todo:
        key = todo.pop()
        if key not in reached:
            reached.add(key)
            todo += targets.get(key, ())
    return reached


def lineage_lines(report: Report) -> list[str]:
    """The lineage in a few sentences: base models, then datasets made from other datasets."""
    nodes = {n.key: n for n in report.lineage.nodes}
    lines = []
    for edge in report.lineage.edges:
        if edge.kind is not EdgeKind.FINETUNED_FROM:
            continue
        target = nodes.get(edge.target)
        state = ""
        if target is not None:
            terms = ", ".join(r for r in target.license.restrictions if r != "attribution")
            known = f"{target.concluded}: {terms}" if terms else target.concluded
            known = f"{known}; names no training data" if target.undeclared else known
            state = f" ({known if target.status is Status.FOUND else target.status.words})"
        made = _MADE.get(edge.relation or "", "is made from")
        lines.append(f"{edge.source} {made} {edge.target}{state}")
    derived = [e for e in report.lineage.edges if e.kind is EdgeKind.DERIVED_FROM]
    if derived:
        lines.append(
            f"{plural(len({e.source for e in derived}), 'dataset')} derived from "
            f"{plural(len({e.target for e in derived}), 'other')}"
        )
    troubles = source_troubles(report)
    for trouble, words in SOURCE_WORDS.items():
        sets = [name for name, met in troubles.items() if met == trouble]
        if sets:
            lines.append(
                f"{plural(len(sets), 'set')} stating a license, but {words}: {listing(sets)}"
            )
    return lines


def steps(lineage: Lineage) -> list[tuple[str, EdgeKind, list[tuple[str, str]]]]:
    """Every edge once: what was made, how, and from what, with the state of each of those."""
    states = {n.key: n.license_state.value for n in lineage.nodes}
    by_source: dict[tuple[str, EdgeKind], list[tuple[str, str]]] = {}
    for edge in lineage.edges:
        relation = f" ({edge.relation})" if edge.relation else ""
        state = states.get(edge.target, LicenseState.UNRESOLVED.value)
        by_source.setdefault((edge.source, edge.kind), []).append(
            (f"{edge.target}{relation}", state)
        )
    ordered = sorted(by_source.items(), key=lambda group: group[0][0] != lineage.root)
    return [(source, kind, targets) for (source, kind), targets in ordered]


def unexamined(report: Report) -> list[tuple[str, str]]:
    """What was not examined: what, and why."""
    rows = [
        (named(s), s.unresolved_reason or s.license.reason)
        for s in report.training_sets
        if not s.resolved
    ]
    sets = {s.id for s in report.training_sets}
    rows += [
        (n.key, n.detail or n.status.words)
        for n in report.lineage.nodes
        if n.status is not Status.FOUND
        and (n.kind is NodeKind.MODEL or (n.key == report.lineage.root and n.id not in sets))
    ]
    rows += [(key, "a bound of the walk was reached") for key in report.lineage.truncated]
    return rows
