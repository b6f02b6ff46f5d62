"""The lineage as inline SVG: layers from left to right, many leaves gathered in a box.

A model trained on hundreds of sets has hundreds of edges that say the same. Leaves that hang on
one node only are therefore drawn in a grid inside one box, with one edge to the box; whatever has
a lineage of its own, or several users, keeps its own place and edges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from provenance.escape import html, terminal
from provenance.render import sentences
from provenance.render.charts import number
from provenance.render.layout import clip_middle, width
from provenance.render.lineage_words import SOURCE_WORDS, edge_trouble
from provenance.report.lineage import Edge, Lineage, Node, NodeKind

_ROW = 26
_NODE = 20
_CHARACTERS = 26
_NODE_WIDTH = 214
_GAP = 70
_PAD = 10
_BOX_HEAD = 22
_FEWEST_IN_BOX = 4
_ROWS_IN_BOX = 16
_COLUMNS = 3
MARKS = {"none": "∅", "unresolved": "?", "ambiguous": "~", "conflicting": "≠", "explicit": "✓"}
"""The sign of each license state, beside its colour."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A node, or a box of leaves, with its size in the drawing."""

    key: str
    nodes: tuple[Node, ...]
    parent: str | None = None
    """The node a box hangs on; ``None`` for a single node."""

    @property
    def columns(self) -> int:
        return 1 if self.parent is None else min(_COLUMNS, -(-len(self.nodes) // _ROWS_IN_BOX))

    @property
    def rows(self) -> int:
        return -(-len(self.nodes) // self.columns)

    @property
    def width(self) -> float:
        inner = self.columns * (_NODE_WIDTH + _PAD) - _PAD
        return inner if self.parent is None else inner + 2 * _PAD

    @property
    def height(self) -> float:
        return _NODE if self.parent is None else _BOX_HEAD + self.rows * _ROW + _PAD - 4


@dataclass(slots=True)
class _Drawing:
    """Where items stand."""

    at: dict[str, tuple[float, float]] = field(default_factory=dict)
    layer: dict[str, int] = field(default_factory=dict)
    """The layer of each item."""
    left: list[float] = field(default_factory=list)
    """Where each layer begins."""
    right: list[float] = field(default_factory=list)
    """Where each layer ends."""
    width: float = 0.0
    height: float = 0.0


def lineage_svg(lineage: Lineage) -> str:
    """The graph as an SVG element; empty when there is nothing but the subject."""
    nodes = {n.key: n for n in lineage.nodes}
    edges = [e for e in lineage.edges if e.source in nodes and e.target in nodes]
    if not edges:
        return ""
    boxed = _boxes(nodes, edges, lineage.root)
    items = [_Item(f"box:{parent}", leaves, parent) for parent, leaves in boxed.items()]
    inside = {leaf.key for leaves in boxed.values() for leaf in leaves}
    items += [_Item(key, (node,)) for key, node in nodes.items() if key not in inside]
    layers = _layers(items, edges, lineage.root)
    drawing = _place(layers)
    sizes = {item.key: item for item in items}
    shapes = [_edge(e, nodes, sizes, drawing) for e in edges if e.target not in inside]
    shapes += [_box_edge(item, nodes, sizes, drawing) for item in items if item.parent is not None]
    shapes += [_item(item, drawing, lineage.root) for item in items]
    label = (
        f"Lineage: {len(nodes)} things and {len(edges)} steps; the same is written as a list below"
    )
    wide, high = number(drawing.width), number(drawing.height)
    return (
        f'<svg class="graph" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-label="{html(label)}">{"".join(shapes)}</svg>'
    )


def _boxes(nodes: dict[str, Node], edges: Sequence[Edge], root: str) -> dict[str, tuple[Node, ...]]:
    """Leaves with one user only, by that user, where there are enough to gather."""
    users: dict[str, set[str]] = defaultdict(set)
    sources = {e.source for e in edges}
    marked = {e.target for e in edges if edge_trouble(e, nodes)}
    for edge in edges:
        users[edge.target].add(edge.source)
    by_user: dict[str, list[Node]] = defaultdict(list)
    for key, node in nodes.items():
        alone = len(users[key]) == 1 and key not in sources and key not in marked
        if alone and key != root and node.kind is not NodeKind.MODEL:
            by_user[next(iter(users[key]))].append(node)
    return {
        user: tuple(sorted(leaves, key=lambda n: (sentences.STATES.index(n.license_state), n.key)))
        for user, leaves in by_user.items()
        if len(leaves) >= _FEWEST_IN_BOX
    }


def _layers(items: Sequence[_Item], edges: Sequence[Edge], root: str) -> list[list[_Item]]:
    """Items by their distance from the root; what cannot be reached stands last."""
    following: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        following[edge.source].append(edge.target)
    distance = {root: 0}
    level = [root]
    while level:
        reached = [t for key in level for t in following[key] if t not in distance]
        for key in reached:
            distance[key] = distance[level[0]] + 1
        level = list(dict.fromkeys(reached))
    last = max(distance.values()) + 1
    rank = {key: position for position, key in enumerate(distance)}
    layers: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        depth = distance.get(item.key, last)
        if item.parent is not None:
            depth = distance.get(item.parent, last) + 1
        layers[depth].append(item)
    for members in layers.values():
        members.sort(
            key=lambda i: (rank.get(i.parent or i.key, len(rank)), i.parent is not None, i.key)
        )
    return [layers[depth] for depth in sorted(layers)]


def _place(layers: Sequence[Sequence[_Item]]) -> _Drawing:
    """Columns side by side, each centred on the tallest."""
    drawing = _Drawing()
    heights = [sum(i.height for i in layer) + (len(layer) - 1) * 8 for layer in layers]
    drawing.height = max(heights) + 2 * _PAD
    x = float(_PAD)
    for depth, (layer, height) in enumerate(zip(layers, heights, strict=True)):
        y = (drawing.height - height) / 2
        wide = max(item.width for item in layer)
        drawing.left.append(x)
        drawing.right.append(x + wide)
        for item in layer:
            drawing.at[item.key] = (x, y)
            drawing.layer[item.key] = depth
            y += item.height + 8
        x += wide + _GAP
    drawing.width = x - _GAP * 0.4
    return drawing


def _edge(edge: Edge, nodes: dict[str, Node], sizes: dict[str, _Item], drawing: _Drawing) -> str:
    css = f"edge e-{edge.kind.value}"
    title = f"{edge.source} {edge.kind.value.replace('_', ' ')} {edge.target}"
    if edge.relation:
        title += f" ({edge.relation})"
    trouble = edge_trouble(edge, nodes)
    if trouble is not None:
        css += f" t-{trouble}"
        title += f": states a license, but is {SOURCE_WORDS[trouble]}"
    return _curve(edge.source, edge.target, sizes, drawing, css, title)


def _box_edge(
    item: _Item, nodes: dict[str, Node], sizes: dict[str, _Item], drawing: _Drawing
) -> str:
    parent = item.parent or ""
    kind = "derived_from" if nodes[parent].kind is not NodeKind.MODEL else "trained_on"
    title = f"{parent} {kind.replace('_', ' ')} {len(item.nodes)} sets"
    return _curve(parent, item.key, sizes, drawing, f"edge e-{kind}", title)


def _curve(
    source: str, target: str, sizes: dict[str, _Item], drawing: _Drawing, css: str, title: str
) -> str:
    """A line that bends only between layers, so that it never passes behind what stands in one.

    Within its own layer it stays in the row of the thing it leaves or reaches, which is free.
    """
    (left, y1), (target_left, y2) = drawing.at[source], drawing.at[target]
    y1, y2 = y1 + sizes[source].height / 2, y2 + sizes[target].height / 2
    start, end = left + sizes[source].width, target_left + sizes[target].width
    here, there = drawing.layer[source], drawing.layer[target]
    leaving, entering = drawing.right[here], drawing.left[there]
    if there == here + 1:
        middle = (leaving + entering) / 2
        bend = f"C{_point(middle, y1)} {_point(middle, y2)} {_point(entering, y2)}"
        bend += f"H{number(target_left)}"
    elif there == here:
        out = leaving + _GAP * 0.6
        bend = f"C{_point(out, y1)} {_point(out, y2)} {_point(leaving, y2)}H{number(end)}"
    else:  # back, which only a cycle does: along the bottom
        lane, under = drawing.right[there] + _GAP * 0.3, drawing.height - 3
        bend = (
            f"H{number(leaving + _GAP * 0.3)}V{number(under)}H{number(lane)}V{number(y2)}"
            f"H{number(end)}"
        )
    path = f"M{_point(start, y1)}H{number(leaving)}{bend}"
    return f'<path class="{css}" d="{path}"><title>{html(title)}</title></path>'


def _point(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _item(item: _Item, drawing: _Drawing, root: str) -> str:
    x, y = drawing.at[item.key]
    if item.parent is None:
        return _node(item.nodes[0], x, y, root)
    states = [leaf.license_state.value for leaf in item.nodes]
    counts = [f"{MARKS[state]} {states.count(state)}" for state in dict.fromkeys(states)]
    head = f"{len(item.nodes)} sets:  {'   '.join(counts)}"
    shapes = [
        f'<rect class="box" x="{number(x)}" y="{number(y)}" width="{number(item.width)}" '
        f'height="{number(item.height)}" rx="6"/>',
        f'<text class="box-head" x="{number(x + _PAD)}" y="{number(y + 16)}">{html(head)}</text>',
    ]
    for position, leaf in enumerate(item.nodes):
        column, row = divmod(position, item.rows)
        left = x + _PAD + column * (_NODE_WIDTH + _PAD)
        shapes.append(_node(leaf, left, y + _BOX_HEAD + row * _ROW, root))
    return "".join(shapes)


def _node(node: Node, x: float, y: float, root: str) -> str:
    state = node.license_state.value
    shown = clip_middle(terminal(node.id), _CHARACTERS)
    kind = "model" if node.kind is NodeKind.MODEL else node.kind.value
    title = f"{kind} {node.id}: {state}, {node.concluded}"
    if node.status != "found":
        title += f"; {node.detail or node.status}"
    if node.undeclared:
        title += "; names no training data"
    css = f"node k-{kind} b-{state}" + (" root" if node.key == root else "")
    fit = f' textLength="{_NODE_WIDTH - 32}" lengthAdjust="spacingAndGlyphs"'
    long = fit if width(shown) >= _CHARACTERS - 1 else ""
    radius = 4 if kind == "model" else 10
    return (
        f'<g class="{css}"><title>{html(title)}</title>'
        f'<rect x="{number(x)}" y="{number(y)}" width="{_NODE_WIDTH}" height="{_NODE}" '
        f'rx="{radius}"/>'
        f'<text class="mark" x="{number(x + 8)}" y="{number(y + 14)}">{MARKS[state]}</text>'
        f'<text x="{number(x + 24)}" y="{number(y + 14)}"{long}>{html(shown)}</text></g>'
    )
