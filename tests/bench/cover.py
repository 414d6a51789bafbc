"""`python -m tests.bench.cover`: what the comparison alone costs in one task, without Spark, as a table.

10,000 documents of one component and one bucket, by the processor time of the fastest of three runs.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from decantry.jobs.dedup.stream import COVERS, covered
from decantry.jobs.steps.near_duplicates import NearDuplicates
from tests.bench.made_documents import SHINGLES, made_shingles

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS = 10_000
ROWS = 512
"""The documents of a batch, as Spark sends them (jobs/lake/session.py)."""
BUCKET = pa.struct([("band", pa.int32()), ("key", pa.int64()), ("capacity", pa.int32())])
KINDS = {
    "all are alike (.92)": (2, 0),
    "all are unlike (.6)": (13, 0),
    "a chain of neighbours (.95) in one bucket": (0, 7),
}
"""The shares of shingles that are a document's own, in per cent, and by how many a document moves on."""


def main() -> None:
    """Measure, and print a row a kind of component."""
    print("| documents | removed | CPU microseconds a document |\n|---|---|---|")
    for kind, (own, step) in KINDS.items():
        given, spent = list(batches(own, step)), []
        removed = 0
        for _ in range(3):
            began = time.process_time()
            removed = sum(batch.num_rows for batch in covered(given, 0.8))
            spent.append(time.process_time() - began)
        print(f"| {kind} | {removed:,} | {1e6 * min(spent) / DOCUMENTS:.0f} |")


def batches(own: int, step: int) -> Iterator[pa.RecordBatch]:
    """The documents in the recipe's order, as `covered` is given them."""
    for first in range(0, DOCUMENTS, ROWS):
        n = np.arange(first, min(first + ROWS, DOCUMENTS))[:, None]
        lists = made_shingles(n, np.zeros_like(n), step * n, np.full_like(n, own))
        count = n.size
        columns = (
            pa.array(["component"] * count),
            pa.array([0] * count, pa.int32()),
            pa.array([f"<urn:uuid:{number:032x}>" for number in n.ravel()]),
            pa.array(["CC-MAIN-2026-01"] * count),
            pa.array([False] * count),
            pa.array([False] * count),
            pa.array([[{"band": 0, "key": 1, "capacity": NearDuplicates.centres}]] * count, pa.list_(BUCKET)),
            pa.ListArray.from_arrays(np.arange(0, SHINGLES * count + 1, SHINGLES, dtype=np.int32), lists.ravel()),
        )
        yield pa.record_batch(list(columns), names=list(COVERS))


if __name__ == "__main__":
    main()
