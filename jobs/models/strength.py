"""Predictive strength: how well the bits per character of a text rank models, compared with a benchmark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pairs(ranking: Mapping[str, float]) -> list[tuple[str, str]]:
    """All pairs of models with different benchmark scores, the better model first."""
    found = combinations(ranking, 2)
    return [
        (one, two) if ranking[one] > ranking[two] else (two, one) for one, two in found if ranking[one] != ranking[two]
    ]


def concordant(bits: Mapping[str, NDArray[Any]], ranking: Mapping[str, float]) -> NDArray[Any]:
    """For each text, the number of `pairs` in which the better model needs fewer bits per character, without ties.

    `bits` has an array for each model, with a number for each text. The result is -1 if a number is not finite. Divided
    by the number of pairs, it is the predictive strength of arXiv:2503.00808, 2.2; the authors' code
    (data_processing/fasttext/train_fasttext.py) uses the count.
    """
    import numpy as np

    known = np.all([np.isfinite(bits[model]) for model in ranking], axis=0)
    count = np.zeros(known.shape, np.int64)
    for better, worse in pairs(ranking):
        count += bits[better] < bits[worse]
    return np.where(known, count, -1)


def judged(counts: Sequence[int] | NDArray[Any], of: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The indices of the good texts, which agree in all `of` pairs, and of as many bad texts, which agree in fewest.

    Of equal texts, the first ones are chosen. If more than half of the texts are good, all others are bad.
    """
    import numpy as np

    counts = np.asarray(counts)
    good = np.flatnonzero(counts == of)
    others = np.flatnonzero((counts >= 0) & (counts < of))
    lowest = others[np.argsort(counts[others], kind="stable")][: len(good)]
    return good, np.sort(lowest)
