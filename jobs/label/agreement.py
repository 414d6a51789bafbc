"""Measures how far two raters agree on the scores of the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS = 6
"""Scores are whole numbers from 0 to 5."""


@dataclass(frozen=True)
class Agreement:
    """Shares of texts, and measures of association, which are None if a rater gave only one score."""

    count: int
    exact: float
    """The share of texts with the same score."""
    within_one: float
    """The share of texts whose scores differ by at most one."""
    kappa: float | None
    """Cohen's kappa with quadratic weights (Cohen 1968): 1 for full agreement, 0 for agreement by chance."""
    spearman: float | None
    """Spearman's correlation of ranks. Ties have their mean rank."""
    confusion: list[list[int]]
    """The number of texts by scores: a row for each score of the first rater, a column for each of the second."""


def agreement(one: Sequence[int], other: Sequence[int]) -> Agreement:
    """The agreement of two raters on the same texts, at least one. Scores are whole numbers below LEVELS."""
    import numpy as np

    a, b = np.asarray(one), np.asarray(other)
    confusion = np.zeros((LEVELS, LEVELS), dtype=np.int64)
    np.add.at(confusion, (a, b), 1)
    apart = np.abs(a - b)
    return Agreement(
        count=len(a),
        exact=float((apart == 0).mean()),
        within_one=float((apart <= 1).mean()),
        kappa=_kappa(confusion),
        spearman=_correlation(_ranks(a), _ranks(b)),
        confusion=confusion.tolist(),
    )


def _kappa(confusion: NDArray[Any]) -> float | None:
    import numpy as np

    scores = np.arange(LEVELS)
    weights = (scores[:, None] - scores[None, :]) ** 2
    by_chance = np.outer(confusion.sum(axis=1), confusion.sum(axis=0)) / confusion.sum()
    expected = float((weights * by_chance).sum())
    return 1 - float((weights * confusion).sum()) / expected if expected else None


def _ranks(values: NDArray[Any]) -> NDArray[Any]:
    """The rank of each value, from 1; equal values have the mean of their ranks."""
    import numpy as np

    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[at]


def _correlation(a: NDArray[Any], b: NDArray[Any]) -> float | None:
    import numpy as np

    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / scale if scale else None
