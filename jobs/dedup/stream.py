"""The greedy cover of components, document after document, in the memory of one task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from decantry.jobs.dedup.centres import MEMORY, Bucket, Centres

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

BUCKETS = "array<struct<band:int,key:bigint,room:int>>"
COVERED = (
    "component string, id string, crawl string, survivor string, survivor_crawl string, similarity double, "
    f"nth int, centre_of {BUCKETS}"
)
"""The columns of what `covered` gives."""


class Document(NamedTuple):
    """A document, with its buckets and how many centres each of them may have."""

    place: tuple[str, int]
    id: str
    crawl: str
    centre: bool
    rooms: dict[Bucket, int]
    shingles: NDArray[np.int64]


def covered(
    batches: Iterable[pa.RecordBatch], threshold: float, *, tell: bool = False, memory: int = MEMORY
) -> Iterator[pa.RecordBatch]:
    """The documents that are removed, each with its witness; and those that became centres, where it is to `tell`.

    Documents come by `component` and `slice`, within them in the recipe's order, in batches of any sizes with the
    columns `component, slice, id, crawl, centre, buckets, shingles` (sorted). One that is a `centre` already is only
    compared with. Any other is compared with the centres of its buckets: where one is alike it is removed, and its
    witness is the first of these; else it becomes a centre of those of its buckets that have room.
    """
    centres = Centres(threshold, memory)
    names: list[tuple[str, str]] = []
    present = None
    for batch in batches:
        rows: list[tuple[object, ...]] = []
        for document in documents(batch):
            if document.place != present:
                present = document.place
                centres.clear()
                names.clear()
            name = document.id, document.crawl
            found = None if document.centre else centres.first_alike(document.shingles, document.rooms)
            if found is not None:
                number, similarity = found
                rows.append((document.place[0], *name, *names[number], similarity, None, None))
                continue
            open_ones = [bucket for bucket, room in document.rooms.items() if centres.count(bucket) < room]
            if open_ones:
                number = centres.add(document.shingles, open_ones)
                names.append(name)
                if tell:
                    made = [{"band": band, "key": key, "room": document.rooms[band, key]} for band, key in open_ones]
                    rows.append((document.place[0], *name, *name, 1.0, number, made))
        yield _batch(rows)


def documents(batch: pa.RecordBatch) -> Iterator[Document]:
    """The rows of a batch."""
    buckets, shingles = batch.column("buckets"), batch.column("shingles")
    bands, keys, rooms = (field.to_pylist() for field in buckets.values.flatten())
    places, starts = buckets.offsets.to_pylist(), shingles.offsets.to_pylist()
    values = shingles.values.to_numpy()
    names = ("component", "slice", "id", "crawl", "centre")
    for row, said in enumerate(zip(*(batch.column(name).to_pylist() for name in names), strict=True)):
        component, slice_, id_, crawl, centre = said
        mine = slice(places[row], places[row + 1])
        named = zip(bands[mine], keys[mine], strict=True)
        its = values[starts[row] : starts[row + 1]]
        yield Document((component, slice_), id_, crawl, centre, dict(zip(named, rooms[mine], strict=True)), its)


def _batch(rows: list[tuple[object, ...]]) -> pa.RecordBatch:
    import pyarrow as pa

    bucket = pa.struct([("band", pa.int32()), ("key", pa.int64()), ("room", pa.int32())])
    names = ("component", "id", "crawl", "survivor", "survivor_crawl")
    numbers = (("similarity", pa.float64()), ("nth", pa.int32()), ("centre_of", pa.list_(bucket)))
    schema = pa.schema([*((name, pa.string()) for name in names), *numbers])
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
