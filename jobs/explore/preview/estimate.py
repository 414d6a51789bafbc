"""Estimates sums over documents from a sample, with margins of error."""

from __future__ import annotations

import math
from dataclasses import dataclass

CONFIDENCE = 1.96
"""A margin of this many standard errors contains the true value in 95 of 100 cases."""
NONE_SEEN = 3.0
"""If none of n sampled documents counts, at most 3/n of all documents count, in 95 of 100 cases (the rule of three:
Hanley and Lippman-Hand 1983, JAMA 249:1743). If all sampled documents count, at most 3/n of all do not."""


@dataclass(frozen=True)
class Estimate:
    """A sum over documents, and its margin of error; the margin is 0 if every document was counted."""

    value: float
    margin: float = 0.0


@dataclass(frozen=True)
class Summed:
    """Sums of a value: `exact` over all documents of the first kind; the sum and the sum of squares over the sample."""

    exact: float = 0.0
    sampled: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Summed) -> Summed:
        """The sums over both sets of documents."""
        return Summed(self.exact + other.exact, self.sampled + other.sampled, self.squares + other.squares)


@dataclass(frozen=True)
class Sampling:
    """The number of documents to sample from, and the size of the sample."""

    population: int
    sampled: int

    @property
    def complete(self) -> bool:
        """Whether the sample has all documents."""
        return self.sampled >= self.population

    def estimate(self, summed: Summed, *, largest: float = 1.0) -> Estimate:
        """The estimated sum over all documents. No document adds more than `largest`."""
        if self.complete:
            return Estimate(summed.exact + summed.sampled)
        if not self.sampled:
            return Estimate(summed.exact, math.inf)
        n, scale = self.sampled, self.population / self.sampled
        variance = max(0.0, summed.squares / n - (summed.sampled / n) ** 2)
        left = 1 - n / self.population  # finite population correction
        margin = CONFIDENCE * self.population * math.sqrt(variance / n * left)
        if not variance:  # none of the sampled documents counts, or all do
            margin = NONE_SEEN * scale * largest
        return Estimate(summed.exact + scale * summed.sampled, margin)
