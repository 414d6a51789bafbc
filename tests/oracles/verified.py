"""The greedy cover of near-duplicates, one document and one comparison at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """The Jaccard similarity of two sets."""
    return len(a & b) / len(a | b)


def witnesses(
    order: Sequence[str],
    bands: Mapping[str, Sequence[int]],
    shingles: Mapping[str, frozenset[int]],
    threshold: float,
    centres: int,
) -> dict[str, str]:
    """The witness of every document that is removed. The documents are those of one scope, in the recipe's order.

    A document is compared with the centres of its buckets, which are the first `centres` kept documents of each. The
    first of them in the order that is alike is its witness.
    """
    buckets: dict[tuple[int, int], list[str]] = {}
    found: dict[str, str] = {}
    for name in order:
        mine = [buckets.setdefault(bucket, []) for bucket in enumerate(bands[name])]
        met = {centre for bucket in mine for centre in bucket}
        alike = [centre for centre in order if centre in met and jaccard(shingles[name], shingles[centre]) >= threshold]
        if alike:
            found[name] = alike[0]
            continue
        for bucket in mine:
            if len(bucket) < centres:
                bucket.append(name)
    return found


def clusters(removed: Mapping[str, str]) -> dict[str, tuple[str, int, str]]:
    """Cluster, size and survivor of every document that is removed, and of every witness."""
    members: dict[str, list[str]] = {}
    for name, witness in removed.items():
        members.setdefault(witness, [witness]).append(name)
    return {name: (min(its), len(its), witness) for witness, its in members.items() for name in its}


def all_pairs(shingles: Mapping[str, frozenset[int]], threshold: float) -> set[tuple[str, str]]:
    """All pairs of similar documents, whether they share a bucket or not."""
    ids = sorted(shingles)
    return {(a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if jaccard(shingles[a], shingles[b]) >= threshold}
