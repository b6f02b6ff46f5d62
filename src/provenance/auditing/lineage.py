"""From a finished walk to the lineage graph. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.auditing.examined import Examined, ExaminedDataset, declaration_of
from provenance.auditing.sets import NOT_FOLLOWED, bases_of
from provenance.auditing.walk import Walk, set_id
from provenance.catalog import Catalog
from provenance.licensing import unresolved
from provenance.names import normalize
from provenance.refs import RepoKind, RepoRef
from provenance.report.license import Cause
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.training import TrainingSet
from provenance.vocabulary.keys import NAMED
from provenance.vocabulary.statuses import Status

_NAMED_SOURCE = "named by what was made from it: no Hub repository to look at"


def lineage_of(walk: Walk, sets: tuple[TrainingSet, ...], catalog: Catalog) -> Lineage:
    """The graph of everything reached, nodes and edges sorted by key."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, EdgeKind], Edge] = {}
    by_name = {normalize(s.name): s for s in sets}
    models = [walk.root, *(model for model, _ in bases_of(walk))]
    for model in models:
        _add_node(nodes, _repo_node(model))
        declaration = declaration_of(model)
        if declaration is None:
            continue
        for base in declaration.base_models:
            key = _target(nodes, walk.model(base.id), base.id, base.name, RepoKind.MODEL)
            _add_edge(
                edges,
                Edge(model.path, key, EdgeKind.FINETUNED_FROM, base.relation, (base.evidence,)),
            )
        for declared in declaration.sets:
            target = walk.dataset(set_id(declared, catalog))
            if target is not None and not target.found and declared.id is None:
                target = None
            key = _target(nodes, target, declared.id, declared.name, RepoKind.DATASET, by_name)
            _add_edge(edges, Edge(model.path, key, EdgeKind.TRAINED_ON, None, declared.evidence))
    for examined in _datasets(walk):
        _add_node(nodes, _repo_node(examined))
        for source in examined.sources:
            key = _target(nodes, walk.dataset(source.id), source.id, source.name, RepoKind.DATASET)
            _add_edge(
                edges, Edge(examined.path, key, EdgeKind.DERIVED_FROM, None, (source.evidence,))
            )
    reached = _reachable(walk.root.path, edges)
    return Lineage(
        root=walk.root.path,
        nodes=tuple(nodes[k] for k in sorted(nodes) if k in reached),
        edges=tuple(edges[k] for k in sorted(edges) if k[0] in reached),
        truncated=walk.skipped,
    )


def _reachable(root: str, edges: dict[tuple[str, str, EdgeKind], Edge]) -> set[str]:
    """Keys that can be reached: an id tried for a catalogue's guess and not found cannot."""
    targets: dict[str, list[str]] = {}
    for source, target, _ in edges:
        targets.setdefault(source, []).append(target)
    seen = {root}
    todo = [root]
    while todo:
        for target in targets.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def _datasets(walk: Walk) -> Iterator[ExaminedDataset]:
    seen = set()
    for examined in walk.examined.values():
        if isinstance(examined, ExaminedDataset) and examined.path not in seen:
            seen.add(examined.path)
            yield examined


def _add_node(nodes: dict[str, Node], node: Node) -> None:
    nodes.setdefault(node.key, node)


def _add_edge(edges: dict[tuple[str, str, EdgeKind], Edge], edge: Edge) -> None:
    edges.setdefault((edge.source, edge.target, edge.kind), edge)


def _repo_node(examined: Examined) -> Node:
    kind = NodeKind.MODEL if examined.asked.kind is RepoKind.MODEL else NodeKind.DATASET
    declaration = declaration_of(examined)
    renamed = examined.asked.id if examined.asked.id != examined.id else None
    return Node(
        key=examined.path,
        kind=kind,
        id=examined.id,
        revision=examined.revision,
        status=examined.status,
        detail=examined.detail,
        license=examined.license,
        undeclared=declaration is not None and declaration.undeclared,
        renamed_from=renamed,
        gated=examined.gated,
    )


def _target(
    nodes: dict[str, Node],
    examined: Examined | None,
    repo_id: str | None,
    name: str,
    kind: RepoKind,
    by_name: dict[str, TrainingSet] | None = None,
) -> str:
    """Key of an edge's target, its node added when it is not there yet."""
    if examined is not None:
        _add_node(nodes, _repo_node(examined))
        return examined.path
    known = (by_name or {}).get(normalize(name))
    if repo_id is not None:
        key = RepoRef(kind, repo_id).path
        node_kind = NodeKind.MODEL if kind is RepoKind.MODEL else NodeKind.DATASET
        status, detail = Status.NOT_FOLLOWED, NOT_FOLLOWED
        identity, conclusion = repo_id, unresolved(NOT_FOLLOWED, Cause.OVER_BOUND)
    else:
        key, node_kind, identity = f"{NAMED}{name}", NodeKind.NAMED, name
        status, detail = Status.NAMED, None
        conclusion = unresolved(_NAMED_SOURCE, Cause.OUTSIDE_SOURCES)
    conclusion = known.license if known is not None else conclusion
    _add_node(nodes, Node(key, node_kind, identity, None, status, detail, conclusion))
    return key
