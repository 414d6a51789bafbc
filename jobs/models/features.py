"""The columns that a head is fitted to: blocks of features, each block with the same weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.backends.backend import Backend
from decantry.jobs.models.surface import surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURFACE = "surface"
FARTHEST = 4.0
"""Values are clipped at this many standard deviations, so that a single outlier has little effect."""
_SMALL = 1e-9


@dataclass(frozen=True)
class Scale:
    """The mean and standard deviation of a block's columns in the training texts."""

    mean: NDArray[Any]
    deviation: NDArray[Any]
    squared: bool
    """Whether squares of the columns are added: for most features, both low and high values are bad."""

    def __call__(self, block: NDArray[Any]) -> NDArray[Any]:
        """The block, standardised, clipped, and divided by the square root of its width."""
        import numpy as np

        moved = np.clip((block - self.mean) / self.deviation, -FARTHEST, FARTHEST)
        if self.squared:
            moved = np.hstack([moved, (moved**2 - 1) / np.sqrt(2)])
        return np.asarray(moved / np.sqrt(moved.shape[1]))


def blocks(texts: Sequence[str], backends: Sequence[Backend], *, with_surface: bool) -> dict[str, NDArray[Any]]:
    """The columns of each block for the texts, by the name of the block."""
    import numpy as np

    found = {SURFACE: surface(texts)} if with_surface else {}
    return found | {each.name: np.asarray(each.embed(texts), float) for each in backends}


def scales_of(found: dict[str, NDArray[Any]]) -> dict[str, Scale]:
    """The scale of each block. A constant column is ignored."""
    import numpy as np

    made = {}
    for name, block in found.items():
        deviation = block.std(axis=0)
        wide = np.where(deviation > _SMALL, deviation, np.inf)
        made[name] = Scale(block.mean(axis=0), wide, squared=name == SURFACE)
    return made


def joined(found: dict[str, NDArray[Any]], scales: dict[str, Scale]) -> NDArray[Any]:
    """All blocks side by side, scaled."""
    import numpy as np

    return np.hstack([scales[name](found[name]) for name in scales])
