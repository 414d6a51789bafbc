"""Connected components by flooding, and near-duplicate clusters by comparing every pair's band keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def components(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest id of the component for every id in an edge, found by flooding from each id."""
    neighbours: dict[str, set[str]] = {}
    for a, b in edges:
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    found: dict[str, str] = {}
    for start in sorted(neighbours):
        if start in found:
            continue
        flood = [start]
        while flood:
            node = flood.pop()
            if node not in found:
                found[node] = start
                flood.extend(neighbours[node])
    return found


def clusters(bands: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The smallest id of the cluster for every document that shares a key of the same band with another document."""
    ids = sorted(bands)
    pairs = [
        (a, b)
        for i, a in enumerate(ids)
        for b in ids[i + 1 :]
        if any(x == y for x, y in zip(bands[a], bands[b], strict=False))
    ]
    return components(pairs)
