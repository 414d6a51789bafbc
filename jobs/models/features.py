"""The columns that a head is fitted to: blocks of features, each of the same weight."""

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
"""Standard deviations beyond which a number counts as that far: one odd text moves no line."""
_SMALL = 1e-9


@dataclass(frozen=True)
class Scale:
    """The mean and deviation of a block's columns in the texts that were trained on."""

    mean: NDArray[Any]
    deviation: NDArray[Any]
    squared: bool
    """Whether the columns' squares stand beside them: of most things on a page, both little and much are bad."""

    def __call__(self, block: NDArray[Any]) -> NDArray[Any]:
        """The block in deviations from the mean, cut, and divided by the root of its width."""
        import numpy as np

        moved = np.clip((block - self.mean) / self.deviation, -FARTHEST, FARTHEST)
        if self.squared:
            moved = np.hstack([moved, (moved**2 - 1) / np.sqrt(2)])
        return np.asarray(moved / np.sqrt(moved.shape[1]))


def blocks(texts: Sequence[str], backends: Sequence[Backend], *, with_surface: bool) -> dict[str, NDArray[Any]]:
    """Each block's columns for the texts, by the block's name."""
    import numpy as np

    found = {SURFACE: surface(texts)} if with_surface else {}
    return found | {each.name: np.asarray(each.embed(texts), float) for each in backends}


def scales(found: dict[str, NDArray[Any]]) -> dict[str, Scale]:
    """The scale of each block; a column that is always the same counts nothing."""
    import numpy as np

    made = {}
    for name, block in found.items():
        deviation = block.std(axis=0)
        wide = np.where(deviation > _SMALL, deviation, np.inf)
        made[name] = Scale(block.mean(axis=0), wide, squared=name == SURFACE)
    return made


def joined(found: dict[str, NDArray[Any]], by: dict[str, Scale]) -> NDArray[Any]:
    """All blocks side by side, scaled."""
    import numpy as np

    return np.hstack([by[name](found[name]) for name in by])
