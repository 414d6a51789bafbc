"""Calibration of scores: whether seven of ten texts with the score 0.7 are good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 10


@dataclass(frozen=True)
class Bin:
    """A group of texts with similar scores."""

    texts: int
    score: float
    """Their mean score."""
    good: float
    """The share of good texts."""


def calibration(good: NDArray[Any], scores: NDArray[Any]) -> list[Bin]:
    """Up to ten bins with equal numbers of texts, from the lowest scores to the highest."""
    import numpy as np

    order = np.argsort(scores, kind="stable")
    parts = np.array_split(order, min(BINS, len(order)))
    return [Bin(len(rows), float(scores[rows].mean()), float(good[rows].mean())) for rows in parts]


def error(bins: list[Bin]) -> float:
    """The expected calibration error: the mean distance between score and share, weighted by texts (Naeini 2015)."""
    return sum(each.texts * abs(each.score - each.good) for each in bins) / sum(each.texts for each in bins)
