"""Evaluates a classifier on texts that it was not trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.calibration import Bin, calibration, error
from decantry.jobs.models.examples import Examples
from decantry.jobs.models.families import families
from decantry.jobs.models.folds import folds, folds_of_split
from decantry.jobs.models.metrics import auc, by_fold, interval
from decantry.jobs.models.sweep import Threshold, sweep

if TYPE_CHECKING:
    from numpy.typing import NDArray

Scorer = Callable[["NDArray[Any]", "NDArray[Any]"], "NDArray[Any]"]
"""Returns the scores of test rows by a model of the training rows. The arguments are the indices of both."""


@dataclass(frozen=True)
class Plan:
    """The folds of the rows, and their families."""

    folds: NDArray[Any]
    families: NDArray[Any]
    good: NDArray[Any]

    @property
    def tested(self) -> NDArray[Any]:
        """The rows that a fold tests."""
        import numpy as np

        return np.flatnonzero(self.folds >= 0)


@dataclass(frozen=True)
class Outcome:
    """Metrics of scores. Each row was scored by a model that had seen no row of its family."""

    auc: float
    low: float
    high: float
    fold_aucs: list[float]
    length: tuple[float, float, float]
    """The AUC of the text's length in characters, and its interval: the baseline that a classifier must beat."""
    scored: bool
    """Whether the model predicts scores, and not probabilities."""
    bins: list[Bin]
    """The bins of the calibration; empty if the model predicts scores."""
    sweep: list[Threshold]
    tested: int
    groups: int

    @property
    def calibration_error(self) -> float | None:
        """The mean distance between a probability and the share of good texts that have it; None for scores."""
        return None if self.scored else error(self.bins)


def plan(judged: Examples, count: int, seed: int) -> Plan:
    """The folds by family, or the split of the rows if they have one. Raises UserError if folds are impossible."""
    import numpy as np

    found = families(judged.texts, judged.groups)
    whole = all(judged.trained)
    parts = folds(judged.good, found, count, seed) if whole else folds_of_split(judged.trained, found, judged.good)
    return Plan(parts, np.array(found), np.array(judged.good))


def measure(judged: Examples, parts: Plan, scorer: Scorer, seed: int, *, scored: bool) -> Outcome:
    """Score each tested row with a model that was trained on the other folds, and compute the metrics.

    `scored` says that the model predicts scores, and not probabilities.
    """
    import numpy as np

    scores = np.full(len(judged), np.nan)
    for fold in range(int(parts.folds.max()) + 1):
        train, test = np.flatnonzero(parts.folds != fold), np.flatnonzero(parts.folds == fold)
        scores[test] = scorer(train, test)
    return outcome(judged.texts, parts, scores, seed, scored=scored)


def outcome(texts: Sequence[str], parts: Plan, scores: NDArray[Any], seed: int, *, scored: bool) -> Outcome:
    """The metrics of `scores`. Only tested rows count."""
    import numpy as np

    rows = parts.tested
    kept = [texts[row] for row in rows]
    good, own, families_of = parts.good[rows], scores[rows], parts.families[rows]
    lengths = np.array([len(text) for text in kept], float)
    low, high = interval(good, own, families_of, seed)
    return Outcome(
        auc=auc(good, own),
        low=low,
        high=high,
        fold_aucs=by_fold(good, own, parts.folds[rows]),
        length=(auc(good, lengths), *interval(good, lengths, families_of, seed)),
        scored=scored,
        bins=[] if scored else calibration(good, own),
        sweep=sweep(kept, good, own),
        tested=len(rows),
        groups=len(np.unique(families_of)),
    )
