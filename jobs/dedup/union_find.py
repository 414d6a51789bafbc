"""Connected components of a small edge set in one task, by union-find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def components(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every id in an edge, and the smallest id of its component. The order of the edges does not matter."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        top = node
        while (above := parent.setdefault(top, top)) != top:
            top = above
        while node != top:
            parent[node], node = top, parent[node]
        return top

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {node: root(node) for node in parent}


def components_of_batches(batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
    """`id, cluster_id` for Arrow batches of edges `src, dst`. One call must get all edges."""
    import pyarrow as pa

    pairs = (
        pair
        for batch in batches
        for pair in zip(batch.column("src").to_pylist(), batch.column("dst").to_pylist(), strict=True)
    )
    found = components(pairs)
    ids = pa.array(found.keys(), pa.string())
    clusters = pa.array(found.values(), pa.string())
    table = pa.table({"id": ids, "cluster_id": clusters})
    yield from table.to_batches(max_chunksize=10_000)
