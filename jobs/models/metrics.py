"""Measures how well scores separate good texts from others: the area under the ROC curve (AUC), and its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 1000
INTERVAL = (2.5, 97.5)
"""The percentiles that bound the 95 % interval."""


def auc(good: NDArray[Any], scores: NDArray[Any]) -> float:
    """The share of pairs of a good and another text in which the good text has the higher score. A tie counts half.

    It is the Mann-Whitney statistic divided by the number of pairs; NaN if a class is missing.
    """
    import numpy as np

    order = np.argsort(scores, kind="stable")
    _, at, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = np.empty(len(scores))
    ranks[order] = (ends - (counts - 1) / 2)[at]
    positives = int(good.sum())
    pairs = positives * (len(good) - positives)
    return float((ranks[good].sum() - positives * (positives + 1) / 2) / pairs) if pairs else float("nan")


def interval(good: NDArray[Any], scores: NDArray[Any], families: NDArray[Any], seed: int) -> tuple[float, float]:
    """The 95 % bootstrap interval of the AUC. Families are drawn with replacement, so that copies count once."""
    import numpy as np

    state = np.random.default_rng(seed)
    members = [np.flatnonzero(families == family) for family in np.unique(families)]
    found = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[each] for each in state.integers(0, len(members), len(members))])
        value = auc(good[rows], scores[rows])
        if not np.isnan(value):
            found.append(value)
    low, high = np.percentile(found, INTERVAL)
    return float(low), float(high)


def by_fold(good: NDArray[Any], scores: NDArray[Any], folds: NDArray[Any]) -> list[float]:
    """The AUC within each fold that has both classes."""
    import numpy as np

    values = [auc(good[folds == fold], scores[folds == fold]) for fold in np.unique(folds) if fold >= 0]
    return [value for value in values if not np.isnan(value)]
