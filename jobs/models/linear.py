"""Ridge regression in closed form, and logistic regression by Newton's method. Both are deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 50
CLOSE = 1e-7
"""Newton's method ends when a step is smaller than this."""


@dataclass(frozen=True)
class Line:
    """A weighted sum of columns, and a constant."""

    weights: NDArray[Any]
    constant: float

    def __call__(self, rows: NDArray[Any]) -> NDArray[Any]:
        """The sum for each row."""
        import numpy as np

        return np.asarray(rows @ self.weights + self.constant)


def ridge(rows: NDArray[Any], values: NDArray[Any], weights: NDArray[Any], penalty: float) -> Line:
    """The line that minimises the sum of w (y - f)^2 + penalty |a|^2, without penalty on the constant (Hoerl, Kennard
    1970).
    """
    import numpy as np

    if rows.shape[1] > len(rows):
        rotated, rotation = _rotated(rows)
        line = ridge(rotated, values, weights, penalty)
        return Line(rotation @ line.weights, line.constant)
    total = weights.sum()
    centre, mean = (weights @ rows) / total, float(weights @ values / total)
    moved = rows - centre
    matrix = moved.T @ (moved * weights[:, None]) + penalty * np.eye(rows.shape[1])
    found = np.linalg.solve(matrix, moved.T @ (weights * (values - mean)))
    return Line(found, mean - float(centre @ found))


def logistic(rows: NDArray[Any], good: NDArray[Any], weights: NDArray[Any], penalty: float) -> Line:
    """The line that maximises the log-likelihood minus penalty/2 |a|^2, without penalty on the constant.

    Newton's method finds the maximum: the objective is concave, and each step is halved until it improves.
    """
    import numpy as np

    if rows.shape[1] > len(rows):
        rotated, rotation = _rotated(rows)
        line = logistic(rotated, good, weights, penalty)
        return Line(rotation @ line.weights, line.constant)
    filled = np.hstack([rows, np.ones((len(rows), 1))])
    penalties = np.full(filled.shape[1], penalty)
    penalties[-1] = 1e-8
    found = np.zeros(filled.shape[1])
    value = _loss(filled, good, weights, penalties, found)
    for _ in range(STEPS):
        share = probability(filled @ found)
        slope = filled.T @ (weights * (share - good)) + penalties * found
        curve = (filled * (weights * share * (1 - share))[:, None]).T @ filled + np.diag(penalties)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while (after := _loss(filled, good, weights, penalties, found - size * step)) > value and size > CLOSE:
            size /= 2
        found, value = found - size * step, min(value, after)
        if np.abs(size * step).max() < CLOSE:
            break
    return Line(found[:-1], float(found[-1]))


def _rotated(rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The rows rotated into as many columns as there are rows, and the matrix that rotates weights back.

    Nothing is lost, because the best weights are a linear combination of the rows (the representer theorem).
    """
    import numpy as np

    rotation, triangle = np.linalg.qr(rows.T)
    return np.asarray(triangle.T), np.asarray(rotation)


def probability(values: NDArray[Any]) -> NDArray[Any]:
    """1 / (1 + exp(-x))."""
    import numpy as np

    return np.asarray(0.5 * (1 + np.tanh(values / 2)))


def _loss(
    filled: NDArray[Any], good: NDArray[Any], weights: NDArray[Any], penalties: NDArray[Any], found: NDArray[Any]
) -> float:
    import numpy as np

    values = filled @ found
    return float(weights @ (np.logaddexp(0, values) - good * values) + penalties @ found**2 / 2)
