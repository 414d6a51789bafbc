"""Decision trees as flat arrays: converted from LightGBM, and written to the file that the extractor reads.

The file is little-endian: 4 bytes MAGIC; int32 features; int32 trees; float32 the score before any tree; float32 the
threshold on the probability; then each tree: int32 its inner nodes n; n int16 features; n float32 limits; n int16 left
and n int16 right children; n + 1 float32 leaves. A child that is not negative is an inner node after its parent, else
`-child - 1` is a leaf. A value that is not above the limit goes left.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"DXF1"


@dataclass(frozen=True)
class Tree:
    """One tree. A tree of a single leaf has no inner nodes."""

    feature: list[int]
    limit: list[float]
    left: list[int]
    right: list[int]
    leaf: list[float]


@dataclass(frozen=True)
class Forest:
    """Trees, the number of features, the threshold on the probability, and the score before any tree."""

    features: int
    threshold: float
    trees: tuple[Tree, ...]
    start: float = 0.0

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """For each row, the probability that it is content. It equals the extractor's, except for rounding."""
        import numpy as np

        score = np.full(len(rows), self.start, np.float64)
        for tree in self.trees:
            score += _leaves(tree, rows)
        return np.asarray(1 / (1 + np.exp(-score)), np.float64)


def _leaves(tree: Tree, rows: NDArray[np.float32]) -> NDArray[np.float64]:
    import numpy as np

    leaf = np.asarray(tree.leaf, np.float32).astype(np.float64)
    if not tree.feature:
        return np.full(len(rows), leaf[0])
    feature, limit = np.asarray(tree.feature), np.asarray(tree.limit, np.float32)
    children = np.stack([np.asarray(tree.right), np.asarray(tree.left)])
    at = np.zeros(len(rows), np.int64)
    inner = np.arange(len(rows))
    while len(inner):
        node = at[inner]
        goes_left = (rows[inner, feature[node]] <= limit[node]).astype(np.int64)
        at[inner] = children[goes_left, node]
        inner = inner[at[inner] >= 0]
    return np.asarray(leaf[-at - 1], np.float64)


def of_lightgbm(dumped: Mapping[str, Any], threshold: float) -> Forest:
    """The forest of a booster's `dump_model()`.

    Limits are rounded down to float32, so that each float32 value goes to the same child as in training.
    """
    trees = tuple(_flat(tree["tree_structure"]) for tree in dumped["tree_info"])
    return Forest(dumped["max_feature_idx"] + 1, threshold, trees)


def _flat(root: Mapping[str, Any]) -> Tree:
    """The tree with its inner nodes before their children, and its leaves from left to right."""
    tree = Tree([], [], [], [], [])
    _put(root, tree)
    return tree


def _put(node: Mapping[str, Any], tree: Tree) -> int:
    if "leaf_value" in node:
        tree.leaf.append(float(node["leaf_value"]))
        return -len(tree.leaf)
    if node["decision_type"] != "<=":
        raise ValueError(f"a split by {node['decision_type']} is not known to the extractor")
    at = len(tree.feature)
    tree.feature.append(node["split_feature"])
    tree.limit.append(_not_above(float(node["threshold"])))
    tree.left.append(0)
    tree.right.append(0)
    tree.left[at] = _put(node["left_child"], tree)
    tree.right[at] = _put(node["right_child"], tree)
    return at


def _not_above(limit: float) -> float:
    """The largest float32 that is not above the number."""
    import numpy as np

    rounded = np.float32(limit)
    return float(np.nextafter(rounded, np.float32(-np.inf)) if float(rounded) > limit else rounded)


def to_bytes(forest: Forest) -> bytes:
    """The file of a forest."""
    parts = [MAGIC, struct.pack("<iiff", forest.features, len(forest.trees), forest.start, forest.threshold)]
    for tree in forest.trees:
        n = len(tree.feature)
        parts.append(struct.pack(f"<i{n}h{n}f{n}h{n}h", n, *tree.feature, *tree.limit, *tree.left, *tree.right))
        parts.append(struct.pack(f"<{n + 1}f", *tree.leaf))
    return b"".join(parts)


def from_bytes(data: bytes) -> Forest:
    """The forest in a file. Raises ValueError if the file is not a forest."""
    reader = _Reader(data)
    if reader.take("4s")[0] != MAGIC:
        raise ValueError("it does not begin with the name of a forest")
    features, count, start, threshold = reader.take("iiff")
    trees = []
    for _ in range(count):
        n = reader.take("i")[0]
        feature, limit, left, right = (list(reader.take(f"{n}{kind}")) for kind in "hfhh")
        trees.append(Tree(feature, limit, left, right, list(reader.take(f"{n + 1}f"))))
    return Forest(features, threshold, tuple(trees), start)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        """The next values. Raises ValueError at the end."""
        try:
            values = struct.unpack_from(f"<{form}", self._data, self._at)
        except struct.error:
            raise ValueError("it ends too early") from None
        self._at += struct.calcsize(f"<{form}")
        return values
