"""Values of two languages in which thresholds are planted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from decantry.jobs.explore.fit.filters import filters

Values = NDArray[np.float64]
FACTOR = 2.0
"""The ratio of a value in the planted language to the English value."""


def english() -> dict[str, Values]:
    """Values of each measurement, half of them on each side of the English threshold."""
    return {each.measurement: np.linspace(0, 2 * each.english, 1001) for each in filters()}


def planted() -> dict[str, Values]:
    return {name: FACTOR * values for name, values in english().items()}
