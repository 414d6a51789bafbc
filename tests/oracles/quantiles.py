"""The top share and percentile buckets, computed by sorting everything and adding fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def kept(rows: Sequence[tuple[str, float, int]], share: str) -> set[str]:
    """The ids that are kept of rows of id, value and weight: from the highest value down, then by id, up to the
    share."""
    whole = sum(weight for _, _, weight in rows)
    found, so_far = set(), 0
    for id_, _, weight in sorted(rows, key=lambda row: (-row[1], row[0])):
        if whole == 0 or Fraction(so_far, whole) >= Fraction(share):
            break
        found.add(id_)
        so_far += weight
    return found


def buckets(rows: Sequence[tuple[float, int]], count: int) -> list[int]:
    """The bucket of each row of value and weight: the number of cuts that are not above its value."""
    whole = sum(weight for _, weight in rows)
    if whole == 0:
        return [0] * len(rows)
    cuts = [
        min(value for value, _ in rows if Fraction(sum(w for v, w in rows if v <= value), whole) >= Fraction(i, count))
        for i in range(1, count)
    ]
    return [sum(cut <= value for cut in cuts) for value, _ in rows]


def highest(scores: Sequence[tuple[int, Sequence[float | None]]], count: int) -> list[int | None]:
    """The highest bucket of each row over the columns of scores; None for a row without scores."""
    best: list[int | None] = [None] * len(scores)
    for column in range(len(scores[0][1]) if scores else 0):
        mine = [(at, score[column], weight) for at, (weight, score) in enumerate(scores)]
        there = [(at, value, weight) for at, value, weight in mine if value is not None and value == value]
        for (at, _, _), bucket in zip(there, buckets([(v, w) for _, v, w in there], count), strict=True):
            best[at] = bucket if best[at] is None else max(bucket, best[at] or 0)
    return best
