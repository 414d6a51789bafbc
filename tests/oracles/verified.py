"""Near-duplicate clusters with verification, bucket by bucket and one comparison after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.oracles.components import components


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the elements of both that both have."""
    return len(a & b) / len(a | b)


def clusters(
    bands: Mapping[str, Sequence[int]], shingles: Mapping[str, frozenset[int]], threshold: float, rounds: int
) -> dict[str, str]:
    """The smallest id of its cluster for every document that is really alike another of its buckets' centres.

    In each bucket the smallest id is the centre: those alike to it join it and leave with it; the others choose a
    centre among themselves, until fewer than two are left or the rounds have passed.
    """
    buckets: dict[tuple[int, int], list[str]] = {}
    for name, keys in bands.items():
        for band, key in enumerate(keys):
            buckets.setdefault((band, key), []).append(name)
    edges = []
    for members in buckets.values():
        left = sorted(members)
        for _ in range(rounds):
            if len(left) < 2:
                break
            centre, *others = left
            alike = [name for name in others if jaccard(shingles[name], shingles[centre]) >= threshold]
            edges += [(name, centre) for name in alike]
            left = [name for name in others if name not in alike]
    return components(edges)


def all_pairs(shingles: Mapping[str, frozenset[int]], threshold: float) -> set[tuple[str, str]]:
    """Every pair of documents that is alike, whether any bucket holds it or not."""
    ids = sorted(shingles)
    return {(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if jaccard(shingles[a], shingles[b]) >= threshold}
