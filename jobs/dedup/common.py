"""How many elements a set has in common with each of several others, in one look."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Common:
    """Which of several sorted arrays each of their elements is in: a row of bits an element, a bit an array."""

    def __init__(self, arrays: Sequence[NDArray[np.int64]]) -> None:
        """The table over the arrays, in which no element is twice and one is at least."""
        import numpy as np

        self.elements = np.unique(np.concatenate(arrays))
        self.bits = np.zeros((self.elements.size, (len(arrays) + 7) // 8), np.uint8)
        for number, array in enumerate(arrays):
            self.bits[self.elements.searchsorted(array), number // 8] |= 128 >> number % 8
        self.sizes = np.array([array.size for array in arrays])
        self.bytes = self.elements.nbytes + self.bits.nbytes

    def jaccard(self, array: NDArray[np.int64]) -> NDArray[np.float64]:
        """The Jaccard similarity of a sorted array to each of those."""
        import numpy as np

        at = self.elements.searchsorted(array)
        hits = self.bits[at[self.elements.take(at, mode="clip") == array]]
        common = np.unpackbits(hits, axis=1, count=self.sizes.size).sum(axis=0, dtype=np.int64)
        return np.asarray(common / (self.sizes + array.size - common), np.float64)


class Recent:
    """Those tables that were used last, up to so many bytes of them."""

    def __init__(self, memory: int) -> None:
        """None yet."""
        self.free = memory
        self.tables: OrderedDict[Hashable, Common] = OrderedDict()

    def get(self, key: Hashable) -> Common | None:
        """The table, where it is still there."""
        if key in self.tables:
            self.tables.move_to_end(key)
        return self.tables.get(key)

    def put(self, key: Hashable, table: Common) -> None:
        """Keep the table, in the place of those that were not used for longest."""
        self.drop(key)
        self.tables[key] = table
        self.free -= table.bytes
        while self.free < 0 and len(self.tables) > 1:
            self.drop(next(iter(self.tables)))

    def drop(self, key: Hashable) -> None:
        """Forget the table, if it is there."""
        gone = self.tables.pop(key, None)
        self.free += gone.bytes if gone is not None else 0


def jaccard(a: NDArray[np.int64], b: NDArray[np.int64]) -> float:
    """The share of the elements of two sorted arrays that both have; 0 where one is empty."""
    import numpy as np

    if not a.size or not b.size:
        return 0.0
    common = int(np.count_nonzero(a.take(a.searchsorted(b), mode="clip") == b))
    return common / (a.size + b.size - common)
