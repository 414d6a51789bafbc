"""A head on frozen embeddings: a logistic regression on labels, or a ridge regression on scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.features import Scale, joined, scales_of
from decantry.jobs.models.folds import folds
from decantry.jobs.models.linear import Line, logistic, probability, ridge

if TYPE_CHECKING:
    from numpy.typing import NDArray

PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0)
INNER_FOLDS = 5


@dataclass(frozen=True)
class Head:
    """A linear model that turns the blocks of a text into a score."""

    scales: dict[str, Scale]
    line: Line
    penalty: float
    scored: bool

    def __call__(self, found: dict[str, NDArray[Any]]) -> NDArray[Any]:
        """For each text, the probability that it is good, or the score that people would give it."""
        values = self.line(joined(found, self.scales))
        return values if self.scored else probability(values)


@dataclass(frozen=True)
class Judged:
    """Rows to fit a head to."""

    found: dict[str, NDArray[Any]]
    values: NDArray[Any]
    good: NDArray[Any]
    weights: NDArray[Any]
    families: NDArray[Any]

    def rows(self, chosen: NDArray[Any]) -> Judged:
        """The chosen rows only."""
        found = {name: block[chosen] for name, block in self.found.items()}
        return Judged(found, *(each[chosen] for each in (self.values, self.good, self.weights, self.families)))


def fit(judged: Judged, seed: int, *, scored: bool) -> Head:
    """A head fitted to these rows. The penalty is the one with the lowest loss in inner folds.

    For labels, weights are scaled so that both classes have the same weight (King, Zeng 2001).
    """
    scales = scales_of(judged.found)
    penalty = _penalty(judged, seed, scored=scored)
    return Head(scales, _line(joined(judged.found, scales), judged, penalty, scored=scored), penalty, scored)


def _penalty(judged: Judged, seed: int, *, scored: bool) -> float:
    import numpy as np

    classes = [len(np.unique(judged.families[judged.good == side])) for side in (True, False)]
    count = min(INNER_FOLDS, *classes)
    if count < 2:
        return PENALTIES[len(PENALTIES) // 2]
    parts = folds(judged.good.tolist(), judged.families.tolist(), count, seed)
    losses = np.zeros(len(PENALTIES))
    for part in range(count):
        train, test = judged.rows(parts != part), judged.rows(parts == part)
        scales = scales_of(train.found)
        rows, other = joined(train.found, scales), joined(test.found, scales)
        for at, penalty in enumerate(PENALTIES):
            losses[at] += _loss(_line(rows, train, penalty, scored=scored)(other), test, scored=scored)
    return PENALTIES[int(losses.argmin())]


def _line(rows: NDArray[Any], judged: Judged, penalty: float, *, scored: bool) -> Line:
    if scored:
        return ridge(rows, judged.values, judged.weights, penalty)
    return logistic(rows, judged.good.astype(float), balanced(judged.good, judged.weights), penalty)


def _loss(values: NDArray[Any], judged: Judged, *, scored: bool) -> float:
    import numpy as np

    if scored:
        return float(judged.weights @ (values - judged.values) ** 2)
    return float(balanced(judged.good, judged.weights) @ (np.logaddexp(0, values) - judged.good * values))


def balanced(good: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """The weights, scaled so that each class has half of their sum."""
    import numpy as np

    half = weights.sum() / 2
    shares: Sequence[float] = [weights[good].sum(), weights[~good].sum()]
    return np.asarray(weights * np.where(good, half / max(shares[0], 1e-12), half / max(shares[1], 1e-12)))
