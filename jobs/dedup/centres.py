"""The kept documents of one component and slice, by the buckets of which they are centres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.common import Common, Recent, jaccard
from decantry.jobs.dedup.spill import Arrays

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

Bucket = tuple[int, int]
"""Band and key. The scope is left out, because all documents of a component have the same."""

MEMORY = 256 << 20
"""The bytes of shingles that a task keeps in memory, and the same again for the tables of `Common`."""

FEW = 8
"""The number of centres from which a table is faster than single comparisons. Measured: one comparison of 290 shingles
takes 4.5 microseconds; one with a table of 16 centres takes 9 to 20, with one of 64 takes 12 to 25."""


class Centres:
    """Kept documents in the recipe's order, numbered from 0."""

    def __init__(self, threshold: float) -> None:
        """Two documents are similar if their Jaccard similarity is at least `threshold`."""
        self.threshold = threshold
        self.shingles = Arrays(MEMORY)
        self.buckets: dict[Bucket, list[int]] = {}
        self.tables = Recent(MEMORY)

    def add(self, shingles: NDArray[np.int64], buckets: Iterable[Bucket]) -> int:
        """Make the next document a centre of these buckets, and return its number."""
        number = len(self.shingles)
        self.shingles.append(shingles)
        for bucket in buckets:
            self.buckets.setdefault(bucket, []).append(number)
        return number

    def count(self, bucket: Bucket) -> int:
        """How many centres the bucket has."""
        return len(self.buckets.get(bucket, ()))

    def first_similar(self, shingles: NDArray[np.int64], buckets: Iterable[Bucket]) -> tuple[int, float] | None:
        """The number and similarity of the first similar centre of the buckets; None if there is none."""
        found: tuple[int, float] | None = None
        if not shingles.size:
            return None
        dissimilar: set[int] = set()
        for bucket in buckets:
            centres = self.buckets.get(bucket, [])
            table = self._table(bucket, centres)
            if table is not None and (found is None or centres[0] < found[0]):
                similar = table.first_similar(shingles, self.threshold)
                if similar is not None:
                    number = centres[similar[0]]
                    if found is None or number < found[0]:
                        found = number, similar[1]
                    continue
            for number in centres[table.sizes.size if table is not None else 0 :]:
                if found is not None and number >= found[0]:
                    break
                if number in dissimilar:
                    continue
                similarity = self._similarity(shingles, number)
                if similarity >= self.threshold:
                    found = number, similarity
                    break
                dissimilar.add(number)
        return found

    def clear(self) -> None:
        """Remove all documents, before the next component or slice."""
        self.shingles.clear()
        self.buckets.clear()
        self.tables = Recent(MEMORY)

    def _similarity(self, shingles: NDArray[np.int64], number: int) -> float:
        centre = self.shingles[number]
        least, most = sorted((shingles.size, centre.size))
        if not least or least / most < self.threshold:  # least / most is an upper bound of the similarity
            return 0.0
        return jaccard(centre, shingles)

    def _table(self, bucket: Bucket, centres: list[int]) -> Common | None:
        """A table over the bucket's first 8, 16, 32, ... centres, so that it is seldom rebuilt; None without them."""
        size = 1 << (len(centres).bit_length() - 1) if centres else 0
        if size < FEW:
            return None
        table = self.tables.get(bucket)
        if table is None or table.sizes.size != size:
            if not 0 < 2 * sum(map(self.shingles.bytes_at, centres[:size])) <= MEMORY // 4:
                return None
            table = Common([self.shingles[number] for number in centres[:size]])
            self.tables.put(bucket, table)
        return table
