"""The part of the lineage that a reader has to see, as a tree from the subject outwards.

Shown are base models, and the sets that lack, disagree, were not examined or were made from
others. Sets with an explicit license and nothing behind them are counted, not shown: there may be
hundreds, and all say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from provenance.frozen import frozen
from provenance.render import sentences
from provenance.render.lineage_words import SOURCE_WORDS, edge_trouble
from provenance.report import shares
from provenance.report.license import LicenseState
from provenance.report.lineage import Edge, EdgeKind, Lineage, Node, NodeKind
from provenance.report.report import Report

MARKS = {"none": "∅", "unresolved": "?", "ambiguous": "~", "conflicting": "≠", "explicit": "✓"}
"""The sign of each license state, beside its colour."""
_MOST = 24
"""Branches shown of one thing."""
_DEEPEST = 6
"""Steps from the subject: as many as are drawn side by side or indented on a narrow screen."""
_MADE = {
    "finetune": "a finetune of",
    "adapter": "an adapter of",
    "merge": "a merge of",
    "quantized": "a quantized copy of",
}


@frozen
class Branch:
    """One thing, how it was used by what stands before it, and what it was made from itself."""

    node: Node
    kind: EdgeKind | None
    """``None`` for the subject."""
    how: str
    """``trained on``, ``a finetune of``, ``made from``; empty for the subject."""
    trouble: str | None
    """:data:`~provenance.render.lineage_words.LACKS` or ``UNKNOWN``: what was made from it states
    a license all the same."""
    share: float | None
    """Of the headline's measure, 0–1; ``None``: not known, or not the subject's own."""
    again: bool
    """It stands elsewhere in the tree with what it was made from."""
    branches: tuple[Branch, ...] = ()
    folded: tuple[tuple[str, int], ...] = ()
    """What is not shown of it: a license state and how many, worst first."""

    @property
    def behind(self) -> str | None:
        """What stands behind its own license: the worst trouble of its sources."""
        troubles = {b.trouble for b in self.branches}
        return next((t for t in SOURCE_WORDS if t in troubles), None)

    @property
    def warning(self) -> str:
        """That it states a license and what it is made from has none; empty where neither is."""
        return f"states a license, but is {SOURCE_WORDS[self.behind]}" if self.behind else ""


def lineage_tree(report: Report) -> Branch | None:
    """The tree from the subject; ``None`` when there is nothing but the subject."""
    nodes = {n.key: n for n in report.lineage.nodes}
    root = nodes.get(report.lineage.root)
    following = _following(report.lineage, nodes)
    if root is None or not following[root.key]:
        return None
    measure = sentences.headline(report)
    known = {s.key: shares.share_of(s, measure) for s in report.training_sets if not s.via}
    return _Grown(nodes, following, known).branch(root, None, 0)


def _following(lineage: Lineage, nodes: Mapping[str, Node]) -> dict[str, list[Edge]]:
    following: dict[str, list[Edge]] = defaultdict(list)
    for edge in lineage.edges:
        if edge.source in nodes and edge.target in nodes:
            following[edge.source].append(edge)
    return following


class _Grown:
    """A walk that shows what each thing was made from at its first place only."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        following: Mapping[str, Sequence[Edge]],
        known: Mapping[str, float | None],
    ) -> None:
        self._nodes, self._following, self._known = nodes, following, known
        self._seen: set[str] = set()

    def branch(self, node: Node, edge: Edge | None, depth: int) -> Branch:
        edges = self._following.get(node.key, ())
        again = bool(edges) and (node.key in self._seen or depth >= _DEEPEST)
        self._seen.add(node.key)
        shown: list[Edge] = []
        folded: list[Edge] = []
        for below in () if again else sorted(edges, key=self._order):
            (shown if self._matters(below) and len(shown) < _MOST else folded).append(below)
        states = [self._nodes[e.target].license_state for e in folded]
        return Branch(
            node=node,
            kind=edge.kind if edge is not None else None,
            how=_how(edge) if edge is not None else "",
            trouble=edge_trouble(edge, self._nodes) if edge is not None else None,
            share=self._known.get(node.key) if depth == 1 else None,
            again=again,
            branches=tuple(self.branch(self._nodes[e.target], e, depth + 1) for e in shown),
            folded=tuple((s.value, states.count(s)) for s in sentences.STATES if s in states),
        )

    def _order(self, edge: Edge) -> tuple[bool, float, int, str]:
        """Models first, then sets by weight, then by state."""
        target = self._nodes[edge.target]
        share = self._known.get(target.key) or 0.0
        state = sentences.STATES.index(target.license_state)
        return target.kind is not NodeKind.MODEL, -share, state, target.key

    def _matters(self, edge: Edge) -> bool:
        target = self._nodes[edge.target]
        return (
            target.kind is NodeKind.MODEL
            or edge.kind is EdgeKind.DERIVED_FROM
            or target.license_state is not LicenseState.EXPLICIT
            or bool(self._following.get(target.key))
        )


def _how(edge: Edge) -> str:
    if edge.kind is EdgeKind.FINETUNED_FROM:
        return _MADE.get(edge.relation or "", "made from")
    return "trained on" if edge.kind is EdgeKind.TRAINED_ON else "derived from"
