"""The sizes of the intersections of a set with several others, computed together."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Common:
    """A bit matrix with a row for each element and a column for each array: whether the array has the element."""

    def __init__(self, arrays: Sequence[NDArray[np.int64]]) -> None:
        """`arrays` are sorted, not empty, and without repeated elements."""
        import numpy as np

        self.elements = np.unique(np.concatenate(arrays))
        self.bits = np.zeros((self.elements.size, (len(arrays) + 7) // 8), np.uint8)
        for number, array in enumerate(arrays):
            self.bits[self.elements.searchsorted(array), number // 8] |= 128 >> number % 8
        self.sizes = np.array([array.size for array in arrays])
        self.least = int(self.sizes.min())
        self.bytes = self.elements.nbytes + self.bits.nbytes

    def first_similar(self, array: NDArray[np.int64], threshold: float) -> tuple[int, float] | None:
        """The first array whose Jaccard similarity to a sorted array is at least the threshold: its number and the
        similarity. None if there is none.

        No array has more elements in common than all of them together, which mostly settles that there is none.
        """
        import numpy as np

        at = self.elements.searchsorted(array)
        at = at[self.elements.take(at, mode="clip") == array]
        if at.size / (max(self.least, at.size) + array.size - at.size) < threshold:
            return None
        common = np.unpackbits(self.bits[at], axis=1, count=self.sizes.size).sum(axis=0, dtype=np.int64)
        similarities = common / (self.sizes + array.size - common)
        similar = (similarities >= threshold).nonzero()[0]
        return (int(similar[0]), float(similarities[similar[0]])) if similar.size else None


class Recent:
    """A cache of the most recently used tables, of a bounded size."""

    def __init__(self, memory: int) -> None:
        """`memory` is the size of all tables, in bytes. One table is kept whatever its size."""
        self.free = memory
        self.tables: OrderedDict[Hashable, Common] = OrderedDict()

    def get(self, key: Hashable) -> Common | None:
        """The table; None if it is not in the cache."""
        if key in self.tables:
            self.tables.move_to_end(key)
        return self.tables.get(key)

    def put(self, key: Hashable, table: Common) -> None:
        """Add the table, and remove those that were not used for the longest time."""
        self.drop(key)
        self.tables[key] = table
        self.free -= table.bytes
        while self.free < 0 and len(self.tables) > 1:
            self.drop(next(iter(self.tables)))

    def drop(self, key: Hashable) -> None:
        """Remove the table if it is in the cache."""
        removed = self.tables.pop(key, None)
        self.free += removed.bytes if removed is not None else 0


def jaccard(a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    """The Jaccard similarity of two sorted arrays: the share of their elements that both have; 0 if one is empty."""
    import numpy as np

    if not a.size or not b.size:
        return 0.0
    common = int(np.count_nonzero(a.take(a.searchsorted(b), mode="clip") == b))
    return common / (a.size + b.size - common)
