"""The lineage as a tree for a terminal, drawn by rich."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from provenance import amounts
from provenance.escape import terminal
from provenance.render import set_words
from provenance.render.bars import STATE_COLOR
from provenance.render.deciding import cause_words
from provenance.render.lineage_tree import MARKS, Branch
from provenance.render.links import repository_url
from provenance.report.report import Report


def grown_tree(report: Report, branch: Branch) -> Tree:
    """The branch and all it was made from, each with how it was used, its share and license."""
    tree = Tree(_label(report, branch), guide_style="dim")
    _grow(report, tree, branch)
    return tree


def _grow(report: Report, tree: Tree, branch: Branch) -> None:
    for inner in branch.branches:
        _grow(report, tree.add(_label(report, inner)), inner)
    if branch.folded:
        rest = amounts.listing(f"{number:,} {state}" for state, number in branch.folded)
        tree.add(Text(f"and {rest}: in the table", "dim"))


def _label(report: Report, branch: Branch) -> Text:
    node = branch.node
    color = STATE_COLOR[node.license_state.value]
    label = Text.assemble((f"{branch.how} " if branch.how else "", "dim"))
    label.append(f"{MARKS[node.license_state.value]} ", color)
    url = repository_url(report, node.key)
    label.append(terminal(node.id), f"link {url}" if url else "")
    parts = [] if branch.share is None else [amounts.percent(branch.share)]
    license_, cause = set_words.license_words(node.license), cause_words(node.license)
    parts += [words for words in (license_, cause) if words] or [node.license_state.value]
    parts += ["names no training data"] if node.undeclared else []
    parts += [branch.warning] if branch.warning else []
    parts += ["what it was made from stands elsewhere"] if branch.again else []
    return label.append(terminal(f"  {', '.join(parts)}"), "dim")
