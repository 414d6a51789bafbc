"""Trains a forest with LightGBM. The same rows give the same forest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import util
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.extractor.forest import Forest, of_lightgbm
from decantry.jobs.models.extractor.rows import PageRows, Rows
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SETTINGS: Mapping[str, Any] = {
    "objective": "binary",
    "num_leaves": 20,
    "learning_rate": 0.1,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
TREES = 100


def check_installed() -> None:
    """Raise UserError if LightGBM is not installed."""
    if util.find_spec("lightgbm") is None:
        raise UserError("LightGBM is not installed: pip install 'decantry[extractor]'")


def fit(rows: Rows, pages: Sequence[PageRows], threshold: float = 0.5) -> Forest:
    """A forest trained on the rows of these pages. Raises ValueError if all rows have the same label."""
    import lightgbm

    at = rows.of(pages)
    content = rows.content[at]
    if content.all() or not content.any():
        raise ValueError("all blocks have the same label: there is nothing to learn")
    settings = dict(SETTINGS)
    data = lightgbm.Dataset(rows.features[at], content, weight=rows.weights[at], params=settings)
    booster = lightgbm.train(settings, data, TREES)
    return of_lightgbm(booster.dump_model(), threshold)


def probabilities_of(forest: Forest, rows: Rows, page: PageRows) -> NDArray[np.float64]:
    """The probability of each of a page's blocks."""
    return forest.probabilities(rows.features[page.start : page.end])
