"""TEDS, the similarity of two tables as trees of rows and cells (Zhong et al., "Image-based table recognition",
2020)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.oracles.edit_similarity import edit_similarity

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Node:
    """An element of a table: its name, its text if it is a cell, and its children."""

    name: str
    text: str = ""
    children: tuple[Node, ...] = ()


def table(rows: Rows) -> Node:
    """The tree of a table without spans: `table`, `tr`, `td`."""
    return Node("table", children=tuple(Node("tr", children=tuple(Node("td", cell) for cell in row)) for row in rows))


def teds(one: Rows, other: Rows) -> float:
    """One minus the distance of the trees divided by the nodes of the larger tree; 0 if only one table has rows."""
    if not one or not other:
        return float(not one and not other)
    first, second = table(one), table(other)
    return max(0.0, 1 - tree_distance(first, second, _replace) / max(_size(first), _size(second)))


def _replace(one: Node, other: Node) -> float:
    """1 for elements of different names; for two cells, by their texts; else 0."""
    if one.name != other.name:
        return 1.0
    return 1 - edit_similarity(one.text, other.text) if one.name == "td" else 0.0


def _size(node: Node) -> int:
    return 1 + sum(map(_size, node.children))


def tree_distance(one: Node, other: Node, replace: Callable[[Node, Node], float]) -> float:
    """The least cost that turns one tree into the other; putting a node in or leaving it out costs 1.

    Zhang and Shasha's algorithm (SIAM J. Comput. 18, 1989), without any short cut.
    """
    first, second = _Ordered(one), _Ordered(other)
    known = [[0.0] * len(second.nodes) for _ in first.nodes]
    for root in first.roots:
        for other_root in second.roots:
            _forests(first, second, root, other_root, known, replace)
    return known[-1][-1]


class _Ordered:
    """A tree's nodes, children first; of each the first leaf below it; and the last node of each first leaf."""

    def __init__(self, tree: Node) -> None:
        self.nodes: list[Node] = []
        self.first: list[int] = []
        self._visit(tree)
        self.roots = sorted({leaf: at for at, leaf in enumerate(self.first)}.values())

    def _visit(self, node: Node) -> int:
        leaves = [self._visit(child) for child in node.children]
        self.nodes.append(node)
        self.first.append(leaves[0] if leaves else len(self.nodes) - 1)
        return self.first[-1]


def _forests(
    one: _Ordered,
    other: _Ordered,
    root: int,
    other_root: int,
    known: list[list[float]],
    replace: Callable[[Node, Node], float],
) -> None:
    """Fill in `known`, the distances of the trees below two nodes without an elder brother, and of all within them."""
    start, other_start = one.first[root], other.first[other_root]
    rows, columns = root - start + 2, other_root - other_start + 2
    cost = [[0.0] * columns for _ in range(rows)]
    for i in range(1, rows):
        cost[i][0] = float(i)
    for j in range(1, columns):
        cost[0][j] = float(j)
    for i in range(1, rows):
        for j in range(1, columns):
            a, b = start + i - 1, other_start + j - 1
            least = min(cost[i - 1][j] + 1, cost[i][j - 1] + 1)
            if one.first[a] == start and other.first[b] == other_start:
                cost[i][j] = min(least, cost[i - 1][j - 1] + replace(one.nodes[a], other.nodes[b]))
                known[a][b] = cost[i][j]
            else:
                cost[i][j] = min(least, cost[one.first[a] - start][other.first[b] - other_start] + known[a][b])
