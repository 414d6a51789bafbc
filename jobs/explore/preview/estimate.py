"""Sums over documents of which some were only sampled: estimates, with their margins of error."""

from __future__ import annotations

import math
from dataclasses import dataclass

CONFIDENCE = 1.96
"""Standard errors on each side of an estimate in which the true value lies 95 times of a hundred."""
NONE_SEEN = 3.0
"""If none of n sampled documents is counted, at most about 3 of n are, 95 times of a hundred (the rule of three:
Hanley and Lippman-Hand 1983, JAMA 249:1743). If all are, at most about 3 of n are not."""


@dataclass(frozen=True)
class Estimate:
    """A sum over documents, and how far from it the true one may lie; 0 if every document was looked at."""

    value: float
    margin: float = 0.0


@dataclass(frozen=True)
class Summed:
    """What was added up: of `exact` documents all, of sampled ones the sum and the sum of the squares."""

    exact: float = 0.0
    sampled: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Summed) -> Summed:
        """Both together."""
        return Summed(self.exact + other.exact, self.sampled + other.sampled, self.squares + other.squares)


@dataclass(frozen=True)
class Sampling:
    """How many documents there were to sample from, and how many were looked at."""

    population: int
    sampled: int

    @property
    def complete(self) -> bool:
        """Whether every document was looked at."""
        return self.sampled >= self.population

    def estimate(self, summed: Summed, *, largest: float = 1.0) -> Estimate:
        """The sum over all documents, from that over the sampled ones; no document adds more than `largest`."""
        if self.complete:
            return Estimate(summed.exact + summed.sampled)
        if not self.sampled:
            return Estimate(summed.exact, math.inf)
        n, scale = self.sampled, self.population / self.sampled
        variance = max(0.0, summed.squares / n - (summed.sampled / n) ** 2)
        left = 1 - n / self.population  # a sample of nearly all is nearly sure
        margin = CONFIDENCE * self.population * math.sqrt(variance / n * left)
        if not variance:  # none of the sampled documents counts, or all do
            margin = NONE_SEEN * scale * largest
        return Estimate(summed.exact + scale * summed.sampled, margin)
