"""The greedy cover of components, one document after the other, in the memory of one task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from decantry.jobs.dedup.centres import Bucket, Centres

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

BUCKETS = "array<struct<band:int,key:bigint,capacity:int>>"
COVERS = ("component", "slice", "id", "crawl", "centre", "large", "buckets", "shingles")
"""The columns of the rows that `covered` is given."""
COVERED = (
    "component string, id string, crawl string, survivor string, survivor_crawl string, similarity double, "
    f"nth int, centre_of {BUCKETS}, shingles array<bigint>"
)
"""The columns of the rows that `covered` returns."""


class Document(NamedTuple):
    """A document of a component and slice. `capacities` has the most centres that each of its buckets may have."""

    group: tuple[str, int]
    id: str
    crawl: str
    centre: bool
    large: bool
    capacities: dict[Bucket, int]
    shingles: NDArray[np.int64]


def covered(batches: Iterable[pa.RecordBatch], threshold: float) -> Iterator[pa.RecordBatch]:
    """The removed documents, each with its witness; of `large` components also the documents that became centres.

    The input has COVERS, with sorted shingles. It is grouped by `component` and `slice`, and sorted by the recipe's
    order within a group. A document that is already a `centre` is not decided again. Any other document is compared
    with the centres of its buckets. If some are similar, it is removed, and the first of them is its witness. Otherwise
    it becomes a centre of its buckets that have capacity left.
    """
    centres = Centres(threshold)
    names: list[tuple[str, str]] = []
    current = None
    for batch in batches:
        rows: list[tuple[object, ...]] = []
        for document in documents(batch):
            if document.group != current:
                current = document.group
                centres.clear()
                names.clear()
            name = document.id, document.crawl
            found = None if document.centre else centres.first_similar(document.shingles, document.capacities)
            if found is not None:
                number, similarity = found
                rows.append((document.group[0], *name, *names[number], similarity, None, None, None))
                continue
            open_buckets = [bucket for bucket, most in document.capacities.items() if centres.count(bucket) < most]
            if open_buckets:
                number = centres.add(document.shingles, open_buckets)
                names.append(name)
                if document.large:
                    centre_of = [
                        {"band": band, "key": key, "capacity": document.capacities[band, key]}
                        for band, key in open_buckets
                    ]
                    rows.append((document.group[0], *name, *name, 1.0, number, centre_of, document.shingles))
        yield _batch(rows)


def documents(batch: pa.RecordBatch) -> Iterator[Document]:
    """The rows of a batch as documents."""
    buckets, shingles = batch.column("buckets"), batch.column("shingles")
    bands, keys, capacities = (field.to_pylist() for field in buckets.values.flatten())
    bucket_starts, starts = buckets.offsets.to_pylist(), shingles.offsets.to_pylist()
    values = shingles.values.to_numpy()
    names = ("component", "slice", "id", "crawl", "centre", "large")
    for row, columns in enumerate(zip(*(batch.column(name).to_pylist() for name in names), strict=True)):
        component, slice_, id_, crawl, centre, large = columns
        own = slice(bucket_starts[row], bucket_starts[row + 1])
        named = zip(bands[own], keys[own], strict=True)
        found = values[starts[row] : starts[row + 1]]
        most = dict(zip(named, capacities[own], strict=True))
        yield Document((component, slice_), id_, crawl, centre, large, most, found)


def _batch(rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    import pyarrow as pa

    bucket = pa.struct([("band", pa.int32()), ("key", pa.int64()), ("capacity", pa.int32())])
    names = ("component", "id", "crawl", "survivor", "survivor_crawl")
    numbers = (("similarity", pa.float64()), ("nth", pa.int32()), ("centre_of", pa.list_(bucket)))
    shingles = ("shingles", pa.list_(pa.int64()))
    schema = pa.schema([*((name, pa.string()) for name in names), *numbers, shingles])
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
