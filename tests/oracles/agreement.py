"""The agreement of two raters by its definitions, one pair of texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import sqrt


def kappa(one: Sequence[int], other: Sequence[int]) -> float | None:
    """One minus the mean squared difference of each text's scores over that of all pairs of scores."""
    seen = Fraction(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)), len(one))
    by_chance = Fraction(sum((a - b) ** 2 for a, b in product(one, other)), len(one) ** 2)
    return float(1 - seen / by_chance) if by_chance else None


def spearman(one: Sequence[int], other: Sequence[int]) -> float | None:
    """Pearson's correlation of ranks, where a rank is one more than the smaller values and half of the equal others."""
    a, b = ([Fraction(sum(y < x for y in values) * 2 + sum(y == x for y in values) + 1, 2) for x in values]
            for values in (one, other))  # fmt: skip
    mean = Fraction(len(one) + 1, 2)
    covariance = sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b)
    return float(covariance) / sqrt(spread) if spread else None
