"""The kept documents of one component, by the buckets that they are centres of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.common import Common, Recent, jaccard
from decantry.jobs.dedup.spill import Arrays

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

Bucket = tuple[int, int]
"""Band and key: all documents of a component have one scope."""

MEMORY = 256 << 20
"""The bytes of shingles that a task keeps in memory, and as many of tables over them."""

FEW = 8
"""From so many centres on, a table over them is faster than one comparison after the other: measured, a comparison of
290 shingles takes 4.5 microseconds, and a table of 16 takes 9 to 20, of 64 12 to 25."""


class Centres:
    """Kept documents in the recipe's order, numbered from 0."""

    def __init__(self, threshold: float, memory: int = MEMORY) -> None:
        """None yet; two documents are alike from the `threshold` on."""
        self.threshold = threshold
        self.memory = memory
        self.shingles = Arrays(memory)
        self.buckets: dict[Bucket, list[int]] = {}
        self.tables = Recent(memory)

    def add(self, shingles: NDArray[np.int64], buckets: Iterable[Bucket]) -> int:
        """Make the next document a centre of these buckets. Its number."""
        number = len(self.shingles)
        self.shingles.append(shingles)
        for bucket in buckets:
            self.buckets.setdefault(bucket, []).append(number)
        return number

    def count(self, bucket: Bucket) -> int:
        """How many centres the bucket has."""
        return len(self.buckets.get(bucket, ()))

    def first_alike(self, shingles: NDArray[np.int64], buckets: Iterable[Bucket]) -> tuple[int, float] | None:
        """Of the buckets' centres the first that is alike, and its similarity; None where none is."""
        found: tuple[int, float] | None = None
        if not shingles.size:
            return None
        unlike: set[int] = set()
        for bucket in buckets:
            held = self.buckets.get(bucket, [])
            table = self._table(bucket, held)
            if table is not None and (found is None or held[0] < found[0]):
                similarities = table.jaccard(shingles)
                alike = (similarities >= self.threshold).nonzero()[0]
                if alike.size:
                    number = held[alike[0]]
                    if found is None or number < found[0]:
                        found = number, float(similarities[alike[0]])
                    continue
            for number in held[table.sizes.size if table is not None else 0 :]:
                if found is not None and number >= found[0]:
                    break
                if number in unlike:
                    continue
                similarity = self._similarity(shingles, number)
                if similarity >= self.threshold:
                    found = number, similarity
                    break
                unlike.add(number)
        return found

    def clear(self) -> None:
        """Forget the component."""
        self.shingles.clear()
        self.buckets.clear()
        self.tables = Recent(self.memory)

    def _similarity(self, shingles: NDArray[np.int64], number: int) -> float:
        its = self.shingles[number]
        least, most = sorted((shingles.size, its.size))
        if not least or least / most < self.threshold:  # it cannot be larger than that
            return 0.0
        return jaccard(its, shingles)

    def _table(self, bucket: Bucket, held: list[int]) -> Common | None:
        """A table over the bucket's first centres: 8, 16, 32, ... so that it is seldom made anew."""
        size = 1 << (len(held).bit_length() - 1) if held else 0
        if size < FEW:
            return None
        table = self.tables.get(bucket)
        if table is None or table.sizes.size != size:
            if not 0 < 2 * sum(map(self.shingles.bytes_at, held[:size])) <= self.memory // 4:
                return None
            table = Common([self.shingles[number] for number in held[:size]])
            self.tables.put(bucket, table)
        return table
