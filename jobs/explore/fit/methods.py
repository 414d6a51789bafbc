"""The published methods that compute a language's thresholds (arXiv:2506.20920, FineWeb2), as pure functions.

The code that computed FineWeb2's own configurations was not published. The paper names the methods. Where it leaves
details open, the docstrings say what this code does.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Side = Literal["above", "below"]
"""On which side of the threshold documents are removed."""
Method = Literal["english", "mean-std", "quantile", "10-tail", "median-ratio"]
METHODS: tuple[Method, ...] = get_args(Method)

LEAST_SCORE, MOST_SCORE = 0.3, 0.9
TAIL = 0.1


PARTS = 1000
"""Thresholds are whole numbers of thousandths, as in the published configurations."""


class Undetermined(ValueError):
    """The method gives no threshold for these values; the message says why."""


def rounded(side: Side, threshold: float) -> float:
    """The threshold with three decimals, rounded to the side that keeps more documents."""
    scaled = threshold * PARTS
    outward = math.ceil(scaled - 1e-6) if side == "above" else math.floor(scaled + 1e-6)
    return outward / PARTS


def score_threshold(scores: NDArray[np.float64]) -> float:
    """The lowest score of the language to keep: the median minus the population standard deviation, from 0.3 to 0.9."""
    return rounded("below", float(np.clip(np.median(scores) - np.std(scores), LEAST_SCORE, MOST_SCORE)))


def threshold(
    method: Method, side: Side, english: float, values: NDArray[np.float64], reference: NDArray[np.float64]
) -> float:
    """The language's threshold. `english` is the English one, `reference` the English values of the measurement.

    Raises Undetermined if the method gives no threshold, for example because all English values are equal.
    """
    if method == "english":
        return english
    if method == "10-tail":
        return tail(side, values)
    if method == "mean-std":
        return mean_std(english, values, reference)
    if method == "quantile":
        return quantile(side, english, values, reference)
    return median_ratio(english, values, reference)


def mean_std(english: float, values: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """The value that has the same distance from the mean, in standard deviations, as the English threshold has."""
    spread = float(np.std(reference))
    if spread == 0:
        raise Undetermined("all English documents have the same value")
    return float(np.mean(values) + (english - np.mean(reference)) / spread * np.std(values))


def quantile(side: Side, english: float, values: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """The value that removes the same share of documents as the English threshold removes of the English documents.

    It is interpolated linearly between values.
    """
    if side == "above":
        return float(np.quantile(values, float(np.mean(reference <= english))))
    return float(np.quantile(values, float(np.mean(reference < english))))


def tail(side: Side, values: NDArray[np.float64]) -> float:
    """The value that removes a tenth of the documents, on the side that the rule removes."""
    return float(np.quantile(values, 1 - TAIL if side == "above" else TAIL))


def median_ratio(english: float, values: NDArray[np.float64], reference: NDArray[np.float64]) -> float:
    """The value with the same ratio to the language's median as the English threshold to the English median."""
    middle = float(np.median(reference))
    if middle == 0:
        raise Undetermined("the English median is 0")
    return float(english * np.median(values) / middle)
