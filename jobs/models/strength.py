"""Predictive strength: how far a text's bits per character rank models as a benchmark does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pairs(ranking: Mapping[str, float]) -> list[tuple[str, str]]:
    """Every two models that the benchmark tells apart, the better one (of the higher score) first."""
    found = combinations(ranking, 2)
    return [
        (one, two) if ranking[one] > ranking[two] else (two, one) for one, two in found if ranking[one] != ranking[two]
    ]


def concordant(bits: Mapping[str, NDArray[Any]], ranking: Mapping[str, float]) -> NDArray[Any]:
    """For each text, in how many of the `pairs` the better model needs fewer bits per character; equal bits count not.

    `bits` has an array a model, one number a text. Where a number is not finite, the answer is -1. The share of all
    pairs is the predictive strength of arXiv:2503.00808, 2.2; its code, data_processing/fasttext/train_fasttext.py,
    has the count.
    """
    import numpy as np

    known = np.all([np.isfinite(bits[model]) for model in ranking], axis=0)
    count = np.zeros(known.shape, np.int64)
    for better, worse in pairs(ranking):
        count += bits[better] < bits[worse]
    return np.where(known, count, -1)


def judged(counts: Sequence[int] | NDArray[Any], of: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The places of the good and of the bad texts: those of all `of` pairs, and as many of the fewest pairs.

    Of equals, those that come first are taken. Where more than half of the texts are good, all others are bad.
    """
    import numpy as np

    counts = np.asarray(counts)
    good = np.flatnonzero(counts == of)
    others = np.flatnonzero((counts >= 0) & (counts < of))
    lowest = others[np.argsort(counts[others], kind="stable")][: len(good)]
    return good, np.sort(lowest)
