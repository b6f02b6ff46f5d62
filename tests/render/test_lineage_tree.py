"""What of a lineage is shown: the branches that matter, the others counted."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tests import builders
from tests.render import factory

from provenance.render import FORMATS, Page
from provenance.render.lineage_tree import Branch, lineage_tree
from provenance.report.license import LicenseState
from provenance.report.lineage import Edge, EdgeKind, Lineage, NodeKind
from provenance.report.report import Report


def _tree(report: Report) -> Branch:
    tree = lineage_tree(report)
    assert tree is not None
    return tree


def _all(branch: Branch) -> list[Branch]:
    return [branch, *(found for inner in branch.branches for found in _all(inner))]


def _of(root: str, *edges: tuple[str, str], kind: EdgeKind = EdgeKind.DERIVED_FROM) -> Report:
    keys = sorted({root, *(key for edge in edges for key in edge)})
    nodes = tuple(builders.node(key) for key in keys)
    steps = tuple(Edge(a, b, kind, None, ()) for a, b in edges)
    return replace(factory.report(), lineage=Lineage(root, nodes, steps))


def test_laundering_is_said_of_the_set_and_drawn_at_its_source() -> None:
    found = _all(_tree(factory.report()))
    assert [b.trouble for b in found if b.trouble] == ["lacks"]
    [laundered] = [b for b in found if b.warning]
    assert laundered.warning == (
        "states a license, but is made from something that lacks a license"
    )
    unknown = builders.conclusion(LicenseState.UNRESOLVED, "NOASSERTION", "because")
    nodes = tuple(
        replace(n, license=unknown) if n.id.endswith("forum-talk") else n
        for n in factory.report().lineage.nodes
    )
    unsure = replace(factory.report(), lineage=replace(factory.report().lineage, nodes=nodes))
    assert [b.behind for b in _all(_tree(unsure)) if b.warning] == ["unknown"]


def test_what_is_explicit_and_made_from_nothing_is_counted() -> None:
    tree = _tree(factory.report())
    shown = {b.node.key for b in _all(tree)}
    left = {n.key for n in factory.report().lineage.nodes} - shown
    assert left
    sources = {e.source for e in factory.report().lineage.edges}
    for node in factory.report().lineage.nodes:
        if node.key in left:
            assert node.license_state is LicenseState.EXPLICIT
            assert node.key not in sources
    counted = sum(n for b in _all(tree) for _, n in b.folded)
    assert counted >= len(left)


def test_the_heaviest_stand_first_after_the_models() -> None:
    branches = _tree(factory.report()).branches
    models = [b.node.kind is NodeKind.MODEL for b in branches]
    assert models == sorted(models, reverse=True)
    weights = [b.share or 0.0 for b in branches if b.node.kind is not NodeKind.MODEL]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0.6


def test_of_many_sets_the_rest_is_counted() -> None:
    tree = _tree(factory.large(200))
    assert len(tree.branches) <= 24
    assert len(tree.branches) + sum(n for _, n in tree.folded) == 200


def test_a_cycle_ends_and_what_stands_twice_is_unfolded_once() -> None:
    a, b, c = (f"datasets/o/{name}" for name in "abc")
    tree = _tree(_of(a, (a, b), (b, a), (a, c), (c, b)))
    found = _all(tree)
    assert len(found) == 5
    assert sorted(f.node.key for f in found if f.again) == [a, b]


def test_a_long_chain_is_shown_as_far_as_can_be_drawn() -> None:
    keys = [f"datasets/o/{n:02d}" for n in range(40)]
    found = _all(_tree(_of(keys[0], *pairwise(keys))))
    assert len(found) == 7
    assert found[-1].again


def test_there_is_no_tree_of_one_thing() -> None:
    node = builders.node("models/o/a", NodeKind.MODEL)
    alone = replace(factory.report(), lineage=Lineage(node.key, (node,), ()))
    assert lineage_tree(alone) is None
    elsewhere = replace(factory.report(), lineage=Lineage("models/o/b", (node,), ()))
    assert lineage_tree(elsewhere) is None


def test_the_terminal_draws_it() -> None:
    report = factory.report()
    plain = FORMATS["text"](report, Page(100, show_all=True)).partition("\nLineage")[2]
    for branch in _all(_tree(report)):
        assert branch.node.id in plain
    assert "├── " in plain
    assert "in the table" in plain
    colored = FORMATS["text"](report, Page(100, color=True, show_all=True))
    assert "\x1b]8;" in colored, "names lead to their cards"
